"""OpenDocument text (.odt) as parts: headings, lists with their depth, tables, notes, comments, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.reading.documents.packages import Package, incomplete, protected
from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Document, Part
from consultation.reading.grids.grid import letter

_SPACES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
T: Final = f"{{{_SPACES}text:1.0}}"
TABLE: Final = f"{{{_SPACES}table:1.0}}"
OFFICE: Final = f"{{{_SPACES}office:1.0}}"
DRAW: Final = f"{{{_SPACES}drawing:1.0}}"
STYLE: Final = f"{{{_SPACES}style:1.0}}"
SVG: Final = f"{{{_SPACES}svg-compatible:1.0}}"
FO: Final = f"{{{_SPACES}xsl-fo-compatible:1.0}}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
_REPEATED: Final = 1_000  # spaces or columns that one mark may stand for
_SILENT: Final = {
    T + "note-citation", T + "tracked-changes", T + "sequence-decls", T + "variable-decls", T + "user-field-decls",
    DC + "creator",
    DC + "date", OFFICE + "forms", T + "bookmark", T + "sort-key", OFFICE + "annotation-end",
    T + "table-of-content-source",
    T + "ruby-text", T + "script", OFFICE + "event-listeners", OFFICE + "binary-data",
}  # fmt: skip


def document(data: bytes, name: str) -> Document:
    """The parts of an OpenDocument text. Raises `ConsultationError` where it is damaged, locked or something else."""
    package = Package(data, name)
    manifest = package.read("META-INF/manifest.xml") if package.has("META-INF/manifest.xml") else b""
    if b"encryption-data" in manifest:
        raise protected(name)
    if not package.has("content.xml"):
        raise ConsultationError(
            "It is a package of another kind, not a document.", where=name, do="Save it as .odt or .docx."
        )
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ConsultationError(
            "There is no text document in this package.", where=name, do="Save it as .odt or .docx."
        )
    styles = package.xml_or_none("styles.xml")
    walk = _Walk(styles=_styles(root, styles), deletions=_deletions(body))
    try:
        parts = [*walk.blocks(body, _Where()), *(() if styles is None else walk.furniture(styles))]
    except RecursionError as error:
        raise incomplete(name) from error
    changes = sum(1 for _ in body.iter(T + "changed-region"))
    notes = (
        (f"Tracked changes: {changes}. Read as if accepted; what was deleted is kept and marked.",) if changes else ()
    )
    return Document(form="OpenDocument", parts=tuple(parts), notes=notes)


@dataclass(frozen=True, kw_only=True)
class _Style:
    parent: str | None = None
    hidden: bool = False
    bold: bool = False
    outline: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Where:
    place: str = ""
    story: str = "body"
    mark: str | None = None
    level: int | None = None  # of a list
    table: str | None = None
    row: int = 0
    column: int = 0
    speaker: str | None = None


@dataclass(kw_only=True)
class _Inline:
    """What one paragraph holds: (text, mark, bold), and the elements that hang on it."""

    pieces: list[tuple[str, str | None, bool]] = field(default_factory=list)
    asides: list[Any] = field(default_factory=list)


@dataclass
class _Walk:
    styles: dict[str, _Style]
    deletions: dict[str, Any]
    counts: dict[str, int] = field(default_factory=dict)

    def blocks(self, element: Any, where: _Where) -> Iterator[Part]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SILENT:
                continue
            if tag in (T + "p", T + "h"):
                yield from self._paragraph(child, where)
            elif tag == T + "list":
                yield from self.blocks(child, replace(where, level=0 if where.level is None else where.level + 1))
            elif tag == T + "list-header":
                yield from self.blocks(child, replace(where, level=None))
            elif tag == TABLE + "table":
                yield from self._table(child, where)
            elif tag in (T + "table-of-content", T + "illustration-index", T + "table-index", T + "alphabetical-index"):
                yield from self.blocks(child, replace(where, mark="contents"))
            elif tag == T + "change" and child.get(T + "change-id") in self.deletions:
                yield from self._deleted(child, where)
            else:
                hidden = tag == T + "section" and child.get(T + "display") == "none"
                yield from self.blocks(child, replace(where, mark="hidden") if hidden else where)

    def furniture(self, styles: Any) -> Iterator[Part]:
        """Headers and footers of the page styles."""
        for kind in ("header", "header-first", "header-left", "footer", "footer-first", "footer-left"):
            for element in styles.iter(STYLE + kind):
                story, _, which = kind.partition("-")
                place = {"first": "first-page ", "left": "even-page "}.get(which, "") + story
                yield from self.blocks(element, _Where(place=place, story=story, mark="furniture"))

    def _table(self, table: Any, where: _Where) -> Iterator[Part]:
        name = ", ".join(word for word in (where.place, f"table {self._next('table', where)}") if word)
        for at, row in enumerate(_inside(table, "table-row"), 1):
            column = 0
            for cell in row:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                place = f"{name}, row {at}, column {letter(column)}"
                mark = (
                    "hidden"
                    if cell.tag == TABLE + "covered-table-cell" and "".join(cell.itertext()).strip()
                    else where.mark
                )
                if cell.tag == TABLE + "table-cell" or mark == "hidden":
                    yield from self.blocks(
                        cell, replace(where, place=place, table=name, row=at, column=column, level=None, mark=mark)
                    )
                column += min(_count(cell.get(TABLE + "number-columns-repeated")), _REPEATED)

    def _paragraph(self, paragraph: Any, where: _Where) -> Iterator[Part]:
        number = self._next("paragraph", where)
        place = (
            where.place
            if where.place and number == 1
            else ", ".join(w for w in (where.place, f"paragraph {number}") if w)
        )
        chain = self._chain(paragraph.get(T + "style-name"))
        held = _Inline()
        self._inline(paragraph, held, where.mark, any(style.bold for style in chain))
        shown = "".join(text for text, mark, _ in held.pieces if mark == where.mark)
        names = list(self._names(paragraph.get(T + "style-name")))
        level = _level(paragraph, names)
        heading = level is not None and where.table is None and where.story == "body" and bool(shown.strip())
        part = Part(
            text=shown, raw=shown + "\n", place=place, mark=where.mark, story=where.story, table=where.table,
            row=where.row,
            column=where.column, speaker=where.speaker, bold=_bold(held.pieces, where.mark),
            kind=HEADING if heading else ITEM if where.level is not None else PARAGRAPH,
            level=(level or 0) if heading else where.level or 0,
        )  # fmt: skip
        yield part
        for text, mark in _marked(held.pieces, where.mark):
            yield replace(
                part, text=text, raw=text + "\n", mark=mark, place=f"{place} ({MARK_WORDS.get(mark, mark)})", bold=0
            )
        for aside in held.asides:
            yield from self._aside(aside, replace(where, place=place, level=None))

    def _inline(self, element: Any, held: _Inline, mark: str | None, bold: bool) -> None:
        held.pieces.append((_flat(element.text), mark, bold))
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SILENT:
                if tag in (T + "note", OFFICE + "annotation") or tag.startswith(DRAW):
                    held.asides.append(child)
                elif tag == T + "s":
                    held.pieces.append((" " * min(_count(child.get(T + "c")), _REPEATED), mark, bold))
                elif tag in (T + "tab", T + "line-break"):
                    held.pieces.append(("\t" if tag == T + "tab" else "\n", mark, bold))
                elif tag == T + "change" and child.get(T + "change-id") in self.deletions:
                    held.pieces.append((_words(self.deletions[child.get(T + "change-id")]), "deleted", False))
                elif tag in (T + "hidden-text", T + "hidden-paragraph"):
                    held.pieces.append((child.get(T + "string-value") or "".join(child.itertext()), "hidden", False))
                else:
                    chain = self._chain(child.get(T + "style-name")) if tag == T + "span" else []
                    hidden = any(style.hidden for style in chain)
                    self._inline(
                        child, held, mark or ("hidden" if hidden else None), bold or any(style.bold for style in chain)
                    )
            if child.tail:
                held.pieces.append((_flat(child.tail), mark, bold))

    def _aside(self, element: Any, where: _Where) -> Iterator[Part]:
        if element.tag == T + "note":
            kind = "endnote" if element.get(T + "note-class") == "endnote" else "footnote"
            place = f"{kind} {self._next(kind, _Where())}, at {where.place}"
            for body in element.findall(T + "note-body"):
                yield from self.blocks(body, _Where(place=place, story=kind, mark=where.mark))
        elif element.tag == OFFICE + "annotation":
            place = f"comment {self._next('comment', _Where())}, at {where.place}"
            author = element.findtext(DC + "creator") or None
            yield from self.blocks(element, _Where(place=place, story="remark", mark=where.mark, speaker=author))
        else:
            for text in (
                each.text
                for name in ("title", "desc")
                for each in element.iter(SVG + name)
                if (each.text or "").strip()
            ):
                yield Part(
                    text=text, raw=text + "\n", place=f"alt text at {where.place}", story="alt text", mark=where.mark
                )
            box = replace(
                where, place=f"text box at {where.place}", story="text box" if where.story == "body" else where.story
            )
            yield from self.blocks(element, box)

    def _deleted(self, change: Any, where: _Where) -> Iterator[Part]:
        text = _words(self.deletions[change.get(T + "change-id")])
        if text.strip():
            place = ", ".join(word for word in (where.place, "tracked deletion") if word)
            yield Part(text=text, raw=text + "\n", place=place, story=where.story, mark="deleted", table=where.table,
                row=where.row,
                       column=where.column)  # fmt: skip

    # ------------------------------------------------------------------------------------------- styles

    def _names(self, name: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.styles[name].parent if name in self.styles else None

    def _chain(self, name: str | None) -> list[_Style]:
        return [self.styles[each] for each in self._names(name) if each in self.styles]

    def _next(self, what: str, where: _Where) -> int:
        key = f"{what} in {where.place}"
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]


MARK_WORDS: Final = {"deleted": "tracked deletion"}


def _styles(*roots: Any) -> dict[str, _Style]:
    out = {}
    for root in roots:
        for each in () if root is None else root.iter(STYLE + "style"):
            text = each.find(STYLE + "text-properties")
            told = {} if text is None else text.attrib
            out[each.get(STYLE + "name") or ""] = _Style(
                parent=each.get(STYLE + "parent-style-name"), hidden=told.get(T + "display") == "none",
                bold=told.get(FO + "font-weight") in ("bold", "600", "700", "800", "900"),
            )  # fmt: skip
    return out


def _deletions(body: Any) -> dict[str, Any]:
    """Deleted content by the id of the change."""
    out = {}
    for region in body.iter(T + "changed-region"):
        gone = region.find(T + "deletion")
        for key in ("{http://www.w3.org/XML/1998/namespace}id", T + "id"):
            if gone is not None and region.get(key):
                out[region.get(key)] = gone
    return out


def _level(paragraph: Any, names: list[str]) -> int | None:
    """Heading level from 1; 0 for a title; None for body text."""
    if "Title" in names:
        return 0
    if "Subtitle" in names:
        return 1
    if paragraph.tag == T + "h":
        return min(10, _count(paragraph.get(T + "outline-level")))
    found = next((match for name in names if (match := re.fullmatch(r"Heading_20_(\d)", name))), None)
    return int(found[1]) if found else None


def _words(deletion: Any) -> str:
    """The words of a deletion, a line for each paragraph; who deleted them and when is no part of them."""
    return "\n".join("".join(each.itertext()) for each in deletion if each.tag in (T + "p", T + "h"))


def _inside(table: Any, name: str) -> Iterator[Any]:
    for child in table:
        if child.tag == TABLE + name:
            yield child
        elif (
            isinstance(child.tag, str) and child.tag.startswith(TABLE + "table-") and child.tag != TABLE + "table-cell"
        ):
            yield from _inside(child, name)


def _marked(pieces: list[tuple[str, str | None, bool]], usual: str | None) -> Iterator[tuple[str, str]]:
    for mark in ("deleted", "hidden"):
        text = "".join(text for text, told, _ in pieces if told == mark and mark != usual)
        if text.strip():
            yield text, mark


def _bold(pieces: list[tuple[str, str | None, bool]], usual: str | None) -> int:
    count = 0
    for text, mark, bold in pieces:
        if mark == usual:
            if not bold and text.strip():
                break
            count += len(text)
    return count


def _flat(text: str | None) -> str:
    """White space counts once in OpenDocument; `text:s` stands for more."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _count(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else 1
