"""The verbs for analysts and for the years after: `export` and `progress`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from consultation import config, store, tables, travel
from consultation.errors import ConsultationError
from consultation.model import Commitment
from consultation.outcome import Grid, Outcome, several
from consultation.project.publishing import Publishing
from consultation.text import did_you_mean, slug

if TYPE_CHECKING:
    from consultation.project.analysis import Analysis

KINDS: Final = ("csv", "parquet", "datapackage", "qdc", "qdpx")


class Analysts(Publishing):
    """What is looked at in a notebook, what is carried elsewhere, and what became of what was promised."""

    _analysis: tuple[str, Analysis] | None = None

    @property
    def analysis(self) -> Analysis:
        """The questions that an analyst puts to the tables as they now stand: `project.analysis.crosstab("theme")`.

        Asked again, it is the same until the tables are made anew.
        """
        from consultation.project.analysis import Analysis

        self._catch_up()
        made_of = (self._state_path(), store.table_path(self.processed, "measurements"))  # `progress` makes the second
        mark = str([path.stat().st_mtime_ns for path in made_of if path.exists()])
        if self._analysis is None or self._analysis[0] != mark:
            made = Analysis(tables=self.tables(), themes=self.themes(), settings=self.settings, events=self.events())
            self._analysis = (mark, made)
        return self._analysis[1]

    def figures(self, forms: Sequence[str] | None = None) -> pd.DataFrame:
        """Every figure of the report (or of these forms of it), counted again from the tables.

        Columns and units: `consultation.analysis.figures.figures`.
        """
        from consultation import reporting
        from consultation.analysis.figures import figures

        self._must_hold("points", "wording")
        asked = self.analysis
        report = reporting.summarise(
            asked.tables, asked.settings, self._words(), now=datetime.date.fromisoformat(self.now()[:10]),
            forms=tuple(forms or reporting.DEFAULT_FORMS), events=asked.events, themes=asked.themes,
        )  # fmt: skip
        return figures(
            asked.tables,
            asked.settings,
            themes=asked.themes,
            statements={item.number: item.points for item in report.evidence},
            open_findings=len(self._unsettled()),
        )

    def export(self, folder: str | Path, *, formats: Sequence[str] | None = None) -> Outcome:
        """Write the tables for other programs. Text leaves redacted; refused while personal data is undecided."""
        from consultation import privacy
        from consultation.analysis import exchange, refi

        for format in formats or ("csv",):
            if format not in KINDS:
                raise ConsultationError(f"There is no export “{format}”.", do=did_you_mean(format, KINDS))
        self._must_hold("comments", "read data/raw")
        held = privacy.leaving(self.tables())
        home, title = self._path(folder), self.settings.title
        files: dict[Path, bytes] = {}
        for format in formats or ("csv",):
            if format == "qdc":
                files[home / f"{slug(title)}.qdc"] = refi.codebook(self.themes(), held["memos"])
            elif format == "qdpx":
                files[home / f"{slug(title)}.qdpx"] = refi.project(
                    held["comments"], held["elements"], self.themes(), held["tags"], held["memos"], name=title,
                    who=self.who, at=self.now(),
                )  # fmt: skip
            else:
                made = exchange.FORMATS[format](dict(sorted(held.items())))
                files.update({home / name: content for name, content in made.items()})
        for path, content in files.items():
            store.write_file(path, content)
        return Outcome(lines=(f"{several(len(files), 'file')} in {home}.",), files=tuple(files)[:8])

    def progress(self, file: str | Path | None = None) -> Outcome:
        """Direction of travel of each outcome, and the promises kept, due and silent.

        `file` holds the measures, a row each: element, measure, better, and a column for each year; it is kept, so that
        it need not be given again.
        """
        from consultation.analysis import after

        if file is not None:
            found = travel.measurements(config.sheet_records(self._path(file), "measures"))
            with self._alone():
                store.save(self.processed, {"measurements": found})
        held = after.measurements({name: self.table(name) for name in ("measurements", "elements")})
        rules = self.settings.travel
        directions = travel.directions(held, rules)
        grids = []
        if directions:
            horizons = tuple(f"{h} year{'s' * (h != 1)}" for h in rules.horizons)
            elements = list(dict.fromkeys(each.element for each in directions))
            shown = {(each.element, each.horizon): _shown(each) for each in directions}
            rows = tuple((code, *(shown.get((code, h), "") for h in rules.horizons)) for code in elements)
            starred = " (* rests on one measure)" if any(each.single for each in directions) else ""
            grids.append(Grid(caption=f"Direction of travel{starred}", header=("outcome", *horizons), rows=rows))
        promised = self.table("commitments")
        if len(promised):
            grids.append(_promises(promised, self.now()[:10]))
        if not grids:
            raise ConsultationError(
                "There are no measures and no commitments yet.",
                do="Give the measures: consultation progress measures.csv, a row each, headed element, measure, better "
                "(higher or lower) and a year for each column of values. Commitments come by the decision workbook.",
            )
        tallies = [
            f"Over {h} year{'s' * (h != 1)}: "
            + ", ".join(f"{n} {word}" for word, n in travel.tally(directions, h).items() if n)
            for h in rules.horizons
            if directions
        ]
        return Outcome(
            lines=tuple(tallies), grids=tuple(grids), next=("consultation report direction_of_travel",) if held else ()
        )


def _shown(direction: travel.Direction) -> str:
    if direction.judgement is None:
        return "not available"
    return direction.judgement.capitalize() + ("*" if direction.single else "")


def _promises(promised: pd.DataFrame, today: str) -> Grid:
    """Each commitment with what is known of it: done, dropped, not due yet, overdue, or silent where nothing says."""

    def state(made: Commitment) -> str:
        if made.status != "open":
            return made.status
        if made.due is None:
            return "silent: no date and no word"
        if not made.due[:4].isdigit():
            return "open, with no date to compare"
        return "overdue" if made.due[:10] < today[: len(made.due[:10])] else "not due yet"

    held: list[Commitment] = tables.rows("commitments", promised)
    rows = tuple((made.text, made.due or "", made.owner or "", state(made)) for made in held)
    return Grid(caption="Commitments", header=("promised", "by", "who", "state"), rows=rows)
