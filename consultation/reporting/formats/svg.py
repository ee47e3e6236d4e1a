"""Bar charts as accessible SVG: a title and a description for screen readers, figures on the bars, and series that
differ in pattern and not by colour alone. Drawn here, so that a chart is small and the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from consultation.reporting.rows import Cell, Chart

WIDTH: Final = 760
_LABEL: Final = 250  # for the names of the bars
_BAR: Final = 24
_GAP: Final = 12
_LINE: Final = 17
_INK: Final = "#1d2428"
# fill, and the pattern drawn over it: alternately dark and light, so that they hold apart in grey too
_LOOKS: Final = (
    ("#12466b", ""),
    ("#f2c14e", "M0,8 L8,0"),
    ("#7a1f1f", ""),
    ("#9ad1c2", "M4,0 L4,8"),
    ("#5b4b8a", ""),
    ("#e6e6e6", "M0,4 L8,4"),
    ("#2f6b3a", ""),
    ("#f7b5a8", "M0,0 L8,8"),
)
Number = int | float | None


def draw(chart: Chart, id: str) -> str:
    """The chart as one `<svg>` element; `id` makes the ids in it unique on a page."""
    series = chart.table.header[1:]
    rows = [(row[0].text, [cell.number for cell in row[1:]], row[1:]) for row in chart.table.rows]
    most = max([_extent(values, chart.stacked) for _, values, _ in rows] + [1])
    legend = list(_legend(series, id)) if len(series) > 1 else []
    top = 30 + (_LINE * len(legend) + 8 if legend else 0)
    parts, y = [], float(top)
    for name, values, cells in rows:
        drawn, height = _row(name, values, cells, y, most, id, chart.stacked)
        parts.append(drawn)
        y += height + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby={quoteattr(f"{id}-title {id}-desc")} '
        f'viewBox="0 0 {WIDTH} {y:g}" width="{WIDTH}" height="{y:g}" font-family="Arial, Liberation Sans, sans-serif" '
        f'font-size="14" fill="{_INK}"><title id={quoteattr(f"{id}-title")}>{escape(chart.title)}</title>'
        f"<desc id={quoteattr(f'{id}-desc')}>{escape(chart.summary)}</desc><defs>{''.join(_patterns(id))}</defs>"
        f'<rect width="{WIDTH}" height="{y:g}" fill="#ffffff"/>'
        f'<text x="0" y="18" font-size="16" font-weight="bold">{escape(chart.title)}</text>{"".join(legend)}'
        f"{''.join(parts)}</svg>"
    )


def _extent(values: Sequence[Number], stacked: bool) -> float:
    known = [value or 0 for value in values]
    return sum(known) if stacked else max(known, default=0)


def _patterns(id: str) -> Iterator[str]:
    for place, (fill, path) in enumerate(_LOOKS):
        lines = f'<path d="{path}" stroke="{_INK}" stroke-width="1.5"/>' if path else ""
        yield (
            f'<pattern id="{id}-{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{fill}"/>{lines}</pattern>'
        )


def _legend(series: Sequence[str], id: str) -> Iterator[str]:
    """A line for each series: its look, then its name."""
    for place, name in enumerate(series):
        y = 30 + place * _LINE
        yield (
            f'<rect x="0" y="{y}" width="14" height="12" fill="url(#{id}-{place % len(_LOOKS)})" stroke="{_INK}"/>'
            f'<text x="22" y="{y + 11}">{escape(name)}</text>'
        )


def _row(
    name: str, values: Sequence[Number], cells: Sequence[Cell], y: float, most: float, id: str, stacked: bool
) -> tuple[str, float]:
    """The name and the bars of one row, and how high they are."""
    label = wrap(name, 34) or [""]
    bars = "".join(_stacked(values, cells, y, most, id) if stacked else _beside(values, cells, y, most, id))
    bars_high = 1 if stacked else max(1, sum(bool(value) for value in values))
    height = max(len(label) * _LINE, _BAR * bars_high)
    text = "".join(
        f'<text x="0" y="{y + 16 + place * _LINE:g}">{escape(line)}</text>' for place, line in enumerate(label)
    )
    return text + bars, height


def _stacked(values: Sequence[Number], cells: Sequence[Cell], y: float, most: float, id: str) -> Iterator[str]:
    x = float(_LABEL)
    for place, (value, cell) in enumerate(zip(values, cells, strict=True)):
        width = _scaled(value, most)
        if width:
            yield _bar(x, y, width, id, place) + (_inside(x + width / 2, y, cell.text) if width > 22 else "")
        x += width


def _beside(values: Sequence[Number], cells: Sequence[Cell], y: float, most: float, id: str) -> Iterator[str]:
    """A bar for each figure that is there and not nought; the table beside the chart tells the others."""
    known = [place for place, value in enumerate(values) if value]
    for line, place in enumerate(known):
        width, at = _scaled(values[place], most), y + line * _BAR
        yield _bar(_LABEL, at, width, id, place) + (
            f'<text x="{_LABEL + width + 6:g}" y="{at + 16:g}">{escape(cells[place].text)}</text>'
        )
    if not known:
        yield f'<text x="{_LABEL}" y="{y + 16:g}">–</text>'


def _scaled(value: Number, most: float) -> float:
    return round((WIDTH - _LABEL - 90) * (value or 0) / most, 1)


def _bar(x: float, y: float, width: float, id: str, place: int) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{_BAR - 3}" fill="url(#{id}-{place % len(_LOOKS)})" '
        f'stroke="{_INK}" stroke-width="0.75"/>'
    )


def _inside(x: float, y: float, text: str) -> str:
    """A figure on its bar, on a white ground so that it reads on any pattern."""
    width = 8 * len(text) + 6
    return (
        f'<rect x="{x - width / 2:g}" y="{y + 3:g}" width="{width}" height="15" rx="2" fill="#ffffff"/>'
        f'<text x="{x:g}" y="{y + 15:g}" text-anchor="middle" font-size="13">{escape(text)}</text>'
    )
