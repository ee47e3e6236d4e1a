"""The phrase miner: from comments to the exact spans in which someone asks something of the draft's words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import pandas as pd

from consultation import tables
from consultation.model import Comment, Element, Phrase
from consultation.text import fingerprint, stem, words
from consultation.wording.miner import draft as drafts
from consultation.wording.miner import where
from consultation.wording.miner.reading import read
from consultation.wording.miner.settle import Candidate
from consultation.wording.miner.sheet import Room

Progress = Callable[[int, int, str], None]
_CHUNK: Final = 500


def mine(
    comments: pd.DataFrame,
    questions: pd.DataFrame,
    elements: pd.DataFrame,
    tags: pd.DataFrame | None = None,
    *,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """The table `phrases`: where someone objects to, replaces, removes, adds, keeps or questions words of the draft."""
    directory, index = _draft(elements)
    included = [row for row in tables.rows("comments", comments) if row.status == "included" and _english(row)]
    asked = {row.question_id: row.elements for row in tables.rows("questions", questions)}
    tagged = _tagged(tags)
    contexts: dict[tuple[Any, ...], where.About] = {}
    batches: defaultdict[tuple[str, tuple[Any, ...]], list[Comment]] = defaultdict(list)
    for comment in included:
        key = (asked.get(comment.question_id, ()), comment.heading, tagged.get(comment.comment_id, ()))
        batches[comment.text, key].append(comment)
        if key not in contexts:
            contexts[key] = where.about(directory, asked=key[0], heading=key[1], tagged=key[2])
    room = _room(index, directory, {text for text, _ in batches})
    rows: list[Phrase] = []
    for done, ((text, key), same) in enumerate(batches.items()):
        if progress and done % _CHUNK == 0:
            progress(done, len(batches), "comments read for phrases")
        for found in read(text, contexts[key], room):
            rows.extend(_row(comment, found) for comment in same)
    if progress:
        progress(len(batches), len(batches), "comments read for phrases")
    return tables.frame("phrases", {row.phrase_id: row for row in rows}.values())


def _draft(elements: pd.DataFrame) -> tuple[where.Directory, drafts.Draft]:
    """The draft's elements, indexed; later versions count only as names that a heading may use."""
    versions: list[Element] = tables.rows("elements", elements)
    names = [element.version for element in versions]
    first = "draft" if "draft" in names else (names[0] if names else "draft")
    current = [element for element in versions if element.version == first]
    current.sort(key=lambda element: (element.order, element.code))
    return where.directory({element.code: element for element in current}, versions), drafts.index(current)


def _english(comment: Comment) -> bool:
    return comment.language is None or comment.language.casefold().startswith("en")


def _tagged(tags: pd.DataFrame | None) -> Mapping[str, tuple[tuple[str, bool], ...]]:
    told: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for tag in tables.rows("tags", tags) if tags is not None else ():
        if tag.facet == "element" and tag.status != "rejected":
            told[tag.comment_id].append((tag.code, tag.status == "confirmed"))
    return {comment: tuple(sorted(found)) for comment, found in told.items()}


def _room(index: drafts.Draft, directory: where.Directory, texts: Iterable[str]) -> Room:
    """The draft, and which words of the comments are words of it misspelt: a word that many use is none."""
    seen: Counter[str] = Counter()
    count = 0
    for text in texts:
        count += 1
        seen.update({word.casefold() for word in words(text.replace("-", " "))})
    usual = frozenset(word for word, times in seen.items() if times > max(2, count * 0.01))
    known = {word.low for passage in index.passages for word in passage.words}
    respelt = {
        word: meant
        for word in seen
        if word not in known and stem(word) not in index.by_stem and (meant := drafts.respell(index, word, usual))
    }
    return Room(draft=index, directory=directory, respelt=respelt)


def _row(comment: Comment, found: Candidate) -> Phrase:
    new = found.new
    return Phrase(
        phrase_id="f-" + fingerprint(comment.comment_id, found.element, found.start, found.end, found.kind),
        comment_id=comment.comment_id,
        element=found.element,
        phrase=found.phrase,
        start=found.start,
        end=found.end,
        kind=found.kind,
        match=found.match,
        replacement=comment.text[new[0] : new[1]] if new else None,
        replacement_start=new[0] if new else None,
        replacement_end=new[1] if new else None,
        score=found.score,
        why=found.why,
    )
