"""The printed report of a real consultation, read back from every format, says what its council printed."""

from __future__ import annotations

import datetime
import io
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import bs4
import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from docx_revisions import RevisionDocument

from consultation import reporting
from consultation.settings import Channel, Settings
from consultation.words import english
from tests import kent as replay
from tests import reported

NOW = datetime.date(2015, 3, 23)


@pytest.fixture(scope="module")
def kent(shared: Path) -> Mapping[str, Any]:
    return replay.facts(shared)


@pytest.fixture(scope="module")
def held(kent: Mapping[str, Any]) -> Mapping[str, pd.DataFrame]:
    """The tables of that consultation after its officers' workbooks were taken in."""
    return replay.replay(kent)[0].tables()


@pytest.fixture(scope="module")
def settings(kent: Mapping[str, Any]) -> Settings:
    asked = kent["consultation"]
    return Settings(
        title="Strategic Statement",
        body="The council",
        opens=asked["period"]["start"].isoformat(),
        closes=asked["period"]["end"].isoformat(),
        stated_duration=asked["stated_duration"],
        channels=tuple(
            Channel(
                id=told["id"], kind=told["kind"], audience=told.get("audience"),
                participants=str(told["participants"]) if "participants" in told else None,
                responses=told.get("responses"), of_which=told.get("of_which", {}),
            )
            for told in asked["channels"]
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed(held: Mapping[str, pd.DataFrame], settings: Settings) -> dict[str, bytes]:
    report = reporting.summarise(held, settings, english(), now=NOW)
    return {name: reporting.render(report, name) for name in ("docx", "xlsx", "html", "md")}


def _asked(kent: Mapping[str, Any]) -> list[tuple[str, list[str], list[str]]]:
    return [
        (told["topic"], [row["text"] for row in told["you_said"]], [row["text"] for row in told["we_did"]])
        for told in kent["you_said_we_did"]
    ]


@pytest.mark.parametrize("name", ["docx", "html", "md"])
def test_all_eight_tables_are_word_for_word_and_in_order(
    name: str, printed: dict[str, bytes], kent: Mapping[str, Any]
) -> None:
    found = getattr(reported, f"from_{name}")(printed[name])
    prefix = "You said, we did: "
    told = [(caption.removeprefix(prefix), rows) for caption, rows in found.items() if caption.startswith(prefix)]
    assert [(topic, *rows[1]) for topic, rows in told] == _asked(kent)
    assert all(rows[0] == [["You said"], ["We did"]] for _, rows in told)
    assert (sum(len(rows[1][0]) for _, rows in told), sum(len(rows[1][1]) for _, rows in told)) == (27, 18)


def test_all_eight_tables_are_word_for_word_in_the_workbook(printed: dict[str, bytes], kent: Mapping[str, Any]) -> None:
    rows = reported.from_xlsx(printed["xlsx"])["You said, we did"][1:]
    topics = list(dict.fromkeys(row[0] for row in rows))
    told = [
        (topic, *([row[3] for row in rows if row[0] == topic and row[2] == side] for side in ("You said", "We did")))
        for topic in topics
    ]
    assert told == _asked(kent)


@pytest.mark.parametrize("name", ["docx", "html", "md"])
def test_all_twenty_rationale_rows_are_word_for_word_and_in_order(
    name: str, printed: dict[str, bytes], kent: Mapping[str, Any]
) -> None:
    found = getattr(reported, f"from_{name}")(printed[name])
    wanted = {
        told["revised"]["text"]: [
            (child["revised"]["text"], child["rationale"])
            for child in kent["elements"]
            if child.get("parent") == told["id"] and child.get("rationale")
        ]
        for told in kent["elements"]
        if told["kind"] == "strategic_outcome"
    }
    assert [len(rows) for rows in wanted.values()] == [7, 6, 7]
    for parent, rows in wanted.items():
        assert found[parent][0] == [["New supporting outcome"], ["Rationale for change"]]
        assert [(row[0][0], *row[1]) for row in found[parent][1:]] == rows


def test_all_twenty_rationale_rows_are_word_for_word_in_the_workbook(
    printed: dict[str, bytes], kent: Mapping[str, Any]
) -> None:
    rows = reported.from_xlsx(printed["xlsx"])["What changed in each part, and why"][1:]
    told = {row[1]: (row[2], row[3]) for row in rows}
    wanted = {e["id"]: (e["revised"]["text"], e["rationale"]) for e in kent["elements"] if e.get("rationale")}
    assert len(wanted) == 20
    assert {code: told[code] for code in wanted} == wanted
    assert [row[1] for row in rows if row[1] in wanted] == list(wanted)


def test_the_eight_points_that_were_kept_stand_under_we_did_not(
    printed: dict[str, bytes], kent: Mapping[str, Any]
) -> None:
    everything = [*(p for e in kent["elements"] for p in e.get("points", ())), *kent["cross_cutting_points"]]
    kept = [point for point in everything if point["disposition"] == "retained_with_reason"]
    for name in ("docx", "html", "md"):
        rows = getattr(reported, f"from_{name}")(printed[name])["What we kept as it was"][1:]
        said = sorted(text.rstrip(".") for row in rows for text in row[1])
        assert said == sorted(point["quote"].rstrip(".") for point in kept)
        assert all(row[2][0] for row in rows)
    assert len(kept) == 8


def test_participants_and_responses_stay_as_stated_and_are_never_added_up(printed: dict[str, bytes]) -> None:
    page = bs4.BeautifulSoup(printed["html"], "html.parser")
    for text in (page.body.get_text(), printed["md"].decode()):
        for told in ("56 responses", "29 from individuals/residents", "16 from staff", "85 residents", "39 staff"):
            assert told in text
        assert "11 that did not say" in text
        assert "five weeks" in text
        assert "31 days" in text
        assert "124" not in text
        assert "180" not in text


def test_a_draft_wording_that_is_not_held_is_never_put_together(printed: dict[str, bytes]) -> None:
    rows = reported.from_html(printed["html"])["Each part of the draft before and after the consultation"]
    told = {row[0][0]: row[2][0] for row in rows[1:]}
    assert told["1.1"] == "Draft wording not held. Known from it: “resilient”."
    assert told["3.3"] == "Not in the draft."
    assert told["DROP-SKILLS"] == "Draft wording not held."


def test_the_ten_points_without_an_answer_stamp_the_whole_report(printed: dict[str, bytes]) -> None:
    assert "DRAFT. 10 points have no recorded decision yet." in printed["md"].decode()


@pytest.fixture(scope="module")
def tracked(held: Mapping[str, pd.DataFrame], settings: Settings) -> bytes:
    return reporting.tracked_changes(held, settings, english(), now=NOW)


def _by_heading(document: docx.document.Document) -> dict[str, str]:
    """Element code -> the text that stands under its heading."""
    found, code = {}, ""
    for paragraph in document.paragraphs:
        if paragraph.style.name == "Heading 2":
            code = paragraph.text
        elif code and paragraph.style.name == "Normal":
            found[code] = paragraph.text
    return found


def test_accepting_all_gives_the_revised_wording_and_rejecting_all_the_draft(
    tracked: bytes, kent: Mapping[str, Any], tmp_path: Path
) -> None:
    both = {e["id"]: e for e in kent["elements"] if e["draft"].get("text") and (e["revised"] or {}).get("text")}
    assert sorted(both) == ["3.7", "LABEL", "SO1", "SO2", "SO3", "TITLE", "VISION"]
    for verb, side in (("accept_all", "revised"), ("reject_all", "draft")):
        (tmp_path / "t.docx").write_bytes(tracked)
        document = RevisionDocument(str(tmp_path / "t.docx"))
        getattr(document, verb)()
        document.save(str(tmp_path / "out.docx"))
        told = _by_heading(docx.Document(str(tmp_path / "out.docx")))
        assert {code: told[code] for code in both} == {code: e[side]["text"] for code, e in both.items()}


def test_each_tracked_change_has_a_comment_with_its_reason(tracked: bytes) -> None:
    document = docx.Document(io.BytesIO(tracked))
    told = [comment.text for comment in document.comments]
    assert any("good quality of life" in text and "[t-" in text for text in told)
    ranges = document.element.body.findall(f".//{qn('w:commentRangeStart')}")
    assert len(ranges) == len(told) > 10


def test_libreoffice_shows_the_revisions(tracked: bytes, tmp_path: Path, program: Callable[..., str]) -> None:
    office = program("soffice", "libreoffice", package="libreoffice-writer")
    (tmp_path / "t.docx").write_bytes(tracked)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fodt",
         "--outdir", str(tmp_path), str(tmp_path / "t.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = (tmp_path / "t.fodt").read_text(encoding="utf-8")
    body = docx.Document(io.BytesIO(tracked)).element.body
    for mark, name in (("ins", "insertion"), ("del", "deletion")):
        marked = [found for found in body.iter(qn(f"w:{mark}")) if found.getparent().tag == qn("w:p")]
        assert text.count(f"<text:{name}>") >= len(marked) > 4
    assert text.count("<office:annotation ") > 10
