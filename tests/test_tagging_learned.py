"""Learning from officers: what labels buy, what is kept, and that a model file is safe and the same twice."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from consultation import tables, tagging
from consultation.errors import ConsultationError
from consultation.model import Comment, LedgerEvent, Response, Theme
from consultation.settings import Settings
from consultation.tagging.learned import calibration, facet
from consultation.tagging.learned.groups import together
from consultation.tagging.meaning import embedding

THINGS = {
    "cold": ("freezing", "draughty", "no heating", "radiators", "chilly", "shivering"),
    "noise": ("loud", "shouting", "drills", "deafening", "sirens", "racket"),
    "price": ("expensive", "dear", "charges", "fees", "costly", "overpriced"),
    "praise": ("lovely", "friendly", "splendid", "cheerful", "welcoming", "kind"),
}
THEMES = tuple(Theme(code=code, name=f"About {code}") for code in THINGS)
PLACES = ("hall", "pool", "bus", "market", "park", "station", "museum", "office")


def made(count: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """Comments, each about one thing in some place, by thirty people; and the code of each."""
    rng = np.random.default_rng(7)
    rows, truth = [], {}
    for place in range(count):
        code = str(rng.choice(list(THINGS)))
        first, second = rng.choice(THINGS[code], 2, replace=False)
        where = rng.choice(PLACES)
        rows.append(
            Comment(
                comment_id=f"c-{place:04}", response_id=f"r-{place % 30:02}", event_id=None, source_id="s-1",
                locator="", question_id=None, heading=None, voice="person",
                text=f"The {where} was {first} and {second} ({place})",
            )
        )  # fmt: skip
        truth[f"c-{place:04}"] = code
    return tables.frame("comments", rows), truth


def confirmed(truth: dict[str, str], who: str = "Ann") -> list[LedgerEvent]:
    return [
        LedgerEvent(
            seq=seq, event_id=f"e-{seq}", at=f"2026-01-{1 + seq % 28:02}", who=who, what="tag",
            payload={"comment_id": comment, "facet": "theme", "code": code, "status": "confirmed"},
        )
        for seq, (comment, code) in enumerate(truth.items())
    ]  # fmt: skip


def given(comments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, Sequence[Theme]]:
    return comments, tables.frame("questions"), tables.frame("elements"), THEMES


@pytest.fixture(scope="module")
def taught() -> tuple[pd.DataFrame, dict[str, str], list[LedgerEvent], tagging.Model]:
    comments, truth = made(120)
    events = confirmed(dict(list(truth.items())[:60]))
    return comments, truth, events, tagging.learn(*given(comments), events)


def right(tags: pd.DataFrame, truth: dict[str, str], test: Sequence[str]) -> float:
    mine = tags[(tags["facet"] == "theme") & (tags["status"] == "suggested") & tags["comment_id"].isin(test)]
    hits = sum(truth[comment] == code for comment, code in zip(mine["comment_id"], mine["code"], strict=True))
    return 2 * hits / (len(mine) + len(test))


def test_sixty_labels_teach_what_the_descriptions_could_not(taught: tuple) -> None:
    comments, truth, _, model = taught
    test = list(truth)[60:]
    before, after = tagging.tag(*given(comments)), tagging.tag(*given(comments), model=model)
    assert right(before, truth, test) < 0.8
    assert right(after, truth, test) > 0.9


def test_a_learned_suggestion_shows_the_words_the_labels_behind_it_and_the_model(taught: tuple) -> None:
    """R37."""
    comments, truth, _, model = taught
    tags = tagging.tag(*given(comments), model=model)
    mine = tags[(tags["comment_id"] == "c-0100") & (tags["facet"] == "theme")].iloc[0]
    text = comments.set_index("comment_id").loc["c-0100", "text"]
    assert any(word in text[mine["start"] : mine["end"]] for word in " ".join(THINGS[truth["c-0100"]]).split())
    assert "learned from" in mine["why"]
    assert "like c-" in mine["why"]
    assert mine["model_version"] == model.version
    assert 0 < mine["score"] < 1


def test_too_few_labels_are_met_with_how_many_are_needed() -> None:
    comments, truth = made(30)
    with pytest.raises(ConsultationError, match=r"people have labelled 10 comments, and 25 are needed"):
        tagging.learn(*given(comments), confirmed(dict(list(truth.items())[:10])))


def test_a_theme_newer_than_the_model_is_still_suggested_by_its_words(taught: tuple) -> None:
    comments, _, _, model = taught
    new = Theme(code="steps", name="Steps and stairs", cues=("too many steps",))
    extra = tables.conform("comments", comments.assign(text=["Too many steps", *comments["text"].tolist()[1:]]))
    scores = tagging.scores(extra, tables.frame("questions"), tables.frame("elements"), (*THEMES, new), model=model)
    assert scores.loc["c-0000"].idxmax() == "steps"


def test_a_model_is_saved_without_pickle_and_loads_as_it_was(taught: tuple, tmp_path: Path) -> None:
    comments, _, _, model = taught
    tagging.save(model, tmp_path / "model")
    again = tagging.load(tmp_path / "model")
    pd.testing.assert_frame_equal(
        tagging.tag(*given(comments), model=model), tagging.tag(*given(comments), model=again)
    )
    tagging.save(again, tmp_path / "twice")
    assert (tmp_path / "model" / "model.npz").read_bytes() == (tmp_path / "twice" / "model.npz").read_bytes()
    with np.load(tmp_path / "model" / "model.npz", allow_pickle=False) as held:
        assert all(held[name].dtype != object for name in held.files)


def test_a_model_holds_no_word_of_a_respondent(taught: tuple, tmp_path: Path) -> None:
    tagging.save(taught[3], tmp_path)
    held = np.load(tmp_path / "model.npz", allow_pickle=False)
    blob = b"".join(held[name].tobytes() for name in held.files)
    assert not any(word.encode() in blob for words in THINGS.values() for word in words)


def test_the_card_tells_data_date_figures_and_limits(taught: tuple, tmp_path: Path) -> None:
    tagging.save(taught[3], tmp_path)
    card = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert card["learned_up_to"] == "2026-01-28"
    assert card["labelled_by"] == ["Ann"]
    assert card["figures_on_comments_not_seen"]["theme"]["labelled_comments"] == 60
    assert card["limits"]


@pytest.mark.parametrize("spoil", [b"", b"not a model", b"PK\x03\x04 cut off"])
def test_a_damaged_model_is_refused_in_plain_words(taught: tuple, tmp_path: Path, spoil: bytes) -> None:
    tagging.save(taught[3], tmp_path)
    (tmp_path / "model.npz").write_bytes(spoil)
    with pytest.raises(ConsultationError, match="damaged or is not one of ours"):
        tagging.load(tmp_path)


def test_a_model_with_objects_in_it_is_never_unpickled(taught: tuple, tmp_path: Path) -> None:
    tagging.save(taught[3], tmp_path)
    np.savez(tmp_path / "model.npz", shape=np.array([object()], dtype=object))
    with pytest.raises(ConsultationError, match="damaged or is not one of ours"):
        tagging.load(tmp_path)


def test_learning_twice_gives_the_same_model(taught: tuple, tmp_path: Path) -> None:
    comments, _, events, model = taught
    tagging.save(model, tmp_path / "one")
    tagging.save(tagging.learn(*given(comments), events), tmp_path / "two")
    for name in ("model.npz", "card.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_no_tag_may_stand_alone_below_two_hundred_labelled_comments(taught: tuple) -> None:
    assert taught[3].facets["theme"].cut is None
    chance, truth = np.full((200, 1), 0.9), np.ones((200, 1), dtype=bool)
    assert calibration.cut(chance, truth, truth, 0.9) == pytest.approx(0.9)
    assert calibration.cut(chance[:199], truth[:199], truth[:199], 0.9) is None


def test_one_respondent_one_text_and_one_campaign_never_straddle_folds() -> None:
    """R35."""
    comments, _ = made(60)
    comments.loc[3, "text"] = comments.loc[40, "text"].upper()
    comments.loc[[5, 17], "campaign_id"] = "k-1"
    responses = tables.frame(
        "responses",
        [
            Response(response_id=f"r-{n:02}", source_id="s-1", respondent_id=who, channel="letter")
            for n in range(30)
            for who in ("p-same" if n in (1, 2) else f"p-{n}",)
        ],
    )  # fmt: skip
    groups = together(comments, responses)
    assert groups[3] == groups[40]
    assert groups[5] == groups[17]
    assert groups[1] == groups[2] == groups[31]
    for learn, test in facet.folds(groups):
        assert not set(groups[learn]) & set(groups[test])


def test_everything_works_without_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "load", lambda: None)
    comments, truth = made(120)
    model = tagging.learn(*given(comments), confirmed(dict(list(truth.items())[:60])))
    assert right(tagging.tag(*given(comments), model=model), truth, list(truth)[60:]) > 0.9
    assert len(tagging.queue(*given(comments), size=10)) == 10


def test_a_model_learned_with_other_vectors_is_to_be_learned_again(
    taught: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "load", lambda: None)
    with pytest.raises(ConsultationError, match="learned with another sentence model"):
        tagging.tag(*given(taught[0]), model=taught[3])


def test_a_sentence_model_without_its_libraries_is_met_with_the_line_to_type() -> None:
    if find_spec("sentence_transformers"):
        pytest.skip("the extra `semantic` is installed")
    with pytest.raises(ConsultationError, match="libraries for a sentence model") as told:
        tagging.tag(*given(made(1)[0]), settings=Settings(sentence_model="any"))
    assert told.value.do == 'Type: pip install "consultation[semantic]"'


def test_a_sentence_model_in_a_folder_takes_the_place_of_the_table(tmp_path: Path) -> None:
    if not find_spec("sentence_transformers"):
        pytest.skip('the extra `semantic` is not installed: pip install "consultation[semantic]"')
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    comments, truth = made(120)
    names = sorted({word for text in comments["text"] for word in re.findall(r"\w+|\S", text)})
    tokenizer = Tokenizer(models.WordLevel({"?": 0, **{name: at + 1 for at, name in enumerate(names)}}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    vectors = np.random.default_rng(0).normal(size=(len(names) + 1, 16)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=vectors)]).save(str(tmp_path / "tiny"))
    settings = Settings(sentence_model=str(tmp_path / "tiny"))
    model = tagging.learn(*given(comments), confirmed(dict(list(truth.items())[:60])), settings=settings)
    assert len(model.maker.mean) == 16
    tags = tagging.tag(*given(comments), settings=settings, model=model)
    assert right(tags, truth, list(truth)[60:]) > 0.9
    with pytest.raises(ConsultationError, match="is not on this machine"):
        tagging.tag(*given(comments), settings=Settings(sentence_model=str(tmp_path / "none")))
