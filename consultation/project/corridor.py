"""The verbs of the main way: from raw files to comments, tags, points, decisions and the report."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

import pandas as pd

from consultation import config, store
from consultation.errors import AMBIGUOUS, FINDINGS, OK, ConsultationError
from consultation.outcome import Grid, Outcome, several
from consultation.project.workspace import IMPORTED, Workspace

FOLDERS: Final = ("data/raw", "data/processed", "templates", "reports")
EXAMPLES: Final = (config.SETTINGS_FILE, "framework.yaml", "codebook.yaml")
_PACKAGED: Final = Path(__file__).parents[1] / "_sample"


class Corridor(Workspace):
    """`init`, `read`, `tag`, `wording`, `decide out`, `decide in`, `check`, `report`."""

    @classmethod
    def open(cls, folder: str | Path = ".", **options: Any) -> Self:
        """The project in this folder; refused where the folder holds no framework."""
        project = cls(folder, **options)
        project._written("elements")
        return project

    def init(self) -> Outcome:
        """Make the folders of a workspace and, where they are missing, the three files that a person writes.

        A file that is there already is left as it is.
        """
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        made = []
        for name in EXAMPLES:
            stem = name.split(".")[0]
            if not any((self.folder / f"{stem}{suffix}").exists() for suffix in (".yaml", ".yml", ".xlsx", ".csv")):
                store.write_file(self.folder / name, (_starter(name)).encode("utf-8"))
                made.append(self.folder / name)
        return Outcome(
            lines=(f"The workspace {self.folder.name} is ready.",),
            files=tuple(made),
            next=(
                "write your draft into framework.yaml and your themes into codebook.yaml, or replace them by .xlsx or .csv",
                "put the survey exports and notes into data/raw, then: consultation read data/raw/*",
            ),
        )
