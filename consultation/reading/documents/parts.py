"""What every document is before it is understood: its paragraphs in order, each with its exact text and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HEADING: Final = "heading"
PARAGRAPH: Final = "paragraph"
ITEM: Final = "list item"

MARKS: Final = {
    "deleted": "deleted in the document (tracked change)",
    "moved": "moved within the document (tracked change); it stands at its new place",
    "hidden": "hidden text",
    "quoted": "quoted from an earlier message",
    "furniture": "header or footer of the page",
    "contents": "table of contents",
    "key": "a key that explains the notes",
    "greeting": "greeting or closing words",
    "subject": "date, reference or subject line",
    "covering": "covering note of whoever passed the message on",
    "signature": "signature",
    "automatic": "written by a program, not by a person",
    "placeholder": "a form field that nobody filled in",
}
"""Why a piece of text is kept but set aside: mark -> the reason as an officer reads it."""
METADATA: Final = "metadata"  # header lines of messages: accounted for, never comments
UNTRANSCRIBED: Final = "untranscribed"  # a picture of words: it stands for what a person must type up


@dataclass(frozen=True, kw_only=True)
class Part:
    """One paragraph, cell, footnote, caption or cue.

    `text` is what a reader sees, exact; `raw` has the markup, space and line end around it, so that the raws of a text
    file, one after another, spell the file. `level` counts headings from 0 (the title) and list items from 0 (the
    outermost). `bold` is the number of leading characters in bold. Lines of one block of a text file share `block`.
    `numbering` is the number that Word or Writer shows before the text, such as "2.3".
    """

    text: str
    place: str
    raw: str = ""
    kind: str = PARAGRAPH
    level: int = 0
    story: str = "body"  # body, header, footer, footnote, endnote, remark, text box, alt text, caption, attachment
    mark: str | None = None  # a key of MARKS
    block: int = 0
    bold: int = 0
    numbering: str | None = None
    table: str | None = None
    row: int = 0
    column: int = 0
    speaker: str | None = None
    file: str | None = None  # the attachment that it stands in

    @property
    def empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What spoiled a part of the document: a row of `problems` before it has its source."""

    place: str
    what: str
    hint: str
    action: str = "flagged"


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file as its reader gives it. `headers` are those of a mail: from, to, sent, subject, message-id."""

    form: str  # Word, Markdown, text, e-mail ...
    parts: tuple[Part, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    encoding: str | None = None
    more: tuple[Document, ...] = ()  # further submissions in the same file
