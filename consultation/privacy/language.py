"""Which texts are not English, so that a person who reads the language is asked instead of a classifier guessing.

By the script of the letters and, for Latin letters, by the small words that make up a third of any text (articles,
prepositions, pronouns). To add a language, add its small words to `words/languages.txt`. Too little text to tell is
left unset.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

import pandas as pd

from consultation.privacy.words import listed, sections
from consultation.text import words

_ENGLISH: Final = listed("languages.txt", "en")
SMALL_WORDS: Final = {  # without those that English has too
    name: listed("languages.txt", name) - (_ENGLISH if name != "en" else frozenset())
    for name in sections("languages.txt")
}
# Scripts and the language that respondents in the United Kingdom most likely mean; others are only named as a script.
_SCRIPTS: Final = {
    "ARABIC": "und-Arab", "CYRILLIC": "und-Cyrl", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "und-Deva",
    "BENGALI": "bn", "GURMUKHI": "pa", "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te", "SINHALA": "si", "THAI": "th",
    "CJK": "und-Hani", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ETHIOPIC": "und-Ethi", "KHMER": "km", "MYANMAR": "my", "MALAYALAM": "ml", "KANNADA": "kn",
}  # fmt: skip
_LEAST_WORDS: Final = 4
_LEAST_SHARE: Final = 0.15  # of the words
_LEAST_SCORE: Final = 2.0
_OWN_LETTERS: Final = {
    "pl": "ąćęłńśźż",
    "ro": "ășțîâ",
    "tr": "ğışçöü",
    "lt": "ėįųšžčūą",
    "cy": "ŵŷ",
    "de": "ßäöü",
    "es": "ñ¿¡",
    "pt": "ãõç",
}


def language(text: str) -> str | None:
    """The language of a text that is not English (a tag of BCP 47), None for English or where too little can be told.

    >>> language("Mae angen mwy o fysiau yn y pentref"), language("We need more buses in the village")
    ('cy', None)
    """
    script = _script(text)
    if script:
        return script
    told = [word.casefold().replace("’", "'") for word in words(text)]
    if len(told) < _LEAST_WORDS:
        return None
    counts = Counter(told)
    scores = {name: _score(counts, name, text) for name in SMALL_WORDS}
    best = max(sorted(scores), key=lambda name: scores[name])
    enough = scores[best] >= max(_LEAST_SCORE, _LEAST_SHARE * len(told), 1.5 * scores["en"])
    return best if best != "en" and enough else None


def mark_languages(comments: pd.DataFrame) -> pd.DataFrame:
    """The comments with `language` set where the text is not English; what the source said stays."""
    told = [
        said if isinstance(said, str) and said else language(text) if isinstance(text, str) else None
        for said, text in zip(comments["language"], comments["text"], strict=True)
    ]
    return comments.assign(language=pd.Series(told, index=comments.index, dtype="str"))


def _score(counts: Counter[str], name: str, text: str) -> float:
    """How many small words of this language stand in the text, and half as much for each letter of its own."""
    letters = sum(text.casefold().count(letter) for letter in _OWN_LETTERS.get(name, ""))
    return sum(counts[word] for word in SMALL_WORDS[name] & counts.keys()) + letters / 2


def _script(text: str) -> str | None:
    """The script of most letters, where it is not Latin."""
    if text.isascii():
        return None
    counts: Counter[str] = Counter()
    for letter in text[:400]:
        if letter.isalpha():
            counts[unicodedata.name(letter, "OTHER").split(" ")[0].split("-")[0]] += 1
    if not counts:
        return None
    name, number = counts.most_common(1)[0]
    if name in ("LATIN", "OTHER", "FULLWIDTH", "MODIFIER") or number * 2 < counts.total() or number < 2:
        return None
    return _SCRIPTS.get(name, "und")
