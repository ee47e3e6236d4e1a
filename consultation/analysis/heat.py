"""Which words of the draft people spoke about: counts for each word, and a heat map drawn on the text."""

from __future__ import annotations

from itertools import groupby
from typing import Final

import numpy as np
import pandas as pd

from consultation.analysis.shown import DARK, Shown, block, paragraph, safe, table
from consultation.errors import ConsultationError
from consultation.model import PHRASE_KINDS
from consultation.tables import Tables
from consultation.text import WORD, did_you_mean, straight

ASKING: Final = tuple(kind for kind in PHRASE_KINDS if kind != "keep")
_COLD: Final = (255, 255, 255)
_HOT: Final = (247, 178, 103)


def salience(tables: Tables, *, version: str | None = None) -> pd.DataFrame:
    """One row for each word of each wording, in the document's order: how many spoke about that very word.

    Columns: element, name, start, end (characters of the wording), word, comments (that object to it, replace it,
    remove it, add to it or ask about it, each once), responses (the same by response; workshop lines have none), and
    the comments by kind: object, replace, remove, add, keep, question. A finding counts on the words of the draft that
    it names; `unplaced` (the same in every row of an element) counts comments whose words are not in the wording.
    `version` is the draft, unless given. Rejected findings do not count.
    """
    held = wordings(tables, version)
    comments = tables["comments"]
    included = comments[comments["status"] == "included"]
    said_in = dict(zip(included["comment_id"], included["response_id"], strict=True))
    phrases = tables["phrases"]
    phrases = phrases[(phrases["status"] != "rejected") & phrases["comment_id"].isin(included["comment_id"])]
    by_element = dict(list(phrases.groupby("element", sort=True)))
    rows: list[tuple[object, ...]] = []
    for code, name, wording in zip(held["code"], held["name"], held["wording"], strict=True):
        rows += _words(str(code), name, str(wording), by_element.get(code), said_in)
    columns = ["element", "name", "start", "end", "word", "comments", "responses", *PHRASE_KINDS, "unplaced"]
    made = pd.DataFrame(rows, columns=columns)
    counts = ("start", "end", "comments", "responses", *PHRASE_KINDS, "unplaced")
    return made.astype({**dict.fromkeys(counts, "int64"), "element": "str", "name": "str", "word": "str"})


def heat(tables: Tables, code: str | None = None, *, version: str | None = None) -> Shown:
    """The draft with the words that people spoke about on a darker ground, and after each run of words the number of
    comments that did; for one element, or all that somebody spoke about."""
    found = salience(tables, version=version)
    if code is not None and code not in set(found["element"]):
        raise ConsultationError(f"There is no wording of “{code}”.", do=did_you_mean(code, found["element"].unique()))
    spoken = found.groupby("element")["comments"].transform("max") > 0
    found = found[found["element"] == code] if code is not None else found[spoken]
    held = wordings(tables, version)
    texts = dict(zip(held["code"], held["wording"], strict=True))
    most = int(found["comments"].max()) if len(found) else 0
    rows, lines = [], []
    for element, words in found.groupby("element", sort=False):
        runs = _runs(str(texts[element]), words)
        rows.append([safe(element), "".join(_run(text, n, most) for text, n in runs)])
        lines.append(f"{element}: " + "".join(f"[{text} {n}]" if n else text for text, n in runs).strip())
    note = f"The number after words is how many comments spoke about them; the most is {most}. Darker is more."
    if not rows:
        note = "Nobody spoke about any words of the draft, as far as was found."
    drawn = table(["element", "wording"], rows) if rows else ""
    return Shown(
        html=block("The words that people spoke about", drawn, paragraph(note)), text="\n".join([*lines, note])
    )


def wordings(tables: Tables, version: str | None = None) -> pd.DataFrame:
    """The elements of one version whose wording is held, in the document's order; of the draft, unless named."""
    elements = tables["elements"]
    versions = list(dict.fromkeys(elements["version"]))
    chosen = version or next((name for name in ("draft", *versions) if name in versions), "draft")
    if version and version not in versions:
        raise ConsultationError(f"There is no version “{version}”.", do=did_you_mean(version, versions))
    held = elements[(elements["version"] == chosen) & elements["wording"].notna()]
    return held.sort_values(["order", "code"], kind="stable", ignore_index=True)


def _words(
    code: str, name: str | None, wording: str, findings: pd.DataFrame | None, said_in: dict[str, str]
) -> list[tuple[object, ...]]:
    spans = [hit.span() for hit in WORD.finditer(wording)]
    over: list[dict[str, set[str]]] = [{kind: set() for kind in PHRASE_KINDS} for _ in spans]
    lost: set[str] = set()
    plain = straight(wording).casefold()
    rows = [] if findings is None else zip(
        findings["comment_id"], findings["phrase"], findings["kind"], strict=True)  # fmt: skip
    for comment, phrase, kind in rows:
        at = _place(plain, phrase)
        if at is None:
            lost.add(comment)
            continue
        for place, (start, end) in enumerate(spans):
            if start < at[1] and end > at[0] and kind in over[place]:
                over[place][kind].add(comment)
    told: list[tuple[object, ...]] = []
    for (start, end), kinds in zip(spans, over, strict=True):
        asking = set().union(*(kinds[kind] for kind in ASKING))
        responses = {said_in[comment] for comment in asking if isinstance(said_in.get(comment), str)}
        told.append((code, name, start, end, wording[start:end], len(asking), len(responses),
                     *(len(kinds[kind]) for kind in PHRASE_KINDS), len(lost)))  # fmt: skip
    return told


def _place(plain: str, phrase: object) -> tuple[int, int] | None:
    """Where the draft's words stand in its wording; None where they do not."""
    words = straight(phrase).casefold().strip(" .,;:'\"") if isinstance(phrase, str) else ""
    at = plain.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else None


def _runs(wording: str, words: pd.DataFrame) -> list[tuple[str, int]]:
    """The wording cut where the count changes; joined again, it is the wording."""
    counts = np.zeros(len(wording), dtype="int64")
    ends = list(zip(words["start"], words["end"], words["comments"], strict=True))
    for place, (start, end, n) in enumerate(ends):
        counts[start:end] = n
        if place and n and ends[place - 1][2] == n:
            counts[ends[place - 1][1] : start] = n  # the space between two words of one run
    told = []
    for n, run in groupby(range(len(wording)), key=counts.__getitem__):
        places = list(run)
        told.append((wording[places[0] : places[-1] + 1], int(n)))
    return told


def _run(text: str, n: int, most: int) -> str:
    if not n:
        return safe(text)
    share = n / most if most else 0
    ground = "#" + "".join(f"{round(c + (h - c) * share):02x}" for c, h in zip(_COLD, _HOT, strict=True))
    return f'<mark style="background:{ground};color:{DARK}">{safe(text)}<sup><strong>{n}</strong></sup></mark>'
