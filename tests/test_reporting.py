"""One set of finished rows, the same words and figures in every format, the same bytes each time."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import io
import json
import re
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import model, reporting, tables, text
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent
from consultation.reporting import house, rows
from consultation.reporting.formats.markdown import escaped
from consultation.settings import Channel, Settings, Suppression
from consultation.words import english, overridden
from tests import invented, reported
from tests.conftest import ROOT

NOW = datetime.date(2026, 3, 2)
FORMS = list(reporting.FORMS)
WITH_FIGURES = [
    "response_profile",
    "you_said_we_did",
    "we_did_not",
    "rationale",
    "before_after",
    "key_issues",
    "charts",
]
APPROVED = Path(__file__).parent / "approved"


def _report(
    seed: int = 1, *, points: int = 12, responses: int = 30, forms: list[str] | None = None
) -> reporting.Report:
    return _made(seed, points, responses, tuple(forms or FORMS))


@functools.cache
def _made(seed: int, points: int, responses: int, forms: tuple[str, ...]) -> reporting.Report:
    held = invented.consultation(seed, points=points, responses=responses)
    return reporting.summarise(held, invented.SETTINGS, english(), now=NOW, forms=forms, themes=invented.THEMES)


def _marks_left_out(told: dict[str, reported.Cells]) -> dict[str, reported.Cells]:
    """Without the words and signs that mark what went and came, which each format shows in its own way."""

    def plain(line: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"\[(?:removed|added): (.*?)\]|~~(.*?)~~", r"\1\2 ", line)).strip()

    return {name: [[[plain(line) for line in cell] for cell in row] for row in table] for name, table in told.items()}


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10_000), points=st.integers(0, 20), responses=st.integers(1, 60))
def test_words_and_figures_read_back_from_every_format_agree(seed: int, points: int, responses: int) -> None:
    report = _report(seed, points=points, responses=responses, forms=WITH_FIGURES)
    printed = {name: reporting.render(report, name) for name in ("docx", "html", "md", "xlsx")}
    told = [_marks_left_out(getattr(reported, f"from_{name}")(printed[name])) for name in ("docx", "html", "md")]
    assert told[0] == told[1] == told[2]
    sheets = reported.from_xlsx(printed["xlsx"])
    for section in report.sections:
        for block in section.blocks:
            table = block.table if isinstance(block, rows.Chart) else block
            if isinstance(table, rows.Table) and section.sheet is None:
                figures = [[cell.number for cell in row] for row in table.rows]
                read = [
                    [value if isinstance(value, int) else None for value in row] for row in sheets[table.caption][1:]
                ]
                assert read == figures
                shown = [
                    [cell.lines[0].text if cell.number is not None else None for cell in row] for row in table.rows
                ]
                assert shown == [[f"{n:,}" if n is not None else None for n in row] for row in figures]


def test_on_a_phone_a_table_is_as_narrow_as_its_words_and_can_be_scrolled() -> None:
    page = reporting.render(_report(forms=["response_profile"]), "html").decode()
    phone = page.split("@media screen and (max-width: 40rem)")[1].split("@page")[0]
    assert "th, td { min-width: 0;" in phone
    assert page.count('<div class="scroll" role="region"') == page.count("<table>") > 1


@pytest.mark.parametrize("format", ["docx", "xlsx", "html", "md"])
def test_the_same_report_is_the_same_bytes(format: str) -> None:
    first = reporting.render(_report(forms=["charts", "before_after"]), format)
    _made.cache_clear()
    assert reporting.render(_report(forms=["charts", "before_after"]), format) == first


def test_the_order_of_rows_in_a_table_changes_nothing() -> None:
    held = invented.consultation(4)
    shuffled = {name: frame.sample(frac=1, random_state=1) for name, frame in held.items()}
    first, second = (
        reporting.summarise(each, invented.SETTINGS, english(), now=NOW, forms=FORMS, themes=invented.THEMES)
        for each in (held, shuffled)
    )
    assert reporting.render(first, "md") == reporting.render(second, "md")


def test_an_empty_workspace_prints_every_form_and_says_that_nothing_is_there() -> None:
    report = reporting.summarise({}, Settings(), english(), now=NOW, forms=FORMS)
    for format in ("docx", "xlsx", "html", "md"):
        assert reporting.render(report, format)
    assert "No points have been recorded yet." in reporting.render(report, "md").decode()


def test_a_report_without_named_forms_is_short_and_holds_what_was_promised() -> None:
    held = invented.consultation(1)
    for commitments, last in ((held["commitments"], "commitments"), (tables.frame("commitments"), "before_after")):
        told = held | {"commitments": commitments}
        report = reporting.summarise(told, invented.SETTINGS, english(), now=NOW)
        assert [section.form for section in report.sections][:5] == list(reporting.DEFAULT_FORMS)
        assert report.sections[-1].form == last


def test_an_unknown_form_or_format_is_met_with_the_nearest() -> None:
    with pytest.raises(ConsultationError) as wrong:
        _report(forms=["rationales"])
    assert wrong.value.do == "Did you mean “rationale”?"
    with pytest.raises(ConsultationError, match="There is no format “doc”"):
        reporting.render(_report(forms=["blurb"]), "doc")


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "a\rb\x00c",
    "| --- | [x](javascript:alert(1)) ![y](http://z) `q` ~~s~~",
    "{{ 7*7 }} {% raise %}",
    "\u202eright to left",
    "# heading\n- list\n1. one\n> quote\n===",
]


@pytest.mark.parametrize("told", HOSTILE)
def test_hostile_words_are_harmless_in_every_format_and_read_the_same(told: str) -> None:
    held = {
        "blocks": tables.frame("blocks", [model.Block(block_id="b-1", topic=told)]),
        "block_rows": tables.frame(
            "block_rows", [model.BlockRow(block_id="b-1", row_id="1", side="said", order=0, statement=told)]
        ),
    }
    report = reporting.summarise(held, Settings(title=told, body=told), english(), now=NOW, forms=["you_said_we_did"])
    html = reporting.render(report, "html").decode()
    assert "<script" not in html
    assert not re.search(r"<a [^>]*javascript", html)
    shown = text.printable(told)
    for name in ("docx", "html"):
        (found,) = getattr(reported, f"from_{name}")(reporting.render(report, name)).values()
        assert re.sub(r"\s+", " ", found[1][0][0]).strip() == re.sub(r"\s+", " ", shown).strip()
    assert reported.from_xlsx(reporting.render(report, "xlsx"))["You said, we did"][1][3] == shown
    md = reporting.render(report, "md").decode()
    assert "<script" not in md
    assert not re.search(r"(?<!\\)\]\(", md)


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_escaped_markdown_holds_no_sign_that_opens_anything(told: str) -> None:
    shown = escaped(told)
    assert "<" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|~]", shown.replace("&#8203;", ""))


# --- side by side -------------------------------------------------------------------------------------------------


def _block(*told: tuple[str, str, tuple[str, ...]]) -> dict[str, pd.DataFrame]:
    """One block with rows of (side, statement, points)."""
    made = [
        model.BlockRow(block_id="b-1", row_id=str(n), side=side, order=n, statement=statement, point_ids=points)
        for n, (side, statement, points) in enumerate(told)
    ]
    return {
        "blocks": tables.frame("blocks", [model.Block(block_id="b-1", topic="Words")]),
        "block_rows": tables.frame("block_rows", made),
    }


BESIDE = _block(
    ("said", "That it was long", ("t-1",)),
    ("said", "That it was vague", ("t-2",)),
    ("said", "That it was too long to read", ("t-3",)),
    ("said", "That nobody asked", ()),
    ("did", "It is shorter", ("t-1", "t-3")),
    ("did", "It names a date", ("t-2",)),
    ("did", "We thank you", ()),
    ("did_not", "One word stays", ("t-2", "t-4")),
)


def test_what_was_done_stands_beside_what_it_answers_and_what_answers_nothing_comes_last() -> None:
    report = reporting.summarise(BESIDE, Settings(), english(), now=NOW, forms=["you_said_we_did"])
    rows = [
        ["That it was long", "That it was too long to read"], ["It is shorter"], [""],
        ["That it was vague"], ["It names a date"], ["One word stays"],
        ["That nobody asked"], ["We thank you"], [""],
    ]  # fmt: skip
    for name in ("docx", "html", "md"):
        told = getattr(reported, f"from_{name}")(reporting.render(report, name))["You said, we did: Words"][1:]
        assert [cell or [""] for row in told for cell in row] == rows
    sheet = reported.from_xlsx(reporting.render(report, "xlsx"))["You said, we did"][1:]
    assert [(row[4], row[3]) for row in sheet][:3] == [
        (1, "That it was long"), (1, "That it was too long to read"), (1, "It is shorter"),
    ]  # fmt: skip


def test_prose_and_the_web_page_keep_each_answer_with_what_it_answers() -> None:
    report = reporting.summarise(BESIDE, Settings(), english(), now=NOW, forms=["findings", "blurb"])
    prose = [block.line.text for block in report.sections[0].blocks if isinstance(block, rows.Paragraph)]
    assert prose[1] == "That it was vague. It names a date. One word stays."
    said, did = (block.items for block in report.sections[1].blocks if isinstance(block, rows.Listing))
    assert [line.text for line in said] == ["That it was long", "That it was vague", "That nobody asked"]
    assert [line.text for line in did] == ["It is shorter", "It names a date", "We thank you"]


# --- honest counts ------------------------------------------------------------------------------------------------


def test_a_channel_of_which_only_part_is_known_leaves_the_rest_unnamed() -> None:
    channel = Channel(id="q", kind="questionnaire", responses=20, of_which={"groups": 8}, invited={"groups": 13})
    told = reporting.render(
        reporting.summarise({}, Settings(channels=(channel,)), english(), now=NOW, forms=["response_profile"]), "md"
    ).decode()
    assert "20 responses by questionnaire: 8 from groups and 12 that did not say who they came from" in told
    assert "8 of the 13 groups that were invited replied (62%)" in told


def test_reply_rates_are_given_by_type_and_together_each_with_its_base() -> None:
    channel = Channel(
        id="d", kind="letter", responses=20, of_which={"organisations": 12, "partnerships": 8},
        invited={"organisations": 45, "partnerships": 13},
    )  # fmt: skip
    told = reporting.render(
        reporting.summarise({}, Settings(channels=(channel,)), english(), now=NOW, forms=["response_profile"]), "md"
    ).decode()
    for wanted in (
        "12 of the 45 organisations",
        "(27%)",
        "8 of the 13 partnerships",
        "(62%)",
        "20 of 58 replied",
        "(34%)",
    ):
        assert wanted in told


def test_an_approximate_number_of_participants_stays_as_it_was_written() -> None:
    channel = Channel(id="w", kind="workshop", participants="around 15", audience="members")
    told = reporting.render(
        reporting.summarise({}, Settings(channels=(channel,)), english(), now=NOW, forms=["response_profile"]), "md"
    ).decode()
    assert "Around 15 members took part in workshop" in told


def test_what_was_received_is_what_was_set_aside_and_what_is_counted() -> None:
    report = _report(3, responses=40, forms=["response_profile"])
    (table,) = [
        b for b in report.sections[0].blocks if getattr(b, "caption", "") == "What was received, and what is counted"
    ]
    told = {row[0].text: row[1].number for row in table.rows}
    assert told["Received"] == told["Set aside: blank"] + told["Counted in this report"] == 40
    assert told["Counted, campaigns left out"] == told["Counted in this report"] - told["Of which part of a campaign"]


def test_no_small_count_by_type_of_respondent_is_printed_in_the_log() -> None:
    report = _report(8, points=40, responses=200, forms=["key_issues", "charts"])
    told = reporting.render(report, "md").decode()
    for kind in ("Resident", "resident", "business", "staff", "parish council"):
        assert not re.search(rf"{kind} [1-4]\b", told)
    assert re.search(r"[Rr]esident \d", told)


def test_a_point_that_few_share_is_not_broken_down_at_all() -> None:
    settings_ = Settings(suppression=Suppression(below=5))
    held = invented.consultation(8, points=6, responses=200)
    report = reporting.summarise(held, settings_, english(), now=NOW, forms=["key_issues"])
    for row in report.sections[0].sheet.rows:
        if row[4].number and row[4].number < 5:
            assert row[3].text == "Too few to say by whom"


def test_a_quantity_word_stands_with_its_base_and_a_persons_own_word_is_told_as_such() -> None:
    held = invented.consultation(1, points=1, responses=40)
    point = tables.rows("points", held["points"])[0]
    held["points"] = tables.frame("points", [dataclasses.replace(point, n_responses=30, quantity=None)])
    told = reporting.summarise(held, invented.SETTINGS, english(), now=NOW, forms=["key_issues"])
    assert "30 responses" in reporting.render(told, "md").decode()
    assert "most of the 38 responses" in reporting.render(told, "md").decode()
    held["points"] = tables.frame("points", [dataclasses.replace(point, n_responses=None, quantity="Some people")])
    told = reporting.summarise(held, invented.SETTINGS, english(), now=NOW, forms=["key_issues"])
    assert "stated as “Some people”" in reporting.render(told, "md").decode()


def test_the_web_page_has_at_most_250_words_under_its_three_headings() -> None:
    report = _report(2, points=60, forms=["blurb"])
    section = report.sections[0]
    told = [section.title]
    for block in section.blocks:
        told += [block.text] if isinstance(block, rows.Heading) else [line.text for line in rows.lines(block)]
    assert [block.text for block in section.blocks if isinstance(block, rows.Heading)] == [
        "We asked",
        "You said",
        "We did",
    ]
    assert 150 < sum(len(line.split()) for line in told) <= 250


def test_the_total_stands_first_and_answers_to_a_question_stand_as_they_are() -> None:
    made = [
        model.Response(
            response_id=f"r-{n}", source_id="s-1", respondent_id=f"p-{n}", channel=channel, respondent_type=kind
        )
        for n, (channel, kind) in enumerate(
            [("questionnaire", "Patient")] * 9 + [("questionnaire", "On behalf of a group")] * 6
            + [("letter", None)] * 8 + [("e-mail", None)] * 7
        )
    ]  # fmt: skip
    held = {"responses": tables.frame("responses", made)}
    report = reporting.summarise(held, Settings(), english(), now=NOW, forms=["response_profile"])
    said = [block.line.text for block in report.sections[0].blocks if isinstance(block, rows.Paragraph)]
    assert said[0] == "In all, we received 30 responses."
    assert "We received 15 responses by questionnaire: Patient 9; On behalf of a group 6." in said


def test_a_headline_never_claims_most_and_never_leads_with_what_fits_no_theme() -> None:
    def tag(n: int, facet: str, code: str) -> model.Tag:
        return model.Tag(
            comment_id=f"c-{n}", facet=facet, code=code, origin="person", status="confirmed", score=None, why=""
        )

    told = [(n, "theme", "off_topic" if n < 6 else "vague") for n in range(9)]
    told += [(n, "element", "1" if n < 5 else "2") for n in range(9)] + [(n, "stance", "object") for n in range(9)]
    kinds = ("staff", "resident")
    held = {
        "elements": tables.frame("elements", [
            model.Element(code=code, kind="milestone", parent=None, order=int(code), version="draft", wording=code * 9)
            for code in "12"
        ]),
        "responses": tables.frame("responses", [
            model.Response(response_id=f"r-{n}", source_id="s-1", respondent_id=f"p-{n}", channel="letter",
                           respondent_type=kinds[n % 2])
            for n in range(9)
        ]),
        "comments": tables.frame("comments", [
            dataclasses.replace(invented._comment(n), comment_id=f"c-{n}", response_id=f"r-{n}") for n in range(9)
        ]),
        "tags": tables.frame("tags", [tag(*each) for each in told]),
    }  # fmt: skip
    themes = [model.Theme(code="off_topic", name="Off topic"), model.Theme(code="vague", name="Too vague")]
    forms = ["charts", "headlines"]
    report = reporting.summarise(held, Settings(), english(), now=NOW, forms=forms, themes=themes)
    charts = {block.title: block.summary for block in report.sections[0].blocks if isinstance(block, rows.Chart)}
    assert "Of 2 milestones, 2 have no recorded decision." in reporting.render(report, "md").decode()
    support = charts["Comments on each part, by what they say"]
    assert support.startswith("More comments were about 1 111111111 than about any other part: 5.")
    raised = charts["Responses that raised each theme, by who responded"]
    assert raised == "More responses raised the theme “Too vague” than any other: 3."


@pytest.mark.parametrize(
    ("closes", "dated", "said"),
    [(None, True, ""), ("2026-03-09", False, "carry no dates"), ("2026-03-09", True, "No response came after")],
)
def test_the_method_speaks_of_late_responses_only_where_something_closed_and_dates_are_held(
    closes: str | None, dated: bool, said: str
) -> None:
    held = invented.consultation(1)
    held["responses"] = held["responses"].assign(submitted_at="2026-03-02" if dated else None, completeness="complete")
    report = reporting.summarise(held, Settings(closes=closes), english(), now=NOW, forms=["method"])
    told = reporting.render(report, "md").decode()
    assert said in told
    assert bool(said) == ("late" in told or "closing date" in told)


# --- stamps and publication ---------------------------------------------------------------------------------------


def test_undecided_points_open_findings_and_gaps_stamp_every_format_as_a_draft() -> None:
    held = invented.consultation(1)
    report = reporting.summarise(held, Settings(), english(), now=NOW, forms=["method"], findings=2)
    stamps = " ".join(report.stamps)
    assert "DRAFT. The audit has 2 open findings." in stamps
    assert "have no recorded decision yet" in stamps
    assert "Still to be completed: when it ran" in stamps
    for format in ("docx", "html", "md", "xlsx"):
        data = reporting.render(report, format)
        if format == "docx":
            data = "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs).encode()
        elif format == "xlsx":
            data = str(openpyxl.load_workbook(io.BytesIO(data))["Cover"]["A4"].value).encode()
        assert b"DRAFT" in data


def test_unchecked_suggestions_mark_the_report_and_its_tables_provisional() -> None:
    told = reporting.render(_report(1, forms=["you_said_we_did"]), "md").decode()
    assert "PROVISIONAL." in told
    assert "Provisional: not every suggestion behind this table has been checked" in told


def test_the_manifest_names_inputs_settings_templates_and_files_and_is_the_same_each_time() -> None:
    report = _report(forms=["blurb"])
    files = {"report.md": reporting.render(report, "md")}
    made = [
        reporting.publication.manifest(
            files,
            report=report,
            tables={},
            settings=invented.SETTINGS,
            style=house.load(),
            version="1.0",
            ledger_head="abc",
        )
        for _ in range(2)
    ]
    told = json.loads(made[0])
    assert made[0] == made[1]
    assert told["ledger_head"] == "abc"
    assert told["settings"]["title"] == "A Plan for Hollinshire"
    assert len(told["files"]["report.md"]["sha256"]) == 64
    assert "report.css" in told["templates"]


# --- house style --------------------------------------------------------------------------------------------------


def test_a_workspaces_template_changes_words_and_not_numbers(tmp_path: Path) -> None:
    (tmp_path / "report.md.jinja").write_text(
        "Our page: {{ report.title }}\n{{ report.sections[0].title }}", encoding="utf-8"
    )
    words = overridden(english(), 'yswd.title: "Fe ddywedoch chi"', language="cy")
    report = reporting.summarise(invented.consultation(1), invented.SETTINGS, words, now=NOW, forms=["you_said_we_did"])
    told = reporting.render(report, "md", style=house.load(tmp_path), words=words).decode()
    assert told == "Our page: A Plan for Hollinshire: what you said and what we did\nFe ddywedoch chi\n"
    assert '<html lang="cy">' in reporting.render(report, "html", words=words).decode()


def test_a_template_with_a_mistake_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "report.md.jinja").write_text("fine\n{% if %}", encoding="utf-8")
    with pytest.raises(ConsultationError, match="The template cannot be read") as wrong:
        reporting.render(_report(forms=["blurb"]), "md", style=house.load(tmp_path))
    assert wrong.value.where == "templates/report.md.jinja, line 2"


def test_a_councils_own_word_template_keeps_its_looks_and_gets_the_forms_where_it_wants_them(tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our crest"
    own.add_paragraph("Report to Cabinet on {{ title }} & more")
    own.add_paragraph("{{ we_did_not }}")
    own.add_paragraph("Between")
    own.add_paragraph("{{ report }}")
    own.add_paragraph("Signed")
    own.save(str(tmp_path / "report.docx"))
    report = _report(forms=["you_said_we_did", "we_did_not"])
    made = docx.Document(io.BytesIO(reporting.render(report, "docx", style=house.load(tmp_path))))
    told = [paragraph.text for paragraph in made.paragraphs]
    assert made.sections[0].header.paragraphs[0].text == "Our crest"
    order = [told.index(name) for name in ("We didn’t, because", "Between", "You said, we did", "Signed")]
    assert order == sorted(order)
    assert "{{" not in " ".join(told)


def test_a_tag_that_does_not_stand_alone_in_its_paragraph_is_refused_with_what_to_do(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_table(rows=1, cols=1).cell(0, 0).text = "See {{ report }}"
    own.save(str(tmp_path / "report.docx"))
    with pytest.raises(ConsultationError, match="does not stand alone in a paragraph") as wrong:
        reporting.render(_report(forms=["blurb"]), "docx", style=house.load(tmp_path))
    assert wrong.value.do == "Give it a paragraph of its own, outside tables and text boxes, once."


def test_the_built_in_template_saved_as_the_workspaces_own_prints_the_same(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(reporting.word_template())
    report = _report(forms=["blurb"])
    assert reporting.render(report, "docx", style=house.load(tmp_path)) == reporting.render(report, "docx")


def test_a_text_that_nobody_knows_or_a_slot_that_nothing_fills_is_refused() -> None:
    with pytest.raises(ConsultationError) as wrong:
        overridden(english(), 'yswd.titel: "x"')
    assert wrong.value.do == "Did you mean “yswd.title”?"
    with pytest.raises(ConsultationError) as wrong:
        overridden(english(), 'yswd.caption: "{topic} {total}"')
    assert wrong.value.do == "Slots that may stand here: {topic}."


def test_plurals_follow_the_language() -> None:
    words = overridden(
        english(), 'count.days: {one: "diwrnod", two: "{number} ddiwrnod", other: "{number} diwrnod"}', language="cy"
    )
    assert [words("count.days", count=n, number=n) for n in (1, 2, 3)] == ["diwrnod", "2 ddiwrnod", "3 diwrnod"]


FAMILIES = (
    "kind", "kinds", "only", "reason", "disposition", "change", "channel", "stance", "fate", "origin", "said", "here",
    "heard", "did", "travel", "method", "machine_use", "subject", "yswd",
)  # fmt: skip


def test_every_text_that_the_code_asks_for_is_there_and_no_other() -> None:
    home = ROOT / "consultation"
    files = [*(home / "reporting").rglob("*.py"), *(home / "wording").rglob("*.py"), home / "statements.py"]
    files += [home / "words.py", *(ROOT / "templates").glob("*.jinja")]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r'words\(\s*"([\w. ]+)"', code))
    composed = {f"{head}." for head in re.findall(r'f"([\w.]+)\.\{', code)} | {f"{name}." for name in FAMILIES}
    assert len(asked) > 100
    assert asked <= set(english().told)
    unused = [
        key for key in english().told if f'"{key}"' not in code and not any(key.startswith(head) for head in composed)
    ]
    assert unused == []


def test_what_machines_did_is_told_with_counts_and_gaps_say_to_complete() -> None:
    held = invented.consultation(1)
    events = [LedgerEvent(seq=1, event_id="e-1", at="2026-02-01T00:00:00Z", who="Ada", what="tag", payload={})]
    report = reporting.summarise(
        held, invented.SETTINGS, english(), now=NOW, forms=["machine_use"], events=events, themes=invented.THEMES
    )
    told = {row[0].text: row[1].text for row in report.sections[0].blocks[0].rows}
    assert told["Who checked"] == "1 officer."
    assert told["Senior responsible owner"] == "To complete"
    checked = told["How much was checked by people"]
    assert re.search(r"\d+ of \d+ codes \(\d+%\) were confirmed, added or rejected by a person", checked)


# --- approved pieces ----------------------------------------------------------------------------------------------

PIECES = ["you_said_we_did", "we_did_not", "lettered_changes", "commitments", "key_issues"]


@pytest.mark.parametrize("form", PIECES)
def test_a_small_finished_piece_reads_as_approved(form: str) -> None:
    """To approve a change, look at what the test prints and save it as tests/approved/<form>.md."""
    report = _report(11, points=5, responses=12, forms=[form])
    assert reporting.render(report, "md").decode() == (APPROVED / f"{form}.md").read_text(encoding="utf-8")
