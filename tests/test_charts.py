"""Charts say in words and numbers what they show: drawn offline, described for those who do not see, safe to open."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from consultation import tables
from consultation.analysis import after, charts
from consultation.analysis.picture import Picture
from consultation.analysis.topics import Topics
from consultation.errors import ConsultationError
from consultation.model import Decision, Element, Lineage, Measurement, Proposal
from consultation.settings import Travel

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<b>Ål & “co”</b>\x07"


def _crosstab(rows: dict[str, list[int | None]], columns: list[str]) -> pd.DataFrame:
    told = [
        (row, row.title(), column, column, n, sum(m or 0 for m in counts), 20)
        for row, counts in rows.items()
        for column, n in zip(columns, counts, strict=True)
    ]
    names = ["row", "row_name", "column", "column_name", "count", "row_total", "column_base"]
    made = pd.DataFrame(told, columns=names).astype({"count": "Int64", "column_base": "Int64"})
    return made.assign(share=(made["count"] / made["column_base"]).astype("Float64"), withheld=made["count"].isna())


def _timeline() -> pd.DataFrame:
    days = pd.to_datetime(["2026-05-01", "2026-05-02", "2026-05-01", "2026-05-02", None])
    parts = ["post", "post", NASTY, NASTY, "post"]
    return pd.DataFrame({"date": days, "part": parts, "responses": [3, 4, 0, 1, 2], "cumulative": [3, 7, 0, 1, 9]})


def _keyness() -> pd.DataFrame:
    rows = [("bus", 9, 1, 20, 40, 4.2, 1.5, float("inf")), ("road", 8, 8, 20, 40, 1.0, -0.2, 2.4)]
    names = ["word", "n", "n_other", "base", "base_other", "log_ratio", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def _topics() -> Topics:
    table = pd.DataFrame(
        {"topic": [1, 2], "words": [("bus", "fare"), (NASTY, "home")], "comments": [30, 5], "stable": [True, False]}
    )
    empty = pd.DataFrame()
    return Topics(table=table, exemplars=empty, how_many=empty, stable=False, verdict="Not stable: look around.")


def _elements() -> pd.DataFrame:
    def one(code: str, version: str, wording: str | None) -> Element:
        return Element(code=code, kind="outcome", parent=None, order=int(code), version=version, wording=wording)

    return tables.frame(
        "elements",
        [
            one("1", "draft", "A vibrant town"), one("1", "revised", "A good town to live in"),
            one("2", "draft", "Quiet streets"), one("2", "revised", "Quiet  streets"),
            one("3", "draft", "More lamps"), one("4", "draft", "Old oaks"), one("5", "revised", "New trees"),
            one("6", "draft", "Left open"),
        ],
    )  # fmt: skip


def _held() -> dict[str, pd.DataFrame]:
    rows = [
        Measurement(measure_id=f"m-{code}{n}", element=code, name=f"m{n}", year=year, value=value, better="higher")
        for code, n, values in (("1", 1, (80, 90, 100)), ("2", 1, (80, 90, 100)), ("2", 2, (120, 110, 100)))
        for year, value in zip((2014, 2016, 2017), values, strict=True)
    ]
    proposal = Proposal(proposal_id="x-1", element="4", change_kinds=("removed",), old=None, new=None)
    decision = Decision(decision_id="d-1", proposal_id="x-1", disposition="adopted", reason="-")
    return {
        "elements": _elements(),
        "measurements": tables.frame("measurements", rows),
        "lineage": tables.frame("lineage", [Lineage(from_code="3", to_code="5", change_kind="merged")]),
        "proposals": tables.frame("proposals", [proposal]),
        "decisions": tables.frame("decisions", [decision]),
    }


GRID = _crosstab({"loud": [9, None], "quiet": [2, 12]}, ["Home", NASTY])
STANCES = _crosstab({"object": [5, 1], "support": [3, None], "conditional": [2, 0], "question": [4, 7]}, ["1", "2"])
CHARTS: dict[str, tuple[Callable[[], Picture], tuple[str, ...]]] = {
    "timeline": (lambda: charts.timeline(_timeline()), ("post: 7", "Not drawn: 2 without a date.")),
    "crosstab": (lambda: charts.crosstab(GRID, "Themes"), ("Loud", "9", "12", "–", "– withheld: a small number.")),
    "shares": (lambda: charts.crosstab(GRID, "Shares", value="share"), ("45%", "60%", "–")),
    "bars": (lambda: charts.crosstab(_crosstab({"a": [8], "b": [0]}, ["all"]), "Themes"), ("A", "8", "0")),
    "support": (lambda: charts.support(STANCES), ("against", "for", "neither", "5", "3", "2", "7")),
    "keyness": (lambda: charts.keyness(_keyness()), ("bus", "9 of 20 (45%), others 1 of 40 (2%)", "►")),
    "topics": (lambda: charts.topics(_topics()), ("1. bus, fare", "30", "5 (does not hold)")),
    "travelled": (
        lambda: charts.travelled(after.travelled(_held(), Travel(horizons=(1, 3)))),
        ("▲ Improving*", "◊ Mixed", "* rests on one measure alone."),
    ),
    "rewording": (lambda: charts.rewording(after.rewording(_held())), ("words gone", "4", "removed", "new", "2 kept")),
}  # fmt: skip


@pytest.fixture(scope="module", params=CHARTS)
def drawn(request: pytest.FixtureRequest) -> tuple[Picture, tuple[str, ...]]:
    make, words = CHARTS[request.param]
    return make(), words


def test_a_chart_has_its_numbers_in_words_and_tells_them_to_those_who_do_not_see_it(
    drawn: tuple[Picture, tuple[str, ...]],
) -> None:
    picture, words = drawn
    root = ET.fromstring(picture.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == picture.title
    assert root.findtext(f"{SVG}desc") == picture.described
    assert picture.described
    shown = {told for text in root.iter(f"{SVG}text") for told in text.itertext()}
    assert not set(words) - shown, shown


def test_a_chart_holds_all_it_needs_and_no_code_of_a_respondent(drawn: tuple[Picture, tuple[str, ...]]) -> None:
    svg = drawn[0].svg.replace('"http://www.w3.org/', "")
    assert "http" not in svg
    assert "<b>" not in svg
    assert "\x07" not in svg


@pytest.mark.parametrize("kind", ["svg", "png", "json"])
def test_a_chart_is_saved_as_a_file(kind: str, tmp_path: Path) -> None:
    made = charts.crosstab(GRID, "Themes by place").save(tmp_path / f"themes.{kind}")
    assert made.read_bytes().startswith({"svg": b"<svg", "png": b"\x89PNG", "json": b"{"}[kind])


def test_no_word_stands_on_a_ground_that_is_too_near_to_it() -> None:
    """At least 4.5:1, as WCAG 2.2 asks for (1.4.3), of every ground that charts draw numbers on."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for ground in (charts.BLUE, charts.PALE, charts.RUST, charts.GREY, charts.DEEPEST):
        ink = charts.ink(ground)
        lights = sorted((light(ground), light("#ffffff" if ink == "white" else ink)))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, ground


def test_what_became_of_each_part_is_told_by_wordings_decisions_and_lineage() -> None:
    told = after.rewording(_held()).set_index("element")
    assert told["fate"].to_dict() == {
        "1": "changed", "2": "unchanged", "3": "removed", "4": "removed", "5": "new", "6": "undecided",
    }  # fmt: skip
    assert told.loc["1", ["kept", "gone", "added"]].tolist() == [2, 1, 4]
    assert told.loc["5", ["kept", "gone", "added"]].tolist() == [0, 0, 2]
    assert told.loc["6", ["kept", "gone", "added"]].isna().all()


def test_an_empty_table_is_no_chart() -> None:
    with pytest.raises(ConsultationError, match="There is no measure to draw"):
        charts.travelled(after.travelled({**_held(), "measurements": tables.frame("measurements", [])}, Travel()))
    with pytest.raises(ConsultationError, match="not saved as"):
        charts.crosstab(GRID, "Themes").save("themes.pdf")


def test_without_the_extra_a_chart_names_the_line_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ConsultationError) as refused:
        charts.crosstab(GRID, "Themes")
    assert 'pip install "consultation[charts]"' in str(refused.value)
