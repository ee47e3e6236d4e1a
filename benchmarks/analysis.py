"""What an analyst waits for at 100,000 comments: CPU seconds of each call, and their ratio to one reading of the text.

    python -m benchmarks.analysis                 # 100,000 comments
    python -m benchmarks.analysis 10000

The comments are those of `benchmarks.tagging` (invented, about 30 words, a third of them repeats), sent by half as many
respondents of five types and eight districts, each with an element, a theme and a stance, a tenth with a phrase of the
draft. The floor is one reading of every comment's words in the same run (`text.WORD.findall`). Must hold: each call
under 10 seconds.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.tagging import book, made
from consultation import tables
from consultation.project.analysis import Analysis
from consultation.settings import Settings
from consultation.text import WORD

TYPES: Final = ("Business", "Parish council", "Resident", "Staff", "Voluntary group")
DISTRICTS: Final = tuple(f"District {n}" for n in range(8))
MOST: Final = 10.0


def consultation(count: int) -> Analysis:
    """So many comments with their responses, tags and phrases."""
    rng = np.random.default_rng(0)
    elements, themes = book()
    comments = made(count)
    people = max(1, count // 2)
    sender = rng.integers(people, size=count)
    comments["response_id"] = pd.array([f"r-{n}" for n in sender], dtype="str")
    senders = pd.DataFrame({"response_id": [f"r-{n}" for n in range(people)]})
    days = pd.Timestamp("2026-02-01") + pd.to_timedelta(rng.integers(42, size=people), unit="D")
    responses = senders.assign(
        source_id="s-1", respondent_id=senders["response_id"], channel="questionnaire",
        respondent_type=rng.choice(TYPES, people), submitted_at=days.strftime("%Y-%m-%dT09:00:00"),
        groups=[(f"Which district do you live in?={d}",) for d in rng.choice(DISTRICTS, people)],
    )  # fmt: skip
    codes = {
        "element": elements["code"].unique(), "theme": np.array([theme.code for theme in themes]),
        "stance": np.array(["support", "object", "suggest"]),
    }  # fmt: skip
    tags = pd.concat(
        pd.DataFrame({"comment_id": comments["comment_id"], "facet": facet, "code": rng.choice(held, count),
                      "score": 1.0, "origin": "rule", "why": "", "start": None, "end": None})
        for facet, held in codes.items()
    )  # fmt: skip
    wordings = elements.dropna(subset="wording").drop_duplicates("code")
    at = rng.integers(len(wordings), size=count // 10)
    words = [str(text).split()[0].strip(".,") for text in wordings["wording"]]
    phrases = pd.DataFrame(
        {"phrase_id": [f"f-{n}" for n in range(len(at))], "comment_id": comments["comment_id"][: len(at)],
         "element": wordings["code"].to_numpy()[at], "phrase": [words[n] for n in at], "start": 0, "end": 5,
         "kind": "object", "match": "exact", "score": 1.0, "why": ""}
    )  # fmt: skip
    source = {"source_id": "s-1", "name": "survey", "file": "", "sha256": "", "platform": "", "channel": "letter",
              "platform_confidence": 1.0, "platform_reasons": "", "header_rows": 1, "rows_total": 1, "rows_imported": 1,
              "rows_excluded": 0, "rows_empty": 0, "rows_quarantined": 0}  # fmt: skip
    held = {name: tables.frame(name) for name, table in tables.TABLES.items() if not table.private}
    held |= {"comments": comments, "elements": elements, "sources": tables.frame("sources", [source])}
    for name, table in (("responses", responses), ("tags", tags), ("phrases", phrases)):
        held[name] = tables.conform(name, table)
    return Analysis(tables=held, themes=themes, settings=Settings())


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """CPU seconds of this process, and by the clock."""
    gc.collect()
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def questions(ask: Analysis) -> dict[str, Callable[[], Any]]:
    """Each call of `project.analysis` on all comments."""
    residents = ask.search(respondent_type="Resident")
    first = str(ask.tables["comments"]["comment_id"].iloc[0])
    shares = dict.fromkeys(DISTRICTS, 1000)
    return {
        "cases": ask.cases,
        "crosstab theme by type": lambda: ask.crosstab("theme", "respondent_type"),
        "crosstab element by stance": lambda: ask.crosstab("element", "stance", count="comments"),
        "crosstab district by type": lambda: ask.crosstab("Which district do you live in?", "respondent_type"),
        "cooccurrence": ask.cooccurrence,
        "search, all": ask.search,
        "search, words and tags": lambda: ask.search("council*", stance="object"),
        "concordance": lambda: ask.concordance("council*"),
        "concordance, stemmed": lambda: ask.concordance("plan", stemmed=True),
        "stripes": lambda: ask.stripes(first),
        "salience": ask.salience,
        "heat": ask.heat,
        "keyness": lambda: ask.keyness(residents),
        "topics": ask.topics,
        "new_themes": ask.new_themes,
        "representativeness": lambda: ask.representativeness("Which district do you live in?", shares),
        "timeline": lambda: ask.timeline(split="respondent_type"),
        "districts": ask.districts,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("comments", nargs="?", type=int, default=100_000)
    ask = consultation(parser.parse_args().comments)
    texts = ask.tables["comments"]["text"].tolist()
    floor, _ = seconds(lambda: [WORD.findall(text) for text in texts])
    print(f"{len(texts):,} comments; floor: one reading of their words, {floor:.2f} CPU s")
    for name, call in questions(ask).items():
        cpu, clock = seconds(call)
        told = "" if cpu < MOST else f"  OVER {MOST:g} s"
        print(f"{name:28} {cpu:6.2f} CPU s   {cpu / floor:5.1f} x floor   {clock:6.2f} s by the clock{told}")


if __name__ == "__main__":
    main()
