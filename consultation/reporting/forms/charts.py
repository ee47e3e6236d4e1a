"""Where people would rather look than read: support by outcome, themes by audience, what changed; with the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from consultation.model import STANCES
from consultation.reporting import sentences
from consultation.reporting.rows import Cell, Chart, Paragraph, Section, Table, cell, figure, plain
from consultation.reporting.view import Fate, View
from consultation.statements import shortened

SHOWN: Final = 12  # bars in one chart: the rest is in the tables
_NO_THEME: Final = ("off_topic", "unclear", "none_of_these")  # of every codebook, for what fits no theme
_FATES: Final[tuple[Fate, ...]] = ("changed", "new", "unchanged", "removed", "undecided")


def charts(view: View) -> Section:
    """The charts for which there are figures."""
    made = [chart for chart in (_changed(view), _support(view), _themes(view)) if chart is not None]
    return Section(
        form="charts",
        title=view.words("charts.title"),
        blocks=tuple(made) or (Paragraph(line=plain(view.words("charts.none"))),),
    )


def _changed(view: View) -> Chart | None:
    """How many elements of each kind changed, came, went or stayed."""
    words = view.words
    found = Counter((view.element(code).kind, view.fate(code)) for code in view.codes)
    kinds = list(dict.fromkeys(view.element(code).kind for code in view.codes))
    fates = [fate for fate in _FATES if any(found[kind, fate] for kind in kinds)]
    if not kinds:
        return None
    rows = [
        (
            cell(sentences.upper_first(sentences.code_name(view, "kind", kind))),
            *(_n(view, found[kind, f]) for f in fates),
        )
        for kind in kinds
    ]
    told = [words(f"headlines.fate.{fate}", count=sum(found[k, fate] for k in kinds)) for fate in fates]
    return _chart(
        view,
        "charts.changed",
        (words("before.kind"), *(sentences.upper_first(words(f"fate.{fate}")) for fate in fates)),
        rows,
        words("charts.changed.summary", total=words.number(len(view.codes)), parts=words.listed(told)),
    )


def _support(view: View) -> Chart | None:
    """Comments on each element by stance; those of one comment on two elements count under both."""
    words = view.words
    tags = view.table("tags")
    standing = tags[(tags["status"] != "rejected") & tags["facet"].isin(["element", "stance"])]
    if view.uncounted_comments:
        standing = standing[~standing["comment_id"].isin(view.uncounted_comments)]
    comment, _ = pd.factorize(standing["comment_id"])  # numbers join faster than ids
    told = pd.DataFrame({"comment": comment, "facet": standing["facet"].array, "code": standing["code"].array})
    told = told.astype({"facet": "category", "code": "category"}).drop_duplicates()
    about = told.loc[told["facet"] == "element", ["comment", "code"]]
    both = about.merge(told.loc[told["facet"] == "stance", ["comment", "code"]], on="comment")
    sizes = both.groupby(["code_x", "code_y"], observed=True).size()
    counted: Counter[tuple[str, str]] = Counter(dict(zip(sizes.index, sizes.tolist(), strict=True)))
    stances = [name for name in STANCES if any(told == name for _, told in counted)]
    totals = {code: sum(counted[code, name] for name in stances) for code in view.codes}
    widest = sorted((code for code in view.codes if totals[code]), key=lambda code: -totals[code])[:SHOWN]
    if not widest:
        return None
    rows = [
        (cell(_short(view, code)), *(_n(view, counted[code, name]) for name in stances))
        for code in view.codes
        if code in widest
    ]
    top = [code for code in widest if totals[code] == totals[widest[0]]]
    key = "charts.support.summary" if len(top) == 1 else "charts.support.tied"
    names = [_short(view, code) for code in top]
    number = words.number(totals[top[0]])
    return _chart(
        view,
        "charts.support",
        (words("charts.element"), *(sentences.code_name(view, "stance", name) for name in stances)),
        rows,
        words(key, element=names[0], elements=words.listed(names), number=number),
    )


def _themes(view: View) -> Chart | None:
    """Responses that raised each theme, by type of respondent, small numbers withheld."""
    words, found = view.words, view.breakdown
    shown = sorted(found.raised, key=lambda code: (code in _NO_THEME, -found.raised[code], code))[:SHOWN]
    if not shown:
        return None
    bases = found.by_type(found.whole)
    columns = [n for n, base in enumerate(found.whole) if base is not None]
    heads = [words("charts.based", name=words("charts.everyone"), base=words.number(len(view.included)))]
    heads += [words("charts.based", name=found.types[n], base=_n(view, found.whole[n]).text) for n in columns]
    names = {code: view.themes_by_code[code].name if code in view.themes_by_code else code for code in shown}
    rows = [
        (cell(names[code]), _n(view, found.raised[code]), *(_n(view, found.themes[code][n]) for n in columns))
        for code in shown
    ]
    left_out = [name for name, base in bases.items() if base is None]
    notes = [words("counts.small", below=view.settings.suppression.below), words("charts.multi")]
    if left_out:
        notes.append(words("charts.left_out", names=words.listed(left_out)))
    return _chart(
        view,
        "charts.themes",
        (words("charts.theme"), *heads),
        rows,
        _foremost(view, names),
        stacked=False,
        notes=tuple(notes),
    )


def _foremost(view: View, names: Mapping[str, str]) -> str:
    """Which theme more responses raised than any other; what fits no theme of the draft never leads."""
    words, raised = view.words, view.breakdown.raised
    told = [code for code in names if code not in _NO_THEME]
    if not told:
        return words("charts.themes.none")
    top = [names[code] for code in told if raised[code] == raised[told[0]]]
    key = "charts.themes.summary" if len(top) == 1 else "charts.themes.tied"
    number = words.number(raised[told[0]])
    return words(key, theme=top[0], themes=words.listed(map(words.quoted, top)), number=number)


def _short(view: View, code: str) -> str:
    """Code and name, for the label of a bar; the name alone where the code says the same, the kind where there is
    one such part."""
    row = view.element(code)
    if view.words.has(f"only.{row.kind}") and sum(view.element(each).kind == row.kind for each in view.codes) == 1:
        return sentences.upper_first(view.words(f"only.{row.kind}"))
    name = row.name or view.label(code)
    return name if name.casefold() == code.casefold() else shortened(f"{code} {name}")


def _n(view: View, count: int | None) -> Cell:
    return figure(count, view.words("withheld") if count is None else view.words.number(count))


def _chart(
    view: View,
    key: str,
    header: tuple[str, ...],
    rows: list[tuple[Cell, ...]],
    summary: str,
    *,
    stacked: bool = True,
    notes: tuple[str, ...] = (),
) -> Chart:
    title = view.words(key)
    notes = (*notes, *_campaigns(view)) if key != "charts.changed" else notes
    first = 30 if len(header) < 6 else 18
    table = Table(
        caption=view.words("charts.data", title=title),
        header=header,
        rows=tuple(rows),
        widths=(first, *((100 - first) // (len(header) - 1) for _ in header[1:])),
        row_heads=True,
        numbers=tuple(range(1, len(header))),
        notes=(*notes, view.words("provisional.note")) if view.provisional else notes,
    )
    return Chart(title=title, summary=summary, table=table, stacked=stacked)


def _campaigns(view: View) -> Iterator[str]:
    if view.without_campaigns is not None:
        counted, without = len(view.included), len(view.without_campaigns)
        number = view.words.number
        yield view.words("charts.campaigns", number=number(counted - without), base=number(counted))
