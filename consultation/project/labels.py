"""The verbs that take in what was made in other tools: tags coded elsewhere, and a codebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from consultation import config, history, store
from consultation.errors import OK, WRONG
from consultation.model import Theme
from consultation.outcome import MEND, Outcome, several
from consultation.project.workspace import Workspace


class Labels(Workspace):
    """`labels`, `codebook`."""

    def labels(self, files: str | Path | Sequence[str | Path]) -> Outcome:
        """Take in spreadsheets (.xlsx, .csv) that were coded elsewhere, as tags of the person who signs.

        Rows are matched by `comment_id`, else by the comment's very words (`text`). Codes stand in a column for each
        facet, between semicolons, or in a column for each code, ticked with x or 1. What could not be taken is listed.
        """
        from consultation.tagging import review

        self._must_hold("comments", "read data/raw")
        lines, told, touched = list[str](), list[str](), set[str]()
        refused = 0
        for file in [files] if isinstance(files, (str, Path)) else files:
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

    def codebook(self, file: str | Path) -> Outcome:
        """Take in a REFI-QDA codebook (.qdc) of another tool: new themes, other names and definitions, memos.

        Nothing is taken out: a theme that the file does not hold stays. What the file leaves empty stays as it is.
        """
        from consultation.analysis import refi

        path = self._path(file)
        data = store.read_file(path)
        read, memos = refi.read_codebook(data, path.name), refi.read_memos(data, path.name)
        with self._alone():
            held = {theme.code: theme for theme in self.themes()}
            changes = [("theme", told) for theme in read if (told := _change(theme, held.get(theme.code)))]
            noted = {(each.payload["about"], each.payload["text"]) for each in history.active(self.events(), "memo")}
            notes = [("memo", {"about": code, "text": text}) for code, text in memos if (code, text) not in noted]
            self._record([*changes, *notes])
            self._refresh()
        added = sum(told["action"] == "add" for _, told in changes)
        themes, taken = several(added, "theme"), several(len(notes), "memo")
        return Outcome(
            lines=(f"{themes} added, {len(changes) - added:,} changed, {taken} taken.",),
            next=("consultation tag, to suggest the themes as they now stand",),
        )


def _change(theme: Theme, held: Theme | None) -> dict[str, Any] | None:
    """The payload of a `theme` event that makes the held theme the one that was read; None where it is that already."""
    names = ("name", "definition", "include", "exclude", "examples", "parent")
    told = {name: value for name in names if (value := getattr(theme, name)) and value != getattr(held, name, None)}
    if held is not None and not told:
        return None
    action = "add" if held is None else "rename" if set(told) == {"name"} else "redefine"
    return {"action": action, "code": theme.code, **told}
