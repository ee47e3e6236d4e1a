"""REFI-QDA: the codebook (.qdc) and the coded project (.qdpx) for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.

The format is that of the REFI-QDA standard 1.0 (qdasoftware.org): XML in two namespaces, a project being a zip of
`project.qde` and the texts under `sources/`. Positions are Unicode code points from 0, the end exclusive.
"""

from __future__ import annotations

import io
import uuid
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.hostile import holds_entities
from consultation.model import Comment, Element, Memo, Tag, Theme
from consultation.text import printable, slug

CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
PROJECT: Final = "urn:QDA-XML:project:1.0"
ORIGIN: Final = "consultation"
_HOME: Final = uuid.uuid5(uuid.NAMESPACE_URL, PROJECT)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # of the files in the archive, so that the same project gives the same bytes
_GAP: Final = "\n\n"
_LINE: Final = " ¶ "  # a line end of a memo, inside one line of a description


def codebook(themes: Sequence[Theme], memos: pd.DataFrame | None = None) -> bytes:
    """The themes as a REFI-QDA codebook: names, tree and descriptions (definition, include, exclude, examples, and the
    memos on the theme, since this format has no place of its own for them)."""
    root = ET.Element(_tag(CODEBOOK, "CodeBook"), {"origin": ORIGIN})
    _codes(ET.SubElement(root, _tag(CODEBOOK, "Codes")), themes, CODEBOOK, _by_subject(memos))
    return _xml(root, CODEBOOK)


def read_codebook(data: bytes, name: str = "the codebook") -> tuple[Theme, ...]:
    """The themes of a REFI-QDA codebook, ours or another program's.

    A code's own text (`code: ...`) gives the code where we wrote it, else it is made of the name. Raises
    `ConsultationError` for what is no such file; entities and document types are refused.
    """
    return tuple(theme for theme, _ in _read(data, name))


def read_memos(data: bytes, name: str = "the codebook") -> list[tuple[str, str]]:
    """The memos of a REFI-QDA codebook of ours: the theme's code and the text of each."""
    return [(theme.code, text) for theme, memos in _read(data, name) for text in memos]


def _read(data: bytes, name: str) -> list[tuple[Theme, list[str]]]:
    if holds_entities(data):
        raise ConsultationError("The codebook holds XML entities; refused.", where=name, do="Export it again.")
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise ConsultationError("This is no REFI-QDA codebook.", where=name, do="Export it as .qdc.") from error
    if not root.tag.endswith("}CodeBook"):
        raise ConsultationError("This is no REFI-QDA codebook.", where=name, do="Export it as .qdc.")
    space = root.tag[1:].split("}")[0]
    try:
        return [told for codes in root.iter(_tag(space, "Codes")) for told in _themes(codes, space, None)]
    except RecursionError:
        raise ConsultationError(
            "The codebook nests its codes deeper than any tree of themes.", where=name, do="Export it again."
        ) from None


def project(
    comments: pd.DataFrame,
    elements: pd.DataFrame,
    themes: Sequence[Theme],
    tags: pd.DataFrame,
    memos: pd.DataFrame | None = None,
    *,
    name: str,
    who: str,
    at: str,
) -> bytes:
    """The comments with their tags as a REFI-QDA project (.qdpx). `at` is an ISO time in UTC.

    A source is a response or a workshop, its comments one after another; a tag is a coding of the words that drove it,
    or of the whole comment. Rejected tags are left out. Codes are the themes and, under one code, the elements. A memo
    is a note at its theme, element, comment, response or workshop; one on anything else is a note of the project's.
    """
    ids = _Ids()
    root = ET.Element(
        _tag(PROJECT, "Project"),
        {"name": name, "origin": ORIGIN, "creatingUserGUID": ids("user", who), "creationDateTime": at},
    )
    users = ET.SubElement(root, _tag(PROJECT, "Users"))
    ET.SubElement(users, _tag(PROJECT, "User"), {"guid": ids("user", who), "name": who})
    codes = ET.SubElement(ET.SubElement(root, _tag(PROJECT, "CodeBook")), _tag(PROJECT, "Codes"))
    notes = _by_subject(memos)
    _codes(codes, themes, PROJECT, notes)
    _element_codes(codes, elements, notes)
    sources = ET.SubElement(root, _tag(PROJECT, "Sources"))
    of: dict[str, list[Tag]] = {}
    for tag in tables.rows("tags", tags[tags["status"] != "rejected"]):
        if tag.facet in ("theme", "element"):
            of.setdefault(tag.comment_id, []).append(tag)
    texts: dict[str, str] = {}
    for key, rows in _sources(comments):
        guid = ids("source", key)
        texts[guid] = _GAP.join(_plain(row.text) for row in rows)
        made = ET.SubElement(
            sources, _tag(PROJECT, "TextSource"),
            {
                "guid": guid, "name": key, "plainTextPath": f"internal://{guid}.txt",
                "creatingUser": ids("user", who), "creationDateTime": at,
            },
        )  # fmt: skip
        _selections(made, rows, of, notes, ids, who, at)
        _refer(made, notes.pop(key, ()))
    _notes(root, memos, notes)
    return _zipped(_xml(root, PROJECT), texts)


def _by_subject(memos: pd.DataFrame | None) -> dict[str, list[Memo]]:
    told: dict[str, list[Memo]] = {}
    for memo in tables.rows("memos", memos) if memos is not None else ():
        told.setdefault(memo.about, []).append(memo)
    return told


def _refer(parent: ET.Element, memos: Iterable[Memo]) -> None:
    for memo in memos:
        ET.SubElement(parent, _tag(PROJECT, "NoteRef"), {"targetGUID": _Ids()("memo", memo.memo_id)})


def _notes(root: ET.Element, memos: pd.DataFrame | None, left: dict[str, list[Memo]]) -> None:
    """Every memo as a note; those that no code and no source refers to are the project's."""
    held: list[Memo] = [memo for some in _by_subject(memos).values() for memo in some]
    if not held:
        return
    notes = ET.SubElement(root, _tag(PROJECT, "Notes"))
    for memo in held:
        made = ET.SubElement(
            notes, _tag(PROJECT, "Note"),
            {
                "guid": _Ids()("memo", memo.memo_id), "name": printable(f"On {memo.about}, by {memo.who}"),
                "creationDateTime": memo.at,
            },
        )  # fmt: skip
        ET.SubElement(made, _tag(PROJECT, "PlainTextContent")).text = _plain(memo.text)
    _refer(root, (memo for some in left.values() for memo in some))


def _selections(
    source: ET.Element, rows: Iterable[Comment], of: dict[str, list[Tag]], notes: dict[str, list[Memo]], ids: _Ids,
    who: str, at: str,
) -> None:  # fmt: skip
    start = 0
    for row in rows:
        text = _plain(row.text)
        spans: dict[tuple[int, int], list[Tag]] = {}
        for tag in of.get(row.comment_id, ()):
            whole = tag.start is None or tag.end is None or text != row.text or tag.end > len(text)
            spans.setdefault((0, len(text)) if whole else (int(tag.start or 0), int(tag.end or 0)), []).append(tag)
        whole_text = (0, len(text))
        if row.comment_id in notes:
            spans.setdefault(whole_text, [])
        for (first, last), found in sorted(spans.items()):
            selection = ET.SubElement(
                source, _tag(PROJECT, "PlainTextSelection"),
                {
                    "guid": ids("selection", row.comment_id, first, last),
                    "name": text[first:last][:60].replace("\n", " "),
                    "startPosition": str(start + first), "endPosition": str(start + last),
                    "creatingUser": ids("user", who), "creationDateTime": at,
                },
            )  # fmt: skip
            for tag in found:
                coding = ET.SubElement(
                    selection, _tag(PROJECT, "Coding"),
                    {"guid": ids("coding", row.comment_id, tag.facet, tag.code), "creatingUser": ids("user", who)},
                )  # fmt: skip
                ET.SubElement(coding, _tag(PROJECT, "CodeRef"), {"targetGUID": ids(tag.facet, tag.code)})
            if (first, last) == whole_text:
                _refer(selection, notes.pop(row.comment_id, ()))
        start += len(text) + len(_GAP)


def _sources(comments: pd.DataFrame) -> Iterator[tuple[str, list[Comment]]]:
    """The comments of each response or workshop, in the order of their places."""
    held: dict[str, list[Comment]] = {}
    for row in tables.rows("comments", comments[comments["status"] == "included"]):
        held.setdefault(row.response_id or row.event_id or row.source_id, []).append(row)
    yield from sorted(held.items())


def _codes(parent: ET.Element, themes: Sequence[Theme], space: str, notes: dict[str, list[Memo]]) -> None:
    held = {theme.code: theme for theme in themes}
    made: dict[str, ET.Element] = {}

    def place(theme: Theme) -> ET.Element:
        if theme.code not in made:
            above = place(held[theme.parent]) if theme.parent in held else parent
            memos = notes.pop(theme.code, [])
            told = _described(theme, memos if space == CODEBOOK else ())
            made[theme.code] = _code(above, _Ids()("theme", theme.code), theme.name, told, space)
            _refer(made[theme.code], memos if space == PROJECT else ())
        return made[theme.code]

    for theme in themes:
        place(theme)


def _element_codes(parent: ET.Element, elements: pd.DataFrame, notes: dict[str, list[Memo]]) -> None:
    ids = _Ids()
    top = _code(parent, ids("facet", "element"), "Elements of the draft", "", PROJECT)
    seen: set[str] = set()
    rows: list[Element] = tables.rows("elements", elements)
    for row in rows:
        if row.code not in seen:
            seen.add(row.code)
            told = f"{row.code} {row.name or ''}".strip()
            made = _code(top, ids("element", row.code), told, row.wording or "", PROJECT)
            _refer(made, notes.pop(row.code, ()))


def _code(parent: ET.Element, guid: str, name: str, described: str, space: str) -> ET.Element:
    made = ET.SubElement(parent, _tag(space, "Code"), {"guid": guid, "name": printable(name), "isCodable": "true"})
    if described:
        ET.SubElement(made, _tag(space, "Description")).text = printable(described)
    return made


def _described(theme: Theme, memos: Iterable[Memo]) -> str:
    parts = [
        theme.definition,
        f"Include: {theme.include}" if theme.include else "",
        f"Exclude: {theme.exclude}" if theme.exclude else "",
    ]
    parts += [f"Example: {example}" for example in theme.examples]
    parts += [f"Memo: {_LINE.join(memo.text.splitlines())}" for memo in memos]
    return "\n".join([*(part for part in parts if part), f"code: {theme.code}"])


def _themes(codes: ET.Element, space: str, parent: str | None) -> Iterator[tuple[Theme, list[str]]]:
    for each in codes.findall(_tag(space, "Code")):
        told = (each.findtext(_tag(space, "Description")) or "").split("\n")
        marked = {
            key: [line.split(": ", 1)[1] for line in told if line.startswith(f"{key}: ")]
            for key in ("code", "Include", "Exclude", "Example", "Memo")
        }
        plain = [line for line in told if not line.startswith(tuple(f"{key}: " for key in marked))]
        name = each.get("name") or ""
        code = marked["code"][0] if marked["code"] else slug(name).replace("-", "_")
        theme = Theme(
            code=code,
            name=name,
            definition="\n".join(plain).strip(),
            include=" ".join(marked["Include"]),
            exclude=" ".join(marked["Exclude"]),
            examples=tuple(marked["Example"]),
            parent=parent,
        )
        yield theme, [memo.replace(_LINE, "\n") for memo in marked["Memo"]]
        yield from _themes(each, space, code)


class _Ids:
    """GUIDs made of what they name, the same in every export."""

    def __call__(self, *parts: object) -> str:
        return str(uuid.uuid5(_HOME, "\x1f".join(str(part) for part in parts)))


def _plain(text: str) -> str:
    """The text as XML and a text file may hold it; the same length wherever nothing had to be shown otherwise."""
    return printable(text)


def _tag(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


def _xml(root: ET.Element, space: str) -> bytes:
    ET.register_namespace("", space)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _zipped(qde: bytes, texts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in [
            ("project.qde", qde),
            *((f"sources/{guid}.txt", t.encode()) for guid, t in sorted(texts.items())),
        ]:
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
