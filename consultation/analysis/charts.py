"""Charts of an analyst's tables, a function for each: it takes the table that the question of that name gives.

All are plain: a bar or a cell with its number beside it, light and dark so that they hold apart in grey, the base and
what is withheld in words. To add a chart, write a function (frame) -> `picture(...)` here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from consultation.analysis.after import FATES
from consultation.analysis.cases import UNTAGGED
from consultation.analysis.crosstabs import EVERYONE
from consultation.analysis.picture import Picture, altair, picture
from consultation.analysis.shown import DARK
from consultation.analysis.topics import Topics
from consultation.errors import ConsultationError
from consultation.text import printable

MOST: Final = 12  # bars in one chart, or rows of a grid: the rest is in the table
BLUE, PALE, RUST, GREY = "#12466b", "#a8c7de", "#a34a10", "#d9d9d9"
DEEPEST: Final = "#6c9dc2"  # of a grid: dark words still stand out on it
_FOR: Final = {"support": BLUE, "conditional": PALE}
_AGAINST: Final = {"object": RUST}
_WAYS: Final = {
    "improving": ("▲", BLUE),
    "maintaining": ("▬", PALE),
    "mixed": ("◊", GREY),
    "not improving": ("▼", RUST),
}
_HIDDEN: Final = "–"


def timeline(found: pd.DataFrame, title: str = "Responses as they came in") -> Picture:
    """A row of bars for each part (channel, ...) over time, from `timeline(...)`; the largest six parts."""
    alt = altair()
    dated = _some(found.dropna(subset="date"), "dated response")
    sums = dated.groupby("part")["responses"].sum().sort_values(ascending=False, kind="stable")
    kept = [part for part in sums.index if sums[part]][: MOST // 2]
    shown = {part: f"{printable(str(part))}: {sums[part]:,}" for part in kept}
    data = dated[dated["part"].isin(kept)].assign(
        part=lambda rows: rows["part"].map(shown), responses=lambda rows: rows["responses"].astype("int64")
    )
    base = alt.Chart(data).encode(
        x=alt.X("date:T", title=None, axis=alt.Axis(format="%-d %b", labelAngle=0, labelOverlap=True, grid=False)),
        y=alt.Y("responses:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=3)),
    )
    chart = base.mark_bar(color=BLUE, width={"band": 0.8}, size=max(1.5, 480 / max(1, data["date"].nunique())))
    rows = chart.properties(width=560, height=56).facet(
        row=alt.Row("part:N", title=None, sort=list(shown.values()),
                    header=alt.Header(labelAngle=0, labelAlign="left", labelAnchor="middle", labelLimit=190)),
        spacing=8,
    )  # fmt: skip
    lost = found.loc[found["date"].isna(), "responses"].sum()
    first, last = data["date"].min(), data["date"].max()
    told = f"{_day(first)} to {_day(last)}. " + "; ".join(shown.values()) + "."
    rest = sums.sum() - sums[kept].sum()
    return picture(rows, title, told, "Responses, by the day on which they were sent.",
                   f"Not drawn: {lost:,} without a date." if lost else "",
                   f"Not drawn: {rest:,} of other parts." if rest else "")  # fmt: skip


def crosstab(found: pd.DataFrame, title: str, *, value: str = "count", most: int = MOST) -> Picture:
    """A crosstab as a grid of numbers on a ground that is the darker the more they are; bars, if it has one column.

    `value`: `count`, or `share` (of the column's base, in per cent). The first `most` rows, the widest `most` columns.
    """
    told = _some(found[found["row"] != UNTAGGED], "count")
    kept = list(dict.fromkeys(told["row_name"]))[:most]
    bases = told.drop_duplicates("column_name").set_index("column_name")["column_base"].fillna(0)
    wide = set(bases.sort_values(ascending=False, kind="stable").index[:most])
    data = told[told["row_name"].isin(kept) & told["column_name"].isin(wide)]
    figures = data["share"].astype("float64") * 100 if value == "share" else data["count"].astype("float64")
    unit = "%" if value == "share" else ""
    data = pd.DataFrame(
        {
            "row": data["row_name"].map(printable), "column": data["column_name"].map(printable), "n": figures,
            "label": [_HIDDEN if np.isnan(n) else f"{n:,.0f}{unit}" for n in figures], "base": data["column_base"],
        }
    )  # fmt: skip
    hidden = int(data["n"].isna().sum())
    many, across = told["row_name"].nunique() - len(kept), len(bases) - len(wide)
    notes = (
        f"{_HIDDEN} withheld: a small number." if hidden else "",
        f"Not drawn: {many:,} more rows, {across:,} more columns." if many or across else "",
    )
    top = data.sort_values("n", ascending=False, kind="stable").iloc[0]
    if set(data["column"]) == {EVERYONE}:
        base = data["base"].iloc[0]
        words = f"Bars. The longest: {top['row']}, {top['label']}, of {base:,}." if not pd.isna(base) else "Bars."
        return picture(_bars(data, "row"), title, words, *notes)
    words = f"A grid of {data['row'].nunique()} rows and {data['column'].nunique()} columns."
    largest = "" if np.isnan(top["n"]) else f" The largest number: {top['row']}, {top['column']}: {top['label']}."
    return picture(_grid(data), title, words + largest, *notes)


def support(found: pd.DataFrame, title: str = "Who is for and who is against", *, most: int = MOST) -> Picture:
    """For and against as bars to either side, and how many said neither: from `crosstab("stance", "element")`, or by
    anything else in place of elements."""
    told = _some(found[(found["row"] != UNTAGGED) & (found["column"] != UNTAGGED)], "stance")
    sums = told.groupby("column_name", sort=False)["count"].sum()
    kept = set(sums[sums > 0].sort_values(ascending=False, kind="stable").index[:most])
    data = told[told["column_name"].isin(kept)]
    stances = [*_AGAINST, *_FOR]
    parts = {
        str(name): {row: (0 if pd.isna(n) else int(n)) for row, n in zip(rows["row"], rows["count"], strict=True)}
        for name, rows in data.groupby("column_name", sort=False)
    }
    bars = [(name, [(stance, counts.get(stance, 0)) for stance in stances]) for name, counts in parts.items()]
    rest = data[~data["row"].isin(stances)].groupby("column_name", sort=False)["count"]
    beside = {str(name): f"{rows.sum():,}{'+' * bool(rows.isna().any())}" for name, rows in rest}
    hidden = int(data["count"].isna().sum())
    return picture(
        _diverging(bars, beside, {**_AGAINST, **_FOR}, ("against", "for", "neither")), title,
        f"Most for: {_top(bars, _FOR)}. Most against: {_top(bars, _AGAINST)}.",
        "For: support (dark), support on conditions (light). Neither: suggests, asks, observes, mixed.",
        f"Left out: {hidden:,} small numbers that are withheld (+: and some of those)." if hidden else "",
    )  # fmt: skip


def rewording(found: pd.DataFrame, title: str = "What changed in the words of the draft", *, most: int = 40) -> Picture:
    """For each part the words that went, to the left, and those that came, to the right: from `rewording()`."""
    known = _some(found.dropna(subset=["kept", "gone", "added"]), "wording")[:most]
    bars = [
        (str(name), [("gone", int(gone)), ("added", int(added))])
        for name, gone, added in zip(known["name"], known["gone"], known["added"], strict=True)
    ]
    beside = {
        str(name): {"changed": f"{kept:,} kept"}.get(fate, fate)
        for name, kept, fate in zip(known["name"], known["kept"], known["fate"], strict=True)
    }
    tally = [f"{n:,} {fate}" for fate in FATES if (n := int((found["fate"] == fate).sum()))]
    made = _diverging(bars, beside, {"gone": RUST, "added": BLUE}, ("words gone", "words new", ""))
    return picture(made, title, f"{len(found):,} parts: {', '.join(tally)}.")


def keyness(found: pd.DataFrame, title: str = "What they say that others do not", *, most: int = MOST) -> Picture:
    """The words that one side says more, with how many times as often and how sure that is: from `keyness(...)`."""
    alt = altair()
    more = _some(found[found["log_ratio"] > 0][:most], "word")
    ends = more[["low", "high", "log_ratio"]].to_numpy(dtype="float64")
    ends = ends[np.isfinite(ends)]
    left, right = min(0.0, float(ends.min()) - 0.3), float(ends.max()) + 0.6
    data = pd.DataFrame(
        {
            "word": more["word"].map(printable), "at": more["log_ratio"], "low": more["low"].clip(lower=left),
            "high": more["high"].clip(upper=right), "right": right,
            "open": ["►" if np.isinf(high) else "" for high in more["high"]],
            "told": [_told(*each) for each in more[["n", "base", "n_other", "base_other"]].itertuples(False)],
        }
    )  # fmt: skip
    scale = alt.Scale(domain=[left, right], nice=False)
    times = "datum.value < 0 ? '1/' + format(pow(2, -datum.value), 'd') : format(pow(2, datum.value), 'd') + ' times'"
    axis = alt.Axis(values=list(range(int(np.ceil(left)), int(right) + 1)), labelExpr=times, labelOverlap=True)
    base = alt.Chart(data).encode(y=alt.Y("word:N", sort=list(data["word"]), title=None))
    x = alt.X("at:Q", title="how many times as often", scale=scale, axis=axis)
    layers = (
        alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color="#888", strokeDash=[4, 3]).encode(x=x),
        base.mark_rule(color=DARK, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q"),
        base.mark_point(filled=True, size=70, color=BLUE, opacity=1).encode(x=x),
        base.mark_text(align="center", color=DARK).encode(x=alt.X("right:Q", scale=scale, axis=axis), text="open:N"),
        base.mark_text(align="left", dx=14, color=DARK).encode(
            x=alt.X("right:Q", scale=scale, axis=axis), text="told:N"
        ),
    )
    first = data.iloc[0]
    return picture(
        alt.layer(*layers).properties(width=320, height=alt.Step(24)), title,
        f"The surest difference: “{first['word']}”, said in {first['told']}.",
        "Dot: how many times as often. Line: 95% interval of each word by itself; ► it has no end.",
    )  # fmt: skip


def topics(found: Topics, title: str = "What comments are about, found without the codebook") -> Picture:
    """The topics by their words and sizes; those that do not hold are hollow and say so: from `topics()`."""
    table = _some(found.table, "topic")
    data = pd.DataFrame(
        {
            "row": [f"{place}. {printable(', '.join(words[:5]))}" for place, words in
                    zip(table["topic"], table["words"], strict=True)],
            "n": table["comments"].astype("float64"),
            "label": [f"{n:,}{'' if stable else ' (does not hold)'}" for n, stable in
                      zip(table["comments"], table["stable"], strict=True)],
            "fill": [BLUE if stable else "white" for stable in table["stable"]],
        }
    )  # fmt: skip
    return picture(_bars(data, "row"), title, "Bars, one a topic.", *_wrapped(found.verdict))


def travelled(found: pd.DataFrame, title: str = "Direction of travel") -> Picture:
    """Each outcome over each horizon, by a sign, a word and a ground: from `travelled()`."""
    alt = altair()
    told = _some(found, "measure")
    judged = told["judgement"].where(told["judgement"].notna(), "not available")
    signs = judged.map({word: sign for word, (sign, _) in _WAYS.items()}).fillna("")
    data = pd.DataFrame(
        {
            "row": told["name"].map(printable),
            "column": [f"{years} year{'s' * (years != 1)}" for years in told["horizon"]],
            "label": [f"{sign} {word.capitalize()}{'*' * one}".strip()
                      for sign, word, one in zip(signs, judged, told["single"], strict=True)],
            "fill": judged.map({word: fill for word, (_, fill) in _WAYS.items()}).fillna("white"),
        }
    )  # fmt: skip
    data["ink"] = data["fill"].map(ink)
    columns = list(dict.fromkeys(data["column"]))
    base = alt.Chart(data).encode(
        y=alt.Y("row:N", sort=list(dict.fromkeys(data["row"])), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X(
            "column:N", sort=columns, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)
        ),
    )
    cells = base.mark_rect(stroke="white", strokeWidth=3).encode(fill=alt.Fill("fill:N", scale=None))
    words = base.mark_text(fontSize=12).encode(text="label:N", color=alt.Color("ink:N", scale=None))
    shown = [
        f"{column}: " + ", ".join(f"{n:,} {word}" for word in (*_WAYS, "not available")
                                  if (n := int((judged[data["column"] == column] == word).sum())))
        for column in columns
    ]  # fmt: skip
    made = (cells + words).properties(width=alt.Step(140), height=alt.Step(26))
    star = "* rests on one measure alone." if told["single"].any() else ""
    return picture(made, title, "A grid of outcomes and years looked back.", *shown, star)


# --- the pieces that charts are made of -------------------------------------------------------------------------------


def _some(found: pd.DataFrame, what: str) -> pd.DataFrame:
    if found.empty:
        raise ConsultationError(f"There is no {what} to draw.", do="Look at the table first: it has no such row.")
    return found


def _bars(data: pd.DataFrame, column: str) -> Any:
    """A bar for each row (`n`, `label`, and perhaps `fill`), its number after it."""
    alt = altair()
    told = data if "fill" in data else data.assign(fill=BLUE)
    most = float(told["n"].max(skipna=True) or 1)
    base = alt.Chart(told.assign(n=told["n"].fillna(0))).encode(
        y=alt.Y(f"{column}:N", sort=list(told[column]), title=None, axis=alt.Axis(ticks=False)),
        x=alt.X("n:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.3])),
    )
    bars = base.mark_bar(stroke=BLUE).encode(fill=alt.Fill("fill:N", scale=None))
    return (bars + base.mark_text(align="left", dx=5, color=DARK).encode(text="label:N")).properties(
        width=420, height=alt.Step(26)
    )


def _grid(data: pd.DataFrame) -> Any:
    alt = altair()
    most = float(data["n"].max(skipna=True) or 1)
    told = data.assign(n=data["n"].fillna(0))
    base = alt.Chart(told).encode(
        y=alt.Y("row:N", sort=list(dict.fromkeys(told["row"])), title=None, axis=alt.Axis(ticks=False, domain=False)),
        x=alt.X("column:N", sort=list(dict.fromkeys(told["column"])), title=None,
                axis=alt.Axis(orient="top", labelAngle=-40, labelLimit=220, ticks=False, domain=False)),
    )  # fmt: skip
    cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color("n:Q", legend=None, scale=alt.Scale(domain=[0, most], range=["#f3f6f9", DEEPEST]))
    )
    words = base.mark_text(fontSize=12, color=DARK).encode(text="label:N")
    return alt.layer(cells, words).properties(width=alt.Step(48), height=alt.Step(26))


def _diverging(
    bars: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    beside: dict[str, str],
    fills: dict[str, str],
    heads: tuple[str, str, str],
) -> Any:
    """Bars to the left (the first of `fills`) and to the right of a line, a number on each, and a word beside them."""
    alt = altair()
    left = next(iter(fills))
    rows = []
    for name, parts in bars:
        at = 0
        for kind, n in parts:
            start, end = (-n, 0) if kind == left else (at, at + n)
            at = at if kind == left else end
            if n:
                rows.append((printable(name), start, end, (start + end) / 2, f"{n:,}", fills[kind], ink(fills[kind])))
    data = pd.DataFrame(rows, columns=["part", "start", "end", "middle", "label", "fill", "ink"])
    low, high = float(data["start"].min() if rows else -1), float(data["end"].max() if rows else 1)
    edge = high + (high - low) * 0.06
    scale = alt.Scale(domain=[min(low, 0), edge + (high - low) * 0.18], nice=False)
    order = [printable(name) for name, _ in bars]
    y = alt.Y("part:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart(data).encode(y=y)
    far = pd.DataFrame({"part": order, "x": edge, "told": [printable(beside.get(name, "")) for name, _ in bars]})
    head = pd.DataFrame({"x": [-(high - low) * 0.015, (high - low) * 0.015, edge], "told": heads})
    above = alt.Chart(head).encode(x=alt.X("x:Q", scale=scale, axis=None), y=alt.value(-10), text="told:N")
    layers = (
        base.mark_bar(height={"band": 0.8}).encode(
            x=alt.X("start:Q", scale=scale, axis=None), x2="end:Q", fill=alt.Fill("fill:N", scale=None)),
        base.mark_text(fontSize=11).encode(
            x=alt.X("middle:Q", scale=scale, axis=None), text="label:N", color=alt.Color("ink:N", scale=None)),
        alt.Chart(far).mark_text(align="left", color=DARK).encode(
            y=y, x=alt.X("x:Q", scale=scale, axis=None), text="told:N"),
        alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=DARK).encode(x=alt.X("x:Q", scale=scale, axis=None)),
        above.transform_filter("datum.x < 0").mark_text(align="right", fontWeight="bold", color=DARK),
        above.transform_filter("datum.x >= 0").mark_text(align="left", fontWeight="bold", color=DARK),
    )  # fmt: skip
    return alt.layer(*layers).properties(width=460, height=alt.Step(24))


def ink(fill: str) -> str:
    """Dark words on a light ground, white ones on a dark."""
    return "white" if fill in (BLUE, RUST) else DARK


def _top(bars: Sequence[tuple[str, Sequence[tuple[str, int]]]], side: dict[str, str]) -> str:
    sums = [(sum(n for kind, n in parts if kind in side), name) for name, parts in bars]
    most, name = max(sums, key=lambda each: each[0])
    return f"{printable(name)} ({most:,})" if most else "none"


def _told(n: int, base: int, other: int, base_other: int) -> str:
    return f"{n:,} of {base:,} ({n / base:.0%}), others {other:,} of {base_other:,} ({other / base_other:.0%})"


def _wrapped(text: str, width: int = 100) -> list[str]:
    return textwrap.wrap(printable(text), width)


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%B %Y}"
