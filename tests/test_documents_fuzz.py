"""Broken documents: a plain message or a reading whose accounts balance; never a traceback, never a lost paragraph."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from consultation.errors import ConsultationError
from consultation.reading.documents import land, reader, transcripts
from consultation.reading.documents.genre import EMAIL, LETTER, NOTES, PETITION
from consultation.reading.documents.genre import genre as guess
from consultation.reading.documents.plain import exact
from consultation.reading.documents.rows import Rows
from tests.documents_fixtures import (
    SPACES,
    W,
    compound,
    odt,
    outlook,
    p,
    packed,
    pdf,
    reading,
    run,
    table,
    texts,
    word,
)  # fmt: skip
from tests.test_documents_word import everything

KINDS = {
    "x.docx": "docx", "x.odt": "odt", "x.rtf": "rtf", "x.pdf": "pdf", "x.msg": "outlook", "x.eml": "mail",
    "x.vtt": "captions",
    "x.txt": "text", "x.md": "text",
}  # fmt: skip
TRIES = int(os.environ.get("CONSULTATION_FUZZ_TRIES", "25"))  # of each kind; a long run takes 1,000
SLOW = settings(
    max_examples=TRIES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def landed(name: str, data: bytes, genre: str | None = None) -> Rows:
    """The rows of a document, every part of it accounted for once."""
    found = transcripts.retold(reader(KINDS[name])(data, name))
    rows = Rows(name="x", data=data, file=name)
    land(found, genre or guess(found).name, rows)
    assert len(rows.cells) == sum(len(each.parts) for each in (found, *found.more))
    assert len({comment.comment_id for comment in rows.comments}) == len(rows.comments)
    return rows


def survives(name: str, data: bytes) -> None:
    """It is read, or refused with a step to take; any other error fails the test."""
    try:
        landed(name, data)
        landed(name, data, NOTES)
        refused = None
    except ConsultationError as told:
        refused = told
    assert refused is None or (refused.what and refused.do)


@cache
def whole(name: str) -> bytes:
    makers: dict[str, Callable[[], bytes]] = {
        "x.docx": everything,
        "x.odt": lambda: odt("<text:h>Vision</text:h><text:list><text:list-item><text:p>Too long</text:p>"
            "</text:list-item></text:list>"),
        "x.rtf": lambda: rb"{\rtf1\ansi{\fonttbl{\f0 A;}}\pard Vision\par\pard\ls1 Too \b long\b0\par{\footnote "
            rb"x}\trowd\intbl a\cell b\cell\row}",
        "x.pdf": lambda: pdf([(72, 700, 11, "Dear team"), (72, 680, 11, "Too long.")], [(72, 700, 11, "Page two")]),
        "x.msg": lambda: compound(outlook("Too long.", more={"__attach_version1.0_#00000000/__substg1.0_37010102"
: b"x" * 5_000})),
        "x.eml": lambda: b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
            b"boundary=b\n\n--b\n\nToo long.\n"
        b"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+eDwvcD4=\n--b--\n",
        "x.vtt": lambda: b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Ada>Too long.</v>\n\n00:00:03.000 --> "
            b"00:00:04.000\nFine\n",
        "x.txt": lambda: b"Notes of the workshop\nDate: 3 June 2025\n\nVision\n- Too long (x3)\n  - cut it\n",
    }  # fmt: skip
    return makers[name]()


@pytest.mark.parametrize("name", ["x.docx", "x.odt", "x.rtf", "x.pdf", "x.msg", "x.eml", "x.vtt", "x.txt"])
@SLOW
@given(data=st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(name: str, data: st.DataObject) -> None:
    broken = bytearray(whole(name))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        how = data.draw(st.sampled_from(["flip", "cut", "double", "insert"]))
        if how == "flip":
            broken[at] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del broken[at : at + data.draw(st.integers(1, 400))]
        elif how == "double":
            broken[at:at] = broken[at : at + 200]
        else:
            broken[at:at] = data.draw(
                st.sampled_from([b"\0", b"<", b"{", b"\\u-1", b"\xff\xfe", b"]]>", b"&#0;", b"%", b"\r\r"])
            )
        if not broken:
            break
    survives(name, bytes(broken))


@SLOW
@given(data=st.data())
def test_a_word_package_with_a_broken_part_is_read_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(whole("x.docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    content = parts[name]
    at = data.draw(st.integers(0, max(0, len(content) - 1)))
    how = data.draw(st.sampled_from(["drop", "cut", "word"]))
    if how == "drop":
        del parts[name]
    elif how == "cut":
        parts[name] = content[:at]
    else:
        old = data.draw(
            st.sampled_from([b"w:val=", b"w:id=", b"r:id=", b"w:p>", b"w:r>", b"separate", b"w:ilvl", b"Target", b"1"])
        )
        new = data.draw(st.sampled_from([b"", b"x", b"w:tbl>", b"99999999999", b"-1", b"w:sectPr>"]))
        parts[name] = content.replace(old, new)
    survives("x.docx", packed(parts))


PIECES = st.recursive(
    st.text(alphabet="abc AB.:✓-\u00ad\u202e", max_size=12).map(lambda text: run(text)),
    lambda inner: (
        st.lists(inner, max_size=3)
        .map("".join)
        .flatmap(
            lambda xml: st.sampled_from(
                [
                    f'<w:ins w:id="1">{xml}</w:ins>',
                    f"<w:smartTag>{xml}</w:smartTag>",
                    f'<w:hyperlink r:id="z">{xml}</w:hyperlink>',
                    f"<w:sdt><w:sdtContent>{xml}</w:sdtContent></w:sdt>",
                    f'<w:fldSimple w:instr="X">{xml}</w:fldSimple>',
                    f'<w:del w:id="2">{xml}</w:del>',
                    f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{xml}',
                    f"<x>{xml}</x>",
                ]
            )
        )
    ),
    max_leaves=8,
)


@SLOW
@given(paragraphs=st.lists(PIECES, min_size=1, max_size=8), tabled=st.booleans(), level=st.sampled_from([None, 0, 1]))
def test_no_text_of_a_word_document_is_lost_however_it_is_wrapped(
    paragraphs: list[str], tabled: bool, level: int | None
) -> None:
    made = [table([p(*[xml])]) if tabled else p(xml, level=level) for xml in paragraphs]
    root = etree.fromstring(f"<a {SPACES}>{''.join(paragraphs)}</a>")
    wanted = sorted("".join(root.itertext(f"{{{W}}}t")).split())
    told = "".join(str(cell[4]) for cell in landed("x.docx", word(*made)).cells)
    assert sorted("".join(told.split())) == sorted("".join(wanted))


@SLOW
@given(text=st.text(alphabet=st.sampled_from("aB.:-*#>|1)( \t\n\rxXI✓£\0\x1b\u2028=+@\"'"), min_size=1, max_size=200))
@pytest.mark.parametrize("genre", [NOTES, LETTER, EMAIL, PETITION])
def test_any_text_is_rebuilt_from_its_parts_whatever_it_is_taken_for(text: str, genre: str) -> None:
    assert "".join(str(cell[4]) for cell in landed("x.md", text.encode(), genre).cells) == exact(text.encode())[0]


@pytest.mark.parametrize(
    "hostile", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\rb", "N/A", "\u202eevil", "None", "@SUM(1)"]
)
@pytest.mark.parametrize("name", ["x.txt", "x.docx"])
def test_hostile_words_are_kept_as_they_are(tmp_path: Path, hostile: str, name: str) -> None:
    line = hostile.replace("\r", "") if name.endswith("docx") else hostile
    made = (
        word(p("Dear all"), p(run(line)), p("Yours sincerely"))
        if name.endswith("docx")
        else f"Dear all\n\n{line}\n\nYours sincerely\n"
    )
    assert line in texts(reading(tmp_path, name, made), status="included")
