"""Health of one person who can be identified: the writer, a relative, somebody named.

"I have asthma", "my son's autism" and "Mrs Bell uses a wheelchair" are found; "people with dementia", "wheelchair
users" and "mental health services" say nothing about one person and are left alone. First the word for a condition, a
treatment or an aid is found, then the words before it in its sentence must say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from consultation.privacy.structured import Span

# Each term is a pattern; every one holds a word of `_HEADS`, so that most comments need no closer look.
_ILLNESS: Final = (
    r"(?:type (?:1|2|one|two|i|ii) )?diabet(?:es|ic)|asthma(?:tic)?|copd|emphysema|bronchitis|pneumonia|tuberculosis|(?:long )?covid(?:-19)?|"
    r"(?:(?:breast|lung|bowel|prostate|skin|throat|ovarian|cervical|bladder|kidney|liver|pancreatic|brain|terminal|blood|bone|stage \w+|stomach|testicular) )*cancer|"
    r"leuka?emia|lymphoma|myeloma|melanoma|(?:brain )?tumou?r|"
    r"(?:(?:vascular|early[- ]onset|lewy body|young[- ]onset|early|advanced) )*(?:dementia|alzheimer(?:[’']?s)?(?: disease)?)|parkinson(?:[’']?s)?(?: disease)?|huntington(?:[’']?s)?(?: disease)?|"
    r"multiple sclerosis|(?-i:MS)|m\.s\.|motor neurone disease|mnd|muscular dystrophy|cerebral palsy|spina bifida|down(?:[’']?s)?(?: syndrome)|cystic fibrosis|"
    r"(?:rheumatoid |osteo-?|psoriatic )?arthritis|osteoporosis|fibromyalgia|lupus|gout|sciatica|scoliosis|(?:ankylosing )?spondylitis|"
    r"epilep(?:sy|tic)|(?:epileptic )?(?:seizures|fits)|migraines?|narcolepsy|vertigo|tinnitus|(?-i:ME)|m\.e\.|chronic fatigue(?: syndrome)?|chronic pain|brain injury|"
    r"(?:(?:post[- ]?natal|clinical|severe|manic) )*depression|(?:(?:severe|social|crippling|bad) )*anxiety(?: disorder)?|panic attacks|bipolar(?: disorder)?|schizophreni[ac]|psychosis|c?-?ptsd|"
    r"post[- ]traumatic stress(?: disorder)?|ocd|eating disorder|anorexi[ac]|bulimi[ac]|dyslexi[ac]|dyspraxi[ac]|adhd|(?-i:ADD)|autis(?:m|tic)(?: spectrum(?: disorder)?)?|asd|asperger(?:[’']?s)?(?: syndrome)?|"
    r"learning (?:disabilit(?:y|ies)|difficult(?:y|ies))|mental (?:health|ill(?:ness)?)(?: (?:problems?|issues?|conditions?|difficult(?:y|ies)|breakdown|crisis))?|(?:nervous|mental) breakdown|"
    r"(?:heart|kidney|liver|lung|thyroid|skin|eye|bowel|autoimmune|neurological|medical|long[- ]term|chronic|genetic|respiratory|breathing|health|mobility|hearing|sight|back|hip|knee|spinal|bladder) "
    r"(?:disease|conditions?|failure|attacks?|problems?|disorders?|trouble|issues?|impairments?|loss|defect|complaint|injur(?:y|ies)|pain|illness(?:es)?)|"
    r"angina|arrhythmia|hypertension|high blood pressure|an(?:a)?emia|sickle cell(?: disease| anaemia)?|h(?:a)?emophili[ac]|hiv(?: positive)?|hepatitis(?: [abc])?|"
    r"crohn(?:[’']?s)?(?: disease)?|(?:ulcerative )?colitis|ibs|irritable bowel(?: syndrome)?|coeliac(?: disease)?|celiac|incontinen(?:ce|t)|stoma|kidney stones|endometriosis|miscarriages?|"
    r"(?:mini[- ])?strokes?|(?-i:TIA)|aneurysm|macular degeneration|glaucoma|cataracts?|eczema|psoriasis|shingles|sepsis|cellulitis|"
    r"(?:(?:severe|nut|peanut|food) )*allerg(?:y|ies|ic)|anaphylaxis|addiction|alcoholi(?:c|sm)|"
    r"broken (?:hip|leg|arm|ankle|wrist|back|pelvis)|amput(?:ee|ation|ated)|paraly[sz]ed|tetraplegi[ac]|quadriplegi[ac]|paraplegi[ac]|"
    r"disab(?:ility|ilities)|special (?:educational )?needs|neurodivergen(?:t|ce)"
)
_STATE: Final = (
    r"(?:(?:registered|partially|severely|profoundly|totally|legally|learning) )*(?:blind|deaf|deafblind|sight[- ]impaired|hearing[- ]impaired|visually impaired|partially sighted|hard of hearing|disabled|housebound|bed ?bound|wheelchair[- ]bound|"
    r"pregnant|terminally ill|seriously ill|chronically ill|mentally ill|immunosuppressed|immunocompromised|non[- ]verbal|infertile|suicidal|depressed|neurodiverse)"
)
_TREATMENT: Final = (
    r"chemo(?:therapy)?|radiotherapy|dialysis|insulin|methadone|anti-?depressants|antipsychotics|beta[- ]blockers|blood thinners|warfarin|statins|steroids|painkillers|morphine|medication|"
    r"(?:hip|knee|heart|kidney|liver|lung|valve|shoulder|cataract|back|spinal|open heart|bypass|brain) (?:replacements?|transplants?|operations?|surgery|bypass|op)|"
    r"triple bypass|transplant|pacemaker|mastectomy|hysterectomy|colostomy(?: bag)?|catheter|feeding tube|biops(?:y|ies)|physio(?:therapy)?|counselling|psychotherapy|ivf|hrt|speech therapy|palliative care|end[- ]of[- ]life care|oxygen(?: (?:tank|cylinder|therapy))?|sectioned|"
    r"stents?|skin graft"
)
_AID: Final = (
    r"(?:(?:electric|powered|motori[sz]ed|manual|self-propelled) )?wheel ?chairs?|mobility scooter|walking (?:frame|stick|aid)s?|zimmer(?: frame)?|rollator|crutches|white (?:cane|stick)|long cane|guide dog|assistance dog|"
    r"hearing (?:aids?|dog)|cochlear implants?|prosthetic(?: \w+)?|artificial (?:leg|arm|limb)|false leg|stair ?lift|hoist|commode|inhalers?|epi-?pen|nebuli[sz]er|cpap(?: machine)?|insulin pump|blue badge|leg braces?|calipers?|incontinence pads?"
)
_TERM: Final = re.compile(rf"(?<![\w-])(?:{_STATE}|{_TREATMENT}|{_AID}|{_ILLNESS})(?: user)?(?![\w-])", re.I)
_HEADS: Final = frozenset(
    "diabetes diabetic asthma asthmatic copd emphysema bronchitis pneumonia tuberculosis covid cancer leukemia leukaemia lymphoma myeloma melanoma tumour tumor "
    "dementia alzheimer parkinson parkinsons alzheimers huntington huntingtons sclerosis ms m mnd neurone dystrophy palsy bifida syndrome fibrosis arthritis osteoarthritis osteoporosis fibromyalgia "
    "lupus gout sciatica scoliosis spondylitis epilepsy epileptic seizures fits migraine migraines narcolepsy vertigo tinnitus fatigue pain injury depression anxiety panic bipolar "
    "schizophrenia schizophrenic psychosis ptsd stress ocd disorder anorexia anorexic bulimia bulimic dyslexia dyslexic dyspraxia dyspraxic adhd add autism autistic asd asperger aspergers "
    "learning mental breakdown disease condition conditions failure attack attacks problem problems disorders trouble issue issues impairment impairments loss defect complaint "
    "injuries illness illnesses angina arrhythmia hypertension pressure anaemia anemia sickle haemophilia hemophilia haemophiliac hemophiliac hiv hepatitis crohn crohns colitis ibs irritable coeliac celiac incontinence incontinent "
    "stoma stones endometriosis miscarriage miscarriages stroke strokes tia aneurysm degeneration glaucoma cataract cataracts eczema psoriasis shingles sepsis cellulitis allergy allergies "
    "allergic anaphylaxis addiction alcoholic alcoholism broken amputee amputation amputated paralysed paralyzed tetraplegic quadriplegic paraplegic tetraplegia quadriplegia paraplegia disability disabilities needs "
    "neurodivergent neurodivergence blind deaf deafblind impaired sighted hearing disabled housebound bedbound bound pregnant ill immunosuppressed immunocompromised verbal infertile suicidal "
    "depressed neurodiverse chemo chemotherapy radiotherapy dialysis insulin methadone antidepressants depressants antipsychotics blockers thinners warfarin statins steroids painkillers morphine "
    "medication replacement replacements transplant transplants operation operations surgery bypass op pacemaker mastectomy hysterectomy colostomy catheter tube biopsy biopsies physio "
    "physiotherapy counselling psychotherapy ivf hrt therapy care oxygen sectioned stent stents graft wheelchair wheelchairs chair chairs scooter frame frames stick sticks aid aids zimmer rollator "
    "crutches cane dog implant implants prosthetic artificial false stairlift lift hoist commode inhaler inhalers epipen pen nebuliser nebulizer cpap pump badge brace braces caliper calipers pads".split()
)
_WORDS: Final = re.compile(r"[a-z]+")
_GENERAL_AFTER: Final = re.compile(
    r"\s(?:users|services?|charit(?:y|ies)|research|shops?|awareness|support groups?|teams?|friendly|people|patients|sufferers|children|adults|access|ramps?|cent(?:re|er)s?|"
    r"clinics?|units?|wards?|provision|toilets?|parking|bays?|spaces?|groups?|strategy|budgets?|cafe|café|nurses?|hospital|care home|homes?|training|hub)\b|-friendly|\sto (?:the|our|my|your|what|it|this|that|any|all|reason)\b",
    re.I,
)
_BETWEEN: Final = re.compile(r"[.!?;\n]\s|\n")

_RELATIVES: Final = (
    r"(?:husband|wife|partner|spouse|mum|mam|mummy|mother|dad|daddy|father|son|daughter|brother|sister|child|baby|boy|girl|gran|grandma|granny|nan|nana|nanna|"
    r"grand-?dad|grandpa|grandfather|grandmother|grandson|granddaughter|grandchild|niece|nephew|aunt|auntie|uncle|cousin|friend|mate|neighbour|"
    r"(?:mother|father|mum|dad|brother|sister)-in-law|step(?:son|daughter|dad|mum)|twin|boyfriend|girlfriend|fianc[ée]e?|"
    r"youngest|eldest|oldest|little one|flatmate|lad|parents?|twins|year[- ]old|tenant|colleague|other half|teenager|toddler|lodger)"
)
_MINE: Final = r"(?:[Mm]y|[Oo]ur|MY|[Aa]n? (?:close |elderly |dear )?(?=friend of|neighbour of))"
_NAMED: Final = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?(?!(?:The|This|That|These|Those|They|It|We|You|People|Everyone|Anyone|Someone|Many|Some|Most|Council|Who|What|When|Where|Why|How|And|But|Our|Your|Their|Staff|Children|Adults|Residents|Users|Patients|Carers|Parents|Pupils|Not|No|Every|Each|All|Any|One|Those|Nobody|Kent|There|Please|Having|As)\b)[A-Z][a-zà-ž]+(?:[- ][A-Z][\w’'-]+)?"
_RELATIVE: Final = rf"{_MINE} (?:(?!own\b)[\w’'-]+ ){{0,3}}?{_RELATIVES}(?: of (?:mine|ours))?(?:\s?\(\d{{1,3}}\)|,? (?:aged )?\d{{1,3}},?|,? [A-Z][\w’'-]+,?)?"
_WHO: Final = rf"(?:\b(?:I|i|[Hh]e|[Ss]he)\b|\b{_RELATIVE}|\b{_NAMED})"
_GLUE: Final = (
    r"(?:(?:also|now|currently|both|all|already|still|just|been|recently|sadly|always|unfortunately|only|suddenly|personally|often|do|does|did|really|actually|sometimes|myself|"
    r"himself|herself|later|since|then|never|who|that|and|later|himself|too|am|is|was|has|have|had|will|would|must|can|could|cannot|can't|can’t) )*"
)
_VERB: Final = (
    r"(?:have|has|had|having|got|suffer(?:s|ed|ing)?(?: (?:badly|terribly|a lot|greatly))?(?: (?:from|with))?|(?:liv|cop|struggl|battl|deal)(?:e|es|s|ed|ing)(?: with)?|surviv(?:e|ed|ing)|"
    r"(?:(?:was|were|am|is|been|being|got) )?(?:recently |first |just |finally )?(?:diagnosed|hospitali[sz]ed|admitted|treated|signed off|off work|in hospital) (?:with|for|by|as(?: being| having)?)|develop(?:s|ed|ing)?|contract(?:ed)?|caught|under(?:go|goes|went|gone|going)|recover(?:s|ed|ing)? from|die[ds]? (?:of|from)|lost (?:\w+ ){0,3}?(?:to|through)|"
    r"(?:tak(?:e|es|ing)|took|need(?:s|ed|ing)?|rel(?:y|ies|ied|ying) on|depend(?:s|ed|ing)? on|us(?:e|es|ed|ing)|wear(?:s|ing)?|wore|carr(?:y|ies|ied|ying)|receiv(?:e|es|ed|ing)|start(?:s|ed)?|inject(?:s|ed)?|require[sd]?|walk(?:s|ed|ing)? with|go(?:es)? for|went for|wait(?:s|ed|ing)? for|await(?:s|ing)|"
    r"get(?:s|ting)?(?: about| around| out)?(?: (?:in|on|with))?|travel(?:s)?(?: (?:in|on|by|with))?)|push(?:es|ed|ing)?|"
    r"(?:am|is|was|were|been|being|went|go|goes|be|became|become|put|ended up|born|getting|remain(?:s|ed)?|registered(?: as)?|feel|felt)(?: (?:on|in|having|using|under|undergoing|recovering from|waiting for|on the waiting list for|awaiting|receiving|getting|taking|suffering(?: from| with)?|living with|struggling with|confined to|stuck in|allergic to))?)"
)
_MODIFIERS: Final = (
    r"(?:(?:an?|the|my|his|her|severe|mild|bad|chronic|acute|serious|some|very|quite|both|two|several|a bit of|lots of|really|long[- ]term|early|late|advanced|stage|terminal|recurrent|"
    r"undiagnosed|treatment for|surgery for|(?:the |a )?waiting list for|the list for|an operation for|regular|daily|weekly|new|double|life[- ]limiting|physical|hidden|complex|registered(?: as)?|form of|history of|problems? with|now|still|also|"
    r"totally|severely|legally|almost|nearly|completely|partially|profoundly|going|on|for|with|from|[\w-]+(?:,| and| or)) ){0,5}"
)
_WHERE: Final = r"(?: (?:next door|upstairs|downstairs|opposite|(?:at|in|from|of|across|over|down|round) (?:[\w’'-]+ ){0,2}[\w’'-]+))?"
_HOLDS: Final = re.compile(rf"{_WHO}{_WHERE}(?:,[^,.]{{1,40}},)?(?:[’'](?:ve|m|s|d)(?: got)?|(?:[’'](?:ve|m|s|d|ll))?[ ,]*{_GLUE}{_VERB}|,? (?:with|who (?:has|had|is|was|uses|needs)|has|had)) (?:{_GLUE}){_MODIFIERS}$")
_OWNS: Final = re.compile(
    rf"(?:\b(?:{_MINE}|[Hh]is|[Hh]er)(?: (?:[\w’'-]+ ){{0,2}}?{_RELATIVES}[’']s?)?|\b(?:[Hh]is|[Hh]er)|\b{_NAMED}[’']s?) (?:(?:own|severe|chronic|bad|ongoing|recent|long[- ]term|late|new|old|little|electric|worsening|daily|weekly|terrible|poor) ){{0,3}}$"
)
_BEING: Final = re.compile(
    r"(?:^|[,;:(–-]\s?|\b)(?:[Aa]s|[Bb]eing|[Ss]peaking as|[Hh]aving(?: had| got)?|[Ll]iving with|[Ww]ith) (?:(?:an?|my|somebody|someone|a person|the (?:parent|mother|mum|father|dad|carer|wife|husband|partner|daughter|son) of|myself|registered|long[- ]term|very|severely|totally|who (?:is|has|uses)|with|\d+[- ]year[- ]old|young|older|elderly|(?:man|woman|mum|mother|dad|father|resident|pensioner|parent|person)) ){0,5}$"
)
_SPEAKER_NEAR: Final = re.compile(r"^[^.!?\n]{0,70}?(?:,|\b)\s?(?:I|me|my|myself|I['’]\w+)\b")
_RELATIVE_AFTER: Final = re.compile(rf"^ (?:[\w-]+ )?{_RELATIVES}\b")
_MINE_BEFORE: Final = re.compile(rf"\b{_MINE} (?:(?:own|elderly|late|young|youngest|eldest|older|\d+[- ]year[- ]old|dear|poor|very) )*$")
_SUPPOSED: Final = re.compile(r"\b(?:if|unless|whether|imagine|suppose|not|n[’']t|no|without|against)\b[^,;]{0,20}$", re.I)


def health_cues(text: str) -> Iterator[Span]:
    """The condition, treatment or aid (the words themselves) of somebody who can be identified."""
    if _HEADS.isdisjoint(_WORDS.findall(text.lower())) and "ME" not in text:
        return
    for start, end in _clauses(text):
        clause = text[start:end]
        if _HEADS.isdisjoint(_WORDS.findall(clause.lower())) and "ME" not in clause:
            continue
        for found in _TERM.finditer(clause):
            if _is_somebodys(clause[max(0, found.start() - 140) : found.start()], clause[found.end() : found.end() + 90]):
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
        return not _SUPPOSED.search(before[: holds.start()]) and not re.search(r"\b(?:not|never|no|without)\b", holds[0])
    if _OWNS.search(before):
        return True
    being = _BEING.search(before)
    return bool(being) and not _SUPPOSED.search(before[: being.start()]) and bool(_SPEAKER_NEAR.match(after))
