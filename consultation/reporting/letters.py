"""Letters to respondents who asked to hear: what you said, where it went, what we did; from the trace, one by one.

A letter holds the points that the respondent's own comments lie behind, never anyone else's words. It is written as a
sheet for a mail merge and as Word letters, a page or more each. Identity enters here alone, for the address.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from consultation.reporting import sentences
from consultation.reporting.formats import word_style, word_xml
from consultation.reporting.formats.word import insert_at_end
from consultation.reporting.formats.zipped import repacked
from consultation.reporting.rows import Table, cell
from consultation.reporting.view import View
from consultation.separated import guarded
from consultation.statements import sentence
from consultation.text import printable

COLUMNS: Final = ("response", "name", "email", "address", "salutation", "points", "answers", "undecided")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One point of a respondent's and what became of it."""

    said: str
    about: str
    done: str
    is_decided: bool


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What one respondent is told."""

    response_id: str
    name: str
    email: str
    address: str
    answers: tuple[Answer, ...]

    @property
    def undecided(self) -> int:
        """How many of its points wait for a decision: until there are none the letter is a draft."""
        return sum(not answer.is_decided for answer in self.answers)


def letters(view: View, identity: pd.DataFrame) -> list[Letter]:
    """A letter for each response that is counted and asked for a reply, in order of response.

    `identity` is the private table; of it only name, email and address are used.
    """
    asked = view.included[view.included["wants_reply"].fillna(False).astype(bool)]
    points_of = _points_of(view, set(asked["response_id"]))
    known = {
        (row.respondent_id, row.kind): row.value
        for row in identity.itertuples()
        if row.kind in ("name", "email", "address")
    }
    return [
        Letter(
            response_id=response,
            name=printable(str(known.get((person, "name"), ""))),
            email=printable(str(known.get((person, "email"), ""))),
            address=printable(str(known.get((person, "address"), ""))),
            answers=tuple(_answer(view, point) for point in points_of.get(response, [])),
        )
        for response, person in sorted(zip(asked["response_id"], asked["respondent_id"], strict=True))
    ]


def _points_of(view: View, asked: set[str]) -> dict[str, list[str]]:
    """response -> points that stand and rest on one of its comments."""
    comments = view.table("comments")
    own = comments[comments["response_id"].isin(asked)]
    evidence = view.table("point_evidence").merge(own[["comment_id", "response_id"]], on="comment_id")
    found = evidence[evidence["point_id"].isin(list(view.points))].drop_duplicates(["response_id", "point_id"])
    return {str(key): list(points) for key, points in found.groupby("response_id")["point_id"]}


def _answer(view: View, point_id: str) -> Answer:
    point = view.points[point_id]
    decision = view.answer(point_id)
    about = [view.label(code) for code in view.elements_of.get(point_id, ()) if code in view.elements]
    return Answer(
        said=printable(sentence(point.statement)),
        about=printable(view.words.listed(about) or view.words("element.whole")),
        done=printable(
            sentences.answered(view, decision, point) if decision else view.words("rationale.undecided.new")
        ),
        is_decided=decision is not None,
    )


def as_csv(view: View, told: Sequence[Letter]) -> bytes:
    """A sheet for a mail merge, UTF-8 with a mark so that Excel reads it. A text that a spreadsheet would take for a
    formula is given a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for letter in told:
        salutation = _salutation(view, letter)
        said = "\n".join(answer.said for answer in letter.answers)
        done = "\n".join(answer.done for answer in letter.answers)
        to = (letter.response_id, letter.name, letter.email, letter.address, salutation)
        writer.writerow(map(guarded, (*to, said, done, str(letter.undecided))))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def as_docx(view: View, told: Sequence[Letter]) -> bytes:
    """The letters in one Word document, each on a page of its own."""
    document = Document(io.BytesIO(word_style.built_in(view.words.language)))
    for part in list(document.element.body)[:-1]:
        document.element.body.remove(part)
    for section in document.sections:
        for running in (section.header, section.footer):
            for paragraph in running.paragraphs:
                paragraph.text = ""
    for place, letter in enumerate(told):
        if place:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _write(document, view, letter)
    core = document.core_properties
    core.title, core.author, core.language = view.words("letter.title"), view.settings.body, view.words.language
    core.comments = ""
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), view.now)


def _write(document: Any, view: View, letter: Letter) -> None:
    words, settings = view.words, view.settings
    if letter.undecided:
        document.add_paragraph().add_run(words("stamp.draft.undecided", count=letter.undecided)).bold = True
    for line in (letter.name, *letter.address.split("\n")):
        if line.strip():
            document.add_paragraph(line)
    document.add_paragraph(words.date(view.now))
    document.add_paragraph(_salutation(view, letter))
    document.add_paragraph(words("letter.head", title=settings.title), style="Heading 1")
    document.add_paragraph(words("letter.thanks", title=settings.title))
    if letter.answers:
        document.add_paragraph(words("letter.lead"))
        insert_at_end(document, _table(view, letter))
    else:
        document.add_paragraph(words("letter.none"))
    for place, text in enumerate(_closing(view)):
        document.add_paragraph(text).paragraph_format.space_before = Pt(0 if place else 12)


def _closing(view: View) -> Iterator[str]:
    words, settings = view.words, view.settings
    if settings.notify:
        yield words("letter.contact", contact=words.listed(settings.notify.values(), "list.or"))
    yield words("letter.close")
    yield settings.body


def _table(view: View, letter: Letter) -> str:
    words = view.words
    told = Table(
        caption=words("letter.caption"),
        header=(words("letter.said"), words("letter.where"), words("letter.did")),
        rows=tuple((cell(a.said), cell(a.about), cell(a.done)) for a in letter.answers),
        widths=(38, 22, 40),
        row_heads=True,
    )
    return word_xml.table(told, 9638)  # the text width of the built-in A4 page, in twentieths of a point


def _salutation(view: View, letter: Letter) -> str:
    return view.words("letter.dear", name=letter.name) if letter.name else view.words("letter.dear.nobody")
