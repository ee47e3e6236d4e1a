"""What is set aside, laid over what was read: blank responses, and what people say: exclusions, confirmed duplicates
and campaigns, answers moved.

Nothing is deleted. The tables as read stay as they are; `apply` gives them with the ledger's events laid over, so
undoing an event gives back the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from consultation.history import active
from consultation.model import LedgerEvent
from consultation.reading.blank import set_blank_aside
from consultation.reading.campaigns import PERSONALISED, STANDARD
from consultation.tables import Tables

KINDS = ("exclude", "duplicate", "campaign", "reassign")


def apply(tables: Tables, events: Sequence[LedgerEvent]) -> dict[str, pd.DataFrame]:
    """The tables with `status`, `status_reason`, `campaign_id`, `campaign_part`, `duplicate_of` and moved answers laid
    over responses and comments. Responses without an answer are blank; later events win. A comment of a response that
    is set aside is set aside with it, for the same reason.
    """
    out = set_blank_aside(tables)
    layers = {
        name: _Layer(out[name], key)
        for name, key in (("responses", "response_id"), ("comments", "comment_id"))
        if name in out
    }
    for event in active(events, *KINDS):
        _lay(event, layers)
    out |= {name: layer.frame() for name, layer in layers.items()}
    if {"responses", "comments"} <= set(layers):
        out["comments"] = follow(out["comments"], out["responses"])
    return out


class _Layer:
    """A table's columns as lists while events are laid over it; the table itself is not touched."""

    def __init__(self, table: pd.DataFrame, key: str) -> None:
        self.table = table
        self.rows = {told: place for place, told in enumerate(table[key].astype(object).tolist())}
        self.changed: dict[str, dict[int, str | None]] = {}

    def set(self, told: object, **values: str | None) -> None:
        place = self.rows.get(str(told))
        if place is None:
            return  # the event is about a record of a source that is not held any more
        for column, value in values.items():
            self.changed.setdefault(column, {})[place] = value

    def frame(self) -> pd.DataFrame:
        if not self.changed:
            return self.table
        out = self.table.copy()
        for column, values in self.changed.items():
            cells = out[column].astype(object).tolist()
            for place, value in values.items():
                cells[place] = value
            out[column] = pd.Series(cells, index=out.index).astype("str")
        return out


def _lay(event: LedgerEvent, layers: dict[str, _Layer]) -> None:
    told = event.payload
    if event.what == "exclude":
        layer = layers.get(str(told.get("table", "responses")))
        for each in told.get("ids", ()) if layer is not None else ():
            status = str(told.get("status", "excluded"))
            reason = str(told["reason"]) if told.get("reason") else None
            layer.set(each, status=status, status_reason=reason if status == "excluded" else None)  # type: ignore[union-attr]
    elif event.what == "duplicate" and told.get("duplicate_of"):  # None: a person said that it is none
        name = "comments" if told.get("comment_id") else "responses"
        if name in layers:
            each = told.get("comment_id") or told.get("response_id")
            first = told.get("duplicate_of")
            reason = str(told.get("reason") or "duplicate")
            layers[name].set(each, duplicate_of=str(first), status="excluded", status_reason=reason)
    elif event.what == "campaign":
        campaign, standard = str(told["campaign_id"]), set(told.get("standard_ids", ()))
        for each in told.get("response_ids", ()) if "responses" in layers else ():
            part = STANDARD if each in standard else PERSONALISED
            layers["responses"].set(each, campaign_id=campaign, campaign_part=part)
        for each in told.get("comment_ids", ()) if "comments" in layers else ():
            layers["comments"].set(each, campaign_id=campaign)
    elif event.what == "reassign" and "comments" in layers:
        layers["comments"].set(told.get("comment_id"), question_id=str(told["question_id"]))


def follow(comments: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """The comments, with those of responses that are set aside set aside for the same reason, and those of a
    campaign in it.
    """
    followed = responses[(responses["status"] == "excluded") | responses["campaign_id"].notna()]
    if not len(followed):
        return comments
    owner = comments["response_id"]
    out = comments.copy()
    excluded = followed.loc[followed["status"] == "excluded"].set_index("response_id")["status_reason"]
    aside = owner.isin(excluded.index) & (comments["status"] != "excluded")
    out.loc[aside, "status"] = "excluded"
    out.loc[aside, "status_reason"] = owner[aside].map(excluded).astype("str")
    campaign = followed.dropna(subset=["campaign_id"]).set_index("response_id")["campaign_id"]
    member = owner.isin(campaign.index) & comments["campaign_id"].isna()
    out.loc[member, "campaign_id"] = owner[member].map(campaign).astype("str")
    return out
