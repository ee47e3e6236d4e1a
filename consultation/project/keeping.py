"""The verbs that keep the record straight: accounts, traces, exclusions, personal data, the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from consultation import store
from consultation.errors import FINDINGS, OK, WRONG, ConsultationError
from consultation.model import LedgerEvent
from consultation.outcome import MEND, Grid, Outcome, several
from consultation.project.handing import keep_filled
from consultation.project.workspace import WRITTEN, Workspace
from consultation.text import nearest

_FOR_EVER: Final = ("import", "purge")  # kinds of event that no undo takes back


class Keeping(Workspace):
    """`reconcile`, `why`, `verify`, `exclude`, `undo`, `memo`, `redact out`, `redact in`, `find`, `purge`."""

    def reconcile(self) -> Outcome:
        """The accounts: every row and every response by what became of it. Raises where they do not balance."""
        from consultation.project.importing import accounts

        self._must_hold("sources", "read data/raw")
        return Outcome(grids=accounts({**self.tables(), "cells": self.table("cells")}))

    def why(self, id: str) -> Outcome:
        """The chain both ways for anything that has an id, and for an element by its code."""
        from consultation.wording import trace

        lines: list[str] = []
        part = "this"
        for link in trace.why(id, self.tables(), self.events()):
            if link.part != part:
                lines += ["", trace.TITLES[link.part]]
                part = link.part
            lines.append(f"{'  ' * (link.depth + (part != 'this'))}{link.id}  {link.says}")
        return Outcome(lines=tuple(lines))

    def verify(self, *, head: str | None = None) -> Outcome:
        """Whether the ledger is as it was recorded; `head` is the mark that a publication printed."""
        found = self.ledger.verify(head=head)
        events = 0 if found else len(self.events())
        if found:
            lines = tuple(f"{f'Event {each.seq}: ' if each.seq else ''}{each.what}" for each in found)
            return Outcome(lines=("The record was tampered with or damaged.", *lines), code=FINDINGS)
        return Outcome(lines=(f"The record is sound: {several(events, 'event')}.", f"Its mark: {self.ledger.head()}"))

    def exclude(self, ids: Sequence[str], *, reason: str) -> Outcome:
        """Set responses or comments aside, with a reason. Nothing is deleted."""
        return self._set(ids, reason, "excluded", "set aside", ("to bring them back: consultation undo",))

    def include(self, ids: Sequence[str], *, reason: str) -> Outcome:
        """Count responses or comments that were set aside, such as a blank response, with a reason."""
        return self._set(ids, reason, "included", "counted again", ("to set them aside again: consultation undo",))

    def _set(self, ids: Sequence[str], reason: str, status: str, said: str, next: tuple[str, ...]) -> Outcome:
        if not reason.strip():
            raise ConsultationError("A reason is missing.", do='Give one: --reason "sent as a test"')
        responses, comments = set(self.table("responses")["response_id"]), set(self.table("comments")["comment_id"])
        unknown = [each for each in ids if each not in responses and each not in comments]
        if unknown:
            raise ConsultationError(
                f"“{unknown[0]}” is no id of a response or comment.",
                do=f"Did you mean “{near}”?"
                if (near := nearest(unknown[0], responses | comments))
                else "Copy the id from a workbook, a report or a table.",
            )
        new = [
            ("exclude", {"table": name, "ids": here, "reason": reason, "status": status})
            for name, known in (("responses", responses), ("comments", comments))
            if (here := [each for each in ids if each in known])
        ]
        with self._alone():
            self._record(new)
            self._refresh()
        return Outcome(
            lines=(f"{several(len(ids), 'record')} {said}: {reason}.",), next=("consultation reconcile", *next)
        )

    def undo(self, event: str | None = None, *, together: bool = False) -> Outcome:
        """Take back an event; without an id, the last one that still stands.

        With `together`, also all that was recorded in the same act, such as a whole workbook. What was imported is
        not undone but excluded; what was purged is gone.
        """
        from consultation import history

        events = self.events()
        gone = history.taken_back(events)
        standing = [each for each in events if each.event_id not in gone and each.what not in _FOR_EVER]
        target = self._undoable(event, events, standing)
        act = [each for each in standing if _act(each) == _act(target)]
        taken, left = (act, []) if together else ([target], [each for each in act if each is not target])
        with self._alone():
            made = self._record([("undo", {"event_id": each.event_id}) for each in taken])
            self._refresh()
        more = f" and {several(len(taken) - 1, 'event')} recorded with it" if len(taken) > 1 else ""
        steps = ["to take back the one before it, type the same again"]
        if left:
            steps += [f"to take back {len(left):,} recorded with it: consultation undo {left[0].event_id} --together"]
        steps += [f"to bring it back: consultation undo {made[0].event_id}" + " --together" * (len(made) > 1)]
        return Outcome(
            lines=(f"Taken back: {target.what} by {target.who} of {target.at[:10]} ({target.event_id}){more}.",),
            next=tuple(steps),
        )

    def _undoable(
        self, event: str | None, events: Sequence[LedgerEvent], standing: Sequence[LedgerEvent]
    ) -> LedgerEvent:
        """The event to take back, or the error that says why there is none."""
        if event is None:
            recorded = [each for each in standing if each.what != "undo"]
            if not recorded:
                raise ConsultationError("There is nothing to undo.", do="Only what people recorded can be undone.")
            return recorded[-1]
        ids = {each.event_id: each for each in events}
        if event not in ids:
            near = nearest(event, ids)
            raise ConsultationError(
                f"“{event}” is no event of the record.",
                do=f"Did you mean “{near}”?" if near else "Copy the id from what a command printed, or from “why”.",
            )
        if ids[event].what in _FOR_EVER:
            raise ConsultationError(
                f"“{event}” is a {ids[event].what}, which cannot be undone.",
                do="Set imported responses aside with consultation exclude; what was purged is gone.",
            )
        if ids[event] not in standing:
            raise ConsultationError(f"“{event}” was already taken back.", do="There is nothing more to do.")
        return ids[event]

    def memo(self, about: str, text: str) -> Outcome:
        """A note on anything: an id, an element's code, a theme's code."""
        with self._alone():
            (made,) = self._record([("memo", {"about": about, "text": text})])
        return Outcome(lines=(f"Noted on {about} ({made.event_id}).",))

    def redact_out(self, file: str | Path) -> Outcome:
        """Write the workbook in which a person settles what may be personal data."""
        from consultation import privacy

        target = self._path(file)
        held, comments = self.table("personal_data"), self.table("comments")
        keep_filled(
            target,
            f"consultation redact in {file}",
            lambda data: sum(len(told) for told in privacy.workbook.read(data, held, comments, target.name)),
            one="answer",
        )
        store.write_file(target, privacy.workbook.write(held, comments))
        return Outcome(
            lines=(f"{several(privacy.open_count(held), 'place')} to settle.",),
            files=(target,),
            next=(f"fill it in, save it, then type: consultation redact in {file}",),
        )

    def redact_in(self, files: Sequence[str | Path]) -> Outcome:
        """Take redaction workbooks back."""
        from consultation import privacy

        recorded, wrong = 0, list[str]()
        for file in files:
            path = self._path(file)
            with self._alone():
                new, refused = privacy.workbook.read(
                    store.read_workbook(path), self._load("personal_data"), self._load("comments"), path.name
                )
                recorded += len(self._record(new))
                self._refresh()
            wrong.extend(refused)
        return Outcome(
            lines=(
                f"{several(recorded, 'place')} settled; "
                f"{several(privacy.open_count(self.table('personal_data')), 'place')} still open.",
            ),
            warnings=tuple(wrong),
            next=(MEND,) if wrong else ("consultation check",),
            code=1 if wrong else OK,
        )

    def find(self, person: str) -> Outcome:
        """All that is held on one person: identity, responses, comments, and where others name them."""
        from consultation import privacy

        held = privacy.person(
            self.table("identity"),
            self.table("responses"),
            self.table("comments"),
            person,
            others={name: self.table(name) for name in ("answers", "tags", "phrases", "point_evidence")},
        )
        grids = tuple(
            Grid(
                caption=f"{name}, {number:,} of {len(table):,}",
                header=("column", "what it holds"),
                rows=_filled(record),
            )
            for name, table in held.items()
            for number, record in enumerate(table.to_dict("records"), start=1)
        )
        return Outcome(lines=(f"Held on “{person}”:",) if grids else (f"Nothing is held on “{person}”.",), grids=grids)

    def purge(self, *, confirm: bool = False) -> Outcome:
        """Remove verbatim text and identity whose retention has ended; what was counted and decided stays."""
        from consultation import privacy
        from consultation.project.derive import FOUND, to_keep
        from consultation.project.importing import KEY_FILE

        plan = privacy.purge_plan(self.settings.retention, self.now()[:10])
        if not plan.due:
            return Outcome(
                lines=("Nothing is due.",), next=("set retention in consultation.yaml: verbatim_until, identity_until",)
            )
        if not confirm:
            return Outcome(lines=plan.told, next=("to do it: consultation purge --confirm",))
        left = list[Path]()
        with self._alone():
            imported, found = self._imported(), {name: store.load(self.found, name) for name in FOUND}
            if plan.verbatim:
                written = {name: self._written(name) for name in WRITTEN}
                found |= to_keep(imported, found, written, self.events())
                store.save(self.found, found)  # before the words go, so that a crash between the two loses no point
            store.save(self.imported, privacy.purged(imported, plan))
            self._record([privacy.purge_event(plan, "retention ended")])
            self._refresh(privacy.purged(found, plan))
            for folder in privacy.purge.RAW_FOLDERS:
                left += _remove(self.folder / folder)
            if plan.identity:
                (self.imported / store.IDENTITY_FOLDER / KEY_FILE).unlink(missing_ok=True)
        if left:
            return Outcome(
                lines=plan.told,
                warnings=tuple(f"{path} could not be removed." for path in left),
                next=(
                    "close the programs that hold these files, or delete them by hand",
                    "consultation purge --confirm",
                ),
                code=WRONG,
            )
        return Outcome(lines=("Done.", *plan.told), next=("consultation verify",))


def _remove(folder: Path) -> list[Path]:
    """Empty a folder. What could not be removed, without the folders that it holds in place."""
    left: list[Path] = []
    for path in sorted(folder.rglob("*"), reverse=True):  # what a folder holds goes before it
        try:
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        except OSError:
            if not any(path in other.parents for other in left):
                left.append(path)
    folder.mkdir(parents=True, exist_ok=True)
    return sorted(left)


def _act(event: LedgerEvent) -> tuple[object, ...]:
    """What the events of one act share; in ledgers of before acts were kept, the moment and the name."""
    return (event.act,) if event.act is not None else (event.at, event.who, event.what == "undo")


def _filled(record: dict[Any, Any]) -> tuple[tuple[str, str], ...]:
    """What a row holds, column by column, the empty ones left out: a wide row cannot be read on a screen."""
    return tuple(
        (str(name), str(value)) for name, value in record.items() if not (pd.isna(value) is True or value == "")
    )
