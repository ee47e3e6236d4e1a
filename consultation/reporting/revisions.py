"""The draft turned into the revised wording, element by element, with the reason for each change: rows for a
document with tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consultation import changes
from consultation.changes import Change
from consultation.reporting import sentences
from consultation.reporting.forms.rationale import not_held, why_lines
from consultation.reporting.view import View
from consultation.text import tidy


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Words that stayed, or words that went with those that came in their place and what is said of it."""

    same: str = ""
    gone: str = ""
    new: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One element. `whole` says that it came or went altogether; `note` that its draft is not held."""

    code: str
    heading: str
    stretches: tuple[Stretch, ...]
    whole: bool = False
    note: str = ""


def revisions(view: View) -> list[Revision]:
    """Every element with a wording, in the document's order. Joining same and gone spells the draft, same and new
    the revised wording."""
    return [revision for code in view.codes if (revision := _revision(view, code))]


def _revision(view: View, code: str) -> Revision | None:
    old, new = view.wording(code, view.draft), view.wording(code, view.revised)
    fate = view.fate(code)
    heading = f"{code}: {view.element(code).name}" if view.element(code).name else code
    if fate == "removed" and old:
        stretches: tuple[Stretch, ...] = (Stretch(gone=old, comment=_general(view, code)),)
        return Revision(code=code, heading=heading, stretches=stretches, whole=True)
    if old is None and new is not None and view.draft not in view.elements[code]:
        stretches = (Stretch(new=new, comment=_general(view, code)),)
        return Revision(code=code, heading=heading, stretches=stretches, whole=True)
    if old is None and new is not None:
        return Revision(code=code, heading=heading, stretches=(Stretch(same=new),), note=not_held(view, code))
    if old is None:
        return None
    told = tuple(_stretches(view, code, changes.compare(old, new if new is not None else old)))
    return Revision(code=code, heading=heading, stretches=told)


def _stretches(view: View, code: str, found: Iterable[Change]) -> Iterator[Stretch]:
    """Neighbouring gone and new words make one stretch, with one comment."""
    gone = new = ""
    for change in found:
        if change.operation == "gone":
            gone += change.text
        elif change.operation == "new":
            new += change.text
        else:
            if gone or new:
                yield Stretch(gone=gone, new=new, comment=_comment(view, code, gone, new))
                gone = new = ""
            yield Stretch(same=change.text)
    if gone or new:
        yield Stretch(gone=gone, new=new, comment=_comment(view, code, gone, new))


def _comment(view: View, code: str, gone: str, new: str) -> str:
    """What people said of these very words and how it was answered; where nobody named them, the reason for the
    element as a whole."""
    told = []
    for point_id in view.points_on.get(code, ()):
        point = view.points[point_id]
        if _names(point.phrase, gone) or _names(point.replacement, new):
            decision = view.answer(point_id)
            answer = sentences.answered(view, decision, point) if decision else ""
            told.append(f"{sentences.heard(view, point)} {answer} [{point_id}]".replace("  ", " "))
    return "\n".join(told) or _general(view, code)


def _names(phrases: str | None, words: str) -> bool:
    """Whether one of the phrases and these words lie one within the other, or share most of their words."""
    said = set(tidy(words).split())
    return any(
        part and said and len(said & set(part.split())) * 2 > min(len(said), len(part.split()))
        for part in (tidy(phrase) for phrase in (phrases or "").split(";"))
    )


def _general(view: View, code: str) -> str:
    lines = why_lines(view, code)
    points = list(dict.fromkeys(point for line in lines for point in line.points))
    return " ".join(line.text for line in lines) + (f" [{', '.join(points)}]" if points else "")
