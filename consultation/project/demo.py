"""The demonstration: the sample consultation, invented from end to end, run from its raw files to its report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from consultation import store
from consultation.errors import FINDINGS, OK, ConsultationError
from consultation.outcome import Outcome
from consultation.project.keeping import Keeping
from consultation.project.officers import Officers
from consultation.project.publishing import Publishing
from consultation.project.workspace import SAMPLE, SUFFIXES

FILES: Final = ("consultation.yaml", "framework.yaml", "codebook.yaml")
BY_PEOPLE: Final = ("Reviewed", "Decided")  # cells that cannot be taken are told and left, as with any workbook
RAW: Final = "data/raw"
PEOPLE: Final = f"{RAW}/officers"  # the workbooks as two officers and the policy team filled them in


class Demo(Officers, Publishing, Keeping):
    """`demo`."""

    def demo(self) -> Outcome:
        """Run the sample in this folder: a new one, the sample's own, or one where the demo ran before."""
        self._lay_out()
        people = self.folder / PEOPLE
        steps: tuple[tuple[str, Callable[[], Outcome]], ...] = (
            ("Received", lambda: self.read([self.folder / RAW])),
            ("Tagged", self.tag),
            ("Reviewed by two officers", lambda: self.review_in(sorted(people.glob("review_*.xlsx")))),
            ("Phrases and points", self.wording),
            ("Decided by the policy team", lambda: self.decide_in([people / "decisions.xlsx"])),
            ("Checked", self.check),
            ("Published", self.report),
        )
        lines: list[str] = []
        warnings: list[str] = []
        for number, (name, step) in enumerate(steps):
            if self.on_progress:
                self.on_progress(number, len(steps), f"demo: {name.casefold()}")
            done = step()
            if done.code not in (OK, FINDINGS) and not name.startswith(BY_PEOPLE):
                raise ConsultationError(f"The demo stopped at “{name}”. {done}")
            warnings += done.warnings if name.startswith(BY_PEOPLE) else ()
            lines += [f"{name}: {done.lines[0]}" if len(done.lines) == 1 else f"{name}:"]
            lines += [f"  {line}" for line in done.lines[1 - (len(done.lines) > 1) :]]
        if self.on_progress:
            self.on_progress(len(steps), len(steps), "demo: published")
        reports = sorted((self.folder / "reports").glob("report.*"))
        return Outcome(
            lines=("“You said, we did” for an invented county, from raw files to report.", "", *lines),
            warnings=tuple(warnings),
            files=tuple(reports),
            next=(
                f"open {reports[0].parent.name}/report.docx or report.html in {self.folder.name}",
                "where did a sentence come from? consultation why 1.1",
            ),
        )

    def _lay_out(self) -> None:
        if self.folder == SAMPLE:
            return
        if other := next(self._of_another(), None):
            raise ConsultationError(
                "This folder holds another consultation.",
                where=f"{self.folder}, {other}",
                do="Name a new folder: consultation demo my-demo",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, *_raw()):
            if not (self.folder / name).exists():
                store.write_file(self.folder / name, (SAMPLE / name).read_bytes())
        for name in ("templates", "reports"):
            (self.folder / name).mkdir(exist_ok=True)

    def _of_another(self) -> Iterator[str]:
        """What is another consultation's. Beside the sample's own framework, what a person changed is left to them."""
        if self._is_the_samples("framework.yaml"):
            return
        written = [Path(name).with_suffix(suffix).as_posix() for name in FILES for suffix in SUFFIXES]
        yield from (name for name in (*written, *_raw()) if not self._is_the_samples(name, or_missing=True))

    def _is_the_samples(self, name: str, *, or_missing: bool = False) -> bool:
        here, sample = self.folder / name, SAMPLE / name
        return sample.exists() and here.read_bytes() == sample.read_bytes() if here.is_file() else or_missing


def _raw() -> Iterator[str]:
    """The sample's raw files, named from the workspace."""
    return (path.relative_to(SAMPLE).as_posix() for path in sorted((SAMPLE / RAW).rglob("*")) if path.is_file())
