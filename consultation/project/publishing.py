"""The verbs at the end of the corridor: `check`, `report`, `publish`, `claims`, `demo`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from consultation import store, words
from consultation.errors import FINDINGS
from consultation.outcome import Grid, Outcome, several
from consultation.project.workspace import Workspace

FORMATS: Final = ("docx", "xlsx", "html", "md")


class Publishing(Workspace):
    """What is printed, and whether it may be."""

    def check(self) -> Outcome:
        """Is every point answered and every change accounted for? Code 4 while anything is open."""
        from consultation.wording import audit

        self._must_hold("points", "wording")
        found = audit.check(self.tables(), self.settings, self.themes(), self.events())
        rows = tuple((each.severity, each.subject, each.what, each.settle) for each in found)
        if not rows:
            return Outcome(
                lines=("Every point is answered and every change is accounted for.",), next=("consultation publish",)
            )
        return Outcome(
            lines=(f"{several(len(rows), 'finding')} to settle.",),
            grids=(Grid(caption="", header=("how serious", "about", "what was found", "what settles it"), rows=rows),),
            code=FINDINGS,
        )

    def report(self, forms: Sequence[str] | None = None, *, formats: Sequence[str] | None = None) -> Outcome:
        """Write the report into reports/: one document a format, holding the forms."""
        from consultation import reporting

        self._must_hold("points", "wording")
        spoken = self._words()
        style = reporting.house.load(self.folder / "templates")
        report = reporting.summarise(
            self.tables(),
            self.settings,
            spoken,
            now=datetime.date.fromisoformat(self.now()[:10]),
            forms=tuple(forms or reporting.DEFAULT_FORMS),
            events=self.events(),
            themes=self.themes(),
        )
        name = "-".join(forms) if forms else "report"
        written = []
        for format in formats or FORMATS:
            path = self.folder / "reports" / f"{name}.{format}"
            store.write_file(path, reporting.render(report, format, style=style, words=spoken))
            written.append(path)
        return Outcome(
            lines=tuple(report.stamps) or ("The report is final.",),
            files=tuple(written),
            next=("consultation check", "consultation publish") if report.draft else (),
        )

    def _words(self) -> words.Words:
        """The report's words: the workspace's own templates/words.yaml laid over the package's."""
        own = self.folder / "templates" / "words.yaml"
        if not own.exists() or own.resolve() == (words.TEMPLATES / "words.yaml").resolve():
            return words.english()
        return words.overridden(words.english(), own.read_text(encoding="utf-8-sig"), str(own))
