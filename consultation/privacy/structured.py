"""Personal data that has a form: e-mail, telephone, postcode, NHS and National Insurance numbers, plates, dates of
birth, bank cards and the like.

Each finder takes a text and yields spans (start, end); a number that only looks like one (an order number, a price,
a grid reference) is left alone because of its check digit, its grouping or the word before it. To add a kind, write
such a function and a line in `find.FINDERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]

_BEFORE: Final = 40  # characters in which the word that says what a number is may stand
_NOT_A_PERSONS: Final = re.compile(
    r"\b(?:order|ref|reference|refs|invoice|receipt|isbn|issn|issue|docket|parcel|tracking|serial|barcode|ean|"
    r"consignment|booking|ticket|licence|permit|application|planning|case|charity|company|registered|registration|vat|"
    r"account|a/c|policy|meter|mpan|mprn|model|part|item|product|catalogue|asset|job|batch|lot|sample|stop|"
    r"customer|membership|member|library card|card|file|folder|document|report|complaint|incident|log|crime|version|"
    r"grid|map|option|section|clause|paragraph|para|appendix|figure|table|form|grade|size|drawing|sheet|uprn|usrn|eastings?|northings?)\b"
    r"(?:\W{0,3}\b(?:no|nos|nr|number|num|numbers|id|code|ref|reference|card|is|was|it)\b){0,4}"
    r"\W{0,4}(?:[A-Z]{1,5}[-/ ]?)?$",
    re.I,
)

# ------------------------------------------------------------------------------------------- addresses on the web

_EMAIL: Final = re.compile(
    r"(?<![\w.+%-])[A-Z0-9](?:[\w.+%'&-]{0,62}[\w+&-])?\s?@\s?(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+[A-Z]{2,24}\b", re.I
)
_EMAIL_SPELT: Final = re.compile(
    r"(?<![\w.+%-])[a-z0-9][\w+-]{0,40}(?:\s?(?:\.|\(dot\)|\[dot\]|\sdot\s)\s?[\w+-]{1,40}){0,3}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?"
    r"(?:[a-z0-9-]+\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s|\.)\s?)+[a-z]{2,24}\b",
    re.I,
)
_SPELT: Final = re.compile(r"[(\[{]at[)\]}]|\bat\b.*\bdot\b|[(\[{]dot", re.I)
_HANDLE: Final = re.compile(r"(?<![\w.@/+%-])@[A-Za-z0-9_](?:[\w.]{1,28}\w)\b(?!@)")
_PROFILE: Final = re.compile(
    r"\b(?:https?://)?(?:[a-z]{2,3}\.)?(?:facebook|fb|twitter|x|instagram|linkedin|tiktok|youtube|threads|snapchat|nextdoor)"
    r"\.(?:com|net|co\.uk)/(?:in/|user/|u/|profile/|add/|@)?[\w.@%-]{2,}/?",
    re.I,
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also with a space about the "@", or with "(at)" and "(dot)" spelt out."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            ending = found[0].rpartition(".")[2]
            titled = ending.istitle() and found[0].rpartition("@")[2].istitle()
            if not (ending.islower() or ending.isupper() or titled):
                continue  # "5 @ door.The show": a full stop without a space after it
            local = re.split(r"\s?@", found[0])[0]
            if re.search(r"\s@|@\s", found[0]) and not (re.search(r"[._\d]", local) and re.search(r"[a-z]{2}", local, re.I)):
                continue  # "we meet @ cafe.com": a word, not the name of a mailbox
            yield found.span()
    for found in _EMAIL_SPELT.finditer(text) if _SPELT.search(text) else ():
        if re.search(r"[(\[{]at|\sdot\s|[(\[{]dot", found[0], re.I):
            yield found.span()


def handles(text: str) -> Iterator[Span]:
    """Names on social networks: "@someone" and links to a profile."""
    if "@" in text:
        yield from (found.span() for found in _HANDLE.finditer(text))
    if "/" in text:
        yield from (found.span() for found in _PROFILE.finditer(text))


# ------------------------------------------------------------------------------------------------------- telephone

_DIGITS: Final = re.compile(r"(?<![\w£$€#.,/-])(?:\+|\(\+?)?\d[\d\s().\u00a0\u2010-\u2015/-]{4,22}\d(?:\s?(?:x|ext\.?|extension)\s?\d{1,5}\b)?(?![\w/%]|[.,:]\d|-\d)")
_UK_GROUPS: Final = {  # how the digits of a UK number are grouped when it is written with gaps, after its leading 0
    (2, 4, 4), (2, 8), (2, 3, 5), (2, 7), (3, 3, 4), (3, 7), (3, 4, 3), (4, 6), (4, 3, 3), (4, 2, 4), (4, 2, 2, 2), (4, 5),
    (5, 5), (5, 4), (5, 3, 2), (5, 2, 3), (4, 4, 2), (3, 3, 2, 2), (3, 2, 2, 3), (3, 2, 3, 2), (4, 3, 2), (4, 2, 3), (4, 1, 5),
    (2, 2, 2, 2, 2), (3, 3, 3, 1), (3, 6), (4, 1, 2, 3), (2, 2, 3, 3), (2, 2, 4, 2), (3, 4, 2), (3, 1, 3, 3), (4, 5, 1),
    (1, 3, 3, 3), (2, 3, 3, 2), (2, 4, 2, 2), (3, 5, 2), (2, 2, 2, 4), (2, 4, 3),
}  # fmt: skip
_PHONE_CUE: Final = re.compile(  # after these, any grouping of a United Kingdom number is one
    r"\b(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|call|ring|dial|text|reach|contact|number|messages?|answering)\b\.?"
    r"(?:\s(?:me|us|him|her|them|no|number|numbers|is|on|at|to|about this))*\s?\W{0,4}$",
    re.I,
)
_PHONE_SAID: Final = re.compile(  # and after these, a number of any country is
    r"\b(?:(?:phone|telephone|tel|mobile|mob|cell|landline|whatsapp|fax|desk|contact (?:no|number))\b\.?(?:\s(?:no|number|is|on|at))*|"
    r"(?:call|ring|text|reach|contact|messages?|answering)\b(?:\s(?:me|us|him|her|them))?\s(?:on|at|to))\s?\W{0,4}$",
    re.I,
)
_PHONE_AFTER: Final = re.compile(r"\s?[-–(]?\s?(?:office|mobile|fax|home|work|desk|cell|landline|daytime|evenings?|direct)\b", re.I)
_LOCAL_CUE: Final = re.compile(r"\b(?:phone|telephone|tel|mobile|mob|ring me on|call me on)\b\.?\W{0,3}(?:no|number)?\W{0,3}(?:is\s)?$", re.I)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers: of the United Kingdom by their numbering plan, of other countries with their `+` or with a
    word that says so. What Ofcom keeps for drama counts, since a reader cannot tell it from a real one."""
    for found in _DIGITS.finditer(text):
        start, end = _unbracketed(text, *found.span())
        told = text[start:end]
        digits = re.sub(r"\D", "", re.split(r"\s?[xe]", told)[0])
        if not 6 <= len(digits) <= 15 or _date_like(told):
            continue
        before = text[max(0, start - _BEFORE) : start]
        said = bool(_PHONE_SAID.search(before) or _PHONE_AFTER.match(text, end))
        if _NOT_A_PERSONS.search(before):
            continue
        if len(digits) == 6 and not _LOCAL_CUE.search(before):
            continue
        if _uk_phone(told, digits, said or bool(_PHONE_CUE.search(before))) or _foreign_phone(told, digits, said):
            yield start, end


def _unbracketed(text: str, start: int, end: int) -> Span:
    """Without a bracket that was opened before the number, and without one that has no partner."""
    told = text[start:end]
    if told.startswith("(") and ")" not in told:
        start += 1
    if told.count(")") > told.count("(") and told.endswith(")"):
        end -= 1
    return start, end


def _uk_phone(told: str, digits: str, cued: bool) -> bool:
    international = re.match(r"\(?(?:\+|00)\s?\(?44\)?", told)
    if international:
        rest = digits[4:] if digits.startswith("0044") else digits[2:]
        local = rest[1:] if rest.startswith("0") else rest
    elif digits.startswith("0") and not digits.startswith("00"):
        local = digits[1:]
    else:
        return False
    if not (local[:1] in "12378" and len(local) == 10 or local[:1] == "1" and len(local) == 9 or local[:1] == "9" and len(local) == 10):
        return False
    if local[:1] == "2" and local[:2] not in ("20", "23", "24", "28", "29"):
        return False
    if local[:1] == "1" and local[1:2] == "0" or local[:1] == "3" and local[1:2] not in "03479":
        return False
    if local[:1] == "8" and local[1:2] not in "04578" or local[:1] == "7" and local[1:2] not in "01345789":
        return False
    if international or cued:
        return True
    groups = [len(part) for part in re.findall(r"\d+", told)]
    groups[0] -= 1
    return len(groups) == 1 or tuple(groups) in _UK_GROUPS


def _foreign_phone(told: str, digits: str, said: bool) -> bool:
    plus = told.lstrip("(").startswith("+")
    if not plus:
        return said
    import phonenumbers

    try:
        number = phonenumbers.parse(told, None)
    except phonenumbers.NumberParseException:
        return said
    return said or bool(phonenumbers.is_possible_number(number))


def _date_like(told: str) -> bool:
    return bool(
        re.fullmatch(r"\d{1,2}([/.\-\s])\d{1,2}\1\d{2,4}", told)
        or re.fullmatch(r"(?:19|20)\d\d([/.\-])\d{1,2}\1\d{1,2}.*", told)
        or re.fullmatch(r"(?:1[89]|20)\d\d\s?[/\-–—]\s?(?:1[89]|20)\d\d", told)
    )


# -------------------------------------------------------------------------------------------------------- postcode

_AREAS: Final = frozenset(  # the postcode areas of the United Kingdom and the Crown dependencies
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK "
    "FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    "WD WF WN WR WS WV YO ZE".split()
)
_POSTCODE: Final = re.compile(
    r"(?<![\w/£$.#-])([A-Z]{1,2})[0-9O][0-9A-HJKMNP-Y]?[ \u00a0]{0,2}[0-9][ABD-HJLNP-UW-Z]{2}(?![\w/-]|[.,]\d)",
    re.I,
)
_ORDINAL: Final = re.compile(r"1st|2nd|3rd|\dth", re.I)


def postcodes(text: str) -> Iterator[Span]:
    """Whole postcodes of areas that exist, in any case; "A2 5th" and a half of one are none."""
    for found in _POSTCODE.finditer(text):
        inward = found[0][-3:]
        if found[1].upper() not in _AREAS:
            continue
        if _ORDINAL.fullmatch(inward) and not inward.isupper():
            continue
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if not _NOT_A_PERSONS.search(before):
            yield found.span()


# ------------------------------------------------------------------------------------------ numbers of the state

_NHS: Final = re.compile(r"(?<![\w£$€.,/#-])\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{2}[ \u00a0.-]?\d{2}(?!\w|[.,/-]\d)|(?<![\w£$€.,/#-])\d{5} \d{5}(?!\w|[.,/-]\d)")
_NHS_CUE: Final = re.compile(
    r"\bNHS\b|\b(?:patient|hospital|medical|health|clinic|surgery|GP|doctor|prescription|CHI|H&C|appointment|vaccination)(?:[’']s)?\b", re.I
)
# The numbers that are given out: England and Wales, Northern Ireland, Scotland (a date of birth first), and tests.
_NHS_ISSUED: Final = re.compile(r"[467]|3[2-9]|999|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d")
_NI: Final = re.compile(
    r"(?<![\w/-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ \u00a0.-]?\d{2}([ \u00a0.-]?)\d{2}\1\d{2}"
    r"[ \u00a0.-]?[A-D](?![\w/])",
    re.I,
)


def nhs_numbers(text: str) -> Iterator[Span]:
    """Ten digits whose last is right by the NHS's modulus 11, in a range that is given out or near a word that says so.

    One number in eleven passes the check by chance, so one that is said to be something else is left alone.
    """
    for found in _NHS.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if not _nhs_check(digits):
            continue
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        other = _NOT_A_PERSONS.search(before)
        if other and not _NHS_CUE.search(before, other.start()) and not _NHS_CUE.search(before[max(0, other.start() - 12) :]):
            continue
        cued = _NHS_CUE.search(text[max(0, found.start() - 90) : found.end() + 50])
        if cued or (_NHS_ISSUED.match(digits) and not digits.startswith("07")):
            yield found.span()


def _nhs_check(digits: str) -> bool:
    """The last digit makes the weighted sum (10 to 2, then 1) a multiple of 11.

    >>> _nhs_check("9434765919"), _nhs_check("9434765918")
    (True, False)
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9]) and len(set(digits)) > 1


def ni_numbers(text: str) -> Iterator[Span]:
    """National Insurance numbers: two letters of those given out, six digits, a letter A to D."""
    for found in _NI.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if not _NOT_A_PERSONS.search(before):
            yield found.span()


_CARD: Final = re.compile(r"(?<![\w.,-])(?:\d[ -]?){12,18}\d(?!\w|[.,-]\d)")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_SORT_CODE: Final = re.compile(
    r"\bsort code\W{0,3}(?:is |no\W{0,2}|number )?\W{0,2}(\d{2}[- ]?\d{2}[- ]?\d{2})\b"
    r"(?:[^\d\n]{1,40}(\d{8})\b)?",
    re.I,
)


def bank_numbers(text: str) -> Iterator[Span]:
    """Card numbers and IBANs whose check digits are right, sort codes that are said to be one, with their account."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if digits[0] in "23456" and _luhn(digits):
            yield found.span()
    for found in _IBAN.finditer(text):
        if _iban_check(found[0].replace(" ", "")):
            yield found.span()
    if "ort code" in text or "ort Code" in text:
        for found in _SORT_CODE.finditer(text):
            yield from (found.span(group) for group in (1, 2) if found[group])


def _luhn(digits: str) -> bool:
    """The check of payment cards (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(part // 10 + part % 10 for part in doubled) % 10 == 0 and len(set(digits)) > 1


def _iban_check(code: str) -> bool:
    """The check of bank accounts (ISO 13616, modulus 97)."""
    return 15 <= len(code) <= 34 and int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


# --------------------------------------------------------------------------------------------------------- vehicles

_PLATE: Final = re.compile(r"(?<![\w/-])([A-HJ-PR-Y]{2}(?!0[01]|50)\d{2})[ \u00a0-]{0,2}([A-HJ-PR-Z]{3})(?![\w/-])", re.I)
_OLD_PLATE: Final = re.compile(
    r"(?<![\w/-])(?:[A-HJ-NPR-TV-Y]\d{1,3}[ \u00a0]?[A-HJ-PR-Y][A-Z]{2}|[A-Z]{3}[ \u00a0]?\d{1,3}[ \u00a0]?[A-HJ-NPR-TV-Y]|"
    r"[A-Z]{1,2}IZ[ \u00a0]?\d{1,4}|[A-Z]{1,2}Z[ \u00a0]?\d{3,4})(?![\w/-])",
    re.I,
)
_PLATE_CUE: Final = re.compile(
    r"\b(?:reg|regs|registration|registered|plates?|number ?plates?|cars?|vans?|vehicles?|lorry|lorries|hgv|taxi|"
    r"motorbikes?|motorcycles?|motor|moped|scooter|minibus|coach|tractor|trailer|caravan|campervan|pick-?up|4x4|suv|hatchback|saloon|driver|driving|drives?|drove|"
    r"dashcam|parks?|parked|parking|speeding|overtook|ford|vauxhall|volkswagen|vw|audi|bmw|toyota|nissan|honda|kia|hyundai|skoda|seat|peugeot|renault|citroen|"
    r"citroën|mercedes|fiat|volvo|mazda|suzuki|tesla|land rover|range rover|jaguar|mini|fiesta|focus|golf|polo|astra|corsa|transit|sprinter|clio|micra|qashqai|"
    r"skip|tipper|blue|red|white|black|silver|grey|green|yellow)\b",
    re.I,
)
_DATELESS: Final = re.compile(r"(?<![\w/-])(?!(?:is|no|was|of|as|at|in|on|to|the|and|for)\b)(?:[A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3})(?![\w/-])", re.I)
_SAID_PLATE: Final = re.compile(
    r"\b(?:reg|regs|registration|registered|number ?plate|plate)(?:\.|\s(?:no|number|mark|plate))*\b\W{0,3}(?:(?:is|was|of|as|reads?)\s)?[“\"'‘]?$", re.I
)
_SHORT_WORDS: Final = frozenset(
    "AND THE FOR ARE BUT NOT YOU ALL CAN HAD HER WAS ONE OUR OUT DAY GET HAS HIM HOW MAN NEW NOW OLD SEE TWO WAY WHO BOY "
    "DID ITS LET PUT SAY SHE TOO USE MPH KPH BUS CAR VAN MPS HRS YRS MIN MAX SET TAX TEN TON PER PLC LTD VAT CUP END BAY BIG RED TOP LOW HGV SAT SUN MON TUE WED THU FRI".split()
)


def vehicle_plates(text: str) -> Iterator[Span]:
    """Number plates: the form of 2001 in capitals, any older form or small letters where the sentence is about a vehicle."""
    for found in _PLATE.finditer(text):
        word = found[2].upper() in _SHORT_WORDS
        if (found[0].isupper() and not word and not _said_otherwise(text, found.start())) or _about_a_vehicle(text, *found.span()):
            yield found.span()
    for found in _OLD_PLATE.finditer(text):
        word = _SHORT_WORDS.isdisjoint(re.findall(r"[A-Z]{3}", found[0]))
        if _said_plate(text, found.start()) or (found[0].isupper() and word and _about_a_vehicle(text, *found.span())):
            yield found.span()
    if _PLATE_WORD.search(text):
        for found in _DATELESS.finditer(text):
            if _said_plate(text, found.start()) and re.search(r"\d", found[0]):
                yield found.span()


_PLATE_WORD: Final = re.compile(r"\breg|plate", re.I)


def _said_plate(text: str, start: int) -> bool:
    return bool(_SAID_PLATE.search(text[max(0, start - 40) : start]))


def _about_a_vehicle(text: str, start: int, end: int) -> bool:
    near = text[max(0, start - 60) : start] + " " + text[end : end + 40]
    return bool(_PLATE_CUE.search(near)) and not _said_otherwise(text, start)


def _said_otherwise(text: str, start: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    found = _NOT_A_PERSONS.search(before)
    return bool(found) and not re.search(r"\bregistration|registered|\breg\b", before[found.start() :] if found else "", re.I)


# --------------------------------------------------------------------------------------------------- dates of birth

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
DATE: Final = re.compile(
    rf"(?<![\w/.-])(?:{_DAY}\s?[/.\-\s]\s?(?:0?[1-9]|1[0-2])\s?[/.\-\s]\s?(?:(?:19|20)\d\d|\d\d)|"
    rf"(?:0?[1-9]|1[0-2])/{_DAY}/(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[/.\-](?:0?[1-9]|1[0-2])[/.\-]{_DAY}|"
    rf"{_DAY}(?:st|nd|rd|th)?\s?[-\s](?:of\s)?{_MONTH}\.?,?\s?[-\s]?['’]?(?:(?:19|20)\d\d|\d\d)|"
    rf"{_MONTH}\.?\s{_DAY}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d)(?![\w/]|[.-]\d)",
    re.I,
)
_BORN: Final = re.compile(r"born|birth|d\.?\s?o\.?\s?b", re.I)
_BIRTH_CUE: Final = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth ?dates?|\bbirthdays?|\bborn)(?P<between>[^!?\n]{0,45})$", re.I
)
_BIRTH_AFTER: Final = re.compile(r"^\W{0,3}(?:is|was|being|\()?\W{0,2}(?:my|his|her|their|the)?\s?(?:\(?d\.?o\.?b\b|date of birth|birth ?date|birthday)", re.I)
_SOMEBODY: Final = re.compile(
    r"\b(?:I|I'm|me|my|he|she|him|her|his|hers|we|our|who|whose|husband|wife|partner|mum|mother|dad|father|son|daughter|"
    r"brother|sister|child|children|baby|boy|girl|twins?|gran|grandma|grandad|grandfather|grandmother|grandson|"
    r"granddaughter|niece|nephew|aunt|uncle|friend|neighbour|carer|patient|resident|pupil|tenant|applicant|man|woman|lady|"
    r"mr|mrs|ms|miss|dr|cllr)\b",
    re.I,
)
_THING: Final = re.compile(
    r"\b(?:it|idea|scheme|project|plan|policy|service|charity|club|centre|center|nhs|group|campaign|festival|library|school|council|country|nation|"
    r"movement|company|business|society|programme|park|town|village|tradition|strategy|consultation|trust|association|league|team|union|church|band|"
    r"website|app|network|partnership|initiative|foundation|concept|proposal|state|hub|fund)\b",
    re.I,
)


def dates_of_birth(text: str) -> Iterator[Span]:
    """A whole date (day, month, year) where the words say that somebody was born on it."""
    if not _BORN.search(text):
        return
    for found in DATE.finditer(text):
        before = text[max(0, found.start() - 110) : found.start()]
        after = text[found.end() : found.end() + 60]
        cue = _BIRTH_CUE.search(before)
        if cue and not DATE.search(cue["between"]):
            if not cue[0].lower().startswith(("born", "birthday")) or _of_somebody(before[: cue.start()]):
                yield found.span()
        elif _BIRTH_AFTER.match(after):
            yield found.span()
        else:
            born = _BORN_AFTER.match(after)
            if born and not DATE.search(born[0]) and _of_somebody(born[1]):
                yield found.span()
    for found in _RUN_TOGETHER.finditer(text):
        yield found.span(1)


_BORN_AFTER: Final = re.compile(r"([^.!?\n]{0,45})\bborn\b", re.I)
_RUN_TOGETHER: Final = re.compile(r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth)\W{0,4}(?:is\s)?((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)\b", re.I)


def _of_somebody(before: str) -> bool:
    """Whether it is a person who was born: a bare "Born 3/4/1950" is, "the scheme was born on" is not."""
    sentence = re.split(r"[.!?\n]\s", before)[-1]
    if not sentence.strip(" ,;:-("):
        return True
    people = [found.end() for found in _SOMEBODY.finditer(sentence)] + [found.end() for found in _CAPITALISED.finditer(sentence.lstrip())]
    things = [found.end() for found in _THING.finditer(sentence)]
    return bool(people) and max(people) > max(things, default=-1)


_CAPITALISED: Final = re.compile(r"\b(?!The|This|That|It|Our|A|An|When|While|If|In|On|Since|NHS)[A-Z][a-zà-ž]+\b")
