"""One comment with all that was found in it: tags as coding stripes, phrases and personal data in their places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import pandas as pd

from consultation.analysis.cases import names, standing
from consultation.analysis.shown import INKS, Shown, block, paragraph, safe, table, tinted
from consultation.errors import ConsultationError
from consultation.model import FACETS, Theme
from consultation.tables import Tables
from consultation.text import did_you_mean, sentences

PHRASE, PERSONAL = "phrase", "personal data"
_LAYERS: Final = (*FACETS, PHRASE, PERSONAL)
_ASKS: Final = {
    "object": "objects to this", "replace": "would replace this", "remove": "would remove this",
    "add": "would add here", "keep": "would keep this", "question": "asks about this",
}  # fmt: skip


def marks(tables: Tables, comment_id: str, *, themes: Sequence[Theme] = ()) -> pd.DataFrame:
    """Everything that was found in a comment, by place: tags that nobody rejected, phrases, personal data.

    Columns: layer (element, theme, stance, audience, phrase, personal data), code, label (as a reader calls it), start,
    end (characters of the text; of the whole comment where a tag has no place), whole (the tag is of the comment as a
    whole), status, text (`comment[start:end]`). Raises `ConsultationError` for an unknown comment.
    """
    text = _text(tables, comment_id)
    called = {facet: names(tables, themes, facet) for facet in FACETS}
    tags = standing(tables["tags"][tables["tags"]["comment_id"] == comment_id])
    phrases = tables["phrases"][tables["phrases"]["comment_id"] == comment_id]
    personal = tables["personal_data"][tables["personal_data"]["comment_id"] == comment_id]
    rows = [
        (facet, code, called[facet].get(code, code), start, end, status)
        for facet, code, start, end, status in zip(
            tags["facet"], tags["code"], tags["start"], tags["end"], tags["status"], strict=True)
    ]  # fmt: skip
    rows += [
        (PHRASE, kind, _ASKS.get(kind, kind), start, end, status)
        for kind, start, end, status in zip(
            phrases["kind"], phrases["start"], phrases["end"], phrases["status"], strict=True)
        if status != "rejected"
    ]  # fmt: skip
    rows += [
        (PERSONAL, kind, kind.replace("_", " "), start, end, status)
        for kind, start, end, status in zip(
            personal["kind"], personal["start"], personal["end"], personal["status"], strict=True)
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["layer", "code", "label", "start", "end", "status"])
    whole = made["start"].isna() | made["end"].isna() | (made["start"].eq(0) & made["end"].ge(len(text)))
    made["start"] = made["start"].where(~whole, 0).astype("int64")
    made["end"] = made["end"].where(~whole, len(text)).clip(upper=len(text)).astype("int64")
    made["whole"] = whole.astype("bool")
    made["text"] = pd.Series([text[a:b] for a, b in zip(made["start"], made["end"], strict=True)], dtype="str")
    made["place"] = made["layer"].map(_LAYERS.index)
    made = made.sort_values(["place", "start", "end", "code"], kind="stable").drop(columns="place")
    order = ["layer", "code", "label", "start", "end", "whole", "status", "text"]
    return made[order].astype(dict.fromkeys(("layer", "code", "label", "status"), "str")).reset_index(drop=True)


def stripes(tables: Tables, comment_id: str, *, themes: Sequence[Theme] = ()) -> Shown:
    """The comment sentence by sentence, a column for each of its codes, which is named beside every sentence that it
    covers. Phrases and personal data are marked in the text, each with its label in words; nothing is left out of the
    text. It holds respondents' own words: it is for those who analyse, not for print.
    """
    text, found = _text(tables, comment_id), marks(tables, comment_id, themes=themes)
    codes = found[found["layer"].isin(FACETS)].drop_duplicates(["layer", "code"])
    placed = found[~found["layer"].isin(FACETS)]
    heads = [f"{layer}: {label}" for layer, label in zip(codes["layer"], codes["label"], strict=True)]
    starts = [start for start, _ in sentences(text)] or [0]
    cuts = [0, *starts[1:], len(text)]
    rows = []
    for start, end in pairwise(cuts):
        told = f'<span style="white-space:pre-wrap">{_marked(text, start, end, placed)}</span>'
        rows.append([told, *(_stripe(found, row, start, end) for row in codes.itertuples())])
    listed = [
        f"{row.layer}: {row.label} ({row.status})" + ("" if row.whole else f", “{row.text}”")
        for row in found.itertuples()
    ]
    return Shown(
        html=block(
            comment_id,
            table(["what was written", *heads], rows),
            paragraph("Nothing was found in it.") if found.empty else "",
        ),
        text="\n".join([text, *(f"  {line}" for line in listed or ["Nothing was found in it."])]),
    )


def _text(tables: Tables, comment_id: str) -> str:
    held = tables["comments"]
    found = held.loc[held["comment_id"] == comment_id, "text"]
    if found.empty:
        raise ConsultationError(f"There is no comment “{comment_id}”.", do=did_you_mean(comment_id, held["comment_id"]))
    return str(found.iloc[0])


def _stripe(found: pd.DataFrame, code: object, start: int, end: int) -> str:
    """The label of a code beside a sentence that it covers, with who stands behind it."""
    layer, name = getattr(code, "layer", ""), getattr(code, "code", "")
    here = found[(found["layer"] == layer) & (found["code"] == name) & (found["start"] < end) & (found["end"] > start)]
    if here.empty:
        return ""
    status = "confirmed" if (here["status"] == "confirmed").any() else "suggested"
    return f'<span style="background:{INKS[layer]};padding:0 4px">{safe(here["label"].iloc[0])}, {status}</span>'


def _marked(text: str, start: int, end: int, placed: pd.DataFrame) -> str:
    """The characters from `start` to `end` with the marks on them; a mark's label follows where the mark ends."""
    here = placed[(placed["start"] < end) & (placed["end"] > start)]
    cuts = sorted({start, end, *(c for c in (*here["start"], *here["end"]) if start < c < end)})
    told = []
    for first, last in pairwise(cuts):
        over = here[(here["start"] <= first) & (here["end"] >= last)]
        if over.empty:
            told.append(safe(text[first:last]))
            continue
        ink = PERSONAL if (over["layer"] == PERSONAL).any() else PHRASE
        ending = over[over["end"] == last]
        label = "; ".join(
            f"{layer}: {name}, {status}" if layer == PERSONAL else name
            for layer, name, status in zip(ending["layer"], ending["label"], ending["status"], strict=True)
        )
        told.append(tinted(text[first:last], ink, f"[{label}]" if label else ""))
    return "".join(told)
