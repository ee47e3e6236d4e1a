"""What stands before a number says whose it is: an order, a policy and a grid reference have numbers too."""

from __future__ import annotations

import re
from typing import Final

Span = tuple[int, int]

BEFORE: Final = 40  # characters in which the word that says what a number is may stand
NOT_A_PERSONS: Final = re.compile(
    r"\b(?:order|ref|reference|refs|invoice|receipt|isbn|issn|issue|docket|parcel|tracking|serial|barcode|ean|"
    r"consignment|booking|ticket|licence|permit|application|planning|case|charity|company|registered|registration|vat|"
    r"account|a/c|policy|meter|mpan|mprn|model|part|item|product|catalogue|asset|job|batch|lot|sample|stop|"
    r"customer|membership|member|library card|card|file|folder|document|report|complaint|incident|log|crime|version|"
    r"grid|map|option|section|clause|paragraph|para|appendix|figure|table|form|grade|size|drawing|sheet|"
    r"uprn|usrn|eastings?|northings?)\b"
    r"(?:\W{0,3}\b(?:no|nos|nr|number|num|numbers|id|code|ref|reference|card|is|was|it)\b){0,4}"
    r"\W{0,4}(?:[A-Z]{1,5}[-/ ]?)?$",
    re.I,
)
