"""What a reader of a report reads: texts by key, with slots, plurals and variants, in the council's own language.

The English is in `templates/words.yaml`, which the package carries; a workspace's own `templates/words.yaml` is laid
over it. To add a text, add a line there. Numbers, dates and lists are written here, by that language's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Final

from consultation.errors import ConsultationError, Place
from consultation.settings import QuantityWord
from consultation.text import did_you_mean, fingerprint

Text = str | tuple[str, ...] | Mapping[str, str]

_PLURALS: Final[dict[str, Callable[[int], str]]] = {  # the cardinal categories of Unicode CLDR
    "cy": lambda n: {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other"),
    "en": lambda n: "one" if n == 1 else "other",
}
_SLOT: Final = re.compile(r"\{(\w+)\}")
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_HERE: Final = Path(__file__).parent
TEMPLATES: Final = next(
    (folder for folder in (_HERE / "_templates", _HERE.parent / "templates") if folder.is_dir()), _HERE / "_templates"
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The texts of one language. Called with a key and the values of its slots, it gives the finished text."""

    language: str = "en-GB"
    told: Mapping[str, Text]

    def __call__(self, key: str, /, *, count: int | None = None, vary: str | int = "", **values: object) -> str:
        """The text of `key` with its slots filled; `count` picks the plural form, `vary` the variant (see `turn`).

        >>> english()("count.comments", count=1, number="1")
        '1 comment'
        """
        text = self.told[key]
        if isinstance(text, Mapping):
            category = _PLURALS.get(self.language[:2], _PLURALS["en"])(count or 0)
            text = text.get(category, text["other"])
        elif isinstance(text, tuple):
            text = text[self.turn(key, vary)]
        if count is not None:
            values.setdefault("count", self.number(count))
        return _SLOT.sub(lambda slot: str(values[slot[1]]), text)

    def turn(self, key: str, vary: str | int) -> int:
        """Which variant of a text stands for `vary`: counted round where it is a number, else by a hash of it."""
        text = self.told[key]
        place = vary if isinstance(vary, int) else sum(map(ord, fingerprint(vary)))
        return place % len(text) if isinstance(text, tuple) else 0

    def has(self, key: str) -> bool:
        return key in self.told

    def bare(self, key: str) -> str:
        """The text of `key`, all its forms, without its slots."""
        return _SLOT.sub("", " ".join(_forms(self.told[key])))

    def name(self, family: str, code: str) -> str:
        """What a code is called; one without a text of its own is said as it is written.

        >>> english().name("kind", "aim"), english().name("kind", "flagship_scheme")
        ('aim', 'flagship scheme')
        """
        key = f"{family}.{code}"
        return self(key) if self.has(key) else code.replace("_", " ")

    def listed(self, items: Iterable[str], joined: str = "list.and") -> str:
        """A list as it is said.

        >>> english().listed(["staff", "residents", "carers"])
        'staff, residents and carers'
        """
        told = list(items)
        if len(told) < 2:
            return "".join(told)
        return self(joined, first=", ".join(told[:-1]), last=told[-1])

    def number(self, value: float) -> str:
        """A figure with commas between thousands.

        >>> english().number(7667)
        '7,667'
        """
        return f"{value:,}"

    def quoted(self, text: str) -> str:
        return self("quoted", text=text)

    def percent(self, part: int, base: int) -> str:
        """A share as a whole percentage, halves rounded up; one above nothing is never shown as 0%.

        >>> english().percent(12, 45), english().percent(1, 1000), english().percent(0, 9)
        ('27%', 'under 1%', '0%')
        """
        share = (Decimal(100 * part) / Decimal(base)).quantize(Decimal(1), ROUND_HALF_UP)
        return self("percent.under_one") if share == 0 and part else self("percent", number=share)

    def date(self, iso: str) -> str:
        """An ISO day or month as it is written here; anything else stays as it was written.

        >>> english().date("2015-01-21"), english().date("2015-05"), english().date("early 2016")
        ('21 January 2015', 'May 2015', 'early 2016')
        """
        found = _ISO_DAY.match(iso)
        if not found or not 1 <= int(found[2]) <= 12:
            return iso
        month = self("months").split()[int(found[2]) - 1]
        if found[3] is None:
            return self("month", month=month, year=found[1])
        return self("date", day=int(found[3]), month=month, year=found[1])


def quantity_word(part: int, base: int, scale: Iterable[QuantityWord]) -> str | None:
    """The word of a declared scale for `part` of `base`: the one with the highest lower bound that the share reaches.

    None where there is no base: words for numbers are never used where the number is not known.

    >>> from consultation.settings import Settings
    >>> scale = Settings().quantity_words
    >>> [quantity_word(n, 1000, scale) for n in (901, 900, 495, 150, 149)]
    ['almost all', 'most', 'less than half', 'less than half', 'a few']
    """
    if base <= 0:
        return None
    reached = [word for word in scale if part / base >= word.from_share]
    return max(reached, key=lambda word: word.from_share).word if reached else None


@cache
def english() -> Words:
    """The words that the package carries."""
    return Words(told=_flat(_yaml((TEMPLATES / "words.yaml").read_text(encoding="utf-8"), "words.yaml"), "words.yaml"))


def overridden(words: Words, text: str, where: str = "templates/words.yaml", language: str | None = None) -> Words:
    """The words with those of a workspace's file laid over them.

    Raises `ConsultationError` for a key that is not known (the nearest is offered) and for a slot that its text
    does not offer.

    >>> overridden(english(), 'yswd.did: "What we did"')("yswd.did")
    'What we did'
    """
    own = _flat(_yaml(text, where), where)
    for key, value in own.items():
        if key not in words.told:
            raise ConsultationError(f"“{key}” is no text that we know.", where=where, do=did_you_mean(key, words.told))
        offered = _slots(words.told[key])
        for slot in sorted(_slots(value) - offered):
            known = ", ".join(f"{{{name}}}" for name in sorted(offered)) or "none"
            raise ConsultationError(
                f"The text “{key}” has the slot {{{slot}}}, which nothing fills.",
                where=where,
                do=f"Slots that may stand here: {known}.",
            )
    return replace(words, language=language or words.language, told={**words.told, **own})


def _slots(text: Text) -> set[str]:
    return {name for form in _forms(text) for name in _SLOT.findall(form)}


def _forms(text: Text) -> Sequence[str]:
    return [text] if isinstance(text, str) else list(text.values()) if isinstance(text, Mapping) else list(text)


def _yaml(text: str, where: str) -> object:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else None
        raise ConsultationError(
            "This file cannot be read as YAML.",
            where=Place(file=where, line=line),
            do="Put texts that hold a colon or begin with a sign between quotation marks.",
        ) from None


def _flat(loaded: object, where: str) -> dict[str, Text]:
    if loaded is None:
        return {}
    if not isinstance(loaded, Mapping):
        raise ConsultationError(
            "This file should list texts by key.", where=where, do='Write lines such as: yswd.did: "We did"'
        )
    told: dict[str, Text] = {}
    for key, value in loaded.items():
        if isinstance(value, Mapping) and "other" in value and all(isinstance(form, str) for form in value.values()):
            told[str(key)] = dict(value)
        elif isinstance(value, list) and value and all(isinstance(form, str) for form in value):
            told[str(key)] = tuple(value)
        elif isinstance(value, str):
            told[str(key)] = value
        else:
            raise ConsultationError(
                f"The text “{key}” is not words.",
                where=where,
                do="Give it words in quotation marks, a list of variants, or plural forms with at least “other”.",
            )
    return told
