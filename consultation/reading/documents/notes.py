"""Workshop notes and transcripts: what a group said, line by line, under the question that it answered.

A line belongs to no respondent: it has an event, not a response. Participants are told with the event, as written, and
are never counted as responses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consultation.model import Comment, Event
from consultation.reading.documents import events
from consultation.reading.documents.outline import GROUP, Placed, elders, outline
from consultation.reading.documents.parts import METADATA, UNTRANSCRIBED, Document, Part
from consultation.reading.documents.rows import Rows
from consultation.reading.documents.speakers import Speaker, code, labels, speaker
from consultation.reading.documents.tallies import tally
from consultation.settings import SourceSettings
from consultation.text import fingerprint


def land(document: Document, rows: Rows, settings: SourceSettings | None) -> list[str]:
    """Put the notes into the rows; what an officer should know comes back in sentences."""
    placed = outline(document.parts, titled=True)
    landing = _Landing(
        rows=rows, placed=placed, told=events.told(placed), officer=dict(settings.event) if settings else {}
    )
    landing.all()
    return landing.notes()


@dataclass
class _Landing:
    rows: Rows
    placed: list[Placed]
    told: events.Told
    officer: dict[str, str]
    made: dict[int, Comment] = field(default_factory=dict)
    found: dict[tuple[str, ...], str] = field(default_factory=dict)  # scope -> event_id

    def all(self) -> None:
        lines = [each.part.text for each in self.placed if not each.part.empty and not each.heading]
        self.dialogue = labels(lines)
        self.strokes = any((found := tally(text)) and found.count > 3 and "I" in text[found.start :] for text in lines)
        for at, each in enumerate(self.placed):
            self.rows.cell(each.part, self._role(at, each))
        if not self.found:
            self._event(None)

    def _role(self, at: int, each: Placed) -> str:
        """Land one part; the role under which the raw layer accounts for it."""
        part = each.part
        if part.mark in (METADATA, UNTRANSCRIBED):
            return part.mark
        if part.empty:
            return "empty"
        if at in self.told.names:
            respondent = f"p-{fingerprint(self.rows.name, 'present', self._event(each))}"
            for name in self.told.names[at]:
                self.rows.identify(respondent, "name", name)
            return "identity"
        if at in self.told.used:
            return "event"
        if each.heading:
            return "heading"
        return self._comment(at, each)

    def _comment(self, at: int, each: Placed) -> str:
        part = each.part
        said = self._speaker(part)
        facilitator = at in self.told.prose or part.story == "remark" or (said is not None and said.facilitator)
        text = part.text[said.end :] if said and not part.speaker else part.text
        if not text.strip():
            text = part.text
        counted = tally(text, strokes=self.strokes)
        self.made[at] = self.rows.comment(
            part, each.path, voice="facilitator" if facilitator else "group", event_id=self._event(each), text=text,
            parents=[self.made[elder] for elder in elders(self.placed, at) if elder in self.made],
            tally=counted.count if counted else None, speaker=self._who(said, part),
            asked=() if at in self.told.prose else self._asked(each.path),
        )  # fmt: skip
        if part.mark:
            return part.mark
        return "facilitator" if facilitator else "comment"

    def _speaker(self, part: Part) -> Speaker | None:
        if part.speaker:
            return speaker(f"{part.speaker}: x") or Speaker(label=part.speaker, end=0, named=True)
        return speaker(part.text, bold=part.bold, dialogue=self.dialogue)

    def _who(self, said: Speaker | None, part: Part) -> str | None:
        """The speaker as it may stand beside a comment: a role or code as written, a pseudonym for a person's name."""
        if said is None:
            return code(part.text)
        if not said.named:
            return said.label
        pseudonym = f"p-{fingerprint(self.rows.name, 'speaker', said.label)}"
        self.rows.identify(pseudonym, "name", said.label)
        return pseudonym

    def _asked(self, path: Sequence[str]) -> tuple[str, ...]:
        """The headings that ask, without those that only say at which table or event."""
        scope, _ = self.told.about(tuple(path))
        return tuple(text for text in path[len(scope) :] if not GROUP.match(text))

    def _event(self, each: Placed | None) -> str:
        """The event of a part, made when it is first needed; page furniture belongs to whichever was first."""
        if self.found and each is not None and each.part.story in ("header", "footer"):
            return next(iter(self.found.values()))
        scope, fields = self.told.about(each.path if each else ())
        if scope not in self.found:
            settled = events.settled(fields, self.officer)
            event_id = f"e-{fingerprint(self.rows.name, *scope)}"
            self.rows.events.append(Event(event_id=event_id, source_id=self.rows.source_id, **settled))
            self.found[scope] = event_id
        return self.found[scope]

    def notes(self) -> list[str]:
        out = []
        lines = [comment for comment in self.rows.comments if comment.status == "included" and comment.voice == "group"]
        unassigned = sum(1 for comment in lines if comment.question_id is None)
        if lines and unassigned == len(lines):
            out.append(
                "These notes have no headings, so all lines are unassigned. Say in the file which table or "
                "question each answers."
            )
        if sum(1 for comment in lines if comment.tally):
            out.append(
                f"{sum(1 for comment in lines if comment.tally)} lines carry a tally; each is one comment with its "
                f"tally beside it."
            )
        if any(re.match("p-", comment.speaker or "") for comment in lines):
            out.append("Names of speakers went to the identity file; the comments have a pseudonym in their place.")
        return out
