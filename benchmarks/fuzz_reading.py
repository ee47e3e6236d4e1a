"""Many tries of the fuzz test at once: `python benchmarks/fuzz_reading.py [TRIES [FIRST_SEED]]`; failures by kind."""

from __future__ import annotations

import random
import sys
import traceback
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.test_reading_fuzz import corpus, mutate, survive


def main(arguments: list[str]) -> int:
    warnings.simplefilter("ignore")
    tries, first = (
        (int(told) for told in [*arguments, "10000", "0"][:2]) if len(arguments) != 1 else (int(arguments[0]), 0)
    )
    files = corpus()
    outcome: Counter[str] = Counter()
    for seed in range(first, first + tries):
        if sys.stderr.isatty():
            print(f"\r{seed - first:,}", end="", file=sys.stderr)
        rng = random.Random(seed)
        name, content = rng.choice(files)
        try:
            outcome["refused" if survive(mutate(content, rng), name) is None else "read"] += 1
        except Exception as wrong:
            last = traceback.extract_tb(wrong.__traceback__)[-1]
            where = f"{type(wrong).__name__} at {Path(last.filename).name}:{last.lineno}: {str(wrong)[:80]}"
            outcome[f"FAILED {where} (seed {seed}, {name})"] += 1
    for what, number in outcome.most_common():
        print(f"{number:>7,}  {what}")
    return int(any(what.startswith("FAILED") for what in outcome))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
