"""What stops a finding: other people's words, irony, and what is granted. To add a way, add a `Pattern` (see `base`).

The kind of these patterns is what they are: `reported` speech and `irony` reach to the end of their sentence,
`granted` covers the words it names.
"""

from __future__ import annotations

from typing import Final

from consultation.wording.miner.patterns.base import Pattern

LEAVING: Final = (
    Pattern(
        name="someone else says",
        kind="reported",
        says=(
            "my|our|his|her|their|your .. REPORTS",
            "he|she REPORTS",
            "the|a|an|this|that|one|some OTHERS .. REPORTS",
            "the .. OTHERS REPORTS",
            "will|would|'ll tell|say you|us|me? that",
            "according to the|my|a|our|his|her",
            "someone|somebody|another .. REPORTS",
            "someone|somebody .. else|person|man|woman|lady|chap|bloke REPORTS",
            "i hear|heard|gather|read|understand|am .. that|the|people|some|told",
            "i'm|we're told",
            "we|i are|am|were|was told",
        ),
        finds=(
            "My neighbour says '[vibrant]' is jargon.",
            "The leaflet says drop '[vibrant]'.",
            "The unions will tell you that '[vibrant]' is jargon.",
        ),
    ),
    Pattern(
        name="surely not meant",
        kind="irony",
        says=(
            "heaven|god|heavens|lord forbid",
            "yeah right",
            "by all means",
            "oh .. yes|sure|great|lovely|good|brilliant|wonderful|joy|goody",
            "yes|sure PAUSE? let's",
            "of course PAUSE? let's",
            "why not also|while",
            "might|may as well",
            "how .. dare|could we manage",
            "brilliant|great|wonderful|genius idea",
        ),
        finds=("Heaven forbid we drop '[vibrant]'.",),
    ),
    Pattern(
        name="no quarrel with it",
        kind="granted",
        says=(
            "no|not|never|any|without .. TROUBLE .. with|to|about|over NAMED",
            "nothing .. wrong .. with|about|in NAMED",
            "nothing against NAMED",
            "after|before|following|behind|beside|between NAMED",
            "don't|do|not|doesn't|wouldn't|won't|can't not? .. mind|object|complain .. to|about|with NAMED",
            "don't|do|doesn't not? mind NAMED",
            "content|satisfied|comfortable|fine|okay|ok with|about NAMED",
            "who could|would|can|wouldn't|couldn't|doesn't TROUBLE|HATE|argue|want to|with|about? NAMED",
            "ahead|front of NAMED",
            "few|fewer|little .. concerns|objections .. about NAMED",
            "glad|pleased|delighted|happy|good|great|nice|lovely .. see|read|with|about|have|say|said .. NAMED",
            "glad|pleased|delighted|happy .. put|kept|included .. NAMED",
            "love|loved|like|liked|welcome|support|agree|agreed|applaud|approve|endorse|back with|of NAMED",
            "love|loved|like|liked|welcome|support|agree|agreed|applaud|approve|endorse|back|appreciate NAMED",
            "i|we|they know|understand|see .. what|who NAMED .. means|mean|is|are",
            "NAMED PUNCTUATION? and? i|we agree|like|approve",
            "NAMED is|are|was|seems|sounds|reads|feels ADVERB* GOOD",
            "NAMED PAUSE ADVERB* GOOD",
            "NAMED is|are|was ADVERB* what .. need|needs|want|wants|wanted|needed|deserve|deserves",
            "NAMED is|are|was what we ..",
            "NAMED SHOULD? be|is|are followed by",
            "between NAMED",
            "NAMED STOP ADVERB* GOOD",
            "NAMED CRY at last|long|finally|thank|thanks|hooray|hurrah|hear|about",
        ),
        finds=(
            "No objection to '[vibrant]'.",
            "We are content with '[vibrant]' and with '[bold]'.",
            "Who could object to [clean air]?",
            "I am glad to see '[kindness]'.",
            "'[Kindness]' is fine.",
            "'[Bold]' and '[brave]', yes.",
            "[Safe streets] are what this town needs.",
        ),
    ),
    Pattern(
        name="a good word",
        kind="granted",
        says=("NAMED is|are|was ADVERB* GOOD NOUN|one", "NAMED is|was just|exactly|precisely|quite the NOUN|one"),
        finds=(
            "[Kindness] is a good word.",
            "[Kindness] is just the word.",
            "[Kindness] is the [right] word to have in there.",
        ),
    ),
)
