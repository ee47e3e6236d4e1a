"""The audit in reverse: is every change asked for, or owned by the body, and every change of number explained?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consultation.model import Proposal
from consultation.text import words
from consultation.wording import versions
from consultation.wording.audit.facts import Facts
from consultation.wording.audit.findings import Finding, cell, short
from consultation.wording.proposals.attribution import attributions
from consultation.wording.proposals.kinds import FUNCTION_WORDS

_NO_CHANGE = frozenset({"unchanged"})
_OWN = "council_initiated"


def check(facts: Facts, stated: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    """Changes and new words that nobody is on record as asking for, and counts that changed without explanation."""
    flagged = set()
    for code, proposal in facts.proposals.items():
        if _changes(proposal) and not _owned(facts, proposal):
            flagged.add(code)
            yield _without_point(proposal)
    yield from _new_words(facts, flagged)
    yield from _counts(facts, stated)


def _changes(proposal: Proposal) -> bool:
    """Whether there is a change to answer for. What is only suggested of an element not yet revised is none."""
    kinds = set(proposal.change_kinds)
    if kinds <= _NO_CHANGE:
        return bool(not kinds and proposal.new and proposal.old and proposal.new != proposal.old)
    return proposal.new is not None or "removed" in kinds or proposal.origin == "person"


def _owned(facts: Facts, proposal: Proposal) -> bool:
    """Somebody asked, here or where the element went; or the body says that it is its own."""
    if proposal.points or proposal.own_words:
        return True
    decision = facts.rationale.get(proposal.element)
    if decision and decision.reason_code == _OWN:
        return True
    heirs = [row.to_code for row in facts.lineage if row.from_code == proposal.element]
    return any(facts.proposals[code].points for code in heirs if code in facts.proposals)


def _without_point(proposal: Proposal) -> Finding:
    kinds = ", ".join(kind.replace("_", " ") for kind in proposal.change_kinds) or "changed"
    return Finding(
        kind="change_without_point",
        severity="serious",
        subject=proposal.element,
        evidence=(proposal.proposal_id,),
        what=f"{proposal.element} is {kinds}, but no recorded point asked for it.",
        settle=cell("Changes", proposal.element, "Points") + "; or own it: column “Our own words” or “Reason code”",
    )


def _new_words(facts: Facts, flagged: set[str]) -> Iterator[Finding]:
    held = facts.tables
    told = attributions(
        held["elements"], held["lineage"], held["proposals"], held["points"], held["point_elements"],
        facts.settings.versions,
    )  # fmt: skip
    for code, parts in told.items():
        new = [part for part in parts if part.operation == "new"]
        for basis, severity, what in (
            ("none", "to settle", "nobody is on record as asking for them"),
            ("change", "to look at", "they rest only on what was asked of the element as a whole"),
        ):
            found = [part.text.strip() for part in new if part.basis == basis and _content(part.text)]
            if found and not (basis == "none" and code in flagged):
                yield Finding(
                    kind=f"words_{basis}",
                    severity=severity,
                    subject=code,
                    evidence=(facts.proposals[code].proposal_id,) if code in facts.proposals else (),
                    what=f"New in {code}: {short(f'“{text}”' for text in found)}; {what}.",
                    settle=cell("Changes", code, "Our own words") + "; or name the points: column “Points”",
                )


def _content(text: str) -> bool:
    return any(word.casefold() not in FUNCTION_WORDS for word in words(text))


def _counts(facts: Facts, stated: Mapping[str, Mapping[str, int]]) -> Iterator[Finding]:
    if not facts.is_revised and not stated:
        return
    first, last = facts.settings.versions[0], facts.settings.versions[-1]
    explained = {row.element for row in facts.proposals.values() if row.element in facts.rationale}
    settled = {row.element for row in facts.proposals.values()}
    settled |= set(facts.tables["lineage"]["from_code"]) | {kind for counted in stated.values() for kind in counted}
    for one in versions.counts(facts.tables["elements"], facts.tables["lineage"], (first, last), stated, explained):
        if not one.explained and not one.come and settled.isdisjoint((one.kind, *one.gone)):
            yield Finding(
                kind="not_decided",
                severity="to settle",
                subject=one.kind,
                evidence=one.gone,
                what=f"Nothing is recorded of {short(one.gone)}: that they stay is recorded too, as “unchanged”.",
                settle=cell("Changes", "of each", "Change kinds"),
            )
        elif not one.explained:
            yield Finding(
                kind="count_changed",
                severity="to settle",
                subject=one.kind,
                evidence=(*one.gone, *one.come),
                what=f"{one.before} of the kind “{one.kind.replace('_', ' ')}” in the {first}, {one.after} in the "
                f"{last}: {one.why}.",
                settle=cell("Changes", "of each that came or went", "Rationale"),
            )
