"""Responses that answered no question: an id, a date, an age perhaps, and not a word or a tick more."""

from __future__ import annotations

import pandas as pd

from consultation.reading.layout.columns import asks_about_respondent
from consultation.reading.layout.platforms import BY_NAME
from consultation.tables import Tables

BLANK = "blank"
_NO_ANSWER = ("blank", "not_shown", "not_ticked", "officer_note")
_TABLES = frozenset(("sources", "responses", "questions", "answers", "comments"))


def set_blank_aside(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables with the included responses of questionnaires that answered nothing set aside as blank.

    A question about the respondent, such as their age, is no question of the consultation; a petition's signatures
    are an answer. "n/a" was written, so its response counts.
    """
    out = dict(tables)
    if not set(out) >= _TABLES:
        return out
    responses, answers, questions, sources = (out[name] for name in ("responses", "answers", "questions", "sources"))
    profile = [asks_about_respondent(text) for text in questions["text"].fillna("")]
    told = ~answers["state"].isin(_NO_ANSWER) & ~answers["question_id"].isin(questions.loc[profile, "question_id"])
    answered = pd.concat([answers.loc[told, "response_id"], out["comments"]["response_id"].dropna()]).unique()
    sheets = sources.loc[sources["platform"].isin(list(BY_NAME)), "source_id"]
    blank = (responses["status"] == "included") & responses["source_id"].isin(sheets) & responses["signatures"].isna()
    blank &= ~responses["response_id"].isin(answered)
    if blank.any():
        out["responses"] = responses.assign(
            status=responses["status"].mask(blank, "excluded"),
            status_reason=responses["status_reason"].mask(blank, BLANK),
        )
    return out
