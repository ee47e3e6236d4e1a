"""Letters and petitions: one response each, its paragraphs as comments, its whole text kept, its writer kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.reading.documents import rebuild
from consultation.reading.documents.plain import exact, read
from tests.documents_fixtures import balanced, p, reading, rows, table, texts, word

LETTER = """14 Mill Lane
Elmbridge
EB4 7QT

12 May 2025

Dear Sir or Madam,

Re: Draft plan

I have lived here for forty years and I read the draft with
interest. Outcome 2.3 is vague: "vibrant" could mean anything
at all.

Please keep the words about walking. They matter to those of us
who do not drive.

Yours faithfully,

Agnes Tolliver
agnes.tolliver@example.org

P.S. Fix the clock.
"""


def test_a_letter_is_one_response_with_its_paragraphs_as_comments(tmp_path: Path) -> None:
    found = reading(tmp_path, "letter.txt", LETTER)
    [response] = found.tables["responses"].to_dict("records")
    assert (response["channel"], response["submitted_at"]) == ("letter", "2025-05-12")
    said = rows(found, status="included")
    assert [text.splitlines()[0] for text in said["text"]] == [
        "I have lived here for forty years and I read the draft with", "Please keep the words about walking. They "
            "matter to those of us",
        "P.S. Fix the clock.",
    ]  # fmt: skip
    assert set(said["response_id"]) == {response["response_id"]}
    assert set(said["voice"]) == {"person"}
    assert len(found.tables["events"]) == 0
    assert balanced(found)


def test_who_wrote_it_is_in_the_identity_table_and_nowhere_else(tmp_path: Path) -> None:
    found = reading(tmp_path, "letter.txt", LETTER)
    told = found.tables["identity"]
    assert set(zip(told["kind"], told["value"], strict=True)) == {
        ("address", "14 Mill Lane"), ("address", "Elmbridge"), ("address", "EB4 7QT"), ("name", "Agnes Tolliver"),
        ("email", "agnes.tolliver@example.org"),
    }  # fmt: skip
    for name, frame in found.tables.items():
        if name not in ("identity", "cells"):
            assert "Tolliver" not in frame.to_csv(), name
            assert "Mill Lane" not in frame.to_csv(), name


def test_greeting_and_closing_are_kept_and_set_aside(tmp_path: Path) -> None:
    found = reading(tmp_path, "letter.txt", LETTER)
    aside = rows(found, status="excluded")
    assert set(aside["text"]) == {"12 May 2025", "Dear Sir or Madam,", "Re: Draft plan", "Yours faithfully,"}
    assert set(aside["status_reason"]) == {"greeting or closing words", "date, reference or subject line"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_the_letter_is_rebuilt_byte_for_byte(tmp_path: Path, encoding: str, ends: str) -> None:
    raw = LETTER.replace('"vibrant"', "“vibrant”").replace("\n", ends).encode(encoding)
    found = reading(tmp_path, "letter.txt", raw)
    stored = found.tables["cells"]["storage"].iloc[0]
    assert rebuild(found.tables["cells"]).encode(stored) == raw
    assert len(texts(found, status="included")) == 3


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB.:-*#>|_ \t\n\r1)\f\ufeff£’✓="), max_size=120), st.booleans())
def test_parts_of_any_text_spell_it(text: str, markdown: bool) -> None:
    data = text.encode("utf-8")
    found = read(data, "x.md" if markdown else "x.txt")
    assert "".join(part.raw for part in found.parts) == exact(data)[0]
    assert all(part.text in part.raw for part in found.parts)


def test_a_letter_in_word(tmp_path: Path) -> None:
    found = reading(tmp_path, "letter.docx", word(
        p("Elmbridge Civic Society"), p("12 May 2025"), p("Dear Ms Orme"), p("We welcome the opportunity to respond."),
        p("Outcome 1 should name older people."), p("Kind regards"), p("Jo Frost"), p("Elmbridge Civic Society"),
    ))  # fmt: skip
    assert texts(found, status="included") == [
        "We welcome the opportunity to respond.",
        "Outcome 1 should name older people.",
    ]
    assert ("name", "Jo Frost") in set(
        zip(found.tables["identity"]["kind"], found.tables["identity"]["value"], strict=True)
    )
    assert found.mapping.channel == "letter"


def test_a_last_line_that_could_be_a_name_stays_a_comment_without_a_closing(tmp_path: Path) -> None:
    found = reading(tmp_path, "l.txt", "Dear all,\n\nI do not like the plan at all.\n\nSave Our Library\n")
    assert texts(found, status="included") == ["I do not like the plan at all.", "Save Our Library"]


def test_what_the_officer_says_it_is_goes_before_the_signs(tmp_path: Path) -> None:
    assert len(reading(tmp_path, "letter.txt", LETTER, channel="workshop").tables["responses"]) == 0
    other = reading(tmp_path, "n.md", "# Workshop notes\n## Vision\n- too long\n- fine\n- trees\n", channel="e-mail")
    assert other.tables["responses"]["channel"].tolist() == ["e-mail"]


def test_a_document_that_could_be_either_asks(tmp_path: Path) -> None:
    found = reading(tmp_path, "x.txt", "Feedback\n\nThe vision is far too long and I could not finish it.\n")
    assert found.ambiguous
    assert "Is x.txt a write-up of a workshop, or what someone sent in?" in found.ambiguous[0]


def test_a_petition_is_one_response_with_a_count(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "petition.txt",
        "Petition: Save the mobile library\n\nWe, the undersigned, ask the council to keep it.\n\nHanded in with 1,"
        "204 signatures.\n",
    )
    [response] = found.tables["responses"].to_dict("records")
    assert (response["channel"], response["signatures"]) == ("petition", 1204)
    assert set(found.tables["comments"]["voice"]) == {"group"}
    assert "A petition is one response. It states 1,204 signatures" in " ".join(found.notes)


def test_a_list_of_signatories_is_counted_and_kept_apart(tmp_path: Path) -> None:
    found = reading(tmp_path, "petition.docx", word(
        p("We, the undersigned, ask the council to keep the mobile library."),
        table(["Name", "Address", "Signature"], ["Ada Poole", "1 High Street", "A Poole"],
            ["Ben Marsh", "2 High Street", "BM"]),
    ))  # fmt: skip
    assert found.tables["responses"]["signatures"].tolist() == [2]
    assert texts(found) == ["We, the undersigned, ask the council to keep the mobile library."]
    assert balanced(found)


def test_the_recipient_is_not_taken_for_the_sender(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "l.txt",
        "Elmbridge Parish Council\nThe Green\n\n3 June 2025\n\nHollinshire Council\n\nDear Sir\n\nNo.\n\nYours\n",
    )
    told = set(zip(found.tables["identity"]["kind"], found.tables["identity"]["value"], strict=True))
    assert ("organisation", "Elmbridge Parish Council") in told
    assert ("recipient", "Hollinshire Council") in told


def test_two_sentences_without_any_frame_are_a_letter_without_asking(tmp_path: Path) -> None:
    found = reading(tmp_path, "x.txt", "I object to the cut in outcome 1.4.\n\nIt is used by hundreds every week.\n")
    assert found.mapping.channel == "letter"
    assert not found.ambiguous


def test_a_line_that_says_how_to_reach_someone_is_identity_however_long(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "l.txt",
        "Elmbridge Parish Council\nClerk: Mrs Y. Frost, The Forge. Telephone 01632 960155. clerk@example.org\n\n"
        "Dear Sir\n\nNo to outcome 3.\n\nYours,\nY. Frost\n",
    )
    assert texts(found, status="included") == ["No to outcome 3."]
    assert not found.tables["comments"]["text"].str.contains("Frost").any()
    assert {"clerk@example.org", "01632 960155", "Y. Frost"} <= set(found.tables["identity"]["value"])
