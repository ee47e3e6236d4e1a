"""What an analyst counts: comments or responses, with and without campaigns, and the dimensions they are counted by.

The smallest thing counted is a comment, or a response that holds none; both carry what is known of who sent them. A
dimension gives each of them any number of values. Two dimensions meet within one comment, so that a theme and an
element are counted together only where somebody said them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from consultation.errors import ConsultationError
from consultation.model import FACETS, Theme
from consultation.settings import Campaigns
from consultation.tables import Tables
from consultation.text import did_you_mean

Count = Literal["responses", "comments"]
Dimension = str | Sequence[str]  # several headings are one dimension: the first that somebody filled in

NOT_STATED: Final = "not stated"
WORKSHOP: Final = "workshop"  # what a line of a workshop has in place of what only a response can have
UNTAGGED: Final = "no code"
_OF_COMMENTS: Final = ("event_id", "source_id", "question_id", "voice", "heading", "speaker", "language")
_OF_RESPONSES: Final = (
    "channel", "respondent_type", "campaign_id", "campaign_part", "completeness", "submitted_at", "groups",
)  # fmt: skip
_NAMED: Final = {"source": "source_id", "event": "event_id", "question": "question_id", "campaign": "campaign_id"}
_PLAIN: Final = ("channel", "respondent_type", "voice", "heading", "campaign_part", "completeness")


def cases(
    tables: Tables, *, campaigns: Campaigns = "every_response", among: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row for each included comment and for each included response without one, by response and comment.

    Columns: response_id (missing for a workshop line), comment_id (missing where a response holds no comment),
    event_id, source_id, question_id, voice, heading, speaker, language, channel, respondent_type, campaign_id,
    campaign_part, completeness, submitted_at (as in `responses`), groups ("heading=value" each).

    `campaigns`: `every_response` counts; `without_standard` leaves out those that repeat a campaign's words unchanged;
    `without_campaigns` leaves out all of a campaign. `among`: only the comments of this frame (its `comment_id`).
    """
    responses = counted(tables["responses"], campaigns)
    comments = tables["comments"]
    comments = comments[comments["status"] == "included"]
    if among is not None:
        comments = comments[within(comments["comment_id"], among["comment_id"])]
    sent = within(comments["response_id"], responses["response_id"])
    comments = comments[sent | comments["response_id"].isna().to_numpy()]
    made: pd.DataFrame = comments[["response_id", "comment_id", *_OF_COMMENTS]].merge(
        responses[["response_id", *_OF_RESPONSES]], on="response_id", how="left"
    )
    if among is None:
        silent = responses[~within(responses["response_id"], comments["response_id"])]
        made = pd.concat([made, silent[["response_id", "source_id", *_OF_RESPONSES]]], ignore_index=True)
    channels = tables["sources"].set_index("source_id")["channel"]
    made["channel"] = made["channel"].fillna(made["source_id"].map(channels))
    made["groups"] = [told if isinstance(told, tuple) else () for told in made["groups"]]
    return made.sort_values(["response_id", "comment_id"], kind="stable", ignore_index=True)


def within(column: pd.Series, ids: pd.Series) -> np.ndarray:
    """Which values are among these; several times faster for ids than `isin`."""
    known = pd.Index(ids.dropna().to_numpy(dtype=object)).unique()
    return np.asarray(known.get_indexer(pd.Index(column.to_numpy(dtype=object))) >= 0)


def counted(responses: pd.DataFrame, campaigns: Campaigns = "every_response") -> pd.DataFrame:
    """The responses that are counted under a rule about campaigns (`campaigns` of the settings)."""
    held = responses[responses["status"] == "included"]
    if campaigns == "every_response":
        return held
    if campaigns not in ("without_standard", "without_campaigns"):
        rules = ("every_response", "without_standard", "without_campaigns")
        raise ConsultationError(f"There is no rule “{campaigns}” for campaigns.", do=did_you_mean(campaigns, rules))
    gone = held["campaign_id"].notna()
    return held[~(gone & (held["campaign_part"] == "standard") if campaigns == "without_standard" else gone)]


@dataclass(frozen=True, kw_only=True)
class Values:
    """One dimension: `code` (a place in `labels`) of `row` (of the cases), in parallel arrays; a row may have several.

    `ordered`: the labels stand in an order of their own, the document's or the codebook's.
    """

    row: np.ndarray
    code: np.ndarray
    labels: tuple[str, ...]
    ordered: bool = False


def units(held: pd.DataFrame, count: Count) -> np.ndarray:
    """For each row of the cases the number of what is counted: a response, or a comment; -1 where it is neither."""
    if count not in ("responses", "comments"):
        raise ConsultationError(f"There is no count of “{count}”.", do=did_you_mean(count, ("responses", "comments")))
    return np.asarray(pd.factorize(held["response_id" if count == "responses" else "comment_id"])[0], dtype="int64")


def values(tables: Tables, held: pd.DataFrame, by: Dimension, *, confirmed: bool = False) -> Values:
    """The values of a dimension for each row of the cases; see `crosstab` for what a dimension may be.

    Raises `ConsultationError` for an unknown one, with the nearest that there is.
    """
    if isinstance(by, str) and by in FACETS:
        return _coded(tables, held, by, confirmed)
    if isinstance(by, str) and (by in _NAMED or by in _PLAIN):
        return _labelled(_attribute(tables, held, by))
    headings = [by] if isinstance(by, str) else list(by)
    known = groups_known(tables["responses"])
    if all(heading in known for heading in headings):
        return _labelled(_or_workshop(held, grouped(held["groups"], headings)))
    asked = _questions(tables, headings)
    if asked:
        return _answered(tables, held, asked)
    lost = next(heading for heading in headings if heading not in known)
    raise ConsultationError(f"There is nothing to count by called “{lost}”.", do=did_you_mean(lost, dimensions(tables)))


def dimensions(tables: Tables) -> list[str]:
    """Everything that may be counted by: facets, what is known of comments and responses, groups, closed questions."""
    questions = tables["questions"]
    closed = questions[questions["question_id"].isin(tables["answers"]["question_id"])]
    return [*FACETS, *_NAMED, *_PLAIN, *groups_known(tables["responses"]), *dict.fromkeys(closed["text"])]


def groups_known(responses: pd.DataFrame) -> list[str]:
    """The headings of the columns that group respondents."""
    told = {part.partition("=")[0] for parts in responses["groups"] for part in parts}
    return sorted(told)


def grouped(groups: pd.Series, headings: Sequence[str]) -> pd.Series:
    """For each tuple of "heading=value" the value under the first of these headings that is there; else missing."""
    wanted = {heading: place for place, heading in enumerate(headings)}

    def first(parts: tuple[str, ...]) -> str | None:
        found = [(wanted[head], value) for head, _, value in (p.partition("=") for p in parts) if head in wanted]
        return min(found)[1] if found else None

    seen = {parts: first(parts) for parts in set(groups)}
    return pd.Series([seen[parts] for parts in groups], index=groups.index, dtype="str")


def names(tables: Tables, themes: Sequence[Theme], by: Dimension) -> dict[str, str]:
    """What a reader calls the values of a dimension, where that is more than the value itself."""
    if by == "theme":
        return {theme.code: theme.name for theme in themes}
    if by == "element":
        rows = tables["elements"].drop_duplicates("code", keep="first")
        return {str(code): _titled(str(code), name) for code, name in zip(rows["code"], rows["name"], strict=True)}
    return {}


def _titled(code: str, name: object) -> str:
    """Code and name; the name alone where the code says the same."""
    if not isinstance(name, str):
        return code
    return name if name.casefold() == code.casefold() else f"{code} {name}"


def standing(tags: pd.DataFrame, *, confirmed: bool = False) -> pd.DataFrame:
    """The tags that no person rejected; with `confirmed`, those that a person confirmed."""
    return tags[tags["status"] == "confirmed"] if confirmed else tags[tags["status"] != "rejected"]


def _coded(tables: Tables, held: pd.DataFrame, facet: str, confirmed: bool) -> Values:
    tags = standing(tables["tags"][tables["tags"]["facet"] == facet], confirmed=confirmed)
    written = np.flatnonzero(held["comment_id"].notna())
    row = pd.Index(held["comment_id"].iloc[written]).get_indexer(pd.Index(tags["comment_id"]))
    order = list(dict.fromkeys(tables["elements"].sort_values(["order", "code"])["code"])) if facet == "element" else []
    code, found = pd.factorize(tags["code"], sort=True)
    labels = [*order, *(name for name in found if name not in set(order))]
    place = np.array([labels.index(name) for name in found], dtype="int64")
    known = row >= 0
    return Values(row=written[row[known]], code=place[code[known]], labels=tuple(map(str, labels)), ordered=bool(order))


def _attribute(tables: Tables, held: pd.DataFrame, by: str) -> pd.Series:
    told = held[_NAMED.get(by, by)]
    if by == "source":
        return told.map(tables["sources"].set_index("source_id")["name"])
    if by == "question":
        return told.map(tables["questions"].set_index("question_id")["text"]).fillna(NOT_STATED)
    if by == "event":
        events = tables["events"].set_index("event_id")
        sources = events["source_id"].map(tables["sources"].set_index("source_id")["name"])
        return told.map(events["place"].fillna(events["audience"]).fillna(sources)).fillna("no event")
    if by == "campaign":
        return told.fillna("no campaign")
    return told.fillna(NOT_STATED) if by in ("channel", "voice", "heading") else _or_workshop(held, told)


def _or_workshop(held: pd.DataFrame, told: pd.Series) -> pd.Series:
    return told.where(held["response_id"].notna(), WORKSHOP).fillna(NOT_STATED)


def _labelled(told: pd.Series) -> Values:
    code, labels = pd.factorize(told, sort=True)
    return Values(row=np.arange(len(told)), code=np.asarray(code, dtype="int64"), labels=tuple(map(str, labels)))


def _questions(tables: Tables, asked: Sequence[str]) -> list[str]:
    """The ids of the questions with this id or these words, of every source."""
    held = tables["questions"]
    found = held[held["question_id"].isin(asked) | held["text"].isin(asked)]["question_id"]
    return list(found[found.isin(tables["answers"]["question_id"])])


def _answered(tables: Tables, held: pd.DataFrame, asked: Sequence[str]) -> Values:
    """The closed answers of each response; a box that is not ticked and a blank are no answer."""
    answers = tables["answers"]
    told = answers[answers["question_id"].isin(asked) & answers["state"].isin(["answered", "ticked"])]
    pairs = pd.DataFrame({"response_id": held["response_id"], "row": np.arange(len(held))}).merge(
        told[["response_id", "value"]], on="response_id", how="left"
    )
    code, labels = pd.factorize(_or_workshop(pairs, pairs["value"]), sort=True)
    return Values(row=pairs["row"].to_numpy(), code=np.asarray(code, dtype="int64"), labels=tuple(map(str, labels)))
