"""A letter, an e-mail or a petition: one response, its paragraphs as comments, its whole text kept.

Who wrote it (the address above, the signature below, the sender of a mail) goes to the identity table. Quoted
messages, greetings and signatures stay among the comments, marked and set aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from consultation.model import Response
from consultation.reading.documents.genre import CHANNELS, CLOSING, EMAIL, PETITION, POSTCODE, greets, signature_count
from consultation.reading.documents.lines import date
from consultation.reading.documents.outline import Placed, outline
from consultation.reading.documents.parts import HEADING, ITEM, PARAGRAPH, Document, Part
from consultation.reading.documents.rows import Rows
from consultation.text import fingerprint, words

_EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(r"(?:\+44\s?|\b0)(?:\d[\s-]?){9,10}\b")
_STREET = re.compile(
    r"^\d+[a-z]?,?\s+[A-Z]|\b(?:street|road|lane|avenue|close|drive|house|court|gardens|terrace|way|crescent|place|hill|park|cottage|farm|flat)\b",
    re.I,
)
_BODY_NAME = re.compile(
    r"\b(?:council|trust|ltd|limited|plc|association|society|charity|forum|board|school|college|university|church|club|partnership|parish|"
    r"union|company|federation|foundation|group|network|alliance|committee|agency|service|nhs|cic|community|centre)\b", re.I,
)  # fmt: skip
_SUBJECT = re.compile(r"^\s*(?:re|ref|our ref|your ref|reference|subject)\s*[:.]", re.I)
_AUTOMATIC = re.compile(
    r"^(?:sent from (?:my |outlook|yahoo|mail|samsung)|get outlook for|this (?:e-?mail|message)(?: and any| is| may| has|,)|the information (?:contained )?in this (?:e-?mail|message)|"
    r"please consider the environment|disclaimer|\[?external\b|caution: this|\[cid:)",
    re.I,
)  # fmt: skip
_POSTSCRIPT = re.compile(r"^\s*(?:p\.?\s?s\.?\b|post ?script)", re.I)
_SIGNED_LIST = re.compile(
    r"^(?:signed|signatures?|signatories|names?(?: and address(?:es)?)?|signed by)\b.{0,40}$", re.I
)
_NAME = re.compile(
    r"^(?:\d+[.)]\s*)?(?:(?:mr|mrs|ms|miss|mx|dr|prof|cllr|rev)\.?\s+)?[A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'.-]*){1,3}(?:,.*)?$"
)
_SHORT: Final = 9  # words: longer lines above a greeting or below a closing are part of what was said


def land(document: Document, rows: Rows, genre: str, channel: str | None = None) -> list[str]:
    """Put the submission into the rows; what an officer should know comes back in sentences."""
    landing = _Landing(document=document, rows=rows, genre=genre, channel=channel or CHANNELS[genre])
    return landing.all()


@dataclass
class _Landing:
    document: Document
    rows: Rows
    genre: str
    channel: str
    sent: str | None = None
    signatories: int = 0
    names: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        self.response_id = f"r-{fingerprint(self.rows.name, len(self.rows.responses) + 1)}"
        self.respondent_id = f"p-{fingerprint(self.rows.name, self.response_id)}"
        roles = self._frame(self.document.parts)
        placed = outline(
            [
                replace(part, kind=PARAGRAPH) if roles.get(at) and part.kind != HEADING else part
                for at, part in enumerate(self.document.parts)
            ]
        )
        table = self._signed_tables(placed)
        self._headers()
        at = 0
        voice = "group" if self.genre == PETITION else "person"
        while at < len(placed):
            part, role = self.document.parts[at], roles.get(at)
            run = 1
            if part.empty:
                role = "empty"
            elif part.table in table:
                role = self._signatory(placed[at], table[part.table])
            elif role in ("address", "signed"):
                role = self._identify(part, role)
            elif role is not None and part.mark is None:
                part = replace(part, mark=role)
            if role is None and part.mark is None and placed[at].heading:
                role = "heading"
            if role is None or (part.mark and role not in ("empty", "identity")):
                run = self._block(placed, roles, at) if part.mark is None else 1
                joined = replace(
                    part, text=_text([self.document.parts[each] for each in range(at, at + run)], placed[at].part)
                )
                mark = part.mark or placed[at].part.mark
                self.rows.comment(
                    replace(joined, mark=mark),
                    placed[at].path,
                    voice="facilitator" if part.story == "remark" else voice,
                    response_id=self.response_id,
                )
                role = mark or "comment"
            for each in range(at, at + run):
                self.rows.cell(self.document.parts[each], role)
            at += run
        return self._respond()

    # ------------------------------------------------------------------------------ what surrounds the words

    def _frame(self, parts: Sequence[Part]) -> dict[int, str]:
        """Roles of the lines above the greeting and below the closing: address, signed, greeting, automatic."""
        roles: dict[int, str] = {}
        lines = [
            at
            for at, part in enumerate(parts)
            if not part.empty and part.mark is None and part.story == "body" and not part.table
        ]
        for at in lines:
            if _AUTOMATIC.match(parts[at].text.strip()):
                roles[at] = "automatic"
        greeting = next((at for at in lines[:25] if greets(parts[at].text)), None)
        if greeting is not None:
            roles[greeting] = "greeting"
            for at in lines:
                if at < greeting:
                    roles[at] = self._above(parts[at]) or roles.get(at, "")
            after = next((at for at in lines if at > greeting), None)
            if after is not None and _SUBJECT.match(parts[after].text):
                roles[after] = "subject"
        closings = [at for at in lines if CLOSING.match(parts[at].text)]
        if closings and (greeting is None or closings[-1] > greeting):
            self._below(parts, [at for at in lines if at >= closings[-1]], roles)
        if self.genre == PETITION:
            self._signed_list(parts, lines, roles)
        return {at: role for at, role in roles.items() if role}

    def _above(self, part: Part) -> str | None:
        text = part.text.strip()
        if part.kind == HEADING or _SUBJECT.match(text):
            return "subject" if _SUBJECT.match(text) else None
        if date(text) and len(words(text)) <= 6:
            self.sent = self.sent or date(text)
            return "subject"
        return "address" if len(words(text)) <= _SHORT and not text.endswith((".", "?", "!")) else None

    def _below(self, parts: Sequence[Part], lines: Sequence[int], roles: dict[int, str]) -> None:
        """The closing itself, then the signature, up to a postscript or a line too long to sign with."""
        roles[lines[0]] = "greeting"
        for at in lines[1:]:
            text = parts[at].text.strip()
            if _POSTSCRIPT.match(text) or parts[at].kind in (HEADING, ITEM) or len(words(text)) > _SHORT + 3:
                break
            roles[at] = roles.get(at) or "signed"

    def _signed_list(self, parts: Sequence[Part], lines: Sequence[int], roles: dict[int, str]) -> None:
        """Names under “Signed” or “Signatures”."""
        start = next((place for place, at in enumerate(lines) if _SIGNED_LIST.match(parts[at].text.strip())), None)
        if start is None:
            return
        for at in lines[start + 1 :]:
            if not _NAME.match(parts[at].text.strip()):
                break
            roles[at] = "signed"
            self.signatories += 1

    def _identify(self, part: Part, role: str) -> str:
        """An address or signature line is identity, by its kind."""
        for line in part.text.splitlines() or [part.text]:
            text = line.strip(" *_")
            for found in _EMAIL.findall(text):
                self.rows.identify(self.respondent_id, "email", found)
            for found in _PHONE.findall(text):
                self.rows.identify(self.respondent_id, "phone", found)
            if _EMAIL.search(text) or _PHONE.search(text):
                continue
            if POSTCODE.search(text) or _STREET.search(text):
                kind = "address"
            elif _BODY_NAME.search(text):
                kind = "organisation"
            elif (
                role == "signed"
                and (_NAME.match(text) or len(words(text)) <= 3)
                and (not self.names or self.genre == PETITION)
            ):
                kind = "name"
                self.names.append(text)
            else:
                kind = "signature" if role == "signed" else "address"
            self.rows.identify(self.respondent_id, kind, text)
        return "identity"

    def _headers(self) -> None:
        """The sender of a mail."""
        sender = self.document.headers.get("from", "")
        for found in _EMAIL.findall(sender):
            self.rows.identify(self.respondent_id, "email", found)
        name = re.sub(r"<[^>]*>|[\"()]|\S+@\S+", "", sender).strip()
        if name:
            self.rows.identify(self.respondent_id, "name", name)
        self.sent = self.document.headers.get("sent") or self.sent

    # ---------------------------------------------------------------------------------------- signatories

    def _signed_tables(self, placed: Sequence[Placed]) -> dict[str, dict[int, str]]:
        """Tables of people: name of the table -> kind of identifier by column."""
        out: dict[str, dict[int, str]] = {}
        for each in placed:
            part = each.part
            if part.table and part.row == 1 and not part.empty:
                text = part.text.casefold()
                kind = next((kind for word, kind in (("name", "name"), ("e-mail", "email"), ("email", "email"), ("address", "address"),
                                                     ("postcode", "address"), ("post code", "address"), ("phone", "phone"),
                                                     ("signature", "signature"), ("signed", "signature")) if word in text), None)  # fmt: skip
                if kind and len(words(text)) <= 4:
                    out.setdefault(part.table, {})[part.column] = kind
        return {name: kinds for name, kinds in out.items() if "name" in kinds.values() and len(kinds) > 1}

    def _signatory(self, each: Placed, kinds: dict[int, str]) -> str:
        part = each.part
        if part.row == 1:
            return "heading"
        kind = kinds.get(part.column, "signature")
        self.signatories += kind == "name"
        self.rows.identify(self.respondent_id, kind, part.text)
        return "identity"

    # ---------------------------------------------------------------------------------------- the response

    def _block(self, placed: Sequence[Placed], roles: dict[int, str], at: int) -> int:
        """How many parts, from here, are one paragraph: the lines of one block of a text file."""
        first = placed[at].part
        end = at + 1
        while (
            first.block and end < len(placed) and placed[end].part.block == first.block and first.kind != ITEM
            and placed[end].part.kind != ITEM and not placed[end].heading and not placed[end].part.empty
            and placed[end].part.mark is None and end not in roles and first.mark is None and not first.table
        ):  # fmt: skip
            end += 1
        return end - at

    def _respond(self) -> list[str]:
        text = "\n".join(part.text for part in self.document.parts)
        signatures = (signature_count(text) or self.signatories or None) if self.genre == PETITION else None
        comments = [
            each for each in self.rows.comments if each.response_id == self.response_id and each.status == "included"
        ]
        self.rows.responses.append(Response(
            response_id=self.response_id, source_id=self.rows.source_id, respondent_id=self.respondent_id, channel=self.channel,
            submitted_at=self.sent, signatures=signatures, locator=self.rows.file,
            completeness="complete" if comments else "untranscribed" if any(
                each.action == "quarantined" for each in self.rows.problems) else "partial",
        ))  # fmt: skip
        out = []
        if self.genre == PETITION:
            counted = f"{signatures:,} signatures" if signatures else "no number of signatures"
            out.append(f"A petition is one response. It states {counted}; they are not added to the responses.")
        quoted = sum(1 for part in self.document.parts if part.mark == "quoted" and not part.empty)
        if quoted:
            out.append(f"{quoted} paragraphs are quoted from earlier messages. They are kept and set aside.")
        if self.genre == EMAIL and not comments:
            out.append("The message holds no words of its sender.")
        return out


def _text(parts: Sequence[Part], first: Part) -> str:
    """The words of one paragraph that may run over several parts, as they stand in the file."""
    if len(parts) == 1:
        return first.text
    raw = "".join(part.raw for part in parts)
    return raw[raw.index(first.text) :].rstrip()
