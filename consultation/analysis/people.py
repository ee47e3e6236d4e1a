"""Who answered: beside the population, day by day, and by district for a map."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import pandas as pd

from consultation.analysis.cases import NOT_STATED, WORKSHOP, Dimension, counted, groups_known
from consultation.analysis.crosstabs import crosstab
from consultation.errors import ConsultationError
from consultation.intervals import wilson
from consultation.model import Theme
from consultation.settings import Campaigns, Suppression
from consultation.suppression import protect
from consultation.tables import Tables
from consultation.text import did_you_mean, stem, tidy, words

By = Literal["day", "week", "month"]
_STEPS: Final = {"day": "D", "week": "W-SUN", "month": "M"}
_PLACES: Final = frozenset(  # roots of the words with which a question asks where somebody lives
    stem(word)
    for word in ("district", "ward", "parish", "postcode", "borough", "town", "village", "area", "live", "region")
)
_POSTCODE: Final = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}$", re.I)  # of the United Kingdom


def representativeness(
    tables: Tables,
    by: Dimension,
    population: Mapping[str, float] | pd.Series,
    *,
    campaigns: Campaigns = "every_response",
    suppress: Suppression | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Those who answered beside the population, group by group, in the order of `population`; who was not heard from.

    `population` gives each value of the dimension its number of people (or share); shares are taken of their sum. The
    values are matched in any case, spacing and dashes. Respondents chose themselves, so the interval says only how far
    the share could move by chance; it does not make them a sample.

    Columns: group, responses, share (of the responses that state a group of the population, 0 to 1), low, high
    (Wilson's interval of it), population, population_share, difference (share less population_share, as a
    share: 0.05 is 5 percentage points), difference_low, difference_high, heard: `not heard from` (no response), `under`
    or `over` (the interval leaves the population's share out), `in line`, or `withheld`. Groups that the population
    does not have follow, heard `not in the figures`. Suppressed figures are missing; noughts never are.
    Raises `ConsultationError` where the population has no people, or no group of it is one of the dimension's.
    """
    figures = pd.Series(population, dtype="float64")
    if figures.empty or not (figures >= 0).all() or figures.sum() <= 0:
        raise ConsultationError(
            "The population figures must be numbers of people, none below nought.",
            do='Give each group its number: representativeness("Age", {"16 to 24": 10_400, ...})',
        )
    table = crosstab(tables, by, campaigns=campaigns, suppress=None)
    found = {_key(value): (value, int(n)) for value, n in zip(table["row"], table["count"], strict=True)}
    known = {_key(str(name)): str(name) for name in figures.index}
    met = [key for key in known if key in found]
    if not met and len(table):
        name = next(iter(known.values()))
        raise ConsultationError(
            f"None of the groups of the population is a value of this dimension, “{name}” among them.",
            do=did_you_mean(name, [value for value, _ in found.values()]),
        )
    rest = [key for key in found if key not in known and key not in (NOT_STATED, WORKSHOP)]
    counts = [found.get(key, ("", 0))[1] for key in known]
    base = sum(counts)
    others = [found[key][1] for key in rest]
    shown = _shown([*counts, *others], suppress)
    people, total = [float(figures[name]) for name in known.values()], float(figures.sum())
    rows = [
        _beside(name, n, base, count / total, count, told, level)
        for name, n, count, told in zip(known.values(), counts, people, shown, strict=False)
    ]
    rows += [
        (found[key][0], told, *[None] * 8, "not in the figures")
        for key, told in zip(rest, shown[len(counts) :], strict=True)
    ]
    names = ["group", "responses", "share", "low", "high", "population", "population_share", "difference",
             "difference_low", "difference_high", "heard"]  # fmt: skip
    kinds = {"group": "str", "responses": "Int64", "heard": "str", **dict.fromkeys(names[2:10], "Float64")}
    return pd.DataFrame(rows, columns=names).astype(kinds)


def timeline(
    tables: Tables,
    *,
    by: By = "day",
    split: str | None = None,
    campaigns: Campaigns = "every_response",
) -> pd.DataFrame:
    """Responses as they came in, each day from the first to the last (noughts included), or each week or month.

    Columns: date (datetime64: the day, or the first day of the week or month; missing for those whose date is not known
    or not as a calendar has it), part (the value of `split`, a column such as "channel" or "respondent_type"; "all"
    without), responses, cumulative (up to and with this date, within the part). Sorted by part and date.
    """
    if by not in _STEPS:
        raise ConsultationError(f"There is no “{by}” to count by.", do=did_you_mean(by, _STEPS))
    held = counted(tables["responses"], campaigns)
    if split is not None and split not in ("channel", "respondent_type", "campaign_id", "completeness", "source_id"):
        raise ConsultationError(f"Responses cannot be split by “{split}”.", do=did_you_mean(split, held.columns))
    dates = pd.to_datetime(held["submitted_at"].astype("object"), errors="coerce", format="ISO8601", utc=True)
    days = dates.dt.tz_localize(None).dt.to_period(_STEPS[by])
    parts = held[split].fillna(NOT_STATED) if split else pd.Series("all", index=held.index)
    span = (
        pd.period_range(days.min(), days.max(), freq=_STEPS[by]) if days.notna().any() else pd.PeriodIndex([], freq="D")
    )
    rows: list[tuple[object, str, int, int]] = []
    for part in sorted(parts.unique()):
        mine = days[parts == part]
        sizes = mine.value_counts().reindex(span, fill_value=0)
        running = sizes.cumsum()
        rows += [(p.start_time, part, int(n), int(c)) for p, n, c in zip(span, sizes, running, strict=True)]
        if lost := int(mine.isna().sum()):
            rows.append((pd.NaT, part, lost, int(sizes.sum()) + lost))
    made = pd.DataFrame(rows, columns=["date", "part", "responses", "cumulative"])
    return made.astype({"date": "datetime64[ns]", "part": "str", "responses": "int64", "cumulative": "int64"})


def districts(
    tables: Tables,
    heading: Dimension | None = None,
    *,
    themes: Sequence[Theme] = (),
    population: Mapping[str, float] | None = None,
    campaigns: Campaigns = "every_response",
    suppress: Suppression | None = None,
) -> pd.DataFrame:
    """Responses by district, one row a district, for a map: join it to boundaries by `district`.

    `heading` is the group column that says where people live; where it is not given, the one whose heading speaks of
    places. A full postcode is cut to its district ("AB12 3CD" to "AB12").

    Columns: district, responses, comments, share (of the responses that say where, 0 to 1), per_1000 (of `population`,
    where given), top_theme, top_theme_responses (the theme that most responses there raise). Small counts are withheld
    by `suppress`, their themes with them. Those who did not say stand last as `not stated`. Raises `ConsultationError`
    where no column says where people live.
    """
    headings = _headings(tables, heading)
    groups = tables["responses"]["groups"]
    cut = {parts: _outward(parts, headings) for parts in set(groups)}
    placed = {
        **tables,
        "responses": tables["responses"].assign(
            groups=pd.Series([cut[parts] for parts in groups], dtype=object, index=groups.index)
        ),
    }
    size = crosstab(placed, headings, campaigns=campaigns, suppress=suppress)
    size = size[size["row"] != WORKSHOP].sort_values("row", kind="stable", ignore_index=True)
    size = pd.concat([size[size["row"] != NOT_STATED], size[size["row"] == NOT_STATED]], ignore_index=True)
    told = crosstab(placed, headings, count="comments", campaigns=campaigns, suppress=suppress).set_index("row")[
        "count"
    ]
    whole = crosstab(placed, headings, campaigns=campaigns).set_index("row")["count"]
    base = int(whole.drop([NOT_STATED, WORKSHOP], errors="ignore").sum())
    people = {tidy(str(name)): float(n) for name, n in (population or {}).items()}
    living = pd.array([people.get(tidy(name)) or pd.NA for name in size["row"]], dtype="Float64")
    made = pd.DataFrame({"district": size["row"], "responses": size["count"]})
    made["comments"] = made["district"].map(told).astype("Int64").mask(made["responses"].isna())
    made["share"] = (made["responses"] / base if base else made["responses"] * pd.NA).astype("Float64")
    made["share"] = made["share"].mask(made["district"] == NOT_STATED)
    made["per_1000"] = (made["responses"] / living * 1000).astype("Float64")
    top = _top_themes(crosstab(placed, headings, "theme", themes=themes, campaigns=campaigns, suppress=suppress))
    shown = made["responses"].notna()
    made["top_theme"] = made["district"].map(top["column_name"]).where(shown).astype("str")
    made["top_theme_responses"] = made["district"].map(top["count"]).where(shown).astype("Int64")
    return made


def _key(name: str) -> str:
    """By which two names of a group meet, whatever their case, spacing and dashes.

    >>> _key("16–24 ") == _key("16 to 24")
    True
    """
    return re.sub(r"(?<=\d) ?(?:-|to) ?(?=\d)", "-", tidy(name))


def _shown(counts: Sequence[int], rule: Suppression | None) -> list[int | None]:
    """The parts of one total as they may be told."""
    return list(protect([counts], rule, columns_add=False).cells[0]) if rule and counts else list(counts)


def _beside(
    name: str, n: int, base: int, expected: float, people: float, shown: int | None, level: float
) -> tuple[object, ...]:
    """One group beside the population."""
    if shown is None:
        return name, None, None, None, None, people, expected, None, None, None, "withheld"
    low, high = wilson(n, base, level)
    share = n / base if base else 0.0
    heard = "in line" if low <= expected <= high else "under" if share < expected else "over"
    if n == 0:
        heard = "not heard from" if people else "in line"
    return name, shown, share, low, high, people, expected, share - expected, low - expected, high - expected, heard


def _headings(tables: Tables, heading: Dimension | None) -> list[str]:
    """The group columns that say where people live, as given or as their headings say."""
    known = groups_known(tables["responses"])
    if heading is not None:
        given = [heading] if isinstance(heading, str) else list(heading)
        if lost := [name for name in given if name not in known]:
            raise ConsultationError(f"There is no group column “{lost[0]}”.", do=did_you_mean(lost[0], known))
        return given
    found = [name for name in known if {stem(word) for word in words(name)} & _PLACES]
    if not found:
        raise ConsultationError(
            "No group column says where people live.",
            do="Name the one that does: districts('...')"
            + (". " + did_you_mean("", known) if known else ", and list it under groups in consultation.yaml."),
        )
    return found


def _outward(parts: tuple[str, ...], headings: Sequence[str]) -> tuple[str, ...]:
    """The groups with full postcodes under these headings cut to their districts."""
    told = (part.partition("=") for part in parts)
    return tuple(
        f"{head}={_POSTCODE.sub(lambda hit: hit[1].upper(), value.strip()) if head in headings else value}"
        for head, _, value in told
    )


def _top_themes(raised: pd.DataFrame) -> pd.DataFrame:
    """The theme that most responses of each district raise, of those that may be told."""
    told = raised[raised["count"].fillna(0) > 0]
    told = told.sort_values(["count", "column"], ascending=[False, True], kind="stable")
    return told.drop_duplicates("row").set_index("row")
