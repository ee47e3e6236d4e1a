"""What a person decided is never lost, and a tampered record is found."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation import history, store, tables
from consultation.errors import ConsultationError
from consultation.model import Lineage, PointElement
from consultation.store import Ledger

TIME = "2026-03-02T09:00:00Z"


PAYLOADS = st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=2)
BATCHES = st.lists(st.lists(st.tuples(st.sampled_from(sorted(history.EVENTS)), PAYLOADS), max_size=4), max_size=5)


def memos(number: int, about: str = "c-1") -> list[tuple[str, dict[str, Any]]]:
    return [("memo", {"about": about, "text": f"note {n}"}) for n in range(number)]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / store.LEDGER_FILE)
    for day in range(1, 7):
        made.append(memos(1, f"c-{day}"), who="R. Shah", at=f"2026-03-0{day}T09:00:00Z")
    return made


def test_a_sound_ledger_has_nothing_wrong(ledger: Ledger) -> None:
    assert ledger.verify() == []
    assert ledger.verify(head=ledger.head()) == []
    assert [event.seq for event in ledger.events()] == [1, 2, 3, 4, 5, 6]


def test_a_ledger_that_was_never_begun_has_nothing_wrong(tmp_path: Path) -> None:
    assert Ledger(tmp_path / "none.sqlite").verify() == []


def test_an_unknown_kind_is_refused_and_nothing_is_recorded(ledger: Ledger) -> None:
    with pytest.raises(ConsultationError) as caught:
        ledger.append([*memos(1), ("memmo", {})], who="R. Shah", at=TIME)
    assert caught.value.do == "Did you mean “memo”?"
    assert len(ledger.events()) == 6


def test_the_library_itself_refuses_to_change_or_delete(ledger: Ledger) -> None:
    db = sqlite3.connect(ledger.path, isolation_level=None)
    for statement in ("DELETE FROM events", "UPDATE events SET who = 'x'"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)
    db.close()
    assert ledger.verify() == []


def _unlocked(*statements: str) -> Callable[[Path], None]:
    """Somebody who takes the locks off, changes the rows and puts the locks back."""

    def tamper(path: Path) -> None:
        db = sqlite3.connect(path, isolation_level=None)
        locks = db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("DROP TRIGGER events_stay")
        db.execute("DROP TRIGGER events_keep")
        for statement in statements:
            db.execute(statement)
        for (sql,) in locks:
            db.execute(sql)
        db.close()

    return tamper


def _flip_a_byte(path: Path) -> None:
    raw = path.read_bytes()
    place = raw.index(b"note 0")
    path.write_bytes(raw[:place] + b"nope 0" + raw[place + 6 :])


def _drop_locks(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("DROP TRIGGER events_stay")
    db.close()


COLUMNS = "seq, event_id, at, who, what, payload, before, hash"
TAMPERINGS: dict[str, Callable[[Path], None]] = {
    "a word of an officer's changed": _unlocked(
        "UPDATE events SET payload = replace(payload, 'note', 'gone') WHERE seq = 3"
    ),
    "another name signed": _unlocked("UPDATE events SET who = 'A. Nother' WHERE seq = 2"),
    "an event back-dated": _unlocked("UPDATE events SET at = '2025-01-01T00:00:00Z' WHERE seq = 4"),
    "a kind of event changed": _unlocked("UPDATE events SET what = 'undo' WHERE seq = 4"),
    "a decision removed from the middle": _unlocked("DELETE FROM events WHERE seq = 3"),
    "the first event removed": _unlocked("DELETE FROM events WHERE seq = 1"),
    "the last event removed": _unlocked("DELETE FROM events WHERE seq = 6"),
    "all events removed": _unlocked("DELETE FROM events"),
    "two events exchanged": _unlocked(
        "UPDATE events SET seq = 99 WHERE seq = 2",
        "UPDATE events SET seq = 2 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 99",
    ),
    "an event slipped in at the end": _unlocked(
        f"INSERT INTO events SELECT 7, 'v-forged', at, who, what, payload, hash, hash FROM events WHERE seq = 6"  # noqa: F541
    ),
    "a byte flipped in the file": _flip_a_byte,
    "the locks taken off": _drop_locks,
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found(ledger: Ledger, how: str) -> None:
    TAMPERINGS[how](ledger.path)
    assert ledger.verify() != []


def test_a_ledger_forged_anew_is_found_by_the_mark_that_was_published(ledger: Ledger, tmp_path: Path) -> None:
    published = ledger.head()
    forged = Ledger(tmp_path / "forged.sqlite")
    forged.append(memos(6), who="R. Shah", at=TIME)
    shutil.copy(forged.path, ledger.path)
    assert ledger.verify() == []
    assert [found.what for found in ledger.verify(head=published)] == [
        "The published mark of the ledger is not on this chain."
    ]


def test_a_ledger_that_is_no_database_is_met_with_a_plain_message(tmp_path: Path) -> None:
    path = tmp_path / store.LEDGER_FILE
    path.write_bytes(b"not a database" * 100)
    assert "damaged" in Ledger(path).verify()[0].what
    with pytest.raises(ConsultationError, match="cannot be read"):
        Ledger(path).events()
    with pytest.raises(ConsultationError, match="could not be written; nothing was recorded") as told:
        Ledger(path).append(memos(1), who="R. Shah", at=TIME)
    assert "restore it from a backup" in str(told.value.do)


def test_the_mark_of_the_ledger_is_had_without_reading_what_it_holds(ledger: Ledger) -> None:
    ledger.append([("memo", {"about": "c-1", "text": "long " * 1000})] * 100, who="R. Shah", at=TIME)
    tracemalloc.start()
    head = ledger.head()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ledger.verify(head=head) == []
    assert most < 100_000  # bytes, where the notes are half a million


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
def test_the_chain_holds_under_any_events(tmp_path_factory: pytest.TempPathFactory, batches: list[list[Any]]) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / store.LEDGER_FILE)
    for batch in batches:
        ledger.append(batch, who="Ünal", at=TIME)
    assert ledger.verify() == []
    assert [(e.what, e.payload) for e in ledger.events()] == [event for batch in batches for event in batch]


def test_time_never_runs_back_even_when_a_clock_does(ledger: Ledger) -> None:
    ledger.append(memos(1), who="R. Shah", at="2020-01-01T00:00:00Z")
    assert ledger.verify() == []
    assert ledger.events()[-1].at == "2026-03-06T09:00:00Z"


def test_an_undo_can_itself_be_undone(ledger: Ledger) -> None:
    third = ledger.events()[2]
    (taken_back,) = ledger.append([("undo", {"event_id": third.event_id})], who="R. Shah", at=TIME)
    assert third.event_id not in {event.event_id for event in history.active(ledger.events())}
    ledger.append([("undo", {"event_id": taken_back.event_id})], who="R. Shah", at=TIME)
    assert third.event_id in {event.event_id for event in history.active(ledger.events())}


def test_events_recorded_together_share_an_act_and_those_of_another_moment_do_not(ledger: Ledger) -> None:
    for number in (2, 1):
        made = ledger.append(memos(number), who="R. Shah", at=TIME)
        assert made == ledger.events()[-number:]
    assert [event.act for event in ledger.events()[5:]] == [6, 7, 7, 9]
    assert ledger.events()[-1].payload == {"about": "c-1", "text": "note 0"}


def test_a_ledger_begun_before_acts_were_kept_is_sound_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path / store.LEDGER_FILE)
    with monkeypatch.context() as before:
        plain = store.ledger._canonical
        before.setattr(store.ledger, "_canonical", lambda told: plain({k: v for k, v in told.items() if k != "act"}))
        ledger.append(memos(2), who="R. Shah", at=TIME)
    ledger.append(memos(2), who="R. Shah", at=TIME)
    assert ledger.verify() == []
    assert [event.act for event in ledger.events()] == [None, None, 3, 3]


# ------------------------------------------------------------------------------- many writers, sudden ends


def _write(path: str, who: str) -> None:
    for number in range(25):
        Ledger(Path(path)).append([("memo", {"about": who, "text": str(number)})], who=who, at=TIME)


def test_four_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / store.LEDGER_FILE
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(str(path), f"officer {n}")) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    events = Ledger(path).events()
    assert Ledger(path).verify() == []
    assert len(events) == 100
    for n in range(4):
        told = [event.payload["text"] for event in events if event.who == f"officer {n}"]
        assert told == [str(number) for number in range(25)]


def _keep_saving(folder: str, start: int) -> None:
    """Two events recorded together and two tables saved together, over and over, until somebody pulls the plug."""
    home, n = Path(folder), start
    while True:
        pair = ("memo", {"about": "pair", "text": str(n)})
        Ledger(home / store.LEDGER_FILE).append([pair, pair], who="x", at=TIME)
        with store.alone(home):
            store.save(
                home,
                {
                    "lineage": tables.frame(
                        "lineage", [Lineage(from_code=str(n), to_code=str(k), change_kind="split") for k in range(20)]
                    ),
                    "point_elements": tables.frame(
                        "point_elements", [PointElement(point_id=str(n), element=str(k)) for k in range(20)]
                    ),
                },
            )
        n += 1


def test_200_kills_in_mid_write_leave_a_sound_workspace(tmp_path: Path) -> None:
    ledger, start = Ledger(tmp_path / store.LEDGER_FILE), 0
    quick = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if quick else "spawn")
    if quick:
        context.set_forkserver_preload(["tests.test_store", "consultation.store", "pyarrow.parquet"])
    for kill in range(200):
        writer = context.Process(target=_keep_saving, args=(str(tmp_path), start), daemon=True)
        writer.start()
        deadline = time.monotonic() + 30
        while len(ledger.events()) <= 2 * start and time.monotonic() < deadline:
            time.sleep(0.002)  # it has begun
        time.sleep(0.0007 * (kill % 60))
        writer.kill()
        writer.join()
        assert_sound(ledger, tmp_path)
        start = len(ledger.events()) // 2
    assert start >= 200


def assert_sound(ledger: Ledger, folder: Path) -> None:
    assert ledger.verify() == []
    told = [event.payload["text"] for event in ledger.events()]
    assert told[0::2] == told[1::2], "two events recorded together stand together"
    lineage, points = store.load(folder, "lineage"), store.load(folder, "point_elements")
    assert set(lineage["from_code"]) == set(points["point_id"]), "two tables saved together are of one save"
    assert len(lineage) in (0, 20)


# ------------------------------------------------------------------------------------------------ tables


@settings(max_examples=25, deadline=None)
@given(codes=st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=8, unique=True))
def test_what_is_saved_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, codes: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    made = tables.frame("lineage", [Lineage(from_code=a, to_code=b, change_kind="split") for a, b in codes])
    store.save(folder, {"lineage": made})
    pd.testing.assert_frame_equal(store.load(folder, "lineage"), made)


def test_a_save_that_cannot_be_put_in_its_place_says_so_and_the_next_run_finishes_it(tmp_path: Path) -> None:
    made = tables.frame("lineage", [Lineage(from_code="1", to_code="2", change_kind="split")])
    held = tmp_path / "lineage.parquet" / "held"
    held.mkdir(parents=True)
    for step in (lambda: store.save(tmp_path, {"lineage": made}), lambda: store.load(tmp_path, "lineage")):
        with pytest.raises(ConsultationError, match="saved, but not all could be put in their place; the next command"):
            step()
    shutil.rmtree(held.parent)
    pd.testing.assert_frame_equal(store.load(tmp_path, "lineage"), made)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    made = tables.frame(
        "points", [{"point_id": "t-1", "statement": "You said so.", "groups": ("staff",), "n_comments": 3}]
    )
    store.save(tmp_path / "a", {"points": made})
    store.save(tmp_path / "b", {"points": made})
    assert (tmp_path / "a" / "points.parquet").read_bytes() == (tmp_path / "b" / "points.parquet").read_bytes()


def test_identity_is_kept_in_a_place_of_its_own(tmp_path: Path) -> None:
    store.save(
        tmp_path, {"identity": tables.frame("identity", [{"respondent_id": "p-1", "kind": "name", "value": "X"}])}
    )
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")] == [
        "identity/identity.parquet"
    ]
