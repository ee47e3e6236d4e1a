"""E-mails: the sender's own words are the submission; nothing attached, quoted or passed on is lost or mixed in."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from consultation.reading.documents import html
from tests.documents_fixtures import balanced, p, reading, rows, texts, word

HEAD = """From: Ada Poole <ada@example.org>
To: plan@example.gov.uk
Subject: Draft plan
Date: Mon, 12 May 2025 09:30:00 +0100
Message-ID: <1@x>
"""


def message(body: str = "I like outcome 2.3.\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {
        "From": "Ada Poole <ada@example.org>",
        "Subject": "Draft plan",
        "Message-ID": "<1@x>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in told.items():
        made[name] = value
    made.set_content(body)
    return made


def said(found: object) -> list[str]:
    return texts(found, status="included")  # type: ignore[arg-type]


def test_a_mail_is_one_response_and_its_sender_is_kept_apart(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "a.eml",
        HEAD + "\nDear team,\n\nI like outcome 2.3.\n\nBut the vision is long.\n\nRegards\nAda\n0121 496 0000\n",
    )
    [response] = found.tables["responses"].to_dict("records")
    assert (response["channel"], response["submitted_at"]) == ("e-mail", "2025-05-12T09:30:00+01:00")
    assert said(found) == ["I like outcome 2.3.", "But the vision is long."]
    assert {"ada@example.org", "Ada Poole", "Ada", "0121 496 0000"} == set(found.tables["identity"]["value"])
    for name, frame in found.tables.items():
        if name not in ("identity", "cells"):
            assert "ada@" not in frame.to_csv(), name
            assert "Poole" not in frame.to_csv(), name
    assert balanced(found)


def test_case_66_quoted_lines_are_kept_and_set_aside(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "a.eml",
        HEAD + "\nI agree with this:\n\nOn 1 May 2025, Team <plan@example.gov.uk> wrote:\n> Tell us what you think.\n> "
        "Thank you.\n\nAnd add buses.\n",
    )
    assert said(found) == ["I agree with this:", "And add buses."]
    aside = rows(found, status_reason="quoted from an earlier message")["text"].tolist()
    assert aside
    assert all(text.startswith(">") for text in aside)
    assert "are quoted from earlier messages" in " ".join(found.notes)


def test_all_below_an_outlook_head_is_quoted(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "a.eml",
        HEAD + "\nToo long.\n\n________________________________\nFrom: Team <plan@example.gov.uk>\nSent: 1 May "
        "2025\nTo: Ada Poole\nSubject: RE: Draft\n\nTell us what you think.\n",
    )
    assert said(found) == ["Too long."]
    assert "Tell us what you think." in texts(found, status="excluded")
    assert "Ada Poole" not in " ".join(found.tables["comments"]["text"])


def test_a_forwarded_message_in_the_text_is_the_submission(tmp_path: Path) -> None:
    body = "FYI, one for you.\nPat\n\n---------- Forwarded message ---------\nFrom: Ben Marsh <ben@example.org>\n"
    body += "Date: 3 May 2025\nSubject: My views\nTo: <info@example.gov.uk>\n\nKeep the pool open.\n"
    found = reading(tmp_path, "a.eml", HEAD.replace("Draft plan", "Fwd: My views") + "\n" + body)
    assert said(found) == ["Keep the pool open."]
    assert "ben@example.org" in set(found.tables["identity"]["value"])
    assert "covering note of whoever passed the message on" in set(rows(found, status="excluded")["status_reason"])


def test_a_message_within_a_message_is_the_submission(tmp_path: Path) -> None:
    outer = message("Please log this.\n", Message_ID="<outer@x>")
    outer.add_attachment(message("Keep the pool open.\n", From="Ben Marsh <ben@example.org>", Message_ID="<inner@x>"))
    found = reading(tmp_path, "a.eml", bytes(outer))
    assert said(found) == ["Keep the pool open."]
    assert found.tables["responses"]["supplied_id"].str.contains("@").tolist() == [False]
    assert "ada@example.org" not in set(found.tables["identity"]["value"])


def test_several_messages_passed_on_in_one_are_several_responses(tmp_path: Path) -> None:
    outer = message("Two for you.\n", Message_ID="<outer@x>")
    for number in (1, 2):
        outer.add_attachment(message(f"View number {number} of them.\n", Message_ID=f"<{number}@x>"))
    found = reading(tmp_path, "a.eml", bytes(outer))
    assert len(found.tables["responses"]) == 2
    assert said(found) == ["View number 1 of them.", "View number 2 of them."]
    box = b"".join(
        b"From x Mon May 12 09:30:00 2025\n" + bytes(message(f"Box {n}.\n", Message_ID=f"<{n}@b>")) + b"\n"
        for n in (1, 2, 3)
    )
    assert len(reading(tmp_path, "box.eml", box).tables["responses"]) == 3
    assert len(reading(tmp_path, "folder.mbox", box).tables["responses"]) == 3


def test_case_67_a_document_attached_is_read_with_the_message(tmp_path: Path) -> None:
    made = message("Dear team,\n\nPlease see my letter.\n\nRegards\nAda Poole\n")
    made.add_attachment(word(p("Dear team"), p("Outcome 1 should name older people."), p("Yours sincerely"),
        p("Ada Poole")),
                        maintype="application", subtype="octet-stream", filename="my letter.docx")  # fmt: skip
    found = reading(tmp_path, "a.eml", bytes(made))
    assert said(found) == ["Please see my letter.", "Outcome 1 should name older people."]
    [row] = rows(found, text="Outcome 1 should name older people.").to_dict("records")
    assert row["locator"].startswith("attachment “my letter.docx”, paragraph")
    assert "Poole" not in " ".join(found.tables["comments"]["text"])
    assert len(found.tables["responses"]) == 1


@pytest.mark.parametrize(("name", "data", "what"), [
    ("scan.jpg", b"\xff\xd8\xff" + b"x" * 40_000, "The attachment is a picture."),
    ("answers.xlsx", b"PK\x03\x04", "The attachment is a table."),
    ("winmail.dat", b"x", "The attachment is an Outlook package (winmail.dat)."),
    ("../../etc/odd.bin", b"\x00\x01", "The attachment is of a kind that is not read."),
    ("broken.docx", b"PK\x03\x04rest", "The file is damaged or incomplete: its end or a part of it is missing."),
    ("empty.docx", b"", "The attachment is empty."),
])  # fmt: skip
def test_case_68_what_is_not_read_is_named_kept_and_counted(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    made = message()
    made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    found = reading(tmp_path, "a.eml", bytes(made))
    assert what in found.tables["problems"]["what"].tolist()
    assert name.rsplit("/", 1)[-1] in found.tables["problems"]["locator"].iloc[0]
    assert ".." not in found.tables["problems"]["locator"].iloc[0]
    assert len(found.quarantine) == 1
    assert found.tables["sources"]["rows_quarantined"].tolist() == [1]
    assert balanced(found)


def test_a_mail_that_is_only_a_scan_still_counts(tmp_path: Path) -> None:
    made = message("")
    made.add_attachment(b"\xff\xd8\xff" + b"x" * 40_000, maintype="image", subtype="jpeg", filename="letter.jpg")
    found = reading(tmp_path, "a.eml", bytes(made))
    assert found.tables["responses"]["completeness"].tolist() == ["untranscribed"]


def test_an_encrypted_mail_is_named_and_counted(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "a.eml",
        HEAD + "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nAAAA\n",
    )
    assert "It is encrypted." in found.tables["problems"]["what"].tolist()
    assert len(found.tables["responses"]) == 1


def test_html_is_read_as_text_and_nothing_in_it_runs_or_is_fetched(tmp_path: Path) -> None:
    page = (
        '<html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script><p onclick="x()">Keep '
        "the <b>pool</b> &amp; park</p>"
        '<img src="http://example.invalid/track.png"><div style="display:none">unseen</div><ul><li>buses<ul><li>at '
        "night</li></ul></li></ul>"
        '<div class="gmail_quote">On Monday Team wrote:<blockquote>Tell us</blockquote></div></body></html>'
    )
    made = message("x")
    made.set_content(page, subtype="html")
    found = reading(tmp_path, "a.eml", bytes(made))
    assert said(found) == ["Keep the pool & park", "buses", "at night"]
    assert rows(found, text="at night")["heading"].tolist() == ["buses"]
    whole = " ".join(found.tables["cells"]["value"])
    assert "alert" not in whole
    assert "track.png" not in whole
    assert rows(found, text="unseen")["status_reason"].tolist() == ["hidden text"]
    assert "Tell us" in texts(found, status="excluded")


def test_a_plain_text_that_only_points_to_html_is_not_taken(tmp_path: Path) -> None:
    made = message("View in a browser.\n")
    made.add_alternative("<p>" + "I wish to object to the plan for many reasons. " * 5 + "</p>", subtype="html")
    assert said(reading(tmp_path, "a.eml", bytes(made)))[0].startswith("I wish to object")


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8", "us-ascii"])
def test_a_wrong_character_set_loses_nothing(tmp_path: Path, charset: str) -> None:
    raw = (
        HEAD.encode()
        + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
        + "It’s £2.50\n".encode("cp1252")
    )
    assert said(reading(tmp_path, "a.eml", raw)) == ["It’s £2.50"]


def test_a_mail_saved_as_text_is_known_by_its_head(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "mail.txt",
        "From: Ada Poole <ada@example.org>\nSent: 12 May 2025 09:30\nTo: plan@example.gov.uk\nSubject: Plan\n\nToo "
        "long.\n",
    )
    assert found.mapping.channel == "e-mail"
    assert said(found) == ["Too long."]
    assert "ada@example.org" in set(found.tables["identity"]["value"])


def test_a_mail_with_only_a_subject_says_its_subject(tmp_path: Path) -> None:
    assert said(reading(tmp_path, "a.eml", HEAD.replace("Draft plan", "No to outcome 3") + "\n")) == ["No to outcome 3"]


def test_words_of_a_phone_or_a_lawyer_are_set_aside(tmp_path: Path) -> None:
    found = reading(
        tmp_path, "a.eml", HEAD + "\nNo.\n\nSent from my iPhone\n\nThis email and any attachments are confidential.\n"
    )
    assert said(found) == ["No."]
    assert len(rows(found, status_reason="written by a program, not by a person")) == 2


def test_an_automatic_reply_says_so(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.eml", HEAD + "Auto-Submitted: auto-replied\n\nI am away.\n")
    assert "automatic reply" in " ".join(found.notes)


def test_a_bad_date_stays_as_written(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.eml", "From: a@example.org\nTo: b@example.org\nDate: yesterday\nSubject: x\n\nNo.\n")
    assert found.tables["responses"]["submitted_at"].tolist() == ["yesterday"]


def test_deep_html_and_broken_html_are_read() -> None:
    assert len(html.parts("<div><p>word" * 20_000)) == 20_000
    assert html.parts("<div>" * 20_000 + "deep" + "</div>" * 20_000)[0].text == "deep"
    assert [part.text for part in html.parts("<p>a<p>b<li>c</table></p>&#xD800;<")][:3] == ["a", "b", "c"]


def test_a_charitys_small_print_below_the_signature_is_set_aside(tmp_path: Path) -> None:
    small = "The Trust is a registered charity no. 1234567. This email is confidential."
    found = reading(
        tmp_path, "a.eml", HEAD + f"\nYes to 2.1.\n\nKind regards,\n\nAda Poole\nChief Executive\n\n{small}\n"
    )
    assert said(found) == ["Yes to 2.1."]
    assert rows(found, text=small)["status_reason"].tolist() == ["written by a program, not by a person"]
    assert ("signature", "Chief Executive") in set(
        zip(found.tables["identity"]["kind"], found.tables["identity"]["value"], strict=True)
    )
