"""A row that a person wrote in a file of theirs, and where it stands, so that an error can point at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultation.errors import ConsultationError, Place
from consultation.text import did_you_mean


@dataclass(frozen=True, kw_only=True)
class Record:
    """The values by name, the place of the whole, and the place of each value where it is known."""

    values: Mapping[str, Any]
    place: Place = field(default_factory=Place)
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, name: str) -> Place:
        return self.places.get(name, self.place)

    def text(self, name: str) -> str | None:
        """The value as text without space around it; None where it is missing or empty."""
        value = self.values.get(name)
        if value is None:
            return None
        told = str(value).strip()
        return told or None

    def required(self, name: str) -> str:
        told = self.text(name)
        if told is None:
            raise ConsultationError(f"“{name}” is missing.", where=self.place, do=f"Give every entry a “{name}”.")
        return told

    def several(self, name: str) -> tuple[str, ...]:
        """A list, or the parts of a text between semicolons or line ends."""
        value = self.values.get(name)
        if value is None:
            return ()
        parts: Iterable[Any] = (
            value
            if isinstance(value, Sequence) and not isinstance(value, str)
            else str(value).replace("\n", ";").split(";")
        )
        return tuple(told for part in parts if (told := str(part).strip()))

    def known_only(self, names: Iterable[str]) -> None:
        """Refuse a name that is not among these, offering the nearest."""
        known = list(names)
        for name in self.values:
            if name not in known:
                raise ConsultationError(
                    f"“{name}” is not a name we know here.",
                    where=self.at(name),
                    do=did_you_mean(str(name), known),
                )


def unique(records: Sequence[Record], name: str) -> None:
    """Refuse a value that two records share, naming both places."""
    seen: dict[str, Record] = {}
    for record in records:
        code = record.required(name)
        if code in seen:
            raise ConsultationError(
                f"The {name} “{code}” is used twice.",
                where=record.at(name),
                do=f"Change one of them; the first is at {seen[code].at(name)}.",
            )
        seen[code] = record
