"""Where a workspace keeps things: derived tables as Parquet, the ledger of what people decided as SQLite, and files.

All are saved whole or not at all.
"""

from __future__ import annotations

from consultation.store.derived import IDENTITY_FOLDER, alone, finish, load, save, table_path
from consultation.store.files import read_file, read_workbook, write_file
from consultation.store.ledger import LEDGER_FILE, Ledger, Tampering

__all__ = [
    "IDENTITY_FOLDER",
    "LEDGER_FILE",
    "Ledger",
    "Tampering",
    "alone",
    "finish",
    "load",
    "read_file",
    "read_workbook",
    "save",
    "table_path",
    "write_file",
]
