"""A letter, an e-mail or a petition: one response, its paragraphs as comments, its whole text kept.

Who wrote it (the address above, the signature below, the sender of a mail) goes to the identity table. Quoted
messages, greetings and whatever else is not the writer's own stay among the comments, marked and set aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from consultation.model import Comment, Response
from consultation.reading.documents import framing, quoting
from consultation.reading.documents.genre import EMAIL, PETITION, signature_count
from consultation.reading.documents.outline import Placed, elders, outline
from consultation.reading.documents.parts import (
    HEADING,
    ITEM,
    METADATA,
    PARAGRAPH,
    UNTRANSCRIBED,
    Document,
    Part,
)  # fmt: skip
from consultation.reading.documents.rows import Rows
from consultation.text import fingerprint, words

_PEOPLE: Final = (
    ("name", "name"), ("e-mail", "email"), ("email", "email"), ("address", "address"), ("postcode", "address"),
    ("post code", "address"), ("phone", "phone"), ("signature", "signature"), ("signed", "signature"),
)  # fmt: skip
"""Words in the head of a column of signatories, and the kind of identifier under it."""


def land(document: Document, rows: Rows, genre: str, channel: str, respondent_type: str | None = None) -> list[str]:
    """Put each submission of the document into the rows; what an officer should know comes back in sentences."""
    out: list[str] = []
    for submission in (document, *document.more):
        if genre == EMAIL and not submission.headers:
            parts, headers = quoting.told(submission.parts, {})
            submission = replace(submission, parts=tuple(parts), headers=headers)
        landing = _Landing(
            document=submission, rows=rows, genre=genre, channel=channel, respondent_type=respondent_type
        )
        out += [note for note in landing.all() if note not in out]
    if document.more:
        out.insert(0, f"It holds {len(document.more) + 1} messages; each is a response.")
    return out


@dataclass
class _Landing:
    document: Document
    rows: Rows
    genre: str
    channel: str
    respondent_type: str | None
    signatories: int = 0
    named: bool = False
    made: dict[int, Comment] = field(default_factory=dict)

    def all(self) -> list[str]:
        parts = self.document.parts
        key = self.document.headers.get("message-id") or len(self.rows.responses) + 1
        self.response_id = f"r-{fingerprint(self.rows.name, key)}"
        self.respondent_id = f"p-{fingerprint(self.rows.name, self.response_id)}"
        self.roles = framing.roles(parts, petition=self.genre == PETITION)
        self.placed = outline([self._plain(at, part) for at, part in enumerate(parts)])
        self.people = _people(parts)
        self._sender()
        at = 0
        while at < len(parts):
            run = self._run(at)
            role = self._land(at, run)
            for part in parts[at : at + run]:
                self.rows.cell(part, role)
            at += run
        return self._respond()

    def _plain(self, at: int, part: Part) -> Part:
        """A line of an address or signature heads nothing and is no item of a list, whatever it looks like."""
        return replace(part, kind=PARAGRAPH, bold=0) if at in self.roles and part.kind != HEADING else part

    def _land(self, at: int, run: int) -> str:
        """Land the paragraph of `run` parts that begins here; the role under which the raw layer accounts for it."""
        part, role = self.document.parts[at], self.roles.get(at)
        if part.mark in (METADATA, UNTRANSCRIBED):
            return part.mark
        if part.empty:
            return "empty"
        if part.mark is None and part.table in self.people:
            return self._signatory(part, self.people[part.table])
        if role in (framing.ADDRESS, framing.SIGNED, framing.RECIPIENT):
            return self._identify(part, role)
        placed = self.placed[at]
        mark = part.mark or role or placed.part.mark
        if mark is None and placed.heading:
            return "heading"
        remark = part.story == "remark"
        self.made[at] = self.rows.comment(
            replace(part, mark=mark),
            placed.path,
            parents=[self.made[elder] for elder in elders(self.placed, at) if elder in self.made],
            text=_text(self.document.parts[at : at + run], placed.part),
            voice="facilitator" if remark else "group" if self.genre == PETITION else "person",
            response_id=self.response_id,
        )
        return mark or ("facilitator" if remark else "comment")

    def _run(self, at: int) -> int:
        """How many parts, from here, are one paragraph: the lines of one block of a text file."""
        first = self.placed[at]
        end = at + 1
        if first.part.block and self._goes_on(at, first):
            while (
                end < len(self.placed) and self.placed[end].part.block == first.part.block and self._goes_on(end, first)
            ):
                end += 1
        return end - at

    def _goes_on(self, at: int, first: Placed) -> bool:
        here = self.placed[at]
        return (
            here.part.kind == PARAGRAPH and not here.heading and not here.part.empty and here.part.mark is None
            and at not in self.roles and here.part.table is None and here.path == first.path
        )  # fmt: skip

    # ---------------------------------------------------------------------------------------- who it is from

    def _sender(self) -> None:
        """The sender of a mail."""
        sender = self.document.headers.get("from", "")
        for found in framing.EMAIL.findall(sender):
            self.rows.identify(self.respondent_id, "email", found)
        name = re.sub(r"<[^>]*>|[\"()\[\]]|mailto:|\S+@\S+", "", sender).strip(" '")
        if name:
            self.rows.identify(self.respondent_id, "name", name)

    def _identify(self, part: Part, role: str) -> str:
        signatory = self.genre == PETITION and role == framing.SIGNED
        self.signatories += signatory
        for kind, value in framing.identifiers(part, role, named=self.named and not signatory):
            self.named = self.named or kind == "name"
            self.rows.identify(self.respondent_id, kind, value)
        return "identity"

    def _signatory(self, part: Part, kinds: dict[int, str]) -> str:
        """A cell of a table of people."""
        if part.row == 1:
            return "heading"
        kind = kinds.get(part.column, "signature")
        self.signatories += kind == "name"
        self.rows.identify(self.respondent_id, kind, part.text)
        return "identity"

    # ---------------------------------------------------------------------------------------- the response

    def _respond(self) -> list[str]:
        parts = self.document.parts
        mine = [
            each for each in self.rows.comments if each.response_id == self.response_id and each.status == "included"
        ]
        untyped = any(part.mark == UNTRANSCRIBED for part in parts)
        stated = signature_count("\n".join(part.text for part in parts)) if self.genre == PETITION else None
        signatures = (stated or self.signatories or None) if self.genre == PETITION else None
        self.rows.responses.append(
            Response(
                response_id=self.response_id,
                source_id=self.rows.source_id,
                respondent_id=self.respondent_id,
                supplied_id=self._supplied(),
                locator=self.rows.file,
                channel=self.channel,
                respondent_type=self.respondent_type,
                submitted_at=self.document.headers.get("sent") or framing.sent(parts, self.roles),
                signatures=signatures,
                completeness="complete" if mine and not untyped else "untranscribed" if untyped else "partial",
            )
        )
        return list(self._told(signatures, bool(mine)))

    def _supplied(self) -> str | None:
        """The id that a mail came with, as its fingerprint: it is shaped like an address."""
        told = self.document.headers.get("message-id")
        return fingerprint("supplied", told) if told else None

    def _told(self, signatures: int | None, said: bool) -> list[str]:
        out = []
        if self.genre == PETITION:
            counted = f"{signatures:,} signatures" if signatures else "no number of signatures"
            out.append(f"A petition is one response. It states {counted}; they are not added to the responses.")
        if quoted := sum(1 for part in self.document.parts if part.mark == "quoted" and not part.empty):
            out.append(f"{quoted} paragraphs are quoted from earlier messages. They are kept and set aside.")
        if "automatic" in self.document.headers:
            out.append("It was sent by a program (an automatic reply). Is it a response?")
        if any(part.mark == UNTRANSCRIBED for part in self.document.parts):
            out.append(
                "A part of it is a picture or a file that is not read. It counts as a response; it needs typing up."
            )
        elif not said:
            out.append("It holds no words of its sender.")
        return out


def _people(parts: Sequence[Part]) -> dict[str | None, dict[int, str]]:
    """Tables of people: name of the table -> kind of identifier by column."""
    out: dict[str | None, dict[int, str]] = {}
    for part in parts:
        if part.table and part.row == 1 and not part.empty and part.kind != ITEM and len(words(part.text)) <= 4:
            kind = next((kind for word, kind in _PEOPLE if word in part.text.casefold()), None)
            if kind:
                out.setdefault(part.table, {})[part.column] = kind
    return {name: kinds for name, kinds in out.items() if "name" in kinds.values() and len(kinds) > 1}


def _text(parts: Sequence[Part], first: Part) -> str:
    """The words of one paragraph that may run over several parts, as they stand in the file."""
    if len(parts) == 1:
        return first.text
    raw = "".join(part.raw for part in parts)
    return raw[raw.index(first.text) :].rstrip()
