"""Workbooks that people hand in, opened without harm: what swells, lies or reaches far beyond its cells is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.hostile import check_archive
from consultation.sheets.package import reach, refuse_far, sheet_parts

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an older .xls, or a workbook with a password
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An open workbook: the names of its sheets, whose cells are read when they are asked for."""

    name: str
    sheets: Sequence[str]
    data: bytes
    book: Any

    def rows(self, sheet: str) -> list[list[Any]]:
        """The values of a sheet, from A1 on. Raises `ConsultationError` where a stray cell makes it too large."""
        with _readable(self.name):
            if not self.data.startswith(_OLE):  # an older .xls holds too few cells to do harm
                self._refuse_far(sheet)
            cells: list[list[Any]] = self.book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return cells

    def _refuse_far(self, sheet: str) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            parts = sheet_parts(archive)
            unsure = [name for name in archive.namelist() if name.lower().endswith(".xml")]
            for part in [parts[sheet]] if sheet in parts else unsure:
                refuse_far(self.name, sheet, *reach(archive, part))


def opened(data: bytes, name: str) -> Opened:
    """The workbook in these bytes; `name` is what messages call it.

    Raises `ConsultationError` for what is no workbook, for a password, and for a package that could do harm.
    """
    from python_calamine import CalamineWorkbook

    if data.startswith(_OLE):
        if _ENCRYPTED in data:  # Excel keeps a workbook with a password as an encrypted stream in an OLE package
            raise ConsultationError(
                "The workbook asks for a password.", where=name, do="Save it without a password and try again."
            )
    elif zipfile.is_zipfile(io.BytesIO(data)):
        check_archive(io.BytesIO(data), name)
    else:
        raise _no_workbook(name)
    with _readable(name):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return Opened(name=name, sheets=tuple(book.sheet_names), data=data, book=book)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except ConsultationError:
        raise
    except Exception as error:  # calamine's errors share no base, and a damaged part raises several kinds
        raise _no_workbook(name) from error


def _no_workbook(name: str) -> ConsultationError:
    return ConsultationError(
        "This is no workbook that we can read.",
        where=name,
        do="Save it as an Excel workbook (.xlsx) and try again.",
    )
