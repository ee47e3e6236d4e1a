"""The verbs that keep the record straight: accounts, traces, exclusions, personal data, the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from consultation import store
from consultation.errors import FINDINGS, OK, ConsultationError
from consultation.model import LedgerEvent
from consultation.outcome import MEND, Grid, Outcome, several
from consultation.project.workspace import Workspace
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
            ("exclude", {"table": name, "ids": here, "reason": reason})
            for name, known in (("responses", responses), ("comments", comments))
            if (here := [each for each in ids if each in known])
        ]
        with self._alone():
            self._record(new)
            self._refresh()
        return Outcome(
            lines=(f"{several(len(ids), 'record')} set aside: {reason}.",),
            next=("consultation reconcile", "to bring them back: consultation undo"),
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
        held = self.table("personal_data")
        store.write_file(target, privacy.workbook.write(held, self.table("comments")))
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
        from consultation.project.importing import KEY_FILE

        plan = privacy.purge_plan(self.settings.retention, self.now()[:10])
        if not plan.due:
            return Outcome(
                lines=("Nothing is due.",), next=("set retention in consultation.yaml: verbatim_until, identity_until",)
            )
        if not confirm:
            return Outcome(lines=plan.told, next=("to do it: consultation purge --confirm",))
        with self._alone():
            store.save(self.imported, privacy.purged(self._imported(), plan))
            found = {name: store.load(self.found, name) for name in ("tags", "phrases", "personal_data")}
            self._record([privacy.purge_event(plan, "retention ended")])
            self._refresh(privacy.purged(found, plan))
            for folder in privacy.purge.RAW_FOLDERS:
                shutil.rmtree(self.folder / folder, ignore_errors=True)
                (self.folder / folder).mkdir(parents=True, exist_ok=True)
            if plan.identity:
                (self.imported / store.IDENTITY_FOLDER / KEY_FILE).unlink(missing_ok=True)
        return Outcome(lines=("Done.", *plan.told), next=("consultation verify",))


def _act(event: LedgerEvent) -> tuple[object, ...]:
    """What the events of one act share; in ledgers of before acts were kept, the moment and the name."""
    return (event.act,) if event.act is not None else (event.at, event.who, event.what == "undo")


def _filled(record: dict[Any, Any]) -> tuple[tuple[str, str], ...]:
    """What a row holds, column by column, the empty ones left out: a wide row cannot be read on a screen."""
    return tuple(
        (str(name), str(value)) for name, value in record.items() if not (pd.isna(value) is True or value == "")
    )
