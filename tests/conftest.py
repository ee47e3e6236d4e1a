"""What several tests share: the given material beside the checkout, and the machine's own programs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from consultation import Project

ROOT = Path(__file__).parents[1]
REQUIRED = os.environ.get("CONSULTATION_REQUIRE_SHARED") == "1"


def _absent(reason: str) -> None:
    """Skip with a reason on a bare machine; fail where everything is required."""
    if REQUIRED:
        pytest.fail(f"{reason} (required here)")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of given material beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").exists():
        _absent("the folder ../shared is not here")
    return folder


@pytest.fixture(scope="session")
def program() -> Callable[..., str]:
    """Finds one of the machine's programs: program("soffice", "libreoffice", package="libreoffice-calc")."""

    def find(*names: str, package: str) -> str:
        for name in names:
            if path := shutil.which(name):
                return path
        _absent(f"{names[0]} is not installed; on Debian: apt-get install {package}")
        raise AssertionError

    return find


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample consultation, run once from its raw files to its report. Look, do not touch."""
    project = Project(tmp_path_factory.mktemp("demo") / "sample", who="Demo")
    project.demo()
    return project
