"""What stands about a name and says that it is one: "my neighbour", "ask for", "Dear", "Kind regards", "said"."""

from __future__ import annotations

import re
from typing import Final

from consultation.privacy.words import any_of, listed

RELATION: Final = any_of("names.txt", "relations")
OFFICES: Final = listed("names.txt", "offices")
# What stands before a name. "any": whatever follows with a capital; "full": two words or more, or a given name;
# "given": a given name, also one that is an ordinary word.
INTRODUCED: Final = {
    "any": re.compile(
        rf"(?:\b(?:my|his|her|our|their)\s(?:full\s|first\s|maiden\s|married\s)?(?:sur)?name(?:[’']s|"
        rf"\sis|\swas|\s?[:=])?\s?[-–:]?\s?|"
        rf"(?:^|\n)\W{{0,3}}(?:(?:full|your|contact|first|last)\s)?(?:name|signed|from|to|sent by|"
        rf"submitted by|completed by|prepared by|reported by|contact|author|applicant|respondent|tenant|"
        rf"fao|attn|cc|sur ?name)\s?[:=–-]\s?|"
        rf"\b(?:{RELATION}s?|someone|somebody),?\s\(?(?:who\sis\s|is\s|was\s)?(?:called|named|by the name of)\s|"
        rf"\b{RELATION}[’']s name (?:is|was)\s|"
        rf"\b(?:my|our|his|her|their)\s(?:[\w’'-]+\s){{0,2}}?{RELATION}s?(?:,|\s\()?\s?)$",
        re.I,
    ),
    "full": re.compile(
        rf"(?:\b(?:I['’]?m|I am|this is|it['’]s|it was|signed(?: by)?)\s|\b(?:the|"
        rf"an?)\s(?:\w+\s){{0,2}}?{RELATION},?\s|"
        r"\b(?:c/o|care of|cared for by|looked after by|on behalf of|fao|seen by|helped by|speaking (?:to|with)|"
        r"spoke(?:n)? (?:to|with)|speak (?:to|with)|talk(?:ed|ing)? (?:to|with)|ask(?:ed)? for|reported (?:it )?to|"
        r"dealt with by|told by|signed by|proposed by|seconded by|written by|chaired by|named|known as|"
        r"goes by|call me|cheers|regards)\s)$",
        re.I,
    ),
    "given": re.compile(
        r"\b(?:contact|phone|ring|call(?:ed)?|e-?mail|text|thanks? (?:you )?(?:so much |very much )?to|"
        r"thanks?|met(?: with)?|meet|by|with|from|know|knew|like|told|tell|asked?|"
        r"saw|visit(?:ed)?|about|for|to|and|that|as|when|where|miss|love|loved|if|because|while|but|or|says?|"
        r"said|see|"
        r"support(?:ing)?|old|little|young|dear|poor|lovely|brilliant|today|of|help(?:ed|ing)?|let|then|"
        r"so|after|since|before)\s$",
        re.I,
    ),
}
ARTICLE: Final = re.compile(r"\b(?:the|a|an|this|that)\s$", re.I)  # "the Robert Owen" is a pub
APPOSITION: Final = re.compile(
    rf"(?:,|\s\(|,?\s(?:who\s)?(?:is|was))\s?(?:my|our|his|her|a|an|the)\s(?:[\w’'-]+\s){{0,2}}?{RELATION}\b|"
    r",?\s(?:who\s)?(?:lives|lived)\s(?:next door|opposite|at|in|on|here|with|alone)\b",
    re.I,
)
KNOWN_AS: Final = re.compile(rf"\sthe\s(?:[\w’'-]+\s){{0,2}}?{RELATION}\b")  # "Barry the lollipop man"
ADDRESSED: Final = re.compile(r"\b(?:ask(?:ed)?|tell|told|ring|rang|phoned?|e-?mailed|thank)\s$", re.I)
GREETING: Final = re.compile(
    r"(?:^|\n)\W{0,3}(?:dear|hi|hello|hey|hiya|good (?:morning|afternoon|evening)|morning|greetings)(?: "
    r"there)?,?\s(?:[\w.’'-]+(?: [\w.’'-]+)?\s(?:and|&)\s)?$",
    re.I,
)
SIGN_OFF: Final = re.compile(
    r"\b(?:(?:kind(?:est)?|warm(?:est)?|best|many|with|kind and best) (?:regards|wishes|thanks)|regards|"
    r"best wishes|all the best|yrs(?: (?:sincerely|faithfully|truly))?|rgds|ta|many thanks|thankyou|"
    r"yours(?: (?:sincerely|faithfully|truly|in hope|etc))?|sincerely|faithfully|cheers|thanks(?: again| "
    r"in advance)?|thank you|"
    r"cofion(?: cynnes| gorau)?|respectfully|love|signed|best)[ ,.!:–—-]*(?:from\s|by\s)?\s*$",
    re.I,
)
CONTACT: Final = re.compile(
    r"\s*\n\s*(?:\d{1,4}[A-Za-z]?,? [A-Z]|(?:Flat|Apt|Apartment|Unit|The [A-Z])\b|(?:tel|phone|mobile|"
    r"e-?mail|address)\b|\+?\d{4,}|\S+@\S+\.)",
    re.I,
)
LINE_END: Final = re.compile(r"\s*(?:[,.(]?\s*(?:\n|$)|\()")
SPEAKS: Final = re.compile(
    r"(?:[’']s\s(?:house|home|mum|dad|husband|wife|son|daughter|room|family|place)|\s(?:lives?|lived|"
    r"said|says|told|helped|from|here|speaking|was|is|has|had|at|in|on|who|and|runs?|works?|worked|could|"
    r"can|will|would|did|does|made|came|goes|went|rang|called|got|gave|took|needs?|uses?|used|loves?|"
    r"loved|died|passed|\(\d))\b"
)
ACTS: Final = re.compile(
    r"\s(?:said|says|told|helped|works?|worked|runs|rang|phoned|emailed|explained|lives next|who|"
    r"listened|showed|came round)\b"
)
WITH_SOMEBODY: Final = re.compile(
    r"(?:[a-z,] )(?:and|with|to|for|met|saw|ask|asked|by|from|like|thank|thanks|love|told|when|where|because)\s$"
)
