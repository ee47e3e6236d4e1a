"""Words that tell a person's name from a place, a body, a role or an ordinary word.

The given names stand in text files beside this one: to add one, write it there.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "words"


@cache
def given_names() -> frozenset[str]:
    """Given names that are hardly ever anything else."""
    return _listed("given_names.txt") - ambiguous_names()


@cache
def ambiguous_names() -> frozenset[str]:
    """Given names that are also words or places."""
    return _listed("ambiguous_names.txt")


def _listed(file: str) -> frozenset[str]:
    lines = (_FOLDER / file).read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


STREETS: Final = frozenset(
    "road street lane avenue close drive way court crescent gardens grove hill place square terrace mews row walk rise "
    "parade green park view mount path broadway highway bypass embankment quay wharf yard gate croft dene vale end "
    "circus boulevard promenade esplanade cottages villas villa meadow meadows fields field approach passage alley "
    "roundabout junction bridge wynd brae loan brow bank lawn orchard paddock spinney copse chase ride drove drift "
    "hatch heights link loop mead nook piece reach ridge ropewalk side slade strand st rd ave ln dr cl cres gdns pl sq tce".split()
)
# What a thing that is called after a person is: the name before it is then no person.
THINGS: Final = frozenset(
    "academy act airport archive arena arms army association award bakery bar barracks bay beach bistro block board body building "
    "cafe café campus canal care castle cathedral cemetery center centre chapel charity church cinema clinic clock club "
    "co college committee common community company consortium corner cottage council county cricket cup dam dementia docks dock estate "
    "exhibition farm ferry festival fish foundation fountain fund gallery garage garden group grounds ground gym hall halls harbour home homes "
    "hospice hospital hostel hotel house inn institute island lab laboratory league leisure library line lock lodge ltd limited llp "
    "lounge market marina memorial mental mill monument mosque mosques museum nursery office "
    "partnership parish pavilion pharmacy pier pitch place plaza playground playgroup playing plc pool port practice prize programme pub "
    "reserve reservoir resource restaurant river room rooms rotunda sands scheme scholarship school schools shelter shop shops shopping sixth sons society sponge stadium "
    "stand state station statue store stores studio studios surgery swimming synagogue temple theatre tower town trail trust tunnel union "
    "university village wales ward wards wharf wing wood woods works workshop youth zoo "
    "award day era line palace dock building buildings infant primary secondary junior".split()
)
# Capitalised words that follow a title or begin a line and are no name.
NOT_NAMES: Final = frozenset(
    "a about after again all also am an and any are as at be because been before but by can chair chairman chairperson "
    "chairwoman chief christmas citizen clerk colleague colleagues committee councillor councillors council councils customer dear deputy "
    "did director do does each editor email england english enquiries every everybody everyone executive family few folks for "
    "friend friends from general gentlemen good governor governors have he head headteacher hello her here hi him his "
    "how however i if in into is it its just kind ladies later leader leaders let like local lord ma'am madam madame man manager many "
    "may mayor me member members minister more most mp mps mum mr mrs ms must my name neighbour neighbours nhs no nobody none not now of officer "
    "officers on one only or our over parent parents parish people planners planning please police police practitioner president "
    "prime principal professor public r regards residents resident respondent resp sadly same secretary see she should sincerely sir sirs so some "
    "somebody someone something staff such team teams than thank thanks that the their them then there these they this those "
    "to today tomorrow too trustees two uk un us very vicar was we well were what when where which while who whoever whom why will with "
    "would yes yesterday yet you your yours monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december spring summer autumn winter easter north south east "
    "west northern southern eastern western british english scottish welsh irish european london britain scotland ireland county "
    "department survey consultation question section page outcome priority strategy policy plan draft option proposal anon anonymous na n/a "
    "mayor's superior service services sergeant student teacher worker chair's bishop archbishop king queen prince princess "
    "disabled deaf blind muslim christian catholic jewish hindu sikh polish french german spanish italian romanian asian african indian "
    "chinese pakistani bangladeshi black white female male retired single married divorced vegan autistic labour conservative tory green "
    "libdem liberal democrat reform ukip snp".split()
)
# Names of shops, charities and tales that look like a person's.
BODIES: Final = frozenset(
    "john lewis|thomas cook|harvey nichols|laura ashley|ted baker|marie curie|sue ryder|leonard cheshire|joseph rowntree|"
    "robin hood|father christmas|jack russell|peter pan|james bond|harry potter|mary rose|florence nightingale|tom thumb|"
    "joe bloggs|john lennon|william shakespeare|charles dickens|jane austen|winston churchill|isaac newton|charles darwin|"
    "harry ramsden|cath kidston|paul smith|karen millen|fred perry|ben nevis|jack daniels|mary poppins|winnie pooh|"
    "santa claus|karl marx|tommy cooper|jobs worth|joe public|uncle tom|john doe|jane doe|jo bloggs".split("|")
)
# Capitalised, these are surnames as often as anything else: they may stand second in a name.
SURNAMES_TOO: Final = frozenset(
    "may king white black prince english french bishop clerk green mayor easter winter west north east young lane close hill park "
    "walk rise street way court grove row view vale bank place field fields wood woods bridge brow croft dene mead meadows "
    "reach ridge slade strand wynd square mount paddock yard gates summers winters monday day".split()
)
# Given names that are months or well-known places: alone they are that.
ELSEWHERE: Final = frozenset(
    "April May June August Autumn Summer Winter Austin Chelsea Chester Devon Eden Georgia India Iona Isla Israel Jordan Kent "
    "Lincoln London Marina Paris Phoenix Preston River Savannah Shirley Skye Stafford Stirling Sydney Troy Victoria Warwick "
    "Wellington Florence Barry Beverley Royal Trinity Justice Mercy Comfort Patience Prudence".split()
)
# In small letters after a name, these make a place of it: "Nelson Mandela house".
CERTAIN_THINGS: Final = frozenset(
    "park road street avenue hospital school centre library estate hall theatre ward building arms pub hospice academy "
    "college university surgery stadium bridge foundation trust museum statue memorial hotel playground gardens house".split()
)
