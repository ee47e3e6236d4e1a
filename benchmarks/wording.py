"""From tags to points, audit, trace and workbook: CPU seconds, as a ratio to making the rows of the same tables.

    python benchmarks/wording.py [comments]

Invented frames: a draft of 60 elements in two versions; each comment carries two elements, a theme and a stance, and
every second one a phrase finding. The floor is turning comments, tags and phrases into dataclasses, which every stage
must do before it can begin.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from consultation import framework, tables
from consultation.model import Theme
from consultation.records import Record
from consultation.settings import Settings
from consultation.wording import audit, blocks, decisions, points, proposals, trace, workbook

SEED = 7
TEXT = "I do not like it. It is too vague for me. Say something else instead please."
SETTINGS = Settings()
THEMES = tuple(Theme(code=f"theme{number}", name=f"Theme {number}") for number in range(18))


def main(total: int) -> None:
    held = frames(total)
    floor, _ = cpu(lambda: [tables.rows(name, held[name]) for name in ("comments", "tags", "phrases")])
    seconds, made = cpu(lambda: derived(held))
    print(f"{total:,} comments, {len(made['points']):,} points; making the rows: {floor:.1f} CPU seconds")
    told: dict[str, Callable[[], Any]] = {
        "audit": lambda: audit.check(made, SETTINGS, THEMES),
        "trace of a comment": lambda: trace.why("c-1", made, ()),
        "decision workbook out": lambda: workbook.write(made, SETTINGS, THEMES),
    }
    for what, took in {"points to report rows": seconds, **{name: cpu(work)[0] for name, work in told.items()}}.items():
        print(f"{what:<24} {took:6.1f} = {took / floor:.1f} x")


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def derived(held: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    sources = (held[name] for name in ("comments", "responses", "events", "elements"))
    made = points.gather(*sources, THEMES, held["tags"], held["phrases"], ())
    made["proposals"] = proposals.propose(held["elements"], held["lineage"], made["points"], made["point_elements"], ())
    made |= decisions.fold(())
    said = (made[name] for name in ("points", "point_elements", "decisions", "proposals"))
    return {**held, **made, **blocks.draft(*said, held["elements"], THEMES, (), SETTINGS)}


def frames(total: int) -> dict[str, pd.DataFrame]:
    chance = random.Random(SEED)
    response = {"source_id": "s-1", "channel": "questionnaire", "groups": (), "status": "included"}
    comment = {"event_id": None, "source_id": "s-1", "voice": "person", "text": TEXT, "status": "included"}
    tag = {"score": 0.9, "origin": "rule", "status": "suggested", "why": "a cue"}
    ids = [f"c-{number}" for number in range(total)]
    tags = [{**tag, "comment_id": one, "facet": "element", "code": code} for one in ids for code in _codes(chance)]
    tags += [
        {**tag, "comment_id": one, "facet": "theme", "code": f"theme{chance.randrange(18)}", "start": 25, "end": 30}
        for one in ids
    ]
    tags += [{**tag, "comment_id": one, "facet": "stance", "code": "object"} for one in ids]
    return {
        "elements": framework.elements([Record(values=_element(number)) for number in range(60)]),
        "lineage": tables.frame("lineage"),
        "events": tables.frame("events"),
        "responses": tables.frame(
            "responses",
            [{**response, "response_id": f"r-{n}", "respondent_id": f"p-{n}"} for n in range((total + 3) // 4)],
        ),
        "comments": tables.frame(
            "comments",
            [
                {**comment, "comment_id": one, "response_id": f"r-{n // 4}", "locator": str(n)}
                for n, one in enumerate(ids)
            ],
        ),
        "tags": tables.frame("tags", tags),
        "phrases": tables.frame("phrases", [_phrase(chance, n, one) for n, one in enumerate(ids) if n % 2]),
    }


def _codes(chance: random.Random) -> list[str]:
    return [str(code) for code in chance.sample(range(60), 2)]


def _element(number: int) -> dict[str, Any]:
    old, new = (f"People {words} by working together on goal {number}" for words in ("live well", "are healthier"))
    wordings = {"draft": old, "revised": new}
    return {"code": str(number), "kind": "outcome", "name": f"Goal {number}", "wordings": wordings}


def _phrase(chance: random.Random, number: int, comment_id: str) -> dict[str, Any]:
    return {
        "phrase_id": f"f-{number}", "comment_id": comment_id, "element": str(chance.randrange(60)),
        "phrase": chance.choice(["live well", "working together", "goal"]), "start": 0, "end": 5, "match": "exact",
        "kind": chance.choice(["object", "replace"]), "replacement": chance.choice(["thrive", "cope", "manage"]),
        "score": 0.9, "why": "a pattern", "status": "suggested",
    }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
