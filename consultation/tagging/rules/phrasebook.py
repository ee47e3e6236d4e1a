"""Fixed phrases found in comments, in any inflection, with spaCy's phrase matcher on stems.

A phrase belongs to one or more codes: words of the draft to elements, cues of the codebook to themes. All are
looked for in one pass over a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from consultation.tagging.rules.stems import stem
from consultation.text import straight


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a phrase stands for, how strongly (0 to 1), and what kind of evidence it is (a key of `evidence.WHY`)."""

    phrase: str
    facet: str
    code: str
    strength: float
    kind: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry found at `text[start:end]`."""

    entry: Entry
    start: int
    end: int


class Phrasebook:
    """Entries ready to be looked for. Longer finds of one code hide shorter ones inside them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        from spacy.matcher import PhraseMatcher

        self._by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_key.setdefault(key(entry.phrase), []).append(entry)
        self._by_key.pop("", None)
        self._matcher = PhraseMatcher(_english().vocab, attr="NORM")
        for phrase, told in sorted(self._by_key.items()):
            self._matcher.add(phrase, [_read(entry.phrase) for entry in told])

    def find(self, text: str) -> list[Found]:
        """Every entry in the text, by place."""
        doc = _read(text)
        store = doc.vocab.strings
        spans = sorted({(start, end, store[name]) for name, start, end in self._matcher(doc)})
        found: list[Found] = []
        for start, end, name in spans:
            left, right = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
            found.extend(Found(entry=entry, start=left, end=right) for entry in self._by_key[name])
        return _longest(found)


def key(phrase: str) -> str:
    """The stems of a phrase, as the matcher compares them.

    >>> key("Delivers better outcomes") == key("delivering better outcome")
    True
    """
    return " ".join(token.norm_ for token in _read(phrase))


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in order, punctuation left out."""
    return [token.norm_ for token in _read(text) if not token.is_punct and not token.is_space]


def _longest(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start, f.entry.facet, f.entry.code)):
        same = (other for other in kept if (other.entry.facet, other.entry.code) == (one.entry.facet, one.entry.code))
        if not any(other.start <= one.start and one.end <= other.end for other in same):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end, f.entry.facet, f.entry.code))


def _read(text: str) -> Any:
    return _english().tokenizer(straight(text))


@lru_cache(maxsize=1)
def _english() -> Any:
    """Blank English, whose words carry their stem as norm: the matcher then compares stems at full speed."""
    import spacy
    from spacy.attrs import NORM

    nlp = spacy.blank("en")
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters[NORM] = stem
    return nlp
