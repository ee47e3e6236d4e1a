"""Health of one person who can be identified: the writer, a relative, somebody named.

"I have asthma", "my son's autism" and "Mrs Bell uses a wheelchair" are found; "people with dementia", "wheelchair
users" and "mental health services" say nothing about one person and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.structured import Span

# Conditions, treatments and aids, in groups of the same grammar. Longer phrases stand before the shorter.
_ILLNESS: Final = (
    r"(?:type (?:1|2|one|two|I|II) )?diabet(?:es|ic)|asthma(?:tic)?|copd|emphysema|bronchitis|pneumonia|tuberculosis|long covid|covid(?:-19)?|"
    r"(?:(?:breast|lung|bowel|prostate|skin|throat|ovarian|cervical|bladder|kidney|liver|pancreatic|brain|terminal|blood|bone|stage \w+|stomach|testicular) )*cancer|"
    r"leuka?emia|lymphoma|myeloma|melanoma|(?:brain )?tumou?r|"
    r"(?:(?:vascular|early[- ]onset|lewy body|young[- ]onset|early|advanced) )*(?:dementia|alzheimer(?:[’']?s)?(?: disease)?)|parkinson(?:[’']?s)?(?: disease)?|huntington(?:[’']?s)?(?: disease)?|"
    r"multiple sclerosis|\bms\b|motor neurone disease|mnd|muscular dystrophy|cerebral palsy|spina bifida|down(?:[’']?s)?(?: syndrome)|cystic fibrosis|"
    r"(?:rheumatoid |osteo|psoriatic )?arthritis|osteoarthritis|osteoporosis|fibromyalgia|lupus|gout|sciatica|scoliosis|spondylitis|ankylosing spondylitis|"
    r"epilep(?:sy|tic)|seizures|migraines?|narcolepsy|vertigo|tinnitus|m\.?e\.?(?=\W+(?:and|so|which|\.|,))|chronic fatigue(?: syndrome)?|chronic pain|brain injury|"
    r"(?:post[- ]?natal |clinical |severe |manic )*depress(?:ion|ive)|(?:severe |social |crippling |bad )*anxiety(?: disorder)?|panic attacks|bipolar(?: disorder)?|schizophreni[ac]|psychosis|ptsd|"
    r"post[- ]traumatic stress(?: disorder)?|ocd|eating disorder|anorexi[ac]|bulimi[ac]|dyslexi[ac]|dyspraxi[ac]|adhd|add\b|autis(?:m|tic)(?: spectrum(?: disorder)?)?|asd\b|asperger(?:[’']?s)?(?: syndrome)?|"
    r"learning (?:disabilit(?:y|ies)|difficult(?:y|ies))|mental (?:health|ill(?:ness)?)(?: (?:problems?|issues?|conditions?|difficult(?:y|ies)|breakdown|crisis))?|(?:nervous |mental )?breakdown|"
    r"(?:heart|kidney|liver|lung|thyroid|skin|eye|bowel|autoimmune|neurological|medical|long[- ]term|chronic|genetic|respiratory|breathing|health|mobility|hearing|sight|back|hip|knee|spinal|bladder|mental health) "
    r"(?:disease|conditions?|failure|attacks?|problems?|disorders?|trouble|issues?|impairments?|loss|defect|complaint|injur(?:y|ies)|pain|illness(?:es)?)|"
    r"angina|arrhythmia|hypertension|high blood pressure|anaemia|sickle cell(?: disease| anaemia)?|h(?:a)?emophili[ac]|hiv(?: positive)?|aids\b|hepatitis(?: [abc])?|"
    r"crohn(?:[’']?s)?(?: disease)?|colitis|ibs\b|irritable bowel(?: syndrome)?|coeliac(?: disease)?|celiac|incontinen(?:ce|t)|stoma|kidney stones|endometriosis|miscarriages?|"
    r"(?:mini[- ])?strokes?|tia\b|aneurysm|macular degeneration|glaucoma|cataracts?|eczema|psoriasis|shingles|sepsis|cellulitis|"
    r"(?:severe |nut |peanut |food )*allerg(?:y|ies|ic)|anaphylaxis|addiction|alcoholi(?:c|sm)|"
    r"broken (?:hip|leg|arm|ankle|wrist|back)|amput(?:ee|ation|ated)|paraly[sz]ed|tetraplegi[ac]|quadriplegi[ac]|paraplegi[ac]|"
    r"disab(?:led|ility|ilities)|special (?:educational )?needs|ehcp?"
)
_STATE: Final = (
    r"(?:registered |partially |severely |profoundly |totally |legally |going |almost |nearly )*(?:blind|deaf|deafblind|sight[- ]impaired|hearing[- ]impaired|partially sighted|hard of hearing|disabled|housebound|bed ?bound|wheelchair[- ]bound|"
    r"pregnant|terminally ill|seriously ill|chronically ill|mentally ill|immunosuppressed|immunocompromised|non[- ]verbal|infertile|immobile|"
    r"autistic|diabetic|epileptic|asthmatic|dyslexic|dyspraxic|schizophrenic|alcoholic|bipolar|coeliac|anorexic|paraly[sz]ed|suicidal|depressed|frail|neurodivergent|neurodiverse)"
)
_TREATMENT: Final = (
    r"chemo(?:therapy)?|radiotherapy|dialysis|insulin|methadone|(?:anti-?depressants|antipsychotics|beta[- ]blockers|blood thinners|warfarin|statins|steroids|painkillers|morphine|medication|tablets for [\w ]{3,25})|"
    r"(?:hip|knee|heart|kidney|liver|lung|valve|shoulder|cataract|back|spinal|open heart|bypass|transplant) (?:replacements?|transplants?|operations?|surgery|bypass|op)\b|"
    r"triple bypass|pacemaker|mastectomy|hysterectomy|colostomy(?: bag)?|catheter|feeding tube|biops(?:y|ies)|(?:physio(?:therapy)?|counselling|psychotherapy|ivf|hrt|speech therapy|palliative care|end[- ]of[- ]life care)|oxygen(?: (?:tank|cylinder|therapy|at home))?|sectioned|"
    r"stents?|skin graft|detox|rehab"
)
_AID: Final = (
    r"(?:(?:electric|powered|motori[sz]ed|manual|self-propelled) )?wheel ?chairs?|mobility scooter|walking (?:frame|stick|aid)s?|zimmer(?: frame)?|rollator|crutches|white (?:cane|stick)|long cane|guide dog|assistance dog|"
    r"hearing (?:aids?|dog)|cochlear implants?|prosthetic(?: \w+)?|artificial (?:leg|arm|limb)|false leg|stair ?lift|hoist|commode|inhalers?|epi-?pen|nebuli[sz]er|cpap(?: machine)?|insulin pump|blue badge|leg braces?|calipers?|incontinence pads?|walker"
)
_RELATIVES: Final = (
    r"(?:husband|wife|partner|spouse|mum|mam|mummy|mother|dad|daddy|father|son|daughter|brother|sister|child|baby|boy|girl|gran|grandma|granny|nan|nana|nanna|"
    r"grandad|granddad|grandpa|grandfather|grandmother|grandson|granddaughter|grandchild|niece|nephew|aunt|auntie|uncle|cousin|friend|mate|neighbour|"
    r"mother-in-law|father-in-law|mum-in-law|dad-in-law|brother-in-law|sister-in-law|stepson|stepdaughter|stepdad|stepmum|twin|boyfriend|girlfriend|fianc[ée]e?|"
    r"youngest|eldest|oldest|little one|flatmate|lad|parents?|twins|\d+[- ]year[- ]old|tenant|colleague)"
)
_AGE: Final = r"(?:\s?\(\d{1,3}\)|,? (?:who is |aged? )?\d{1,3}(?: years old)?,?|,? (?:[A-Z][\w’'-]+,?))?"
_NAMED: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? (?:[A-Z]\.? )?[A-Z][\w’'-]+|[A-Z][a-zà-ž]+(?:[- ][A-Z][a-zà-ž’'-]+)?)"
_MINE: Final = r"(?:[Mm]y|[Oo]ur|MY)"
_RELATIVE: Final = rf"{_MINE} (?:(?!own\b)[\w’'-]+ ){{0,3}}?{_RELATIVES}{_AGE}"
_SOMEBODY: Final = rf"(?:\b(?:I|i|[Hh]e|[Ss]he)\b|{_RELATIVE}|\b{_NAMED})"
_ADVERB: Final = r"(?:(?:also|now|currently|both|all|already|still|just|have|has|had|been|recently|sadly|always|unfortunately|only|suddenly|personally|often|do|does|did|really|actually|sometimes|myself|himself|herself|later|since|then|never|who|that|and|am|is|was|being) )*"
_HAS: Final = (
    r"(?:have|has|had|having|['’]ve(?: got| had)?|got|suffer(?:s|ed|ing)?(?: (?:badly|terribly|a lot|greatly))?(?: (?:from|with))?|liv(?:e|es|ed|ing) with|cop(?:e|es|ed|ing) with|struggl(?:e|es|ed|ing) with|battl(?:e|es|ed|ing)(?: with)?|surviv(?:e|ed|ing)|"
    r"(?:was|were|am|is|been|being|got|['’]m|['’]s)?\s?(?:recently |first |just |finally )?diagnosed (?:with|as(?: being| having)?)|develop(?:s|ed|ing)?|contract(?:ed)?|caught|under(?:go|goes|went|gone|going)|recover(?:s|ed|ing)? from|die[ds]? (?:of|from)|lost (?:\w+ ){0,3}?(?:to|through)|"
    r"(?:take|takes|took|taking|need|needs|needed|needing|rel(?:y|ies|ied|ying) on|depend(?:s|ed|ing)? on|us(?:e|es|ed|ing)|wear(?:s|ing)?|carr(?:y|ies|ied|ying)|receiv(?:e|es|ed|ing)|start(?:s|ed)?|inject(?:s|ed)?|require[sd]?|walk(?:s|ed|ing)? with|go(?:es)? for|went for|waiting for|await(?:s|ing)|get(?:s|ting)?(?: about| around)?(?: (?:in|on|with))?))"
)
_IS: Final = r"(?:am|is|was|been|being|became|become|becomes|went|gone|['’]m|['’]s|remain(?:s|ed)?|born|getting|[Aa]s|being)"
_ON: Final = r"(?:(?:am|is|was|been|went|go|goes|['’]m|['’]s|be|put|ended up) (?:now |still |currently |back )?(?:on|in|having|using|under|undergoing|recovering from|waiting for|awaiting|receiving|getting|taking|suffering(?: from| with)?|living with|struggling with))"
_MODIFIERS: Final = r"(?:(?:an?|the|my|his|her|severe|mild|bad|chronic|acute|serious|some|very|quite|both|two|several|type|a bit of|lots of|really|long[- ]term|early|late|advanced|stage|terminal|recurrent|undiagnosed|treatment for|hospital treatment for|surgery for|an operation for|regular|daily|weekly|kidney|new|double|life[- ]limiting|physical|hidden|complex|registered as|form of|history of|problems? with|and|or|of|with) ){0,5}"
_NOUNS: Final = rf"(?i:{_ILLNESS}|{_TREATMENT}|{_AID})"
_END: Final = r"(?![\w-])(?!\s(?:users?|services?|charit(?:y|ies)|research|shop|awareness|support group|team|friendly|people|patients|sufferers?|children|adults|residents|access|ramps?|centre|clinic|unit|ward|provision|toilets?|parking|bays?|spaces?|groups?|strategy|budget))"

_HAVING: Final = re.compile(rf"{_SOMEBODY}[ ,]*{_ADVERB}(?:{_HAS}|{_ON}) {_MODIFIERS}(?P<what>\b{_NOUNS}){_END}", re.S)
_BEING: Final = re.compile(rf"{_SOMEBODY}[ ,]*{_ADVERB}{_IS} (?:{_ADVERB})(?:(?:an?|now|very|so|both|also|quite|legally|registered(?: as)?|severely|almost) )*(?P<what>\b(?i:{_STATE}|(?:{_AID}) user)){_END}", re.S)
_OWN: Final = re.compile(
    rf"(?:\b{_MINE}(?: (?:[\w’'-]+ ){{0,2}}?{_RELATIVES}[’']s?)?|\b(?:[Hh]is|[Hh]er)|\b{_NAMED}[’']s) (?:(?:own|severe|chronic|bad|ongoing|recent|type|long[- ]term|late|new|old|little|electric) ){{0,3}}"
    rf"(?P<what>\b{_NOUNS}){_END}",
    re.S,
)  # fmt: skip
_AS_A: Final = re.compile(
    rf"\b(?:[Aa]s|[Bb]eing|[Ii](?:['’]m| am| was)|I['’]ve been) (?:an? |somebody |someone |a person |a (?:\w+ ){{0,2}}(?:with|who has|who uses) )?(?:(?:who (?:is|has|uses)|with|registered|long[- ]term|very|a|an|severely|totally) )*"
    rf"(?P<what>\b(?:(?i:{_STATE}|(?:{_AID}) user)|{_NOUNS}))(?: (?:person|man|woman|mum|mother|dad|father|resident|pensioner|parent|myself|adult|student|driver|cyclist|user|sufferer|survivor|patient|carer))?{_END}"
    r"(?=[^.!?\n]{0,60}?(?:,|\b(?:I|me|my|myself)\b))",
)
_RELATIVE_WITH: Final = re.compile(
    rf"{_MINE} (?:(?!own\b)[\w’'-]+ ){{0,3}}?{_RELATIVES}{_AGE} (?:with|who (?:has|had|is|was|uses|needs|lives with|suffers from)|has|had|is|was) {_MODIFIERS}(?P<what>\b(?:{_NOUNS}|(?i:{_STATE}))){_END}"
)
_ADJECTIVE: Final = re.compile(
    rf"\b{_MINE} (?:(?:own|elderly|late|young|youngest|eldest|older|\d+[- ]year[- ]old|dear|poor|very) )*(?P<what>(?i:{_STATE}|{_ILLNESS})) (?:[\w-]+ )?{_RELATIVES}\b"
)
_CUE: Final = re.compile(rf"\b(?:{_ILLNESS}|{_STATE}|{_TREATMENT}|{_AID})", re.I)
_I_SMALL: Final = re.compile(r"^(?:it|they|there|this|that|the|who|which|we|you|everyone|council)\b", re.I)
_GENERAL: Final = re.compile(r"\b(?:if|unless|whether|imagine|suppose|say)\b[^.,;!?]{0,25}$", re.I)
_NOT_A_NAME: Final = frozenset(
    "The This That These Those They There It We You He She People Everyone Anyone Someone Nobody Many Some Most Council Who What When Where Why "
    "How If And But Or So Because Our My Your Their Its His Her Kent County Town City Village Library Park Hospital School Surgery Service Services "
    "NHS GP Staff Children Adults Residents Users Patients Carers Parents Pupils Students Older Young Also Not No Nobody Every Each All Any One Area".split()
)


def health_cues(text: str) -> Iterator[Span]:
    """The condition, treatment or aid (the words themselves) of somebody who can be identified."""
    if not _CUE.search(text):
        return
    for pattern in (_HAVING, _BEING, _OWN, _AS_A, _RELATIVE_WITH, _ADJECTIVE):
        for found in pattern.finditer(text):
            who = found[0].split()[0].strip(",")
            if who in _NOT_A_NAME and who not in ("My", "Our", "His", "Her", "He", "She"):
                continue
            if not _personal(text, found):
                continue
            yield found.span("what")


def _personal(text: str, found: re.Match[str]) -> bool:
    """Whether it is said of a real person: not of an "if", not of a name that only began a sentence in small letters."""
    first = found[0][:1]
    if first.islower() and not re.match(r"(?:i|he|she|my|our|his|her|as|being)\b", found[0], re.I):
        return False
    return not _GENERAL.search(text[max(0, found.start() - 40) : found.start()])
