"""The words of a web page or HTML mail as parts. Nothing is run or fetched; scripts and styles are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Part

_UNSEEN: Final = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "object",
    "iframe",
    "canvas",
    "audio",
    "video",
}
_BLOCKS: Final = {
    "p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "blockquote", "section", "article", "header", "footer",
    "main",
    "address", "dl", "dt", "dd", "form", "fieldset", "hr", "body", "html", "center", "pre", "figure", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_VOID: Final = {
    "br",
    "img",
    "hr",
    "input",
    "meta",
    "link",
    "col",
    "area",
    "base",
    "wbr",
    "source",
    "embed",
    "param",
    "track",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all", re.I)
_QUOTE_MARK = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|protonmail_quote", re.I
)


def parts(page: str, place: str = "body") -> list[Part]:
    """The parts of a page, one for each block of text; quoted messages are marked so.

    >>> [(part.kind, part.text) for part in parts("<h1>A</h1><script>x()</script><ul><li>one<li>two</ul>")]
    [('heading', 'A'), ('list item', 'one'), ('list item', 'two')]
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.flush()
    return [
        Part(
            text=block.text, raw=block.text + "\n", place=f"{place}, paragraph {number}", kind=block.kind,
            level=block.level,
            mark=block.mark, bold=block.bold,
        )
        for number, block in enumerate(reader.blocks, 1)
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Block:
    text: str
    kind: str
    level: int
    mark: str | None
    bold: int


@dataclass
class _Open:
    """An element that is open, and what it means for the text in it."""

    tag: str
    hidden: bool = False
    quoted: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.open: list[_Open] = []
        self.unseen = 0
        self.lists = self.hidden = self.quoted = 0  # how many such elements are open
        self.pieces: list[tuple[str, bool]] = []
        self.shape: tuple[str, int] = (PARAGRAPH, 0)
        self.strong = 0
        self.tail_quoted = False  # Outlook puts what it quotes after a mark, not into an element

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            if tag == "br" and not self.unseen:
                self.pieces.append(("\n", self.strong > 0))
            elif tag == "hr":
                self.flush()
            elif (
                tag == "img"
                and not self.unseen
                and told.get("alt", "").strip()
                and not told.get("src", "").startswith("cid:")
            ):
                self.pieces.append((f"[{told['alt'].strip()}]", False))
            return
        if tag in _UNSEEN:
            self.unseen += 1
            self.open.append(_Open(tag=tag))
            return
        if tag in _BLOCKS:
            self.flush()
        mark = f"{told.get('class', '')} {told.get('id', '')}"
        if re.search("divRplyFwdMsg|appendonsend|OLK_SRC_BODY", mark):
            self.tail_quoted = True
        self.open.append(_Open(
            tag=tag, hidden=bool(_HIDDEN.search(told.get("style", ""))) or "hidden" in told,
            quoted=tag == "blockquote" or bool(_QUOTE_MARK.search(mark)),
        ))  # fmt: skip
        self.hidden += self.open[-1].hidden
        self.quoted += self.open[-1].quoted
        self.lists += tag in ("ul", "ol")
        self.strong += tag in ("b", "strong")
        if tag == "li":
            self.shape = (ITEM, max(0, self.lists - 1))
        elif re.fullmatch("h[1-6]", tag):
            self.shape = (HEADING, int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        if not any(each.tag == tag for each in self.open[-200:]):
            return
        if tag in _BLOCKS:
            self.flush()
        while self.open:
            element = self.open.pop()
            closed = element.tag
            self.hidden -= element.hidden
            self.quoted -= element.quoted
            self.unseen -= closed in _UNSEEN
            self.lists -= closed in ("ul", "ol")
            self.strong -= closed in ("b", "strong")
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append((re.sub(r"[ \t\r\n\f]+", " ", data), self.strong > 0))

    def flush(self) -> None:
        """End a block: its text without the white space that pages are laid out with."""
        text = "".join(piece for piece, _ in self.pieces)
        shown = re.sub(r" ?\n ?", "\n", re.sub(" +", " ", text)).strip()
        bold = 0
        for piece, strong in self.pieces:
            if not strong and piece.strip():
                break
            bold += len(piece)
        if shown:
            hidden = self.hidden > 0
            quoted = self.tail_quoted or self.quoted > 0
            kind, level = self.shape
            self.blocks.append(_Block(
                text=shown, kind=kind, level=level, mark="hidden" if hidden else "quoted" if quoted else None,
                bold=min(bold, len(shown)),
            ))  # fmt: skip
        self.pieces = []
        self.shape = (PARAGRAPH, 0)
