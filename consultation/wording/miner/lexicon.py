"""Lists of words that the patterns share, by a name in capitals. A new word is one word more in its list.

Every word stands for all its forms ("drop" for "dropped", "dropping"); irregular forms are written out.
"""

from __future__ import annotations

from typing import Final

from consultation.text import stem


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())


# Nouns for a piece of text. "The phrase" with no phrase beside it points back to one.
NOUNS: Final = listed(
    "word words phrase phrases term terms expression expressions wording words' adjective adverb buzzword "
    "buzzwords jargon cliche cliché slogan"
)

LISTS: Final[dict[str, str]] = {
    # Verbs of asking for other words
    "CHANGE": "change replace swap substitute switch exchange amend alter reword rephrase rename retitle convert "
              "adjust revise",
    "CUT": "drop struck lost axed delete remove cut lose scrap ditch omit strike bin axe chop erase exclude eliminate "
           "kill junk dump removal deletion jettison expunge avoid shed lop hack",
    "TAKE": "take leave cut strike struck cross miss edit throw get rub score knock lop chop hack",
    "SUBSTITUTE": "substitute",
    "KEEP": "keep kept retain preserve defend",
    "STAY": "stay remain stand survive",
    "SAY": "say says said saying call calls put write use uses using used read reads try have prefer make "
           "talk speak state describe phrase word written writing",
    "SUGGEST": "suggest propose recommend prefer",
    "ADD": "add insert slip append tack squeeze slot pop",
    "MENTION": "mention reference name acknowledge recognise include specify",
    # Attitudes
    "LIKE": "like love care agree recognise support accept buy appreciate enjoy want believe trust relate "
            "respond identify stand bear abide",
    "HATE": "hate dislike loathe detest resent deplore despise object dread query question dispute challenge "
            "disagree oppose",
    "TROUBLE": "problem problems issue issues concern concerns objection objections trouble quarrel difficulty "
               "quibble reservation reservations doubts doubt worry worries dislike debate disagreement unease "
               "complaint bone beef gripe",
    "UNEASY": "unhappy uncomfortable uneasy worried wary sceptical dubious sick tired fed bored nervous bothered "
              "unsure unclear confused puzzled baffled cross annoyed concerned unconvinced allergic",
    "KEEN": "keen sure happy comfortable sold convinced fond clear certain fan struck mad enamoured impressed",
    "BAD": "jargon meaningless vague woolly wooly patronising patronizing condescending waffle gobbledygook gibberish "
           "corporate insulting offensive unclear confusing silly daft stupid ridiculous nonsense rubbish bland empty "
           "hollow trite cliche cliché clichéd cliched dated outdated old-fashioned cold clinical clumsy ugly awful "
           "horrible dreadful terrible ghastly misleading dishonest loaded negative unrealistic unachievable "
           "aspirational ambitious pompous pretentious buzzword buzzwords buzz management-speak management spin "
           "twaddle tosh guff bunkum drivel baloney blather verbiage padding fluff filler flannel hot "
           "overused tired hackneyed tautology redundant superfluous unnecessary needless pointless odd strange weird "
           "wrong inappropriate inaccurate untrue ambiguous opaque obscure incomprehensible unintelligible "
           "impenetrable abstract fuzzy weasel wishy-washy slippery euphemism euphemistic bureaucratic officious "
           "technical cumbersome clunky wordy long-winded longwinded alienating exclusive exclusionary stigmatising "
           "demeaning derogatory dismissive belittling disrespectful rude harsh blunt aggressive sexist ageist ableist "
           "racist judgemental judgmental labelling scary frightening threatening sinister orwellian smug "
           "arrogant boastful grandiose overblown hyperbole exaggerated narrow limiting restrictive broad general "
           "generic woke soft weak feeble limp tame flat dull boring toothless unambitious lame laughable "
           "problematic unhelpful off-putting offputting grating jarring cringeworthy cringe tacky "
           "sales-pitch puffery fatuous vacuous nebulous platitude platitudes mouthful lie joke insult "
           "oxymoron contradiction cop-out copout get-out loophole excuse boast threat misnomer stretch poor bad "
           "off worrying troubling upsetting hurtful discriminatory depressing insincere meaningless-drivel "
           "oxymoron fiction fantasy pie ludicrous absurd bizarre irrelevant divisive undefined "
           "politician-speak officialese council-speak legalese psychobabble bluster bombast cheesy naff hideous "
           "elitist snobbish babyish childish gimmicky glib heavy-handed preachy bossy nannying draconian otiose "
           "tautologous flowery fanciful overused hard-edged stilted wooden lazy ungrammatical",
    "EMPTY": "nothing little anything everything whatever nowt owt zilch zero naught nil",
    "PUTS": "annoy irritate grate jar upset offend insult patronise exclude ignore alienate confuse baffle mislead "
            "stigmatise label imply suggest cringe shudder wince groan laugh puzzle worry bother rankle stick gloss "
            "hide obscure belittle demean forget overlook exaggerate overpromise promise",
    "MEAN": "mean means meant meaning imply implies define defined definition",
    "FEEL": "is are was were be sounds sound feels feel seems seem reads read looks look strikes smacks smack reeks "
            "comes come isn't",
    "ADVERB": "very so too rather quite just really totally completely utterly a bit little far much all such "
              "pure simply frankly plain somewhat slightly horribly terribly extremely incredibly unnecessarily "
              "needlessly also still over overly deeply rather pretty absolutely truly kind of sort like "
              "downright positively more as the an to me us across my i think most and anyway",
    "CALMLY": "just simply please maybe perhaps then instead better honestly really surely always only anyway",
    "NEGATIVE": "not don't dont do didn't didnt doesn't doesnt can't cant cannot couldn't never wouldn't won't no "
                "isn't aren't wasn't weren't hardly shouldn't ain't",
    "SHOULD": "should could must ought needs need can would might i'd we'd wants shall",
    "BE": "be is are was were being been become becomes",
    "IMPERATIVE": "say use put try write call",
    "BETTER": "better happier clearer simpler plainer stronger kinder fairer preferable best nicer truer friendlier "
              "warmer bolder shorter easier safer sharper wiser accurate appropriate honest realistic inclusive "
              "positive suitable",
    "PUNCTUATION": ", - – — : ; . .. ( ) / … ... .... ? ! ?! !? ?? !! \n",
    "PAUSE": ", - – — : ; ( ) … ...",
    "DASH": "- – — : , ->",
    "ASK": "? ?? ???",
    "CRY": "! !! !!! ?! !? ?!! ?!? ???",
    "NOUN": "word words phrase phrases term terms expression expressions wording adjective buzzword slogan label "
            "title name heading",
    "REPORTS": "says said say reckons reckon thinks think thought claims claim calls calling complained complaining "
               "complains complain told tells wants wanted hates loves objected objects objecting argues argued argue "
               "insists wrote writes described asked asks suggested moaned moans moaning felt feels called saying "
               "likes liked dislikes disliked demanded demands campaigning quoted",
    "OTHERS": "leaflet leaflets paper papers newspaper press article website poster mp councillor councillors "
              "neighbour neighbours union opposition party radio facebook petition campaign letter flyer speaker "
              "chairman chair man woman lady chap bloke person friend vicar officer expert critics critic media "
              "mayor gazette headline post blog group's manager boss teacher doctor minister government",
    "GOOD": "good great fine excellent lovely right perfect brilliant nice clear spot-on ok okay welcome honest "
            "wonderful important sensible useful helpful true well better yes correct spot",
    "EXPLAIN": "explain define clarify explained defined clarified unpack specify spell explaining defining clarifying "
               "explanation definition",
}  # fmt: skip

# Contractions as people type them, without their apostrophe, and other short forms.
SHORTENED: Final[dict[str, str]] = {
    **{word.replace("'", ""): word for word in listed(
        "don't doesn't didn't isn't aren't wasn't weren't can't couldn't wouldn't shouldn't mustn't haven't hasn't "
        "hadn't ain't i'm i've you're you've you'd they're they've they'd we've that's there's what's it'd it'll"
    )},
    "dosent": "doesn't", "dosnt": "doesn't", "dose'nt": "doesn't", "wot": "what", "wots": "what's",
    "pls": "please", "plz": "please", "u": "you", "ur": "your",
}  # fmt: skip

# Around the words themselves: what may stand before them and after them without meaning anything of its own.
BEFORE: Final = listed(
    "the a an this that these those your their its his her any all of words word phrase phrases term terms "
    "expression wording bit line part label original draft actual adjective verb noun buzzword awful dreadful "
    "horrible silly use using with ghastly stupid pompous current whole opening closing last first final : ( ,"
)
AFTER: Final = listed(
    "bit thing stuff phrase part wording line word business nonsense label jargon rubbish twaddle ) ,"
)

# Where new words that nobody quoted come to an end on the right, and where they begin on the left.
NEW_ENDS: Final = listed(
    "because since cos coz thank as so which it it's its instead rather but if when would is are was thanks maybe "
    "perhaps i i'd i'm we you they that's whereas although though then unless until while not than throughout "
    "everywhere please pls plz myself ourselves he she there there's where what why how isn't could should might will "
    "can't don't doesn't ok okay"
)
CLOSES: Final = listed("throughout everywhere instead please because so")
NEW_BEGINS: Final = listed(
    "say says said saying put use using used prefer have had want wants like call called be is are was i'd it "
    "about word words phrase term to read reads write written see with try talk talking make just simply it's "
    "as that's them us suggest recommend into become got want choose go gone make should would could by more "
    "why not? have having but so because for which been maybe perhaps no yes please even change think needs "
    "mention wording title surely do we you they i than being we're you're they're i'm he's she's there's here's mean "
    "means meant"
)
NEW_FILLER_LEFT: Final = listed(
    "something like just simply maybe perhaps say said write put use call them us it follows be : , - – — ( e.g eg "
    "i.e ie saying e g for example plain"
)
NEW_FILLER_RIGHT: Final = listed(
    "please pls plz thanks instead etc ta something altogether entirely too also , - – — ("
)

# Between a cue and a quotation: words that only introduce it.
BEFORE_QUOTATION: Final = listed(
    "the a an word words phrase phrases term terms expression something like just simply maybe perhaps say "
    "saying be : , - – — ( plain old more good or to it read write put use call them us at least by as follows "
    "following"
)
# In a sentence after which another wording may follow on its own.
ANNOUNCING: Final = listed(
    "would could should better clearer simpler plainer try instead version rewrite reword rephrase suggest suggestion "
    "propose proposal attempt go stab shot i'd we'd mine ours alternative rather"
)
REQUESTS: Final = listed(
    "change swap replace drop delete remove lose cut keep add take put make use get say leave in then also"
)
PLACES: Final = listed(
    "outcome outcomes title vision priority priorities aim aims ambition objective milestone measure section "
    "sentence paragraph para bullet principle heading label theme commitment goal target"
)

# Verbs after which a word stands as a word.
NAMING: Final = listed("say says said saying call calls called calling write written use using used read reads put")
JOINED_FILLER: Final = listed("with the a word words phrase phrases term terms even just also expression")
NO_ADDITION: Final = listed(
    "by in to at on up of with for from it this that them these those into off out over so i we you they he she him "
    "her us me one who what how why whether when where which if "
    "nothing here there anything something new more"
)

# Things that people speak of for their own sake: one of them, unquoted, is seldom meant as a word.
EVERYDAY: Final = listed(
    "people person resident adult child children youngster parent carer family neighbour tenant patient pupil "
    "student staff worker customer visitor home house flat housing road street bus train tram bike car traffic "
    "parking path pavement school college nursery library park playground garden tree green space shop market "
    "pub cafe centre town city village county borough district parish area place council councillor officer "
    "service police fire station hospital surgery clinic doctor nurse care health safety crime water river sea "
    "beach harbour port mooring boat waste bin rubbish recycling energy power money budget tax cost price job "
    "work business company economy land site building office estate community group club sport museum theatre "
    "event plan strategy year month week day time life food meal allotment dog toilet light crew engine "
    "appliance alarm visit support help outcome priority aim"
)
EVERYDAY_STEMS: Final = frozenset(map(stem, EVERYDAY))

NUMBERS: Final = listed(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand million half third quarter"
)
MEASURES: Final = listed(
    "minute minutes hour hours day days week weeks month months year years per cent percent metres metre miles mile "
    "hectares hectare pounds january february march april june july august september october november december spring "
    "summer autumn winter average maximum minimum least"
)

# Before words in quotation marks that someone offers.
OFFERING: Final = frozenset(
    {"to", "as", ":", "say", "perhaps", "maybe", "with", "be", "write", "put", "or", "it", "says", "-", ";"}
)
