"""The claim check: each number, quantity word, quotation and "all addressed" of a report held against the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from consultation import tables as named
from consultation.model import Decision, Element, Point, Proposal
from consultation.outcome import several
from consultation.settings import Settings
from consultation.statements import frame
from consultation.tables import Tables
from consultation.text import sentences, tidy, words
from consultation.wording import decisions as rules
from consultation.wording.claims.grammar import KINDS, Claim, claims
from consultation.wording.claims.known import ANY, Figures, counted_by, figures, shares
from consultation.wording.points import by_point, ordered
from consultation.wording.proposals.kinds import content
from consultation.words import english, quantity_word

_DONE: Final = frozenset({"adopted", "partly_adopted", "redirected", "noted_support"})
_LOOSE: Final = frozenset({"considered", "answered"})  # said of points that were decided, whichever way
_NOTE: Final = re.compile(r"\s*\[\d+\]")  # the mark of a note
_CODE_BEFORE: Final = re.compile(r"([\w.]*\w)(?:,| and| or)\s+$")
_CODE_AFTER: Final = re.compile(r"^(?:,| and| or)\s+([\w.]*\w)")
_LONG: Final = 5  # words from which a sentence is no chance likeness
_SHARED: Final = 0.5  # share of a sentence's or item's stems that a record must hold to be about the same thing


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of a document: where it stands, and its text."""

    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Untraced:
    """`passage[start:end]` claims what the records do not bear out; `kind` is one of `grammar.KINDS`."""

    place: str
    passage: str
    start: int
    end: int
    kind: str
    text: str
    what: str
    do: str


def check(
    passages: Iterable[Passage],
    tables: Tables,
    settings: Settings,
    *,
    kinds: Sequence[str] = KINDS,
    own: bool = False,
    printed: Iterable[str] = (),
) -> list[Untraced]:
    """The claims that do not trace, in the order of the document.

    A number traces to a count of the same thing; a percentage to the share of two counts of responses; a quantity
    word to a point about the same matter that states it or whose share gives it on the declared scale; a quotation to
    a wording, a phrase, a statement or, word for word, a comment; "all addressed" to a decision on every point, and,
    where a list stands before it, to a change for each item. A sentence that stands in the record word for word
    traces to it, unless the passages are the record's `own`, and so does one that the program prints of itself today
    (`printed`: stamps and keys); an element's code is a reference and no number.
    """
    records = _Records.of(tables, settings, printed)
    return [
        Untraced(
            place=passage.place,
            passage=passage.text,
            start=claim.start,
            end=claim.end,
            kind=claim.kind,
            text=passage.text[claim.start : claim.end],
            what=wrong[0],
            do=wrong[1],
        )
        for passage in passages
        for claim in claims(passage.text)
        if claim.kind in kinds
        and (own or not _recorded(passage.text[slice(*claim.sentence)], records))
        and (wrong := _wrong(claim, passage.text, records))
    ]


@dataclass(frozen=True, kw_only=True)
class _Records:
    figures: Figures
    shares: frozenset[int]
    points: Sequence[Point]
    decided: Mapping[str, Decision]
    bases: Mapping[str, int]
    changed: Sequence[tuple[str, str]]
    codes: Mapping[str, str]
    quotable: str
    comments: str
    settings: Settings

    @classmethod
    def of(cls, tables: Tables, settings: Settings, printed: Iterable[str]) -> _Records:
        known = figures(tables, settings)
        points = ordered(tables["points"])
        elements: list[Element] = named.rows("elements", tables["elements"])
        return cls(
            figures=known,
            shares=shares(known),
            points=points,
            decided=rules.of_points(tables["decisions"]),
            bases=_bases(tables),
            changed=_changed(tables),
            codes={element.code: element.name or "" for element in elements},
            quotable="\n".join(tidy(text) for text in (*_wordings(elements, points, tables, settings), *printed)),
            comments="\n".join(tidy(text) for text in tables["comments"]["text"]),
            settings=settings,
        )


def _bases(tables: Tables) -> dict[str, int]:
    """For each point, how many responses said anything of its elements: what its share is a share of."""
    responses = dict(zip(tables["comments"]["comment_id"], tables["comments"]["response_id"], strict=True))
    about, evidence = by_point(tables["point_elements"], "element"), by_point(tables["point_evidence"], "comment_id")
    spoke: dict[str | None, set[str]] = {}
    for point_id, ids in evidence.items():
        for code in about.get(point_id) or (None,):
            spoke.setdefault(code, set()).update(
                str(responses[one]) for one in ids if isinstance(responses.get(one), str)
            )
    return {
        point_id: len(set().union(*(spoke.get(code, set()) for code in about.get(point_id) or (None,))))
        for point_id in evidence
    }


def _changed(tables: Tables) -> list[tuple[str, str]]:
    """What was changed, by element: its new wording and the rationale."""
    reasons = rules.of_proposals(tables["decisions"])
    rows: list[Proposal] = named.rows("proposals", tables["proposals"])
    return [
        (row.element, " ".join(filter(None, (row.new, made.reason if made else None))))
        for row in rows
        if row.change_kinds != ("unchanged",)
        for made in (reasons.get(row.proposal_id),)
    ]


def _wordings(
    elements: Iterable[Element], points: Iterable[Point], tables: Tables, settings: Settings
) -> Iterator[str]:
    yield from (settings.title, settings.body)
    for element in elements:
        yield from filter(None, (element.wording, element.name, *element.known_phrases))
    for point in points:
        yield from filter(None, (point.statement, point.phrase, point.replacement))
    yield from tables["block_rows"]["statement"]
    yield from tables["decisions"]["reason"].dropna()


def _recorded(sentence: str, records: _Records) -> bool:
    """Whether a sentence of some length stands in the record word for word."""
    told = tidy(_NOTE.sub("", sentence)).strip(" .")
    return len(words(told)) >= _LONG and told in records.quotable


# --- one rule for each kind of claim --------------------------------------------------------------------------------


def _wrong(claim: Claim, text: str, records: _Records) -> tuple[str, str] | None:
    """What is wrong with a claim and what to do about it; None where it traces."""
    rule = {"number": _number, "quantity": _quantity, "quotation": _quotation, "blanket": _blanket}[claim.kind]
    return rule(claim, text, records)


def _number(claim: Claim, text: str, records: _Records) -> tuple[str, str] | None:
    value = claim.value or 0.0
    if _refers(claim, text, records.codes):
        return None
    if claim.percent:
        if int(value) in records.shares:
            return None
        return f"No two counts of responses make {value:g}%.", "Give the number and its base instead."
    counted = counted_by(words(text[claim.end : claim.sentence[1]])[:4], records.figures)
    what, held = counted or ("", records.figures.get(ANY, frozenset()))
    if value in held:
        return None
    if counted:
        near = min(sorted(held), key=lambda one: abs(one - value), default=None)
        told = f"; the nearest count on record is {near:g}" if near is not None else ""
        return f"No count of {what} is {value:g}{told}.", "Correct it, or cite where it comes from."
    if _in_words_on_record(claim, text, records):
        return None
    return f"Nothing on record counts {value:g}.", "Cite where it comes from."


def _refers(claim: Claim, text: str, codes: Mapping[str, str]) -> bool:
    """Whether a number is an element's code: one with a dot or letter, or a bare one before the element's name or in
    a list of codes ("1.7, 3")."""
    told, after = text[claim.start : claim.end], text[claim.end :]
    if told not in codes:
        return False
    if not told.isdecimal() or (codes[told] and tidy(after).startswith(tidy(codes[told]))):
        return True
    beside = (*_CODE_BEFORE.findall(text[: claim.start]), *_CODE_AFTER.findall(after))
    return any(code in codes for code in beside)


def _in_words_on_record(claim: Claim, text: str, records: _Records) -> bool:
    """Whether the number stands in the record after the same two words ("child under 18"), so that it is no count."""
    before = words(text[claim.sentence[0] : claim.start])[-2:]
    told = tidy(" ".join((*before, text[claim.start : claim.end])))
    return len(before) == 2 and re.search(rf"\b{re.escape(told)}\b", records.quotable + records.comments) is not None


def _quantity(claim: Claim, text: str, records: _Records) -> tuple[str, str] | None:
    word = tidy(text[claim.start : claim.end]).removeprefix("the ").removeprefix("an ").removeprefix("a ")
    alike = [point for point in records.points if _about(text[slice(*claim.sentence)], point)]
    if any(word in _phrases(tidy(point.quantity or "")) for point in alike):
        return None
    given = {
        told
        for point in alike
        if point.n_responses is not None
        and (told := quantity_word(point.n_responses, records.bases.get(point.point_id, 0),
                                   records.settings.quantity_words))
    }  # fmt: skip
    if word in {told.removeprefix("a ") for told in given}:
        return None
    if not alike:
        return f"No point on record is about this, so nothing shows that it was “{word}”.", "Link it to a point."
    said = f"the scale gives “{'”, “'.join(sorted(given))}”" if given else "its count is not stated"
    ids = ", ".join(point.point_id for point in alike[:3])
    return f"“{word}” is not what the records show ({ids}): {said}.", "Use that word, or state the quantity yourself."


def _phrases(told: str) -> set[str]:
    """Every run of words in a stated quantity: "some" and "some people" both state "some people"."""
    parts = told.split()
    return {" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}


def _about(sentence: str, point: Point) -> bool:
    """Whether a point shares its phrase or most of its words with a sentence."""
    here = set(content(sentence))
    if point.phrase and set(content(point.phrase)) <= here:
        return True
    stems = set(content(point.statement)) - _frame()
    return bool(stems) and len(stems & here) >= max(2, _SHARED * len(stems))


@cache
def _frame() -> frozenset[str]:
    """The stems of the words that statements of any point may share."""
    return frozenset(content(" ".join(frame(english()))))


def _quotation(claim: Claim, text: str, records: _Records) -> tuple[str, str] | None:
    said = tidy(text[claim.start + 1 : claim.end - 1]).strip(" .,;:…")
    if not said or said in records.quotable or said in records.comments:
        return None
    return "Nobody on record wrote these words, and no wording holds them.", "Quote exactly, or take the marks away."


def _blanket(claim: Claim, text: str, records: _Records) -> tuple[str, str] | None:
    listed = _listed_before(claim, text)
    if listed:
        return _item_by_item(listed, records)
    told = set(words(text[claim.start : claim.end].casefold()))
    undecided = [point.point_id for point in records.points if point.point_id not in records.decided]
    undone = [key for key, made in records.decided.items() if made.disposition not in _DONE]
    if not undecided and (not undone or told & _LOOSE):
        return None
    have = "has" if len(undecided) == 1 else "have"
    parts = [f"{len(undecided)} of {several(len(records.points), 'point')} {have} no decision"] if undecided else []
    if undone and not told & _LOOSE:
        parts.append(f"{several(len(undone), 'point')} not taken up")
    return " and ".join(parts) + ".", "Say which were and which were not; consultation check lists them."


def _listed_before(claim: Claim, text: str) -> list[str]:
    """The items of the sentence before, where the claim points back at it ("These issues have all been ...")."""
    if tidy(text[claim.sentence[0] : claim.sentence[0] + 5]) not in ("these", "those"):
        return []
    before = [text[a:b] for a, b in sentences(text) if b <= claim.sentence[0]]
    parts = [part.strip() for part in before[-1].rstrip(".").split(",")] if before else []
    if len(parts) < 2:
        return []
    last, joined, end = parts[-1].rpartition(" and ")
    return [*parts[:-1], *([last, end] if joined and last else [parts[-1].removeprefix("and ")])]


def _item_by_item(items: Sequence[str], records: _Records) -> tuple[str, str] | None:
    """Which items of a list a change speaks of."""
    lost = []
    for item in items:
        stems = content(item)[-4:]  # the end of an item names its matter; its beginning may belong to the sentence
        if not any(_shares(stems, text) for _, text in records.changed):
            lost.append(item)
    if not lost:
        return None
    told = "; ".join(f"“{item}”" for item in lost)
    return (
        f"{len(items) - len(lost)} of {len(items)} issues trace to a change. These do not: {told}.",
        "Name the change that answers each, or say why none does.",
    )


def _shares(stems: Sequence[str], text: str) -> bool:
    held = set(content(text))
    return bool(stems) and len([one for one in stems if one in held]) > _SHARED * len(stems)
