"""Caption files (.vtt, .srt) of recorded meetings: each sentence with its speaker and its time.

Our own parser: of the two usual libraries one drops the second speaker of a cue and takes a comma in a time for no cue,
the other reads 4.5 seconds as 4.005.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from consultation.errors import ConsultationError
from consultation.reading.documents.parts import PARAGRAPH, Document, Part, Trouble
from consultation.reading.grids.encoding import decode

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?"
_TIMES = re.compile(rf"^\s*{_CLOCK}\s*--+>\s*{_CLOCK}(?:\s.*)?$")
_LOOKS_TIMED = re.compile(r"-+>")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,50})?\s+([^>\n]{0,200})>", re.I)
_TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^>\n]{0,200})?>|<\d[\d:.,]{0,20}>|\{\\an?\d\}", re.I)
_NAMED = re.compile(r"^[-–>]{0,2}\s*(?P<label>[A-ZÀ-Þ][\w .,'’()-]{0,40}?)\s?:\s+(?=\S)")
_ENDS: Final = (".", "?", "!", "…", "”", '"')
_PAUSE: Final = 2.0  # seconds; a sentence that runs over cues is one comment, if no longer pause parts them


@dataclass(frozen=True, kw_only=True)
class _Cue:
    name: str
    start: float
    end: float
    lines: tuple[str, ...]
    raw: str


def document(data: bytes, name: str) -> Document:
    """The captions as parts. Raises `ConsultationError` where none can be read though the file is not empty."""
    text = decode(data).text.lstrip("\ufeff")
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    troubles: list[Trouble] = []
    cues = list(_cues(lines, troubles))
    if not cues:
        raise ConsultationError(
            f"No captions were found, though the file has {sum(1 for line in lines if line.strip())} lines.",
            where=name,
            do="Is it a .vtt or .srt file? Download the transcript again, or save its words as .txt.",
        )
    spoken = [piece for cue in cues for piece in _spoken(cue)]
    return Document(form="captions", parts=tuple(_sentences(spoken)), troubles=tuple(troubles))


def _cues(lines: list[str], troubles: list[Trouble]) -> Iterator[_Cue]:
    at = 0
    while at < len(lines):
        found = _TIMES.match(lines[at].rstrip("\r\n"))
        if found is None:
            if _LOOKS_TIMED.search(lines[at]):
                troubles.append(Trouble(
                    place=f"line {at + 1}", what="The times of a caption cannot be read.",
                    hint="The words under it were read, without a time.", action="kept",
                ))  # fmt: skip
                start = end = 0.0
            else:
                at += 1
                continue
        else:
            start, end = _seconds(*found.groups()[:4]), _seconds(*found.groups()[4:])
        before = lines[at - 1].strip() if at and lines[at - 1].strip() and not _TIMES.match(lines[at - 1]) else ""
        stop = at + 1
        while stop < len(lines) and lines[stop].strip() and not _LOOKS_TIMED.search(lines[stop]):
            stop += 1
        said = tuple(line.rstrip("\r\n") for line in lines[at + 1 : stop])
        if stop < len(lines) and _LOOKS_TIMED.search(lines[stop]) and said and said[-1].strip().isdigit():
            said = said[:-1]  # the number of the next caption, with no empty line before it
        yield _Cue(name=before, start=start, end=end, lines=said, raw="\n".join(said))
        at = stop


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    """4.5 and 4,500 are four and a half seconds."""
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + (float(f"0.{fraction}") if fraction else 0.0)


def _spoken(cue: _Cue) -> Iterator[tuple[str | None, str, _Cue]]:
    """(speaker, words, cue): one for each voice in a cue."""
    text = "\n".join(cue.lines)
    voices = list(_VOICE.finditer(text))
    if voices:
        pieces: list[tuple[str | None, str]] = [(None, text[: voices[0].start()])]
        ends = [*(voice.start() for voice in voices[1:]), len(text)]
        pieces += [(_clean(voice[1]), text[voice.end() : end]) for voice, end in zip(voices, ends, strict=True)]
    else:
        pieces = _labelled(cue.lines)
    for who, piece in pieces:
        words = _clean(piece)
        if words:
            yield who, words, cue


def _labelled(lines: tuple[str, ...]) -> list[tuple[str | None, str]]:
    """Lines that begin with a name, as meetings by telephone and video give them; others go on with the line before."""
    out: list[tuple[str | None, str]] = []
    for line in lines:
        found = _NAMED.match(_clean(line))
        if found:
            out.append((found["label"], _clean(line)[found.end() :]))
        elif out:
            out[-1] = (out[-1][0], f"{out[-1][1]}\n{line}")
        else:
            out.append((None, line))
    return out


def _clean(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def _sentences(spoken: list[tuple[str | None, str, _Cue]]) -> Iterator[Part]:
    """One part for each turn or sentence: what a speaker goes on saying in the next cue belongs to it."""
    held: Part | None = None
    until = 0.0
    for who, words, cue in spoken:
        place = f"{_clock(cue.start)} to {_clock(cue.end)}"
        goes_on = (
            held is not None
            and held.speaker == who
            and not held.text.rstrip().endswith(_ENDS)
            and 0 <= cue.start - until <= _PAUSE
        )
        if held is not None and goes_on:
            joined = f"{held.text}\n{words}"
            held = replace(
                held, text=joined, raw=joined + "\n", place=f"{held.place.split(' to ')[0]} to {_clock(cue.end)}"
            )
        else:
            if held is not None:
                yield held
            held = Part(text=words, raw=words + "\n", place=place, kind=PARAGRAPH, speaker=who)
        until = cue.end
    if held is not None:
        yield held


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{int((seconds - whole) * 1000):03d}"
