"""The text of one Word paragraph, run by run: what shows, what was deleted or hidden, and what hangs on it.

Elements that are not known here are entered, so that text in a wrapper of tomorrow is still found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
V: Final = "{urn:schemas-microsoft-com:vml}"

_SYMBOLS: Final = {
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xA7: "▪", 0x6E: "■", 0x6C: "●",
                  0x71: "❑", 0x76: "❖", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0x4A: "☺",
                  0x4B: "😐", 0x4C: "☹", 0x28: "☎", 0x2A: "✉", 0xAB: "★", 0x46: "☞"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x54: "☒", 0xA3: "☐", 0x97: "●"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "☐"},
    "symbol": {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xAC: "←", 0xAD: "↑",
               0xAF: "↓", 0x61: "α", 0x62: "β", 0x6D: "μ", 0x70: "π", 0xD6: "√", 0xA5: "∞", 0xBB: "≈", 0xB0: "°",
               0xA8: "♦", 0xA7: "♣", 0xA9: "♥", 0xAA: "♠"},
}  # fmt: skip
_SKIPPED: Final = {
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "instrText",
                 "delInstrText", "ffData", "bookmarkStart", "bookmarkEnd", "proofErr", "annotationRef", "footnoteRef",
                 "endnoteRef", "pgNum", "separator", "continuationSeparator", "lastRenderedPageBreak", "fldData",
                 "customXmlPr", "smartTagPr", "tblPrEx", "permStart", "permEnd", "rt")
} | {M + "rPr", M + "ctrlPr"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run's text; `mark` is None where it shows: deleted, moved, hidden, or field code."""

    text: str
    mark: str | None = None
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Aside:
    """What hangs on a paragraph: a footnote, endnote or remark by its id, the element of a text box, or plain text."""

    kind: str  # footnote, endnote, remark, text box, alt text, chart, diagram, watermark
    reference: str = ""
    element: Any = None


@dataclass
class Gathered:
    """What one paragraph holds. `open_fields` goes on into the next paragraph: a table of contents spans many."""

    open_fields: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    pages: int = 0  # page breaks as Word last showed them, or as they were typed
    inserted: bool = False
    placeholder: bool = False

    def shown(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.mark is None)

    def bold(self) -> int:
        """The number of leading characters of the shown text in bold."""
        count = 0
        for piece in self.pieces:
            if piece.mark is None:
                if not piece.bold and piece.text.strip():
                    break
                count += len(piece.text)
        return count

    def marked(self) -> list[tuple[str, str]]:
        """(mark, text) of each stretch that does not show."""
        out: list[tuple[str, str]] = []
        before: str | None = None
        for piece in self.pieces:
            if piece.mark is not None and piece.text:
                if before == piece.mark:
                    out[-1] = (piece.mark, out[-1][1] + piece.text)
                else:
                    out.append((piece.mark, piece.text))
            before = piece.mark if piece.text else before
        return out


def gather(paragraph: Any, open_fields: list[str], *, bold: bool = False) -> Gathered:
    """Everything in one `w:p`. `open_fields` holds the state of fields that began in an earlier paragraph."""
    here = Gathered(open_fields=open_fields)
    _enter(paragraph, here, None, bold)
    if "code" in here.open_fields:  # a field that is never closed hides nothing
        here.open_fields.clear()
        here.pieces = [_unhidden(piece) for piece in here.pieces]
    here.pieces = [piece for piece in here.pieces if piece.mark != "code"]
    return here


def _unhidden(piece: Piece) -> Piece:
    return Piece(text=piece.text, bold=piece.bold, struck=piece.struck) if piece.mark == "code" else piece


def _enter(element: Any, here: Gathered, mark: str | None, bold: bool) -> None:
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag == W + "r":
            _run(child, here, mark, bold)
        elif tag in (W + "del", W + "moveFrom"):
            _enter(child, here, mark or ("deleted" if tag == W + "del" else "moved"), bold)
        elif tag in (W + "ins", W + "moveTo"):
            here.inserted = True
            _enter(child, here, mark, bold)
        elif tag == MC + "AlternateContent":
            _alternative(child, here, mark, bold)
        elif tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            here.placeholder = True
            _enter(child, here, "placeholder", bold)
        elif tag == W + "commentRangeStart":
            here.asides.append(Aside(kind="remark", reference=child.get(f"{W}id") or ""))
        elif tag == M + "t":
            here.pieces.append(Piece(text=child.text or "", mark=mark, bold=bold))
        else:
            _enter(child, here, mark, bold)


def _alternative(element: Any, here: Gathered, mark: str | None, bold: bool) -> None:
    """The first choice; the fallback only where the choices hold nothing (it repeats their text)."""
    for child in element:
        before = len(here.pieces), len(here.asides)
        _content(child, here, mark, bold)
        if (len(here.pieces), len(here.asides)) != before:
            return


def _run(run: Any, here: Gathered, mark: str | None, bold: bool) -> None:
    properties = run.find(f"{W}rPr")
    struck = _on(properties, "strike") or _on(properties, "dstrike")
    if properties is not None and properties.find(f"{W}b") is not None:
        bold = _on(properties, "b")
    if mark is None and (_on(properties, "vanish") or _on(properties, "webHidden")):
        mark = None if _on(properties, "webHidden") else "hidden"
    _content(run, here, mark, bold, struck)


def _content(run: Any, here: Gathered, mark: str | None, bold: bool, struck: bool = False) -> None:
    for child in run:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        text = _character(child)
        if text is not None:
            told = mark or ("code" if "code" in here.open_fields else None)
            if tag == W + "delText":
                told = told or "deleted"
            here.pieces.append(Piece(text=text, mark=told, bold=bold, struck=struck))
            here.pages += tag == W + "br" and child.get(f"{W}type") == "page"
        elif tag == W + "lastRenderedPageBreak":
            here.pages += 1
        elif tag == W + "fldChar":
            _field(child, here, mark, bold)
        elif tag in (W + "footnoteReference", W + "endnoteReference", W + "commentReference"):
            kind = {"f": "footnote", "e": "endnote", "c": "remark"}[tag[len(W)]]
            here.asides.append(Aside(kind=kind, reference=child.get(f"{W}id") or ""))
        elif tag in (W + "drawing", W + "pict", W + "object"):
            _drawing(child, here)
        elif tag == MC + "AlternateContent":
            _alternative(child, here, mark, bold)
        elif tag == W + "r":
            _run(child, here, mark, bold)
        elif tag not in _SKIPPED:
            _enter(child, here, mark, bold) if child.find(f"{W}r") is not None else _content(
                child, here, mark, bold, struck
            )


def _character(element: Any) -> str | None:
    """The text that an element of a run stands for, or None where it stands for none."""
    tag = element.tag
    if tag in (W + "t", W + "delText", M + "t"):
        return element.text or ""
    if tag in (W + "tab", W + "ptab"):
        return "\t"
    if tag in (W + "br", W + "cr"):
        return "\n"
    if tag == W + "noBreakHyphen":
        return "\u2011"
    if tag == W + "softHyphen":
        return "\u00ad"
    if tag == W + "sym":
        return _symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
    return None


def _symbol(font: str, code: str) -> str:
    """A character of a picture font as the Unicode character that looks like it; else the font's own code, kept."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    known = _SYMBOLS.get(font.strip().casefold(), {})
    if number & 0xFF in known and (number < 0x100 or 0xF000 <= number <= 0xF0FF):
        return known[number & 0xFF]
    return chr(number) if 0x20 <= number <= 0xFFFD and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _field(mark: Any, here: Gathered, within: str | None, bold: bool) -> None:
    """Between `begin` and `separate` stands a field's code, after it what shows. Old form fields have `ffData`."""
    kind = mark.get(f"{W}fldCharType")
    if kind == "begin":
        here.open_fields.append("code")
        form = mark.find(f"{W}ffData")
        if form is not None and (text := _form(form)):
            here.pieces.append(Piece(text=text, mark=within, bold=bold))
    elif kind == "separate" and here.open_fields:
        here.open_fields[-1] = "result"
    elif kind == "end" and here.open_fields:
        here.open_fields.pop()


def _form(form: Any) -> str:
    """The chosen entry of an old drop-down, or the box of an old check box; text fields have a result of their own."""
    choices = form.find(f"{W}ddList")
    if choices is not None:
        entries = [entry.get(f"{W}val") or "" for entry in choices.findall(f"{W}listEntry")]
        chosen = choices.find(f"{W}result")
        at = chosen.get(f"{W}val") if chosen is not None else "0"
        return entries[int(at)] if at and at.isdigit() and int(at) < len(entries) else ""
    box = form.find(f"{W}checkBox")
    if box is None:
        return ""
    ticked = box.find(f"{W}checked")
    return "☒" if ticked is not None and _on(box, "checked") else "☐"


def _drawing(drawing: Any, here: Gathered) -> None:
    """Text boxes, alternative text, charts and diagrams of a picture or shape; a picture itself is not fetched."""
    described: list[str] = []
    stack = [drawing]
    while stack:
        element = stack.pop()
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == W + "txbxContent":
            here.asides.append(Aside(kind="text box", element=element))
            continue
        if tag == MC + "AlternateContent":
            chosen = next(iter(element), None)
            stack += [] if chosen is None else [chosen]
            continue
        if tag == A + "p":
            here.asides.append(Aside(kind="shape", reference="".join(element.itertext(A + "t"))))
            continue
        if tag == C + "chart":
            here.asides.append(Aside(kind="chart", reference=element.get(f"{R}id") or ""))
        elif tag == DGM + "relIds":
            here.asides.append(Aside(kind="diagram", reference=element.get(f"{R}dm") or ""))
        elif tag == V + "textpath" and element.get("string"):
            here.asides.append(Aside(kind="watermark", reference=element.get("string")))
        for text in _described(element):
            if text not in described:
                described.append(text)
                here.asides.append(Aside(kind="alt text", reference=text))
        stack += list(element)[::-1]


def _described(element: Any) -> list[str]:
    if element.tag.endswith("}docPr") or element.tag.endswith("}cNvPr"):
        return [text for name in ("title", "descr") if (text := element.get(name))]
    return [text] if element.tag.startswith(V) and (text := element.get("alt")) else []


def _on(properties: Any, name: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{name}")
    return found is not None and (found.get(f"{W}val") or "1") not in ("0", "false", "off", "none")
