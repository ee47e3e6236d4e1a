"""A chart as a picture: drawn on this computer, with a title and a description for those who do not see it.

It is SVG or PNG made by vl-convert, so a notebook shows it and a file holds it with no browser and no network.
Needs the extra `charts`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from consultation.analysis.shown import DARK, safe
from consultation.errors import ConsultationError, missing_extra

FONT: Final = "Arial, Liberation Sans, sans-serif"
KINDS: Final = (".svg", ".png", ".json")
_CONFIG: Final[dict[str, Any]] = {
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": DARK, "titleColor": DARK,
             "titleFontWeight": "normal", "domainColor": "#888", "tickColor": "#888", "gridColor": "#e4e4e4",
             "labelLimit": 330, "labelPadding": 6},
    "header": {"labelFontSize": 12, "labelColor": DARK, "titleColor": DARK},
    "title": {"anchor": "start", "fontSize": 16, "subtitleFontSize": 12, "color": DARK, "subtitleColor": "#444",
              "offset": 14, "subtitlePadding": 5},
    "font": FONT,
    "background": "white",
    "padding": 12,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart that shows itself in a notebook. `chart` is Altair's, for those who want to go on with it.

    `title` and `described` (what the picture shows, in words) stand in the SVG for screen readers; `str()` gives them.
    """

    chart: Any
    title: str
    described: str

    @cached_property
    def svg(self) -> str:
        """The picture as one `<svg>` element with its title and description."""
        import vl_convert

        drawn: str = vl_convert.vegalite_to_svg(self._spec())
        head, _, body = drawn.partition(">")
        label = f"<title>{safe(self.title)}</title><desc>{safe(self.described)}</desc>"
        return f'{head} role="img" aria-label="{safe(f"{self.title}. {self.described}")}">{label}{body}'

    def save(self, file: str | Path, *, scale: float = 2) -> Path:
        """Write it as .svg, .png (`scale` times its size on the screen) or .json (Vega-Lite), by the file's ending."""
        import vl_convert

        path = Path(file)
        kind = path.suffix.lower()
        if kind not in KINDS:
            raise ConsultationError(f"A picture is not saved as “{kind}”.", do=f"Name a file with {', '.join(KINDS)}.")
        if kind == ".png":
            path.write_bytes(vl_convert.vegalite_to_png(self._spec(), scale=scale))
        else:
            path.write_text(self.svg if kind == ".svg" else json.dumps(self._spec()), encoding="utf-8")
        return path

    def _spec(self) -> dict[str, Any]:
        with altair().data_transformers.disable_max_rows():  # all of it stands in the file: nothing is fetched
            spec: dict[str, Any] = self.chart.to_dict()
        return spec

    def _repr_html_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return f"{self.title}. {self.described}"


def altair() -> ModuleType:
    """Altair, or the error with the line to type."""
    try:
        import altair as alt
        import vl_convert  # noqa: F401  (it draws: a chart that cannot be drawn is better refused at once)
    except ImportError:
        raise missing_extra("charts", "charts") from None
    return alt


def picture(chart: Any, title: str, described: str, *notes: str) -> Picture:
    """A finished chart under its title, the notes below it in small print, in the one look of all charts."""
    alt = altair()
    told = [note for note in notes if note]
    made = chart.properties(title=alt.Title(title, subtitle=told) if told else alt.Title(title), description=described)
    return Picture(chart=made.configure(**_CONFIG), title=title, described=" ".join([described, *told]))
