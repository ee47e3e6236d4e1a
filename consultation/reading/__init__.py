"""The reading room: a raw file becomes sources, responses, answers, comments and problems; nothing is lost on the way.

To add a reader, write a function `(path, context) -> Reading` and add its address to `READERS` under the kind of
file that `sniff.kind` gives.
"""

from __future__ import annotations

from typing import Final

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
