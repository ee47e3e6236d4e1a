"""Personal data is found where it is, and what only looks like it is left alone."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation import privacy
from consultation.errors import ConsultationError
from consultation.privacy.find import spans


def found(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Order 07700900417 never came, nor did parcel 943 476 5919.",
        "The book is ISBN 0-306-40615-2 and costs £1,632.96.",
        "Grid reference TQ 761 556, map sheet 178, plan 22/01234/OUT.",
        "Open 09:00-17:00 from 01/04/2024; version 2.0.1.",
        "In 2015/2016 it cost 1500000 and in 2016/2017 it cost 1600000.",
        "Take the 12 to High Street, then walk down Mill Lane past the A229.",
        "All 24 Park Road residents signed, and 30 Park Lane trees were felled.",
        "The youth club was born on 4 June 1988 and the hall opened on 12/03/1956.",
        "People with dementia need quiet rooms; wheelchair users cannot get in.",
        "I work with autistic children and support cancer research.",
        "I am not disabled, and if I had a disability I would be angrier.",
        "The council is blind to cycling and deaf to our requests.",
        "Victoria Park, Charlotte Street and the Mary Seacole ward need benches.",
        "We shop at John Lewis and drink at the Robert Owen.",
        "Hope is all we have. Will the council listen? May we ask? Mark my words.",
        "Dear Sir or Madam, Dear Planning Team, Kind regards, The Residents' Association",
        "Key Stage 2 classes of 30; A4 paper; M20 junction 7; Option B2 4AB",
        "look at the dot on the map",
        "A. Reduce the fares. B. Run more buses. Unfortunately, my husband could not come.",
        "I had a TIA clinic leaflet; travel to Bishop Auckland is hard.",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Write to r.okafor@example.org please", "email", "r.okafor@example.org"),
        ("Mail me: r dot okafor at example dot org", "email", "r dot okafor at example dot org"),
        ("I post as @okafor_writes", "handle", "@okafor_writes"),
        ("See facebook.com/r.okafor.71", "handle", "facebook.com/r.okafor.71"),
        ("Ring 01632 960 417 after six", "phone", "01632 960 417"),
        ("(020) 7946 0417 is best", "phone", "(020) 7946 0417"),
        ("+44 (0)7700 900417", "phone", "+44 (0)7700 900417"),
        ("From abroad: +33 1 23 45 67 89", "phone", "+33 1 23 45 67 89"),
        ("We are in ZE1 0AA now", "postcode", "ZE1 0AA"),
        ("we are in ze10aa", "postcode", "ze10aa"),
        ("My NHS number is 943 476 5919.", "nhs_number", "943 476 5919"),
        ("NHS No: 943-476-5919", "nhs_number", "943-476-5919"),
        ("NI: AB 12 34 56 C", "ni_number", "AB 12 34 56 C"),
        ("The van XK52 LMN parks here", "vehicle_plate", "XK52 LMN"),
        ("reg no. k123 abc", "vehicle_plate", "k123 abc"),
        ("I was born on the 5th of October, 1949", "date_of_birth", "5th of October, 1949"),
        ("DOB 05/10/49", "date_of_birth", "05/10/49"),
        ("On 12 March 1956 my sister was born", "date_of_birth", "12 March 1956"),
        ("I live at 14a Orchard Close, Little Stoke.", "street_address", "14a Orchard Close, Little Stoke"),
        ("Flat 3, 22 Queens Road", "street_address", "Flat 3, 22 Queens Road"),
        ("Mill Cottage, Church Lane, Upper Dean", "street_address", "Mill Cottage, Church Lane, Upper Dean"),
        ("The headteacher, Mrs Oyelaran-Pike, agreed", "name", "Mrs Oyelaran-Pike"),
        ("Mr and Mrs Patel came", "name", "Mr and Mrs Patel"),
        ("Cllr Hill said no", "name", "Cllr Hill"),
        ("my name is priya raman", "name", "priya raman"),
        ("Thanks to Siobhan on the desk", "name", "Siobhan"),
        ("My neighbour Oluwadare agrees", "name", "Oluwadare"),
        ("Xanthippe Brill, my carer, left", "name", "Xanthippe Brill"),
        ("Dear Councillor Hughes,", "name", "Councillor Hughes"),
        ("Please act.\nKind regards,\nT. Abara", "name", "T. Abara"),
        ("Signed: A. Nwosu", "name", "A. Nwosu"),
        ("I have type 2 diabetes", "health", "type 2 diabetes"),
        ("My late father's Parkinson's got worse", "health", "Parkinson's"),
        ("Mr Holt next door is registered blind", "health", "registered blind"),
        ("As a wheelchair user, I cannot get in", "health", "wheelchair user"),
        ("sort code 20-11-43", "bank", "20-11-43"),
    ],
)
def test_personal_data_is_found_with_its_exact_words(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found(text)


def test_a_wrong_check_digit_is_no_nhs_number() -> None:
    assert found("My NHS number is 943 476 5918.") == []


def test_a_respondent_s_own_name_is_found_in_their_own_words_only() -> None:
    comments = pd.DataFrame(
        {
            "comment_id": ["c-1", "c-2"],
            "response_id": ["r-1", "r-2"],
            "text": ["Everyone knows Quillfeather and his allotment.", "Quillfeather is a lovely word."],
        }
    )
    identity = pd.DataFrame({"respondent_id": ["p-1"], "kind": ["Last name"], "value": ["Quillfeather"]})
    responses = pd.DataFrame({"response_id": ["r-1", "r-2"], "respondent_id": ["p-1", "p-2"]})
    told = privacy.find_personal_data(comments, names=privacy.known_identity(identity, responses))
    assert told[["comment_id", "start", "end", "kind", "status"]].values.tolist() == [["c-1", 15, 27, "name", "open"]]


def test_a_language_model_that_is_not_installed_is_met_with_what_to_do() -> None:
    comments = pd.DataFrame({"comment_id": ["c-1"], "response_id": ["r-1"], "text": ["Hello"]})
    with pytest.raises(ConsultationError, match="“xx_absent” is not installed"):
        privacy.find_personal_data(comments, language_model="xx_absent")


def test_each_kind_has_a_name_for_its_mark() -> None:
    assert set(privacy.FINDERS) <= set(privacy.KINDS)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aAbZ 0123456789.,@()-/'’\nMr£é漢\u202e"), max_size=80) | st.text(max_size=60))
def test_spans_lie_within_the_text_in_order_and_apart(text: str) -> None:
    told = spans(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in told)
    assert all(one[1] <= other[0] for one, other in pairwise(told))


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(0, 999_999),
    carrier=st.sampled_from(["Ring me on {} today.", "{}", "my mobile ({}) is off", "T: {}\n", "call {}, please"]),
    form=st.sampled_from(
        ["07700 9{:05d}", "077009{:05d}", "+44 7700 9{:05d}", "+44 (0)7700 9{:05d}", "0044 7700 9{:05d}"]
    ),
)
def test_a_mobile_number_is_found_however_it_is_written(number: int, carrier: str, form: str) -> None:
    written = form.format(number % 100_000)
    assert ("phone", written) in found(carrier.format(written))


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "Mr " * 30_000, "0 " * 50_000, "a@" * 40_000, "I have a " * 10_000, "\n" * 50_000]
)
def test_hostile_text_is_read_in_a_moment(text: str) -> None:
    spans(text)


def test_every_word_of_a_condition_can_be_reached() -> None:
    """A comment is looked at closely only if it holds one of the heads: each plain pattern has one."""
    from consultation.privacy.words import listed, sections

    heads = listed("health.txt", "heads")
    plain = [
        line
        for name in ("state", "treatment", "aid", "illness")
        for line in sections("health.txt")[name]
        if line.replace(" ", "").isalpha()
    ]
    assert len(plain) > 60
    assert [line for line in plain if heads.isdisjoint(line.lower().split())] == []


MARK = re.compile(r"\{(\w+)\|([^}]*)\}")
FORMS = (Path(__file__).parent / "data" / "personal_data_forms.txt").read_text(encoding="utf-8").splitlines()


def test_every_way_of_writing_is_found_and_every_trap_left_alone() -> None:
    """Each marked stretch of the forms is found as its kind, and nothing else is."""
    kinds = {
        "email",
        "phone",
        "postcode",
        "nhs_number",
        "ni_number",
        "date_of_birth",
        "vehicle_plate",
        "street_address",
    }
    lines = [line.replace("\\n", "\n") for line in FORMS if line and not line.startswith("# ")]
    assert len(lines) > 700
    wrong = []
    for line in lines:
        marked = [(kind, words) for kind, words in MARK.findall(line) if kind in kinds | {"name", "health"}]
        told = [
            (kind, words)
            for kind, words in found(MARK.sub(lambda mark: mark[2], line))
            if kind in kinds | {"name", "health"}
        ]
        near = len(told) == len(marked) and all(
            one == other and (a in b or b in a) for (one, a), (other, b) in zip(told, marked, strict=True)
        )
        wrong += [] if near else [line]
    assert wrong == []


def test_personal_data_is_found_in_the_labelled_sentences() -> None:
    """Of the labelled sentences nothing of known form is lost, and at most one name or address in twenty."""
    from ruamel.yaml import YAML

    structured = {"email", "phone", "postcode", "nhs_number", "ni_number", "date_of_birth", "vehicle_plate"}
    held = YAML(typ="safe").load(Path(__file__).parent / "data" / "personal_data.yaml")
    for kinds, least in ((structured, 0.98), ({"name", "street_address"}, 0.95)):
        labelled = hit = told = right = 0
        for item in held["sentences"]:
            labels = {(s["start"], s["end"], s["kind"]) for s in item.get("spans", ()) if s["kind"] in kinds}
            marked = [span for span in spans(item["text"]) if span[2] in kinds]
            labelled, told = labelled + len(labels), told + len(marked)
            hit += sum(any(k == kind and a < end and b > start for a, b, k in marked) for start, end, kind in labels)
            right += sum(any(k == kind and a < end and b > start for start, end, k in labels) for a, b, kind in marked)
        assert hit / labelled >= least
        assert right / told >= 0.98


@pytest.mark.parametrize(
    ("text", "taken", "left"),
    [
        ("We met Oyelaran's team", "Oyelaran's", "Oyelaran"),
        ("Grace costs nothing.", "Grace", None),
        ("at Wexcombe Library today", "Wexcombe Library", None),
        ("on Twitter2 now", "Twitter2", None),
        ("the Tarn is deep", "Tarn", None),
        ("Then Dr Ixwell said", "Dr Ixwell", "Dr Ixwell"),
    ],
)
def test_what_a_language_model_takes_for_a_person_is_looked_at_first(text: str, taken: str, left: str | None) -> None:
    start = text.index(taken)
    told = [text[a:b] for a, b, kind in spans(text, people=[(start, start + len(taken))]) if kind == "name"]
    assert told == ([left] if left else [])
