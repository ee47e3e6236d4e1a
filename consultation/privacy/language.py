"""Which texts are not English, so that a person who reads the language is asked instead of a classifier guessing.

By the script of the letters and, for Latin letters, by the small words that make up a third of any text (articles,
prepositions, pronouns). To add a language, add a line to `SMALL_WORDS`; a small word that English has too counts for
neither. Too little text to tell is left unset.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

import pandas as pd

from consultation.text import words

SMALL_WORDS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(told.split())
    for language, told in {
        "en": "the of and to a in is it that for on with as was are be this not but they we you have at or from by an will "
        "would there their all has been more should can which when our people if so what about who do my your its were "
        "than them these some into no only very any also how because could other her his she he us out up just don't "
        "it's i'm need needs think like agree disagree good",
        "cy": "y yr yn ac a'r i'r o'r mae nid oes ar am gan wedi ei eu ein eich fy dy hyn hynny bod fod sydd sy bydd byddai "
        "rhaid gyda hefyd neu ond os pan fel mwy dim ddim i o er mwyn dylai dylid rydw rwy'n dwi rydym ni chi nhw hon hwn "
        "pob bob yw ydy oedd gael cael gwneud wrth rhwng heb iawn angen cymraeg sut beth pobl hynny'n cynllun dros drwy "
        "rwy'n dwi'n mae'n does nad fydd bobl ni'n",
        "pl": "i w na z że nie się do jest to jak ale dla co czy po od za są tym tego o ten ta już oraz przez przy bardzo może "
        "być był była które który która ich jego jej nas mnie mi tylko więcej lub będzie także bo aby żeby ma mają też ze",
        "fr": "le la les de des du et un une est que qui dans pour pas ce cette avec sur plus ne se au aux par il elle nous vous "
        "je sont mais ou où être été c'est il y très tout leur leurs",
        "es": "el la los las de del y un una que en es por con para no se su al lo como más pero sus le ya o este esta son muy "
        "está hay ser sin sobre también nosotros porque cuando",
        "pt": "o a os as de do da dos das e um uma que em não é para com por se no na nos mais como mas ao são também muito "
        "está isso ele ela nós pelo pela ser tem já",
        "it": "il lo la i gli le di del della dei e un una che in è per con non si da al come più ma sono anche questo questa "
        "nel nella alla molto essere ha ci perché",
        "de": "der die das und ist nicht ein eine einen zu den dem mit für auf von im es sich des auch wir sie ich werden wird "
        "sind aber oder wie bei nach aus an war haben mehr sehr noch",
        "nl": "de het een en van is niet dat in op te voor met zijn aan ook er maar om wij ze we dit die bij naar uit meer zou "
        "moeten worden wordt geen heel",
        "ro": "și în de la nu este pentru cu pe că să un o mai sunt care din ale din acest această ar fi foarte am avem lor noi "
        "dar sau prin când trebuie",
        "lt": "ir yra kad į ne su iš tai kaip bet ar apie labai būtų nuo mes jie turi būti reikia už dėl",
        "tr": "ve bir bu için ile de da çok daha olarak değil ama gibi olan var yok ne en kadar biz ben olmalı",
        "so": "waa iyo in ay oo ku ka la u waxaa leh aan uu si ah waxay lagu dadka mid",
        "ga": "an na agus tá is i le ar go ní sé sí mé do a bhí níl atá seo sin muid ach nó",
    }.items()
}
# Scripts and the language that respondents in the United Kingdom most likely mean; others are only named as a script.
_SCRIPTS: Final = {
    "ARABIC": "und-Arab", "CYRILLIC": "und-Cyrl", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "und-Deva", "BENGALI": "bn",
    "GURMUKHI": "pa", "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te", "SINHALA": "si", "THAI": "th", "CJK": "und-Hani",
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "und-Ethi",
    "KHMER": "km", "MYANMAR": "my", "MALAYALAM": "ml", "KANNADA": "kn",
}  # fmt: skip
_LEAST_WORDS: Final = 4
_LEAST_SHARE: Final = 0.15
_OWN_LETTERS: Final = {"pl": "ąćęłńśźż", "ro": "ășțîâ", "tr": "ğışçöü", "lt": "ėįųšžčūą", "cy": "ŵŷ", "de": "ßäöü", "es": "ñ¿¡", "pt": "ãõç"}


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
    scores = {name: _score(counts, name, text) / len(told) for name in SMALL_WORDS}
    best = max(sorted(scores), key=lambda name: scores[name])
    if best == "en" or scores[best] < _LEAST_SHARE or scores[best] < 1.5 * scores["en"]:
        return None
    return best


def mark_languages(comments: pd.DataFrame) -> pd.DataFrame:
    """The comments with `language` set where the text is not English; what the source said stays."""
    told = [
        said if isinstance(said, str) and said else language(text) if isinstance(text, str) else None
        for said, text in zip(comments["language"], comments["text"], strict=True)
    ]
    return comments.assign(language=pd.Series(told, index=comments.index, dtype="str"))


def _score(counts: Counter[str], name: str, text: str) -> float:
    """Small words of this language that English has not (and the other way round), and letters of its own."""
    english = SMALL_WORDS["en"]
    mine = english if name == "en" else SMALL_WORDS[name] - english
    letters = sum(text.casefold().count(letter) for letter in _OWN_LETTERS.get(name, ""))
    return sum(counts[word] for word in mine & counts.keys()) + letters / 2


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
