"""Excel workbooks, written safely: text stays text, whatever it begins with.

`put` is the only way a value enters a cell here; every workbook of ours is written through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from consultation.text import printable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

CELL_LIMIT: Final = 32_767  # characters that Excel holds in a cell
CUT_NOTE: Final = " [cut here: the whole text is in the comments table]"


def put(cell: Cell, value: str | int | float | bool | None) -> None:
    """Set a cell. Text is typed as text: "=1+1" is read as itself; what Excel cannot hold is cut and says so."""
    if value is None:
        return
    if isinstance(value, str):
        shown = printable(value)
        if len(shown) > CELL_LIMIT:
            shown = shown[: CELL_LIMIT - len(CUT_NOTE)] + CUT_NOTE
        cell.value = shown
        cell.data_type = "s"
    else:
        cell.value = value
