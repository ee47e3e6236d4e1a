"""From tables to a finished report: run the forms, number the evidence, stamp what is not final."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from consultation import tables as named
from consultation.model import LedgerEvent, Theme
from consultation.reporting import counts, quotes, registry
from consultation.reporting.revisions import revisions
from consultation.reporting.rows import Evidence, Line, Report, Section, lines, with_lines, with_text
from consultation.reporting.view import View
from consultation.settings import Settings
from consultation.text import printable
from consultation.words import Words

DEFAULT_FORMS: Final = ("response_profile", "you_said_we_did", "we_did_not", "rationale", "before_after")
SHOWN_IDS: Final = 60  # of comments behind one statement; all are in the tables, and `why` lists them


def summarise(
    tables: named.Tables,
    settings: Settings,
    words: Words,
    *,
    now: datetime.date,
    forms: Sequence[str] = (),
    events: Sequence[LedgerEvent] = (),
    themes: Sequence[Theme] = (),
    findings: int = 0,
) -> Report:
    """The report as finished rows: the `forms` that are named, else those of `default_forms`. `now` dates it;
    `findings` is how many findings the audit has open.

    Reads `elements`, `lineage`, `points`, `point_elements`, `point_evidence`, `proposals`, `decisions`, `blocks`,
    `block_rows`, `commitments`, `responses`, `events`, `comments` and `tags`; one that is missing counts as empty.
    Quotations are printed only as `quotes.py` allows. Undecided points or open findings stamp the whole DRAFT;
    unchecked suggestions stamp it PROVISIONAL.
    Raises `ConsultationError` for a form that is not known.
    """
    view = View(
        tables=tables, settings=settings, words=words, now=now.isoformat()[:10], events=events, themes=themes,
        findings=findings,
    )  # fmt: skip
    forms = forms or default_forms(view.table("commitments"))
    made = [registry.found(registry.FORMS, form, "form of report")(view) for form in forms]
    sections, evidence = _numbered(view, made)
    held = quotes.quotable(view)
    evidence = tuple(replace(item, quotes=quotes.chosen(view, held, item.points)) for item in evidence)
    quotes.check((line for section in sections for block in section.blocks for line in lines(block)), held)
    quotes.check((line for item in evidence for line in item.quotes), held)
    stamps = _draft_stamps(view, [what for section in made for what in section.incomplete])
    report = Report(
        title=words("page.title", title=settings.title),
        body=settings.body,
        language=words.language,
        dated=view.now,
        dated_words=words.date(view.now),
        stamps=(*stamps, *_provisional(view)),
        draft=bool(stamps),
        sections=sections,
        evidence=evidence,
        footer=_footer(view),
    )
    return with_text(report, printable)


def default_forms(commitments: pd.DataFrame) -> tuple[str, ...]:
    """What a report holds where no form is named: short enough for a committee, and what was promised where anything
    was."""
    return DEFAULT_FORMS if commitments.empty else (*DEFAULT_FORMS, "commitments")


def tracked_changes(
    tables: named.Tables, settings: Settings, words: Words, *, now: datetime.date, themes: Sequence[Theme] = ()
) -> bytes:
    """The draft and the revised wording in one .docx with real tracked changes and a comment on each.

    Reads what `summarise` reads of elements, points, proposals and decisions.
    """
    from consultation.reporting.formats import tracked

    view = View(tables=tables, settings=settings, words=words, now=now.isoformat()[:10], themes=themes)
    title = words("tracked.title", title=settings.title)
    return tracked.render(revisions(view), words, title=title, author=settings.body, dated=view.now)


def letters_to_respondents(
    tables: named.Tables, identity: pd.DataFrame, settings: Settings, words: Words, *, now: datetime.date
) -> tuple[bytes, bytes, int]:
    """A mail-merge sheet (.csv) and the letters (.docx) for the respondents who asked for a reply (`wants_reply`), and
    how many of them are drafts: a letter is one while a point of its respondent's waits for a decision."""
    from consultation.reporting import letters

    view = View(tables=tables, settings=settings, words=words, now=now.isoformat()[:10])
    told = letters.letters(view, identity)
    return letters.as_csv(view, told), letters.as_docx(view, told), sum(letter.undecided > 0 for letter in told)


def _numbered(view: View, sections: Sequence[Section]) -> tuple[tuple[Section, ...], tuple[Evidence, ...]]:
    """Statements on the same points share a number; numbers follow the order of reading."""
    numbers: dict[tuple[str, ...], int] = {}
    for section in sections:
        for block in section.blocks:
            for line in lines(block):
                if line.points:
                    numbers.setdefault(line.points, len(numbers) + 1)

    def number(line: Line) -> Line:
        return replace(line, evidence=numbers.get(line.points))

    return (
        tuple(with_lines(section, number) for section in sections),
        tuple(_evidence(view, points, place) for points, place in numbers.items()),
    )


def _evidence(view: View, points: tuple[str, ...], number: int) -> Evidence:
    ids = list(dict.fromkeys(c for point in points for c in view.comments_behind.get(point, ())))
    hidden = len(ids) - SHOWN_IDS
    return Evidence(
        number=number,
        counts=_counts(view, points, ids),
        points=points,
        comments=tuple(ids[:SHOWN_IDS]),
        n_comments=len(ids),
        more=view.words("and_more", count=hidden) if hidden > 0 else "",
    )


def _counts(view: View, points: Iterable[str], linked: Sequence[str]) -> str:
    """The counts of one point as they are stated; of several, only what can be counted without adding people twice."""
    words = view.words
    told = [view.points[point] for point in points if point in view.points]
    if len(told) == 1:
        counted = counts.counted(view, told[0])
    else:
        comments = [comment for comment in linked if comment not in view.uncounted_comments]
        apart = sum(comment not in view.of_campaigns for comment in comments)
        counted = [text for text in [counts.number_of(view, "comments", len(comments), apart)] if text]
    return words.listed(counted) or words("evidence.no_count" if told else "evidence.own")


def _draft_stamps(view: View, incomplete: Sequence[str]) -> list[str]:
    words = view.words
    stamps = []
    if waiting := len(view.undecided):
        stamps.append(words("stamp.draft.undecided", count=waiting))
    if view.findings:
        stamps.append(words("stamp.draft.findings", count=view.findings))
    if incomplete:
        stamps.append(words("stamp.draft.incomplete", what=words.listed(dict.fromkeys(incomplete))))
    return stamps


def _provisional(view: View) -> list[str]:
    unchecked, total = view.suggestions
    if not unchecked:
        return []
    return [view.words("stamp.provisional", count=unchecked, total=view.words.number(total))]


def _footer(view: View) -> tuple[str, ...]:
    told = [view.words("page.footer", body=view.settings.body)]
    if view.settings.notify:
        told.append(view.words("page.contact", contact=view.words.listed(view.settings.notify.values(), "list.or")))
    return tuple(told)
