"""How well, and how fast, the phrase miner reads comments on drafts it was not written for.

    python benchmarks/miner.py quality tests/data/phrases_a.yaml     recall, precision, kind, replacement by match type
    python benchmarks/miner.py errors tests/data/phrases_a.yaml      the same, with every error (development sets only)
    python benchmarks/miner.py errors tests/data/phrases_development.txt
    python benchmarks/miner.py speed                                 100,000 comments, 60 elements, as a ratio

Protocol of `quality`. A finding is met where one of the same element covers the same words: the content words of the
two spans overlap by half or more of their union, wherever in the comment they stand. Findings marked optional count
neither when found nor when missed. Kind and replacement are judged among the findings that are met; a replacement is
exact where its words are the same, case, marks at its ends and space aside. Intervals are Wilson's, 95%.

`speed`, last run in full on two quiet cores: 130 s CPU, 14.3 times blank tokenising, 521 MB at its peak (357 MB of them
the comments themselves).
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from consultation import tables
from consultation.model import Comment, Element, Question
from consultation.text import stem, tidy, words
from consultation.wording.miner import mine
from consultation.wording.miner.draft import FUNCTION_WORDS

OVERLAP = 0.5


@dataclass
class Tally:
    """Of how many, how many."""

    hit: int = 0
    of: int = 0

    def add(self, good: bool) -> None:
        self.hit += good
        self.of += 1

    def __str__(self) -> str:
        if not self.of:
            return "   -"
        low, high = wilson(self.hit, self.of)
        return f"{self.hit / self.of:.2f} ({low:.2f}-{high:.2f}) {self.hit}/{self.of}"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A draft, and the comments on it with what a reader marked in them."""

    comments: pd.DataFrame
    questions: pd.DataFrame
    elements: pd.DataFrame
    labelled: list[dict[str, Any]]


@dataclass
class Score:
    """The tallies of one file."""

    recall: dict[str, Tally] = field(default_factory=dict)
    precision: Tally = field(default_factory=Tally)
    kind: Tally = field(default_factory=Tally)
    replacement: Tally = field(default_factory=Tally)
    span: Tally = field(default_factory=Tally)
    errors: list[str] = field(default_factory=list)


def wilson(hit: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    share, spread = hit / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * (share * (1 - share) / of + spread / (4 * of)) ** 0.5 / (1 + spread)
    return middle - half, middle + half


def load(path: Path) -> list[Plan]:
    """The labelled comments of a file, by the draft they are about; a text holds several drafts."""
    if path.suffix == ".txt":
        return [_bracketed(part) for part in re.split(r"(?m)^# plan .*$", path.read_text(encoding="utf-8"))[1:]]
    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    elements = [
        Element(code=str(e["code"]), kind=e["kind"], parent=e.get("parent"), order=order, version="draft",
                name=e.get("name"), wording=e.get("wording"), known_phrases=tuple(e.get("phrases") or ()))
        for order, e in enumerate(told["elements"])
    ]  # fmt: skip
    return [_plan(elements, told["comments"])]


def _plan(elements: list[Element], labelled: list[dict[str, Any]]) -> Plan:
    asked = {tuple(map(str, c["about"])): f"q{number}" for number, c in enumerate(labelled)}
    questions = [Question(question_id=q, source_id="s", text="", kind="open", elements=e) for e, q in asked.items()]
    comments = [
        Comment(comment_id=c["id"], response_id=None, event_id=None, source_id="s", locator=c["id"],
                question_id=asked[tuple(map(str, c["about"]))], heading=None, voice="person", text=c["text"])
        for c in labelled
    ]  # fmt: skip
    return Plan(
        comments=tables.frame("comments", comments),
        questions=tables.frame("questions", questions),
        elements=tables.frame("elements", elements),
        labelled=labelled,
    )


def _bracketed(part: str) -> Plan:
    """One plan of the development text."""
    drafts = re.findall(r"(?m)^# draft (\S+) +(\S+) +\| (.+)$", part)
    elements = [
        Element(code=code, kind=kind, parent=None, order=order, version="draft", wording=wording)
        for order, (code, kind, wording) in enumerate(drafts)
    ]
    lines = [line.split("|", 1) for line in part.splitlines() if "|" in line and not line.startswith("#")]
    return _plan(elements, [_labelled(f"D{number}", *line) for number, line in enumerate(lines)])


def _labelled(name: str, about: str, marked: str) -> dict[str, Any]:
    """One line of the development text."""
    findings: list[dict[str, Any]] = []
    text, waiting = "", None
    for piece in re.split(r"(<?[\[{][^\]}]*[\]}](?:\(\w+\?? [^)]+\))?)", marked.strip()):
        found = re.fullmatch(r"(<?)([\[{])([^\]}]*)[\]}](?:\((\w+)(\??) ([^)]+)\))?", piece)
        if found is None:
            text += piece
            continue
        before, bracket, said, kind, unsure, element = found.groups()
        if kind:
            new = said if bracket == "{" else waiting
            quoted = bool(text) and text[-1] in "'\"“‘"
            findings.append(
                {"element": element, "quote": said, "kind": "replace" if kind == "rewrite" else kind,
                 "replacement": new, "match": "quoted" if quoted else "unquoted", "rewrite": kind == "rewrite",
                 "optional": bool(unsure)}
            )  # fmt: skip
            waiting = None
        elif before:
            waiting = said
        else:
            findings[-1]["replacement"] = said
        text += said
    return {"id": name, "about": about.split(), "text": text, "findings": findings}


def quality(path: Path) -> Score:
    """The score of one labelled file."""
    score = Score()
    for plan in load(path):
        found = tables.rows("phrases", mine(plan.comments, plan.questions, plan.elements))
        for comment in plan.labelled:
            judge(comment, [row for row in found if row.comment_id == comment["id"]], score)
    return score


def judge(comment: dict[str, Any], found: list[Any], score: Score) -> None:
    """Lay the findings of one comment beside its labels."""
    text, left = comment["text"], list(found)
    for label in comment["findings"]:
        met = next((row for row in left if same(row, label, text)), None)
        if met is not None:
            left.remove(met)
        if label.get("optional"):
            continue
        group = "addition" if label["kind"] == "add" else "rewrite" if label.get("rewrite") else label["match"]
        score.recall.setdefault(group, Tally()).add(met is not None)
        if met is None:
            score.errors.append(f"MISSED {comment['id']} {label['kind']} “{label['quote']}” in: {text}")
            continue
        score.precision.add(True)
        score.kind.add(met.kind == label["kind"])
        score.span.add(tidy(text[met.start : met.end]) == tidy(label["quote"]))
        if met.kind != label["kind"]:
            score.errors.append(f"KIND {comment['id']} {met.kind} for {label['kind']} ({met.why}) in: {text}")
        if label["replacement"]:
            good = bare(met.replacement or "") == bare(label["replacement"])
            score.replacement.add(good)
            if not good:
                score.errors.append(
                    f"NEW {comment['id']} “{met.replacement}” for “{label['replacement']}” ({met.why}) in: {text}"
                )
    for row in left:
        score.precision.add(False)
        score.errors.append(
            f"FALSE {comment['id']} {row.element} {row.kind} “{text[row.start : row.end]}” -> {row.replacement} "
            f"{row.score} ({row.why}) in: {text}"
        )


def same(row: Any, label: dict[str, Any], text: str) -> bool:
    """Whether a finding covers the words of a label."""
    if row.element != label["element"]:
        return False
    ours, theirs = content(text[row.start : row.end]), content(label["quote"])
    return len(ours & theirs) >= OVERLAP * len(ours | theirs)


def content(text: str) -> set[str]:
    """The stems of the content words; of all words where there are no others."""
    said = [word.casefold() for word in words(text.replace("-", " "))]
    return {stem(word) for word in said if word not in FUNCTION_WORDS} or set(said)


def bare(text: str) -> str:
    return tidy(text).strip(" .,;:!?'\"-")


def show(path: Path, *, errors: bool) -> None:
    score = quality(path)
    print(f"# {path.name}")
    total = Tally(sum(t.hit for t in score.recall.values()), sum(t.of for t in score.recall.values()))
    aimed = [score.recall[name] for name in ("quoted", "inflected") if name in score.recall]
    for name, tally in sorted(score.recall.items()):
        print(f"  recall, {name:<10} {tally}")
    print(f"  recall, quoted and inflected {Tally(sum(t.hit for t in aimed), sum(t.of for t in aimed))}")
    print(f"  recall, all       {total}")
    print(f"  precision         {score.precision}")
    print(f"  kind              {score.kind}")
    print(f"  replacement exact {score.replacement}")
    print(f"  span exact        {score.span}")
    if errors:
        print("\n".join(sorted(score.errors)))


def main(arguments: list[str]) -> None:
    what, *paths = arguments or ["quality", "tests/data/phrases_a.yaml"]
    if what == "speed":
        speed()
        return
    for path in paths:
        show(Path(path), errors=what == "errors")


PASSING = (
    "We moved here for the {noun} and the {noun}, and nobody from the council has been near us since the spring.",
    "My {noun} is 84 and waits an hour for the bus, so please sort that out before you spend money on a {noun}.",
    "The {noun} by the bridge has been shut for two years and the {noun} is full of weeds.",
    "I support most of this but the traffic past the {noun} is dreadful at school time.",
    "Lovely to be asked. The {noun} is the best thing about living here, keep up the good work.",
    "There should be more for young people to do, like a {noun} or a place to meet after six.",
)
REMARKS = (
    "I don't like '{phrase}', it sounds like something from a board room.",
    "Please change {phrase} to {new} so that my neighbours can follow it.",
    "What does {phrase} mean? Nobody at our {noun} could tell me.",
    "Drop the word {phrase} and say {new} instead.",
    "You could say {new} rather than {phrase}.",
    "I have no objection to {phrase} and would leave it in.",
)
NOUNS = ("library", "surgery", "market", "playground", "river", "station", "garden", "ferry", "hall", "path", "pond")
FIRST = ("resilient", "holistic", "seamless", "vibrant", "inclusive", "agile", "thriving", "sustainable", "bespoke",
         "strategic", "empowered", "integrated")  # fmt: skip
SECOND = ("communities", "pathways", "outcomes", "partnerships", "places", "journeys", "solutions", "networks",
          "environments", "stakeholders")  # fmt: skip


def speed(count: int = 100_000, elements: int = 60) -> None:
    """CPU time and memory of `count` invented comments of about 40 words against `elements` elements, beside blank
    spaCy tokenising of the same texts. One comment in four says something about words; no two are the same."""
    import spacy

    chance = random.Random(7)
    wordings = [
        f"Our {chance.choice(FIRST)} {chance.choice(SECOND)} enable {chance.choice(FIRST)} {chance.choice(SECOND)} "
        f"to deliver a {chance.choice(FIRST)} {chance.choice(NOUNS)} for every resident by {2027 + number % 9}."
        for number in range(elements)
    ]
    draft = [
        Element(code=f"{1 + n // 10}.{n % 10}", kind="priority", parent=None, order=n, version="draft", wording=wording)
        for n, wording in enumerate(wordings)
    ]
    texts = [_invented(chance, number) for number in range(count)]
    questions = [
        Question(question_id=f"q{n}", source_id="s", text="", kind="open", elements=(element.code,))
        for n, element in enumerate(draft)
    ]
    comments = tables.frame(
        "comments",
        [
            Comment(comment_id=f"c{n:06d}", response_id=None, event_id=None, source_id="s", locator=str(n),
                    question_id=f"q{n % elements}", heading=None, voice="person", text=text)
            for n, text in enumerate(texts)
        ],
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.process_time()
    for _ in spacy.blank("en").pipe(texts):
        pass
    floor = time.process_time() - begin
    begin = time.process_time()
    found = mine(comments, tables.frame("questions", questions), tables.frame("elements", draft))
    spent = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} comments of {sum(map(len, map(str.split, texts))) / count:.0f} words, {elements} elements")
    print(f"  blank tokenising  {floor:.0f} s CPU")
    print(f"  mine              {spent:.0f} s CPU = {spent / floor:.1f} times; {len(found)} findings")
    print(f"  memory            {peak:.0f} MB at its peak, {before:.0f} MB before")


def _invented(chance: random.Random, number: int) -> str:
    said = [chance.choice(PASSING) for _ in range(2)]
    if number % 4 == 0:
        said.insert(1, chance.choice(REMARKS))
    text = " ".join(said).format(
        noun=chance.choice(NOUNS), new=chance.choice(NOUNS), phrase=f"{chance.choice(FIRST)} {chance.choice(SECOND)}"
    )
    return f"{text} ({number})"


if __name__ == "__main__":
    main(sys.argv[1:])
