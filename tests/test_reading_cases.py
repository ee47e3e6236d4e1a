"""The list of bad input: each numbered case has one test that carries its number, and each difference its reason."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

DIFFERENCES = {
    # What is done otherwise than the list says; each case has its test all the same.
    7: "A PDF named .docx is read as the PDF that it is, with a note; only what cannot be read is refused.",
    19: "Merged headings are filled across; a merged answer stands once. Filling it would put words into the mouths of "
    "those below who wrote nothing.",
    34: "The signs that the choice decides are shown, and where three cells with them stand, not the cells' words: "
    "what respondents wrote is never printed.",
    49: "No error: a folder is read again and again as files come in, and a file known already must not stop it. The "
    "name of the source is told; when it was read stands in the record.",
    65: "The page is named with each paragraph, and the file is kept; no picture of the page is made.",
    69: "Nothing is asked, as nothing depends on an answer: insertions stand, deletions are kept and marked as such.",
    71: "Each line is a comment of its own, not one block, so that each can be tagged; where they belong is written "
    "into the file.",
}


def test_every_numbered_case_has_exactly_one_test(shared: Path) -> None:
    listed = {int(number) for number in re.findall(r"^\| (\d{1,2}) \| ", _third_section(shared), re.M)}
    assert len(listed) == 77
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    found = Counter(int(number) for number in re.findall(r'(?:def test_|^    ")case_(\d\d)', tests, re.M))
    assert found == Counter(listed)
    assert set(DIFFERENCES) <= listed


def _third_section(shared: Path) -> str:
    told = (shared / "ingest.md").read_text(encoding="utf-8")
    return told[told.index("\n## 3. ") : told.index("\n## 4. ")]
