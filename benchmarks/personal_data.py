"""How well personal data is found: recall and precision by kind with 95% intervals, and comments per second.

    python benchmarks/personal_data.py [own] [forms] [FILE.yaml] [synthetic] [tweets] [speed] [--model NAME] [--misses]

`own`        tests/data/personal_data.yaml: 150 invented sentences and 150 traps; looked at since, so for development
`forms`      tests/data/personal_data_forms.txt: ways of writing each kind, and traps; for development
`FILE.yaml`  sentences in the form of `own`, as from somebody who has not seen the patterns
`synthetic`  ../shared/data/personal_data/synthetic_sentences.json: 1,500 sentences from world-wide templates
`tweets`     ../shared/data/personal_data/*.conll: people in tweets
`speed`      invented comments, as a ratio to tidying each of them

A labelled span counts as found where a span of its kind covers any of it, a finding as right where it touches a
label of its kind; `exact` counts spans that agree to the character. Intervals are Wilson's. Patterns are mended with
`own` and `forms`, never with the other sets.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

from consultation import privacy
from consultation.intervals import wilson
from consultation.privacy.find import spans
from consultation.text import tidy

HERE = Path(__file__).parent
DATA = HERE.parent / "tests" / "data"
SHARED = HERE.parents[1] / "shared" / "data" / "personal_data"
STRUCTURED = ("email", "phone", "postcode", "nhs_number", "ni_number", "date_of_birth", "vehicle_plate")
SYNTHETIC = {"PERSON": "name", "STREET_ADDRESS": "street_address", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email"}

MARK = re.compile(r"\{(\w+)\|([^}]*)\}")  # "{phone|01632 960123}"

Span = tuple[int, int, str]


@dataclass
class Score:
    labelled: int = 0
    found: int = 0
    exact: int = 0
    predicted: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        recall, precision = interval(self.found, self.labelled), interval(self.right, self.predicted)
        return f"  {kind:15} {self.labelled:6} labelled   recall {recall}   precision {precision}   exact {self.exact}"


def interval(good: int, of: int) -> str:
    """A share with Wilson's interval."""
    if not of:
        return "  –                 "
    low, high = wilson(good, of)
    return f"{good / of:.3f} ({low:.3f}–{high:.3f})"


def measure(
    items: Iterable[tuple[str, list[Span]]], kinds: Iterable[str], people: dict[str, list[tuple[int, int]]]
) -> dict[str, Score]:
    scores = {kind: Score() for kind in kinds}
    for text, labels in items:
        told = [span for span in spans(text, people=people.get(text, ())) if span[2] in scores]
        for start, end, kind in labels:
            if kind not in scores:
                continue
            score = scores[kind]
            score.labelled += 1
            score.found += any(k == kind and a < end and b > start for a, b, k in told)
            score.exact += (start, end, kind) in told
            if not any(k == kind and a < end and b > start for a, b, k in told):
                score.misses.append(f"missed {kind}: {text[start:end]!r} in {text!r}")
        for start, end, kind in told:
            right = any(k == kind and a < end and b > start for a, b, k in labels)
            scores[kind].predicted += 1
            scores[kind].right += right
            if not right:
                scores[kind].misses.append(f"wrong {kind}: {text[start:end]!r} in {text!r}")
    return scores


def labelled(path: Path) -> Iterator[tuple[str, list[Span]]]:
    from ruamel.yaml import YAML

    held = YAML(typ="safe").load(path)
    for item in held["sentences"]:
        yield item["text"], [(s["start"], s["end"], s["kind"]) for s in item.get("spans", ())]


def forms() -> Iterator[tuple[str, list[Span]]]:
    for line in (DATA / "personal_data_forms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            text, at, labels = "", 0, list[Span]()
            line = line.replace("\\n", "\n")
            for found in MARK.finditer(line):
                text += line[at : found.start()]
                labels.append((len(text), len(text) + len(found[2]), found[1]))
                text, at = text + found[2], found.end()
            yield text + line[at:], labels


def synthetic() -> Iterator[tuple[str, list[Span]]]:
    for item in json.loads((SHARED / "synthetic_sentences.json").read_text(encoding="utf-8")):
        labels = [
            (s["start_position"], s["end_position"], SYNTHETIC.get(s["entity_type"], "other")) for s in item["spans"]
        ]
        yield item["full_text"], labels


def tweets() -> Iterator[tuple[str, list[Span]]]:
    """Tweets, their words joined by spaces; "@ somebody", which the set counts among people, is the kind `handle`."""
    for path in sorted(SHARED.glob("*.conll")):
        words: list[tuple[str, str]] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.strip():
                word, label = line.rsplit("\t", 1) if "\t" in line else line.rsplit(" ", 1)
                words.append((word.strip(), label.strip()))
            elif words:
                yield joined(words)
                words = []


def joined(words: list[tuple[str, str]]) -> tuple[str, list[Span]]:
    text, at, labels = "", False, list[Span]()
    for word, label in words:
        start = len(text) + (bool(text) and not at)
        text = text + word if at or not text else f"{text} {word}"
        if at and label.endswith("PER"):
            labels[-1:] = [(start - 1, len(text), "handle")]
        elif label == "B-PER":
            labels.append((start, len(text), "name"))
        elif label == "I-PER" and labels:
            labels[-1] = (labels[-1][0], len(text), labels[-1][2])
        at = word == "@" and label == "B-PER"
    return text, labels


def by_model(items: list[tuple[str, list[Span]]], name: str | None) -> dict[str, list[tuple[int, int]]]:
    if not name:
        return {}
    from consultation.privacy.find import _people

    held = _people(pd.DataFrame({"comment_id": [text for text, _ in items], "text": [text for text, _ in items]}), name)
    return {str(text): found for text, found in held.items()}


def speed(number: int = 20_000) -> None:
    parts = (
        "The buses stop at six and my shift ends at seven, so I walk home along an unlit road.",
        "Please keep the library open on Saturdays. Mrs Adeyemi at the desk has helped my son to read.",
        "I do not think that the second outcome says what it means; who is to measure it?",
        "Ring me on 01632 960 481 or write to j.whitcombe@example.org.",
        "Older people with dementia need somewhere quiet, and the park has no benches.",
    )
    texts = [" ".join(parts[(n * step) % 5] for step in range(1, 4)) for n in range(number)]
    comments = pd.DataFrame({"comment_id": [str(n) for n in range(number)], "response_id": None, "text": texts})
    begun = time.process_time()
    for text in texts:
        tidy(text)
    floor = time.process_time() - begun
    begun = time.process_time()
    privacy.find_personal_data(comments)
    spent = time.process_time() - begun
    words = sum(len(text.split()) for text in texts) / number
    print(
        f"speed: {number / spent:,.0f} comments of {words:.0f} words a CPU second, {spent / floor:.0f} x tidying them"
    )


def main(arguments: list[str]) -> None:
    model = arguments.pop(arguments.index("--model") + 1) if "--model" in arguments else None
    wanted = [word for word in arguments if not word.startswith("--")]
    every = (*STRUCTURED, "street_address", "name", "health")
    sets: list[tuple[str, Callable[[], Iterable[tuple[str, list[Span]]]], tuple[str, ...]]] = [
        ("own", partial(labelled, DATA / "personal_data.yaml"), every),
        ("forms", forms, every),
        *((word, partial(labelled, Path(word)), every) for word in wanted if word.endswith(".yaml")),
        ("synthetic", synthetic, tuple(SYNTHETIC.values())),
        ("tweets", tweets, ("name", "handle")),
    ]
    for name, load, kinds in sets:
        if wanted and name not in wanted:
            continue
        items = list(load())
        scores = measure(items, kinds, by_model(items, model))
        print(f"{name}: {len(items):,} texts{f', with {model}' if model else ''}")
        for kind, score in scores.items():
            print(score.line(kind))
        if "email" in scores and "nhs_number" in scores:
            whole = Score()
            for kind in STRUCTURED:
                for what in ("labelled", "found", "exact", "predicted", "right"):
                    setattr(whole, what, getattr(whole, what) + getattr(scores[kind], what))
            print(whole.line("all structured"))
        if "--misses" in arguments:
            print("\n".join(miss for score in scores.values() for miss in score.misses))
    if "speed" in wanted or not wanted:
        speed()


if __name__ == "__main__":
    main(sys.argv[1:])
