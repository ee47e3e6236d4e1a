"""The numbers that Word shows before numbered headings and list items, and which paragraphs are list items at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9


@dataclass(frozen=True, kw_only=True)
class _Level:
    form: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Lists by number id; `shown` counts on, so ask it once for each paragraph, in reading order."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def bullet(self, list_id: str, level: int) -> bool:
        return self._level(list_id, level).form == "bullet"

    def known(self, list_id: str) -> bool:
        """List 0, and a list that is defined nowhere, are no lists."""
        return list_id in self.lists

    def shown(self, list_id: str, level: int) -> str | None:
        """The number before this paragraph ("2.3"), without a closing full stop; None for bullets."""
        if list_id not in self.lists:
            return None
        definition, levels = self.lists[list_id]
        counts = self._counts.setdefault(definition, [0] * _LEVELS)
        start = self._level(list_id, level).start
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if self._level(list_id, level).form in ("bullet", "none"):
            return None

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            here = levels.get(at, _Level())
            return _written(counts[at] or here.start, here.form)

        return re.sub(r"%([1-9])", number, self._level(list_id, level).pattern).rstrip(". ") or None

    def _level(self, list_id: str, level: int) -> _Level:
        return self.lists[list_id][1].get(level, _Level()) if list_id in self.lists else _Level()


def numbering(root: Any) -> Numbering:
    """From the part `word/numbering.xml` (None where there is none)."""
    if root is None:
        return Numbering()
    abstract = {
        each.get(f"{W}abstractNumId"): {
            at: _level(level) for level in each.findall(f"{W}lvl") if (at := _int(level.get(f"{W}ilvl"))) < _LEVELS
        }
        for each in root.findall(f"{W}abstractNum")
    }
    lists = {}
    for each in root.findall(f"{W}num"):
        refers = each.find(f"{W}abstractNumId")
        definition = refers.get(f"{W}val") if refers is not None else None
        levels = dict(abstract.get(definition, {}))
        for override in each.findall(f"{W}lvlOverride"):
            level = override.find(f"{W}lvl")
            if level is not None and _int(override.get(f"{W}ilvl")) < _LEVELS:
                levels[_int(override.get(f"{W}ilvl"))] = _level(level)
        own = each.find(f"{W}lvlOverride/{W}startOverride") is not None
        list_id = each.get(f"{W}numId")
        if list_id and list_id != "0":
            lists[list_id] = (f"{definition}/{list_id}" if own else str(definition), levels)
    return Numbering(lists=lists)


def _level(element: Any) -> _Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val") or default

    return _Level(form=value("numFmt", "decimal"), pattern=value("lvlText", ""), start=_int(value("start", "1")) or 1)


def _int(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else 0


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        while number >= value and len(out) < 40:
            out, number = out + sign, number - value
    return out
