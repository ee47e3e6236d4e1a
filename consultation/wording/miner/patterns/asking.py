"""How people ask what words mean, and what they say should be added. To add a way, add a `Pattern` (see `base`)."""

from __future__ import annotations

from typing import Final

from consultation.wording.miner.patterns.base import Pattern

QUESTIONING: Final = (
    Pattern(
        name="what does this mean",
        kind="question",
        says=(
            "what|whatever .. does|do|did|is|are|would|on|in .. OLD ADVERB* MEAN",
            "what ADVERB? exactly? is|are|counts|constitutes|makes|qualifies .. meant? by? as? NAMED",
            "what .. is|are|was .. meant|understood by NAMED",
            "what .. you|they|we|it mean|meant by OLD",
            "what's|whats|what's|wots NAMED",
            "what|whatever .. does|do|did OLD .. mean|look|involve|entail|include|cover",
            "NAMED ... PUNCTUATION* what .. does|do|is|are .. that|it|this|they MEAN|look|involve|actually",
            "NAMED ... PUNCTUATION* what is|are|was that|it|this|they STOP",
            "NAMED ... PUNCTUATION* what's that|it|this|they",
            "NAMED ... PUNCTUATION meaning what?",
            "NAMED ... PUNCTUATION* how .. measure|define|tell|know|assess|judge|decide",
            "how .. measure|define|tell|know|assess|judge|decide|quantify .. NAMED",
            "how .. NAMED .. measured|defined|assessed|judged|decided|quantified",
            "who .. decides|says|defines|judges|decide|define|counts|chooses .. NAMED",
            "NAMED PUNCTUATION* .. says who",
            "NAMED PUNCTUATION* .. according to who|whom",
            "NAMED PUNCTUATION* who .. says|decides|defines|judges",
            "NAMED PUNCTUATION* in|by whose",
            "NAMED PUNCTUATION* compared|relative with|to what|whom|who",
            "what|which|whose NAMED ASK",
            "EXPLAIN OLD",
            "EXPLAIN what|who|how .. NAMED",
            "NAMED SHOULD .. EXPLAIN",
            "NAMED BE? NEGATIVE? .. defined|explained|clarified",
            "definition|meaning|explanation of NAMED",
            "NAMED DASH .. definition|meaning|explain|explanation|define",
            "^what|which|whose NAMED",
            "does|do|is NAMED .. include|mean|cover|apply|extend",
            "by NAMED .. do|does|is|are|you .. mean|include",
            "in what way|sense .. NAMED",
            "wonder|wondering|ask|asked|asking what|who|how .. NAMED",
            "^NAMED ASK",
            "NAMED PUNCTUATION to|for|in|by|with|than|from|of|at what|whom|who|which",
        ),
        finds=(
            "What does '[holistic]' mean?",
            "What is meant by [seamless]?",
            "Who decides what [good] is?",
            "'[Resilient]' - what does that look like?",
            "Please define [vulnerable].",
            "How will you measure '[thriving]'?",
            "[Resilient] to what?",
        ),
        leaves=(
            "What is the [library] doing about parking?",
            "I know what [holistic] means.",
            "How will the [buses] run on Sundays?",
        ),
        wary=True,
        weight=0.85,
    ),
)

ADDING: Final = (
    Pattern(
        name="add that",
        kind="add",
        says=(
            "ADD NEW",
            "ADD in NEW",
            "put in NEW",
            "SHOULD .. ADD NEW",
            "CHANGE .. to include NEW",
            "no|any mention of|about NEW",
            "doesn't|don't|does|do|didn't|did|never not? mention NEW",
            "doesn't|don't|does|do never|not? say anything|nothing|something about|on NEW",
            "nothing|something|anything .. about NEW",
            "fails|forgets|forgot|forgotten|failed to? mention? NEW",
            "left|leaves|leave out NEW",
            "should|could|must|might|needs also|specifically|explicitly|to refer|say|mention|name refer? to? NEW",
            "reference|references|refer to NEW",
            "missing PAUSE? NEW",
            "follow|followed by NEW",
        ),
        finds=(
            "Add '{and carers}' after [families].",
            "It should mention {dental care}.",
            "There is no mention of {cyclists}.",
            "After [families] insert {and carers}.",
        ),
        leaves=("Add a bus stop in Mill Lane, please.", "This adds nothing.", "Don't add '{and carers}'"),
        weight=0.75,
        wary=True,
    ),
    Pattern(
        name="that should be added",
        kind="add",
        says=(
            "NEW SHOULD .. BE ADVERB* ADD",
            "NEW SHOULD .. BE ADVERB* in there|here",
            "NEW is|are|seem|seems missing|forgotten|omitted|overlooked|absent|excluded",
            "NEW is|are left out",
            "NEW be ADVERB* ADD",
        ),
        finds=("'{Young people}' should be added.", "{Carers} are missing from this."),
        leaves=("The meeting should be added to the calendar of my cat.",),
        weight=0.7,
        wary=True,
    ),
)
