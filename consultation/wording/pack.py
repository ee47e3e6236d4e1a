"""The decision-makers' pack: every point with what is proposed, what was put before whom and when, and a page to sign.

Finished rows: a report prints them as they are. Files are named with their SHA-256, so that what was supplied can be
told from what was changed afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultation import history
from consultation.model import Decision, LedgerEvent, Point
from consultation.outcome import several
from consultation.settings import Settings
from consultation.tables import Tables
from consultation.wording import decisions as rules
from consultation.wording.audit.findings import SEVERITIES, Finding
from consultation.wording.labels import called, labels
from consultation.wording.points import by_point, ordered, who_said

NOT_DECIDED = "Not decided"
NOT_STATED = "not stated"


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One point as a decision-maker reads it. Every cell is filled."""

    point_id: str
    about: str
    statement: str
    said_by: str
    disposition: str
    reason: str
    destination: str
    decided_by: str
    against: tuple[str, ...]  # points that pull against it


@dataclass(frozen=True, kw_only=True)
class Supplied:
    """What was put before whom, when and by whom. `now` compares it with the file as it stands: the same, changed
    since, or no longer here."""

    what: str
    sha256: str
    to: str
    date: str
    recorded: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """`contents` are (file, SHA-256); `summary` lines stand above the signature; `findings` is what is still open."""

    title: str
    contents: tuple[tuple[str, str], ...]
    points: tuple[PointRow, ...]
    supplied: tuple[Supplied, ...]
    findings: tuple[Finding, ...]
    summary: tuple[str, ...]


def assemble(
    tables: Tables,
    settings: Settings,
    events: Sequence[LedgerEvent],
    findings: Sequence[Finding],
    files: Mapping[str, str],
) -> Pack:
    """The pack of the present state. `files` maps the names of what is handed over to their SHA-256.

    Points come in reading order, rivals side by side where they are about one element.
    """
    decided = rules.of_points(tables["decisions"])
    points = ordered(tables["points"])
    supplied = tuple(_supplied(event, files) for event in history.active(events, "supply"))
    return Pack(
        title=settings.title,
        contents=tuple(sorted(files.items())),
        points=tuple(_rows(points, tables, decided, settings)),
        supplied=supplied,
        findings=tuple(findings),
        summary=tuple(_summary(points, decided, findings, supplied, settings)),
    )


def _rows(
    points: Sequence[Point], tables: Tables, decided: Mapping[str, Decision], settings: Settings
) -> list[PointRow]:
    about, names = by_point(tables["point_elements"], "element"), labels(tables["elements"])
    return [
        PointRow(
            point_id=point.point_id,
            about=called(about.get(point.point_id, ()), names),
            statement=point.statement,
            said_by=_said_by(point),
            against=point.conflicts_with,
            **_decision(decided.get(point.point_id), settings),
        )
        for point in points
    ]


def _said_by(point: Point) -> str:
    """Counts side by side, never added up; who they were; the quantity as a person stated it."""
    counted = {"response": point.n_responses, "comment": point.n_comments, "workshop": point.n_events}
    counts = [several(count, name) for name, count in counted.items() if count]
    return "; ".join(filter(None, (point.quantity, ", ".join(counts), ", ".join(who_said(point))))) or NOT_STATED


def _decision(decision: Decision | None, settings: Settings) -> dict[str, str]:
    if decision is None:
        return {"disposition": NOT_DECIDED, "reason": "", "destination": "", "decided_by": ""}
    code = rules.reasons(settings).get(decision.reason_code or "", "")
    return {
        "disposition": rules.dispositions(settings).get(decision.disposition, decision.disposition),
        "reason": decision.reason or code,
        "destination": decision.destination or "",
        "decided_by": ", ".join(filter(None, (decision.decided_by, decision.body, decision.date))),
    }


def _supplied(event: LedgerEvent, files: Mapping[str, str]) -> Supplied:
    told = event.payload
    what, mark = str(told["what"]), str(told["sha256"])
    now = "the same" if files.get(what) == mark else "changed since" if what in files else "no longer here"
    return Supplied(
        what=what, sha256=mark, to=str(told.get("to") or NOT_STATED), date=str(told.get("date") or NOT_STATED),
        recorded=f"{event.at}, {event.who}", now=now,
    )  # fmt: skip


def _summary(
    points: Sequence[Point],
    decided: Mapping[str, Decision],
    findings: Sequence[Finding],
    supplied: Sequence[Supplied],
    settings: Settings,
) -> list[str]:
    names = rules.dispositions(settings)
    told = Counter(decided[point.point_id].disposition for point in points if point.point_id in decided)
    open_ones = Counter(finding.severity for finding in findings)
    audit = ", ".join(f"{open_ones[severity]} {severity}" for severity in SEVERITIES if open_ones[severity])
    changed = sum(one.now != "the same" for one in supplied)
    return [
        f"Points made: {len(points)}; decided: {told.total()}; not decided: {len(points) - told.total()}.",
        *(f"{names.get(code, code).capitalize()}: {number}." for code, number in sorted(told.items())),
        f"The audit has open: {audit}." if audit else "The audit found nothing open.",
        f"Documents put before decision-makers: {len(supplied)}; of these differ from the files now: {changed}.",
    ]
