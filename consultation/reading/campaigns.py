"""Campaigns counted honestly: who sent the standard words, who added their own, and every headline under each rule.

Counting 278 responses as three, or as 278, once moved a published figure from 56% to over 70%. Both are defensible;
printing one of them alone is not. So each rule is stated, and its figures stand side by side.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import pandas as pd

STANDARD, PERSONALISED = "standard", "personalised"
RULES: Final[dict[str, str]] = {
    "every_response": "Every response counts as one.",
    "without_standard": "Responses that repeat a campaign's words unchanged are set aside; those with own words count.",
    "without_campaigns": "Responses of campaigns are set aside.",
    "each_campaign_once": "Each campaign counts as one response, on the side that most of its senders took.",
}


def parts(suggestions: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Each suggested member of a campaign: response_id, campaign_id, part (`standard` or `personalised`).

    A response is `standard` where the campaign's words are all that it says: neither own words within them nor another
    comment beside them. A response in two campaigns belongs to the one that it shares more comments with.
    """
    member = suggestions[suggestions["kind"].str.startswith("campaign_", na=False)]
    counts = member.groupby(["response_id", "group_id"], sort=True).size().reset_index(name="n")
    chosen = counts.sort_values(["response_id", "n", "group_id"], ascending=[True, False, True]).drop_duplicates(
        "response_id"
    )
    changed = set(member.loc[member["kind"] == "campaign_personalised", "response_id"])
    filled = comments[comments["text"].str.strip().ne("") & comments["response_id"].notna()]
    beside = set(filled.loc[~filled["comment_id"].isin(member["comment_id"]), "response_id"])
    own = chosen["response_id"].isin(changed | beside)
    return pd.DataFrame(
        {
            "response_id": chosen["response_id"].tolist(),
            "campaign_id": chosen["group_id"].tolist(),
            "part": [PERSONALISED if told else STANDARD for told in own],
        }
    )


def confirm(
    suggestions: pd.DataFrame, comments: pd.DataFrame, campaign_id: str, name: str
) -> tuple[str, dict[str, Any]]:
    """The event by which a person confirms that these responses are one campaign, under a name."""
    told = parts(suggestions, comments)
    told = told[told["campaign_id"] == campaign_id]
    held = suggestions[(suggestions["group_id"] == campaign_id) & suggestions["response_id"].isin(told["response_id"])]
    return "campaign", {
        "campaign_id": campaign_id,
        "name": name,
        "response_ids": sorted(told["response_id"]),
        "standard_ids": sorted(told.loc[told["part"] == STANDARD, "response_id"]),
        "comment_ids": sorted(held["comment_id"].dropna()),
    }


def reconcile(members: pd.DataFrame) -> pd.DataFrame:
    """One row for each campaign: campaign_id, responses, standard, personalised; responses is the sum of the two.

    `members` has campaign_id and part (from `parts`) or campaign_part (the table `responses`).
    """
    part = "part" if "part" in members else "campaign_part"
    held = members[members["campaign_id"].notna()]
    table = pd.crosstab(held["campaign_id"], held[part].fillna(PERSONALISED)).reindex(
        columns=[STANDARD, PERSONALISED], fill_value=0
    )
    table.insert(0, "responses", table.sum(axis=1))
    return table.rename_axis(columns=None).reset_index()


def petitions(responses: pd.DataFrame) -> pd.DataFrame:
    """Petitions: response_id, signatures. Each is one response; signatures stand beside it and are added to nothing."""
    held = responses[(responses["channel"] == "petition") | responses["signatures"].notna()]
    return held[["response_id", "signatures"]].reset_index(drop=True)


def headline(
    responses: pd.DataFrame, in_favour: Collection[str], *, answered: Collection[str] | None = None
) -> pd.DataFrame:
    """A headline figure under each rule: rule, told (the rule in words), in_favour, base, share (0 to 1, NaN of none).

    `in_favour` are ids of responses on one side, `answered` those that took any (all, if not given). Excluded responses
    count nowhere.

    >>> responses = pd.DataFrame({
    ...     "response_id": ["a", "b", "c", "d"], "status": "included",
    ...     "campaign_id": ["g-1", "g-1", None, None], "campaign_part": ["standard", "personalised", None, None]})
    >>> headline(responses, ["a", "b"])[["rule", "in_favour", "base"]].values.tolist()
    [['every_response', 2, 4], ['without_standard', 1, 3], ['without_campaigns', 0, 2], ['each_campaign_once', 1, 3]]
    """
    held = responses[responses["status"] == "included"]
    if answered is not None:
        held = held[held["response_id"].isin(list(answered))]
    yes = held["response_id"].isin(list(in_favour))
    campaign = held["campaign_id"].notna()
    standard = campaign & (held["campaign_part"] == STANDARD) if "campaign_part" in held else campaign
    once = yes[campaign].groupby(held.loc[campaign, "campaign_id"]).mean().gt(0.5)
    counts = {
        "every_response": (int(yes.sum()), len(held)),
        "without_standard": (int((yes & ~standard).sum()), int((~standard).sum())),
        "without_campaigns": (int((yes & ~campaign).sum()), int((~campaign).sum())),
        "each_campaign_once": (int((yes & ~campaign).sum() + once.sum()), int((~campaign).sum() + len(once))),
    }
    return pd.DataFrame(
        [
            {"rule": rule, "told": told, "in_favour": counts[rule][0], "base": counts[rule][1],
             "share": counts[rule][0] / counts[rule][1] if counts[rule][1] else float("nan")}
            for rule, told in RULES.items()
        ]
    )  # fmt: skip
