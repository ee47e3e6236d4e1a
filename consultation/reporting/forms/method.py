"""Method and limitations, and the record of machine use: filled from the data; what is not known says "to complete".

The headings of the machine record follow the UK's Algorithmic Transparency Recording Standard, tier 1 and 2.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from consultation import history, tables
from consultation.model import Source
from consultation.reporting.forms import profile
from consultation.reporting.rows import Cell, Line, Section, Table, cell, plain
from consultation.reporting.view import View
from consultation.statements import lower_first, sentence

Row = tuple[str, list[str]]


def method(view: View) -> Section:
    """How the consultation was run, read, counted and reported, and what its figures cannot say."""
    rows: list[Row] = [
        ("period", _period(view)),
        ("channels", profile.received(view)),
        ("run_by", [view.settings.run_by or view.settings.body]),
        ("sources", _sources(view)),
        ("excluded", _excluded(view)),
        ("duplicates", _duplicates(view)),
        ("campaigns", _campaigns(view)),
        *([("late", _late(view))] if view.settings.closes else []),  # no response is late where nothing closes
        ("analysis", _analysis(view)),
        ("counts", [view.words("method.counts.text")]),
        ("scale", [_scale(view)]),
        ("percentages", [view.words("method.percentages.text")]),
        ("small", [_small(view)]),
        ("limits", [view.words(f"method.limits.{n}") for n in (1, 2, 3)]),
        ("machine", [view.words("method.machine.text")]),
    ]
    return _section(view, "method", rows)


def machine_use(view: View) -> Section:
    """What the program did, on what, with which figures, and who checked it."""
    words = view.words
    rows: list[Row] = [
        ("owner", [view.settings.body]),
        ("responsible", []),
        ("name", [words("machine_use.name.text")]),
        ("purpose", [words("machine_use.purpose.text")]),
        ("rationale", []),
        ("how", [words("machine_use.how.text")]),
        ("data", _data(view)),
        ("models", _models(view)),
        ("suggested", _suggested(view)),
        ("checked", _checked(view)),
        ("who", _checkers(view)),
        ("figures", []),
        ("decisions", [words("machine_use.decisions.text")]),
        ("personal", _personal(view)),
        ("risks", [words("machine_use.risks.text")]),
        ("assessments", []),
    ]
    return _section(view, "machine_use", rows)


def _section(view: View, form: str, rows: list[Row]) -> Section:
    words = view.words
    missing = [name for name, told in rows if not told]
    table = Table(
        caption=words(f"{form}.caption"),
        header=(words(f"{form}.what"), words(f"{form}.told")),
        rows=tuple((cell(words(f"{form}.{name}")), _cell(view, told)) for name, told in rows),
        widths=(28, 72),
        row_heads=True,
    )
    required = form == "method"
    return Section(
        form=form,
        title=words(f"{form}.title"),
        blocks=(table,),
        sheet=table,
        incomplete=tuple(lower_first(words(f"{form}.{name}")) for name in missing) if required else (),
    )


def _cell(view: View, told: list[str]) -> Cell:
    if not told:
        return cell(plain(view.words("to_complete"), "strong"))
    lines: tuple[Line, ...] = tuple(plain(sentence(text)) for text in told)
    return Cell(lines=lines)


def _period(view: View) -> list[str]:
    told = profile.period(view)
    return [told] if told else []


def _sources(view: View) -> list[str]:
    words = view.words
    rows: list[Source] = tables.rows("sources", view.table("sources"))
    return [_source(view, row) for row in sorted(rows, key=lambda row: row.name)] or [words("method.sources.none")]


def _source(view: View, row: Source) -> str:
    """What became of the rows of a file, without what there was none of."""
    words = view.words
    parts = [("imported", row.rows_imported), ("excluded", row.rows_excluded), ("empty", row.rows_empty),
             ("quarantined", row.rows_quarantined), ("header", row.header_rows)]  # fmt: skip
    told = [words(f"method.source.{name}", number=words.number(count)) for name, count in parts if count]
    return words(
        "method.source", name=row.name, channel=words.name("channel", row.channel), rows=words.number(row.rows_total),
        parts=words.listed(told) or words("none"),
    )  # fmt: skip


def _excluded(view: View) -> list[str]:
    words = view.words
    responses = view.table("responses")
    gone = responses[responses["status"] != "included"]
    reasons = gone["status_reason"].fillna(words("profile.no_reason")).value_counts().sort_index()
    return [
        words("method.excluded.reason", count=int(count), number=words.number(int(count)), reason=reason)
        for reason, count in reasons.items()
    ] or [words("method.excluded.none")]


def _duplicates(view: View) -> list[str]:
    count = int(view.table("responses")["duplicate_of"].notna().sum())
    return [_how_many(view, "method.duplicates", count)]


def _campaigns(view: View) -> list[str]:
    """How many responses were part of campaigns, and whether the figures count them."""
    words = view.words
    found = view.every_response[view.every_response["campaign_id"].notna()]
    if found.empty:
        return [words("method.campaigns.none")]
    campaigns, without = found["campaign_id"].nunique(), len(view.every_response) - len(found)
    own = int((found["campaign_part"] == "personalised").sum())
    told = [
        words("method.campaigns.text", count=len(found), number=words.number(len(found)),
              campaigns=words.number(campaigns), without=words.number(without))
    ]  # fmt: skip
    if own:
        told.append(words("method.campaigns.own", count=own, number=words.number(own)))
    return [*told, words(f"method.campaigns.{view.settings.campaigns}")]


def _late(view: View) -> list[str]:
    responses = view.table("responses")
    if responses["submitted_at"].isna().all():
        return [view.words("method.late.undated")]
    return [_how_many(view, "method.late", int((responses["completeness"] == "late").sum()))]


def _how_many(view: View, key: str, count: int) -> str:
    return (
        view.words(f"{key}.text", count=count, number=view.words.number(count)) if count else view.words(f"{key}.none")
    )


def _analysis(view: View) -> list[str]:
    words = view.words
    status = view.table("tags")["status"]
    told = [words("method.analysis.text", themes=words.number(len(view.themes)), points=words.number(len(view.points)))]
    if len(status):
        counted: dict[str, Any] = {
            name: words.number(int((status == name).sum())) for name in ("confirmed", "rejected", "suggested")
        }
        told.append(words("method.analysis.tags", **counted))
    return told


def _scale(view: View) -> str:
    """The words of the scale with the share from which each is used."""
    words = view.words
    scale = sorted(view.settings.quantity_words, key=lambda word: -word.from_share)
    told = [
        words(
            "method.scale.word" if is_whole else "method.scale.word.above",
            word=w.word,
            share=f"{w.from_share:.0%}"[:-1],
        )
        for w in scale
        for is_whole in ((w.from_share * 100).is_integer(),)
    ]
    changed = len(history.active(view.events, "quantity"))
    text = words("method.scale.text", scale=words.listed(told))
    return f"{text} {words('method.scale.changed', count=changed)}" if changed else text


def _small(view: View) -> str:
    rule = view.settings.suppression
    told = view.words("method.small.text", below=rule.below)
    return f"{told} {view.words('method.small.rounded', to=rule.round_to)}" if rule.round_to > 1 else told


def _data(view: View) -> list[str]:
    words = view.words
    counts: dict[str, Any] = {
        name: words.number(len(view.table(name))) for name in ("comments", "responses", "sources")
    }
    return [words("machine_use.data.text", **counts)]


def _models(view: View) -> list[str]:
    versions = sorted(set(view.table("tags")["model_version"].dropna()))
    return [view.words("machine_use.models.text", versions=", ".join(versions))] if versions else []


def _suggested(view: View) -> list[str]:
    words = view.words
    counted = view.table("tags")["origin"].value_counts().sort_index()
    return [
        words("machine_use.origin", origin=words(f"origin.{name}") if words.has(f"origin.{name}") else name,
              number=words.number(int(count)))
        for name, count in counted.items()
    ]  # fmt: skip


def _checked(view: View) -> list[str]:
    """Share checked and share changed, with their bases; nothing where nothing was tagged."""
    words = view.words
    tags = view.table("tags")
    if tags.empty:
        return []
    seen = tags[tags["status"] != "suggested"]
    told = [
        words("machine_use.checked.text", number=words.number(len(seen)), base=words.number(len(tags)),
              percent=words.percent(len(seen), len(tags)))
    ]  # fmt: skip
    if len(seen):
        wrong = int((seen["status"] == "rejected").sum())
        told.append(
            words("machine_use.changed.text", number=words.number(wrong), base=words.number(len(seen)),
                  percent=words.percent(wrong, len(seen)))
        )  # fmt: skip
    return told


def _checkers(view: View) -> list[str]:
    who = {event.who for event in history.active(view.events, "tag", "adjudicate")}
    return [view.words("machine_use.who.text", count=len(who))] if who else []


def _personal(view: View) -> list[str]:
    if "personal_data" not in view.tables:
        return []
    status = view.table("personal_data")["status"]
    return [view.words("machine_use.personal.text", **_counted(view, status, "open", "redacted", "kept"))]


def _counted(view: View, column: pd.Series, *names: str) -> dict[str, Any]:
    """How often each of these values stands in a column, as it is written."""
    return {name: view.words.number(int((column == name).sum())) for name in names}
