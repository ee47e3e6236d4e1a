"""What people have labelled, made ready to learn from: one set of lessons for each facet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from consultation.model import FACETS, LedgerEvent
from consultation.tagging import people, reading, settle
from consultation.tagging.learned import experts
from consultation.tagging.learned import prior as priors
from consultation.tagging.learned.experts import Maker
from consultation.tagging.learned.facet import Lessons
from consultation.tagging.learned.groups import together
from consultation.tagging.meaning import corpus as corpora
from consultation.tagging.reading import Prepared


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """Lessons by facet with the comments behind their rows, and how features of other texts are made alike."""

    maker: Maker
    comments: dict[str, tuple[str, ...]]
    lessons: dict[str, Lessons]


def gather(
    ready: Prepared, comments: pd.DataFrame, events: Sequence[LedgerEvent], responses: pd.DataFrame | None = None
) -> Labelled:
    """The lessons of each facet for which people have read anything.

    The codes of a comment that a person has read for a facet are those confirmed, and no others.
    """
    known = {facet: people.known(events, facet) for facet in FACETS}
    group = dict(zip(comments["comment_id"], together(comments, responses), strict=True))
    place = dict(zip(ready.cases.ids, ready.cases.place, strict=True))
    by_facet = {facet: [comment for comment in ready.cases.ids if comment in known[facet]] for facet in FACETS}
    wanted = sorted({int(place[comment]) for told in by_facet.values() for comment in told})
    part = reading.read_only(ready, wanted)
    row = {case: at for at, case in enumerate(wanted)}
    maker = experts.maker(corpora.read(ready.sample), ready.encoder)
    features = maker.of(part.corpus, ready.encoder)
    lessons = {}
    for facet, told in by_facet.items():
        codes = tuple(label.code for label in ready.book.of(facet))
        if told and codes:
            rows = np.array([row[int(place[comment])] for comment in told])
            seen = priors.traits(part.likeness[facet], part.evidence[facet].strength)[rows]
            truth = np.array([[code in known[facet][comment] for code in codes] for comment in told])
            lessons[facet] = Lessons(
                codes=codes, features=features.rows(rows), traits=seen, truth=truth,
                untaught=settle.table(facet, part.evidence[facet], part.likeness[facet], part.silent, part.asked)[rows],
                groups=np.array([group[comment] for comment in told]),
            )  # fmt: skip
    return Labelled(maker=maker, comments={facet: tuple(told) for facet, told in by_facet.items()}, lessons=lessons)
