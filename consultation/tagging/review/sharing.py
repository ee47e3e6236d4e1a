"""Share comments out among colleagues, some of them to two, each without the other: the blind double coding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from consultation.errors import ConsultationError
from consultation.text import fingerprint, tidy


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one officer reads, in the order given; `blind` are those that a colleague reads too."""

    ids: tuple[str, ...]
    blind: tuple[str, ...]


def share(
    comment_ids: Sequence[str],
    officers: Sequence[str],
    *,
    double_share: float,
    strata: Mapping[str, str] | None = None,
    seed: int = 0,
) -> dict[str, Share]:
    """Every comment to one officer, and a `double_share` (0 to 1) of them to two, drawn evenly from each stratum.

    `strata` names each comment's stratum, such as its channel; shares of the strata are met to within one comment.
    Officers read as many as each other, to within one, and every two of them share some where there are enough.
    The same ids and seed give the same shares, in whatever order the ids come. With one officer nothing is doubled.
    Raises `ConsultationError` for no officer, one named twice, and a share outside 0 to 1.

    >>> shares = share([f"c-{n}" for n in range(200)], ["Amina", "Joe"], double_share=0.2)
    >>> [(who, len(each.ids), len(each.blind)) for who, each in shares.items()]
    [('Amina', 120, 40), ('Joe', 120, 40)]
    """
    _check(officers, double_share)
    of = strata or {}
    told = list(dict.fromkeys(comment_ids))
    drawn = sorted(told, key=lambda comment: (of.get(comment, ""), fingerprint(seed, comment)))
    doubled = _doubled(drawn, double_share if len(officers) > 1 else 0.0)
    readers = _dealt(drawn, doubled, officers)
    return {
        officer: Share(
            ids=tuple(comment for comment in told if officer in readers[comment]),
            blind=tuple(comment for comment in told if officer in readers[comment] and comment in doubled),
        )
        for officer in officers
    }


def _check(officers: Sequence[str], double_share: float) -> None:
    if not officers:
        raise ConsultationError("Nobody is named to share the comments among.", do="Name a colleague: --assign Amina")
    seen: set[str] = set()
    for officer in officers:
        if not officer.strip() or tidy(officer) in seen:
            raise ConsultationError(
                f"“{officer}” is named twice." if officer.strip() else "A colleague's name is empty.",
                do="Give each colleague a name of their own after --assign.",
            )
        seen.add(tidy(officer))
    if not 0 <= double_share <= 1:
        raise ConsultationError(
            f"The share to be read twice is {double_share}; it lies between 0 and 1.",
            do="Set double_coding_share in consultation.yaml, such as 0.2 for a fifth.",
        )


def _doubled(drawn: Sequence[str], double_share: float) -> set[str]:
    """Every so many of the drawing, so that each stratum gives its share."""
    wanted = round(len(drawn) * double_share)
    return {
        comment
        for place, comment in enumerate(drawn)
        if (place + 1) * wanted // len(drawn) > place * wanted // len(drawn)
    }


def _dealt(drawn: Sequence[str], doubled: set[str], officers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each comment's readers: always those who have least to read, so that strata and pairs take turns."""
    load = dict.fromkeys(officers, 0)
    pairs: dict[tuple[str, ...], int] = dict.fromkeys(combinations(officers, 2), 0)
    place = {officer: number for number, officer in enumerate(officers)}
    readers: dict[str, tuple[str, ...]] = {}
    for comment in [*(one for one in drawn if one in doubled), *(one for one in drawn if one not in doubled)]:
        if comment in doubled:
            chosen = min(pairs, key=lambda pair: (sum(load[one] for one in pair), pairs[pair], pair))
            pairs[chosen] += 1
        else:
            chosen = (min(officers, key=lambda officer: (load[officer], place[officer])),)
        for officer in chosen:
            load[officer] += 1
        readers[comment] = chosen
    return readers
