"""What is held on a person is told whole, retention ends without spoiling counts, pseudonyms need their key."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from consultation import model, privacy, tables
from consultation.errors import ConsultationError
from consultation.settings import Retention
from consultation.store import Ledger

KEY = "5a" * 32


def world() -> dict[str, pd.DataFrame]:
    """Two people; the second is named in a comment of the first."""
    identity = [
        model.Identity(respondent_id="p-1", kind="name", value="Rosa Okafor"),
        model.Identity(respondent_id="p-1", kind="email", value="r.okafor@example.org"),
        model.Identity(respondent_id="p-2", kind="name", value="Tom Abara"),
        model.Identity(respondent_id="p-2", kind="phone", value="01632 960417"),
    ]
    responses = [
        model.Response(
            response_id=f"r-{n}", source_id="s-1", respondent_id=f"p-{n}", channel="questionnaire", supplied_id=f"10{n}"
        )
        for n in (1, 2)
    ]
    texts = {
        "c-1": ("r-1", "Tom Abara next door agrees."),
        "c-2": ("r-2", "Keep the pool."),
        "c-3": (None, "More trees"),
    }
    comments = [
        model.Comment(
            comment_id=comment, response_id=response, event_id=None, source_id="s-1", locator="row 2",
            question_id="q-1", heading=None, voice="person", text=text,
        )
        for comment, (response, text) in texts.items()
    ]  # fmt: skip
    return {
        "identity": tables.frame("identity", identity),
        "responses": tables.frame("responses", responses),
        "comments": tables.frame("comments", comments),
        "questions": tables.frame(
            "questions",
            [model.Question(question_id="q-2", source_id="s-1", text="Other?", kind="other_text"),
             model.Question(question_id="q-3", source_id="s-1", text="Agree?", kind="closed")],
        ),
        "answers": tables.frame(
            "answers",
            [model.Answer(response_id="r-1", question_id="q-2", value="by canoe", state="answered"),
             model.Answer(response_id="r-1", question_id="q-3", value="Yes", state="answered")],
        ),
        "tags": tables.frame(
            "tags",
            [model.Tag(comment_id="c-2", facet="element", code="2", score=0.9, origin="rule", why="“the pool”")],
        ),
        "personal_data": tables.frame(
            "personal_data", [model.PersonalData(comment_id="c-1", start=0, end=9, kind="name")]
        ),
    }  # fmt: skip


def on(query: str) -> dict[str, pd.DataFrame]:
    held = world()
    others = {name: held[name] for name in ("answers", "tags", "personal_data")}
    return privacy.person(held["identity"], held["responses"], held["comments"], query, others=others)


@pytest.mark.parametrize("query", ["tom abara", "Abara", "01632 960 417", "p-2", "r-2", "102"])
def test_a_person_is_found_by_name_number_or_id_with_everything_that_is_held(query: str) -> None:
    held = on(query)
    assert held["identity"]["value"].tolist() == ["Tom Abara", "01632 960417"]
    assert held["responses"]["response_id"].tolist() == ["r-2"]
    assert held["comments"]["text"].tolist() == ["Keep the pool."]
    assert held["tags"]["comment_id"].tolist() == ["c-2"]
    assert held["answers"].empty


def test_comments_in_which_others_name_a_person_are_told_apart() -> None:
    assert on("Tom Abara")["mentions"]["comment_id"].tolist() == ["c-1"]
    assert on("Rosa Okafor")["mentions"].empty


def test_nobody_is_found_by_part_of_a_word_and_short_queries_are_refused() -> None:
    assert on("Aba")["identity"].empty
    with pytest.raises(ConsultationError, match="too short"):
        on("To")


def test_nothing_is_purged_on_the_last_day_of_retention() -> None:
    retention = Retention(verbatim_until="2027-03-31", identity_until="2026-12-31")
    assert not privacy.purge_plan(Retention(), "2099-01-01").due
    plan = privacy.purge_plan(retention, "2027-03-31")
    assert (plan.verbatim, plan.identity) == (False, True)
    assert "until 2026-12-31" in plan.told[0]


def test_after_a_purge_no_words_remain_and_every_count_does(tmp_path: Path) -> None:
    before = world()
    plan = privacy.purge_plan(Retention(verbatim_until="2026-01-01", identity_until="2026-01-01"), "2026-01-02")
    after = privacy.purged(before, plan)
    told = " ".join(table.to_csv() for table in after.values())
    for words in ("Abara", "Okafor", "pool", "trees", "canoe", "example.org"):
        assert words not in told
    for name in ("responses", "comments", "answers", "tags", "questions"):
        assert len(after[name]) == len(before[name])
        assert list(after[name].columns) == list(before[name].columns)
    assert after["answers"]["value"].isna().tolist() == [True, False]
    assert after["tags"][["comment_id", "code"]].values.tolist() == [["c-2", "2"]]
    pd.testing.assert_frame_equal(before["comments"], world()["comments"])
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.append([privacy.purge_event(plan, "retention ended")], who="A. Officer", at="2026-01-02T09:00:00Z")
    assert ledger.verify() == []
    assert privacy.purged_on(ledger.events()) == "2026-01-02"
    assert privacy.purged_on([]) is None


def test_a_pseudonym_is_the_same_in_every_import_and_another_under_another_key() -> None:
    one = privacy.pseudonym(KEY, "email", "R.Okafor@example.org")
    assert one == privacy.pseudonym(KEY, "email", " r.okafor@example.org")
    assert one != privacy.pseudonym(privacy.new_key(), "email", "r.okafor@example.org")
    assert one.startswith("p-")


def test_pseudonyms_replace_ids_in_every_table_alike() -> None:
    held = world()
    after = privacy.pseudonymise(held, KEY)
    assert set(after["responses"]["respondent_id"]) == set(after["identity"]["respondent_id"])
    assert set(after["responses"]["respondent_id"]).isdisjoint(held["responses"]["respondent_id"])


def test_a_damaged_key_is_refused() -> None:
    with pytest.raises(ConsultationError, match="key of the pseudonyms is damaged"):
        privacy.pseudonym("abc", "email", "x@example.org")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We need more buses in the village and a shelter at the stop.", None),
        ("OK", None),
        ("I am very satisfied.", None),
        ("Excellent service, i.e. staff etc.", None),
        ("Llanfair Road, Abergavenny", None),
        ("Café, naïve façade", None),
        ("Mae angen mwy o fysiau yn y pentref, ac mae'r ffordd yn beryglus.", "cy"),
        ("Potrzebujemy więcej autobusów w naszej wsi, bo nie ma jak dojechać do pracy.", "pl"),
        ("Nous avons besoin de plus de bus dans le village.", "fr"),
        ("Avem nevoie de mai multe autobuze în sat, pentru că nu sunt destule.", "ro"),
        ("Necesitamos más autobuses en el pueblo porque no hay transporte.", "es"),
        ("نحتاج إلى المزيد من الحافلات", "und-Arab"),
        ("Нам потрібно більше автобусів", "und-Cyrl"),
        ("ਸਾਨੂੰ ਹੋਰ ਬੱਸਾਂ ਚਾਹੀਦੀਆਂ ਹਨ", "pa"),
        ("আমাদের আরও বাস দরকার", "bn"),
        ("我们需要更多公共汽车", "und-Hani"),
    ],
)
def test_texts_that_are_not_english_are_set_aside(text: str, language: str | None) -> None:
    assert privacy.language(text) == language


def test_what_the_source_says_about_a_language_stays() -> None:
    comments = pd.DataFrame(
        {"language": ["cy", None, None], "text": ["Buses", "Mae angen mwy o fysiau yma", "More buses"]}
    )
    marked = privacy.mark_languages(comments)
    assert [None if pd.isna(told) else told for told in marked["language"]] == ["cy", "cy", None]
