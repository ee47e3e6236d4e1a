"""PDF as parts: lines joined to paragraphs by where they stand, filled form fields, sticky notes; scans are set aside.

A page that is only a picture needs typing up: it is kept as a part of its own, so that the submission still counts.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.reading.documents.packages import incomplete, protected
from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Document, Part, Trouble

PAGES: Final = 3_000
_CHARACTERS: Final = 200_000  # of one page
_ITEM = re.compile(r"^(?:[•◦▪▫●○■□‣∙·➢➤\uf0b7\uf0a7–—-]|o(?=\s)|\d{1,3}[.)]|[a-z][.)]|\([a-z\d]{1,3}\))\s+(?=\S)")
_BIGGER: Final = 1.15  # a line this much larger than the text is a heading
_INDENT: Final = 4  # points; list items whose bullets stand nearer than this are of one depth
_LABELLED = re.compile(r"^[A-Z][\w .'’-]{0,30}:\s")


@dataclass(frozen=True, kw_only=True)
class _Line:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float  # the bottom of the first character: a line that a hyphen joins to the next ends lower
    size: float
    height: float
    bold: bool


def document(data: bytes, name: str) -> Document:
    """The parts of a PDF. Raises `ConsultationError` where it is damaged or protected."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise (protected(name) if "assword" in str(error) else incomplete(name)) from error
    try:
        return _read(pdf, name)
    except pypdfium2.PdfiumError as error:
        raise incomplete(name) from error
    finally:
        pdf.close()


def _read(pdf: Any, name: str) -> Document:
    if len(pdf) > PAGES:
        raise ConsultationError(
            f"It has more than {PAGES:,} pages.",
            where=name,
            do="Split it, or save the part that is a response by itself.",
        )
    form = bool(pdf.get_formtype()) and _started(pdf)
    pages: list[list[_Line]] = []
    extra: list[list[Part]] = []
    troubles: list[Trouble] = []
    for number in range(len(pdf)):
        page = pdf[number]
        lines = list(_lines(page))
        found = list(_annotations(pdf, page, number + 1, form))
        if not lines and not found and _pictured(page):
            troubles.append(Trouble(
                place=f"page {number + 1}", what="The page is a picture of words.",
                hint="It needs typing up, or text recognition. It counts as a response meanwhile.",
                action="quarantined",
            ))  # fmt: skip
            found.append(Part(text="", place=f"page {number + 1}", mark="untranscribed"))
        pages.append(lines)
        extra.append(found)
        page.close()
    pages = _sized(pages)
    usual, pitch = _usual(pages), _pitch(pages)
    parts = _levelled([part for number, (lines, more) in enumerate(zip(_settled(pages), extra, strict=True), 1)
             for part in (*_paragraphs(lines, number, usual, pitch), *more)])  # fmt: skip
    notes = ["Paragraphs of a PDF are told by where lines stand; look through them."] if parts else []
    unsure = [
        n for n, (lines, more) in enumerate(zip(pages, extra, strict=True), 1) if _columns(lines) or len(more) > 1
    ]
    if unsure:
        listed = ", ".join(map(str, unsure[:10]))
        notes.append(f"Columns or form fields stand on page {listed}: compare what was read with the page itself.")
    if attached := pdf.count_attachments() if hasattr(pdf, "count_attachments") else 0:
        troubles.append(Trouble(place="the file", what=f"It holds {attached} attached files, which were not read.",
                                hint="Save them from the PDF and read each.", action="quarantined"))  # fmt: skip
    return Document(form="PDF", parts=tuple(parts), notes=tuple(notes), troubles=tuple(troubles))


def _started(pdf: Any) -> bool:
    pdf.init_forms()
    return pdf.formenv is not None


# --------------------------------------------------------------------------------------------------- lines


def _lines(page: Any) -> Iterator[_Line]:
    """The lines of a page in reading order, with their box and the size of their first character."""
    import pypdfium2.raw as raw

    words = page.get_textpage()
    try:
        count = min(words.count_chars(), _CHARACTERS)
        if count <= 0:
            return
        text = words.get_text_range(0, count, errors="replace")
        told = [chr(raw.FPDFText_GetUnicode(words, at)) for at in range(count)] if len(text) != count else list(text)
        start = 0
        for at in range(count + 1):
            if at == count or told[at] in "\r\n":
                line = "".join(told[start:at]).replace("\x02", "\u00ad").replace("\ufffe", "\u00ad").replace("\0", "")
                shown = [each for each in range(start, at) if not told[each].isspace()]
                if shown:
                    left, bottom, _, top = words.get_charbox(shown[0], loose=True)
                    _, low, right, high = words.get_charbox(shown[-1], loose=True)
                    yield _Line(
                        text=line.strip(), left=left, right=right, top=max(top, high), bottom=min(bottom, low),
                        base=bottom, size=round(raw.FPDFText_GetFontSize(words, shown[0]), 1),
                        height=round(top - bottom, 1),
                        bold=raw.FPDFText_GetFontWeight(words, shown[0]) >= 600 and raw.FPDFText_GetFontWeight(words,
                            shown[-1]) >= 600,
                    )  # fmt: skip
                start = at + 1
    finally:
        words.close()


def _sized(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Lines with a size to go by: where fonts are of size 1 and scaled by a matrix, the height of their box."""
    if _usual(pages) > 3:
        return pages
    return [[replace(line, size=line.height) for line in lines] for lines in pages]


def _pitch(pages: Sequence[Sequence[_Line]]) -> float:
    """The usual distance from one line to the next."""
    steps = [
        before.bottom - after.base
        for lines in pages
        for before, after in pairwise(lines)
        if 0.5 * after.size < before.bottom - after.base < 3.5 * after.size
    ]
    return median(steps) if steps else 0.0


def _usual(pages: Sequence[Sequence[_Line]]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _settled(pages: list[list[_Line]]) -> list[list[tuple[_Line, bool]]]:
    """Each line with whether it is a header or footer: at the edge of its page, and the same on most pages."""
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_pattern(line.text) for line in (*lines[:3], *lines[-3:])})
    often = max(2, len(pages) // 2)
    out = []
    for lines in pages:
        ends = {id(line) for line in (*lines[:3], *lines[-3:])}
        out.append([
            (line, id(line) in ends and (bool(re.fullmatch(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
, line.text.strip(), re.I))
                                         or (len(pages) > 2 and edges[_pattern(line.text)] > often)))
            for line in lines
        ])  # fmt: skip
    return out


def _columns(lines: Sequence[_Line]) -> bool:
    """Whether the lines of a page go back to its top, beside what came before."""
    return any(before.bottom < after.base and before.right < after.left + 1 for before, after in pairwise(lines))


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _paragraphs(lines: Sequence[tuple[_Line, bool]], page: int, usual: float, pitch: float) -> Iterator[Part]:
    """Lines joined to paragraphs: a line goes on with the one before if that one was full and no gap is between."""
    number = 0
    held: list[_Line] = []
    margin = max((line.right for line, _ in lines), default=0.0)
    for line, furniture in lines:
        if held and not furniture and _goes_on(held, line, margin, usual, pitch):
            held.append(line)
            continue
        if held:
            number += 1
            yield _part(held, page, number, usual)
            held = []
        if furniture:
            yield Part(text=line.text, raw=line.text + "\n", place=f"page {page}", story="footer", mark="furniture")
        else:
            held = [line]
    if held:
        yield _part(held, page, number + 1, usual)


def _goes_on(held: Sequence[_Line], line: _Line, margin: float, usual: float, pitch: float) -> bool:
    before = held[-1]
    height = max(before.size, line.size, 1.0)
    step = before.bottom - line.base
    if (
        abs(line.size - before.size) > 0.6
        or line.bold != before.bold
        or _ITEM.match(line.text)
        or _LABELLED.match(line.text)
    ):
        return False
    if step < 0:  # back at the top: another column
        return not before.text.endswith((".", "?", "!", ":"))
    if step > 1.25 * max(pitch, height):
        return False
    if held[0].size > usual * _BIGGER:
        return True
    full = before.right + _first_word(line) > margin - 0.5 * height or before.right - before.left > 0.8 * (
        margin - before.left
    )
    return full or line.text[:1].islower()


def _first_word(line: _Line) -> float:
    """About how wide the first word of a line is."""
    share = len(line.text.split(maxsplit=1)[0]) / max(1, len(line.text))
    return share * (line.right - line.left)


def _part(lines: Sequence[_Line], page: int, number: int, usual: float) -> Part:
    text = "\n".join(line.text for line in lines)
    item = _ITEM.match(text)
    size = lines[0].size
    big = size > usual * _BIGGER and len(text) < 200 and usual > 0
    bold = len(text) if all(line.bold for line in lines) else 0
    shown = text[item.end() :] if item and not big else text
    return Part(
        text=shown, raw=text + "\n", place=f"page {page}, paragraph {number}", bold=min(bold, len(shown)),
        kind=HEADING if big else ITEM if item else PARAGRAPH, level=int(10 * size) if big else int(lines[0].left),
    )  # fmt: skip


def _levelled(parts: list[Part]) -> list[Part]:
    """Headings by the rank of their size, list items by their indent; until here `level` held the measure."""
    sizes = sorted({part.level for part in parts if part.kind == HEADING}, reverse=True)
    out = []
    indents: list[int] = []
    for part in parts:
        level = 0
        if part.kind == HEADING:
            level = sizes.index(part.level) + 1
        elif part.kind == ITEM:
            while indents and part.level < indents[-1] - _INDENT:
                indents.pop()
            if not indents or part.level > indents[-1] + _INDENT:
                indents.append(part.level)
            level = len(indents) - 1
        if part.kind != ITEM and part.mark is None:
            indents = []
        out.append(replace(part, level=level))
    return out


# ------------------------------------------------------------------------------------ what is on the page


def _pictured(page: Any) -> bool:
    """Whether a page holds a picture or drawn shapes, so that words may be in it."""
    return any(True for _ in page.get_objects(max_depth=4))


def _annotations(pdf: Any, page: Any, number: int, form: bool) -> Iterator[Part]:
    """Filled form fields with their names, and the words of sticky notes and typed-on text."""
    import pypdfium2.raw as raw

    for at in range(min(raw.FPDFPage_GetAnnotCount(page), 2_000)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_WIDGET and form:
            name = _wide(
                lambda buffer, size, note=note: raw.FPDFAnnot_GetFormFieldName(pdf.formenv, note, buffer, size)
            )
            value = _wide(
                lambda buffer, size, note=note: raw.FPDFAnnot_GetFormFieldValue(pdf.formenv, note, buffer, size)
            )
            place = f"page {number}, form field" + (f" “{name}”" if name else "")
            if value.strip() and value not in ("Off",):
                yield Part(text=value, raw=value + "\n", place=place)
        elif kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT):
            words = _wide(lambda buffer, size, note=note: raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size))
            if words.strip():
                typed = kind == raw.FPDF_ANNOT_FREETEXT
                yield Part(text=words, raw=words + "\n", place=f"page {number}, "
                    f"{'text typed on the page' if typed else 'sticky note'}",
                           story="text box" if typed else "remark")  # fmt: skip
        raw.FPDFPage_CloseAnnot(note)


def _wide(call: Any) -> str:
    """A UTF-16 string that pdfium writes into a buffer of ours."""
    import pypdfium2.raw as raw

    size = int(call(None, 0))
    if size <= 2 or size > 2_000_000:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2 + 1))()
    call(buffer, size)
    return ctypes.string_at(buffer, size).decode("utf-16-le", "replace").rstrip("\0").replace("\r", "\n")
