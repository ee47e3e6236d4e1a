"""Plain text and Markdown as parts: headings, list items with their depth, and paragraphs, every character kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Document, Part
from consultation.reading.grids.encoding import decode

TAB: Final = 4  # columns
_LONGEST_HEADING: Final = 1_000  # characters
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<sign>[-*+•◦▪▫●○■□‣∙·–—➢➤✓✔☐☑]|o(?=[ \t])|\d{1,3}[.)]|[a-z][.)]|\([a-z\d]{1,3}\)|"
    r"[ivx]{1,5}[.)])(?P<gap>[ \t]+)(?=\S)"
)
_ATX = re.compile(r"[ ]{0,3}(?P<sign>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$")
_LABELLED = re.compile(r"(?:\*\*|__)?[A-Z][\w .'’-]{0,30}?(?:\*\*|__)?:(?:\*\*|__)?[ \t]|[ \t]*\([^()\n]{1,14}\)\s?:")
_SEPARATOR = re.compile(
    r"--[ \t]*\r?\n?$|[-_]{2,}.*message.*[-_]{2,}|_{10,}|begin forwarded|(?:yours |kind |best )?(?:regards|"
    r"sincerely|faithfully|wishes),?\s*$",
    re.I,
)
_RULE = re.compile(r"[ ]{0,3}(?:=+|-{2,}|~{3,}|_{3,}|\*{3,})[ \t]*$")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CELLS = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_CELL_RULE = re.compile(r"[ \t]*\|?[ \t:|-]+\|?[ \t]*$")


def read(data: bytes, name: str) -> Document:
    """The parts of a text file; the encoding is told, so that `"".join(raws).encode(encoding)` is the file again."""
    text, encoding, notes = exact(data)
    found = document(text, markdown=name.lower().endswith((".md", ".markdown")), encoding=encoding)
    return replace(found, notes=notes)


def exact(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """(text, codec, notes): the text with its byte order mark, so that nothing of the file is lost."""
    told = decode(data)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be") if told.encoding.startswith(("utf-8", "utf-16")) else ():
        text = data.decode(encoding, "replace")
        if text.encode(encoding, "replace") == data and text.lstrip("\ufeff") == told.text.lstrip("\ufeff"):
            return text, encoding, told.notes
    return told.text, told.encoding, told.notes


def document(text: str, *, markdown: bool = False, encoding: str | None = None) -> Document:
    """The parts of a text; `"".join(part.raw for part in parts)` is the text itself.

    >>> found = document("# Vision\\n- too long\\n  - cut it\\n", markdown=True)
    >>> [(part.kind, part.level, part.text) for part in found.parts]
    [('heading', 1, 'Vision'), ('list item', 0, 'too long'), ('list item', 1, 'cut it')]
    """
    parts = tuple(_levelled(_parts(text, markdown)))
    return Document(form="Markdown" if markdown else "text", parts=parts, encoding=encoding)


def _parts(text: str, markdown: bool) -> Iterator[Part]:
    """Parts with the column of a list item's text as its level; `_levelled` counts the depths."""
    lines = _LINE.findall(text)
    width = _wrapped_at(lines)
    block = at = 0
    while at < len(lines):
        line = lines[at].rstrip("\r\n")
        where = f"line {at + 1}"
        if not line.strip(" \t\ufeff\f"):
            block += 1
            yield Part(text="", raw=lines[at], place=where, block=block)
            block += 1
            at += 1
            continue
        if markdown and _CELLS.match(line) and at + 1 < len(lines) and _CELL_RULE.match(lines[at + 1].rstrip("\r\n")):
            end = at
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield from _table(lines, at, end, block)
            at, block = end, block + 1
            continue
        heading = _heading(lines, at, markdown)
        if heading is not None:
            yield replace(heading, place=where, block=block + 1)
            at += 2 if heading.raw.count("\n") + heading.raw.count("\r") > 1 and heading.raw != lines[at] else 1
            block += 2
            continue
        end = at + 1
        item = _ITEM.match(line)
        while end < len(lines) and _continues(lines, end, bool(item), width, markdown):
            end += 1
        quote = _QUOTE.match(line) if markdown else None
        start = item.end() if item else quote.end() if quote else len(line) - len(line.lstrip(" \t\ufeff"))
        yield replace(_said("".join(lines[at:end]), start, item), place=where, block=block)
        at = end


def _said(raw: str, start: int, item: re.Match[str] | None) -> Part:
    """A paragraph or list item whose text begins at `start`, after its sign."""
    shown = raw[start:].rstrip()
    bold = _BOLD.match(shown)
    return Part(
        text=shown,
        raw=raw,
        place="",
        kind=ITEM if item else PARAGRAPH,
        level=_columns(item["indent"]) if item else 0,
        bold=bold.end() if bold else 0,
        numbering=item["sign"] if item and item["sign"][0].isalnum() and item["sign"] != "o" else None,
    )


def _heading(lines: list[str], at: int, markdown: bool) -> Part | None:
    """An ATX heading, or a line that is underlined."""
    line = lines[at].rstrip("\r\n")
    if len(line) > _LONGEST_HEADING:
        return None
    found = _ATX.match(line)
    if found and (markdown or len(found["sign"]) > 1 or found["text"][:1].isupper()):
        return Part(text=found["text"], raw=lines[at], place="", kind=HEADING, level=len(found["sign"]))
    if at + 1 < len(lines) and not _ITEM.match(line) and not _RULE.match(line):
        under = lines[at + 1].strip()
        first = at == 0 or not lines[at - 1].strip()
        if first and len(under) >= 3 and set(under) in ({"="}, {"-"}, {"~"}):
            level = 1 if under[0] == "=" else 2
            return Part(
                text=line.strip(" \t\ufeff"), raw=lines[at] + lines[at + 1], place="", kind=HEADING, level=level
            )
    return None


def _continues(lines: list[str], at: int, item: bool, width: int, markdown: bool) -> bool:
    """Whether this line goes on with the paragraph or list item of the line before it."""
    line = lines[at].rstrip("\r\n")
    if not line.strip() or _ITEM.match(line) or (markdown and (_ATX.match(line) or _CELLS.match(line))):
        return False
    if (
        _SEPARATOR.match(line)
        or _SEPARATOR.match(lines[at - 1])
        or _heading(lines, at, markdown) is not None
        or _LABELLED.match(line)
    ):
        return False
    if bool(_QUOTE.match(line)) != bool(_QUOTE.match(lines[at - 1])):
        return False
    if item and line[:1] in " \t":
        return True
    before = lines[at - 1].rstrip("\r\n")
    if markdown and not before.endswith("  ") and not _QUOTE.match(line):
        return True
    return bool(width) and _full(before, line, width)


def _wrapped_at(lines: list[str]) -> int:
    """The width at which the text is wrapped, or 0 where each line is a paragraph of its own.

    In a wrapped text nearly every longer line ends because the next word would not have fitted.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not 50 <= width <= 130:
        return 0
    full = pairs = 0
    for line, after in pairwise(lines):
        if after.strip() and len(line.rstrip()) >= width / 2 and not _ITEM.match(after):
            pairs += 1
            full += _full(line, after, width)
    return width if full >= 2 and full >= 0.6 * pairs else 0


def _full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted."""
    return len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width


def _columns(indent: str) -> int:
    return len(indent.expandtabs(TAB))


def _table(lines: list[str], start: int, end: int, block: int) -> Iterator[Part]:
    """The cells of a pipe table; the row of dashes is an empty part."""
    row = 0
    for at in range(start, end):
        line = lines[at].rstrip("\r\n")
        if at == start + 1:
            yield Part(text="", raw=lines[at], place=f"line {at + 1}", block=block)
            continue
        row += 1
        cuts = [place for place, sign in enumerate(line) if sign == "|" and (place == 0 or line[place - 1] != "\\")]
        edges = ([] if cuts and not line[: cuts[0]].strip() else [-1]) + cuts
        edges += [] if cuts and not line[cuts[-1] + 1 :].strip() else [len(line)]
        used = 0
        for column, (left, right) in enumerate(pairwise(edges)):
            last = column == len(edges) - 2
            stop = len(lines[at]) if last else right
            shown = line[left + 1 : right].strip()
            bold = _BOLD.match(shown)
            yield Part(
                text=shown, raw=lines[at][used:stop], block=block, table=f"table at line {start + 1}", row=row,
                column=column, bold=bold.end() if bold else 0, place=f"line {at + 1}, column {column + 1} of the table",
            )  # fmt: skip
            used = stop


def _levelled(parts: Iterator[Part]) -> Iterator[Part]:
    """List items with their depth instead of their column."""
    open_at: list[int] = []
    paragraph = False  # a list that is indented below a paragraph elaborates it
    for part in parts:
        if part.kind == ITEM:
            if open_at[:1] == [-1] and part.level < 2:
                open_at.clear()
            if not open_at and paragraph and part.level >= 2:
                open_at.append(-1)
            while open_at and part.level <= open_at[-1]:
                open_at.pop()
            open_at.append(part.level)
            part = replace(part, level=len(open_at) - 1)
        elif not part.empty:
            open_at.clear()
        paragraph = part.kind == PARAGRAPH and not part.empty
        yield part
