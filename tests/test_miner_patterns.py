"""Each pattern finds what its examples mark, leaves alone what it should, and reads as it is written."""

from __future__ import annotations

import re

import pytest

from consultation import tables
from consultation.model import Comment, Element, Phrase, Question
from consultation.text import tidy
from consultation.wording.miner import lexicon, mine
from consultation.wording.miner.patterns import LEAVING, PATTERNS, Pattern
from consultation.wording.miner.pictures import read

_OLD = re.compile(r"\[([^\]]+)\]")
_NEW = re.compile(r"\{([^}]+)\}")


def found_in(example: str) -> tuple[str, list[Phrase]]:
    """What is mined from an example on a draft that is made of the words in square brackets."""
    said = _OLD.findall(re.sub(r"(?:^|(?<=[.!?] ))['\"]?\[\w", lambda first: first[0].lower(), example))
    wording = "Ahead lie " + ", beyond lie ".join(said or ["the hills"]) + "."
    text = _NEW.sub(r"\1", _OLD.sub(r"\1", example))
    comment = Comment(comment_id="c", response_id=None, event_id=None, source_id="s", locator="1", question_id="q",
                      heading=None, voice="person", text=text)  # fmt: skip
    question = Question(question_id="q", source_id="s", text="What do you think?", kind="open", elements=("1",))
    element = Element(code="1", kind="aim", parent=None, order=1, version="draft", wording=wording)
    table = mine(
        tables.frame("comments", [comment]), tables.frame("questions", [question]), tables.frame("elements", [element])
    )
    return text, tables.rows("phrases", table)


def asked(pattern: Pattern) -> str:
    return "replace" if pattern.kind == "rewrite" else pattern.kind


def cases(of: str, patterns: tuple[Pattern, ...]) -> list[object]:
    return [
        pytest.param(pattern, example, id=f"{pattern.name}: {example}")
        for pattern in patterns
        for example in getattr(pattern, of)
    ]


@pytest.mark.parametrize(("pattern", "example"), cases("leaves", PATTERNS))
def test_what_a_pattern_should_leave_alone_gives_no_such_finding(pattern: Pattern, example: str) -> None:
    _, found = found_in(example)
    assert asked(pattern) not in [row.kind for row in found], [row.why for row in found]


@pytest.mark.parametrize(("pattern", "example"), cases("finds", LEAVING))
def test_other_peoples_words_irony_and_praise_ask_for_nothing(pattern: Pattern, example: str) -> None:
    _, found = found_in(example)
    assert found == [], [row.why for row in found]


@pytest.mark.parametrize(("pattern", "example"), cases("finds", PATTERNS))
def test_what_a_pattern_should_find_is_found_with_its_new_words(pattern: Pattern, example: str) -> None:
    text, found = found_in(example)
    news, olds = _NEW.findall(example), _OLD.findall(example)
    meant = [row for row in found if row.kind == asked(pattern)]
    assert meant, [(row.kind, row.why) for row in found]
    said = [tidy(text[row.start : row.end]) for row in meant]
    assert any(tidy(word) in said for word in (news if pattern.kind in ("add", "rewrite") else olds)), said
    if news:
        assert tidy(news[0]) in [tidy(row.replacement or "") for row in meant]


def test_every_pattern_has_examples_and_a_name_of_its_own() -> None:
    names = [pattern.name for pattern in (*PATTERNS, *LEAVING)]
    assert len(names) == len(set(names))
    assert [pattern.name for pattern in (*PATTERNS, *LEAVING) if not pattern.finds] == []


def test_an_unknown_list_in_a_picture_is_refused_by_name() -> None:
    pattern = Pattern(name="x", kind="object", says=("NAMED is GHASTLY",), finds=())
    with pytest.raises(ValueError, match="“GHASTLY” in “NAMED is GHASTLY” is no list of the lexicon"):
        read(pattern, pattern.says[0])


def test_a_list_of_the_lexicon_is_used_somewhere() -> None:
    pictures = " ".join(says for pattern in (*PATTERNS, *LEAVING) for says in pattern.says)
    used = set(re.findall(r"[A-Z]{2,}", pictures))
    assert sorted(set(lexicon.LISTS) - used) == []
