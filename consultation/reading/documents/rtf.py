"""RTF as parts: paragraphs, list items, table cells, notes and page furniture; hidden and deleted text kept apart.

Our own reader, because the usual one gives hidden and deleted words as if they were meant. Groups that hold no words
(fonts, colours, pictures, objects) are passed over whatever is in them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from consultation.errors import ConsultationError
from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Document, Part

_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_SIGNS: Final = {
    "par": "\n", "line": "\v", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_PASSED: Final = {
    "fonttbl", "colortbl", "info", "pict", "object", "themedata", "colorschememapping", "latentstyles", "datastore",
    "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "fldinst", "pntext", "listtext", "pn",
    "bkmkstart",
    "bkmkend", "filetbl", "revtbl", "nonshppict", "objdata", "blipuid", "mmathPr", "wgrffmtfilter", "upr", "private",
    "factoidname", "atnid", "atnref", "atntime", "atndate", "atnicn", "panose", "falt", "xe", "tc", "tcn", "sp",
    "picprop",
    "datafield", "formfield", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "pgptbl", "protusertbl", "userprops",
    "template",
    "docvar", "mhtmltag", "htmltag", "stylesheet",
}  # fmt: skip
_STORIES: Final = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer",
    "footerl": "footer",
    "footerr": "footer", "footerf": "footer", "footnote": "footnote", "annotation": "remark", "shptxt": "text box",
    "dptxbxtext": "text box",
}  # fmt: skip
_FONT = re.compile(r"\\f(\d{1,6})[^{};]{0,200}?\\fcharset(\d{1,4})")
_STYLE = re.compile(r"\{\\s(\d{1,6})\b[^{}]{0,600}?[ \r\n](?:heading (\d)|title)\s*;", re.I)
_HEAD: Final = 400_000  # characters at the start in which fonts and styles stand
_DEPTH: Final = 2_000  # groups within groups
LIMIT: Final = 60_000_000  # characters


@dataclass
class _State:
    """What holds within a group, and is forgotten at its end."""

    passed: bool = False
    story: str = "body"
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    skip: int = 1  # characters that stand in for a \u sign
    codec: str = "cp1252"


@dataclass
class _Paragraph:
    item: bool = False
    level: int = 0
    heading: int | None = None
    in_table: bool = False
    pieces: list[tuple[str, str | None, bool]] = field(default_factory=list)  # text, mark, bold


def document(data: bytes, name: str) -> Document:
    """The parts of an RTF file. Raises `ConsultationError` where it is none."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ConsultationError("It is no RTF document.", where=name, do="Open it in Word and save it as .docx.")
    if len(data) > LIMIT:
        raise ConsultationError(
            "It is far too large for a document of words.", where=name, do="Take the pictures out and save it as .docx."
        )
    return Document(form="RTF", parts=tuple(_Reader(data.decode("latin-1")).parts()))


def text(data: bytes) -> str:
    """The plain words of an RTF body, as Outlook stores it."""
    return "\n".join(part.text for part in document(data, "the message").parts if part.mark is None)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.stack: list[_State] = []
        self.state = _State()
        self.held: dict[str, _Paragraph] = {}
        self.fonts = {
            int(font): _CHARSETS[int(set_)] for font, set_ in _FONT.findall(source, 0, _HEAD) if int(set_) in _CHARSETS
        }
        self.headings = {int(style): int(level or 0) for style, level in _STYLE.findall(source, 0, _HEAD)}
        self.number = 0
        self.skipping = 0
        self.tables = self.row = self.column = 0
        self.bytes = b""
        self.surrogate = 0
        self.seen: set[str] = set()  # page furniture

    def parts(self) -> Iterator[Part]:
        for match in _TOKEN.finditer(self.source):
            word, number, byte, sign, brace, run = match.groups()
            if byte is not None:
                if self.skipping:
                    self.skipping -= 1
                else:
                    self.bytes += bytes.fromhex(byte)
                continue
            self._decoded()
            if brace == "{":
                self.skipping = 0
                if len(self.stack) < _DEPTH:
                    self.stack.append(self.state)
                    self.state = replace(self.state)
            elif brace == "}":
                self.skipping = 0
                before = self.state
                self.state = self.stack.pop() if self.stack else _State()
                if before.story != self.state.story and not before.passed:
                    yield from self._end(before.story)
            elif word is not None:
                yield from self._word(word, int(number) if number else None)
            elif sign is not None:
                self._sign(sign)
            elif run is not None:
                kept = run[self.skipping :]
                self.skipping = max(0, self.skipping - len(run))
                self._add(kept)
        self._decoded()
        for story in list(self.held):
            yield from self._end(story)

    # -------------------------------------------------------------------------------------------- words

    def _word(self, word: str, number: int | None) -> Iterator[Part]:
        state = self.state
        if word in _STORIES:
            state.story, state.passed = _STORIES[word], False
        elif word in _PASSED:
            state.passed = True
        elif state.passed:
            if word == "uc":
                state.skip = max(0, min(number or 0, 10))
            elif word == "u":
                self.skipping = state.skip
        elif word == "u" and number is not None:
            self._unicode(number % 65536)
            self.skipping = state.skip
        elif word == "uc":
            state.skip = max(0, min(number or 0, 10))
        elif word in ("par", "sect", "page"):
            yield from self._end(state.story)
        elif word in ("cell", "nestcell"):
            yield from self._end(state.story, cell=True)
            self.column += 1
        elif word in ("row", "nestrow"):
            self.row, self.column = self.row + 1, 0
        elif word in _SIGNS:
            self._add(_SIGNS[word].replace("\v", "\n"))
        elif word == "ansicpg":
            state.codec = _codec(number) or state.codec
        elif word in ("mac", "pc", "pca"):
            state.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        else:
            self._property(word, number, number != 0)

    def _property(self, word: str, number: int | None, on: bool) -> None:
        state = self.state
        paragraph = self._paragraph(state.story)
        if word == "v":
            state.hidden = on
        elif word == "deleted":
            state.deleted = on
        elif word == "b":
            state.bold = on
        elif word == "plain":
            state.hidden = state.deleted = state.bold = False
        elif word == "pard":
            paragraph.item, paragraph.level, paragraph.heading, paragraph.in_table = False, 0, None, False
        elif word == "intbl":
            paragraph.in_table = True
        elif word in ("ls", "pnlvlblt", "pnlvlbody"):
            paragraph.item = number != 0
        elif word == "ilvl":
            paragraph.level = min(8, max(0, number or 0))
        elif word == "s" and number in self.headings:
            paragraph.heading = self.headings[number]
        elif word == "outlinelevel" and number is not None and number < 9:
            paragraph.heading = number + 1
        elif word == "f" and number in self.fonts:
            state.codec = self.fonts[number]

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.state.passed = (
                True  # "ignore what you do not know"; the destinations with words in them are told apart
            )
            return
        if self.skipping:
            self.skipping -= 1
            return
        self._add(
            {"~": "\u00a0", "-": "\u00ad", "_": "\u2011", "\n": "\n", "\r": "\n"}.get(
                sign, sign if sign in "\\{}" else ""
            )
        )

    def _unicode(self, unit: int) -> None:
        if 0xD800 <= unit < 0xDC00:
            self.surrogate = unit
        elif 0xDC00 <= unit < 0xE000:
            high, self.surrogate = self.surrogate, 0
            self._add(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00) if high else "\ufffd")
        else:
            self._add(chr(unit))

    def _decoded(self) -> None:
        if self.bytes:
            told, self.bytes = self.bytes, b""
            self._add(told.decode(self.state.codec, "replace"))

    # ---------------------------------------------------------------------------------------- paragraphs

    def _paragraph(self, story: str) -> _Paragraph:
        return self.held.setdefault(story, _Paragraph())

    def _add(self, piece: str) -> None:
        state = self.state
        if piece and not state.passed:
            mark = "deleted" if state.deleted else "hidden" if state.hidden else None
            self._paragraph(state.story).pieces.append((piece, mark, state.bold))

    def _end(self, story: str, *, cell: bool = False) -> Iterator[Part]:
        paragraph = self._paragraph(story)
        pieces, paragraph.pieces = paragraph.pieces, []
        if self.state.passed and not pieces:
            return
        inside = story == "body" and (paragraph.in_table or cell)
        if story == "body" and not inside and self.row:
            self.row = self.column = 0
        if inside and not self.row:
            self.tables, self.row = self.tables + 1, 1
        shown = (
            "".join(text for text, mark, _ in pieces if mark is None)
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .rstrip("\n")
        )
        if story in ("header", "footer"):  # each section repeats them
            if not shown.strip() or shown in self.seen:
                return
            self.seen.add(shown)
        self.number += story == "body"
        place = f"paragraph {self.number}" if story == "body" else {"remark": "Word comment"}.get(story, story)
        if inside:
            place = f"table {self.tables}, row {self.row}, column {self.column + 1}"
        heads = paragraph.heading is not None and not inside and story == "body"
        part = Part(
            text=shown, raw=shown + "\n", place=place, story=story,
            mark="furniture" if story in ("header", "footer") else None,
            bold=_bold(pieces), table=f"table {self.tables}" if inside else None, row=self.row, column=self.column,
            kind=HEADING if heads else ITEM if paragraph.item else PARAGRAPH,
            level=paragraph.heading or 0 if heads else paragraph.level,
        )  # fmt: skip
        yield part
        for mark in ("deleted", "hidden"):
            words = "".join(text for text, told, _ in pieces if told == mark)
            if words.strip():
                yield replace(part, text=words, raw=words + "\n", mark=mark, place=f"{place} ({mark})", bold=0)


_CHARSETS: Final = {0: "cp1252", 77: "mac_roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 177: "cp1255",
    178: "cp1256",
                    186: "cp1257", 204: "cp1251", 238: "cp1250", 255: "cp850"}  # fmt: skip


def _codec(page: int | None) -> str | None:
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return None


def _bold(pieces: list[tuple[str, str | None, bool]]) -> int:
    count = 0
    for text, mark, bold in pieces:
        if mark is None:
            if not bold and text.strip():
                break
            count += len(text)
    return count
