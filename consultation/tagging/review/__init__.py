"""The review workbook: comments out to officers with suggested tags, and back as events for the ledger.

`to_read` lists the comments that count, `row_count` the rows that they make, `share` splits them among colleagues,
`write` makes a workbook, `read` takes it back, `clashes` lists where two officers differ, `views` what each says,
`readers` who has read what, and `unsettled` which look-alikes nobody has judged; `read_coded` takes in what was coded
elsewhere. Nothing here writes a file or the ledger.
"""

from __future__ import annotations

from consultation.tagging.review.back import Taken, read
from consultation.tagging.review.clashing import Clash, clashes
from consultation.tagging.review.coded import read_coded
from consultation.tagging.review.likeness import unsettled
from consultation.tagging.review.lines import row_count, to_read
from consultation.tagging.review.out import write
from consultation.tagging.review.sharing import Share, share
from consultation.tagging.review.views import View, readers, views

__all__ = [
    "Clash",
    "Share",
    "Taken",
    "View",
    "clashes",
    "read",
    "read_coded",
    "readers",
    "row_count",
    "share",
    "to_read",
    "unsettled",
    "views",
    "write",
]
