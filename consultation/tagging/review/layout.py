"""The sheets of the review workbook: their columns, their drop-downs and what the instructions say.

All English that officers read in the workbook is in this file, beside what is said of a row that was not taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from consultation.model import FACETS
from consultation.sheets import Column

COMMENTS: Final = "Comments"
SAME: Final = "Same person"
CLASHES: Final = "Clashes"
CODEBOOK: Final = "Codebook"
ELEMENTS: Final = "Elements"
SENT: Final = "_sent"  # the hidden sheet: what the workbook went out with
SENT_COLUMNS: Final = ("Id", "What", "Value", "Score", "Origin", "Model")
FORM: Final = "review 1"

READS: Final = {"agreed": "agreed", "changed": "changed", "unsure": "unsure", "off_topic": "off topic"}
ASKED: Final = "Question or heading"
TEXT: Final = "Comment"
READ: Final = "Read"
BEFORE: Final = "Read before"
NOTES: Final = "Your notes"
WHY: Final = "Why it was suggested"
ID: Final = "Comment id"
SLOTS: Final = {"element": 4, "theme": 4, "stance": 1, "audience": 2}  # at least; more where a comment has more
_COLOURS: Final = {"element": "1F4E79", "theme": "375623", "stance": "5B2C83", "audience": "7F3F00"}
_WIDTHS: Final = {"element": 22, "theme": 20, "stance": 11, "audience": 16}
_HELP: Final = {
    "element": "What the comment is about. Choose another, clear the cell, or use a free one.",
    "theme": "What it says about the words. Choose another, clear the cell, or use a free one.",
    "stance": "Where it stands.",
    "audience": "Whom it speaks about or for. You may write one that is not on the list.",
}
LISTS: Final = {"element": "Elements", "theme": "Themes", "stance": "Stances", "audience": "Audiences", "read": "Read"}

SAME_ID: Final = "Group"
SAME_KIND: Final = "What it may be"
SAME_ANSWER: Final = "Your decision"
SAME_NAME: Final = "Name of the campaign"
SAME_ANSWERS: Final = {"confirm": "confirm", "not_the_same": "not the same"}
SAME_COLUMNS: Final = (
    Column(heading=SAME_KIND, width=22, fixed=True),
    Column(heading="This one", width=52, fixed=True),
    Column(heading="That one", width=52, fixed=True),
    Column(heading=SAME_ANSWER, width=16, choices="Same", help="Empty: not decided yet."),
    Column(heading=SAME_NAME, width=26, help="A plain name for the report, such as: Save the library postcard."),
    Column(heading="Alike", width=9, fixed=True),
    Column(heading="Responses", width=11, fixed=True),
    Column(heading="First sent", width=18, fixed=True),
    Column(heading="Then sent", width=18, fixed=True),
    Column(heading=SAME_ID, width=34, fixed=True),
)

CLASH_ID: Final = "Clash"
RULING: Final = "Ruling"
RULING_NOTE: Final = "Why"
RULINGS: Final = {
    "first": "as the first says", "second": "as the second says", "both": "both", "neither": "neither",
}  # fmt: skip
CLASH_COLUMNS: Final = (
    Column(heading=TEXT, width=60, fixed=True),
    Column(heading="About", width=11, fixed=True),
    Column(heading="First", width=18, fixed=True),
    Column(heading="The first says", width=30, fixed=True),
    Column(heading="Second", width=18, fixed=True),
    Column(heading="The second says", width=30, fixed=True),
    Column(heading=RULING, width=20, choices="Rulings", help="Both readings are kept on record beside your ruling."),
    Column(heading=RULING_NOTE, width=40),
    Column(heading="Where", width=52, fixed=True),
    Column(heading=CLASH_ID, width=16, fixed=True),
)
CODEBOOK_COLUMNS: Final = (
    Column(heading="Theme", width=28, fixed=True),
    Column(heading="Use it when", width=50, fixed=True),
    Column(heading="Include", width=46, fixed=True),
    Column(heading="Leave out", width=46, fixed=True),
    Column(heading="Examples", width=60, fixed=True),
    Column(heading="Code", width=18, fixed=True),
)
ELEMENT_COLUMNS: Final = (
    Column(heading="Element", width=36, fixed=True),
    Column(heading="Kind", width=22, fixed=True),
    Column(heading="Stands under", width=30, fixed=True),
    Column(heading="Words of the draft", width=100, fixed=True),
)
FOOTER: Final = "Holds what people wrote: keep it where the responses are kept"
UNSEEN: Final = "(no suggestions: your reading is your own)"
BLIND: Final = (
    "No suggestions are shown here, so that your reading is your own: a colleague reads this one too, or it was "
    "drawn at random to show how good the program is."
)


def columns(slots: Mapping[str, int], *, before: bool) -> list[Column]:
    """The columns of the sheet Comments. Text and ids are the program's; the rest is the officer's.

    `before`: some rows were read before, and a column says by whom.
    """
    return [
        Column(heading="No.", width=6, fixed=True),
        Column(heading=ASKED, width=24, fixed=True),
        Column(heading=TEXT, width=58, fixed=True),
        *([Column(heading=BEFORE, width=14, fixed=True)] if before else []),
        Column(heading=READ, width=11, choices=LISTS["read"], colour="9C5700",
               help="agreed or changed: the row as it stands is what you say. off topic: not about the draft. "
               "unsure: leave it for a colleague. Empty: nothing is recorded."),
        *(
            Column(heading=heading, width=_WIDTHS[facet], choices=LISTS[facet], colour=_COLOURS[facet],
                   help=_HELP[facet], others=facet == "audience")
            for facet in FACETS
            for heading in headings(facet, slots[facet])
        ),
        Column(heading=NOTES, width=34, colour="9C5700", help="Kept with the comment; printed nowhere."),
        Column(heading=WHY, width=60, fixed=True),
        Column(heading="Who", width=18, fixed=True),
        Column(heading="Channel", width=14, fixed=True),
        Column(heading=ID, width=17, fixed=True),
    ]  # fmt: skip


def headings(facet: str, number: int) -> list[str]:
    """The headings of a facet's columns.

    >>> headings("element", 2), headings("stance", 1)
    (['Element 1', 'Element 2'], ['Stance'])
    """
    name = facet.capitalize()
    return [name] if facet == "stance" else [f"{name} {place}" for place in range(1, number + 1)]


def same_words(number: int) -> str:
    return f"({number:,} comments say these same words: what you choose holds for all)"


def instructions(title: str, officer: str | None, rows: int, blind: int, more: Sequence[str]) -> list[str]:
    """The first sheet."""
    return [
        f"{title}: comments to read",
        *([f"For {officer}."] if officer else []),
        f"{rows:,} rows on the sheet “{COMMENTS}”. Read the comment, look at what is suggested, then choose in the "
        f"column “{READ}”:",
        "   agreed – what stands in the row is right",
        "   changed – you chose something else, cleared a cell or added one; the row as it now stands is right",
        "   off topic – it is not about the draft; what was suggested is turned down",
        "   unsure – you would rather not say; nothing is decided, and your note is kept",
        "A row in which “Read” is empty records nothing, whatever else you did in it. So you may stop at any time, "
        "send the file back half done, and go on later in the same file.",
        "In blue columns stands what the comment is about, in green ones what it says about the words, then its stance "
        "and whom it speaks for. Words in italics are suggestions; upright ones were confirmed by a person. To change "
        "one, choose another from the list of its cell; to remove one, clear the cell; to add one, use a free cell.",
        f"If nothing fits, leave the cells empty and choose “agreed”: the comment counts as read, with none of these. "
        f"What each theme means is on the sheet “{CODEBOOK}”; the words of the draft are on “{ELEMENTS}”.",
        "Grey columns are the program's. What people wrote is never changed here: a comment that was edited by mistake "
        "is put back when the file is taken in, and you are told.",
        "You may sort, filter, hide, resize, add and delete rows, rename the file, and use Excel or LibreOffice. Sort "
        "by the arrows in the headings, so that whole rows move. The headings are locked, without a password.",
        *([f"{blind:,} rows show no suggestions: a colleague reads them too, or chance chose them."] if blind else []),
        *more,
        "Then save and close the file and give it back, or type: consultation review in FILE.xlsx",
        "This file holds what people wrote. Keep it where the responses are kept, and delete it once it is taken in.",
    ]


SAME_TOLD: Final = (
    f"“{SAME}”: submissions that look alike. “confirm” counts two of one person once (nothing is deleted), and a "
    "campaign as one; “not the same” lets each stand. Empty rows stay open."
)
BEFORE_TOLD: Final = (
    f"“{BEFORE}” names who has read a row already: filter it by its empty cells to see what is left. A row that you "
    "leave as it is stays as it was recorded."
)
CLASHES_TOLD: Final = (
    f"“{CLASHES}”: comments that two colleagues read differently. Choose whose reading holds; both stay on record."
)
