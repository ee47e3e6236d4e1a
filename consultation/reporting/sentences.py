"""Sentences of the report, composed from structure: stance, phrase, replacement, theme, decision.

Second person for the public, first person plural for the council, past tense, the offending words quoted. Nothing is
said that the structure does not hold. What a person wrote is printed as written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from consultation.model import REASONS, Decision, Point
from consultation.reporting import counts
from consultation.reporting.view import View

_STANCES: Final = {
    stance: f"{stance}.theme" for stance in ("support", "object", "suggest", "question", "mixed", "conditional")
}
_ENDS: Final = ".!?…"
_CLOSERS: Final = "”’\"')]"


def code_name(view: View, family: str, code: str) -> str:
    """The public words for a code: the council's own, else the texts', else the code without its underscores."""
    own = {
        "change": view.settings.change_kinds,
        "disposition": view.settings.dispositions,
        "reason": view.settings.reasons,
    }.get(family, {})
    if code in own:
        return own[code]
    key = f"{family}.{code}"
    return view.words(key) if view.words.has(key) else code.replace("_", " ")


def kind_name(view: View, code: str) -> str:
    """What sort of element this is, in words; a kind that is not known is said as it is written."""
    return code_name(view, "kind", view.element(code).kind) if code in view.elements else view.words("element.whole")


def heard(view: View, point: Point) -> str:
    """What was said, in the third person with who said it, for findings and rationales: as a person worded it, else
    composed from the point's structure."""
    if point.origin == "person" or not (point.phrase or point.replacement or point.theme):
        return sentence(point.statement)
    return sentence(
        view.words(
            f"heard.{_form(point)}",
            vary=point.point_id,
            who=counts.who(view, point),
            phrase=_quoted_all(view, point.phrase),
            replacement=_quoted_all(view, point.replacement),
            theme=_theme(view, point),
            element=view.words.listed(_elements(view, point)),
        )
    )


def answered(view: View, decision: Decision, point: Point) -> str:
    """What we did about one point, and why where a reason is held."""
    subject = view.words.quoted(point.phrase) if point.phrase else view.words("did.the_wording")
    form = f"did.{decision.disposition}"
    if not view.words.has(form):
        return upper_first(sentence(code_name(view, "disposition", decision.disposition)))
    destination = decision.destination or view.words("did.elsewhere")
    told = sentence(view.words(form, vary=point.point_id, phrase=subject, destination=destination))
    if decision.disposition in ("adopted", "noted_support"):
        return told
    why = reason(view, decision)
    return f"{told} {why}" if why else told


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


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does.

    >>> sentence("We kept “it”"), sentence("He asked “Why?”"), sentence("  ")
    ('We kept “it”.', 'He asked “Why?”', '')
    """
    told = text.strip()
    bare = told.rstrip(_CLOSERS)
    return told if not bare or bare[-1] in _ENDS else told + "."


def upper_first(text: str) -> str:
    """The text with a capital at its head.

    >>> upper_first("residents and staff")
    'Residents and staff'
    """
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text without a capital at its head, unless the first word is an abbreviation.

    >>> lower_first("Promises too much"), lower_first("NHS wording")
    ('promises too much', 'NHS wording')
    """
    head = text.split(" ", 1)[0]
    return text if len(head) > 1 and head.isupper() else text[:1].lower() + text[1:]


def _form(point: Point) -> str:
    """By what is asked of a phrase, else by the stance on an element."""
    if point.replacement:
        return "replace" if point.phrase else "add"
    if point.phrase and point.kind in ("remove", "keep", "question"):
        return point.kind
    if point.phrase:
        return {"support": "keep", "question": "question"}.get(point.stance or "", "object")
    return _STANCES.get(point.stance or "", "observe.theme")


def _quoted_all(view: View, phrases: str | None) -> str:
    """Several phrases, held with semicolons between them, each in quotation marks."""
    parts: Sequence[str] = [part.strip() for part in (phrases or "").split(";") if part.strip()]
    return view.words.listed(view.words.quoted(part) for part in parts)


def _theme(view: View, point: Point) -> str:
    """The theme between brackets; nothing where none is coded."""
    if not point.theme:
        return ""
    names: dict[str, str] = {theme.code: theme.name for theme in view.themes}
    name = names.get(point.theme, point.theme.replace("_", " "))
    return view.words("theme.in", theme=lower_first(name))


def _elements(view: View, point: Point) -> list[str]:
    codes = [code for code in view.elements_of.get(point.point_id, ()) if code in view.elements]
    return [view.words.quoted(view.label(code)) for code in codes] or [view.words("element.whole")]
