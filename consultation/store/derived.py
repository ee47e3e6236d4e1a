"""Named tables kept as Parquet, all of a save or none of it; any run may make them again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.store.files import write_file

IDENTITY_FOLDER: Final = "identity"
_MOVES: Final = "moves.json"
_LOCK: Final = ".lock.sqlite"
_WAIT_SECONDS: Final = 60.0


def save(folder: Path, saved: tables.Tables) -> None:
    """Write these named tables as Parquet under `folder`, all of them or none.

    Each is written beside its place; a list of moves, itself written whole, then makes the save certain: whoever
    opens the folder next finishes what a crash left half moved. Until that list is written nothing that was there is
    touched, and what stands beside is written over by the next save.
    """
    finish(folder)
    moves: dict[str, str] = {}
    try:
        for name, table in sorted(saved.items()):
            target = table_path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f"{target.name}.part")
            _write_parquet(beside, name, table)
            moves[beside.relative_to(folder).as_posix()] = target.relative_to(folder).as_posix()
        write_file(folder / _MOVES, json.dumps(moves).encode())
        finish(folder)
    except OSError as error:
        raise ConsultationError(
            "The tables could not be saved; what was there before is untouched.",
            where=str(folder),
            do=f"{error.strerror or error}. Make room or close the program that holds the file, then try again.",
        ) from error


def finish(folder: Path) -> None:
    """Finish a save that was certain; one that was not is left where nothing reads it. Called at each load and save."""
    certain = folder / _MOVES
    if not certain.exists():
        return
    try:
        for beside, target in json.loads(certain.read_text()).items():
            with suppress(FileNotFoundError):  # moved before the crash, or by another reader just now
                (folder / beside).replace(folder / target)
        certain.unlink(missing_ok=True)
    except OSError as error:
        raise ConsultationError(
            "The tables are saved, but not all could be put in their place; the next command does that first.",
            where=str(folder),
            do=f"{error.strerror or error}. Close the program that holds the file, then run the command again.",
        ) from error


def _write_parquet(path: Path, name: str, table: pd.DataFrame) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = tables.conform(name, table)
    known = tables.schema(name)
    more = [pa.field(c, pa.Schema.from_pandas(whole[[c]]).field(0).type) for c in whole.columns[len(known) :]]
    arrow = pa.Table.from_pandas(whole, schema=pa.schema([*known, *more]), preserve_index=False)
    pq.write_table(arrow.replace_schema_metadata(None), path, compression="zstd")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the workspace for one writer at a time; a second waits its turn. Released when the process ends, however."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(folder / _LOCK, timeout=_WAIT_SECONDS, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.OperationalError as error:
        raise ConsultationError(
            "Somebody else is working in this workspace at the moment.",
            where=str(folder),
            do=f"Wait until they are done, then try again ({error}).",
        ) from error


def load(folder: Path, name: str) -> pd.DataFrame:
    """A named table from `folder`; an empty one where nothing was saved yet."""
    import pyarrow.parquet as pq

    finish(folder)
    path = table_path(folder, name)
    if not path.exists():
        return tables.frame(name)
    try:
        with path.open("rb") as file:
            return tables.conform(name, pq.read_table(file).to_pandas())
    except (OSError, ValueError) as error:
        raise ConsultationError(
            f"The table “{name}” cannot be read.",
            where=str(path),
            do="It is a derived file: delete it and run the command that makes it again.",
        ) from error


def table_path(folder: Path, name: str) -> Path:
    """Where a named table is kept: identity apart from everything else."""
    home = folder / IDENTITY_FOLDER if tables.named(name).private else folder
    return home / f"{name}.parquet"
