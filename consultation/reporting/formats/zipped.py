"""Office files are zip archives; these functions make them the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can hold
_DATED: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def repacked(data: bytes, dated: str) -> bytes:
    """The archive with its parts in their order, no moment of writing in it, and the properties dated `dated` (ISO)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for item in old.infolist():
            part = old.read(item)
            if item.filename == "docProps/core.xml":
                part = _DATED.sub(rb"\g<1>" + dated.encode() + rb"T00:00:00Z\g<2>", part)
            told = zipfile.ZipInfo(item.filename, _WHEN)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = 0o600 << 16
            new.writestr(told, part)
    return out.getvalue()
