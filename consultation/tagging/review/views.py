"""What each officer says of each comment, as the ledger holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from consultation import history
from consultation.errors import Place
from consultation.model import LedgerEvent
from consultation.tagging.review import layout

_OF_THE_DRAFT: Final = ("element", "theme")  # all that “off topic” says something about


@dataclass(frozen=True, kw_only=True)
class View:
    """What one officer says of one comment: the status of each (facet, code), and the event's place in the ledger.

    `how` is that of the last `read` event, None where there was none; only who has read a comment denies by silence.
    `blind`: they saw no suggestions; `drawn`: chance chose the comment for them.
    """

    officer: str
    comment_id: str
    said: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    how: str | None = None
    blind: bool = False
    drawn: bool = False
    place: Place | None = None
    note: str = ""

    def yes(self, facet: str) -> tuple[str, ...]:
        """The codes of a facet that apply, sorted."""
        return tuple(sorted(code for (of, code), (told, _) in self.said.items() if of == facet and told == "confirmed"))

    def denies(self, facet: str, code: str) -> bool:
        """Whether the officer rejected a code, or read the comment and left it out."""
        if (facet, code) in self.said:
            return self.said[facet, code][0] == "rejected"
        return self.judged(facet)

    def judged(self, facet: str) -> bool:
        """Whether the officer read the comment and made up their mind on a facet, if only that nothing applies."""
        return self.how in ("agreed", "changed") or (self.how == "off_topic" and facet in _OF_THE_DRAFT)

    def since(self, facet: str, code: str) -> int:
        return self.said[facet, code][1] if (facet, code) in self.said else -1


def views(events: Sequence[LedgerEvent]) -> dict[tuple[str, str], View]:
    """Each officer's present view of each comment, by (officer, comment_id)."""
    said: dict[tuple[str, str], dict[tuple[str, str], tuple[str, int]]] = {}
    read: dict[tuple[str, str], Mapping[str, Any]] = {}
    notes = {(event.who, event.payload["about"]): event.payload["text"] for event in history.active(events, "memo")}
    for event in history.active(events, "tag", "read"):
        payload, key = event.payload, (event.who, str(event.payload["comment_id"]))
        held = said.setdefault(key, {})
        if event.what == "read":
            read[key] = payload
        else:
            held[str(payload["facet"]), str(payload["code"])] = (str(payload["status"]), event.seq)
    return {key: replace(_view(*key, held, read.get(key, {})), note=notes.get(key, "")) for key, held in said.items()}


def readers(events: Sequence[LedgerEvent], officer: str | None = None) -> dict[str, tuple[str, ...]]:
    """Who read each comment and made up their mind, by comment and sorted; with `officer`, that one alone."""
    told: dict[str, tuple[str, ...]] = {}
    for (who, comment), view in sorted(views(events).items()):
        if view.how not in (None, "unsure") and officer in (None, who):
            told[comment] = (*told.get(comment, ()), who)
    return told


def _view(
    officer: str, comment_id: str, said: Mapping[tuple[str, str], tuple[str, int]], read: Mapping[str, Any]
) -> View:
    place = Place(file=read["file"], sheet=layout.COMMENTS, row=read.get("row")) if read.get("file") else None
    return View(
        officer=officer,
        comment_id=comment_id,
        said=said,
        how=read.get("how"),
        blind=bool(read.get("blind")),
        drawn=bool(read.get("drawn")),
        place=place,
    )
