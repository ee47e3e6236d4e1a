"""What is built is what runs: the wheel, installed in an environment of its own, runs the demo from another folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob("consultation-*.whl")
    return made


def test_the_wheel_carries_templates_sample_and_licence_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "consultation/_templates/words.yaml",
        "consultation/_templates/starter/framework.yaml",
        "consultation/_sample/framework.yaml",
        "consultation/_sample/data/raw/residents_survey.csv",
        "consultation/_sample/data/raw/officers/decisions.xlsx",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/", "data/")) for name in names)


def test_installed_alone_it_runs_the_demo_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    _run(sys.executable, "-m", "venv", str(home))
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    _run(str(python), "-m", "pip", "install", "--quiet", str(wheel))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = _run(str(python), "-m", "consultation", "demo", "my-demo", cwd=elsewhere)
    assert "You said, we did" in told
    for format in ("docx", "xlsx", "html", "md"):
        assert (elsewhere / "my-demo" / "reports" / f"report.{format}").stat().st_size > 1000


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
