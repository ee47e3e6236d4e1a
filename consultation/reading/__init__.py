"""The reading room: a raw file becomes sources, responses, answers, comments and problems; nothing is lost on the way.

To add a reader, write a function `(path, context) -> Reading` and add its address to `READERS` under the kind of
file that `sniff.kind` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from consultation.reading import sniff
from consultation.reading.accounts import Account, Rate, accounts, rates
from consultation.reading.blank import BLANK
from consultation.reading.merge import Merge, merge
from consultation.reading.names import settings_for
from consultation.reading.result import Choose, Context, Reading
from consultation.reading.status import apply
from consultation.settings import Settings
from consultation.tables import Tables

__all__ = ["BLANK", "READERS", "Account", "Merge", "Rate", "Reading", "accounts", "apply", "merge", "rates", "read"]

READERS: Final[dict[str, str]] = {
    "csv": "consultation.reading.tabular:read",
    "workbook": "consultation.reading.tabular:read",
    "html_table": "consultation.reading.tabular:read",
    "sav": "consultation.reading.tabular:read",
    "json": "consultation.reading.tabular:read",
    "docx": "consultation.reading.documents:read",
    "odt": "consultation.reading.documents:read",
    "pdf": "consultation.reading.documents:read",
    "rtf": "consultation.reading.documents:read",
    "text": "consultation.reading.documents:read",
    "mail": "consultation.reading.documents:read",
    "outlook": "consultation.reading.documents:read",
    "captions": "consultation.reading.documents:read",
}


def read(path: Path, settings: Settings, *, known: Tables | None = None, choose: Choose | None = None) -> Reading:
    """Read one file by its content, with the mapping that the settings hold for it or a drafted one.

    `known` are the tables already held (and `elements`, if the draft is known): a newer export of the same survey gets
    the name it had. `choose` asks a person; without one the usual choice is made and listed in `ambiguous`.
    Raises `ConsultationError` where the file is empty, damaged, locked, dangerous, foreign or no survey.
    """
    name, source_settings = settings_for(path, settings)
    kind = sniff.kind(path).name
    context = Context(name=name, settings=settings, source_settings=source_settings, known=known or {}, choose=choose)
    module, _, function = READERS[kind].partition(":")
    reader: Callable[[Path, Context], Reading] = getattr(import_module(module), function)
    return reader(path, context)
