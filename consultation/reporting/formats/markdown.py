"""The report as Markdown, with every mark that Markdown or HTML would read made harmless."""

from __future__ import annotations

import re
from typing import Final

from consultation.reporting import house
from consultation.reporting.house import House
from consultation.reporting.rows import Line, Report, Table, with_text
from consultation.words import Words

_SPECIAL: Final = re.compile(r"([\\`*_\[\]|~$])")
_LINE_START: Final = re.compile(r"(?m)^(\s*)(\d+)([.)])(\s)")
_SIGN_START: Final = re.compile(r"(?m)^(\s*)([-=+#:])")
_BARE: Final = re.compile(r"(?i)\b(https?|ftp|www)([:.])")


def render(report: Report, style: House, words: Words) -> bytes:
    """UTF-8 Markdown with pipe tables; statements refer to their evidence by footnote."""
    told = house.fill(
        style,
        "report.md.jinja",
        report=with_text(report, escaped),
        words=words,
        line=_line,
        table=_table,
        lettered=lettered,
    )
    return (re.sub(r"\n{3,}", "\n\n", told).strip() + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """The text with Markdown's and HTML's signs made plain; it reads the same when shown.

    >>> escaped("<b>*hi*</b>")
    '&lt;b&gt;\\\\*hi\\\\*&lt;/b&gt;'
    """
    told = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    told = _SPECIAL.sub(r"\\\1", told)
    told = _LINE_START.sub(r"\1\2\\\3\4", told)
    told = _SIGN_START.sub(r"\1\\\2", told)
    return _BARE.sub(r"\1&#8203;\2", told)


def lettered(place: int) -> str:
    """The letter of a list's item, as word processors count on.

    >>> [lettered(n) for n in (0, 25, 26, 52)]
    ['a', 'z', 'aa', 'aaa']
    """
    return chr(ord("a") + place % 26) * (place // 26 + 1)


def _line(line: Line) -> str:
    """A line whose text is escaped already, its marks in words as well as in signs."""
    told = "".join(_marked(run.text, run.mark) for run in line.runs).replace("\n", "<br>")
    return f"{told}[^{line.evidence}]" if line.evidence else told


def _marked(text: str, mark: str) -> str:
    body = text.strip()
    if mark == "plain" or not body:
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    sign = {"strong": "**{}**", "gone": "~~{}~~", "new": "**{}**", "quote": "*{}*"}[mark]
    return head + sign.format(body) + tail


def _table(table: Table) -> str:
    aligned = ["--:" if place in table.numbers else "---" for place in range(len(table.header))]
    rows = [table.header, aligned]
    for row in table.rows:
        rows.append(tuple(_cell(part.lines, part.bulleted) for part in row))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(lines: tuple[Line, ...], bulleted: bool) -> str:
    return "<br>".join(f"• {_line(line)}" if bulleted else _line(line) for line in lines)
