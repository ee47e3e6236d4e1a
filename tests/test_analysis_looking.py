"""Finding comments and looking at them: search, words in context, coding stripes, cards, the heat map."""

from __future__ import annotations

import re

import bs4
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import tables
from consultation.analysis import cards
from consultation.analysis.finding import concordance, places, search
from consultation.analysis.heat import heat, salience
from consultation.analysis.shown import Shown
from consultation.analysis.stripes import marks, stripes
from consultation.errors import ConsultationError
from consultation.settings import Suppression
from tests.analyst import THEMES, consultation

HOSTILE = "<script>alert(1)</script> & “Hard-pressed” says Jo Bloggs\x00.\r\nIt is jargon"
ROWS = (
    ("a", "resident", "Buses for disabled people, please.", "theme:leaves_out", "element:1.1", "audience:disabled"),
    ("b", "staff", "The bus is late. I am disabled too.", "theme:vague", "element:1"),
    ("", "", "busy streets", "element:2"),
    ("c", "resident", HOSTILE, "theme:jargon", "element:1.1"),
)


@pytest.fixture
def held() -> dict[str, pd.DataFrame]:
    made = consultation(ROWS)
    at = HOSTILE.index("Hard-pressed")
    phrase = {
        "phrase_id": "f-1", "comment_id": "c-3", "element": "1.1", "phrase": "hard-pressed", "start": at,
        "end": at + 12, "kind": "object", "match": "exact", "score": 1.0, "why": "",
    }  # fmt: skip
    name = HOSTILE.index("Jo Bloggs")
    person = {"comment_id": "c-3", "start": name, "end": name + 9, "kind": "name"}
    point = {"point_id": "t-1", "theme": "jargon", "stance": "object", "statement": "You said <b>it</b> was jargon.",
             "n_responses": 1, "n_comments": 1, "n_events": 0}  # fmt: skip
    decision = {"decision_id": "d-1", "point_id": "t-1", "disposition": "adopted", "reason": "It was."}
    return made | {
        "phrases": tables.frame("phrases", [phrase]),
        "personal_data": tables.frame("personal_data", [person]),
        "points": tables.frame("points", [point]),
        "point_elements": tables.frame("point_elements", [{"point_id": "t-1", "element": "1.1"}]),
        "point_evidence": tables.frame("point_evidence", [{"point_id": "t-1", "comment_id": "c-3"}]),
        "decisions": tables.frame("decisions", [decision]),
    }


# --- search and concordance -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "stemmed", "found"),
    [
        ("bus", False, ["c-1"]),
        ("bus*", False, ["c-0", "c-1", "c-2"]),
        ("BUSES", False, ["c-0"]),
        ("bus", True, ["c-0", "c-1"]),
        ("disabled people", False, ["c-0"]),
        ("late I", False, ["c-1"]),
        ("hard-pressed", False, ["c-3"]),
        ("pressed", False, ["c-3"]),
    ],
)
def test_words_stand_whole_unless_they_may_go_on(
    held: dict[str, pd.DataFrame], words: str, stemmed: bool, found: list[str]
) -> None:
    assert sorted(search(held, words, stemmed=stemmed)["comment_id"]) == found
    assert sorted(concordance(held, words, stemmed=stemmed)["comment_id"].unique()) == found


def test_conditions_narrow_and_several_values_widen(held: dict[str, pd.DataFrame]) -> None:
    assert list(search(held, theme=["vague", "jargon"], channel="questionnaire")["comment_id"]) == ["c-1", "c-3"]
    assert list(search(held, theme="jargon", respondent_type="staff")["comment_id"]) == []
    assert list(search(held, voice="group")["channel"]) == ["workshop"]
    assert search(held, "bus*", audience="disabled").iloc[0]["themes"] == ("leaves_out",)


def test_an_element_stands_for_all_that_is_below_it(held: dict[str, pd.DataFrame]) -> None:
    assert set(search(held, element="1")["comment_id"]) == {"c-0", "c-1", "c-3"}
    assert set(search(held, element="1.1")["comment_id"]) == {"c-0", "c-3"}


def test_comments_set_aside_are_found_only_when_asked_for(held: dict[str, pd.DataFrame]) -> None:
    held["comments"].loc[0, "status"] = "excluded"
    assert "c-0" not in set(search(held)["comment_id"])
    assert list(search(held, status="excluded")["comment_id"]) == ["c-0"]
    assert len(search(held, status="any")) == 4


def test_what_is_nowhere_in_the_tables_is_met_with_the_nearest(held: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(ConsultationError, match=r"There is no theme “jargn” here.\n.*“jargon”"):
        search(held, theme="jargn")
    with pytest.raises(ConsultationError, match="There is no word to look for"):
        concordance(held, "*")


def test_a_concordance_may_stand_in_the_order_of_what_follows(held: dict[str, pd.DataFrame]) -> None:
    lines = concordance(held, "disabled", order="right")
    assert list(lines["right"]) == [" people, please.", " too."]
    assert list(concordance(held, "disabled", order="left")["left"]) == ["The bus is late. I am ", "Buses for "]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=80), word=st.sampled_from(["bus", "bus*", "hard pressed", "care"]), stemmed=st.booleans())
def test_a_place_lies_within_its_text_and_says_the_words(text: str, word: str, stemmed: bool) -> None:
    for start, end in places(word, stemmed=stemmed)(f"Bus, caring {text} hard-pressed bus"):
        assert 0 <= start < end <= len(f"Bus, caring {text} hard-pressed bus")
    assert places(word, stemmed=True)("the buses; hard, pressed. Caring.")


# --- stripes, cards, heat ---------------------------------------------------------------------------------------------


def visible(shown: Shown) -> str:
    return bs4.BeautifulSoup(shown.html, "html.parser").get_text(" ")


def test_everything_found_in_a_comment_is_told_by_place(held: dict[str, pd.DataFrame]) -> None:
    told = marks(held, "c-3", themes=THEMES)
    assert list(told["layer"]) == ["element", "theme", "phrase", "personal data"]
    assert list(told["text"])[2:] == ["Hard-pressed", "Jo Bloggs"]
    assert all(HOSTILE[a:b] == text for a, b, text in zip(told["start"], told["end"], told["text"], strict=True))


def test_stripes_name_each_code_and_mark_in_words_and_let_no_markup_through(held: dict[str, pd.DataFrame]) -> None:
    shown = stripes(held, "c-3", themes=THEMES)
    assert "<script>" not in shown.html
    assert "\x00" not in shown.html
    for label in ("theme: Jargon", "Jargon, suggested", "[objects to this]", "[personal data: name, open]"):
        assert label in visible(shown)
    table = bs4.BeautifulSoup(shown.html, "html.parser")
    for mark in table.select("sub"):
        mark.extract()
    told = "".join(cell.get_text() for cell in table.select("tbody th"))
    assert told.replace("\n", "") == HOSTILE.replace("\r\n", "").replace("\x00", "␀")  # not a character of it is lost


ONE = consultation([("a", "", "words", "theme:vague")])


@settings(max_examples=25, deadline=None)
@given(
    text=st.text(min_size=1, max_size=60), spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4)
)
def test_no_comment_breaks_out_of_its_stripes(text: str, spans: list[tuple[int, int]]) -> None:
    made = ONE | {"comments": ONE["comments"].assign(text=text)}
    personal = [
        {"comment_id": "c-0", "start": a, "end": min(a + n, len(text)), "kind": f"k{at}"}
        for at, (a, n) in enumerate(spans)
        if a < len(text)
    ]
    shown = stripes(made | {"personal_data": tables.frame("personal_data", personal)}, "c-0")
    tags = {tag.name for tag in bs4.BeautifulSoup(shown.html, "html.parser").find_all()}
    assert tags <= {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "span", "mark", "sub"}


def test_a_card_says_what_was_said_and_decided(held: dict[str, pd.DataFrame]) -> None:
    assert "You said <b>it</b> was jargon. (1 response, 1 comment): Adopted" in cards.element(held, "1.1").text
    assert "<b>it" not in cards.element(held, "1.1").html
    assert "Its wording is not held." in cards.element(held, "2").text
    assert cards.diff(held, "1.1").text.endswith("[removed: Hard-pressed] [added: All] families can cross.")
    assert "[removed]" in visible(cards.diff(held, "1.1"))


def test_a_point_covers_personal_data_and_withholds_small_groups(held: dict[str, pd.DataFrame]) -> None:
    shown = cards.point(held, "t-1", suppress=Suppression(below=5))
    assert "Jo Bloggs" not in shown.html
    assert "[name]" in visible(shown)
    assert "by whom: resident, staff (numbers withheld)" in shown.text
    assert "by whom: 1 resident\n" in cards.point(held, "t-1").text
    with pytest.raises(ConsultationError, match="There is no point “t-2”"):
        cards.point(held, "t-2")


def test_heat_has_a_number_beside_every_colour_and_spells_the_draft(held: dict[str, pd.DataFrame]) -> None:
    spoken = salience(held)
    assert list(spoken["word"]) == [
        "Streets",
        "are",
        "vibrant",
        "and",
        "safe",
        "Hard-pressed",
        "families",
        "can",
        "cross",
    ]
    assert spoken.set_index("word")["comments"].to_dict()["Hard-pressed"] == 1
    shown = heat(held)
    assert shown.text.startswith("1.1: [Hard-pressed 1] families can cross.")
    drawn = bs4.BeautifulSoup(shown.html, "html.parser")
    assert all(re.fullmatch(r"\d+", mark.sup.get_text()) for mark in drawn.select("mark") if mark.sup)
    assert len(drawn.select("mark sup")) == len(drawn.select("mark"))
    assert "Nobody spoke" in heat(consultation([])).text
