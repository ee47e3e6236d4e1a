"""OpenDocument, RTF, PDF, Outlook and captions: the same words with the same shape, whatever program wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultation.errors import ConsultationError
from consultation.reading.documents import captions, opendocument, rtf
from consultation.reading.documents import pdf as pdf_reader
from tests.documents_fixtures import (
    balanced,
    compound,
    odt,
    outlook,
    p,
    pdf,
    reading,
    rows,
    texts,
    word,
)  # fmt: skip

# ------------------------------------------------------------------------------------------------- OpenDocument


def test_opendocument_notes_have_headings_depth_and_tables(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.odt", odt(
        '<text:h text:outline-level="1">Vision</text:h><text:list><text:list-item><text:p>Too  long<text:s '
        'text:c="2"/>now</text:p>'
        "<text:list><text:list-item><text:p>cut<text:tab/>it<text:line-break/>all</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Question</text:p></table:table-cell>"
        "<table:table-cell><text:p>Comments</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>What is missing?</text:p></table:table-cell><table:table-cell><text:p>Older "
        "people are not in it</text:p></table:table-cell>"
        "</table:table-row></table:table>"), channel="workshop")  # fmt: skip
    assert texts(found) == ["Too long  now", "cut\tit\nall", "Older people are not in it"]
    assert rows(found)["heading"].tolist() == [
        "Vision",
        "Vision > Too long now",
        "Vision > Comments > What is missing?",
    ]
    assert balanced(found)


def test_opendocument_keeps_deletions_notes_remarks_and_hidden_text_apart(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.odt", odt(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>gone</text:p>'
        '</text:deletion></text:changed-region></text:tracked-changes>'
        '<text:p>Kept <text:change text:change-id="c1"/>words<text:note text:note-class="footnote">'
        '<text:note-citation>1</text:note-citation>'
        '<text:note-body><text:p>under them</text:p></text:note-body></text:note></text:p><text:p>Seen<text:span '
        'text:style-name="H"> unseen</text:span></text:p>'
        "<text:p>Said<office:annotation><dc:creator>Officer</dc:creator><text:p>check this</text:p>"
        "</office:annotation></text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box><svg:desc>described</svg:desc></draw:frame></text:p>",
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>',
        master="<style:header><text:p>Confidential</text:p></style:header>"), channel="letter")  # fmt: skip
    assert set(texts(found, status="included")) == {
        "Kept words",
        "under them",
        "Seen",
        "Said",
        "check this",
        "boxed",
        "described",
    }
    reasons = dict(
        zip(rows(found, status="excluded")["text"], rows(found, status="excluded")["status_reason"], strict=True)
    )
    assert reasons == {
        "gone": "deleted in the document (tracked change)", " unseen": "hidden text", "Confidential": "header or "
            "footer of the page",
    }  # fmt: skip
    assert rows(found, text="check this")["voice"].tolist() == ["facilitator"]


def test_a_locked_or_broken_opendocument_is_refused() -> None:
    with pytest.raises(ConsultationError, match="password-protected"):
        opendocument.document(odt("", manifest="<manifest><encryption-data/></manifest>"), "x.odt")
    with pytest.raises(ConsultationError, match="damaged or incomplete"):
        opendocument.document(odt("<text:p>"), "x.odt")


def test_a_published_opendocument_is_read_whole(shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "government_response" / "code_of_practice_consultation_summary.odt"
    found = opendocument.document(path.read_bytes(), path.name)
    from odf import teletype
    from odf.opendocument import load

    independent = teletype.extractText(load(str(path)).text)
    assert "".join("".join(part.text for part in found.parts if part.story == "body").split()) == "".join(
        independent.split()
    )


# ------------------------------------------------------------------------------------------------------- RTF


def test_rtf_letters_keep_their_signs_and_hide_what_was_hidden(tmp_path: Path) -> None:
    found = reading(tmp_path, "l.rtf", (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}{\info{\author Someone}}{\*\generator x;}"
        r"Dear Sir\par It\'92s \u163?2.50 \endash  not \u8364\'80 5.\line Second line.\par {\v secret }{\deleted "
        r"gone }stays\par"
        r"{\pict\pngblip 89504e47}\u-10179?\u-8694?\par Yours faithfully\par Ada Poole\par}"
    ).encode("ascii"))  # fmt: skip
    assert texts(found, status="included") == ["It’s £2.50 – not € 5.\nSecond line.", "stays", "\U0001f60a"]
    aside = dict(
        zip(rows(found, status="excluded")["text"], rows(found, status="excluded")["status_reason"], strict=True)
    )
    assert aside["secret "] == "hidden text"
    assert aside["gone "] == "deleted in the document (tracked change)"
    assert "Someone" not in " ".join(found.tables["cells"]["value"])
    assert ("name", "Ada Poole") in set(
        zip(found.tables["identity"]["kind"], found.tables["identity"]["value"], strict=True)
    )


def test_rtf_notes_have_headings_bullets_and_cells(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.rtf", (
        r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}\pard\s1 "
        r"Vision\par\pard{\listtext\bullet\tab}\ls1\ilvl0 Too long\par"
        r"\pard{\listtext o\tab}\ls1\ilvl1 cut it\par\pard\trowd\intbl Question\cell Comments\cell\row"
        r"\pard\intbl What is missing?\cell Older people are not in it\cell\row\pard After{\footnote under it}\par}"
    ).encode("ascii"), channel="workshop")  # fmt: skip
    told = dict(zip(rows(found)["text"], rows(found)["heading"], strict=True))
    assert told == {
        "Too long": "Vision", "cut it": "Vision > Too long",
        "Older people are not in it": "Vision > Comments > What is missing?", "After": "Vision", "under it": "Vision",
    }  # fmt: skip
    assert balanced(found)


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1 " + b"{" * 100_000,
        b"{\\rtf1}}}}}x",
        b"{\\rtf1 \\u99999999999? \\'zz \\bin99999 x",
        b"{\\rtf1\\" + b"a" * 50,
    ],
)
def test_broken_rtf_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert rtf.document(data, "x.rtf").form == "RTF"


# ------------------------------------------------------------------------------------------------------- PDF


def test_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path: Path) -> None:
    lines = [(72, 760, 18, "My views on the plan"), (72, 720, 11, "Dear team"),
             (72, 690, 11, "I have lived here for forty years and have read the whole of the draft plan, page by "
                 "page and"),
             (72, 676, 11, "with care. It is too long."), (72, 650, 11, "Please keep the words about walking, "
                 "which matter to those of us who do not drive at all or"),
             (72, 636, 11, "cannot."), (72, 610, 11, "Yours faithfully"), (72, 580, 11, "Ada Poole"),
             (290, 30, 9, "Page 1 of 1")]  # fmt: skip
    found = reading(tmp_path, "l.pdf", pdf(lines))
    assert [text.split()[-1] for text in texts(found, status="included")] == ["long.", "cannot."]
    assert rows(found, status="included")["locator"].str.startswith("page 1").all()
    assert rows(found, text="Page 1 of 1")["status_reason"].tolist() == ["header or footer of the page"]
    assert "Ada Poole" in set(found.tables["identity"]["value"])


def test_case_65_two_columns_are_read_one_after_the_other_and_are_to_be_compared(tmp_path: Path) -> None:
    left = [(60, 700 - 14 * n, 10, f"left column line {n} goes on here") for n in range(3)]
    right = [(320, 700 - 14 * n, 10, f"right column line {n} goes on here") for n in range(3)]
    found = reading(tmp_path, "c.pdf", pdf(left + right), channel="letter")
    text = " ".join(texts(found)).replace("\n", " ")
    assert text.index("left column line 2") < text.index("right column line 0")
    told = "Columns or form fields stand on page 1: compare what was read with the page itself."
    assert told in found.notes
    assert told not in reading(tmp_path, "one.pdf", pdf(left), channel="letter").notes
    assert balanced(found)


def test_case_64_a_scanned_page_needs_typing_up_and_still_counts(tmp_path: Path) -> None:
    found = reading(tmp_path, "scan.pdf", pdf(b"0 0 500 700 re f"), channel="letter")
    assert found.tables["responses"]["completeness"].tolist() == ["untranscribed"]
    assert found.tables["problems"]["what"].tolist() == ["The page is a picture of words."]
    assert "typing up" in found.quarantine["suggestion"].iloc[0]
    assert found.tables["sources"]["rows_quarantined"].tolist() == [1]
    assert "needs typing up" in " ".join(found.notes)
    assert balanced(found)


def test_filled_fields_and_sticky_notes_of_a_pdf_are_read(tmp_path: Path) -> None:
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Comments) /V (Keep the pool open) /Rect [0 0 9 9] >>"
    note = "<< /Type /Annot /Subtype /Text /Contents (Who says so?) /Rect [0 0 9 9] >>"
    made = pdf(
        [(72, 700, 11, "Response form")],
        objects=f"{field}\n\n{note}",
        notes="/Annots [6 0 R 7 0 R]",
        catalog="/AcroForm << /Fields [6 0 R] >>",
    )
    found = reading(tmp_path, "f.pdf", made, channel="letter")
    assert rows(found, text="Keep the pool open")["locator"].tolist() == ["page 1, form field “Comments”"]
    assert rows(found, text="Who says so?")["voice"].tolist() == ["facilitator"]
    assert "form fields stand on page 1" in " ".join(found.notes)


def test_a_protected_or_broken_pdf_is_refused() -> None:
    locked = pdf(
        [(1, 1, 9, "x")],
        trailer="/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + "11" * 32
        + "> /U <"
        + "22" * 32
        + "> >>",
    )
    with pytest.raises(ConsultationError, match="password-protected"):
        pdf_reader.document(locked, "x.pdf")
    with pytest.raises(ConsultationError, match="damaged or incomplete"):
        pdf_reader.document(b"%PDF-1.7\nnothing", "x.pdf")


def test_a_published_pdf_keeps_every_word(shared: Path) -> None:
    import pypdfium2

    path = shared / "data" / "government_response" / "code_of_practice_draft.pdf"
    found = pdf_reader.document(path.read_bytes(), path.name)
    file = pypdfium2.PdfDocument(path.read_bytes())
    bare = sum(len(file[number].get_textpage().get_text_range().split()) for number in range(len(file)))
    file.close()
    assert sum(len(part.raw.split()) for part in found.parts) == pytest.approx(bare, abs=bare * 0.01)
    assert len(found.parts) < 250


# --------------------------------------------------------------------------------------------------- Outlook


def test_an_outlook_message_is_read_like_any_mail(tmp_path: Path) -> None:
    made = compound(outlook("Dear team\r\n\r\nToo long.\r\n\r\nRegards\r\nAda\r\n", more={
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "letter.docx".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": word(p("Outcome 1 should name older people.")),
        "__attach_version1.0_#00000001/__substg1.0_3707001F": "scan.jpg".encode("utf-16-le"),
        "__attach_version1.0_#00000001/__substg1.0_37010102": b"\xff\xd8\xff" + b"x" * 40_000,
    }))  # fmt: skip
    found = reading(tmp_path, "m.msg", made)
    assert texts(found, status="included") == ["Too long.", "Outcome 1 should name older people."]
    [response] = found.tables["responses"].to_dict("records")
    assert response["submitted_at"].startswith("2025-05-1")
    assert response["channel"] == "e-mail"
    assert {"ada@example.org", "Ada Poole"} <= set(found.tables["identity"]["value"])
    assert found.tables["problems"]["what"].tolist() == ["The attachment is a picture."]
    assert balanced(found)


def test_a_message_attached_to_an_outlook_message_is_the_submission(tmp_path: Path) -> None:
    inner = outlook(
        "Keep the pool.\r\n",
        prefix="__attach_version1.0_#00000000/__substg1.0_3701000D/",
        t0C1A="Ben Marsh",
        t5D01="ben@example.org",
    )
    found = reading(tmp_path, "m.msg", compound(outlook("One for you.\r\n", more=inner)))
    assert texts(found, status="included") == ["Keep the pool."]
    assert set(found.tables["identity"]["value"]) == {"ben@example.org", "Ben Marsh"}


def test_a_body_only_in_html_or_in_compressed_rtf_is_read(tmp_path: Path) -> None:
    page = compound(outlook(more={"__substg1.0_10130102": b"<p>Too <b>long</b></p>"}))
    assert texts(reading(tmp_path, "h.msg", page), status="included") == ["Too long"]
    stored = rb"{\rtf1\ansi Keep the pool\par}"
    head = (len(stored) + 12).to_bytes(4, "little") + len(stored).to_bytes(4, "little") + b"MELA" + b"\0" * 4
    assert texts(
        reading(tmp_path, "r.msg", compound(outlook(more={"__substg1.0_10090102": head + stored}))), status="included"
    ) == ["Keep the pool"]
    published = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert texts(
        reading(tmp_path, "z.msg", compound(outlook(more={"__substg1.0_10090102": published}))), status="included"
    ) == ["hello world"]


def test_a_broken_outlook_message_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConsultationError):
        reading(tmp_path, "m.msg", compound(outlook("x"))[:3_000])


# -------------------------------------------------------------------------------------------------- captions


def test_two_voices_in_one_caption_are_two_comments(tmp_path: Path) -> None:
    found = reading(tmp_path, "t.vtt", (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.500\n<v Ada Poole>Parks &amp; trees.</v>\n<v Facilitator>Thank "
        "you.</v>\n\n"
        "00:05,500 --> 00:07,250 align:start\n<v Ada Poole>And the\n\n00:07.300 --> 00:09.000\n<v Ada Poole>"
        "buses.\n"))  # fmt: skip
    assert texts(found, voice="group") == ["Parks & trees.", "And the\nbuses."]
    assert texts(found, voice="facilitator") == ["Thank you."]
    assert found.tables["identity"]["value"].tolist() == ["Ada Poole"]
    assert set(rows(found, voice="group")["speaker"]) == set(found.tables["identity"]["respondent_id"])
    assert rows(found, text="And the\nbuses.")["locator"].tolist() == ["00:00:05.500 to 00:00:09.000"]
    assert found.mapping.channel == "workshop"


def test_srt_times_with_either_decimal_mark(tmp_path: Path) -> None:
    made = "1\n00:00:04,5 --> 00:00:05.750\nAda: Too long.\nBen: No.\n\n"
    made += "2\n00:00:06.000 --> 00:00:07,000\n{\\an8}<i>Fine</i>\n"
    parts = captions.document(made.encode(), "t.srt").parts
    assert [(part.speaker, part.text, part.place) for part in parts] == [
        ("Ada", "Too long.", "00:00:04.500 to 00:00:05.750"), ("Ben", "No.", "00:00:04.500 to 00:00:05.750"),
        (None, "Fine", "00:00:06.000 to 00:00:07.000"),
    ]  # fmt: skip


def test_captions_that_cannot_be_found_say_how_many_lines_there_are() -> None:
    with pytest.raises(ConsultationError, match="No captions were found, though the file has 2 lines"):
        captions.document(b"WEBVTT\n\nhello\n", "t.vtt")


def test_words_under_times_that_cannot_be_read_are_kept(tmp_path: Path) -> None:
    found = reading(tmp_path, "t.srt", "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\nsoon --> later\nTwo.\n")
    assert texts(found) == ["One.", "Two."]
    assert found.tables["problems"]["what"].tolist() == ["The times of a caption cannot be read."]


def test_a_meeting_transcript_in_word_gives_each_speech_its_speaker(tmp_path: Path) -> None:
    found = reading(tmp_path, "t.docx", word(
        p("Draft plan-20250603_133555-Meeting Transcript"), p("3 June 2025, 01:35PM"), p("5m 12s"), p("Pat Green "
            "started transcription"),
        p("Pat Green   0:03"), p("Welcome all."), p("Ada Poole   0:09"), p("It is too long."), p("It says nothing "
            "of buses."),
        p("Ben Marsh   1:10:22"), p("I like it."),
    ))  # fmt: skip
    assert found.mapping.channel == "workshop"
    said = {row.text: row.speaker for row in found.tables["comments"].itertuples() if row.status == "included"}
    assert said["It is too long."] == said["It says nothing of buses."] != said["I like it."]
    assert set(found.tables["identity"]["value"]) == {"Pat Green", "Ada Poole", "Ben Marsh"}
