"""The direction of travel: how measures moved over one year and over three, judged for each outcome they stand under.

The one computation of it; reports and the progress command both use it. The rules are those of a county's published
annual report (each measure by a 5% variance, gathered for each outcome; the 2 year direction where the 3 year one is
not available; what is available where no trend is; an asterisk where one measure is all there is). What that report
leaves open is a setting: `settings.Travel`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.model import Measurement
from consultation.records import Record
from consultation.settings import Travel
from consultation.text import fingerprint

Change = Literal["improving", "maintaining", "not improving"]
Judgement = Literal["improving", "maintaining", "mixed", "not improving"]
JUDGEMENTS: Final[tuple[Judgement, ...]] = ("improving", "maintaining", "mixed", "not improving")
_YEAR: Final = re.compile(r"(\d{4})(?:[/-]\d{2,4})?")
_NUMBER: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Direction:
    """How an outcome travelled over a horizon. `judgement` is None where no measure of it can be compared.

    `years` are the years in fact looked back over, one for each measure that was used.
    """

    element: str
    horizon: int
    judgement: Judgement | None
    years: tuple[int, ...] = ()

    @property
    def single(self) -> bool:
        """Whether it rests on one measure only: marked with an asterisk."""
        return len(self.years) == 1

    @property
    def shorter(self) -> bool:
        """Whether a shorter look back had to do for some measure."""
        return any(year < self.horizon for year in self.years)


def directions(measurements: Iterable[Measurement], rules: Travel) -> list[Direction]:
    """A direction for each element and horizon, elements in order of first mention."""
    by_element: dict[str, dict[str, list[Measurement]]] = defaultdict(lambda: defaultdict(list))
    for row in measurements:
        by_element[row.element][row.measure_id].append(row)
    return [
        _direction(element, horizon, list(measures.values()), rules)
        for element, measures in by_element.items()
        for horizon in rules.horizons
    ]


def _direction(element: str, horizon: int, measures: Sequence[list[Measurement]], rules: Travel) -> Direction:
    found = [seen for measure in measures if (seen := _seen(measure, horizon, rules))]
    return Direction(
        element=element,
        horizon=horizon,
        judgement=judge([change for change, _ in found], rules) if found else None,
        years=tuple(years for _, years in found),
    )


def _seen(measure: Sequence[Measurement], horizon: int, rules: Travel) -> tuple[Change, int] | None:
    """How one measure moved to its latest year from `horizon` years before, else from the nearest shorter look back
    of more than one year; over one year, nothing else will do."""
    values = {row.year: row.value for row in measure if row.value is not None}
    if not values:
        return None
    latest = max(values)
    for years in range(horizon, min(horizon, 2) - 1, -1):
        if (before := values.get(latest - years)) is not None:
            return change(before, values[latest], measure[0].better, rules), years
    return None


def change(before: float, after: float, better: str, rules: Travel) -> Change:
    """Whether a measure moved by the variance or more, and whether that is good.

    >>> change(100, 104, "higher", Travel()), change(100, 105, "higher", Travel()), change(3.0, 2.8, "lower", Travel())
    ('maintaining', 'improving', 'improving')
    """
    moved = after - before
    least = abs(before) * rules.variance if rules.relative else rules.variance
    if abs(moved) < least - 1e-9 or moved == 0:
        return "maintaining"
    return "improving" if (moved > 0) == (better != "lower") else "not improving"


def judge(changes: Sequence[Change], rules: Travel) -> Judgement:
    """What several measures say together: the way that enough of them moved, else mixed.

    >>> judge(["improving", "improving", "not improving", "not improving"], Travel())
    'mixed'
    """
    way, count = Counter(changes).most_common(1)[0]
    return way if count >= rules.agreement * len(changes) else "mixed"


def tally(found: Iterable[Direction], horizon: int) -> dict[Judgement, int]:
    """How many outcomes travelled which way over a horizon, every judgement listed."""
    counted = Counter(direction.judgement for direction in found if direction.horizon == horizon)
    return {judgement: counted[judgement] for judgement in JUDGEMENTS}


def overall(found: Iterable[Direction], horizon: int, rules: Travel) -> Judgement | None:
    """The one judgement over all outcomes: theirs if enough of them share it, else mixed."""
    told = [direction.judgement for direction in found if direction.horizon == horizon and direction.judgement]
    if not told:
        return None
    way, count = Counter(told).most_common(1)[0]
    return way if count >= rules.agreement * len(told) else "mixed"


def measurements(records: Sequence[Record]) -> pd.DataFrame:
    """The table `measurements` from a sheet with a row for each measure: element, measure, better, and a column for
    each year (2016, or 2015/16). An empty cell or one that holds no number is a year without a value.

    Raises `ConsultationError` for a `better` that is neither higher nor lower.
    """
    rows: list[Measurement] = []
    for record in records:
        better = (record.text("better") or "higher").lower()
        if better not in ("higher", "lower"):
            raise ConsultationError(
                f"“{better}” does not say which way is better.", where=record.at("better"), do="Write higher or lower."
            )
        element, name = record.required("element"), record.required("measure")
        for heading, year in _years(record.values).items():
            rows.append(
                Measurement(
                    measure_id=f"m-{fingerprint(element, name)}", element=element, name=name, year=year,
                    value=_value(record.text(heading)), better=better, source=record.text("source"),
                )
            )  # fmt: skip
    return tables.frame("measurements", rows)


def _years(values: Mapping[str, object]) -> dict[str, int]:
    """Headings that are years: 2015/16 counts as the year in which it began."""
    return {name: int(found[1]) for name in values if (found := _YEAR.fullmatch(str(name).strip()))}


def _value(told: str | None) -> float | None:
    found = _NUMBER.search(told or "")
    return float(found[0].replace(",", "")) if found else None
