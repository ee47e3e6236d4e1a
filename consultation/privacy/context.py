"""What stands about a number says whose it is: an order, a policy and a grid reference have numbers too."""

from __future__ import annotations

import re
from typing import Final

Span = tuple[int, int]

BEFORE: Final = 40  # characters in which the word that says what a number is may stand
# Things that are numbered. After the first sort "is" may follow ("the order was 123"); a form, a table or a page is
# only numbered right before its number.
_GOODS: Final = (
    r"order|ref|refs|reference|invoice|receipt|isbn|issn|docket|parcel|tracking|serial|barcode|ean|"
    r"consignment|booking|"
    r"ticket|licence|permit|application|planning|case|charity|company|registered|registration|vat|account|a/c|policy|"
    r"meter|mpan|mprn|model|part|item|product|catalogue|asset|job|batch|lot|sample|customer|membership|member|"
    r"library card|card|file|complaint|incident|log|crime|version|grid|uprn|usrn|eastings?|northings?|column|"
    r"tag|engine|chassis|boiler|certificate|tender|contract|cheque|patent|voucher|promo|coupon|petition|motion|minute"
)
_PAPERS: Final = (
    r"issue|folder|document|report|map|option|section|clause|paragraph|para|appendix|figure|table|form|grade|size|"
    r"drawing|sheet|page|stop|iso|bs|en|iec|room|ward|gate|platform|locker|bay|unit|class"
)
_NUMBER: Final = r"(?:no|nos|nr|number|num|numbers|id|code|ref|reference|card)"
NOT_A_PERSONS: Final = re.compile(
    rf"\b(?:(?:{_GOODS})\b\.?(?:[\s:#(-]{{0,3}}\b(?:{_NUMBER}|is|was|it)\b\.?){{0,4}}|"
    rf"(?:{_PAPERS})\b\.?(?:[\s:#(-]{{0,3}}\b{_NUMBER}\b\.?){{0,3}})"
    r"[^\w.,;!?]{0,4}(?-i:[A-Z]{1,5}[-/ ]?)?$",
    re.I,
)
_IS_AFTER: Final = re.compile(
    rf"\s(?:is|was|being)\s(?:(?:the|my|our|your|an?|its)\s)?(?:\w+\s)?(?:{_GOODS})(?:\s{_NUMBER})?"
    rf"\s*(?:[.,;!?)\n]|$|\b(?:and|but|for|on|in|it|of)\b)",
    re.I,
)


def not_a_persons(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where the words right before (or, as "... is my order number", right after) say that something else has it."""
    before = text[max(0, start - BEFORE) : start]
    if not _THINGS.isdisjoint(_WORD.findall(before.lower())):
        return NOT_A_PERSONS.search(before) or _IS_AFTER.match(text, end)
    return _IS_AFTER.match(text, end)


_WORD: Final = re.compile(r"[a-z]+")
_THINGS: Final = frozenset(_WORD.findall(f"{_GOODS} {_PAPERS} easting northing c".replace("?", "")))
