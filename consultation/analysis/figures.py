"""Every figure of a report, counted again from the tables: what it is, its value, its base, and the ids behind it.

Nothing here asks the report for a figure: it is told only which points each numbered statement rests on, and counts.
So that an analyst may hold the two against each other, and trace any number to the responses that make it up.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

import pandas as pd

from consultation import tables as named
from consultation.analysis.cases import NOT_STATED, UNTAGGED, counted
from consultation.analysis.crosstabs import crosstab
from consultation.breakdown import Breakdown, breakdown
from consultation.model import Point, Theme
from consultation.settings import Settings
from consultation.tables import Tables

WITHHELD: Final = "withheld"
_SAYS: Final = {"evidence": "behind the statement", "key_issues": "that say it"}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. `value` is missing where it is withheld or not a number; `shown` says it as a reader reads it."""

    form: str
    figure: str
    of: str = ""
    value: int | None = None
    unit: str
    base: int | None = None
    shown: str = ""
    ids: tuple[str, ...] = ()


def figures(
    tables: Tables,
    settings: Settings,
    *,
    themes: Sequence[Theme] = (),
    statements: Mapping[int, Sequence[str]] | None = None,
    open_findings: int = 0,
) -> pd.DataFrame:
    """One row a figure, in the order of the report.

    `statements` gives for each number under which a report lists its evidence the points that it rests on;
    `open_findings` is how many findings of the audit are open.

    Columns: form (the part of the report: stamps, response_profile, headlines, charts, key_issues, evidence, method),
    figure (what is counted), of (a channel, a type of respondent, a point, the number of a statement ...), value
    (Int64; missing where it is withheld or not stated), unit (responses, comments, events, days, points, suggestions,
    findings, rows, tags, people, signatures), base (of the same unit; missing where there is none), shown (as it is
    read: "1,708", "withheld", "around 15"), ids (of what was counted; empty where they would tell a withheld value, and
    for charts, whose cells `search` finds).
    """
    held = counted(tables["responses"], settings.campaigns)
    types = breakdown(
        held, tables["comments"], tables["tags"], tables["points"], tables["point_evidence"],
        settings.suppression, NOT_STATED,
    )  # fmt: skip
    behind = _behind(tables, held)
    told: list[Figure] = [
        *_stamps(tables, open_findings),
        *_profile(tables, settings, held, types),
        *_answers(tables),
        *_charts(tables, themes, settings, types),
        *_points(tables, held, behind, types),
        *_evidence(tables, behind, statements or {}),
        *_method(tables),
    ]
    made = pd.DataFrame([astuple(each) for each in told], columns=[field.name for field in fields(Figure)])
    shown = [each.shown or (f"{each.value:,}" if each.value is not None else NOT_STATED) for each in told]
    kinds = {"value": "Int64", "base": "Int64", **dict.fromkeys(("form", "figure", "of", "unit", "shown"), "str")}
    return made.assign(shown=shown).astype(kinds)


def _stamps(tables: Tables, open_findings: int) -> Iterator[Figure]:
    tags, points = tables["tags"], _standing(tables)
    live = tags[tags["status"] != "rejected"]
    unchecked = live[live["status"] == "suggested"]
    decided = set(tables["decisions"]["point_id"].dropna())
    waiting = [point for point in points["point_id"] if point not in decided]
    yield Figure(form="stamps", figure="open findings of the audit", value=open_findings, unit="findings")
    yield Figure(form="stamps", figure="points without a decision", value=len(waiting), unit="points",
                 base=len(points), ids=tuple(waiting))  # fmt: skip
    yield Figure(form="stamps", figure="suggestions nobody has checked", value=len(unchecked), unit="suggestions",
                 base=len(live), ids=_ids(unchecked["comment_id"]))  # fmt: skip


def _profile(tables: Tables, settings: Settings, held: pd.DataFrame, types: Breakdown) -> Iterator[Figure]:
    """Who took part: the days, each channel with its types of respondent, each event, and what was set aside."""
    form, responses = "response_profile", tables["responses"]
    if settings.opens and settings.closes and (days := _days(settings.opens, settings.closes)):
        yield Figure(form=form, figure="days open", value=days, unit="days")
    for channel, mine in held.groupby("channel", sort=True):
        yield _responses(form, "received by", str(channel), mine, len(held))
        yield from _by_type(form, str(channel), types, types.channels.get(str(channel), ()), mine)
    yield from _by_type(form, "all", types, types.whole, held)
    for event, participants in zip(tables["events"]["event_id"], tables["events"]["participants"], strict=True):
        written = str(participants) if isinstance(participants, str) else NOT_STATED
        number = int(written) if written.isascii() and written.isdigit() else None
        yield Figure(form=form, figure="events", of=event, value=1, unit="events", ids=(event,))
        yield Figure(
            form=form, figure="participants", of=event, value=number, unit="people", shown=written, ids=(event,)
        )
    yield _responses(form, "received", "", responses, None)
    aside = responses[responses["status"] != "included"]
    for reason, mine in aside.groupby(aside["status_reason"].fillna(NOT_STATED), sort=True):
        yield _responses(form, "set aside", str(reason), mine, len(responses))
    yield _responses(form, "counted", "", held, len(responses))
    if len(campaign := held[held["campaign_id"].notna()]):
        yield _responses(form, "of campaigns", "", campaign, len(held))
        yield _responses(form, "without campaigns", "", held[held["campaign_id"].isna()], len(held))
    if len(signed := held.dropna(subset="signatures")):
        yield Figure(form=form, figure="signatures", value=int(signed["signatures"].sum()), unit="signatures",
                     ids=_ids(signed["response_id"]))  # fmt: skip


def _answers(tables: Tables) -> Iterator[Figure]:
    """The points that stand by what was decided about each."""
    points = _standing(tables)
    decided = tables["decisions"].dropna(subset="point_id").sort_values(["date", "decision_id"], na_position="first")
    last = decided.drop_duplicates("point_id", keep="last")
    last = last[last["point_id"].isin(points["point_id"])]
    for disposition, mine in last.groupby("disposition", sort=True):
        yield Figure(form="headlines", figure="points by what was decided", of=str(disposition), value=len(mine),
                     unit="points", base=len(points), ids=_ids(mine["point_id"]))  # fmt: skip


def _charts(tables: Tables, themes: Sequence[Theme], settings: Settings, types: Breakdown) -> Iterator[Figure]:
    """Comments on each element by stance, and responses that raised each theme by type of respondent."""
    table = crosstab(tables, "element", "stance", themes=themes, count="comments", campaigns=settings.campaigns)
    told = table[(table["row"] != UNTAGGED) & (table["column"] != UNTAGGED)]
    for row, column, value, base in zip(told["row"], told["column"], told["count"], told["column_base"], strict=True):
        yield Figure(form="charts", figure="comments by stance", of=f"{row}: {column}", value=int(value),
                     unit="comments", base=int(base))  # fmt: skip
    for code, raised in sorted(types.raised.items()):
        yield Figure(form="charts", figure="responses that raised it", of=code, value=raised, unit="responses")
        yield from _by_type("charts", code, types, types.themes.get(code, ()))


def _points(
    tables: Tables, held: pd.DataFrame, behind: Mapping[str, pd.DataFrame], types: Breakdown
) -> Iterator[Figure]:
    """Each point that stands: the responses, comments and events behind it, and its responses by type of respondent."""
    for point in named.rows("points", _standing(tables)):
        here = behind.get(point.point_id)
        if here is None:
            yield from _stated("key_issues", point.point_id, point)
            continue
        yield from _counts("key_issues", point.point_id, here, ("responses", "comments", "events"), len(held))
        said = held[held["response_id"].isin(here["response_id"])]
        yield from _by_type("key_issues", point.point_id, types, types.points.get(point.point_id, ()), said)


def _evidence(
    tables: Tables, behind: Mapping[str, pd.DataFrame], statements: Mapping[int, Sequence[str]]
) -> Iterator[Figure]:
    """Each numbered statement: of one point its responses, comments and events; of several only comments, since people
    who said two of them would be counted twice."""
    stated = {point.point_id: point for point in named.rows("points", _standing(tables))}
    for number, points in sorted(statements.items()):
        here = [behind[point] for point in points if point in behind]
        if len(points) == 1 and not here and points[0] in stated:
            yield from _stated("evidence", str(number), stated[points[0]])
        elif here:
            units = ("responses", "comments", "events") if len(points) == 1 else ("comments",)
            yield from _counts("evidence", str(number), pd.concat(here).drop_duplicates("comment_id"), units, None)


def _method(tables: Tables) -> Iterator[Figure]:
    """How much was read, what became of its rows, and how many tags each way of tagging made."""
    for row in tables["sources"].itertuples():
        for name in ("rows_total", "rows_imported", "rows_excluded", "rows_empty", "rows_quarantined"):
            yield Figure(form="method", figure=name.replace("_", " "), of=str(row.name), value=int(getattr(row, name)),
                         unit="rows", base=int(str(row.rows_total)), ids=(str(row.source_id),))  # fmt: skip
    for name in ("sources", "responses", "comments"):
        yield Figure(form="method", figure="held", of=name, value=len(tables[name]), unit=name)
    tags = tables["tags"]
    for what, column in (("tags by status", "status"), ("tags by origin", "origin")):
        for value, mine in tags.groupby(column, sort=True):
            yield Figure(form="method", figure=what, of=str(value), value=len(mine), unit="tags", base=len(tags))


def _standing(tables: Tables) -> pd.DataFrame:
    points = tables["points"]
    return points[points["status"] == "open"]


def _behind(tables: Tables, held: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The comments behind each point, with the responses and events that they came in; of responses that count."""
    comments = tables["comments"][["comment_id", "response_id", "event_id"]]
    told = tables["point_evidence"].merge(comments, on="comment_id", how="inner")
    told = told[told["response_id"].isna() | told["response_id"].isin(held["response_id"])]
    return {str(point): mine for point, mine in told.groupby("point_id", sort=True)}


def _stated(form: str, of: str, point: Point) -> Iterator[Figure]:
    """The counts of a point as a person stated them, where no comment is linked to it."""
    for unit, value in (("responses", point.n_responses), ("comments", point.n_comments), ("events", point.n_events)):
        yield Figure(form=form, figure=f"{unit} {_SAYS[form]}", of=of, value=value, unit=unit)


def _counts(form: str, of: str, here: pd.DataFrame, units: Iterable[str], base: int | None) -> Iterator[Figure]:
    for unit in units:
        ids = _ids(here[f"{unit.removesuffix('s')}_id"].dropna())
        yield Figure(form=form, figure=f"{unit} {_SAYS[form]}", of=of, value=len(ids), unit=unit, ids=ids,
                     base=base if unit == "responses" else None)  # fmt: skip


def _by_type(
    form: str, of: str, types: Breakdown, shown: Sequence[int | None], held: pd.DataFrame | None = None
) -> Iterator[Figure]:
    """Responses by type of respondent, as far as any table of the publication may tell them."""
    for name, value in types.by_type(tuple(shown)).items():
        mine = held[held["respondent_type"].fillna(NOT_STATED) == name] if held is not None and value else None
        yield Figure(
            form=form, figure="responses by type", of=f"{of}: {name}", value=value, unit="responses",
            base=len(held) if held is not None else None, shown="" if value is not None else WITHHELD,
            ids=_ids(mine["response_id"]) if mine is not None else (),
        )  # fmt: skip


def _responses(form: str, figure: str, of: str, mine: pd.DataFrame, base: int | None) -> Figure:
    return Figure(form=form, figure=f"responses {figure}", of=of, value=len(mine), unit="responses", base=base,
                  ids=_ids(mine["response_id"]))  # fmt: skip


def _ids(column: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({str(value) for value in column}))


def _days(opens: str, closes: str) -> int | None:
    """Days from the first to the last, both counted."""
    try:
        return (datetime.date.fromisoformat(closes) - datetime.date.fromisoformat(opens)).days + 1
    except ValueError:
        return None
