"""What tagging costs: CPU seconds and peak memory at 10,000, 100,000 and 1,000,000 comments of about 40 words.

    python -m benchmarks.tagging 10000 100000        # each size in a process of its own
    python -m benchmarks.tagging --learn 5000        # training on so many labelled comments
    python -m benchmarks.tagging --figures DIR       # F1 by facet on a labelled folder: framework, codebook, comments

Comments are drawn from the words of the sample's codebook and of `tests/data/ways_of_saying.toml`, thirty codes in all;
every third comment repeats another, as campaigns do. Only sizes and times mean anything here. Peak memory is that of
the whole process: libraries, the comments given and the tags returned. The floor that speed is
told as a ratio to is a plain count of words (scikit-learn's CountVectorizer) in the same run.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from consultation import codebook, framework, tables, tagging
from consultation.model import FACETS, Comment, LedgerEvent, Question, Theme
from consultation.records import Record
from consultation.tagging.meaning import corpus, embedding

ROOT: Final = Path(__file__).parents[1]
WORDS: Final = 10_000  # comments a CPU second, at least: words by hashed key, and the table
WHOLE: Final = 3_000  # the same for the whole of `tag`
PEAK: Final = 2_000  # MB, less than this at any size
LEARNING: Final = 60  # CPU seconds, less than this for 5,000 labelled comments
FLOOR: Final = 10_000  # texts that the floor is measured on
Given = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, tuple[Theme, ...]]
Truth = dict[str, dict[str, set[str]]]  # by facet and comment, the codes


def made(count: int) -> pd.DataFrame:
    """So many comments; a third of them repeat the text of another."""
    rng = np.random.default_rng(0)
    held = tomllib.loads((ROOT / "tests/data/ways_of_saying.toml").read_text(encoding="utf-8"))
    remarks = [line.split(" | ")[1] for block in held.values() for line in block.strip().splitlines()]
    words = " ".join(remarks).split()
    shares = 1 / np.arange(1, len(words) + 1) ** 0.7
    shares /= shares.sum()
    rare = [f"word{place}" for place in range(50_000)]
    distinct = max(1, count * 2 // 3)
    texts = []
    for _ in range(distinct):
        drawn = [words[at] for at in rng.choice(len(words), 28, p=shares)]
        remark = remarks[int(rng.integers(len(remarks)))]
        texts.append(" ".join([*drawn[:14], remark, *drawn[14:], rare[int(rng.integers(len(rare)))]]))
    texts += [texts[int(at)] for at in rng.integers(distinct, size=count - distinct)]
    frame = tables.frame("comments", [_comment("c-0", texts[0])])
    wide = frame.loc[frame.index.repeat(count)].reset_index(drop=True)
    return wide.assign(comment_id=[f"c-{place:07}" for place in range(count)], text=texts)


def _comment(name: str, text: str) -> Comment:
    return Comment(
        comment_id=name, response_id=None, event_id=None, source_id="s-1", locator="", question_id=None, heading=None,
        voice="person", text=text,
    )  # fmt: skip


def book(folder: Path = ROOT) -> tuple[pd.DataFrame, tuple[Theme, ...]]:
    """Elements and themes of a workspace."""
    yaml = YAML(typ="safe")
    read = [yaml.load((folder / name).read_text(encoding="utf-8")) for name in ("framework.yaml", "codebook.yaml")]
    return (
        framework.elements([Record(values=told) for told in read[0]["elements"]]),
        codebook.themes([Record(values=told) for told in read[1]["themes"]]),
    )


def seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of this process."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(count: int) -> None:
    """One line for one size: figures, the floor in the same run, and whether the bars are held."""
    from sklearn.feature_extraction.text import CountVectorizer

    comments, (elements, themes) = made(count), book()
    few = comments["text"].head(FLOOR).tolist()
    floor = seconds(lambda: CountVectorizer().fit_transform(few)) / len(few)
    tagging.tag(comments.head(50), tables.frame("questions"), elements, themes)  # loads libraries
    words = count / seconds(lambda: _features(comments["text"].tolist()))
    whole = count / seconds(lambda: tagging.tag(comments, tables.frame("questions"), elements, themes))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>9,} comments: words with the table {words:,.0f} a CPU second ({_held(words >= WORDS)}), "
        f"{1 / words / floor:.1f} times a plain word count; "
        f"the whole of tag {whole:,.0f} a CPU second ({_held(whole >= WHOLE)}), "
        f"{1 / whole / floor:.1f} times a plain word count; peak {peak:,.0f} MB ({_held(peak < PEAK)})",
        flush=True,
    )


def _held(is_held: bool) -> str:
    return "bar held" if is_held else "bar missed"


def _features(texts: list[str]) -> None:
    """Words and pairs by hashed key, and vectors by the table, in pieces."""
    table = embedding.load()
    block = corpus.fit("word", corpus.read(texts[:30_000]))
    for start in range(0, len(texts), 20_000):
        piece = corpus.read(texts[start : start + 20_000])
        block.of(piece)
        if table:
            table.of(piece)


def learning(count: int) -> None:
    """CPU seconds of learning thirty codes from so many labelled comments."""
    from sklearn.feature_extraction.text import CountVectorizer

    comments, (elements, _) = made(count), book()
    rng = np.random.default_rng(1)
    every = [Theme(code=f"t{place}", name=f"Theme {place}") for place in range(30)]
    events = [
        LedgerEvent(
            seq=at, event_id=f"e-{at}", at="2026", who="officer", what="tag",
            payload={"comment_id": comment, "facet": "theme", "code": code, "status": "confirmed"},
        )
        for at, comment in enumerate(comments["comment_id"])
        for code in (f"t{int(rng.integers(30))}",)
    ]  # fmt: skip
    given = (comments, tables.frame("questions"), elements, every, events)
    floor = seconds(lambda: CountVectorizer().fit_transform(comments["text"]))
    spent = seconds(lambda: tagging.learn(*given))
    print(
        f"learning from {count:,}: {spent:.0f} CPU seconds ({_held(spent < LEARNING)}), "
        f"{spent / floor:,.0f} times a plain word count"
    )


def figures(folder: Path, labels: int = 100) -> None:
    """F1 of each facet with no labels, and with so many, on a folder of labelled comments."""
    rows = pd.read_csv(folder / "comments.csv", dtype=str, keep_default_na=False)
    elements, themes = book(folder)
    named = YAML(typ="safe").load((folder / "audiences.yaml").read_text(encoding="utf-8"))["audiences"]
    audiences = [Theme(**told) for told in named]
    asked = sorted(set(rows["question"]))
    known = set(elements["code"])
    questions = tables.frame(
        "questions",
        [
            Question(question_id=f"q-{one}", source_id="s-1", text=one, kind="open", elements=about)
            for one in asked
            for about in ((one,) if one in known else (),)
        ],
    )  # fmt: skip
    comments = tables.frame(
        "comments", [_comment(*told) for told in zip(rows["comment_id"], rows["text"], strict=True)]
    )
    rows = rows.set_index("comment_id").loc[comments["comment_id"]]
    comments = comments.assign(
        question_id=[f"q-{one}" for one in rows["question"]], response_id=rows["respondent"].tolist()
    )
    truth: Truth = {
        facet: {str(name): _codes(cell) for name, cell in rows[column].items()}
        for facet, column in zip(FACETS, ("elements", "themes", "stance", "audience"), strict=True)
    }  # fmt: skip
    given = (comments, questions, elements, themes)
    tags = tagging.tag(*given, audiences=audiences)
    for facet, codes in truth.items():
        print(f"{facet:9s} no labels: {_f1(tags, facet, codes)}")
    told = [_with_labels(given, audiences, truth, labels, seed) for seed in range(3)]
    for facet in truth:
        scores = [one[facet] for one in told]
        print(f"{facet:9s} {labels} labels: F1 {np.mean(scores):.3f} (±{np.std(scores):.3f} over three draws)")


def _codes(cell: str) -> set[str]:
    return set(cell.replace("conditional_support", "conditional").split(";")) - {""}


def _with_labels(given: Given, audiences: list[Theme], truth: Truth, labels: int, seed: int) -> dict[str, float]:
    comments = given[0]
    people = np.random.default_rng(seed).permutation(sorted(set(comments["response_id"])))
    order = {person: at for at, person in enumerate(people)}
    ids = comments.sort_values("response_id", key=lambda column: column.map(order), kind="stable")[
        "comment_id"
    ].tolist()
    learn, test = ids[:labels], ids[labels:]
    events: list[LedgerEvent] = []
    for facet, told in truth.items():
        for name in learn:
            for code in sorted(told[name]) or ["none_of_these"]:
                status = "confirmed" if told[name] else "rejected"
                payload = {"comment_id": name, "facet": facet, "code": code, "status": status}
                at = len(events)
                events.append(LedgerEvent(seq=at, event_id=f"e-{at}", at="2026", who="o", what="tag", payload=payload))
    model = tagging.learn(*given, events, audiences=audiences)
    tags = tagging.tag(*given, model=model, audiences=audiences)
    return {
        facet: float(_f1(tags, facet, {name: told[name] for name in test}).split()[1]) for facet, told in truth.items()
    }


def _f1(tags: pd.DataFrame, facet: str, told: dict[str, set[str]]) -> str:
    mine = tags[(tags["facet"] == facet) & (tags["status"] == "suggested") & tags["comment_id"].isin(told)]
    right = sum(code in told[name] for name, code in zip(mine["comment_id"], mine["code"], strict=True))
    true = sum(map(len, told.values()))
    score = 2 * right / (len(mine) + true)
    return f"F1 {score:.3f} (precision {right / max(1, len(mine)):.3f}, recall {right / true:.3f})"


def main() -> None:
    """Measure each size in a fresh process, so that peaks do not mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--learn", type=int)
    parser.add_argument("--figures", type=Path)
    told = parser.parse_args()
    if told.learn:
        learning(told.learn)
    if told.figures:
        figures(told.figures)
    if len(told.sizes) == 1:
        measure(told.sizes[0])
    for size in told.sizes if len(told.sizes) > 1 else ():
        subprocess.run([sys.executable, "-m", "benchmarks.tagging", str(size)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
