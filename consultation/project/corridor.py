"""The verbs of the main way: from raw files to comments, tags, points and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from consultation import config, store
from consultation.errors import OK, WRONG, ConsultationError
from consultation.outcome import MEND, Grid, Outcome, several
from consultation.project.handing import keep_filled
from consultation.project.workspace import SAMPLE, SUFFIXES, Workspace
from consultation.words import TEMPLATES

FOLDERS: Final = ("data/raw", "data/processed", "templates", "reports")
STARTERS: Final = {  # what a person writes, and what is laid there to begin with; the sample's themes suit any draft
    config.SETTINGS_FILE: TEMPLATES / "starter" / config.SETTINGS_FILE,
    "framework.yaml": TEMPLATES / "starter" / "framework.yaml",
    "codebook.yaml": SAMPLE / "codebook.yaml",
}


class Corridor(Workspace):
    """`init`, `read`, `tag`, `wording`, `decide out`, `decide in`."""

    @classmethod
    def open(cls, folder: str | Path = ".", **options: Any) -> Self:
        """The project in this folder; refused where the folder holds no framework."""
        project = cls(folder, **options)
        project._written("elements")
        return project

    def init(self) -> Outcome:
        """Make a workspace's folders and, where they are missing, what a person writes and the Word template."""
        from consultation import reporting

        try:
            for name in FOLDERS:
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConsultationError(
                f"The workspace's folders cannot be made: {error.strerror}.",
                where=str(self.folder),
                do="Name a new or empty folder in which you may write.",
            ) from error
        made = []
        for name, starter in STARTERS.items():
            if not any((self.folder / name).with_suffix(suffix).exists() for suffix in SUFFIXES):
                store.write_file(self.folder / name, starter.read_bytes())
                made.append(self.folder / name)
        template = self.folder / "templates" / "report.docx"
        if not template.exists():
            store.write_file(template, reporting.word_template())
            made.append(template)
        return Outcome(
            lines=(f"The workspace “{self.folder.name}” is ready.",),
            files=tuple(made),
            next=(
                *([] if self.folder == Path.cwd() else [f"go into the folder: cd {self.folder.name}"]),
                "put your draft into framework.yaml and your themes into codebook.yaml (or use .xlsx or .csv instead)",
                "put the survey exports and notes into data/raw, then type: consultation read data/raw",
                "give reports your own look whenever you like: open templates/report.docx in Word and keep its tags",
            ),
        )

    def read(self, files: Sequence[str | Path], *, checks: bool = True) -> Outcome:
        """Import files (or folders of them) into the named tables.

        A file that cannot be read is named with its reason; the others are imported all the same, and the outcome's
        code is 1. With `checks`, personal data, look-alikes and texts in other languages are looked for as well.
        """
        from consultation.project import importing
        from consultation.tagging import review

        self._words_kept()
        with self._alone():
            held = self._imported()
            taken = importing.read_all(self, files, held)
            if taken.changed:
                store.save(self.imported, taken.tables)
                if taken.drafted:
                    path = self.folder / config.SETTINGS_FILE
                    store.write_file(path, config.with_mappings(path, taken.drafted).encode("utf-8"))
                self._record(taken.events)
                self._refresh(importing.look(self, taken.tables) if checks else {})
        held = {**self.tables(), "cells": self.table("cells")}
        held["duplicates"] = review.unsettled(held["duplicates"], self.events())
        return taken.outcome(held)

    def tag(self) -> Outcome:
        """Suggest elements, themes, stances and audiences for each comment. Everything is "suggested"."""
        from consultation import tagging

        self._words_kept()
        comments = self._must_hold("comments", "read data/raw")
        suggested = tagging.tag(
            comments,
            self.table("questions"),
            self._consulted_on(),
            self.themes(),
            settings=self.settings,
            audiences=self.audiences(),
            progress=self.on_progress,
            model=self._model(),
        )
        with self._alone():
            self._refresh({"tags": suggested})
        return _tagged(comments, self.table("tags"))

    def wording(self) -> Outcome:
        """Find the words that people object to and would change; gather points and proposals."""
        from consultation.wording.miner import mine

        self._words_kept()
        comments = self._must_hold("comments", "read data/raw")
        tags = self._must_hold("tags", "tag")
        found = mine(comments, self.table("questions"), self._consulted_on(), tags, progress=self.on_progress)
        with self._alone():
            self._refresh({"phrases": found})
        return _worded(self.table("phrases"), self.table("points"), self.table("proposals"))

    def decide_out(self, file: str | Path) -> Outcome:
        """Write the workbook in which the policy team decides."""
        from consultation import privacy
        from consultation.wording import workbook

        target, held, themes = self._path(file), self.tables(), self.themes()
        keep_filled(
            target,
            f"consultation decide in {file}",
            lambda data: len(workbook.read(data, held, self.settings, themes, target.name).filled),
        )
        settled = held["personal_data"][held["personal_data"]["status"] != "open"]
        shown = {**held, "comments": privacy.redact_comments(held["comments"], settled)}
        store.write_file(target, workbook.write(shown, self.settings, themes))
        return Outcome(
            lines=(f"{several(len(self.table('points')), 'point')} to decide on.",),
            files=(target,),
            next=(f"fill it in, save it, then type: consultation decide in {file}",),
        )

    def decide_in(self, files: Sequence[str | Path]) -> Outcome:
        """Take decision workbooks back, one after another; what could not be taken is listed by row."""
        from consultation.wording import workbook

        recorded, refused = 0, list[Any]()
        for file in files:
            path = self._path(file)
            with self._alone():
                taken = workbook.read(
                    store.read_workbook(path), self._now_held(), self.settings, self.themes(), path.name
                )
                recorded += len(self._record(taken.events))
                self._refresh()
            refused.extend(taken.refused)
        return _taken(recorded, refused)

    # ------------------------------------------------------------------------------------------- helpers

    def _model(self) -> Any:
        """What the tagger learned, where it did."""
        return None


def _tagged(comments: pd.DataFrame, tags: pd.DataFrame) -> Outcome:
    live = tags[tags["status"] != "rejected"]
    rows = tuple(
        (
            str(facet),
            f"{here['comment_id'].nunique():,}",
            f"{len(here):,}",
            f"{int((here['status'] == 'confirmed').sum()):,}",
        )
        for facet, here in live.groupby("facet", sort=True)
    )
    read = tags.loc[tags["origin"] == "person", "comment_id"].nunique()
    worth = (
        "No person has checked any of these yet. They rest on rules and on likeness to the wordings and definitions: "
        "use them to decide what to read first, and count nothing by them."
        if not read
        else f"A person has read {several(read, 'comment')}; the tags of the others are suggestions "
        "(consultation evaluate says how good they are)."
    )
    included = set(comments.loc[comments["status"] == "included", "comment_id"])
    untagged = len(included - set(live["comment_id"]))
    return Outcome(
        lines=(f"{several(len(included), 'comment')}; {several(len(live), 'tag')}; {untagged:,} with none.", worth),
        grids=(Grid(caption="", header=("facet", "comments", "tags", "confirmed"), rows=rows),),
        next=("consultation wording", "or let officers check the tags: consultation review out review.xlsx"),
    )


def _worded(phrases: pd.DataFrame, points: pd.DataFrame, proposals: pd.DataFrame) -> Outcome:
    kinds = tuple((str(kind), f"{count:,}") for kind, count in phrases["kind"].value_counts().sort_index().items())
    return Outcome(
        lines=(
            f"{several(len(phrases), 'phrase finding')} in {several(phrases['comment_id'].nunique(), 'comment')}; "
            f"{several(len(points), 'point')}; {several(len(proposals), 'proposal')}.",
        ),
        grids=(Grid(caption="", header=("asked of the words", "times"), rows=kinds),) if kinds else (),
        next=("consultation decide out decisions.xlsx",),
    )


def _taken(recorded: int, refused: Iterable[Any]) -> Outcome:
    told = tuple(f"{each.place}: {each.what} {each.do}".rstrip() for each in refused)
    return Outcome(
        lines=(f"{several(recorded, 'change')} recorded.",),
        warnings=(f"{several(len(told), 'cell')} could not be taken:", *told) if told else (),
        next=(*((MEND,) if told else ()), "consultation check", "consultation report"),
        code=WRONG if told else OK,
    )
