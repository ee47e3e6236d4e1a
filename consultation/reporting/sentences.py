"""Sentences of the report, composed from structure: stance, phrase, replacement, theme, decision.

Second person for the public, first person plural for the council, past tense, the offending words quoted. Nothing is
said that the structure does not hold. What a person wrote is printed as written.
"""

from __future__ import annotations

from collections.abc import Iterable

from consultation import statements
from consultation.model import REASONS, Decision, Point
from consultation.reporting import counts
from consultation.reporting.view import View
from consultation.statements import sentence


def code_name(view: View, family: str, code: str) -> str:
    """The public words for a code: the council's own, else the texts', else the code without its underscores."""
    own = {
        "change": view.settings.change_kinds,
        "disposition": view.settings.dispositions,
        "reason": view.settings.reasons,
    }.get(family, {})
    return own[code] if code in own else view.words.name(family, code)


def kind_name(view: View, code: str) -> str:
    """What sort of element this is, in words; a kind that is not known is said as it is written."""
    return code_name(view, "kind", view.element(code).kind) if code in view.elements else view.words("element.whole")


def heard(view: View, point: Point) -> str:
    """What was said, in the third person with who said it, for findings and rationales: as a person worded it, else
    composed from the point's structure."""
    if not point.drafted:
        return sentence(point.statement)
    return sentence(
        view.words(
            f"heard.{statements.asked(point)}",
            vary=point.point_id,
            who=counts.who(view, point),
            phrase=view.words.listed(map(view.words.quoted, statements.phrases_of(point))),
            replacement=view.words.quoted(point.replacement or ""),
            theme=_theme(view, point),
            element=view.words.listed(_elements(view, point)),
        )
    )


def in_turn(view: View, points: Iterable[str], *, placed: bool) -> list[str]:
    """The statements of points as they are read one after another. Where each is `placed` (a column beside it says
    what it is about), the part of the draft is not named again."""
    told = [view.points[point_id] for point_id in points]
    where = [_where(view, point) if placed else None for point in told]
    scale = view.settings.quantity_words
    return statements.read_aloud(zip(told, where, strict=True), view.words, view.themes_by_code, scale)


def answered(view: View, decision: Decision, point: Point) -> str:
    """What we did about one point, and why where a reason is held."""
    codes = [code for code in view.elements_of.get(point.point_id, ()) if code in view.elements]
    waits = bool(codes) and all(view.fate(code) == "undecided" for code in codes)
    asked, wordings = statements.phrases_of(point), view.wordings(point.point_id)
    form = statements.answer_form(decision.disposition, asked, wordings, waits=waits)
    form = form if view.words.has(f"did.{form}") else "other"
    said_why = decision.disposition not in ("adopted", "noted_support")
    return statements.done(
        form,
        view.words,
        turn=point.point_id,
        phrases=asked,
        destination=decision.destination or "",
        name=upper_first(sentence(code_name(view, "disposition", decision.disposition))),
        reason=reason(view, decision) if said_why else "",
    )


def reason(view: View, decision: Decision | None) -> str:
    """Why: the words of the person who decided, else the public words of the reason code, else nothing.

    A code that was typed where words belong is said in its public words too.
    """
    if decision is None:
        return ""
    code = decision.reason_code
    if decision.reason:
        known = decision.reason in REASONS or decision.reason in view.settings.reasons
        if not known:
            return sentence(decision.reason)
        code = decision.reason
    return sentence(upper_first(code_name(view, "reason", code))) if code and code != "none_stated" else ""


def upper_first(text: str) -> str:
    """The text with a capital at its head.

    >>> upper_first("residents and staff")
    'Residents and staff'
    """
    return text[:1].upper() + text[1:]


def _theme(view: View, point: Point) -> str:
    """The theme, as the codebook names it; nothing where none is coded."""
    if not point.theme:
        return ""
    known = view.themes_by_code.get(point.theme)
    return view.words("theme.why", theme=known.name if known else point.theme.replace("_", " "))


def _elements(view: View, point: Point) -> list[str]:
    codes = [code for code in view.elements_of.get(point.point_id, ()) if code in view.elements]
    return [view.words.quoted(view.label(code)) for code in codes] or [view.words("element.whole")]


def _where(view: View, point: Point) -> str | None:
    """How the one part of the draft that a point is about is called beside its name; None where there are several."""
    codes = [code for code in view.elements_of.get(point.point_id, ()) if code in view.elements]
    if not codes:
        return view.words("element.whole")
    return view.words("here.part", kind=kind_name(view, codes[0])) if len(codes) == 1 else None
