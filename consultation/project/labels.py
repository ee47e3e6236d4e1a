"""The verb that takes in what was coded elsewhere: `labels`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from consultation import config, store
from consultation.errors import OK, WRONG
from consultation.outcome import MEND, Outcome, several
from consultation.project.workspace import Workspace


class Labels(Workspace):
    """`labels`."""

    def labels(self, files: Sequence[str | Path]) -> Outcome:
        """Take in spreadsheets (.xlsx, .csv) that were coded elsewhere, as tags of the person who signs.

        Rows are matched by `comment_id`, else by the comment's very words (`text`). Codes stand in a column for each
        facet, between semicolons, or in a column for each code, ticked with x or 1. What could not be taken is listed.
        """
        from consultation.tagging import review

        self._must_hold("comments", "read data/raw")
        lines, told, touched = list[str](), list[str](), set[str]()
        refused = 0
        for file in files:
            path = self._path(file)
            store.read_workbook(path)
            records = config.sheet_records(path, "labels")
            with self._alone():
                held = self._now_held()
                taken = review.read_coded(
                    records, path.name, held["comments"], held["elements"], self.themes(), held["tags"], self.events(),
                    coder=self.who, audiences=self.audiences(),
                )  # fmt: skip
                recorded = self._record(taken.events)
                self._refresh()
            on = {str(event.payload["comment_id"]) for event in recorded}
            made, of = several(len(recorded), "tag"), several(len(on), "comment")
            lines.append(f"{path.name}: {made} of {self.who} recorded, on {of}.")
            told += [str(each) for each in (*taken.refused, *taken.noted)]
            refused += len(taken.refused)
            touched |= on
        clashes = [each for each in review.clashes(self.events()) if touched & set(each.comment_ids)]
        return Outcome(
            lines=tuple(lines),
            warnings=(
                *((f"{several(refused, 'place')} could not be taken:",) if refused else ()),
                *told,
                *((f"Coders disagree in {several(len(clashes), 'place')}.",) if clashes else ()),
            ),
            next=(
                *((MEND,) if refused else ()),
                *(("consultation review out clashes.xlsx, to settle where coders disagree",) if clashes else ()),
                "consultation learn, to teach the tagger with them",
            ),
            code=WRONG if refused else OK,
        )
