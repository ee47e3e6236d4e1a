"""The ledger of what people decided: it only grows, and each event holds the hash of the one before.

So a changed, removed or reordered event is found by `verify`. Events appended together share an `act`, which lies in
the payload's column, so that ledgers of before it was kept stay as they are. It uses a rollback journal, since councils
keep such folders on network shares, where SQLite's write-ahead log does not work.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from consultation import history
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent
from consultation.text import did_you_mean

LEDGER_FILE: Final = "ledger.sqlite"
_BEGINNING: Final = "0" * 64
_ACT: Final = "act"  # the key beside those of `history.EVENTS`
_WAIT_SECONDS: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Tampering:
    """Something that `verify` found: the place in the ledger and what is wrong there."""

    seq: int | None
    what: str


class Ledger:
    """The append-only record of a workspace: what people did, who and when.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ledger = Ledger(pathlib.Path(folder) / "ledger.sqlite")
    ...     memo = ("memo", {"about": "c-1", "text": "Ask the planners"})
    ...     made = ledger.append([memo], who="R. Shah", at="2026-03-02T09:00:00Z")
    ...     [event.what for event in ledger.events()], ledger.verify()
    (['memo'], [])
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, new: Sequence[tuple[str, dict[str, Any]]], *, who: str, at: str) -> list[LedgerEvent]:
        """Append events (kind, payload) all together or not at all; returns them as recorded.

        `at` is an ISO time in UTC. An unknown kind is refused. Other writers wait their turn.
        """
        for what, _ in new:
            if what not in history.EVENTS:
                raise ConsultationError(f"“{what}” is no kind of event.", do=did_you_mean(what, history.EVENTS))
        if not new:
            return []
        made: list[LedgerEvent] = []
        with self._writing() as db:
            last = db.execute("SELECT seq, hash, at FROM events ORDER BY seq DESC LIMIT 1").fetchone()
            seq, before, clock = last if last else (0, _BEGINNING, "")
            act = seq + 1
            at = max(at, clock)  # two laptops' clocks may differ; the chain's time never runs back
            for what, payload in new:
                seq += 1
                told = _canonical({**payload, _ACT: act})
                event_id = f"v-{hashlib.sha256(f'{before}{seq}{what}{told}'.encode()).hexdigest()[:12]}"
                after = _hash(before, seq, event_id, at, who, what, told)
                db.execute(
                    "INSERT INTO events VALUES (?,?,?,?,?,?,?,?)",
                    (seq, event_id, at, who, what, told, before, after),
                )
                made.append(_event(seq, event_id, at, who, what, told))
                before = after
            db.execute("UPDATE head SET seq = ?, hash = ?", (seq, before))
        return made

    def events(self) -> list[LedgerEvent]:
        """Every event, in order."""
        return [_event(*row[:6]) for row in self._asked("SELECT * FROM events ORDER BY seq")]

    def head(self) -> str:
        """The hash of the last event: a short proof of the whole ledger as it stands."""
        last = self._asked("SELECT hash FROM events ORDER BY seq DESC LIMIT 1")
        return str(last[0][0]) if last else _BEGINNING

    def verify(self, *, head: str | None = None) -> list[Tampering]:
        """What is wrong with the chain: a row changed, removed, added, reordered, back-dated, or cut off at the end.

        A whole ledger that someone forged anew still agrees with itself; give the `head` that a publication
        printed, and it must be on the chain.
        """
        found: list[Tampering] = []
        lost = Tampering(seq=None, what="The published mark of the ledger is not on this chain.")
        try:
            with self._reading() as db:
                if db is None:
                    return [lost] if head not in (None, _BEGINNING) else []
                sound = db.execute("PRAGMA integrity_check").fetchone()[0]
                rows = db.execute("SELECT * FROM events ORDER BY rowid").fetchall()
                told = db.execute("SELECT seq, hash FROM head").fetchall()
                triggers = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        except sqlite3.DatabaseError as error:
            return [Tampering(seq=None, what=f"The ledger is damaged and cannot be read: {error}.")]
        if sound != "ok":
            found.append(Tampering(seq=None, what=f"The file is damaged: {sound}."))
        if triggers != {"events_stay", "events_keep"}:
            found.append(Tampering(seq=None, what="The locks against change were taken off."))
        found.extend(_broken_links(rows))
        if len(told) != 1:
            found.append(Tampering(seq=None, what="The note of the last event is missing or doubled."))
        elif rows and told[0] != (rows[-1][0], rows[-1][7]):
            found.append(
                Tampering(seq=rows[-1][0], what="The last events were removed or others added after the chain.")
            )
        elif not rows and told[0][0] != 0:
            found.append(Tampering(seq=None, what="All events were removed."))
        if head is not None and head != _BEGINNING and head not in {row[7] for row in rows}:
            found.append(lost)
        return found

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        try:
            with self._reading() as db:
                return db.execute(query).fetchall() if db else []
        except sqlite3.DatabaseError as error:
            raise ConsultationError(
                "The ledger cannot be read.",
                where=str(self.path),
                do=f"{error}. If another program holds it, try again; if it is damaged, restore it from a backup.",
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The database, or None where nothing was ever recorded: a file may have been begun and no more."""
        if not self.path.exists():
            yield None
            return
        with closing(self._connect()) as db:
            begun = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone()
            yield db if begun else None

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        return db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(self._connect()) as db:
                db.execute("BEGIN IMMEDIATE")
                try:
                    for statement in _SCHEMA:
                        db.execute(statement)
                    yield db
                    db.execute("COMMIT")
                except BaseException:
                    db.execute("ROLLBACK")
                    raise
        except sqlite3.DatabaseError as error:
            raise ConsultationError(
                "The ledger could not be written; nothing was recorded.",
                where=str(self.path),
                do=f"{error}. If a colleague is saving at this moment, wait and try again; if it is damaged, "
                "restore it from a backup.",
            ) from error


_SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS events (
        seq INTEGER PRIMARY KEY, event_id TEXT UNIQUE NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
        what TEXT NOT NULL, payload TEXT NOT NULL, before TEXT NOT NULL, hash TEXT NOT NULL) STRICT""",
    "CREATE TABLE IF NOT EXISTS head (seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT",
    f"INSERT INTO head SELECT 0, '{_BEGINNING}' WHERE NOT EXISTS (SELECT 1 FROM head)",
    """CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    """CREATE TRIGGER IF NOT EXISTS events_keep BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
)


def _event(seq: int, event_id: str, at: str, who: str, what: str, told: str) -> LedgerEvent:
    payload = json.loads(told)
    act = payload.pop(_ACT, None)
    return LedgerEvent(seq=seq, event_id=event_id, at=at, who=who, what=what, payload=payload, act=act)


def _canonical(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=list)


def _hash(before: str, seq: int, event_id: str, at: str, who: str, what: str, payload: str) -> str:
    told = json.dumps([before, seq, event_id, at, who, what, payload], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _broken_links(rows: Iterable[tuple[Any, ...]]) -> Iterator[Tampering]:
    before, expected, clock = _BEGINNING, 1, ""
    for seq, event_id, at, who, what, payload, told_before, told_hash in rows:
        if seq != expected:
            yield Tampering(seq=seq, what=f"Event {expected} is missing or out of its place.")
        if told_before != before:
            yield Tampering(seq=seq, what="The event does not follow the one before it.")
        if _hash(told_before, seq, event_id, at, who, what, payload) != told_hash:
            yield Tampering(seq=seq, what="The event was changed after it was recorded.")
        if at < clock:
            yield Tampering(seq=seq, what="The event is dated before the one that precedes it.")
        before, expected, clock = told_hash, seq + 1, max(clock, at)
