"""Short forms: headline sentences, the phases of research, the lettered list of changes, the commitments and the web
page of We asked, you said, we did in at most 250 words."""

from __future__ import annotations

from collections import Counter
from typing import Final

from consultation import text
from consultation.reporting import sentences
from consultation.reporting.forms import profile
from consultation.reporting.forms.you_said import all_topics
from consultation.reporting.rows import (
    Block,
    Cell,
    Heading,
    Line,
    Listing,
    Paragraph,
    Run,
    Section,
    Table,
    cell,
    plain,
)  # fmt: skip
from consultation.reporting.view import View
from consultation.settings import Channel
from consultation.statements import sentence

BLURB_WORDS: Final = 250
SIDE_BY_SIDE: Final = 4  # phases that fit next to each other on a page


def headlines(view: View) -> Section:
    """What became of the draft and of what was said, each count with its base."""
    words = view.words
    told = [plain(text) for text in profile.received(view)]
    told += [plain(text) for text in (*_fates(view), *_answers(view))]
    return Section(form="headlines", title=words("headlines.title"), blocks=(Listing(items=tuple(told)),))


def _fates(view: View) -> list[str]:
    """How many elements of each kind changed, were new, went or stayed: kinds of which there are several."""
    words = view.words
    told = []
    kinds = Counter(view.element(code).kind for code in view.codes)
    for kind, total in kinds.items():
        if total < 2:
            continue
        found = Counter(view.fate(code) for code in view.codes if view.element(code).kind == kind)
        parts = [
            words(f"headlines.fate.{fate}", count=found[fate])
            for fate in ("changed", "new", "unchanged", "removed", "undecided")
            if found[fate]
        ]
        known = words.has(f"kinds.{kind}")
        name = words(f"kinds.{kind}") if known else words("kinds.of_kind", kind=words.name("kind", kind))
        told.append(words("headlines.fates", total=words.number(total), kinds=name, parts=words.listed(parts)))
    return told


def _answers(view: View) -> list[str]:
    words = view.words
    total = len(view.points)
    if not total:
        return []
    found = Counter(d.disposition for point in view.points if (d := view.answer(point)))
    parts = [
        words("headlines.part", number=words.number(count), what=sentences.code_name(view, "disposition", code))
        for code, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    if waiting := len(view.undecided):
        parts.append(words("headlines.waiting", number=words.number(waiting)))
    return [words("headlines.answers", count=total, number=words.number(total), parts=words.listed(parts))]


def phases(view: View) -> Section:
    """The phases of research side by side as the settings state them; one under the other where there are many."""
    words = view.words
    channels = profile.all_channels(view)
    lines: dict[str, list[str | None]] = {
        "phases.what": [channel.note for channel in channels],
        "phases.events": [channel.events for channel in channels],
        "phases.participants": [channel.participants for channel in channels],
        "phases.responses": [words.number(c.responses) if c.responses is not None else None for c in channels],
    }
    grid = [[words("phases.phase"), *(_phase(view, channel) for channel in channels)]]
    grid += [[words(name), *(value or "–" for value in values)] for name, values in lines.items() if any(values)]
    if len(channels) > SIDE_BY_SIDE:
        grid = [list(column) for column in zip(*grid, strict=True)]
    table = Table(
        caption=words("phases.caption"),
        header=tuple(grid[0]),
        rows=tuple(tuple(map(cell, row)) for row in grid[1:]),
        widths=(22, *(78 // max(1, len(grid[0]) - 1) for _ in grid[0][1:])),
        row_heads=True,
    )
    known = channels and len(grid) > 1
    blocks: tuple[Block, ...] = (table,) if known else (Paragraph(line=plain(words("phases.none"))),)
    return Section(form="phases", title=words("phases.title"), blocks=blocks)


def _phase(view: View, channel: Channel) -> str:
    name = sentences.upper_first(sentences.code_name(view, "channel", channel.kind))
    return view.words("phases.head", name=name, audience=channel.audience) if channel.audience else name


def lettered_changes(view: View) -> Section:
    """a), b), c): each thing that was done, as the report's tables say it, once."""
    words = view.words
    items: dict[str, Line] = {}
    for topic in all_topics(view):
        for line in topic.did:
            if line.runs and line.runs[0].mark == "plain":
                held = items.get(line.text)
                points = tuple(dict.fromkeys((*(held.points if held else ()), *line.points)))
                items[line.text] = Line(runs=line.runs, points=points, edited=line.edited)
    blocks: list[Block] = [Paragraph(line=plain(words("lettered.lead" if items else "lettered.none")))]
    if items:
        blocks.append(Listing(items=tuple(items.values()), letters=True))
    return Section(form="lettered_changes", title=words("lettered.title"), blocks=tuple(blocks))


def commitments(view: View) -> Section:
    """What we promised, by when, who sees to it, and where it stands."""
    words = view.words
    rows = [
        (
            Cell(lines=(Line(runs=(Run(text=sentence(row.text)),), points=row.points),)),
            cell(words.date(row.due) if row.due else words("not_stated")),
            cell(row.owner or words("not_stated")),
            cell(words(f"commitments.{row.status}") if words.has(f"commitments.{row.status}") else row.status),
        )
        for row in view.commitments
    ]
    table = Table(
        caption=words("commitments.caption"),
        header=tuple(words(f"commitments.{name}") for name in ("text", "due", "owner", "status")),
        rows=tuple(rows),
        widths=(52, 17, 17, 14),
        row_heads=True,
    )
    blocks: tuple[Block, ...] = (table,) if rows else (Paragraph(line=plain(words("commitments.none"))),)
    return Section(form="commitments", title=words("commitments.title"), blocks=blocks)


def blurb(view: View) -> Section:
    """We asked, you said, we did for a web page: what was asked and who answered, then as many statements of either
    side as 250 words hold, the widest shared first."""
    words = view.words
    asked = [_asked(view)]
    asked += profile.received(view)
    said, did = _statements(view)
    fixed = [words(f"blurb.{name}") for name in ("title", "asked", "said", "did", "more")]
    room = BLURB_WORDS - _length([*asked, *fixed])
    kept_said, kept_did = _fitting(said, did, room)
    return Section(
        form="blurb",
        title=words("blurb.title"),
        blocks=(
            Heading(text=words("blurb.asked")),
            Paragraph(line=plain(" ".join(asked))),
            Heading(text=words("blurb.said")),
            Listing(items=tuple(kept_said)),
            Heading(text=words("blurb.did")),
            Listing(items=tuple(kept_did)),
            Paragraph(line=plain(words("blurb.more"))),
        ),
    )


def _asked(view: View) -> str:
    words, settings = view.words, view.settings
    if settings.opens and settings.closes:
        return words(
            "blurb.lead", title=settings.title, opens=words.date(settings.opens), closes=words.date(settings.closes)
        )
    return words("blurb.lead.undated", title=settings.title)


def _statements(view: View) -> tuple[list[Line], list[Line]]:
    """What was said and what was done about it, in the same order: the first of each topic, then the second."""
    topics = [[row for row in topic.rows if row.said and row.did] for topic in all_topics(view)]
    deepest = max(map(len, topics), default=0)
    woven = [rows[n] for n in range(deepest) for rows in topics if n < len(rows)]
    sides = [_alone(view, row.said[0]) for row in woven], [row.did[0] for row in woven]
    said, did = (list({line.text: line for line in side}.values()) for side in sides)
    return said, did


def _alone(view: View, line: Line) -> Line:
    """A statement away from the table about its part of the draft: it names that part again."""
    point = view.points.get(line.points[0]) if len(line.points) == 1 else None
    if point is None or not point.drafted or line.edited:
        return line
    return Line(runs=(Run(text=point.statement),), points=line.points)


def _fitting(said: list[Line], did: list[Line], room: int) -> tuple[list[Line], list[Line]]:
    kept: tuple[list[Line], list[Line]] = ([], [])
    sides = [list(said), list(did)]
    while any(sides):
        for held, side in zip(kept, sides, strict=True):
            if side:
                line = side.pop(0)
                if (need := _length([line.text])) <= room:
                    held.append(line)
                    room -= need
    return kept


def _length(texts: list[str]) -> int:
    """Words as a reader counts them: between spaces, and never fewer than the words that a tokeniser finds."""
    return sum(max(len(told.split()), len(text.words(told))) for told in texts)
