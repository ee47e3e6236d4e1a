"""Finding what people wrote: comments by their words, tags and senders, and a word in its context (concordance)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal

import pandas as pd

from consultation.analysis.cases import grouped, groups_known, standing
from consultation.errors import ConsultationError
from consultation.model import FACETS, RECORD_STATUSES
from consultation.tables import Tables
from consultation.text import WORD, did_you_mean, stem, straight

Wanted = str | Collection[str] | None
Order = Literal["comment", "left", "right"]
Places = Callable[[str], list[tuple[int, int]]]
_QUERY: Final = re.compile(rf"{WORD.pattern}\*?")
_GAP: Final = r"(?:[\W_])+"  # between two words of a query
_MORE: Final = r"[^\W_]*"  # what an asterisk stands for
_FOUND: Final = ("comment_id", "response_id", "channel", "respondent_type", "voice", "heading", "text")
_LISTS: Final = {"element": "elements", "theme": "themes", "stance": "stances", "audience": "audiences"}


def search(
    tables: Tables,
    text: str | None = None,
    *,
    element: Wanted = None,
    theme: Wanted = None,
    stance: Wanted = None,
    audience: Wanted = None,
    channel: Wanted = None,
    respondent_type: Wanted = None,
    voice: Wanted = None,
    groups: Mapping[str, Wanted] | None = None,
    status: str = "included",
    confirmed: bool = False,
    stemmed: bool = False,
) -> pd.DataFrame:
    """The comments that meet every condition, in the order of responses and comments.

    `text` is looked for as `concordance` does. A condition takes one value or several, any of which will do; an
    `element` stands for all that is below it too. `groups` maps the heading of a group column to values. `status` is
    `included`, `excluded` or `any`. Tags count unless a person rejected them; with `confirmed`, only those confirmed.

    Columns: comment_id, response_id, channel, respondent_type, voice, heading, text (as written), elements, themes,
    stances, audiences (tuples of codes), status. Raises `ConsultationError` for a value that is nowhere in the tables,
    with the nearest that is.
    """
    held = _with_senders(tables)
    if status != "any":
        _known(status, "status", (*RECORD_STATUSES, "any"))
        held = held[held["status"] == status]
    for name, wanted in (("channel", channel), ("respondent_type", respondent_type), ("voice", voice)):
        if wanted is not None:
            held = held[held[name].isin(_chosen(wanted, name, _with_senders(tables)[name].dropna().unique()))]
    for heading, wanted in (groups or {}).items():
        _known(heading, "group", groups_known(tables["responses"]))
        told = grouped(held["groups"], [heading])
        held = held[told.isin(_chosen(wanted, heading, grouped(tables["responses"]["groups"], [heading]).dropna()))]
    tags = standing(tables["tags"], confirmed=confirmed)
    for facet, wanted in zip(FACETS, (element, theme, stance, audience), strict=True):
        if wanted is not None:
            held = held[held["comment_id"].isin(_tagged(tables, tags, facet, wanted))]
    if text is not None:
        found = places(text, stemmed=stemmed)
        held = held[[bool(found(told)) for told in held["text"]]]
    return _told(held, tags)


def concordance(
    tables: Tables,
    words: str,
    *,
    width: int = 50,
    stemmed: bool = False,
    among: pd.DataFrame | None = None,
    order: Order = "comment",
) -> pd.DataFrame:
    """Every place where included comments say `words`, with up to `width` characters on either side.

    Words stand whole, in any case and with any quotes; `*` ends one that may go on ("disab*"); several must stand one
    after the other, whatever is between them but words. With `stemmed`, every form of each word is found ("care" finds
    "caring"). `among`: only the comments of this frame.

    Columns: comment_id, start, end (`text[start:end]` is the match), left, match, right (line breaks as spaces),
    channel, respondent_type. In the order of comments, or by the words to the left (nearest first) or right.
    """
    held = _with_senders(tables)
    held = held[held["status"] == "included"]
    if among is not None:
        held = held[held["comment_id"].isin(among["comment_id"])]
    _known(order, "order", ("comment", "left", "right"))
    found = places(words, stemmed=stemmed)
    rows = [
        (comment, start, end, _line(text[max(0, start - width) : start]), text[start:end],
         _line(text[end : end + width]), channel, kind)
        for comment, text, channel, kind in zip(
            held["comment_id"], held["text"], held["channel"], held["respondent_type"], strict=True)
        for start, end in found(text)
    ]  # fmt: skip
    made = pd.DataFrame(
        rows, columns=["comment_id", "start", "end", "left", "match", "right", "channel", "respondent_type"]
    ).astype({"start": "int64", "end": "int64", "channel": "str", "respondent_type": "str"})
    if order == "left":
        key = made["left"].map(lambda told: [word.casefold() for word in reversed(WORD.findall(told))])
    elif order == "right":
        key = made["right"].map(lambda told: [word.casefold() for word in WORD.findall(told)])
    else:
        return made
    return made.iloc[sorted(range(len(made)), key=list(key).__getitem__)].reset_index(drop=True)


def places(words: str, *, stemmed: bool = False) -> Places:
    """A function that gives the spans (start, end) in which a text says these words; see `concordance`.

    >>> places("carer*")("Carers care; carers’ lives")
    [(0, 6), (13, 19)]
    >>> places("unpaid care", stemmed=True)("for unpaid, caring people")
    [(4, 18)]
    """
    told = _QUERY.findall(straight(words))
    if not told:
        raise ConsultationError("There is no word to look for.", do="Give one word or several: concordance('bus*')")
    if not stemmed:
        body = _GAP.join(re.escape(word.rstrip("*")) + (_MORE if word.endswith("*") else "") for word in told)
        whole = re.compile(rf"(?<![^\W_]){body}(?![^\W_])", re.I)
        return lambda text: [found.span() for found in whole.finditer(straight(text))]
    asked = [word.rstrip("*").casefold() for word in told]
    opening = re.compile(rf"(?<![^\W_]){re.escape(told[0][:2])}", re.I)  # a cheap look before every word is read

    def spans(text: str) -> list[tuple[int, int]]:
        plain = straight(text)
        if not opening.search(plain):
            return []
        found = [(hit.start(), hit.end(), hit[0]) for hit in WORD.finditer(plain)]
        runs = (found[at : at + len(asked)] for at in range(len(found) - len(asked) + 1))
        return [
            (run[0][0], run[-1][1])
            for run in runs
            if all(_akin(word.casefold(), one) for (_, _, word), one in zip(run, asked, strict=True))
        ]

    return spans


def _akin(one: str, other: str) -> bool:
    """Whether two words are forms of one; rules for endings alone would make "car" a form of "care".

    >>> _akin("caring", "care"), _akin("bus", "buses"), _akin("cars", "care")
    (True, True, False)
    """
    root = stem(one)
    bare = {root, f"{root}s"}
    return root == stem(other) and not ({one, other} & bare and f"{root}e" in (one, other))


def _with_senders(tables: Tables) -> pd.DataFrame:
    """Every comment with the channel, type and groups of who sent it, in the order of responses and comments."""
    made = tables["comments"].merge(
        tables["responses"][["response_id", "channel", "respondent_type", "groups"]], on="response_id", how="left"
    )
    channels = tables["sources"].set_index("source_id")["channel"]
    made["channel"] = made["channel"].fillna(made["source_id"].map(channels))
    made["groups"] = [told if isinstance(told, tuple) else () for told in made["groups"]]
    return made.sort_values(["response_id", "comment_id"], kind="stable", ignore_index=True)


def _chosen(wanted: Wanted, what: str, known: Iterable[str]) -> list[str]:
    chosen = [wanted] if isinstance(wanted, str) else list(wanted or ())
    for value in chosen:
        _known(value, what, known)
    return chosen


def _known(value: str, what: str, known: Iterable[str]) -> None:
    held = sorted(set(known))
    if value not in held:
        raise ConsultationError(f"There is no {what.replace('_', ' ')} “{value}” here.", do=did_you_mean(value, held))


def _tagged(tables: Tables, tags: pd.DataFrame, facet: str, wanted: Wanted) -> pd.Series:
    """The comments that carry one of these codes; an element's code brings those below it."""
    here = tags[tags["facet"] == facet]
    elements = tables["elements"]
    known = set(here["code"]) | (set(elements["code"]) if facet == "element" else set())
    chosen = set(_chosen(wanted, facet, known))
    while facet == "element" and (more := set(elements["code"][elements["parent"].isin(chosen)]) - chosen):
        chosen |= more
    return here.loc[here["code"].isin(chosen), "comment_id"]


def _told(held: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    made = held[list(_FOUND)].reset_index(drop=True)
    row = pd.Index(made["comment_id"]).get_indexer(pd.Index(tags["comment_id"]))
    for facet, name in _LISTS.items():
        mine = (row >= 0) & (tags["facet"] == facet).to_numpy()
        pairs = sorted(set(zip(row[mine].tolist(), tags["code"][mine].tolist(), strict=True)))
        lists: list[tuple[str, ...]] = [()] * len(made)
        for at, those in groupby(pairs, key=itemgetter(0)):
            lists[at] = tuple(code for _, code in those)
        made[name] = pd.Series(lists, dtype=object)
    return made.assign(status=held["status"].array)


def _line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\r" in text else text
