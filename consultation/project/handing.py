"""Workbooks handed out: none is written over one in which somebody filled in what is not on record yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from consultation import store
from consultation.errors import ConsultationError
from consultation.outcome import several


def keep_filled(path: Path, hand_in: str, unrecorded: Callable[[bytes], int], *, one: str = "filled row") -> None:
    """Refuse to write over what people filled in, and over a file that is no such workbook.

    `unrecorded` counts what the command `hand_in` would record or refuse in the workbook that stands there, each being
    `one`; it raises for what that command cannot read. A workbook with nothing new in it may be written over.
    """
    if not path.exists():
        return
    held = store.read_workbook(path)
    try:
        number = unrecorded(held)
    except ConsultationError as error:
        raise ConsultationError(
            f"Another file of this name is there and was not written over. {error.what}",
            where=str(path),
            do="Give the new workbook another name.",
        ) from error
    if number:
        raise ConsultationError(
            f"The workbook that is there holds {several(number, one)} not on record yet; it was not written over.",
            where=str(path),
            do=f"Hand it in first: {hand_in}. Or give the new workbook another name.",
        )
