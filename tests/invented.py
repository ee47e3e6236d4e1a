"""An invented consultation of any size as named tables, for tests and benchmarks of reports. Nothing in it is real."""

from __future__ import annotations

import random

import pandas as pd

from consultation import model, tables
from consultation.settings import Channel, Settings

TYPES = ("resident", "business", "parish council", "staff", None)
THEMES = (
    model.Theme(code="not_understood", name="Not understood"),
    model.Theme(code="unrealistic", name="Promises too much"),
    model.Theme(code="excludes", name="Leaves people out"),
    model.Theme(code="support", name="Agreement"),
)
DISPOSITIONS = ("adopted", "partly_adopted", "retained_with_reason", "redirected", "deferred", "noted_support", None)
STATEMENTS = (
    "You asked what “seamless” means",
    "You wanted “carers” & families named",
    "You felt that <b>every</b> was too much",
    "You agreed with this part",
    "=1+1 is not a plan | nor is *this*",
)
SETTINGS = Settings(
    title="A Plan for Hollinshire",
    body="Hollinshire Council",
    opens="2026-01-12",
    closes="2026-02-22",
    stated_duration="six weeks",
    channels=(
        Channel(id="q", kind="questionnaire"),
        Channel(id="w", kind="workshop", audience="residents", participants="around 15", events="2"),
    ),
    notify={"email": "plan@example.org"},
)


def consultation(seed: int, *, points: int = 24, responses: int = 60) -> dict[str, pd.DataFrame]:
    """Tables of a consultation on eight elements; `points` points and `responses` responses of one comment each."""
    rng = random.Random(seed)
    elements = _elements()
    codes = [row.code for row in elements if row.version == "draft"]
    made = _said(rng, points, codes, responses)
    return {
        "elements": tables.frame("elements", elements),
        "lineage": tables.frame("lineage", [model.Lineage(from_code="1.3", to_code="1.1", change_kind="merged")]),
        "responses": tables.frame("responses", _responses(rng, responses)),
        "comments": tables.frame("comments", [_comment(n) for n in range(responses)]),
        "commitments": tables.frame(
            "commitments",
            [model.Commitment(commitment_id="k-1", text="We will report every year", due="2027-05", owner="Policy")],
        ),
        **made,
    }


def _elements() -> list[model.Element]:
    told = [
        ("vision", "vision", None, "Hollinshire is a seamless county.", "Hollinshire is a county for all."),
        ("1", "strategic_outcome", "vision", "Children thrive.", "Children thrive."),
        ("1.1", "supporting_outcome", "1", "Every family is resilient.", "Every family gets help when it asks."),
        ("1.2", "supporting_outcome", "1", "Schools are world-class.", "Schools are good."),
        ("1.3", "supporting_outcome", "1", "Deficits are eliminated.", None),
        ("2", "strategic_outcome", "vision", "Work pays.", None),
        ("2.1", "supporting_outcome", "2", None, "More people find work near home."),
    ]
    rows = []
    for order, (code, kind, parent, old, new) in enumerate(told):
        known = {"code": code, "kind": kind, "parent": parent, "order": order}
        if old or code != "2.1":
            rows.append(model.Element(**known, version="draft", wording=old))
        if new:
            rows.append(model.Element(**known, version="revised", wording=new))
    return rows


def _responses(rng: random.Random, count: int) -> list[model.Response]:
    return [
        model.Response(
            response_id=f"r-{n:07}", source_id="s-1", respondent_id=f"p-{n}", channel="questionnaire",
            respondent_type=rng.choices(TYPES, (60, 12, 3, 15, 10))[0],
            consent_to_quote=rng.choice((True, False, None)),
            status="excluded" if n % 17 == 16 else "included", status_reason="blank" if n % 17 == 16 else None,
            campaign_id="g-1" if n % 13 == 12 else None,
        )
        for n in range(count)
    ]  # fmt: skip


def _comment(n: int) -> model.Comment:
    return model.Comment(
        comment_id=f"c-{n:07}", response_id=f"r-{n:07}", event_id=None, source_id="s-1", locator=f"row {n + 2}",
        question_id=None, heading=None, voice="person",
        text=f"Comment {n}: what does “seamless” mean? <i>Honestly</i> & truly.",
    )  # fmt: skip


def _said(rng: random.Random, count: int, codes: list[str], responses: int) -> dict[str, pd.DataFrame]:
    points, links, evidence, decisions, rows, tags = [], [], [], [], [], []
    for n in range(count):
        point_id, code = f"t-{n:05}", rng.choice(codes)
        behind = sorted(rng.sample(range(responses), min(responses, rng.randint(0, 9))))
        points.append(
            model.Point(
                point_id=point_id, theme=rng.choice(THEMES).code, stance=rng.choice(model.STANCES),
                statement=f"{rng.choice(STATEMENTS)} ({n})", phrase=rng.choice(("seamless", None)),
                n_responses=len(behind), n_comments=len(behind), drafted=True,
            )
        )  # fmt: skip
        links.append(model.PointElement(point_id=point_id, element=code))
        evidence += [model.PointEvidence(point_id=point_id, comment_id=f"c-{b:07}") for b in behind]
        if disposition := rng.choice(DISPOSITIONS):
            decisions.append(
                model.Decision(
                    decision_id=f"d-{n}", point_id=point_id, disposition=disposition, reason="Because we said so",
                    destination="the business plan" if disposition == "redirected" else None, decided_by="The Leader",
                )
            )  # fmt: skip
        for side, told in (("said", points[-1].statement), ("did", f"We have done this ({n}).")):
            rows.append(
                model.BlockRow(
                    block_id=f"b-{code}",
                    row_id=f"{side}-{n}",
                    side=side,
                    order=n,
                    statement=told,
                    point_ids=(point_id,),
                )
            )
    used = [code for code in codes if any(row.block_id == f"b-{code}" for row in rows)]
    for n in range(responses):
        for facet, values in (("element", codes), ("stance", model.STANCES), ("theme", [t.code for t in THEMES])):
            tags.append(
                model.Tag(
                    comment_id=f"c-{n:07}", facet=facet, code=rng.choice(values), score=0.9, origin="rule", why="a cue",
                    status=rng.choice(("confirmed", "suggested", "rejected")),
                )
            )  # fmt: skip
    return {
        "points": tables.frame("points", points),
        "point_elements": tables.frame("point_elements", links),
        "point_evidence": tables.frame("point_evidence", evidence),
        "decisions": tables.frame("decisions", decisions),
        "blocks": tables.frame(
            "blocks",
            [model.Block(block_id=f"b-{c}", topic=f"Topic {c}", elements=(c,), order=n) for n, c in enumerate(used)],
        ),
        "block_rows": tables.frame("block_rows", rows),
        "tags": tables.frame("tags", tags),
    }
