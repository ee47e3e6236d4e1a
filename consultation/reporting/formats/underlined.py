"""A copy of somebody's document in which each doubtful claim is underlined, with a Word comment that says why.

A .docx keeps its look. Of another format, the copy holds the text, a paragraph a piece.
"""

from __future__ import annotations

import copy
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from docx import Document
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from consultation.reporting.formats.zipped import repacked
from consultation.text import printable

_RED: Final = "C00000"


class Doubt(NamedTuple):
    """`text[start:end]` of a paragraph is in doubt, for the reason in `note`."""

    text: str
    start: int
    end: int
    note: str


def render(original: bytes | None, texts: Iterable[str], doubts: Sequence[Doubt], *, author: str, dated: str) -> bytes:
    """A .docx: the `original` one, or one made of `texts` where there is none, with each doubt underlined.

    A doubt whose paragraph is not found in the original as it was read stands in a list at the end, so none is lost.
    """
    document = Document(io.BytesIO(original)) if original else Document()
    if original is None:
        for text in texts:
            document.add_paragraph(printable(text))
        doubts = [_as_printed(doubt) for doubt in doubts]
    paragraphs = _by_text(document)
    for (text, start, end), notes in _gathered(doubts).items():
        note = "\n".join(notes)
        places = paragraphs.get(text.strip(), ())
        for paragraph in places:
            runs = [Run(each, document) for each in _runs(paragraph, text.strip(), start, end, text)]
            for run in runs:
                _underline(run._r)
            if _in_body(document, paragraph):
                document.add_comment(runs, printable(note), author=author, initials=author[:2].upper())
        if not places:
            document.add_paragraph(printable(f"“{text[start:end]}”: {note}"))
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), dated)


def _as_printed(doubt: Doubt) -> Doubt:
    """The doubt where control characters of its text have been made visible."""
    before, told = printable(doubt.text[: doubt.start]), printable(doubt.text[doubt.start : doubt.end])
    return Doubt(printable(doubt.text), len(before), len(before) + len(told), doubt.note)


def _gathered(doubts: Iterable[Doubt]) -> dict[tuple[str, int, int], list[str]]:
    """The notes of each place: a paragraph that stands twice is underlined in both, once each."""
    found: dict[tuple[str, int, int], list[str]] = {}
    for text, start, end, note in doubts:
        notes = found.setdefault((text, start, end), [])
        if note not in notes:
            notes.append(note)
    return found


def _by_text(document: Any) -> dict[str, list[Any]]:
    """The paragraphs of body, headers and footers by what they say."""
    found: dict[str, list[Any]] = defaultdict(list)
    roots = [document.element, *(part._element for each in document.sections for part in (each.header, each.footer))]
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            found["".join(each.text or "" for each in _texts(paragraph)).strip()].append(paragraph)
    return found


def _texts(paragraph: Any) -> list[Any]:
    return [each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p"))) is paragraph]


def _in_body(document: Any, paragraph: Any) -> bool:
    """Word takes comments in the body only."""
    return paragraph.getroottree().getroot() is document.element


def _runs(paragraph: Any, stripped: str, start: int, end: int, text: str) -> list[Any]:
    """The runs that hold just the doubtful characters, cut out of longer ones."""
    lead = len(text) - len(text.lstrip())
    whole = "".join(each.text or "" for each in _texts(paragraph))
    offset = whole.find(stripped) - lead
    first, last, at, held = start + offset, end + offset, 0, list[Any]()
    for piece in _texts(paragraph):
        length = len(piece.text or "")
        here = (max(first - at, 0), min(last - at, length))
        if here[0] < here[1]:
            held.append(_cut(piece, *here))
        at += length
    return held


def _cut(piece: Any, start: int, end: int) -> Any:
    """The run of `piece` divided so that one run holds just `text[start:end]`; returns that run."""
    run, told = piece.getparent(), piece.text or ""
    looks = run.find(qn("w:rPr"))
    parts = [each for each in run if each is not looks]
    place = parts.index(piece)

    def part(*inside: Any) -> Any:
        made = OxmlElement("w:r")
        made.extend([copy.deepcopy(looks)] if looks is not None else [])
        made.extend(inside)
        run.addprevious(made)
        return made

    if place or start:
        part(*parts[:place], *_text(told[:start]))
    middle = part(*_text(told[start:end]))
    if parts[place + 1 :] or told[end:]:
        part(*_text(told[end:]), *parts[place + 1 :])
    run.getparent().remove(run)
    return middle


def _text(told: str) -> list[Any]:
    """A piece of text as Word holds it; nothing for nothing."""
    if not told:
        return []
    written = OxmlElement("w:t")
    written.text = told
    written.set(qn("xml:space"), "preserve")
    return [written]


def _underline(run: Any) -> None:
    looks = run.get_or_add_rPr()
    looks.u_val = WD_UNDERLINE.WAVY
    looks.find(qn("w:u")).set(qn("w:color"), _RED)
