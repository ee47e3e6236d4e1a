"""Word packages (.docx, .docm, .dotx) as parts: our own walk, for python-docx passes over half of the places for text.

Accepted insertions stand in the text; deletions, hidden text and page furniture are kept apart and marked.
Word comments, footnotes and text boxes follow the paragraph that they hang on. Nothing is run and no link followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from consultation.errors import ConsultationError
from consultation.reading.documents.packages import Package, incomplete, parse_xml
from consultation.reading.documents.parts import HEADING, ITEM, Document, Part, Trouble
from consultation.reading.documents.word_numbering import Numbering, numbering
from consultation.reading.documents.word_package import (
    Style,
    by_id,
    drawn,
    has,
    indent_level,
    inside,
    list_place,
    number_of,
    outline_level,
    relations,
    style_chain,
    style_mark,
    style_story,
    style_table,
    target,
    transitional,
)
from consultation.reading.documents.word_text import MC, Aside, R, W, gather
from consultation.reading.grids.grid import letter

_AUTOMATIC = re.compile(r"description automatically generated|AI-generated content may be incorrect", re.I)
_TYPED_BULLET = re.compile(r"[•◦▪▫●○■□‣∙·➢➤\uf0b7\uf0a7–—-][ \t\u00a0]+|o[\t\u00a0]+")


def document(data: bytes, name: str) -> Document:
    """The parts of a Word package. Raises `ConsultationError` where it is damaged, protected or not Word."""
    walk = _Walk(Package(data, name))
    try:
        parts = tuple(walk.everything())
    except RecursionError as error:
        raise incomplete(name) from error
    return Document(form="Word", parts=parts, notes=tuple(walk.told()), troubles=tuple(walk.troubles))


@dataclass(frozen=True, kw_only=True)
class _Where:
    """Where the walk is: the words for the place, the story, and the cell of a table."""

    place: str = ""
    story: str = "body"
    mark: str | None = None
    table: str | None = None
    row: int = 0
    column: int = 0
    header_row: bool = False


@dataclass
class _Walk:
    package: Package
    troubles: list[Trouble] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    counts: dict[str, int] = field(default_factory=dict)  # of paragraphs, tables ... by the place they are counted in
    section: int = 1
    page: int = 1
    fields: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # notes, remarks and page furniture already given

    def everything(self) -> Iterator[Part]:
        self.main = target("", relations(self.package, ""), "officeDocument") or "word/document.xml"
        if not self.package.has(self.main) or not self.main.endswith(".xml"):
            raise ConsultationError(
                "This is a package of another kind, not a Word document.",
                where=self.package.name,
                do="Save it as .docx.",
            )
        root = self._xml(self.main)
        body = root.find(f"{W}body") if root.tag == W + "document" else None
        if body is None:
            raise ConsultationError(
                "There is no Word document in this package.", where=self.package.name, do="Save it as .docx."
            )
        self.relations = relations(self.package, self.main)
        self.styles = style_table(self._beside("styles"))
        self.numbering: Numbering = numbering(self._beside("numbering"))
        self.notes = {
            "footnote": by_id(self._beside("footnotes"), "footnote"),
            "endnote": by_id(self._beside("endnotes"), "endnote"),
            "remark": by_id(self._beside("comments"), "comment"),
        }
        self.rendered = next(root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        self.sections = sum(1 for _ in root.iter(f"{W}sectPr"))
        yield from self._blocks(body, _Where())
        for kind, notes in self.notes.items():
            for reference in notes:
                yield from self._aside(
                    Aside(kind=kind, reference=reference), _Where(place="not referred to in the text")
                )

    def told(self) -> Iterator[str]:
        """What was noticed, for the officer."""
        if self.insertions or self.deletions:
            yield (
                f"Tracked changes: {self.insertions} insertions, {self.deletions} deletions. Read as if accepted; "
                "what was deleted is kept and marked."
            )
        if any(part.endswith("vbaProject.bin") for part in self.package.names()):
            yield "It holds macros. They were not run."
        if any(target.external and target.kind != "hyperlink" for target in self.relations.values()):
            yield "It refers to files outside itself (a template, a picture or a link). None was fetched."

    # ------------------------------------------------------------------------------------------ blocks

    def _blocks(self, element: Any, where: _Where) -> Iterator[Part]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag == W + "p":
                yield from self._paragraph(child, where)
            elif tag == W + "tbl":
                yield from self._table(child, where)
            elif tag == W + "sectPr":
                yield from self._furniture(child)
            elif tag == W + "altChunk":
                self.troubles.append(Trouble(
                    place=where.place or f"after paragraph {self._count('paragraph', where)}",
                    what="Another document is embedded here, and was not read.",
                    hint="Open the document in Word, save a copy, and read the copy.",
                ))  # fmt: skip
            elif tag == MC + "AlternateContent":
                yield from self._blocks(next(iter(child), ()), where)
            elif tag == W + "sdt":
                yield from self._control(child, where)
            elif tag in (W + "del", W + "moveFrom"):
                yield from self._blocks(child, replace(where, mark="deleted" if tag == W + "del" else "moved"))
            elif not tag.endswith("Pr"):
                yield from self._blocks(child, where)

    def _control(self, control: Any, where: _Where) -> Iterator[Part]:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
            where = replace(where, mark="contents")
        elif control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            where = replace(where, mark="placeholder")
        content = control.find(f"{W}sdtContent")
        if content is not None:
            yield from self._blocks(content, where)

    def _table(self, table: Any, where: _Where) -> Iterator[Part]:
        number = self._next("table", where)
        name = _joined(where.place, f"table {number}")
        for at, row in enumerate(inside(table, "tr"), 1):
            properties = row.find(f"{W}trPr")
            gone = properties is not None and properties.find(f"{W}del") is not None
            self.deletions += gone
            repeated = properties is not None and properties.find(f"{W}tblHeader") is not None
            column = number_of(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in inside(row, "tc"):
                span = max(1, number_of(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                continued = merge is not None and (merge.get(f"{W}val") or "continue") == "continue"
                if not continued or any(text.strip() for text in cell.itertext(W + "t")):
                    yield from self._blocks(cell, replace(
                        where, place=f"{name}, row {at}, column {letter(column)}", table=name, row=at, column=column,
                        mark="deleted" if gone else "hidden" if continued else where.mark, header_row=repeated,
                    ))  # fmt: skip
                column += span

    def _paragraph(self, paragraph: Any, where: _Where) -> Iterator[Part]:
        properties = paragraph.find(f"{W}pPr")
        style_id = properties.find(f"{W}pStyle").get(f"{W}val") if has(properties, "pStyle") else None
        chain = style_chain(self.styles, style_id)
        found = gather(paragraph, self.fields, bold=any(style.bold for style in chain) or where.header_row)
        if where.story == "body" and where.table is None:
            self.page += min(1, found.pages) if self.rendered else found.pages
        number = self._next("paragraph", where)
        place = self._place(number, where)
        self.insertions += found.inserted
        mark = where.mark or style_mark(chain)
        part = self._shaped(Part(
            text=found.shown(), raw=found.shown() + "\n", place=place, story=style_story(chain, where.story), mark=mark,
            bold=found.bold(), table=where.table, row=where.row, column=where.column,
        ), properties, chain)  # fmt: skip
        if found.inserted and part.text.strip():
            part = replace(part, place=f"{part.place} (with a tracked insertion)")
        yield part
        for told, text in found.marked():
            self.deletions += told in ("deleted", "moved")
            words = {"deleted": "tracked deletion", "moved": "tracked move"}.get(told, told)
            yield replace(
                part, text=text, raw=text + "\n", mark=told, place=f"{place} ({words})", bold=0, numbering=None
            )
        if any(piece.struck and piece.mark is None for piece in found.pieces):
            self.troubles.append(Trouble(
                place=place, what="Words here are struck through.", hint="They were kept. Are they withdrawn?"
, action="kept",
            ))  # fmt: skip
        for aside in found.asides:
            yield from self._aside(aside, replace(where, place=place))
        if has(properties, "sectPr"):
            yield from self._furniture(properties.find(f"{W}sectPr"))
            self.section += 1

    def _shaped(self, part: Part, properties: Any, chain: list[Style]) -> Part:
        """The part as heading or list item, with its depth and the number that Word shows."""
        outline = outline_level(properties, chain)
        list_id, level = list_place(properties, chain)
        shown = self.numbering.shown(list_id, level) if list_id and not part.empty else None
        if outline is not None and part.story == "body" and not part.empty:
            return replace(part, kind=HEADING, level=outline, numbering=shown)
        if list_id and self.numbering.known(list_id):
            named = next((style.name for style in chain if style.name.casefold().startswith("list ")), "")
            what = "bullet" if self.numbering.bullet(list_id, level) else f"numbered item {shown or ''}".strip()
            level = max(level, int(named[-1]) - 1 if named[-1:].isdigit() else 0)
            return replace(
                part, kind=ITEM, level=level, numbering=shown, place=f"{part.place} ({what}, level {level + 1})"
            )
        typed = _TYPED_BULLET.match(part.text)
        if typed and part.text[typed.end() :].strip():
            return replace(
                part,
                kind=ITEM,
                level=indent_level(properties),
                text=part.text[typed.end() :],
                bold=max(0, part.bold - typed.end()),
            )
        return part

    # ------------------------------------------------------------------------- what hangs on a paragraph

    def _aside(self, aside: Aside, where: _Where) -> Iterator[Part]:
        if aside.kind in self.notes:
            key = f"{aside.kind} {aside.reference}"
            note = self.notes[aside.kind].get(aside.reference)
            if note is None or key in self.seen:
                return
            self.seen.add(key)
            number = self._next(aside.kind, _Where())
            word = "Word comment" if aside.kind == "remark" else aside.kind
            inside = _Where(place=f"{word} {number}, at {where.place}", story=aside.kind, mark=where.mark)
            author = note.get(f"{W}author") if aside.kind == "remark" else None
            yield from (replace(part, speaker=author) for part in self._blocks(note, inside))
        elif aside.kind == "text box":
            number = self._next("text box", _Where())
            yield from self._blocks(aside.element, _Where(
                place=f"text box {number}, at {where.place}", mark=where.mark,
                story=where.story if where.story != "body" else "text box",
            ))  # fmt: skip
        elif aside.kind in ("chart", "diagram"):
            target = self.relations.get(aside.reference)
            root = self._xml_or_none(target.part) if target and not target.external else None
            for text in () if root is None else drawn(root):
                yield Part(text=text, raw=text + "\n", place=f"{aside.kind} at {where.place}", story="text box")
        elif aside.reference.strip():
            mark = (
                "furniture"
                if aside.kind == "watermark"
                else "automatic"
                if _AUTOMATIC.search(aside.reference)
                else where.mark
            )
            story = "text box" if aside.kind == "shape" else "alt text"
            words = f"{'text of a shape' if aside.kind == 'shape' else aside.kind} at {where.place}"
            yield Part(text=aside.reference, raw=aside.reference + "\n", place=words, story=story, mark=mark)

    def _furniture(self, section: Any) -> Iterator[Part]:
        """Headers and footers of a section, each once."""
        for reference in section:
            kind = {W + "headerReference": "header", W + "footerReference": "footer"}.get(reference.tag)
            target = self.relations.get(reference.get(f"{R}id") or "") if kind else None
            if kind is None or target is None or target.external or target.part in self.seen:
                continue
            self.seen.add(target.part)
            root = self._xml_or_none(target.part)
            if root is None:
                continue
            first = {"first": "first-page ", "even": "even-page "}.get(reference.get(f"{W}type") or "", "")
            place = f"{first}{kind}" + (f" of section {self.section}" if self.sections > 1 else "")
            yield from self._blocks(root, _Where(place=place, story=kind, mark="furniture"))

    # ------------------------------------------------------------------------------------- small helpers

    def _place(self, number: int, where: _Where) -> str:
        if where.place:
            return where.place if number == 1 else f"{where.place}, paragraph {number}"
        section = f"section {self.section}, " if self.sections > 1 else ""
        page = f"page {self.page}, " if self.page > 1 or self.rendered else ""
        return f"{section}{page}paragraph {number}"

    def _next(self, what: str, where: _Where) -> int:
        key = f"{what} in {where.place}"
        self.counts[key] = self.counts.get(key, 0) + 1
        return self.counts[key]

    def _count(self, what: str, where: _Where) -> int:
        return self.counts.get(f"{what} in {where.place}", 0)

    def _beside(self, kind: str) -> Any:
        part = target(self.main, self.relations, kind)
        return self._xml_or_none(part) if part else None

    def _xml(self, part: str) -> Any:
        return parse_xml(transitional(self.package.read(part)), self.package.name)

    def _xml_or_none(self, part: str) -> Any:
        if not self.package.has(part):
            return None
        try:
            return self._xml(part)
        except ConsultationError:
            self.troubles.append(Trouble(
                place=part, what="This part of the document is damaged and was not read.",
                hint="Open the document in Word, let it repair the file, and save a copy.",
            ))  # fmt: skip
            return None


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
