"""The privacy room: what may identify a person is found, settled by an officer, and taken out of what leaves.

`find_personal_data` makes the table `personal_data`; `apply` lays the ledger's redactions over it; `redacted` and
`redact_comments` give the text for publication and refuse while anything is open; `redact_phrases` and `leaving` do the
same for words and places of comments in other tables. `person` gathers all that is held on
one person; `purge_plan` and `purged` end retention, `purged_on` says when they did; `pseudonym` names respondents by a
secret key; `mark_languages` sets aside what is not English; `workbook` lets an officer settle many places at once.
"""

from consultation.privacy import workbook
from consultation.privacy.find import FINDERS, KINDS, find_personal_data, known_identity
from consultation.privacy.language import language, mark_languages
from consultation.privacy.leaving import leaving, redact_phrases
from consultation.privacy.person import person
from consultation.privacy.pseudonyms import new_key, pseudonym, pseudonymise
from consultation.privacy.purge import Purge, purge_event, purge_plan, purged, purged_on
from consultation.privacy.redaction import apply, decide, open_count, redact_comments, redacted, refuse_open

__all__ = [
    "FINDERS",
    "KINDS",
    "Purge",
    "apply",
    "decide",
    "find_personal_data",
    "known_identity",
    "language",
    "leaving",
    "mark_languages",
    "new_key",
    "open_count",
    "person",
    "pseudonym",
    "pseudonymise",
    "purge_event",
    "purge_plan",
    "purged",
    "purged_on",
    "redact_comments",
    "redact_phrases",
    "redacted",
    "refuse_open",
    "workbook",
]
