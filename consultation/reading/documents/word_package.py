"""What the parts of a Word package say beside its text: which part is which, and what its styles mean."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from consultation.reading.documents.packages import Package
from consultation.reading.documents.word_text import A, W

_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Target:
    kind: str
    part: str
    external: bool


def relations(package: Package, part: str) -> dict[str, Target]:
    folder, name = posixpath.split(part)
    root = package.xml_or_none(posixpath.join(folder, "_rels", f"{name}.rels"))
    out = {}
    for each in () if root is None else root.iter(_REL + "Relationship"):
        target = each.get("Target") or ""
        external = each.get("TargetMode") == "External"
        where = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        out[each.get("Id") or ""] = Target(
            kind=posixpath.basename(each.get("Type") or ""), part=target if external else where, external=external
        )
    return out


def target(part: str, relations: dict[str, Target], kind: str) -> str | None:
    return next((each.part for each in relations.values() if each.kind == kind and not each.external), None)


@dataclass(frozen=True, kw_only=True)
class Style:
    name: str = ""
    based_on: str | None = None
    outline: int | None = None
    list_id: str | None = None
    level: int | None = None
    bold: bool = False


def style_table(root: Any) -> dict[str, Style]:
    out = {}
    for each in () if root is None else root.findall(f"{W}style"):
        name, based_on = each.find(f"{W}name"), each.find(f"{W}basedOn")
        list_id = each.find(f"{W}pPr/{W}numPr/{W}numId")
        bold = each.find(f"{W}rPr/{W}b")
        out[each.get(f"{W}styleId") or ""] = Style(
            name=(name.get(f"{W}val") or "") if name is not None else "",
            based_on=based_on.get(f"{W}val") if based_on is not None else None,
            outline=number_of(each.find(f"{W}pPr/{W}outlineLvl"), None),
            list_id=list_id.get(f"{W}val") if list_id is not None else None,
            level=number_of(each.find(f"{W}pPr/{W}numPr/{W}ilvl"), None),
            bold=bold is not None and (bold.get(f"{W}val") or "1") not in ("0", "false"),
        )
    return out


def style_chain(styles: dict[str, Style], style_id: str | None) -> list[Style]:
    """The style and those that it is based on, nearest first."""
    chain: list[Style] = []
    seen: set[str] = set()
    while style_id and style_id in styles and style_id not in seen:
        seen.add(style_id)
        chain.append(styles[style_id])
        style_id = styles[style_id].based_on
    return chain


def outline_level(properties: Any, chain: list[Style]) -> int | None:
    """Heading level from 1; 0 for a title; None for body text."""
    own = number_of(properties.find(f"{W}outlineLvl"), None) if properties is not None else None
    for style in chain:
        name = style.name.casefold()
        if name == "title":
            return 0
        if name == "subtitle":
            return 1
        if re.fullmatch(r"heading [1-9]", name):
            return int(name[-1])
        own = style.outline if own is None else own
    return own + 1 if own is not None and own < 9 else None


def list_place(properties: Any, chain: list[Style]) -> tuple[str | None, int]:
    """The list that the paragraph belongs to, and its level from 0; its own wish goes before its style's."""
    own = properties.find(f"{W}numPr") if properties is not None else None
    list_id = own.find(f"{W}numId") if own is not None else None
    level = number_of(own.find(f"{W}ilvl"), None) if own is not None else None
    told = (
        list_id.get(f"{W}val")
        if list_id is not None
        else next((style.list_id for style in chain if style.list_id), None)
    )
    if level is None:
        level = next((style.level for style in chain if style.level is not None), None)
    if level is None and list_id is None:
        level = next((style.outline for style in chain if style.outline is not None), 0)
    return (None if told == "0" else told), min(level or 0, 8)


def indent_level(properties: Any) -> int:
    """The depth of a typed bullet: a level for each half inch (720 twips) of indent after the first."""
    indent = properties.find(f"{W}ind") if properties is not None else None
    told = indent.get(f"{W}left") or indent.get(f"{W}start") or "0" if indent is not None else "0"
    return min(8, max(0, int(told) // 720 - 1)) if told.isdigit() and len(told) < 7 else 0


def style_mark(chain: list[Style]) -> str | None:
    return (
        "contents" if any(re.fullmatch(r"toc \d|table of figures", style.name.casefold()) for style in chain) else None
    )


def style_story(chain: list[Style], story: str) -> str:
    return "caption" if story == "body" and any(style.name.casefold() == "caption" for style in chain) else story


def number_of(element: Any, default: Any) -> Any:
    value = element.get(f"{W}val") if element is not None else None
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else default


def has(properties: Any, name: str) -> bool:
    return properties is not None and properties.find(f"{W}{name}") is not None


def transitional(data: bytes) -> bytes:
    """A part of a "strict" document under the names of a usual one."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def by_id(root: Any, kind: str) -> dict[str, Any]:
    """Footnotes, endnotes or comments by their id; separators left out."""
    notes = () if root is None else root.findall(f"{W}{kind}")
    return {each.get(f"{W}id") or "": each for each in notes if each.get(f"{W}type") in (None, "normal")}


def inside(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table, or cells of a row, also inside content controls and tracked changes."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif (
            isinstance(child.tag, str)
            and child.tag not in (W + "tbl", W + "tr", W + "tc", W + "p")
            and not child.tag.endswith("Pr")
        ):
            yield from inside(child, name)


def drawn(root: Any) -> Iterator[str]:
    """The paragraphs of a chart or diagram that hold text."""
    for paragraph in root.iter(A + "p"):
        text = "".join(paragraph.itertext(A + "t"))
        if text.strip():
            yield text
