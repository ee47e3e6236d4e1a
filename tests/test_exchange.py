"""What is carried to other programs is whole there: codes, spans and text, as an independent reader finds them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from consultation import privacy, tables
from consultation.analysis import exchange, refi
from consultation.errors import ConsultationError
from consultation.model import Comment, Element, Memo, Tag, Theme
from tests import small

THEMES = (
    Theme(code="vague", name="Too vague", definition="Says too little.", include="Platitudes", examples=("Anywhere.",)),
    Theme(code="empty", name="Empty words", definition="Says nothing.", parent="vague"),
    Theme(code="loud", name="Too <loud> & “quoted”"),
)
TEXT = "👩‍🚒 “Vibrant” <b>says</b> nothing\r\nat all"


def _frames() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    comment = Comment(
        comment_id="c-1", response_id="r-1", event_id=None, source_id="s-1", locator="row 2", question_id=None,
        heading=None, voice="person", text="Say “vibrant” less, and 👩‍🚒 mean it",
    )  # fmt: skip
    second = Comment(**{**vars_of(comment), "comment_id": "c-2", "text": TEXT})
    tags = [
        Tag(
            comment_id="c-1",
            facet="theme",
            code="vague",
            start=5,
            end=12,
            score=1,
            origin="person",
            status="confirmed",
            why="-",
        ),
        Tag(comment_id="c-1", facet="element", code="1.1", score=0.4, origin="rule", why="-"),
        Tag(comment_id="c-2", facet="theme", code="loud", score=0.4, origin="rule", status="rejected", why="-"),
    ]
    element = Element(code="1.1", kind="outcome", parent=None, order=1, version="draft", wording="A vibrant town")
    return tables.frame("comments", [comment, second]), tables.frame("elements", [element]), tables.frame("tags", tags)


def vars_of(comment: Comment) -> dict[str, object]:
    return {name: getattr(comment, name) for name in comment.__dataclass_fields__}


@pytest.fixture
def project() -> bytes:
    comments, elements, tags = _frames()
    return refi.project(comments, elements, THEMES, tags, name="Our plan", who="R. Shah", at="2026-03-01T09:00:00Z")


def test_a_codebook_comes_back_as_it_went_out() -> None:
    assert refi.read_codebook(refi.codebook(THEMES)) == THEMES


def test_an_independent_reader_finds_the_codes_with_their_tree(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    path = tmp_path / "themes.qdc"
    path.write_bytes(refi.codebook(THEMES))
    read = pyrefiqda.RefiCodebook.load(path)
    names = [code.name for code in read.codes.code]
    assert names == ["Too vague", "Too <loud> & “quoted”"]
    assert [code.name for code in read.codes.code[0].code] == ["Empty words"]


def test_each_coding_spans_the_very_words(project: bytes) -> None:
    import xml.etree.ElementTree as ET

    package = zipfile.ZipFile(io.BytesIO(project))
    root = ET.fromstring(package.read("project.qde"))
    space = {"q": refi.PROJECT}
    codes = {code.get("guid"): code.get("name") for code in root.iter(f"{{{refi.PROJECT}}}Code")}
    found = []
    for source in root.iterfind(".//q:TextSource", space):
        text = package.read(f"sources/{source.get('guid')}.txt").decode()
        for selection in source.iterfind("q:PlainTextSelection", space):
            words = text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]
            found += [(words, codes[ref.get("targetGUID")]) for ref in selection.iterfind("q:Coding/q:CodeRef", space)]
    assert ("vibrant", "Too vague") in found
    assert ("Say “vibrant” less, and 👩‍🚒 mean it", "1.1") in found
    assert not any(name.startswith("Too <loud>") for _, name in found), "a rejected tag is no coding"


def test_the_same_project_gives_the_same_bytes(project: bytes) -> None:
    comments, elements, tags = _frames()
    again = refi.project(comments, elements, THEMES, tags, name="Our plan", who="R. Shah", at="2026-03-01T09:00:00Z")
    assert again == project


def _memos() -> pd.DataFrame:
    told = [("vague", "Ask the planners.\nBy June."), ("c-1", "An odd one"), ("c-2", "=1+1 <b>"), ("1.1", "Old"),
            ("r-1", "Rang us"), ("t-1", "On a point")]  # fmt: skip
    rows = [
        Memo(memo_id=f"e-{place}", about=about, text=text, who="R. Shah", at="2026-03-01T09:00:00Z")
        for place, (about, text) in enumerate(told)
    ]
    return tables.frame("memos", rows)


def test_a_memo_on_a_theme_goes_out_with_the_codebook_and_comes_back() -> None:
    data = refi.codebook(THEMES, _memos())
    assert refi.read_codebook(data) == THEMES
    assert refi.read_memos(data) == [("vague", "Ask the planners.\nBy June.")]


def test_every_memo_is_a_note_where_it_belongs_in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xml.etree.ElementTree as ET

    comments, elements, tags = _frames()
    data = refi.project(
        comments, elements, THEMES, tags, _memos(), name="Our plan", who="R. Shah", at="2026-03-01T09:00:00Z"
    )
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("project.qde"))
    space = {"q": refi.PROJECT}
    notes = {
        note.get("guid"): note.findtext("q:PlainTextContent", "", space) for note in root.iterfind(".//q:Note", space)
    }
    assert sorted(notes.values()) == sorted(_memos()["text"])
    at = {
        notes[ref.get("targetGUID")]: parent.tag.split("}")[1]
        for parent in root.iter()
        for ref in parent.findall("q:NoteRef", space)
    }
    assert at == {
        "Ask the planners.\nBy June.": "Code", "Old": "Code", "An odd one": "PlainTextSelection",
        "=1+1 <b>": "PlainTextSelection", "Rang us": "TextSource", "On a point": "Project",
    }  # fmt: skip
    pyrefiqda = pytest.importorskip("pyrefiqda")
    monkeypatch.chdir(tmp_path)  # that reader unpacks where it stands
    (tmp_path / "plan.qdpx").write_bytes(data)
    assert len(pyrefiqda.RefiProject.load(tmp_path / "plan.qdpx").notes.note) == 6


def test_memos_survive_from_one_workspace_to_another(tmp_path: Path) -> None:
    first, second = small.project(tmp_path / "one"), small.project(tmp_path / "two")
    comment = first.table("comments")["comment_id"].iloc[0]
    first.memo("too_much", "Ask the finance team.")
    first.memo(comment, "=1+1 is what they wrote")
    assert dict(first.table("memos")[["about", "text"]].itertuples(False)) == {
        "too_much": "Ask the finance team.", comment: "=1+1 is what they wrote",
    }  # fmt: skip
    first.export(tmp_path / "out", formats=["csv", "datapackage", "qdc", "qdpx"])
    for place in ("memos.csv", "data/memos.csv"):
        rows = list(csv.DictReader((tmp_path / "out" / place).open(encoding="utf-8-sig", newline="")))
        assert {row["text"] for row in rows} == {"Ask the finance team.", "'=1+1 is what they wrote"}
    file = next((tmp_path / "out").glob("*.qdc"))
    told = second.codebook(file)
    assert told.lines == ("0 themes added, 0 changed, 1 memo taken.",)
    assert second.table("memos")[["about", "text"]].to_numpy().tolist() == [["too_much", "Ask the finance team."]]
    assert second.codebook(file).lines == ("0 themes added, 0 changed, 0 memos taken.",)


def test_a_codebook_of_another_tool_adds_and_changes_themes_and_takes_none_out(tmp_path: Path) -> None:
    project = small.project(tmp_path / "town")
    before = {theme.code: theme for theme in project.themes()}
    theirs = (
        Theme(code="too_much", name="Cannot be done", definition="Nobody could."),
        Theme(code="tone", name="Tone of voice"), Theme(code="cold", name="Sounds cold", parent="tone"),
    )  # fmt: skip
    (tmp_path / "theirs.qdc").write_bytes(refi.codebook(theirs))
    assert project.codebook(tmp_path / "theirs.qdc").lines == ("2 themes added, 1 changed, 0 memos taken.",)
    now = {theme.code: theme for theme in project.themes()}
    assert set(now) == {*before, "tone", "cold"}
    assert (now["too_much"].name, now["too_much"].definition) == ("Cannot be done", "Nobody could.")
    assert now["too_much"].cues == before["too_much"].cues
    assert now["cold"].parent == "tone"
    project.undo(project.events()[-1].event_id, together=True)
    assert {theme.code: theme for theme in project.themes()} == before


@pytest.mark.parametrize("data", [b"", b"<a/>", b"\x00\xff"])
def test_what_is_no_codebook_is_refused(data: bytes) -> None:
    with pytest.raises(ConsultationError, match="no REFI-QDA codebook"):
        refi.read_codebook(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_codebook_with_entities_is_refused_in_any_encoding(encoding: str) -> None:
    told = f'<CodeBook xmlns="{refi.CODEBOOK}"><Codes><Code name="&x;"/></Codes></CodeBook>'
    data = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]>{told}'.encode(encoding)
    with pytest.raises(ConsultationError, match="holds XML entities; refused"):
        refi.read_codebook(data)


def test_codes_nested_without_end_are_refused_in_words() -> None:
    codes = '<Code name="a">' * 5000 + "</Code>" * 5000
    with pytest.raises(ConsultationError, match="deeper than any tree of themes"):
        refi.read_codebook(f'<CodeBook xmlns="{refi.CODEBOOK}"><Codes>{codes}</Codes></CodeBook>'.encode())


def test_a_csv_cell_is_never_a_formula_and_every_row_survives() -> None:
    comments, _, _ = _frames()
    comments.loc[0, "text"] = "=cmd|' /C calc'!A0"
    comments.loc[1, "text"] = "one\rtwo"
    files = exchange.as_csv({"comments": comments})
    rows = list(csv.DictReader(io.StringIO(files["comments.csv"].decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == ["'=cmd|' /C calc'!A0", "one\ntwo"]


def test_the_data_package_describes_each_file_and_column() -> None:
    comments, elements, tags = _frames()
    files = exchange.as_datapackage({"comments": comments, "elements": elements, "tags": tags})
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        header = next(csv.reader(io.StringIO(files[resource["path"]].decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_export_is_refused_while_personal_data_is_open_and_leaves_redacted(tmp_path: Path) -> None:
    project = small.project(tmp_path / "town", [("Resident", "Ask Councillor Margaret Bell for a crossing.", "")])
    with pytest.raises(ConsultationError, match="may identify someone"):
        project.export(tmp_path / "out", formats=["csv"])
    assert not (tmp_path / "out").exists()
    (place,) = tables.rows("personal_data", project.table("personal_data"))
    project._record([privacy.decide(place, "redacted")])
    project.export(tmp_path / "out", formats=["csv"])
    rows = list(csv.DictReader((tmp_path / "out" / "comments.csv").open(encoding="utf-8-sig", newline="")))
    assert [row["text"] for row in rows] == ["Ask [name removed] for a crossing."]
