"""Bringing files into a workspace: each read on its own, merged with what is held, the accounts struck at the end."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from consultation import privacy, reading, store
from consultation.errors import AMBIGUOUS, OK, WRONG, ConsultationError
from consultation.outcome import Grid, Outcome, several
from consultation.project.workspace import Workspace
from consultation.separated import guarded
from consultation.settings import SourceSettings
from consultation.text import fingerprint

KEY_FILE: Final = "pseudonyms.key"
SETTLE: Final = "what was assumed stands in consultation.yaml under “sources”: where it is wrong, change it, read again"
EARLIER: Final = "data/raw/earlier"  # where a raw file goes when a newer export of the same name takes its place
_SKIPPED: Final = ("~$", ".")  # Excel's lock files; hidden files


@dataclass(kw_only=True)
class Taken:
    """What came of a number of files."""

    tables: dict[str, pd.DataFrame]
    imports: list[dict[str, Any]] = field(default_factory=list)  # what the ledger says of files read, oldest first
    drafted: dict[str, SourceSettings] = field(default_factory=dict)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    failed: int = 0
    ambiguous: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.events)

    def outcome(self, held: Mapping[str, pd.DataFrame]) -> Outcome:
        """What was done, with the accounts of everything held."""
        code = WRONG if self.failed else AMBIGUOUS if self.ambiguous else OK
        struck = reading.accounts(held) if len(held["sources"]) else []
        return Outcome(
            lines=(*self.lines, *(account.sentence() for account in struck[-1:])),
            grids=_grids(struck) if struck else (),
            warnings=(*self.warnings, *doubtful(held)),
            files=tuple(self.files),
            next=(
                *((SETTLE,) if self.ambiguous else ()),
                *(("consultation tag",) if len(held["comments"]) else ()),
            ),
            code=code,
        )


def doubtful(held: Mapping[str, pd.DataFrame]) -> list[str]:
    """What may be meant otherwise: responses set aside as blank, and those that look alike."""
    responses, lines = held["responses"], []
    if len(blank := responses.loc[responses["status_reason"] == reading.BLANK, "response_id"]):
        lines.append(
            f"{several(len(blank), 'response')} without an answer to any question set aside as blank: "
            f"{_ids(blank.tolist())} (to count one after all: consultation include ID --reason WHY)"
        )
    if groups := held["duplicates"]["group_id"].nunique():
        lines.append(f"{several(groups, 'group')} of responses look alike; settle them with: consultation review out")
    return lines


def _ids(told: Sequence[str]) -> str:
    return " ".join([*told[:20], *(["..."] if len(told) > 20 else [])])


def accounts(held: Mapping[str, pd.DataFrame]) -> tuple[Grid, ...]:
    """The accounts as grids: rows of each file, then responses. Raises where they do not balance."""
    return _grids(reading.accounts(held))


def _grids(struck: Sequence[reading.Account]) -> tuple[Grid, ...]:
    rows = Grid(
        caption="Rows and paragraphs of each file",
        header=("source", "in the file", "imported", "set aside", "empty", "headings", "quarantined"),
        rows=tuple(
            (a.name, *(f"{n:,}" for n in (a.rows_total, a.imported, a.excluded_rows, a.empty, a.header, a.quarantined)))
            for a in struck
        ),
    )
    responses = Grid(
        caption="Responses",
        header=("source", "received", "included", "set aside, and why"),
        rows=tuple(
            (a.name, f"{a.received:,}", f"{a.included:,}", _why(a.excluded, a.blank)) for a in struck if a.received
        ),
    )
    comments = Grid(
        caption="Comments",
        header=("source", "written", "to read", "set aside, and why"),
        rows=tuple(
            (a.name, f"{a.comments:,}", f"{a.comments - sum(a.unread.values()):,}", _why(a.unread))
            for a in struck
            if a.unread
        ),
    )
    return (rows, *(grid for grid in (responses, comments) if grid.rows))


def _why(aside: Mapping[str, int], blank: Sequence[str] = ()) -> str:
    """How many for each reason; those that are blank by their ids too."""
    return "; ".join(
        f"{number:,} {why}" + (f" ({_ids(blank)})" if why == reading.BLANK else "") for why, number in aside.items()
    )


def read_all(workspace: Workspace, files: Sequence[str | Path], held: dict[str, pd.DataFrame]) -> Taken:
    """Read each file and merge it with what is held. What cannot be read is told and changes nothing."""
    imports = [event.payload for event in workspace.events() if event.what == "import"]
    taken = Taken(tables=dict(held), imports=imports)
    paths = dict(_files(workspace, files, taken))
    if not paths:
        raise ConsultationError(
            " ".join(["There is no file to read.", *taken.warnings]),
            where=" ".join(map(str, files)),
            do="Put survey exports, letters and notes there, or name the files or folders that hold them.",
        )
    consulted_on = workspace._consulted_on()
    for number, (path, named) in enumerate(paths.items()):
        if workspace.on_progress:
            workspace.on_progress(number, len(paths), "files read")
        try:
            _read_one(workspace, path, taken, consulted_on, named=named)
        except ConsultationError as error:
            if len(paths) == 1:
                raise
            taken.failed += 1
            taken.warnings.append(f"{path.name} was not read. {error}")
    if workspace.on_progress:
        workspace.on_progress(len(paths), len(paths), "files read")
    return taken


def look(workspace: Workspace, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """What may be personal data in the comments, and which submissions look alike. Suggestions, no more."""
    from consultation.reading import duplicates

    names = privacy.known_identity(tables["identity"], tables["responses"])
    return {
        "personal_data": privacy.find_personal_data(
            tables["comments"],
            names=names,
            language_model=workspace.settings.language_model,
            progress=workspace.on_progress,
        ),
        "duplicates": duplicates.find(
            tables["comments"],
            tables["responses"],
            answers=tables["answers"],
            identity=tables["identity"],
            quoted=[*workspace._consulted_on()["wording"].dropna(), *tables["questions"]["text"]],
            progress=workspace.on_progress,
        ),
    }


def _files(workspace: Workspace, files: Sequence[str | Path], taken: Taken) -> Iterator[tuple[Path, bool]]:
    """Each file, and whether a person named it or the folder that holds it. What is passed over is told."""
    for file in files:
        path = Path(file)
        if path.is_dir():
            inside = sorted(path.iterdir())
            yield from ((each, False) for each in inside if each.is_file() and not each.name.startswith(_SKIPPED))
            taken.warnings.extend(line for each in inside if (line := _passed_over(workspace, each)))
        elif path.exists():
            yield path, True
        else:
            raise ConsultationError(
                "There is no such file.", where=str(path), do="Check the name, or give the folder that holds it."
            )


def _passed_over(workspace: Workspace, path: Path) -> str | None:
    """What an officer is told of something in a folder that is not read, where they may have meant it to be."""
    if path.name.startswith("~$"):
        return f"{path.name} is a lock file of Excel and was passed over."
    ours = path.resolve() == workspace.folder / EARLIER
    if (
        ours
        or path.name.startswith(_SKIPPED)
        or not path.is_dir()
        or not any(each.is_file() for each in path.rglob("*"))
    ):
        return None
    return f'The folder {path.name} was passed over. Where it holds what people sent, type: consultation read "{path}"'


def _read_one(workspace: Workspace, path: Path, taken: Taken, consulted_on: pd.DataFrame, *, named: bool) -> None:
    known = {**taken.tables, "elements": consulted_on}
    settings = workspace.settings
    made = reading.read(path, settings, known=known, choose=workspace.choose)
    tables = privacy.pseudonymise(made.tables, _key(workspace))
    tables["comments"] = privacy.mark_languages(tables["comments"])
    mapping = fingerprint(repr(made.mapping))
    source = made.tables["sources"].iloc[0]
    before, newer = _before(taken, source)
    anew = bool(before) and (made.drafted or before[-1] != mapping)  # what an officer changed or took out is to count
    if newer and not named and not anew:
        taken.lines.append(f"{path.name}: a newer export of “{made.name}” was read since; nothing changed.")
        return
    merged, merge = reading.merge(taken.tables, dataclasses.replace(made, tables=tables), anew=anew)
    taken.lines.append(f"{path.name}: {_told(made, merge)}")
    if merge.already and before:  # without an event on record, an earlier run was cut short: finish it
        return
    taken.tables = {name: merged[name] for name in taken.tables}
    taken.warnings.extend(f"{path.name}: {note}" for note in (*made.notes, *made.ambiguous))
    taken.ambiguous += len(made.ambiguous)
    if made.drafted:
        taken.drafted[made.name] = made.mapping
    event = {"source_id": source["source_id"], "name": made.name, "sha256": source["sha256"], "mapping": mapping}
    taken.events.append(("import", event))
    taken.imports.append(event)
    if len(made.quarantine):
        taken.files.append(_set_aside(workspace, made))
    _keep_raw(workspace, path, taken, event)


def _before(taken: Taken, source: pd.Series) -> tuple[list[str], bool]:
    """By which mappings this very file was read before, in order; and whether another of its source was since."""
    mine = [event for event in taken.imports if event["source_id"] == source["source_id"]]
    mappings = [str(event.get("mapping")) for event in mine if event["sha256"] == source["sha256"]]
    return mappings, bool(mappings) and mine[-1]["sha256"] != source["sha256"]


def _told(made: reading.Reading, merge: reading.Merge) -> str:
    """What a file brought: of one never read before its counts, of a newer export what it changed."""
    if merge.already or merge.known or merge.changed or merge.missing:
        return str(merge)
    responses, comments = made.tables["responses"], made.tables["comments"]
    comments = comments[comments["status"] == "included"]
    if responses.empty:
        return f"{several(len(comments), 'line')} of notes"
    return f"{several(len(responses), 'response')} with {several(len(comments), 'comment')}"


def _set_aside(workspace: Workspace, made: reading.Reading) -> Path:
    """The rows that could not be read, as a file that an officer can mend and read again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(map(guarded, made.quarantine.columns))
    writer.writerows(map(guarded, row) for row in made.quarantine.itertuples(index=False))
    path = workspace.folder / "data" / "quarantine" / f"{made.name}__rejected.csv"
    store.write_file(path, out.getvalue().encode("utf-8-sig"))
    return path


def _key(workspace: Workspace) -> str:
    """The secret key of the pseudonyms, made with the first import. It lies beside the identity table, in no table."""
    path = workspace.imported / store.IDENTITY_FOLDER / KEY_FILE
    if not path.exists():
        store.write_file(path, privacy.new_key().encode())
    return path.read_text()


def _keep_raw(workspace: Workspace, path: Path, taken: Taken, event: Mapping[str, Any]) -> None:
    """A file from elsewhere is copied into data/raw, so that the workspace holds what it was made from.

    An earlier export of the same name makes room and is kept; a file of another source keeps its name, and the new
    one gets a number.
    """
    raw = workspace.folder / "data" / "raw"
    if raw in path.resolve().parents:
        return
    raw.mkdir(parents=True, exist_ok=True)
    target, number = raw / path.name, 1
    while target.exists() and (digest := _digest(target)) != event["sha256"]:
        if any((each["source_id"], each["sha256"]) == (event["source_id"], digest) for each in taken.imports):
            earlier = workspace.folder / EARLIER / f"{target.stem}-{digest[:12]}{target.suffix}"
            earlier.parent.mkdir(exist_ok=True)
            target.replace(earlier)
        else:
            number += 1
            target = raw / f"{path.stem} ({number}){path.suffix}"
    if not target.exists():
        shutil.copy2(path, target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
