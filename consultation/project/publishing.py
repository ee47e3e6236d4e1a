"""The verbs at the end of the corridor: `check`, `report`, `publish`, `claims`."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from consultation import __version__, store, words
from consultation.errors import FINDINGS, ConsultationError
from consultation.outcome import Grid, Outcome, several
from consultation.project.workspace import Workspace

if TYPE_CHECKING:
    from consultation.reporting import House, Report

FORMATS: Final = ("docx", "xlsx", "html", "md")
MUST_BE_SETTLED: Final = ("serious", "to settle")  # the others are for a second look
OF_A_PLAN: Final = frozenset({"direction_of_travel", "priority_sheets", "commitments"})  # print without any point
SHOWN: Final = 12  # findings on the screen; all are in the outcome's file


class Publishing(Workspace):
    """What is printed, and whether it may be."""

    def check(self) -> Outcome:
        """Is every point answered and every change accounted for? Code 4 while anything is open.

        The page to sign is written to reports/check.md.
        """
        found = self._findings()
        rows = tuple((each.severity, each.subject, each.what, each.settle) for each in found)
        page = self.folder / "reports" / "check.md"
        store.write_file(page, self._page_to_sign(found).encode("utf-8"))
        if not rows:
            return Outcome(
                lines=("Every point is answered and every change is accounted for.",),
                files=(page,),
                next=("consultation publish",),
            )
        header = ("how serious", "about", "what was found", "what settles it")
        counts = Counter(each.severity for each in found)  # the most serious stand first
        more = len(rows) - SHOWN
        return Outcome(
            lines=(f"{several(len(rows), 'finding')} to settle.",),
            grids=(
                Grid(
                    caption="",
                    header=("how serious", "findings"),
                    rows=tuple((severity, f"{n:,}") for severity, n in counts.items()),
                ),
                Grid(caption="The first of them" if more > 0 else "", header=header, rows=rows[:SHOWN]),
            ),
            warnings=(f"{more:,} more are in {page.parent.name}/{page.name}.",) if more > 0 else (),
            files=(page,),
            next=("settle them in a decision workbook: consultation decide out decisions.xlsx",),
            code=FINDINGS,
        )

    def report(self, forms: Sequence[str] | None = None, *, formats: Sequence[str] | None = None) -> Outcome:
        """Write the report into reports/: one document a format, holding the forms that are named, else the short ones
        for a committee with what was promised. What is not final says so."""
        from consultation import reporting

        report, style, spoken = self._report(forms)
        files = self._rendered(report, style, spoken, "-".join(forms)[:60] if forms else "report", formats)
        if not forms and "docx" in (formats or FORMATS):
            files[self.folder / "reports" / "tracked-changes.docx"] = self._tracked(spoken)
        for path, content in files.items():
            store.write_file(path, content)
        shown = {section.form for section in report.sections}
        more = [form for form in reporting.FORMS if form not in shown]
        return Outcome(
            lines=tuple(report.stamps) or ("Nothing in it is undecided or unchecked.",),
            files=tuple(files),
            next=(
                "consultation check",
                *(() if report.stamps else ("consultation publish",)),
                *(() if forms else (f"other forms, by name: consultation report {' '.join(more)}",)),
            ),
        )

    def publish(self, forms: Sequence[str] | None = None, *, formats: Sequence[str] | None = None) -> Outcome:
        """Write the final report and its manifest into reports/published/, and put the publication on record.

        Refused while the audit has findings or personal data is undecided: then `report` prints a stamped draft.
        """
        from consultation import privacy, reporting

        found = self._unsettled()
        if found:
            raise ConsultationError(
                f"The audit has {several(len(found), 'finding')} open, so this cannot be published.",
                do="Type “consultation check” to see and settle them; “consultation report” prints a stamped draft.",
                code=FINDINGS,
            )
        privacy.refuse_open(self.table("personal_data"))
        report, style, spoken = self._report(forms)
        files = self._rendered(report, style, spoken, "report", formats, folder="published")
        named = {path.name: content for path, content in files.items()}
        manifest = reporting.publication.manifest(
            named, report=report, tables=self.tables(), settings=self.settings, style=style, version=__version__,
            ledger_head=self.ledger.head(),
        )  # fmt: skip
        files[self.folder / "reports" / "published" / "manifest.json"] = manifest
        for path, content in files.items():
            store.write_file(path, content)
        with self._alone():
            told = {name: hashlib.sha256(content).hexdigest() for name, content in named.items()}
            self._record(
                [("publish", {"form": [s.form for s in report.sections], "file": told, "manifest": _mark(manifest)})]
            )
            self._refresh()
        return Outcome(
            lines=(*report.stamps, f"Published. The record's mark: {self.ledger.head()}"),
            files=tuple(files),
            next=("keep the mark: consultation verify --head MARK proves later that the record is the same",),
        )

    def letters(self) -> Outcome:
        """Write to everyone who asked for a reply what they said and what became of it."""
        from consultation import reporting

        self._must_hold("points", "wording")
        now = datetime.date.fromisoformat(self.now()[:10])
        merge, letters, drafts = reporting.letters_to_respondents(
            self.tables(), self.table("identity"), self.settings, self._words(), now=now
        )
        home = self.folder / "reports"
        files = {home / "letters.csv": merge, home / "letters.docx": letters}
        for path, content in files.items():
            store.write_file(path, content)
        asked = int(self.table("responses")["wants_reply"].fillna(False).astype(bool).sum())
        return Outcome(
            lines=(f"{several(asked, 'respondent')} asked for a reply.",),
            files=tuple(files),
            warnings=(
                *(
                    (f"{several(drafts, 'letter')} marked DRAFT: a point in it waits for a decision.",)
                    if drafts
                    else ()
                ),
                "These files hold names and addresses: keep them where the responses are kept.",
            ),
            next=("consultation decide out decisions.xlsx, then write the letters again",) if drafts else (),
        )

    def claims(self, file: str | Path) -> Outcome:
        """Which numbers, quantity words and quotations of a report do not trace to the record. Code 4 if any.

        They are underlined in a Word copy in reports/, each with a comment that says why.
        """
        from consultation.reading import documents
        from consultation.reporting.formats import underlined
        from consultation.wording import claims

        self._must_hold("points", "wording")
        path = self._path(file)
        content = store.read_file(path)  # says plainly when there is no such file
        _, document = documents.document(path)
        passages = [claims.Passage(place=part.place, text=part.text) for part in document.parts if part.text.strip()]
        report, _, spoken = self._report(None)
        printed = (*report.stamps, spoken("mark.key"))
        found = claims.check(passages, self.tables(), self.settings, printed=printed)
        if not found:
            return Outcome(lines=(f"Everything that {path.name} claims traces to the record.",))
        target = self.folder / "reports" / f"{path.stem}-claims.docx"
        marked = underlined.render(
            content if path.suffix.casefold() == ".docx" else None,
            [passage.text for passage in passages],
            [underlined.Doubt(each.passage, each.start, each.end, f"{each.what} {each.do}") for each in found],
            author="consultation", dated=self.now()[:10],
        )  # fmt: skip
        store.write_file(target, marked)
        return Outcome(
            lines=(f"{several(len(found), 'claim')} of {path.name} to look at, underlined in a copy of it.",),
            grids=(
                Grid(
                    caption="",
                    header=("where", "kind", "it says", "what is wrong", "what to do"),
                    rows=tuple((each.place, each.kind, f"“{each.text}”", each.what, each.do) for each in found),
                ),
            ),
            files=(target,),
            code=FINDINGS,
        )

    # ------------------------------------------------------------------------------------------- helpers

    def _findings(self) -> list[Any]:
        from consultation.wording import audit

        self._must_hold("points", "wording")
        settings = self.settings
        return audit.check(self.tables(), settings, self.themes(), self.events(), stated=settings.stated_counts or None)

    def _unsettled(self) -> list[Any]:
        """The findings that stand in the way of publishing; the others are for a second look."""
        return [each for each in self._findings() if each.severity in MUST_BE_SETTLED]

    def _report(self, forms: Sequence[str] | None) -> tuple[Report, House, words.Words]:
        from consultation import reporting

        consulted = not (forms and OF_A_PLAN.issuperset(forms) and self.table("points").empty)
        spoken = self._words()
        report = reporting.summarise(
            self.tables(),
            self.settings,
            spoken,
            now=datetime.date.fromisoformat(self.now()[:10]),
            forms=tuple(forms or ()),
            events=self.events(),
            themes=self.themes(),
            findings=len(self._unsettled()) if consulted else 0,
        )
        return report, reporting.house.load(self.folder / "templates"), spoken

    def _rendered(
        self,
        report: Report,
        style: House,
        spoken: words.Words,
        name: str,
        formats: Sequence[str] | None,
        *,
        folder: str = "",
    ) -> dict[Path, bytes]:
        from consultation import reporting

        home = self.folder / "reports" / folder
        made: dict[Path, bytes] = {}
        told = tuple(formats or FORMATS)
        for number, format in enumerate(told, start=1):
            made[home / f"{name}.{format}"] = reporting.render(report, format, style=style, words=spoken)
            if self.on_progress:
                self.on_progress(number, len(told), "documents written")
        return made

    def _tracked(self, spoken: words.Words) -> bytes:
        from consultation import reporting

        now = datetime.date.fromisoformat(self.now()[:10])
        return reporting.tracked_changes(self.tables(), self.settings, spoken, now=now, themes=self.themes())

    def _page_to_sign(self, found: Sequence[Any]) -> str:
        """One page for whoever vouches that everything was considered."""
        from consultation.wording import pack

        made = pack.assemble(self.tables(), self.settings, self.events(), found, {})
        lines = [f"# {self.settings.title}: is every point answered?", "", *(f"- {line}" for line in made.summary), ""]
        lines += [f"The record's mark: `{self.ledger.head()}`", ""]
        lines += ["## To settle", ""] if found else ["Nothing is open.", ""]
        lines += [f"- **{each.severity}**, {each.subject}: {each.what} *{each.settle}*" for each in found]
        return "\n".join([*lines, "", "Signed:", "", "Date:", ""])


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
