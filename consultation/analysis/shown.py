"""What a notebook draws: small pieces of HTML that stand alone, every text escaped, nothing told by colour alone."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from consultation.text import printable

INKS: Final = {  # light grounds, each at least 12:1 against the dark text that stands on it
    "element": "#dbe9f6", "theme": "#fde7c5", "stance": "#e2f0d9", "audience": "#eadcf4", "phrase": "#fff2a8",
    "personal data": "#f8d0d0", "gone": "#fbdcdc", "new": "#dcf3dc",
}  # fmt: skip
DARK: Final = "#1a1a1a"
_CELL: Final = f"padding:2px 8px;text-align:left;vertical-align:top;color:{DARK};background:#fff;border:1px solid #bbb"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A picture for a notebook, with the same in plain text for a terminal or a reader who has no picture."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text


def safe(text: object) -> str:
    """A text as HTML may hold it: control characters made visible, everything escaped.

    >>> safe("<b>Ål & \\x00")
    '&lt;b&gt;Ål &amp; ␀'
    """
    return html.escape(printable(str(text)))


def tinted(text: str, ink: str, label: str = "") -> str:
    """Escaped words on a ground, with a label in small letters after them."""
    told = f"<sub> {safe(label)}</sub>" if label else ""
    return f'<mark style="background:{INKS[ink]};color:{DARK}">{safe(text)}{told}</mark>'


def table(header: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A plain table; the header is text, the cells are HTML already. The first cell of a row is its heading."""
    told = f"<caption style='text-align:left'>{safe(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col" style="{_CELL}">{safe(name)}</th>' for name in header)
    body = "".join(f"<tr>{''.join(_cell(place, value) for place, value in enumerate(row))}</tr>" for row in rows)
    return f'<table style="border-collapse:collapse">{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(place: int, value: str) -> str:
    return (
        f'<th scope="row" style="{_CELL};font-weight:normal">{value}</th>'
        if place == 0
        else f'<td style="{_CELL}">{value}</td>'
    )


def block(title: str, *parts: str) -> str:
    """A titled piece of HTML in the notebook's own width."""
    inner = "".join(part for part in parts if part)
    return f'<div style="max-width:60em;white-space:normal"><p><strong>{safe(title)}</strong></p>{inner}</div>'


def paragraph(text: str) -> str:
    return f"<p>{safe(text)}</p>"
