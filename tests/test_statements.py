"""Statements read well one after another, say nothing that is not known, and hold no English outside the words file."""

from __future__ import annotations

import dataclasses
import datetime
import html
import io
import re
from itertools import pairwise
from typing import Any

import bs4
import docx
import pandas as pd
import pytest

from consultation import model, reporting, statements, tables
from consultation.model import Point, Theme
from consultation.settings import QuantityWord
from consultation.wording import audit, blocks, points
from consultation.words import Words, english
from tests import invented
from tests.desk import Desk, small

NOW = datetime.date(2026, 3, 2)
VAGUE = {"vague": Theme(code="vague", name="Too vague", said="is too vague")}


def _point(number: int, **told: Any) -> Point:
    known = {"theme": "vague", "stance": "object", "statement": "Composed.", "drafted": True}
    return Point(point_id=f"t-{number}", **{**known, **told})


def _aloud(*told: Point, where: str | None = "this aim", **more: Any) -> list[str]:
    return statements.read_aloud([(point, where) for point in told], english(), VAGUE, **more)


def test_what_a_person_worded_and_what_must_stand_alone_are_left_as_they_are() -> None:
    assert _aloud(_point(1, statement="That it was woolly", drafted=False)) == ["That it was woolly"]
    assert _aloud(_point(1), where=None) == ["Composed."]


def test_neighbours_are_put_differently_and_each_time_in_the_same_way() -> None:
    for told in ({}, {"phrase": "live well", "theme": None}, {"stance": "support", "theme": None}):
        many = [_point(number, **told) for number in range(30)]
        said = _aloud(*many)
        assert all(one != other for one, other in pairwise(said))
        assert said == _aloud(*many)
        assert said[:20] == _aloud(*many[:20])


def test_a_quantity_is_the_one_that_a_person_stated_and_else_none_is_told() -> None:
    most = _point(1, quantity="Most", phrase="live well", theme=None)
    scale = (QuantityWord(word="most", from_share=0.75),)
    assert _aloud(most, scale=scale)[0].startswith("Most of you ")
    assert _aloud(most)[0].startswith("You ")


def test_every_way_of_putting_it_goes_with_one_person_and_with_many() -> None:
    texts = [form for key, told in english().told.items() if key.startswith("here.") for form in _forms(told)]
    assert len(texts) > 40
    assert [text for text in texts if re.search(r"\{you\} (are|is|was|were|have|has|\w+s) ", text)] == []


def _forms(told: Any) -> list[str]:
    return [told] if isinstance(told, str) else list(told.values()) if isinstance(told, dict) else list(told)


def _said(desk: Desk) -> list[str]:
    rows = desk.tables()["block_rows"]
    return list(rows[rows["side"] == "said"]["statement"])


def test_one_response_is_one_voice_and_one_workshop_line_is_a_groups() -> None:
    desk = small({"a1": "woolly"}, ("a1", "theme", "vague"), ("a1", "element", "1"))
    assert _said(desk)[0].startswith(("One of you ", "Someone "))
    desk = small({"w1": "woolly"}, ("w1", "theme", "vague"), ("w1", "element", "1"))
    assert _said(desk)[0].startswith("A group of you at a workshop ")


def test_a_theme_is_told_in_a_way_that_any_name_fits() -> None:
    named = {"us": Theme(code="us", name="This consultation")}
    point = _point(1, theme="us")
    told = statements.said(point, "milestone M1", english(), named)
    assert told == "You had concerns about milestone M1 (theme: This consultation)."
    for stance in model.STANCES:
        told = statements.read_aloud([(_point(1, theme="us", stance=stance), "this aim")], english(), named)[0]
        assert told.endswith(" (theme: This consultation).")


def test_words_of_the_council_end_with_one_stop() -> None:
    told = [statements.done("changed", english(), new=new) for new in ("All live well.", "All live well")]
    assert told == [
        "We have changed the wording to: “All live well.”",
        "We have changed the wording to: “All live well”.",
    ]


def test_words_that_are_gone_are_never_said_to_be_kept() -> None:
    desk = small(
        {"a1": "live well"}, ("a1", "element", "1"), ("a1", "stance", "object"),
        phrases=[{"comment": "a1", "words": "live well", "element": "1", "kind": "object"}],
    )  # fmt: skip
    (point,) = desk.tables()["points"]["point_id"]
    desk.add([("decision", {"point_id": point, "disposition": "retained_with_reason", "reason": "It is the law"})])
    assert "We have kept “live well”. It is the law." in _told(desk) or "We have not changed" in _told(desk)
    assert "kept_but_gone" not in {one.kind for one in audit.check(desk.tables(), desk.settings)}
    desk.add([("wording", {"element": "1", "version": "revised", "wording": "People are safe"})])
    assert "The wording does not say “live well” now." in _told(desk)
    assert not re.search("We have kept|We have not changed|Kept with a reason|kept with a reason", _told(desk))
    (found,) = [one for one in audit.check(desk.tables(), desk.settings) if one.kind == "kept_but_gone"]
    assert (found.severity, found.subject) == ("serious", point)


def _told(desk: Desk) -> str:
    """The report of a desk as text, every form that tells what became of a point."""
    forms = ["you_said_we_did", "we_did_not", "rationale", "key_issues", "findings", "headlines"]
    made = reporting.summarise(desk.tables(), desk.settings, english(), now=NOW, forms=forms, themes=desk.themes)
    return reporting.render(made, "md").decode()


def test_a_part_without_a_decision_is_never_said_to_be_done() -> None:
    desk = small({"a1": "vague"}, ("a1", "theme", "vague"), ("a1", "element", "1"))
    (point,) = desk.tables()["points"]["point_id"]
    assert "No decision has been recorded yet: the words of the draft stand." in _told(desk)
    desk.add([("decision", {"point_id": point, "disposition": "adopted", "reason": "You asked"})])
    told = next(line for line in _told(desk).split("\n") if line.startswith("| People live well"))
    assert "No decision has been recorded yet" not in told
    assert "We have agreed to this." in told
    assert not re.search("We have (done|made) this", _told(desk))


def test_the_third_person_counts_too() -> None:
    desk = small({"a1": "both"}, ("a1", "stance", "mixed"), ("a1", "element", "1"))
    told = _told(desk)
    assert re.search(r"(Someone|One person) (had mixed views of|saw more than one side to) ", told)
    assert not re.search("People (had|saw)|debate|different views", told)


def test_views_that_pull_against_each_other_are_told_as_some_and_others() -> None:
    texts = dict.fromkeys(("a1", "b1", "c1", "d1"), "a remark")
    rival = ("unrealistic", "unrealistic", "bolder", "bolder")
    tags = [(key, *tag) for key, code in zip(texts, rival, strict=True) for tag in (("element", "2"), ("theme", code))]
    desk = small(texts, *tags)
    told = blocks.draft(
        *(desk.tables()[name] for name in ("points", "point_elements", "decisions", "proposals", "elements")),
        desk.themes, (), desk.settings, evidence=desk.tables()["point_evidence"],
    )["block_rows"]  # fmt: skip
    assert [text.split(" of you ")[0] for text in told["statement"][:2]] == ["Some", "Others"]


# --- one place for all words --------------------------------------------------------------------------------------

OURS, THEIRS = "Zz", "Qq"
FREE = ("statement", "wording", "name", "text", "reason", "destination", "topic", "owner", "decided_by", "phrase",
        "replacement", "status_reason", "respondent_type", "place", "audience", "participants", "due")  # fmt: skip


def _foreign(text: str, word: str) -> str:
    """The text with every word but slots and "{…}" put into another language."""
    return re.sub(r"(\{\w+\})|[^\W\d_]+", lambda found: found[1] or word, text)


def _translated() -> Words:
    def told(text: Any) -> Any:
        if isinstance(text, str):
            return _foreign(text, OURS)
        return {k: told(v) for k, v in text.items()} if isinstance(text, dict) else tuple(map(told, text))

    return Words(language="cy", told={key: told(text) for key, text in english().told.items()})


def _in_their_language(held: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    def foreign(value: Any) -> Any:
        return _foreign(value, THEIRS) if isinstance(value, str) else value

    return {
        name: frame.assign(**{column: frame[column].map(foreign) for column in FREE if column in frame})
        for name, frame in held.items()
    }


def _english_left(text: str) -> set[str]:
    codes = r"[a-z]-\w+|\bvision\b|\bplan@example\.org\b"
    told = re.findall(r"[^\W\d_]{2,}", re.sub(codes, "", html.unescape(text)))
    return {word for word in told if word.capitalize() not in (OURS, THEIRS)}


@pytest.fixture(scope="module")
def held() -> dict[str, pd.DataFrame]:
    made = _in_their_language(invented.consultation(3, points=20, responses=40))
    made["responses"] = made["responses"].assign(wants_reply=True)
    measures = [
        model.Measurement(measure_id="m-1", element="1.1", name=THEIRS, year=year, value=float(year)) for year in (1, 2)
    ]
    return made | {"measurements": tables.frame("measurements", measures)} if "measurements" in tables.TABLES else made


SETTINGS = dataclasses.replace(
    invented.SETTINGS, title=THEIRS, body=THEIRS, stated_duration=THEIRS,
    channels=tuple(dataclasses.replace(c, audience=THEIRS, participants="15") for c in invented.SETTINGS.channels),
    quantity_words=(QuantityWord(word=THEIRS, from_share=0.0),),
)  # fmt: skip
THEMES = tuple(dataclasses.replace(theme, name=THEIRS, said=THEIRS) for theme in invented.THEMES)


def test_in_another_language_no_english_of_ours_is_left_in_any_form_and_no_number_changes(
    held: dict[str, pd.DataFrame],
) -> None:
    words = _translated()
    made = {
        spoken.language: reporting.summarise(
            held, SETTINGS, spoken, now=NOW, forms=list(reporting.FORMS), themes=THEMES, findings=1
        )
        for spoken in (words, english())
    }
    page = bs4.BeautifulSoup(reporting.render(made["cy"], "html", words=words), "html.parser")
    shown = [page.body.get_text(" "), page.title.get_text()]
    shown += [tag[name] for name in ("aria-label", "title", "alt") for tag in page.select(f"[{name}]")]
    shown.append(re.sub("<br>", " ", reporting.render(made["cy"], "md", words=words).decode()))
    assert _english_left(" ".join(shown)) == set()
    markdown = [
        reporting.render(made[name], "md", words=w).decode() for name, w in (("cy", words), ("en-GB", english()))
    ]
    assert re.findall(r"\d+", markdown[0]) == re.findall(r"\d+", markdown[1])


def test_letters_and_tracked_changes_are_in_that_language_too(held: dict[str, pd.DataFrame]) -> None:
    words, nobody = _translated(), tables.frame("identity")
    _, letters, _ = reporting.letters_to_respondents(held, nobody, SETTINGS, words, now=NOW)
    tracked = reporting.tracked_changes(held, SETTINGS, words, now=NOW, themes=THEMES)
    for data in (letters, tracked):
        document = docx.Document(io.BytesIO(data))
        parts = [part.text or "" for part in document.element.body.iter() if part.tag.endswith("}t")]
        parts += [comment.text for comment in document.comments]
        assert _english_left(" ".join(parts)) == set()


def test_statements_and_answers_are_drafted_in_that_language() -> None:
    texts = {"a1": "woolly", "b1": "live well", "c1": "more"}
    tags = [("a1", "element", "1"), ("a1", "theme", "vague"), ("c1", "stance", "mixed"), ("c1", "element", "2")]
    desk = small(texts, *tags, phrases=[{"comment": "b1", "words": "live well", "element": "1", "kind": "object"}])
    made = desk.tables()
    desk.add([("decision", {"point_id": made["points"]["point_id"][0], "disposition": "deferred", "reason": THEIRS})])
    held, words = _in_their_language(desk.tables()), _translated()
    themes = [dataclasses.replace(theme, name=THEIRS) for theme in desk.themes]
    phrases = desk.imported["phrases"].assign(phrase=THEIRS)
    said = points.gather(
        held["comments"], held["responses"], held["events"], held["elements"], themes, desk.imported["tags"], phrases,
        (), words=words,
    )  # fmt: skip
    told = blocks.draft(
        said["points"], said["point_elements"], held["decisions"], held["proposals"], held["elements"], themes, (),
        desk.settings, words=words,
    )  # fmt: skip
    drafted = [*said["points"]["statement"], *told["block_rows"]["statement"]]
    assert len(drafted) > 6
    assert _english_left(" ".join(drafted)) <= {"outcome"}  # a kind that this draft alone has, as it is written there
