"""Words of questionnaires in general, in English and Welsh, by what they give away about a column.

To add a cue, add its words to the list it belongs to. A list is tried as one pattern, whatever the case.
"""

from __future__ import annotations

import re
from typing import Final


def _any(*words: str, around: str = r"\b(?:{})\b") -> re.Pattern[str]:
    return re.compile(around.format("|".join(words)), re.I)


OPEN: Final = _any(
    "comments?", "commenting", "explain", "explanation", "why", "reasons?", "tell us", "describe",
    "suggest(?:ions?|ed)?",
    "thoughts", "feedback", "views", "in your own words", "anything else", "further", "additional", "expand",
    "elaborate",
    "how would you", "how could", "what would you", "what else", "what do you (?:think|like|dislike|feel|find)",
    "what (?:is|are|was|were) (?:the )?(?:most|least|main|missing|wrong)", "free text", "open.ended",
    "your (?:answer|response|opinion)", "use this (?:space|box)", "story", "notes?", r"sylw\w*", "rheswm", "rhesymau",
    "pam",
    r"esboni\w*", "barn",
)  # fmt: skip
CHOOSE: Final = _any(
    "all that apply", "tick (?:all|any)", "check (?:all|any)", "choose (?:all|any)", "select (?:all|any|up to|your)",
    "which of the following", "pick (?:all|any)", "more than one", "dewiswch",
)  # fmt: skip
CLOSED: Final = _any(
    "to what extent", "how (?:much|often|likely|important|satisfied|strongly|far)",
    "do you (?:agree|support|use|live|have|consider)", "are you", "have you", "would you", "did you", "is there",
    "agree or disagree", "rate", "scale", "which one", "which of", "cytuno",
)  # fmt: skip
OTHER: Final = _any(
    r"\bother\b.{0,40}(?:specify|state|write|describe)", r"please (?:specify|state)", "write.in", "^other(?: text)?$",
    r"\bother$", "_other$", r"\bother[^a-z]*text$", "nodwch", r"other word\(s\)", around="(?:{})",
)  # fmt: skip
TYPE: Final = _any(
    "responding", "respond", "replying", "answering", "completing", "responding as", "respondent type",
    "type of respondent",
    "capacity", "on behalf of", "in what capacity", "are you (?:an? )?(?:individual|resident)",
    "i am (?:an?|responding)",
)  # fmt: skip
ALLOW: Final = _any(
    "consent", "permission", "happy", "agree", "may we", "can we", "willing", "content", "allow", "okay", "ok"
)
PUBLISH: Final = _any(
    r"quot\w*", r"publish\w*", "public", r"attribut\w*", "use your (?:words|comments?|response|answers?)"
)
WANT: Final = _any(
    "would you (?:like|prefer)", "do you (?:want|wish)", "(?:i|we) (?:would|'d|’d) like", "(?:i|we) (?:want|wish)",
    "if you (?:would like|want|wish)", "please (?:tick|let|tell|send|keep|contact|notify|inform)",
    "(?:may|can|could|should|shall) we", "happy (?:for us )?to", "keep me", "tell me", "send me", "let me know",
    "contact me", "hoffech",
)  # fmt: skip
TOLD: Final = _any(
    r"(?:reply|respond|write|get back) to (?:you|me|us|your|my)\b", "(?:us|we|council|you|team)(?: to)? reply",
    "(?:keep|kept|be|stay|remain)(?: you| me)? (?:informed|updated|up[ -]to[ -]date|in touch|notified|told|posted)",
    "(?:inform|notify|tell|update|contact)(?:ed)? (?:you|me)", "let (?:you|me) know", "be contacted",
    "hear (?:back|from us)",
    r"(?:receive|get|have|be sent|send (?:you|me)|want|like|wish)(?: \w+){0,4} "
    "(?:reply|response|answer|feedback|updates?|outcome|results?|decision|summary)",
)  # fmt: skip
CONTACT: Final = _any(
    r"(?:give|leave|enter|provide|supply|add|tell us|let us have|write)\b.{0,30}\b"
    r"(?:e-?mail(?: address)?|contact (?:details|information)|(?:tele)?phone(?: number)?|address)\b",
    r"^(?:your |contact )?(?:e-?mail|contact details|(?:tele)?phone|mobile|(?:postal |home )?address)\b",
    around="(?:{})",
)  # fmt: skip
TO_REPLY: Final = _any(
    r"(?:to|for|want|wanting|like|wish|can|need|if|require) (?:an? |the |any )?"
    r"(?:reply|response|answer|feedback|updates?)\b",
    r"(?:can|may|could|to) (?:reply|respond|get back|write back|let you know|keep you|inform you|update you)\b",
)
GROUP: Final = _any(
    r"^(?:what (?:is|was) your |which )?(?:your )?(?:age(?: group| band| range)?|gender(?: identity)?|sex|ethnic\w*|"
    r"ethnic (?:group|origin|background)|disab\w*|religion|sexual orientation|ward|district|parish|division|location|"
    "area|region|sector|household income|income|education|organi[sz]ation type|type of organi[sz]ation|occupation|"
    r"employment(?: status)?|marital status|oed|rhywedd)\b(?! (?:of|do|is|would|should))",
    r"\b(?:age group|age range|ethnic group|ethnic origin|gender do you|"
    r"describes your (?:age|gender|ethnic\w*|religion)|ethnicity|"
    r"consider yourself (?:to be )?disabled|do you have a disability|sector your|"
    r"which (?:part|area|town|village|district) .{0,40}do you live|"
    r"which (?:service|team|department|directorate|school|college|site|office|branch) (?:do|are) you)\b",
    around="(?:{})",
)
PROFILE: Final = _any(
    "how old are you", r"how would you describe (?:yourself|your \w+)",
    "where (?:do|are) you (?:live|based|work|study)",
    "do you (?:live|work|study|own a business) (?:in|near|at|within)",
    r"(?:what|which) (?:is|are|of these is) your (?:age|sex|gender|ethnic\w*|religion|disab\w*|postcode|occupation)",
    "are you (?:an? )?(?:male|female|man|woman|carer|disabled|pregnant|married|employed|retired|student|resident)",
)  # fmt: skip
MONEY: Final = _any(
    "supplier", "vendor", "payee", "beneficiary", "invoice", "amount", "net", "gross", "vat", "cost cent(?:re|er)",
    "directorate", "transaction", "expense", "expenditure", "purchase", "merchant", "budget", "payment", "debit",
    "credit",
    "balance", "account", "price", "quantity", around=r"^(?:{})\b",
)  # fmt: skip

ROLES: Final[tuple[tuple[re.Pattern[str], str, str | None], ...]] = tuple(
    (re.compile(pattern, re.I), role, kind)
    for pattern, role, kind in (
        (
            r"(?:analyst|officer|moderator|admin(?:istrator)?|internal|reviewer|coder).{0,20}(?:note|comment|tag|field|code|theme)",
            "officer_note", None,
        ),
        (r"^(?:analyst|internal|admin)\b.*", "officer_note", None),
        (
            r"^(?:(?:response|respondent|participant|submission|reply|unique|survey|user|case|record|entry)[\s_-]*"
            r"(?:id|identifier|no\.?|number|ref(?:erence)?|response number)|"
            r"id|ref(?:erence)?(?:[\s_](?:no\.?|number))?|urn|#)$",
            "response_id", None,
        ),
        (
            r"^(?:date[\s_]*)?(?:submitted|completed|received|submission)(?:[\s_]*(?:at|on|date|time))?$|"
            r"^(?:submission|completion|response|end)[\s_]*(?:date|time)|^timestamp$|"
            r"^date (?:of (?:response|submission)|received)$|^date$",
            "submitted_at", None,
        ),
        (r"^(?:start(?:ed)?)[\s_]*(?:at|on|date|time)?$", "started_at", None),
        (r"\be-?mail\b|^ebost|cyfeiriad e-?bost", "identity", "email"),
        (r"\b(?:telephone|phone|mobile|tel)\b(?! (?:signal|mast|coverage|box|network))", "identity", "phone"),
        (
            r"\b(?:your|full|first|last|sur|fore|contact|respondent|organi[sz]ation|company|group|family|christian|given)"
            r"[\s_-]*names?\b|^names?$|^(?:sur|fore)name$|"
            r"name of (?:your )?(?:organi[sz]ation|group|company|school)|^enw",
            "identity", "name",
        ),
        (r"(?:^|\s[-–|]\s)(?:name of )?organi[sz]ation$", "identity", "organisation"),
        (r"\bpost ?code\b|^zip(?: code)?$|cod post", "identity", "postcode"),
        (
            r"\b(?:home|postal|your|street) address\b|^address|[-–] address$|\baddress line\b", "identity", "address",
        ),
        (r"^ip[\s_-]?address|^ip$", "identity", "ip"),
        (r"\bdate of birth\b|^dob$|when were you born", "identity", "date_of_birth"),
        (r"^(?:user ?name|login|screen name|twitter|handle)$", "identity", "login"),
        (r"^(?:response |completion |submission )?status$|^completed\?$", "status", None),
        (r"^(?:user |start ?|survey )?lang(?:uage)?$", "language", None),
    )
)  # fmt: skip
