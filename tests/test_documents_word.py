"""Word: text is found in every place where Word can hold it, each with its place; nothing in the file can do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from consultation.errors import ConsultationError
from consultation.reading.documents.word import document
from tests.documents_fixtures import (
    R,
    W,
    balanced,
    bold,
    cell,
    p,
    packed,
    reading,
    rows,
    run,
    table,
    texts,
    word,
)  # fmt: skip

BASE = f"{R}/"
TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="x" '
    'descr="alt words"/>'
    "<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
DROP_DOWN = (
    '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="1"/><w:listItem w:value="2"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent>{}</w:sdtContent></w:sdt>"
)


def _field(result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCPROPERTY secret code</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _sdt(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


SECTION_ONE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
    '<w:footerReference w:type="default" r:id="f1"/><w:titlePg/></w:sectPr>'
)
PLANTED: dict[str, str] = {  # where it was put -> the words of the place it must be found with
    "paragraph": "paragraph", "heading": "paragraph", "first bullet": "bullet, level 1",
    "second bullet": "bullet, level 2",
    "third bullet": "bullet, level 3", "numbered item": "numbered item 2, level 1", "table cell": "row 1, column A",
    "merged cell": "row 2, column A", "nested table": "row 1, column C, table 1, row 1, column A",
    "page header": "header",
    "page footer": "footer", "first-page header": "first-page header", "footnote": "footnote 1", "endnote": "endnote 1",
    "remark": "Word comment 1", "text box": "text box 1", "tracked insertion": "tracked insertion",
    "tracked deletion": "tracked deletion", "hyperlink": "paragraph", "block control": "paragraph",
    "inline control": "paragraph", "chosen from a list": "paragraph", "smart tag": "paragraph",
    "field result": "paragraph",
    "simple field": "paragraph", "caption": "paragraph", "alt words": "alt text", "soft\u00adhyphen": "paragraph",
    "non\u2011breaking": "paragraph", "✓ symbol": "paragraph", "after the break": "page 2",
    "second section": "section 2",
    "equation": "paragraph", "old drop-down": "paragraph", "moved here": "paragraph", "hidden words": "hidden",
    "struck words": "paragraph", "control row": "row 4", "unknown wrapper": "paragraph", "chart words": "chart",
    "diagram words": "diagram", "shape words": "text of a shape", "watermark words": "watermark",
    "even-page footer": "even-page footer",
}  # fmt: skip


def everything() -> bytes:
    """One planted text in each place where Word can hold text."""
    note = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
    remark = (
        '<w:commentRangeStart w:id="5"/>'
        + run("said")
        + '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    )
    merged = [cell("merged cell", properties='<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell("beside")]
    covered = [cell("", properties='<w:gridSpan w:val="2"/><w:vMerge/>'), "more"]
    body = [
        p("heading", style="Ueberschrift1"), p("paragraph"),
        p("first bullet", level=0), p("second bullet", level=1), p("third bullet", level=2),
        p("numbered item", level=0, numbered=True),
        table([cell("table cell"), "other", cell(table(["nested table"]), p(""))], merged,
            covered).removesuffix("</w:tbl>")
        + _sdt("<w:tr>" + cell("control row") + "</w:tr>") + "</w:tbl>",
        p("noted", note), p(remark), p("anchor", TEXT_BOX.format(p("text box"))),
        p(run("kept "), f'<w:ins w:id="1" w:author="A">{run("tracked insertion")}</w:ins>',
          '<w:del w:id="2" w:author="A"><w:r><w:delText>tracked deletion</w:delText></w:r></w:del>', run(" end")),
        p(f'<w:hyperlink r:id="out">{run("hyperlink")}</w:hyperlink>'),
        _sdt(p("block control")), p("an ", _sdt(run("inline control"))),
        p("chose ", DROP_DOWN.format(run("chosen from a list"))),
        p(f'<w:smartTag w:element="place">{run("smart tag")}</w:smartTag>'),
        p(_field("field result")), p(f'<w:fldSimple w:instr="DATE">{run("simple field")}</w:fldSimple>'),
        p("caption", style="Caption"),
        p("<w:r><w:t>soft</w:t><w:softHyphen/><w:t>hyphen</w:t></w:r>"), p("<w:r><w:t>non</w:t><w:noBreakHyphen/>"
            "<w:t>breaking</w:t></w:r>"),
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run(" symbol")),
        p("<m:oMath><m:r><m:t>equation</m:t></m:r></m:oMath>"),
        p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="no"/>'
          '<w:listEntry w:val="old drop-down"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar '
          'w:fldCharType="end"/></w:r>'),
        p(f'<w:moveFrom w:id="3">{run("moved here")}</w:moveFrom>'), p(f'<w:moveTo w:id="4">'
            f'{run("moved here")}</w:moveTo>'),
        p(run("seen "), run("hidden words", "<w:vanish/>")), p(run("struck words", "<w:strike/>")),
        p(f'<w:tomorrow>{run("unknown wrapper")}</w:tomorrow>'),
        p('<w:r><w:drawing><c:chart r:id="c1"/></w:drawing></w:r>'), p('<w:r><w:drawing><dgm:relIds r:dm="d1"/>'
            '</w:drawing></w:r>'),
        p("<w:r><w:drawing><a:p><a:r><a:t>shape words</a:t></a:r></a:p></w:drawing></w:r>"),
        p('<w:r><w:pict><v:shape><v:textpath string="watermark words"/></v:shape></w:pict></w:r>'),
        p('<w:r><w:br w:type="page"/></w:r>', run("after the break")),
        p("", more=SECTION_ONE), p("second section"),
        '<w:sectPr><w:footerReference w:type="even" r:id="f2"/></w:sectPr>',
    ]  # fmt: skip
    one = '<w:{0} xmlns:w="{1}">{2}</w:{0}>'
    drawn = '<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{}</a:t></a:r></a:p></x>'
    relations = "".join(
        f'<Relationship Id="{key}" Type="{BASE}{kind}" Target="{target}"{more}/>'
        for key, kind, target, more in (
            ("h1", "header", "header1.xml", ""), ("h2", "header", "header2.xml", ""),
            ("f1", "footer", "footer1.xml", ""),
            ("f2", "footer", "footer2.xml", ""), ("n1", "footnotes", "footnotes.xml", ""),
            ("n2", "endnotes", "endnotes.xml", ""),
            ("k", "comments", "comments.xml", ""), ("c1", "chart", "charts/chart1.xml", ""),
            ("d1", "diagramData", "d/data1.xml", ""),
            ("out", "hyperlink", "http://example.invalid/", ' TargetMode="External"'),
        )
    )  # fmt: skip
    return word(*body, relations=relations, parts={
        "word/header1.xml": one.format("hdr", W, p("page header")),
        "word/header2.xml": one.format("hdr", W, p("first-page header")),
        "word/footer1.xml": one.format("ftr", W, p("page footer")),
        "word/footer2.xml": one.format("ftr", W, p("even-page footer")),
        "word/footnotes.xml": one.format("footnotes", W, f'<w:footnote w:id="0" w:type="separator">'
            f'{p("")}</w:footnote><w:footnote w:id="2">{p("footnote")}</w:footnote>'),
        "word/endnotes.xml": one.format("endnotes", W, f'<w:endnote w:id="2">{p("endnote")}</w:endnote>'),
        "word/comments.xml": one.format("comments", W, f'<w:comment w:id="5" w:author="Pat Green">'
            f'{p("remark")}</w:comment>'),
        "word/charts/chart1.xml": drawn.format("chart words"), "word/d/data1.xml": drawn.format("diagram words"),
    })  # fmt: skip


def test_case_70_text_is_found_everywhere_with_its_place(tmp_path: Path) -> None:
    found = reading(tmp_path, "everything.docx", everything(), channel="workshop")
    heading = set(found.tables["questions"]["text"])
    places = {row.text.strip(): row.locator for row in found.tables["comments"].itertuples()}
    cells = found.tables["cells"]["value"].str.strip().tolist()
    for planted, place in PLANTED.items():
        holding = [where for text, where in places.items() if planted in text]
        if planted == "heading":
            assert planted in heading
            continue
        assert holding, planted
        assert any(place in where for where in holding), (planted, holding)
    for once in ("merged cell", "text box", "nested table", "remark", "footnote", "page header"):
        assert cells.count(once) == 1, once
    assert balanced(found)


def test_case_69_deletions_are_kept_as_such_and_insertions_are_read(tmp_path: Path) -> None:
    found = reading(tmp_path, "everything.docx", everything(), channel="workshop")
    assert rows(found, text="tracked deletion")["status_reason"].tolist() == [
        "deleted in the document (tracked change)"
    ]
    assert rows(found, text="kept tracked insertion end")["status"].tolist() == ["included"]
    assert sorted(rows(found, text="moved here")["status"]) == ["excluded", "included"]
    assert "Tracked changes: 2 insertions, 2 deletions" in " ".join(found.notes)


def test_furniture_hidden_text_and_remarks_are_not_the_groups_words(tmp_path: Path) -> None:
    found = reading(tmp_path, "everything.docx", everything(), channel="workshop")
    by_text = {row.text: row for row in found.tables["comments"].itertuples()}
    assert by_text["page header"].status_reason == "header or footer of the page"
    assert by_text["hidden words"].status_reason == "hidden text"
    assert by_text["remark"].voice == "facilitator"
    assert "Pat Green" in set(found.tables["identity"]["value"])


def test_a_footnote_stands_under_the_heading_of_its_paragraph(tmp_path: Path) -> None:
    found = reading(tmp_path, "everything.docx", everything(), channel="workshop")
    assert rows(found, text="footnote")["heading"].tolist() == ["heading"]


def test_headings_are_known_by_their_style_in_any_language_and_keep_their_number(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.docx", word(
        p("Vision", style="Ueberschrift1"), p("Homes", style="OwnHeading", level=1, numbered=True),
        p("Too dear", level=0),
        p("More", style="OwnHeading", level=1, numbered=True), p("Rents", level=0), p("Trees", level=0),
    ), channel="workshop")  # fmt: skip
    assert rows(found)["heading"].tolist() == ["Vision > 2.1 Homes", "Vision > 2.2 More", "Vision > 2.2 More"]


def test_typed_bullets_count_as_list_items(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.docx", word(
        p("Ideas", style="Ueberschrift1"), p("•\tMore buses"), p("o\tafter six", more='<w:ind w:left="1440"/>'),
        p("- Trees"),
    ), channel="workshop")  # fmt: skip
    assert texts(found) == ["More buses", "after six", "Trees"]
    assert rows(found, text="after six")["heading"].tolist() == ["Ideas > More buses"]


def test_a_table_of_contents_and_an_empty_field_are_no_comments(tmp_path: Path) -> None:
    found = reading(tmp_path, "n.docx", word(
        p("Vision 3", style="TOC1"), p("Vision", style="Ueberschrift1"), p("Too long", level=0), p("Fine", level=0),
        _sdt(p("Click here to enter text."), "<w:showingPlcHdr/>"),
    ), channel="workshop")  # fmt: skip
    assert texts(found, status="included") == ["Too long", "Fine"]
    assert set(rows(found, status="excluded")["status_reason"]) == {
        "table of contents",
        "a form field that nobody filled in",
    }


def test_a_field_that_is_never_closed_hides_nothing(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "n.docx",
        word(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("One")), p("Two")),
        channel="letter",
    )
    assert texts(found) == ["One", "Two"]


def test_struck_words_are_kept_and_flagged(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "n.docx",
        word(p(run("Close the pool", "<w:strike/>")), p(bold("Open it"), run(" now"))),
        channel="letter",
    )
    assert texts(found) == ["Close the pool", "Open it now"]
    assert found.tables["problems"]["what"].tolist() == ["Words here are struck through."]


def test_ids_stay_when_paragraphs_move(tmp_path: Path) -> None:
    one = reading(
        tmp_path,
        "n.docx",
        word(p("Vision", style="Ueberschrift1"), p("Too long", level=0), p("Fine", level=0)),
        channel="workshop",
    )
    two = reading(
        tmp_path,
        "n.docx",
        word(p(), p("Vision", style="Ueberschrift1"), p("New", level=0), p("Too long", level=0), p("Fine", level=0)),
        channel="workshop",
    )
    assert set(one.tables["comments"]["comment_id"]) < set(two.tables["comments"]["comment_id"])


# ------------------------------------------------------------------------------------------------------ hostile


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    evil = word(
        document=f'{bomb}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    with pytest.raises(ConsultationError, match="refused"):
        reading(tmp_path, "evil.docx", evil)
    with pytest.raises(ConsultationError, match="refused"):
        document(evil, "evil.docx")


def test_a_file_entity_shows_nothing_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    xxe = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'
    evil = word(
        document=f'{xxe}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    )
    with pytest.raises(ConsultationError, match="refused") as told:
        document(evil, "evil.docx")
    assert "secret" not in str(told.value)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    swelling = word(p("x"), parts={"word/media/a.xml": b"\0" * 70_000_000})
    honest = io.BytesIO(swelling)
    with zipfile.ZipFile(honest) as archive:
        assert archive.getinfo("word/media/a.xml").compress_size < 100_000
    bomb = packed({"_rels/.rels": "<x/>", "word/document.xml": b" " * 70_000_000})
    with pytest.raises(ConsultationError, match="more than 60 MB"):
        document(bomb, "bomb.docx")


def test_macros_templates_and_links_are_left_alone(tmp_path: Path) -> None:
    where = 'Target="http://example.invalid/t.dotm" TargetMode="External"'
    outside = f'<Relationship Id="t" Type="{BASE}attachedTemplate" {where}/>'
    found = reading(
        tmp_path,
        "m.docx",
        word(p("Keep the pool"), relations=outside, parts={"word/vbaProject.bin": b"Sub AutoOpen()"}),
        channel="letter",
    )
    assert texts(found) == ["Keep the pool"]
    assert "macros" in " ".join(found.notes)
    assert "None was fetched" in " ".join(found.notes)


def test_a_path_that_climbs_reads_nothing(tmp_path: Path) -> None:
    climbing = f'<Relationship Id="n1" Type="{BASE}footnotes" Target="../../../../etc/passwd"/>'
    assert [part.text for part in document(word(p("One"), relations=climbing), "x.docx").parts] == ["One"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a package", packed({"a": "b"}), packed({"word/document.xml": "<x"})]
)
def test_what_is_no_word_package_is_refused_plainly(data: bytes) -> None:
    with pytest.raises(ConsultationError) as told:
        document(data, "broken.docx")
    assert told.value.do


def test_a_damaged_part_beside_the_text_is_a_problem_and_no_end(tmp_path: Path) -> None:
    broken = f'<Relationship Id="n1" Type="{BASE}footnotes" Target="footnotes.xml"/>'
    found = reading(
        tmp_path, "n.docx", word(p("One"), relations=broken, parts={"word/footnotes.xml": "<w:foot"}), channel="letter"
    )
    assert texts(found) == ["One"]
    assert found.tables["problems"]["locator"].tolist() == ["word/footnotes.xml"]


def test_deep_nesting_is_refused_and_not_followed_to_the_bottom() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(ConsultationError):
        document(word(deep), "deep.docx")
    document(word("<w:sdt><w:sdtContent>" * 120 + p("x") + "</w:sdtContent></w:sdt>" * 120), "deep.docx")
