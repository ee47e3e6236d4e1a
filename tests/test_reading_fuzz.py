"""Broken files: whatever is in them, a plain message or a reading whose accounts balance, and no cell lost."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import reading
from consultation.errors import ConsultationError
from consultation.reading.grids.grid import rebuild
from consultation.settings import Settings
from tests.exports_fixtures import HEADS, ROWS, data, text, workbook

EXPORTS = Path(__file__).parent / "data" / "exports"
TRIES = 40  # 10,000 were run once; see benchmarks/fuzz_reading.py
BITS = [
    b'"',
    b",",
    b"\r",
    b"\n",
    b"\x00",
    b"\xff\xfe",
    b";",
    b"\t",
    b"\\",
    b"=",
    b"<",
    b"&",
    b"\xe2\x80\x99",
    b"\xc2",
    b"#NAME?",
    b"ImportId",
    b"None",
    b"\xef\xbb\xbf",
    b"\x80",
    b"PK\x03\x04",
]


def survive(content: bytes, name: str) -> reading.Reading | None:
    """Read, and hold the reading to its promises; a plain refusal is as good."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            made = reading.read(path, Settings())
        except ConsultationError as error:
            refused = error
        else:
            refused = None
    if refused is not None:
        assert refused.do, "a message says what to do"
        return None
    reading.accounts(made.tables)
    cells = made.tables["cells"]
    assert not cells.duplicated(["sheet", "row", "column"]).any()
    return made


def mutate(content: bytes, rng: random.Random) -> bytes:
    """Bytes taken out, put in, doubled, cut off."""
    out = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(5)
        if kind == 0:
            out[at : at + rng.randint(1, 40)] = b""
        elif kind == 1:
            out[at:at] = rng.choice(BITS) * rng.randint(1, 3)
        elif kind == 2 and at < len(out):
            out[at] = rng.randrange(256)
        elif kind == 3:
            end = min(len(out), at + rng.randint(1, 200))
            out[at:at] = out[at:end]
        elif rng.random() < 0.2:
            del out[at:]
    return bytes(out)


@cache
def corpus() -> list[tuple[str, bytes]]:
    """Names and contents of sound files; the last is a workbook of two sheets of responses."""
    files = [(path.name, path.read_bytes()) for path in sorted(EXPORTS.iterdir())]
    files.append(("plain.csv", text([HEADS, *ROWS]).encode()))
    with tempfile.TemporaryDirectory() as folder:
        sheets = {
            "S": data([HEADS, *ROWS]),
            "Paper": data([HEADS, *(["P" + row[0], *row[1:3], row[3] + ", I say"] for row in ROWS)]),
        }
        files.append(("plain.xlsx", workbook(Path(folder), sheets).read_bytes()))
    return files


@pytest.mark.parametrize("seed", range(TRIES))
def test_a_damaged_export_is_read_or_refused_in_words(seed: int) -> None:
    rng = random.Random(seed)
    name, content = rng.choice(corpus())
    survive(mutate(content, rng), name)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.xls", "x.sav", "x.tsv", "x.json"]))
def test_any_bytes_under_any_name(content: bytes, name: str) -> None:
    survive(content, name)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=5), max_size=10))
def test_every_cell_of_any_well_formed_file_is_in_the_raw_layer(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADS, *ROWS, *rows])
    made = survive(out.getvalue().encode(), "survey.csv")
    assert made is not None
    assert rebuild(made.tables["cells"]) == [HEADS, *ROWS, *rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.sampled_from('ab,"\n\r;\\ 1'), max_size=60))
def test_no_sign_is_lost_however_quotes_and_breaks_fall(tail: str) -> None:
    """Letters are counted, in and out: quotation marks and separators may be the file's own."""
    content = text([HEADS, *ROWS]) + tail
    made = survive(content.encode(), "survey.csv")
    assert made is not None
    kept = "".join(value for value in made.tables["cells"]["value"])
    for sign in "ab1":
        assert kept.count(sign) == content.count(sign)
