"""Health of one person who can be identified: the writer, a relative, somebody named.

"I have asthma", "my son's autism" and "Mrs Bell uses a wheelchair" are found; "people with dementia", "wheelchair
users" and "mental health services" say nothing about one person and are left alone. First the word for a condition, a
treatment or an aid is found, then the words before it in its sentence must say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.context import Span
from consultation.privacy.words import any_of, listed

_ILLNESS, _STATE, _TREATMENT, _AID = (any_of("health.txt", name) for name in ("illness", "state", "treatment", "aid"))
_DEGREE: Final = r"(?:(?:registered|partially|severely|profoundly|totally|legally|learning) )*"
_TERM: Final = re.compile(
    rf"(?<![\w-])(?:{_DEGREE}(?:{_STATE})|{_TREATMENT}|{_AID}|{_ILLNESS})(?: user)?(?![\w-])", re.I
)
_HEADS: Final = listed("health.txt", "heads")
_WORDS: Final = re.compile(r"[a-z]+")
_GENERAL_AFTER: Final = re.compile(
    r"\s(?:users|society|uk|trust|association|foundation|services?|charit(?:y|ies)|research|shops?|"
    r"awareness|support groups?|teams?|friendly|"
    r"people|patients|sufferers|children|adults|access|ramps?|cent(?:re|er)s?|"
    r"clinics?|units?|wards?|provision|toilets?|parking|bays?|spaces?|groups?|strategy|budgets?|cafe|"
    r"café|nurses?|hospital|care home|homes?|training|hub)\b|-friendly|\sto (?:the|our|my|your|what|it|"
    r"this|that|any|all|reason)\b",
    re.I,
)
_BETWEEN: Final = re.compile(r"[.!?;\n]\s|\n")

_RELATIVES: Final = any_of("health.txt", "relatives")
_MINE: Final = r"(?:[Mm]y|[Oo]ur|MY|[Aa]n? (?:close |elderly |dear )?(?=friend of|neighbour of))"
_NAMED: Final = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?(?!(?:The|This|That|These|Those|They|It|We|You|People|Everyone|"
    r"Anyone|Someone|Many|Some|Most|Council|Who|What|When|Where|Why|How|And|But|Our|Your|Their|Staff|"
    r"Children|Adults|Residents|Users|Patients|Carers|Parents|Pupils|Not|No|Every|Each|All|Any|One|Those|"
    r"Nobody|Kent|There|Please|Having|As)\b)[A-Z][a-zà-ž]+(?:[- ][A-Z][\w’'-]+)?"
)
_RELATIVE: Final = (
    rf"{_MINE} (?:(?!own\b)[\w’'-]+ ){{0,3}}?{_RELATIVES}(?: of (?:mine|ours))?(?:\s?\(\d{{1,3}}\)|,? "
    rf"(?:aged )?\d{{1,3}},?|,? (?:(?:[Mm](?:r|rs|s|iss)\.? )[\w’'-]+|[A-Z][\w’'-]+),?)?"
)
_WHO: Final = rf"(?:\b(?:I|i|[Hh]e|[Ss]he)\b|\b{_RELATIVE}|\b{_NAMED})"
_GLUE: Final = (
    r"(?:(?:also|now|currently|both|all|already|still|just|been|recently|sadly|always|unfortunately|only|"
    r"suddenly|personally|often|do|does|did|really|actually|sometimes|myself|"
    r"himself|herself|later|since|then|never|who|that|and|later|himself|too|am|is|was|has|have|had|will|"
    r"would|must|can|could|cannot|can't|can’t) )*"
)
_VERB: Final = (
    r"(?:have|has|had|having|got|suffer(?:s|ed|ing)?(?: (?:badly|terribly|a lot|greatly))?(?: (?:from|"
    r"with))?|(?:liv|cop|struggl|battl|deal)(?:e|es|s|ed|ing)(?: with)?|surviv(?:e|ed|ing)|"
    r"(?:(?:was|were|am|is|been|being|got) )?(?:recently |first |just |finally )?(?:diagnosed|"
    r"hospitali[sz]ed|admitted|treated|signed off|off work|in hospital) (?:with|for|by|as(?: being| "
    r"having)?)|develop(?:s|ed|ing)?|contract(?:ed)?|caught|under(?:go|goes|went|gone|going)|recover(?:s|"
    r"ed|ing)? from|die[ds]? (?:of|from)|lost (?:\w+ ){0,3}?(?:to|through)|"
    r"(?:tak(?:e|es|ing)|took|need(?:s|ed|ing)?|rel(?:y|ies|ied|ying) on|depend(?:s|ed|ing)? on|us(?:e|"
    r"es|ed|ing)|wear(?:s|ing)?|wore|carr(?:y|ies|ied|ying)|receiv(?:e|es|ed|ing)|start(?:s|ed)?|"
    r"inject(?:s|ed)?|require[sd]?|walk(?:s|ed|ing)? with|go(?:es)? for|went for|wait(?:s|ed|ing)? for|"
    r"await(?:s|ing)|"
    r"get(?:s|ting)?(?: about| around| out)?(?: (?:in|on|with))?|travel(?:s)?(?: (?:in|on|by|with))?)|"
    r"push(?:es|ed|ing)?|"
    r"(?:am|is|was|were|been|being|went|go|goes|be|became|become|put|ended up|born|getting|remain(?:s|"
    r"ed)?|registered(?: as)?|feel|felt)(?: (?:on|in|having|using|under|undergoing|recovering from|"
    r"waiting for|on the waiting list for|awaiting|receiving|getting|taking|suffering(?: from| with)?|"
    r"living with|struggling with|confined to|stuck in|allergic to))?)"
)
_MODIFIERS: Final = (
    r"(?:(?:an?|the|my|his|her|severe|mild|bad|chronic|acute|serious|some|very|quite|both|two|several|a "
    r"bit of|lots of|really|long[- ]term|early|late|advanced|stage|terminal|recurrent|"
    r"undiagnosed|treatment for|surgery for|(?:the |a )?waiting list for|the list for|an operation for|"
    r"regular|daily|weekly|new|double|life[- ]limiting|physical|hidden|complex|registered(?: as)?|form "
    r"of|history of|problems? with|now|still|also|"
    r"totally|severely|legally|almost|nearly|completely|partially|profoundly|going|on|for|with|from|"
    r"[\w-]+(?:,| and| or)) ){0,5}"
)
_WHERE: Final = (
    r"(?: (?:next door|upstairs|downstairs|opposite|(?:at|in|from|of|across|over|down|round) (?:[\w’'-]+ "
    r"){0,2}[\w’'-]+))?"
)
_HOLDS: Final = re.compile(
    rf"{_WHO}{_WHERE}(?:,[^,.]{{1,40}},)?(?:[’'](?:ve|m|s|d)(?: got)?|(?:[’'](?:ve|m|s|d|ll))?[ "
    rf",]*{_GLUE}{_VERB}|,? (?:with|who (?:has|had|is|was|uses|needs)|has|had)) (?:{_GLUE}){_MODIFIERS}$"
)
_OWNS: Final = re.compile(
    rf"(?:\b(?:{_MINE}|[Hh]is|[Hh]er)(?: (?:[\w’'-]+ ){{0,2}}?{_RELATIVES}[’']s?)?|\b(?:[Hh]is|[Hh]er)|"
    rf"\b{_NAMED}[’']s?) (?:(?:own|severe|chronic|bad|ongoing|recent|long[- ]term|late|new|old|little|"
    rf"electric|worsening|daily|weekly|terrible|poor) ){{0,3}}$"
)
_BEING: Final = re.compile(
    r"(?:^|[,;:(–-]\s?|\b)(?:[Aa]s|[Bb]eing|[Ss]peaking as|[Hh]aving(?: had| got)?|[Ll]iving with|"
    r"[Ww]ith) (?:(?:an?|my|somebody|someone|a person|the (?:parent|mother|mum|father|dad|carer|wife|"
    r"husband|partner|daughter|son) of|myself|registered|long[- ]term|very|severely|totally|who (?:is|"
    r"has|uses)|with|\d+[- ]year[- ]old|young|older|elderly|(?:man|woman|mum|mother|dad|father|resident|"
    r"pensioner|parent|person)) ){0,5}$"
)
_SPEAKER_NEAR: Final = re.compile(r"^[^.!?\n]{0,70}?(?:,|\b)\s?(?:I|me|my|myself|I['’]\w+)\b")
_RELATIVE_AFTER: Final = re.compile(rf"^ (?:[\w-]+ )?{_RELATIVES}\b")
_MINE_BEFORE: Final = re.compile(
    rf"\b{_MINE} (?:(?:own|elderly|late|young|youngest|eldest|older|\d+[- ]year[- ]old|dear|poor|very) )*$"
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|unless|whether|imagine|suppose|not|n[’']t|no|without|against)\b[^,;]{0,20}$", re.I
)


def health_cues(text: str) -> Iterator[Span]:
    """The condition, treatment or aid (the words themselves) of somebody who can be identified."""
    if _HEADS.isdisjoint(_WORDS.findall(text.lower())) and "ME" not in text:
        return
    for start, end in _clauses(text):
        clause = text[start:end]
        if _HEADS.isdisjoint(_WORDS.findall(clause.lower())) and "ME" not in clause:
            continue
        for found in _TERM.finditer(clause):
            if _is_somebodys(
                clause[max(0, found.start() - 140) : found.start()], clause[found.end() : found.end() + 90]
            ):
                yield start + found.start(), start + found.end()


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for found in _BETWEEN.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _is_somebodys(before: str, after: str) -> bool:
    if _MINE_BEFORE.search(before) and _RELATIVE_AFTER.match(after):
        return True
    if _GENERAL_AFTER.match(after):
        return False
    holds = _HOLDS.search(before)
    if holds:
        return not _SUPPOSED.search(before[: holds.start()]) and not re.search(
            r"\b(?:not|never|no|without)\b", holds[0]
        )
    if _OWNS.search(before):
        return True
    being = _BEING.search(before)
    return being is not None and not _SUPPOSED.search(before[: being.start()]) and bool(_SPEAKER_NEAR.match(after))
