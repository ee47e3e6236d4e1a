"""Near duplicates among 100,000 comments: found, wrongly joined, CPU seconds and memory, as a ratio to a plain hash.

    python benchmarks/duplicates.py [comments]

Invented text: words drawn as language draws them (the n-th most common word 1/n as often), six campaigns of 60 to 120
words whose 6,000 senders left them, added to them, cut them, moved sentences or changed up to a tenth of the words
(one campaign's senders all changed something), 200 pairs of near copies, and people who must stay alone: 1,000 who
quote two sentences of a campaign among many words of their own, and 2,000 who quote the draft. The floor is folding
each text and hashing it, which finds exact copies only.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from hashlib import blake2b

import numpy as np
import pandas as pd

from consultation.reading import duplicates
from consultation.text import tidy

SEED = 7


def main(total: int) -> None:
    texts, truth, draft = corpus(total)
    comments, responses = frames(texts)
    floor, _ = cpu(lambda: {blake2b(tidy(text).encode()).digest() for text in texts})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds, found = cpu(lambda: duplicates.find(comments, responses, quoted=draft))
    extra = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    told = judged(found, truth)
    print(f"{total:,} comments, {sum(len(text.split()) for text in texts) / total:.0f} words each")
    print(f"planted campaign members found   {told['campaign']:.4f}")
    print(f"planted near copies found        {told['pairs']:.4f}")
    print(f"wrongly joined                   {told['wrong']} (of them quoting a campaign: {told['quoting']})")
    print(f"CPU seconds                      {seconds:.1f} = {seconds / floor:.1f} x folding and hashing ({floor:.1f})")
    print(f"extra memory at the peak         {extra:.0f} MB (resident, over what the corpus took)")


def cpu(work: Callable[[], object]) -> tuple[float, pd.DataFrame]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result  # type: ignore[return-value]


def corpus(total: int) -> tuple[list[str], list[str], list[str]]:
    """Texts, what each truly is ("c3" of campaign 3, "n17" of near pair 17, "quote3", "alone"), and the draft."""
    chance = random.Random(SEED)
    bulk = np.random.default_rng(SEED)
    letters = "bdfglmnprstvw"
    words = [
        "".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(chance.choice((1, 2, 2, 3, 4))))
        for _ in range(12_000)
    ]
    weights = 1 / np.arange(1, len(words) + 1)
    weights /= weights.sum()

    def sentence(low: int = 6, high: int = 18) -> str:
        drawn = bulk.choice(len(words), chance.randint(low, high), p=weights)
        return " ".join(words[i] for i in drawn).capitalize() + "."

    def own(low: int, high: int) -> str:
        return " ".join(sentence() for _ in range(chance.randint(low, high)))

    def edited(standard: list[str], untouched: bool) -> str:
        told = list(standard)
        kinds = ["same", "case", "greeting", "added", "before", "cut", "moved", "words", "words and added"]
        kind = chance.choices(kinds, (4, 1, 1, 2, 1, 1, 1, 2, 2))[0]
        if kind in ("same", "case", "greeting") and not untouched:
            kind = "words"
        if kind == "case":
            return " ".join(told).upper().replace(".", " !")
        if kind == "greeting":
            return f"Dear Council,\n{' '.join(told)}\nYours faithfully,\n{sentence(2, 2)[:-1].title()}"
        if kind == "cut":
            told.pop(chance.randrange(len(told)))
        if kind == "moved":
            chance.shuffle(told)
        if "words" in kind:
            split = " ".join(told).split(" ")
            for place in chance.sample(range(len(split)), max(1, int(len(split) * chance.uniform(0.02, 0.10)))):
                split[place] = chance.choice(words)
            told = [" ".join(split)]
        if "added" in kind:
            told.append(own(1, 4))
        if kind == "before":
            told.insert(0, own(1, 3))
        return " ".join(told)

    draft = [own(3, 3) for _ in range(20)]
    campaigns = [[sentence(10, 20) for _ in range(chance.randint(5, 7))] for _ in range(6)]
    texts: list[tuple[str, str]] = []
    for number, standard in enumerate(campaigns):
        texts += [(edited(standard, untouched=number != 5), f"c{number}") for _ in range(total * 6 // 100 // 6)]
    for number in range(total // 500):
        first = own(3, 5)
        split = first.split(" ")
        split[chance.randrange(len(split))] = chance.choice(words)
        texts += [(first, f"n{number}"), (" ".join(split), f"n{number}")]
    for _ in range(total // 100):
        number = chance.randrange(6)
        quote = " ".join(campaigns[number][:2])
        texts.append((f"{own(4, 7)} {quote} {own(3, 5)}", f"quote{number}"))
    texts += [(f"{own(1, 2)} {chance.choice(draft)} {own(1, 2)}", "alone") for _ in range(total // 50)]
    while len(texts) < total:
        texts.append((own(1, 6), "alone"))
    chance.shuffle(texts)
    return [text for text, _ in texts], [what for _, what in texts], draft


def frames(texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"{number:06d}" for number in range(len(texts))]
    comments = pd.DataFrame(
        {"comment_id": ids, "response_id": ids, "question_id": "q-1", "locator": ids, "text": texts}
    )
    responses = pd.DataFrame({"response_id": ids, "respondent_id": ids, "submitted_at": None})
    return comments, responses


def judged(found: pd.DataFrame, truth: list[str]) -> dict[str, float]:
    """Shares found, and members of a group that are not of the kind that most of the group is."""
    groups = found.groupby("group_id")["response_id"].apply(lambda ids: [truth[int(i)] for i in ids])
    joined, wrong, quoting = set(), 0, 0
    for members, ids in zip(groups, found.groupby("group_id")["response_id"].apply(list), strict=True):
        common = max(sorted(set(members)), key=members.count)
        for what, response in zip(members, ids, strict=True):
            if what == common and what[0] in "cn":
                joined.add(response)
            else:
                wrong += 1
                quoting += what.startswith("quote")
    planted = {kind: [i for i, what in enumerate(truth) if what[0] == kind] for kind in "cn"}
    share = {kind: sum(f"{i:06d}" in joined for i in ids) / max(1, len(ids)) for kind, ids in planted.items()}
    return {"campaign": share["c"], "pairs": share["n"], "wrong": wrong, "quoting": quoting}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
