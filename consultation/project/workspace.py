"""The workspace: what one consultation holds in one folder, and how it is loaded, derived and saved.

Imported tables are what the readers delivered; every other table is made from them, from the files a person
writes and from the ledger, by `refresh`. So an undo, or a run after a crash, needs no special care.
"""

from __future__ import annotations

import datetime
import getpass
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pandas as pd

from consultation import codebook, config, framework, store, tables, words
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.settings import Settings

Progress = Callable[[int, int, str], None]
Choose = Callable[[str, Sequence[str], str], str]

IMPORTED: Final = (
    "sources", "cells", "events", "questions", "identity", "responses", "answers", "comments", "problems",
)  # fmt: skip
WRITTEN: Final = ("elements", "lineage")
WORDS: Final = "templates/words.yaml"
SUFFIXES: Final = (".yaml", ".yml", ".xlsx", ".csv")
_HERE: Final = Path(__file__).parents[1]
SAMPLE: Final = _HERE / "_sample" if (_HERE / "_sample").is_dir() else _HERE.parent  # in the wheel, or in a checkout


class Workspace:
    """A consultation's folder.

    `who` signs what is recorded (the name of the person at the keyboard, unless given); `on_progress` is told
    (done, total, what) by long work; `choose` asks a person (question, options, default) or is None.
    """

    def __init__(
        self,
        folder: str | Path = ".",
        *,
        who: str | None = None,
        on_progress: Progress | None = None,
        choose: Choose | None = None,
    ) -> None:
        self.folder = Path(folder).resolve()
        self.who = who or os.environ.get("CONSULTATION_WHO") or getpass.getuser()
        self.on_progress = on_progress
        self.choose = choose
        self.processed = self.folder / "data" / "processed"
        self.imported = self.processed / "imported"  # what the readers delivered
        self.found = self.processed / "found"  # what slow work suggested, before anybody looked at it
        self.ledger = store.Ledger(self.folder / store.LEDGER_FILE)

    @property
    def settings(self) -> Settings:
        """What `consultation.yaml` says, read anew each time."""
        return config.settings(self.folder / config.SETTINGS_FILE)

    def themes(self) -> tuple[Theme, ...]:
        """The codebook as it stands, with what people changed."""
        return codebook.revise(codebook.themes(config.records(self.folder, "codebook")), self.events())

    def audiences(self) -> tuple[Theme, ...]:
        """The audiences that the codebook lists under `audiences:`, where it does."""
        return codebook.themes(config.records(self.folder, "codebook", "audiences"))[: -len(codebook.ALWAYS)]

    def events(self) -> list[LedgerEvent]:
        """Every event of the ledger, in order."""
        return self.ledger.events()

    def table(self, name: str) -> pd.DataFrame:
        """A named table (see `tables.TABLES`); empty where the verb that makes it has not run.

        What people decided since it was made is laid over it first.
        """
        tables.named(name)
        self._catch_up()
        return self._load(name)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every named table but identity and the raw cells."""
        self._catch_up()
        return self._now_held()

    # -------------------------------------------------------------------------------------- for the verbs

    def _now_held(self) -> dict[str, pd.DataFrame]:
        """Every public table as it was last made."""
        return {name: self._load(name) for name, table in tables.TABLES.items() if not table.private}

    def _load(self, name: str) -> pd.DataFrame:
        if name in WRITTEN:
            return self._written(name)
        return store.load(self.imported if tables.named(name).private else self.processed, name)

    def _written(self, name: str) -> pd.DataFrame:
        """`elements` and `lineage`: from the framework file and the ledger."""
        records, events = config.records(self.folder, "framework"), self.events()
        if name == "lineage":
            return framework.lineage(records, events)
        versions = self.settings.versions
        return framework.revise(framework.elements(records, versions), events, versions)

    def _consulted_on(self) -> pd.DataFrame:
        """The elements as the framework file has them: what people commented on, whatever was decided since."""
        return framework.elements(config.records(self.folder, "framework"), self.settings.versions)

    def _imported(self) -> dict[str, pd.DataFrame]:
        """What the readers delivered, before anybody set anything aside."""
        return {name: store.load(self.imported, name) for name in IMPORTED}

    def _record(self, new: Sequence[tuple[str, dict[str, Any]]]) -> list[LedgerEvent]:
        """Put events into the ledger, signed and dated."""
        return self.ledger.append(new, who=self.who, at=self.now())

    def now(self) -> str:
        """The time in UTC, ISO 8601. `SOURCE_DATE_EPOCH` (seconds) fixes it, for outputs that repeat byte for byte."""
        fixed = os.environ.get("SOURCE_DATE_EPOCH")
        try:
            told = (
                datetime.datetime.fromtimestamp(int(fixed), datetime.UTC)
                if fixed
                else datetime.datetime.now(datetime.UTC)
            )
        except (ValueError, OverflowError, OSError):
            raise ConsultationError(
                f"“{fixed}” is no time in seconds.",
                where="the environment variable SOURCE_DATE_EPOCH",
                do="Set it to whole seconds since 1970, or take it away: the clock is used then.",
            ) from None
        return told.strftime("%Y-%m-%dT%H:%M:%SZ")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time in this workspace."""
        with store.alone(self.processed):
            yield

    def _state_path(self) -> Path:
        return self.processed / "made.json"

    def _catch_up(self) -> None:
        """Derive again where the ledger or the written files have moved on since the tables were made."""
        if self.processed.exists() and self._state() != self._made_from():
            with self._alone():
                if self._state() != self._made_from():
                    self._refresh()

    def _state(self) -> str | None:
        try:
            return str(json.loads(self._state_path().read_text())["made_from"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _made_from(self) -> str:
        """A mark of all that derived tables depend on: the imported tables, the ledger's head and the written files."""
        from consultation.text import fingerprint

        store.finish(self.imported)
        imported = [path.stat() for name in IMPORTED if (path := store.table_path(self.imported, name)).exists()]
        files = [
            self.folder / config.SETTINGS_FILE,
            *(self.folder / f"{name}{suffix}" for name in ("framework", "codebook") for suffix in SUFFIXES),
            self.folder / WORDS,
        ]
        return fingerprint(
            self.ledger.head(),
            *(path.read_bytes() if path.exists() else None for path in files),
            *((kept.st_size, kept.st_mtime_ns) for kept in imported),
        )

    def _refresh(self, made: dict[str, pd.DataFrame] | None = None) -> None:
        """Save every derived table together, made from what was imported, found and decided. Called while alone.

        `made` holds tables of `FOUND` that a verb has just made.
        """
        from consultation.project.derive import FOUND, derive

        if made:
            store.save(self.found, made)
        found = {name: store.load(self.found, name) for name in FOUND}
        written = {name: self._written(name) for name in WRITTEN}
        derived = derive(self._imported(), found, written, self.themes(), self.settings, self.events(), self._words())
        store.save(self.processed, derived)
        store.write_file(self._state_path(), json.dumps({"made_from": self._made_from()}).encode())

    def _words(self) -> words.Words:
        """The report's words: the workspace's own templates/words.yaml laid over the package's."""
        own = self.folder / WORDS
        if not own.exists() or own.resolve() == (words.TEMPLATES / own.name).resolve():
            return words.english()
        try:
            told = own.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise ConsultationError(
                "The file is not UTF-8 text.",
                where=str(own),
                do="Save it again as UTF-8 (in Notepad: Save as, Encoding).",
            ) from None
        return words.overridden(words.english(), told, str(own))

    def _path(self, file: str | Path) -> Path:
        """A file as a person names it: from where they stand, whichever workspace they work in."""
        return Path.cwd() / file

    def _words_kept(self) -> None:
        """Refuse what needs the words of comments once retention has ended and they are gone."""
        from consultation import privacy

        if day := privacy.purged_on(self.events()):
            raise ConsultationError(
                f"What people wrote was removed on {day}, at the end of its retention.",
                where=str(self.folder),
                do="Counts, tags, decisions and reports stay and can still be printed; this needs the words.",
            )

    def _must_hold(self, name: str, verb: str) -> pd.DataFrame:
        """A table that an earlier verb makes, or the error that names that verb."""
        table = self.table(name)
        if table.empty:
            raise ConsultationError(
                f"There are no {name} yet.", where=str(self.folder), do=f"Run “consultation {verb}” first."
            )
        return table
