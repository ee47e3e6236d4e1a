"""What a pattern is: a small picture of how people say something about words, with examples that run as tests.

A picture is read from left to right. Its symbols:

    drop         this word, as it stands
    drop|lose    either word
    CUT          any form of any word of that list in `lexicon.LISTS`
    OLD          the words of the draft, quoted or not, or "it" or "the phrase" that points back to them; with what
                 may stand around them ("the word ... bit")
    NAMED        the same, but never "it"
    NEW          the new words: between other symbols just what stands there; first or last in a picture they end
                 (or begin) here and reach as far as `extent` finds
    QUOTED       words in quotation marks that the draft does not have
    STOP         the end of a sentence
    ..  ...      up to 3, up to 7 words of any kind within the sentence
    x?  x*       may be left out; up to four times
    ^            first in a picture: only at the beginning of a sentence

In an example, [square] brackets are words of the draft and {curly} ones are the new words; the brackets themselves
are not there when the example is run. Examples in `leaves` must give no finding of the pattern's kind.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One way of asking something of words.

    `weight` is how sure the picture alone makes us, before the match is weighed. A `wary` pattern is one that people
    use of things as often as of words ("I don't like the cycle lanes"): words nobody quoted must then show in
    another way that they are meant as words (see `sheet.held_up`). A `worded` one says so itself ("define X",
    "X -> Y").

    The kind is one of `model.PHRASE_KINDS`, or "rewrite": the new words stand for the whole wording of the element.
    """

    name: str
    kind: str
    says: tuple[str, ...]
    finds: tuple[str, ...]
    leaves: tuple[str, ...] = ()
    weight: float = 0.9
    wary: bool = False
    worded: bool = False
