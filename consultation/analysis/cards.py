"""One element, one point, one change of wording, as a notebook shows it: what it says, who said what, what became."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from consultation import tables as named
from consultation.analysis.cases import NOT_STATED, counted, names
from consultation.analysis.shown import Shown, block, paragraph, safe, table, tinted
from consultation.breakdown import breakdown
from consultation.changes import Change, compare
from consultation.errors import ConsultationError
from consultation.model import DISPOSITIONS, Decision, Element, PersonalData, Point, Theme
from consultation.settings import Campaigns, Suppression
from consultation.tables import Tables
from consultation.text import did_you_mean

MOST: Final = 10  # points or comments in one card: the tables hold all
LONGEST: Final = 240  # characters of a comment
_DECIDED: Final = {code: told[:1].upper() + told[1:] for code, told in DISPOSITIONS.items()}


def element(tables: Tables, code: str, *, dispositions: dict[str, str] | None = None) -> Shown:
    """An element: its wordings with what changed, and the points about it, the widest shared first, with their answers.

    Raises `ConsultationError` for an unknown code, as do the others here.
    """
    rows = _element(tables, code)
    title = names(tables, (), "element")[code]
    wording = _wordings(rows)
    links = tables["point_elements"]
    points = _open_points(tables, links.loc[links["element"] == code, "point_id"])
    decided = {str(row.point_id): row for row in _decisions(tables)}
    listed = [
        [safe(row.statement), safe(_counts(row)), safe(_disposition(decided.get(row.point_id), dispositions or {}))]
        for row in points[:MOST]
    ]
    more = f"{len(points) - MOST} more points are in the tables." if len(points) > MOST else ""
    none = "Nobody made a point about it, as far as was found." if not points else ""
    drawn = table(["what was said", "by how many", "what was decided"], listed) if listed else ""
    told = [f"{row.statement} ({_counts(row)}): {_disposition(decided.get(row.point_id), dispositions or {})}"
            for row in points[:MOST]]  # fmt: skip
    return Shown(
        html=block(f"{title} ({rows[-1].kind.replace('_', ' ')})", wording.html, drawn, paragraph(more or none)),
        text="\n".join([title, wording.text, *(f"  {line}" for line in told), more or none]).rstrip(),
    )


def diff(tables: Tables, code: str) -> Shown:
    """What changed in the wording of an element, word by word, what went and what came each labelled so."""
    rows = _element(tables, code)
    told = _wordings(rows)
    title = names(tables, (), "element")[code]
    return Shown(html=block(title, told.html), text=f"{title}\n{told.text}")


def point(
    tables: Tables,
    point_id: str,
    *,
    themes: Sequence[Theme] = (),
    campaigns: Campaigns = "every_response",
    suppress: Suppression | None = None,
    dispositions: dict[str, str] | None = None,
) -> Shown:
    """A point: what was said, of which elements, by how many and whom, what was decided; the first comments behind it.

    Personal data that nobody settled as kept is covered in the comments, which are cut after 240 characters; small
    counts of types of respondent are withheld by `suppress`.
    """
    found: list[Point] = named.rows("points", tables["points"][tables["points"]["point_id"] == point_id])
    if not found:
        raise ConsultationError(
            f"There is no point “{point_id}”.", do=did_you_mean(point_id, tables["points"]["point_id"])
        )
    row = found[0]
    called = names(tables, themes, "element")
    links, evidence = tables["point_elements"], tables["point_evidence"]
    about = [called.get(code, code) for code in links.loc[links["point_id"] == point_id, "element"]]
    behind = evidence[evidence["point_id"] == point_id]
    decided = {str(made.point_id): made for made in _decisions(tables)}.get(point_id)
    facts = [
        ("about", ", ".join(about) or "the whole"),
        ("by how many", _counts(row)),
        ("by whom", _by_whom(tables, point_id, campaigns, suppress)),
        ("decided", _disposition(decided, dispositions or {})),
        ("why", decided.reason if decided and decided.reason else "–"),
    ]
    quoted = [safe(told) for told in _comments(tables, behind)]
    return Shown(
        html=block(
            row.statement,
            table(["", point_id], [[safe(name), safe(told)] for name, told in facts]),
            "".join(f'<blockquote style="white-space:pre-wrap">{told}</blockquote>' for told in quoted),
            paragraph(f"{len(behind) - len(quoted)} more comments are behind it.") if len(behind) > len(quoted) else "",
        ),
        text="\n".join([row.statement, *(f"  {name}: {told}" for name, told in facts)]),
    )


def _element(tables: Tables, code: str) -> list[Element]:
    """The element in each version that holds it, in the order of versions."""
    held = tables["elements"]
    rows: list[Element] = named.rows("elements", held[held["code"] == code])
    if not rows:
        raise ConsultationError(f"There is no element “{code}”.", do=did_you_mean(code, held["code"].unique()))
    versions = list(dict.fromkeys(("draft", *held["version"])))
    return sorted(rows, key=lambda row: versions.index(row.version))


def _wordings(rows: Sequence[Element]) -> Shown:
    known = [row for row in rows if row.wording]
    if not known:
        return Shown(html=paragraph("Its wording is not held."), text="Its wording is not held.")
    if len(known) == 1:
        told = f"{known[0].version}: {known[0].wording}"
        return Shown(html=paragraph(told), text=told)
    first, last = known[0], known[-1]
    changes = compare(first.wording or "", last.wording or "")
    if all(change.operation == "same" for change in changes):
        told = f"{first.version} and {last.version}, unchanged: {last.wording}"
        return Shown(html=paragraph(told), text=told)
    return Shown(
        html=f"<p>{safe(first.version)} → {safe(last.version)}: {''.join(map(_drawn, changes))}</p>",
        text="".join(map(_written, changes)).strip(),
    )


def _drawn(change: Change) -> str:
    if change.operation == "same":
        return safe(change.text)
    tag, label = ("del", "removed") if change.operation == "gone" else ("ins", "added")
    return f"<{tag}>{tinted(change.text, change.operation)}</{tag}><sub>[{label}]</sub> "


def _written(change: Change) -> str:
    if change.operation == "same":
        return change.text
    return f"[{'removed' if change.operation == 'gone' else 'added'}: {change.text.strip()}] "


def _open_points(tables: Tables, ids: pd.Series) -> list[Point]:
    held = tables["points"]
    rows: list[Point] = named.rows("points", held[held["point_id"].isin(ids) & (held["status"] == "open")])
    return sorted(rows, key=lambda row: (-(row.n_responses or 0), -(row.n_comments or 0), row.point_id))


def _decisions(tables: Tables) -> list[Decision]:
    rows: list[Decision] = named.rows("decisions", tables["decisions"].dropna(subset="point_id"))
    return sorted(rows, key=lambda row: (row.date or "", row.decision_id))


def _disposition(decided: Decision | None, own: dict[str, str]) -> str:
    if decided is None:
        return "nothing yet"
    return (_DECIDED | own).get(decided.disposition, decided.disposition)


def _counts(row: Point) -> str:
    counted = ((row.n_responses, "response"), (row.n_comments, "comment"), (row.n_events, "event"))
    told = [f"{n:,} {name}{'s' * (n != 1)}" for n, name in counted if n]
    return ", ".join(told) or "not stated"


def _by_whom(tables: Tables, point_id: str, campaigns: Campaigns, suppress: Suppression | None) -> str:
    """Responses by type, as far as any table of the publication tells them; all of them without a rule."""
    found = breakdown(
        counted(tables["responses"], campaigns), tables["comments"], tables["tags"], tables["points"],
        tables["point_evidence"], suppress or Suppression(below=1), NOT_STATED,
    )  # fmt: skip
    who = found.by_type(found.points.get(point_id, ()))
    told = [f"{n} {name}" for name, n in sorted(who.items(), key=lambda told: (-(told[1] or 0), told[0])) if n]
    hidden = [name for name, n in who.items() if n is None]
    parts = [*told, *([f"{', '.join(hidden)} (numbers withheld)"] if hidden else [])]
    return ", ".join(parts) or "not stated"


def _comments(tables: Tables, behind: pd.DataFrame) -> list[str]:
    comments = tables["comments"]
    here = comments[comments["comment_id"].isin(behind["comment_id"])].head(3)
    return [
        covered(tables, comment, text)[:LONGEST] for comment, text in zip(here["comment_id"], here["text"], strict=True)
    ]


def covered(tables: Tables, comment_id: str, text: str) -> str:
    """The text with every stretch that may identify somebody, and that nobody settled as kept, put as "[name]"."""
    held = tables["personal_data"]
    rows: list[Any] = named.rows("personal_data", held[(held["comment_id"] == comment_id) & (held["status"] != "kept")])
    spans: list[PersonalData] = sorted(rows, key=lambda row: (row.start, -row.end))
    told, at = [], 0
    for span in spans:
        if span.end <= at:
            continue
        told += [text[at : max(at, span.start)], f"[{span.kind.replace('_', ' ')}]"]
        at = span.end
    return "".join([*told, text[at:]])
