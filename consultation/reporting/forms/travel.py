"""Direction of travel: outcome | 1 year | 3 years, under each parent, with the key, the notes and headline counts."""

from __future__ import annotations

from consultation import tables, travel
from consultation.model import Measurement
from consultation.reporting.rows import Block, Cell, Heading, Listing, Paragraph, Section, Table, cell, plain
from consultation.reporting.view import View
from consultation.statements import sentence
from consultation.travel import Direction


def direction_of_travel(view: View) -> Section:
    """The headline sentences, a table for each parent, the key and the notes that the table calls for."""
    words = view.words
    rows: list[Measurement] = tables.rows("measurements", view.table("measurements"))
    found = travel.directions(rows, view.settings.travel)
    if not found:
        return Section(
            form="direction_of_travel",
            title=words("travel.title"),
            blocks=(Paragraph(line=plain(words("travel.none"))),),
        )
    by_place = {(direction.element, direction.horizon): direction for direction in found}
    measured = {direction.element for direction in found}
    groups = [
        (p, codes) for p in (None, *view.codes) if (codes := [c for c in view.children.get(p, []) if c in measured])
    ]
    if strays := sorted(measured - set(view.codes)):
        groups.append((None, strays))
    blocks: list[Block] = [Paragraph(line=plain(text)) for text in headline(view, found)]
    blocks += [_table(view, parent, codes, by_place) for parent, codes in groups]
    blocks += [Heading(text=words("travel.key")), _key(view), *_notes(view, found)]
    return Section(
        form="direction_of_travel",
        title=words("travel.title"),
        blocks=tuple(blocks),
        sheet=_table(view, None, [code for _, codes in groups for code in codes], by_place, words("travel.title")),
    )


def headline(view: View, found: list[Direction]) -> list[str]:
    """The judgement over all, and how many outcomes do well, each with its base."""
    words, rules = view.words, view.settings.travel
    kinds = {view.element(d.element).kind for d in found if d.element in view.elements}
    kind = f"kinds.{next(iter(kinds))}" if len(kinds) == 1 else "kinds.other"
    noun = words(kind if words.has(kind) else "kinds.other")
    told = []
    if judgement := travel.overall(found, rules.horizons[0], rules):
        told.append(words("travel.overall", judgement=words(f"travel.{judgement}")))
    for horizon in rules.horizons:
        counts = travel.tally(found, horizon)
        base = sum(counts.values())
        good = counts["improving"] + (counts["maintaining"] if horizon == rules.horizons[0] else 0)
        key = "travel.headline.first" if horizon == rules.horizons[0] else "travel.headline.later"
        if base:
            told.append(words(key, number=good, base=base, kinds=noun, horizon=_horizon(view, horizon)))
    return told


def _horizon(view: View, years: int) -> str:
    return view.words("travel.horizon", count=years)


def _table(
    view: View, parent: str | None, codes: list[str], found: dict[tuple[str, int], Direction], caption: str = ""
) -> Table:
    words, horizons = view.words, view.settings.travel.horizons
    told = caption or ((view.element(parent).wording or view.label(parent)) if parent else words("travel.caption"))
    return Table(
        caption=told,
        header=(words("travel.outcome"), *(_horizon(view, horizon) for horizon in horizons)),
        rows=tuple(
            (cell(_named(view, code)), *(_judged(view, found[code, horizon]) for horizon in horizons)) for code in codes
        ),
        widths=(60, *(40 // len(horizons) for _ in horizons)),
        row_heads=True,
    )


def _named(view: View, code: str) -> str:
    wording = view.element(code).wording if code in view.elements else None
    return f"{code} {wording}" if wording else view.label(code)


def _judged(view: View, direction: Direction) -> Cell:
    if direction.judgement is None:
        return cell(view.words("travel.not_available"))
    mark = "*" if direction.single else ""
    return cell(view.words(f"travel.{direction.judgement}") + mark + ("†" if direction.shorter else ""))


def _key(view: View) -> Listing:
    words = view.words
    return Listing(
        items=tuple(
            plain(f"{words(f'travel.{judgement}')}: {words(f'travel.key.{judgement}')}")
            for judgement in travel.JUDGEMENTS
        )
    )


def _notes(view: View, found: list[Direction]) -> list[Block]:
    words, rules = view.words, view.settings.travel
    percent = words.number(round(rules.variance * 100, 2)).removesuffix(".0")
    notes = [
        words("travel.note.variance.relative" if rules.relative else "travel.note.variance.points", number=percent)
    ]
    if any(direction.single for direction in found):
        notes.insert(0, words("travel.note.single"))
    if any(direction.shorter for direction in found):
        notes.insert(0, words("travel.note.shorter"))
    notes.append(words("travel.note.available"))
    return [Paragraph(line=plain(sentence(note))) for note in notes]
