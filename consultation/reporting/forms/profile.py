"""Who took part: channels with participants and responses, parts and remainder never added up; what is counted.

What the settings state is printed as stated. What the record holds is counted, and where the two differ both are
shown. A remainder is computed and never given a name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Final

from consultation import tables
from consultation.model import Event
from consultation.reporting import counts, sentences
from consultation.reporting.rows import Block, Cell, Paragraph, Section, Table, cell, figure, plain
from consultation.reporting.view import View
from consultation.settings import Channel
from consultation.statements import sentence

_A_NUMBER: Final = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|dozen|hundred)\b",
    re.I,
)
_WHO: Final = re.compile(r"\d[^.;]*?\s[^\W\d_]{3,}")  # a number and then a word


def response_profile(view: View) -> Section:
    words = view.words
    blocks: list[Block] = [Paragraph(line=plain(text)) for text in (period(view), *_about(view)) if text]
    channels = all_channels(view)
    told = (*received(view), whole(view), words("profile.note"))
    blocks += [Paragraph(line=plain(text)) for text in told if text]
    if channels:
        blocks.append(_table(view, channels))
    blocks += [Paragraph(line=plain(text)) for channel in channels for text in _rates(view, channel)]
    if (counted := _reconciled(view)) is not None:
        blocks.append(counted)
    return Section(form="response_profile", title=words("profile.title"), blocks=tuple(blocks))


def all_channels(view: View) -> list[Channel]:
    """The channels of the settings, then those that the record alone shows."""
    stated = list(view.settings.channels)
    kinds = {channel.kind for channel in stated} | {_family(channel) for channel in stated}
    found = view.included["channel"].value_counts().sort_index()
    for kind, count in found.items():
        if kind not in kinds:
            stated.append(Channel(id=str(kind), kind=str(kind), responses=int(count)))
    if not any(_family(channel) == "workshop" for channel in stated):
        stated += _event_channels(view)
    return stated


def _event_channels(view: View) -> list[Channel]:
    """A channel for each event of the record, participants as written but for those who are named, not counted."""
    events: list[Event] = tables.rows("events", view.table("events"))
    sources = view.table("sources")
    names = dict(zip(sources["source_id"], sources["name"], strict=True))
    return [
        Channel(
            id=row.event_id,
            kind="workshop",
            audience=row.audience,
            participants=_counted(row.participants),
            events="1",
            note=", ".join(part for part in (row.place, view.words.date(row.date or "")) if part)
            or names.get(row.source_id),
        )
        for row in events
    ]


def _counted(participants: str | None) -> str | None:
    """Of a list of who was there, the parts that give a number: names are not printed.

    >>> _counted("14 residents, Cllr Bell, Sue (notes)")
    '14 residents'
    """
    parts = (part.strip() for part in re.split("[,;]", participants or ""))
    return ", ".join(part for part in parts if _A_NUMBER.search(part)) or None


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _family(channel: Channel) -> str:
    return "workshop" if "workshop" in channel.kind else channel.kind


def days_between(opens: str, closes: str) -> int | None:
    """Days from the first to the last, both counted; None where they are not two ISO dates in order.

    >>> days_between("2015-01-21", "2015-02-20")
    31
    """
    try:
        days = (datetime.date.fromisoformat(closes) - datetime.date.fromisoformat(opens)).days + 1
    except ValueError:
        return None
    return days if days > 0 else None


def period(view: View) -> str:
    settings, words = view.settings, view.words
    if not (settings.opens and settings.closes):
        return ""
    counted = days_between(settings.opens, settings.closes)
    days = words("count.days", count=counted, number=words.number(counted)) if counted else ""
    stated = ""
    if settings.stated_duration and days:
        stated = words("profile.period.stated", stated=settings.stated_duration, days=days)
    elif days:
        stated = words("profile.period.counted", days=days)
    return words("profile.period", opens=words.date(settings.opens), closes=words.date(settings.closes), stated=stated)


def _about(view: View) -> list[str]:
    settings, words = view.settings, view.words
    told = []
    if settings.aim:
        told.append(sentence(words("profile.aim", aim=settings.aim.rstrip(" ."))))
    if settings.run_by:
        told.append(words("profile.run_by", run_by=settings.run_by))
    return told


def received(view: View) -> list[str]:
    """How many responses came in and who took part: all of them first where no channel says it alone, then a sentence
    for each channel; those that the record alone shows and of which no more is known share one."""
    words, channels = view.words, all_channels(view)
    plain_ones = [c for c in channels if c not in view.settings.channels and c.responses and not _parts(view, c)]
    together = sorted(plain_ones, key=lambda channel: -(channel.responses or 0)) if len(plain_ones) > 1 else []
    told = [_together(view, together)] if together else []
    told += [text for c in channels if c not in together and (text := profile_sentence(view, c))]
    counted = [c.responses if c.responses is not None else _read(view, c) for c in channels]
    in_record = sum(counted) == len(view.included) and sum(map(bool, counted)) > max(1, len(together))
    if not in_record:
        return told
    without = None if view.without_campaigns is None else len(view.without_campaigns)
    return [words("profile.received.total", number=counts.number_of(view, "responses", sum(counted), without)), *told]


def _together(view: View, channels: list[Channel]) -> str:
    """Channels of which no more than their number is known, in one sentence."""
    words = view.words
    sizes = [(c.responses or 0, _without(view, c, c.responses or 0)) for c in channels]
    without = [number for _, number in sizes if number is not None]
    number = counts.number_of(view, "responses", sum(n for n, _ in sizes), sum(without) if without else None)
    parts = [
        words("profile.by", number=words.number(c.responses or 0), channel=words.name("channel", c.kind))
        for c in channels
    ]
    return words("profile.received.all", number=number, parts=words.listed(parts))


def profile_sentence(view: View, channel: Channel) -> str:
    """How a channel is told in a sentence; an empty text where nothing is known of its size."""
    words = view.words
    responses = channel.responses if channel.responses is not None else _read(view, channel)
    if responses:
        told = told_parts(view, channel, responses)
        parts = words.listed(told) if channel.of_which else "; ".join(told)  # answers to a question, as they stand
        return words(
            "profile.received",
            number=counts.number_of(view, "responses", responses, _without(view, channel, responses)),
            channel=words.name("channel", channel.kind),
            parts=words("profile.received.parts", parts=parts) if parts else "",
        )
    if channel.participants:
        named = bool(_WHO.search(channel.participants))  # "around 15 residents" says who they were
        several = channel.events is None or not channel.events.isdigit() or int(channel.events) > 1
        key = "attended.workshop" if channel.kind == "workshop" else ""
        text = words(
            "profile.attended.named" if named else "profile.attended",
            participants=channel.participants + ("," if named and "," in channel.participants else ""),
            audience=channel.audience or words("profile.attended.people"),
            channel=words(key, count=2 if several else 1) if key else words.name("channel", channel.kind),
        )
        return sentences.upper_first(text)
    return ""


def told_parts(view: View, channel: Channel, responses: int) -> list[str]:
    """The parts of a channel's responses as stated, or by type of respondent as recorded with small numbers withheld;
    and what is left over, which is not given a name."""
    words = view.words
    told = _parts(view, channel)
    left = responses - sum(channel.of_which.values())
    if channel.of_which and left > 0:
        told.append(words("profile.remainder", number=words.number(left)))
    return told


def _parts(view: View, channel: Channel) -> list[str]:
    words = view.words
    if channel.of_which:
        return [words("profile.part", number=words.number(n), name=name) for name, n in channel.of_which.items() if n]
    if channel.responses is not None and channel in view.settings.channels:
        return []
    return _by_type(view, view.breakdown.by_type(view.breakdown.channels.get(channel.kind, ())))


def _by_type(view: View, sizes: Mapping[str, int | None]) -> list[str]:
    """How many came from whom, the most first; then, without numbers, those that are withheld. Empty where all are."""
    told = counts.sized(view, sizes)
    if told and (hidden := [name for name, count in sizes.items() if count is None]):
        told.append(view.words("counts.hidden", groups=view.words.listed(hidden)))
    return told


def whole(view: View) -> str:
    """How many of all responses came from whom; nothing where each channel says it itself."""
    apart = [shown for shown in view.breakdown.channels.values() if not any(shown)]
    told = _by_type(view, view.breakdown.by_type(view.breakdown.whole)) if apart else []
    base = view.words.number(len(view.included))
    return view.words("profile.whole", base=base, parts="; ".join(told)) if told else ""


def _read(view: View, channel: Channel) -> int:
    """Responses of this kind that the record holds, where one channel of the settings answers to the kind."""
    if (
        sum(_family(other) == _family(channel) for other in view.settings.channels) > 1
        or _family(channel) == "workshop"
    ):
        return 0
    return int((view.included["channel"] == channel.kind).sum())


def _without(view: View, channel: Channel, responses: int) -> int | None:
    """Responses of a channel without campaigns; None where its responses are stated and not those of the record."""
    if view.without_campaigns is None or responses != _read(view, channel):
        return None
    return int((view.without_campaigns["channel"] == channel.kind).sum())


def _table(view: View, channels: list[Channel]) -> Table:
    """A row for each channel; a column of which nothing is known for any is left out."""
    words = view.words
    names = ("channel", "audience", "events", "participants", "responses", "parts")
    rows = [_row(view, channel) for channel in channels]
    unknown = ("–", words("not_stated"))
    kept = [n for n in range(len(names)) if n == 0 or any(row[n].text not in unknown for row in rows)]
    figures = [n for n in kept if n and all(row[n].number is not None or row[n].text == "–" for row in rows)]
    return Table(
        caption=words("profile.caption"),
        header=tuple(words(f"profile.{names[n]}") for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in rows),
        widths=tuple((22, 15, 11, 17, 16, 23)[n] for n in kept),
        row_heads=True,
        numbers=tuple(kept.index(n) for n in figures),
    )


def _row(view: View, channel: Channel) -> tuple[Cell, ...]:
    words = view.words
    responses = channel.responses if channel.responses is not None else (_read(view, channel) or None)
    name = sentences.upper_first(sentences.code_name(view, "channel", channel.kind))
    parts = told_parts(view, channel, responses or 0)
    return (
        cell(f"{name}: {channel.note}" if channel.note else name),
        cell(channel.audience or words("not_stated")),
        _stated(channel.events),
        _stated(channel.participants),
        figure(responses, words.number(responses)) if responses is not None else cell("–"),
        Cell(lines=tuple(map(plain, parts)), bulleted=True) if parts else cell("–"),
    )


def _stated(text: str | None) -> Cell:
    """A number as it was written: a figure where it is one, "around 15" as itself."""
    if text is None:
        return cell("–")
    return figure(int(text), text) if text.isascii() and text.isdigit() else cell(text)


def _rates(view: View, channel: Channel) -> list[str]:
    """Reply rates by type of invited body, each with its base, and together."""
    words = view.words
    told = [
        words(
            "profile.rate",
            number=words.number(channel.of_which[name]),
            base=words.number(base),
            name=name,
            percent=words.percent(channel.of_which[name], base),
        )
        for name, base in channel.invited.items()
        if name in channel.of_which and base
    ]
    if len(told) > 1 and channel.responses:
        base = sum(channel.invited.values())
        told.append(
            words(
                "profile.rate.all",
                number=words.number(channel.responses),
                base=words.number(base),
                percent=words.percent(channel.responses, base),
            )
        )
    return told


def _reconciled(view: View) -> Table | None:
    """Received, set aside by reason, counted; and without campaigns where there are any. It always balances."""
    words = view.words
    responses = view.table("responses")
    if responses.empty:
        return None
    rows = [(cell(words("profile.reconciled.received")), _n(view, len(responses)))]
    excluded = responses[responses["status"] != "included"]
    reasons = excluded["status_reason"].fillna(words("profile.no_reason")).value_counts().sort_index()
    for reason, count in reasons.items():
        rows.append((cell(words("profile.reconciled.excluded", reason=reason)), _n(view, int(count))))
    if left_out := len(view.every_response) - len(view.included):
        rows.append((cell(words("profile.reconciled.left_out")), _n(view, left_out)))
    rows.append((cell(words("profile.reconciled.included")), _n(view, len(view.included))))
    if view.without_campaigns is not None:
        without = len(view.without_campaigns)
        rows.append((cell(words("profile.reconciled.campaign")), _n(view, len(view.included) - without)))
        rows.append((cell(words("profile.reconciled.without")), _n(view, without)))
    return Table(
        caption=words("profile.reconciled"),
        header=(words("profile.reconciled.what"), words("profile.reconciled.n")),
        rows=tuple(rows),
        widths=(75, 25),
        row_heads=True,
        numbers=(1,),
        notes=_signatures(view),
    )


def _n(view: View, count: int) -> Cell:
    return figure(count, view.words.number(count))


def _signatures(view: View) -> tuple[str, ...]:
    signed = view.included["signatures"].dropna()
    return (view.words("profile.signatures", number=view.words.number(int(signed.sum()))),) if len(signed) else ()
