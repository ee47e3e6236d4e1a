"""A small invented consultation for tests: a draft of four elements, a codebook of three themes, one survey."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from consultation import Project

FRAMEWORK = """\
elements:
  - {code: V, kind: vision, wording: "A lively town where everyone can thrive."}
  - {code: "1", kind: strategic_outcome, parent: V, name: Streets, wording: "Streets are safe and vibrant."}
  - {code: "1.1", kind: outcome, parent: "1", name: Crossings, wording: "Hard-pressed families can cross every main road."}
  - {code: "1.2", kind: outcome, parent: "1", name: Buses, wording: "Buses are frequent, modern and joined up."}
"""
CODEBOOK = """\
themes:
  - {code: unclear_words, name: Not understood, definition: "A reader does not know what a word means.", cues: ["what does"]}
  - {code: leaves_out, name: Leaves people out, definition: "The words leave some people out.", cues: ["what about"]}
  - {code: too_much, name: Promises too much, definition: "It cannot be done.", cues: ["unrealistic", "never happen"]}
"""
SETTINGS = 'title: "Our town"\nbody: "Wendlesham Town Council"\nopens: 2026-02-01\ncloses: 2026-03-01\n'
HEADINGS = ("Response ID", "Date submitted", "I am a", "What do you think of 1.1 Crossings?", "Anything else?")
COMMENTS = (
    ("Resident", "“Hard-pressed” is patronising. Say all families.", ""),
    ("Resident", "What does joined up mean in 1.2?", "Thank you for asking."),
    ("Business", "Change vibrant to pleasant please", "N/A"),
    ("Resident", "I agree with this, keep it.", "every main road? never happen"),
)


def survey(rows: Iterable[Sequence[str]] = COMMENTS, headings: Sequence[str] = HEADINGS) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow([f"{1000 + number}", f"{number:02d}/02/2026", *row])
    return out.getvalue().encode("utf-8")


def workspace(folder: Path) -> Path:
    """The folder with its three written files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("framework", FRAMEWORK), ("codebook", CODEBOOK), ("consultation", SETTINGS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def project(folder: Path, rows: Iterable[Sequence[str]] = COMMENTS) -> Project:
    """The consultation, its survey read."""
    made = Project(workspace(folder), who="R. Shah")
    (folder / "survey.csv").write_bytes(survey(rows))
    made.read([folder / "survey.csv"])
    return made
