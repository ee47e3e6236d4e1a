"""Drafting a mapping: what each column of a sheet is, for an officer to look over. Once it is saved it is used as it
stands.

A column's role comes from the first of these that knows it: the platform, the settings, the group of columns it stands
in, its heading, its cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from consultation.reading.grids.grid import Grid, filled, letter
from consultation.reading.layout import across, choices, columns
from consultation.reading.layout.columns import Facts
from consultation.reading.layout.dates import TWO_ORDERS, order_of
from consultation.reading.layout.headers import Layout
from consultation.reading.layout.platforms import DEFINITE, Title
from consultation.settings import Column, Settings, SourceSettings
from consultation.text import tidy

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$")
_ID = re.compile(r"[\w{}-]{1,64}$")
_SHORT = 5  # words: the name of a ward or a service, not a view
_ASKED = re.compile(r"\?|^(?:q|c)\d|\b(?:proposal|question|agree|comment|opinion|rate|prefer|option)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A drafted mapping with what was assumed, what a person should settle, and why it may be no survey at all."""

    settings: SourceSettings
    notes: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    refused: str | None = None


@dataclass(kw_only=True)
class _Look:
    """A column while its role is being found."""

    column: int
    heading: str
    title: Title
    values: list[str]
    about: Facts
    made: Column | None = None

    def land(self, role: str, **more: object) -> None:
        words = self.title.stem or self.heading
        self.made = Column(
            column=letter(self.column),
            heading=self.heading,
            role=role,
            question=words if words != self.heading and role not in _UNASKED else None,
        )
        if more:
            self.made = replace(self.made, **more)  # type: ignore[arg-type]


_ANSWERS = ("comment", "other_text", "multi", "ranking", "consent", "respondent_type")
_UNASKED = ("response_id", "submitted_at", "started_at", "identity", "metadata", "status", "language", "wants_reply")


def draft(grid: Grid, layout: Layout, settings: Settings, elements: pd.DataFrame | None = None) -> Draft:
    """A mapping for the sheet. `elements` has the columns of its table; questions that name one are mapped to it."""
    body = [grid.rows[i] for i in layout.apart.good]
    looks = [_look(grid, layout, body, j) for j in range(grid.width)]
    looks = [look for look in looks if look.heading or look.about.filled]
    _by_platform(layout, looks)
    _by_settings(settings, looks)
    _by_reply(looks)
    groups = _groups(layout, looks)
    for group in groups:
        choices.land_group(group, body)
    separators = layout.recognised.platform.separators
    for look in looks:
        if look.made is None:
            _alone(look, looks, separators)
    across.pair(looks)
    across.name_elements([look for look in looks if look.made is not None and look.made.role not in _UNASKED], elements)
    ambiguous = [
        f"Column {letter(look.column)} has {look.about.filled} answers but no heading. What was asked?"
        for look in looks
        if not look.heading and look.about.filled and look.made is not None and look.made.role != "response_id"
    ]
    ambiguous += [
        f"Column {letter(look.column)} (“{look.heading}”): are these the choices: "
        f"{' | '.join(look.made.options[:12])}? Paste the list of options into the mapping if not."
        for look in looks
        if look.made is not None and any((look.made.separator or ";").strip() in option for option in look.made.options)
    ]
    if layout.uncertain:
        ambiguous.append(layout.uncertain)
    notes = _told(layout, looks)
    made = SourceSettings(
        files=(grid.file,),
        platform=layout.recognised.platform.name,
        channel="questionnaire",
        sheet=grid.sheet,
        header_row=layout.first + 1,
        header_rows=layout.rows,
        columns=tuple(look.made for look in looks if look.made),
    )
    return Draft(settings=made, notes=notes, ambiguous=tuple(ambiguous), refused=_no_survey(layout, looks))


def _look(grid: Grid, layout: Layout, body: Sequence[Sequence[str]], j: int) -> _Look:
    values = [row[j] if j < len(row) else "" for row in body]
    title = layout.titles[j]
    variable = grid.variables[j] if grid.variables is not None else None
    if variable is not None and variable.set_name:
        title = Title(stem=variable.set_name, option=variable.label or layout.heading(j), code=title.code)
    if variable is not None and variable.labels:
        values = [variable.labels.get(value, value) for value in values]
    return _Look(column=j, heading=layout.heading(j), title=title, values=values, about=columns.facts(values))


# By what is known -------------------------------------------------------------------------------------------------


def _by_platform(layout: Layout, looks: Sequence[_Look]) -> None:
    """The platform's own columns: the first of each name, so that a question called "Email" stays a question."""
    platform, seen = layout.recognised.platform, set[str]()
    for look in looks:
        cells = layout.headings[look.column]
        raw = cells[platform.key_row] if len(cells) > platform.key_row else ""
        key = tidy(raw)
        if platform.name == "LimeSurvey":
            key = tidy(look.title.code or raw)
        if platform.name == "EngagementHQ":
            key = tidy(look.heading)
        role = platform.roles.get(key)
        if role is None or key in seen or (look.title.option and look.title.option != key and "[" in raw):
            continue
        if key == "" and (look.column > 0 or look.about.variety < 1 or look.about.numbers < 1):
            continue
        seen.add(key)
        written = order_of(look.values[: columns.SAMPLE]) if role[0] in ("submitted_at", "started_at") else None
        dated = written is not None and written.order in TWO_ORDERS
        look.land(role[0], kind=role[1] or (platform.dates if dated else None))


def _by_settings(settings: Settings, looks: Sequence[_Look]) -> None:
    wanted = {tidy(name) for name in settings.groups}
    for look in looks:
        if look.made is None and wanted & {tidy(look.heading), tidy(look.title.stem)}:
            look.land("group")


def _by_reply(looks: Sequence[_Look]) -> None:
    """Whether someone wants to hear what became of it: asked in so many words, and answered by yes, no or a tick; or
    by an address, which is identity and says so too (`landing.responses`).
    """
    for look in looks:
        words = f"{look.title.stem} {look.title.option or ''}".strip()
        contact = columns.gives_contact_for_reply(words)
        if look.made is not None or columns.asks_for_consent(words) or not (contact or columns.asks_for_reply(words)):
            continue
        told = {value for value in look.values if filled(value)}
        worded = all(choices.yes_or_no(value, look.title.option or look.heading) is not None for value in told)
        if contact and not (told and worded):
            role, kind = columns.own_role(words[-columns.LONGEST :]) or ("", None)
            look.land("identity", kind=kind if role == "identity" else "contact")
        elif worded and columns.asks_for_reply(words):
            look.land("wants_reply", option=look.title.option)


def _groups(layout: Layout, looks: Sequence[_Look]) -> list[list[_Look]]:
    """Columns that share a question, each standing for one of its options or rows."""
    paths = layout.recognised.platform.name in ("KoBoToolbox", "ODK")
    if paths:
        _settle_paths(looks)
    groups: dict[str, list[_Look]] = {}
    for look in looks:
        if look.made is None and look.title.option is not None:
            groups.setdefault(tidy(look.title.stem), []).append(look)
    if layout.recognised.platform.name == "Citizen Space":
        groups = {stem: group for stem, group in groups.items() if choices.ticks(group)}
    return [*groups.values(), *_labelled(looks)]


def _labelled(looks: Sequence[_Look]) -> Iterable[list[_Look]]:
    """Runs of columns that hold nothing but their own headings: one question's options, its words not in the sheet."""
    run: list[_Look] = []
    for look in [*looks, None]:
        if look is not None and look.made is None and look.title.option is None and "?" not in look.heading:
            if choices.is_own_label(look.values, look.heading):
                run.append(look)
                continue
            if run and not look.about.filled and not columns.names_other(look.heading):
                run.append(look)
                continue
        if len(run) > 1:
            stem = "Choices: " + ", ".join(member.heading for member in run)
            for member in run:
                member.title = Title(stem=stem, option=member.heading)
            yield run
        run = []


def _settle_paths(looks: Sequence[_Look]) -> None:
    """In a form's paths "a/b/c", c is an option only if a/b is a column too; that column then says the same again."""
    named = {look.heading: look for look in looks}
    for look in looks:
        if look.title.option is None:
            continue
        parent = named.get(look.title.stem)
        if parent is None:
            look.title = Title(stem=look.heading, code=look.heading)
        elif parent.made is None:
            parent.land("metadata")


# One column by itself ---------------------------------------------------------------------------------------------


def _alone(look: _Look, looks: Sequence[_Look], separators: Sequence[str]) -> None:
    heading = look.heading
    words = f"{look.title.stem} {look.title.option or ''}".strip()
    own = columns.own_role(heading) or columns.own_role(look.title.stem) or columns.own_role(look.title.option or "")
    if own and _belied(own[0], look, looks, words):
        own = None
    told = [value.strip() for value in look.values[: 2 * columns.SAMPLE] if filled(value)]
    if own:
        look.land(own[0], kind=own[1])
    elif told and sum(_EMAIL.match(value) is not None for value in told) >= 0.8 * len(told):
        look.land("identity", kind="email")
    elif columns.asks_for_consent(words):
        look.land("consent")
    elif columns.asks_for_type(words) and look.about.distinct <= 15 and not _taken(looks, "respondent_type"):
        look.land("respondent_type")
    elif columns.names_other(look.title.option or heading) and look.about.numbers < 0.9:
        look.land("other_text")
    elif (several := choices.several(look.values, words, look.about, separators)) is not None:
        look.land("multi", separator=several.separator, options=several.options)
    elif choices.is_grid(look.values):
        look.land("matrix", separator=" : ")
    elif (columns.names_a_group(words) or columns.names_a_group(look.title.option or "")) and (
        look.about.words <= _SHORT or columns.kind_of(words, look.about) != "comment"
    ):
        look.land("group")
    else:
        kind = columns.kind_of(words, look.about)
        look.land("comment" if kind == "comment" else "closed", kind=kind if kind in ("number", "date") else None)


def _belied(role: str, look: _Look, looks: Sequence[_Look], words: str) -> bool:
    """Whether the column is not what its heading says: its words or cells tell otherwise, or another column is it."""
    if role == "identity":
        return columns.asks_for_consent(words)  # "May we quote you, without your name?"
    if role == "response_id":
        return _taken(looks, role) or not _are_ids(look)
    if role not in ("submitted_at", "started_at", "language", "status"):
        return False
    about = look.about
    dated = not about.filled or about.dates >= 0.5
    return _taken(looks, role) or (role.endswith("_at") and not dated and not choices.are_serials(look.values))


def _taken(looks: Iterable[_Look], role: str) -> bool:
    return any(look.made is not None and look.made.role == role for look in looks)


def _are_ids(look: _Look) -> bool:
    told = [value.strip() for value in look.values[: columns.SAMPLE] if filled(value)]
    return bool(told) and look.about.variety > 0.8 and all(_ID.match(value) for value in told[:500])


# What it comes to -------------------------------------------------------------------------------------------------


def _no_survey(layout: Layout, looks: Sequence[_Look]) -> str | None:
    """Why a sheet that no platform accounts for is no survey: nothing in it was asked, or its columns are accounts."""
    if layout.recognised.confidence >= 0.3:
        return None
    made = [look for look in looks if look.made is not None]
    questions = [look for look in made if columns.asks(look.heading) or _ASKED.search(look.heading)]
    money = [look.heading for look in made if columns.names_money(look.heading)]
    if len(money) > 1 and not questions:
        return f"its columns ({', '.join(money[:4])}) read like accounts, and no heading asks a question"
    if not questions and not any(look.made is not None and look.made.role in _ANSWERS for look in made):
        named = ", ".join(look.heading for look in made[:5] if look.heading)
        return f"no column holds free text and no heading asks a question ({named})"
    return None


def _told(layout: Layout, looks: Sequence[_Look]) -> tuple[str, ...]:
    found = layout.recognised
    if found.confidence >= DEFINITE:
        notes = [f"Read as {found.platform.name}: {'; '.join(found.reasons)}."]
    elif found.confidence > 0:
        notes = [
            f"This may be {found.platform.name} ({found.confidence:.0%}): {'; '.join(found.reasons)}. "
            "Look the drafted mapping over."
        ]
    else:
        notes = ["No platform was recognised; the mapping was drafted from the headings and the answers. Look it over."]
    notes += layout.notes
    counts = Counter(tidy(look.heading) for look in looks if look.heading)
    notes += [
        f"The heading “{look.heading}” stands over several columns; this one is column {letter(look.column)}."
        for look in looks
        if counts[tidy(look.heading)] > 1
    ]
    notes += [
        f"Column {letter(look.column)} (“{look.heading}”): the choices in a cell were told apart by how often they "
        "recur; "
        "give its list of options in the mapping if it has one."
        for look in looks
        if look.made is not None and look.made.role == "multi" and look.made.separator and look.made.separator != ";"
    ]
    return tuple(notes)
