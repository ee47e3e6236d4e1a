"""The tagger on 3,529 labelled comments of patients (in ../shared), through the public functions.

    python -m benchmarks.patient_feedback            # all of it, about ten minutes
    python -m benchmarks.patient_feedback --quick    # full supervision, one seed
    python -m benchmarks.patient_feedback --few      # few labels only

Rows "Labelling not possible", the code "Not assigned" and repeated texts are dropped; 26 labels with at least 15
comments stay. 80/20 by respondent, seeds 0, 1, 2. Ranking (LRAP) over comments with a label. Beside the tagger
stands a plain reference: words (1-2) and letters (3-5) in TF-IDF, balanced logistic regression (C = 5), thresholds
best for F1 in three-fold cross-validation; and, for few labels, words only at 0.5.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from consultation import tables, tagging
from consultation.model import Comment, LedgerEvent, Question, Theme
from consultation.settings import Settings
from consultation.tagging.meaning import embedding

SHARED: Final = Path(__file__).parents[2] / "shared" / "data" / "patient_feedback"
SIZES: Final = (50, 100, 200, 500)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Data:
    comments: pd.DataFrame
    questions: pd.DataFrame
    elements: pd.DataFrame
    themes: tuple[Theme, ...]
    truth: pd.DataFrame  # comment_id by code


def load(folder: Path = SHARED) -> Data:
    """The comments, the codebook made of the definitions, and the truth."""
    with (folder / "patient_feedback.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    meanings = YAML(typ="safe").load((folder / "labels.yaml").read_text(encoding="utf-8"))
    labels: dict[str, set[str]] = {}
    kept: dict[str, Any] = {}
    for row in rows:
        told = set(row["labels"].split("|"))
        if "Labelling not possible" not in told and row["text"] not in kept:
            kept[row["text"]] = row
            labels[row["comment_id"]] = told - {"Not assigned", ""}
    counted = pd.Series([code for told in labels.values() for code in told]).value_counts()
    codes = sorted(counted[counted >= 15].index)
    comments = [
        Comment(
            comment_id=row["comment_id"], response_id=row["respondent_id"], event_id=None, source_id="s-1", locator="",
            question_id=None, heading=None, voice="person", text=row["text"],
        )
        for row in kept.values()
    ]  # fmt: skip
    table = tables.frame("comments", comments)
    truth = pd.DataFrame(
        [[code in labels[comment] for code in codes] for comment in table["comment_id"]],
        index=table["comment_id"], columns=codes,
    )  # fmt: skip
    return Data(
        comments=table,
        questions=tables.frame("questions", list[Question]()),
        elements=tables.frame("elements"),
        themes=tuple(Theme(code=code, name=code, definition=meanings[code]) for code in codes),
        truth=truth,
    )


def events(data: Data, chosen: Sequence[str]) -> list[LedgerEvent]:
    """What an officer would have confirmed on these comments; one without a code is read and has none."""
    told: list[LedgerEvent] = []
    for comment in chosen:
        mine = data.truth.columns[data.truth.loc[comment].to_numpy()]
        for code, status in [(code, "confirmed") for code in mine] or [(data.truth.columns[0], "rejected")]:
            payload = {"comment_id": comment, "facet": "theme", "code": code, "status": status}
            told.append(
                LedgerEvent(
                    seq=len(told), event_id=f"e-{len(told)}", at="2026", who="officer", what="tag", payload=payload
                )
            )
    return told


def splits(data: Data) -> Iterator[tuple[int, list[str], list[str]]]:
    """Seed, comments to learn from, comments to test on; a respondent is on one side only."""
    from sklearn.model_selection import GroupShuffleSplit

    ids = data.comments["comment_id"].to_numpy()
    for seed in (0, 1, 2):
        learn, test = next(
            GroupShuffleSplit(1, test_size=0.2, random_state=seed).split(ids, groups=data.comments["response_id"])
        )
        yield seed, ids[learn].tolist(), ids[test].tolist()


def figures(truth: np.ndarray, chosen: np.ndarray, ranks: np.ndarray) -> dict[str, float]:
    """Micro and macro F1, and LRAP over rows that have a label."""
    from sklearn.metrics import f1_score, label_ranking_average_precision_score

    told = truth.any(axis=1)
    return {
        "micro": float(f1_score(truth, chosen, average="micro", zero_division=0)),
        "macro": float(f1_score(truth, chosen, average="macro", zero_division=0)),
        "lrap": float(label_ranking_average_precision_score(truth[told], ranks[told])),
    }


def chosen_by(tags: pd.DataFrame, data: Data, test: Sequence[str]) -> np.ndarray:
    """The suggested themes of some comments, as truth has them."""
    mine = tags[(tags["facet"] == "theme") & (tags["status"] == "suggested")]
    wide = pd.crosstab(mine["comment_id"], mine["code"]).reindex(index=test, columns=data.truth.columns, fill_value=0)
    return wide.to_numpy() > 0


def reference(data: Data, learn: Sequence[str], test: Sequence[str], *, letters: bool) -> tuple[np.ndarray, np.ndarray]:
    """The plain reference: chosen and ranks. With letters: tuned thresholds; without: words only at 0.5."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    texts = data.comments.set_index("comment_id")
    makers = [TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)]
    if letters:
        makers.append(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True, max_features=30_000)
        )
    seen = sp.hstack([maker.fit_transform(texts.loc[learn, "text"]) for maker in makers]).tocsr()
    new = sp.hstack([maker.transform(texts.loc[test, "text"]) for maker in makers]).tocsr()
    truth = data.truth.loc[learn].to_numpy()

    def scores(rows: np.ndarray, known: Any, asked: Any) -> np.ndarray:
        told = np.zeros((asked.shape[0], truth.shape[1]))
        for code in range(truth.shape[1]):
            wanted = truth[rows, code]
            if 0 < wanted.sum() < len(wanted):
                model = LogisticRegression(C=5.0, class_weight="balanced", solver="liblinear").fit(known, wanted)
                told[:, code] = model.predict_proba(asked)[:, 1]
        return told

    every = np.arange(len(truth))
    final = scores(every, seen, new)
    if not letters:
        return final >= 0.5, final
    held = np.zeros(truth.shape)
    for inner, outer in GroupKFold(3).split(every, groups=texts.loc[learn, "response_id"]):
        held[outer] = scores(inner, seen[inner], seen[outer])
    levels = [_best(held[:, code], truth[:, code]) for code in range(truth.shape[1])]
    return final >= (np.array(levels) + _best(held.ravel(), truth.ravel())) / 2, final


def _best(chance: np.ndarray, truth: np.ndarray) -> float:
    order = np.argsort(-chance, kind="stable")
    right = np.cumsum(truth[order])
    return float(chance[order][(2 * right / (np.arange(1, len(truth) + 1) + truth.sum())).argmax()])


def run(data: Data, learn: Sequence[str], test: Sequence[str]) -> dict[str, float]:
    """Learn from some comments, tag all, and measure the others."""
    told = events(data, learn)
    model = tagging.learn(data.comments, data.questions, data.elements, data.themes, told)
    given = (data.comments, data.questions, data.elements, data.themes)
    ranks = tagging.scores(*given, model=model).loc[test].to_numpy()
    tags = tagging.tag(*given, model=model)
    chosen = chosen_by(tags, data, test)
    truth = data.truth.loc[test].to_numpy()
    return {**figures(truth, chosen, ranks), **_abstaining(model, truth, chosen, ranks)}


def _abstaining(model: tagging.Model, truth: np.ndarray, chosen: np.ndarray, chance: np.ndarray) -> dict[str, float]:
    """Calibration error over all pairs and over the suggested; precision and share of true labels above the cut;
    the share of comments that need no reading for micro-F1 0.90 overall, the others being read and set right."""
    cut = model.facets["theme"].cut
    sure = chosen & (chance >= cut) if cut is not None else np.zeros_like(chosen)
    return {
        "ece": calibration_error(chance.ravel(), truth.ravel()),
        "ece suggested": calibration_error(chance[chosen], truth[chosen]),
        "precision@0.9": float(truth[sure].mean()) if sure.any() else float("nan"),
        "kept@0.9": float((truth & sure).sum() / truth.sum()),
        "saved": reading_saved(truth, chosen, chance),
    }


def calibration_error(chance: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error in equal-width bins."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(chance[place == at].mean() - truth[place == at].mean()) * (place == at).mean()
            for at in np.unique(place)
        )
    )


def reading_saved(truth: np.ndarray, chosen: np.ndarray, chance: np.ndarray, wanted: float = 0.9) -> float:
    """The largest share of comments left unread, the surest first, with micro-F1 at least `wanted` over all."""
    doubt = np.where(chosen, 1 - chance, chance).max(axis=1)
    order = np.argsort(doubt, kind="stable")
    best = 0
    for unread in range(1, len(order) + 1):
        final = truth.copy()
        final[order[:unread]] = chosen[order[:unread]]
        if 2 * (final & truth).sum() / (final.sum() + truth.sum()) >= wanted:
            best = unread
    return best / len(order)


def report(name: str, told: list[dict[str, float]]) -> None:
    """One line: mean and spread over the seeds."""
    cells = [f"{key} {np.mean(v):.3f}±{np.std(v):.3f}" for key in told[0] if (v := [one[key] for one in told])]
    print(f"{name:28s}", "  ".join(cells), flush=True)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--few", action="store_true")
    asked = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    data = load()
    print(f"{len(data.comments)} comments, {len(data.themes)} labels")
    rows = list(splits(data))[: 1 if asked.quick else 3]
    if asked.few:
        report_few(data, rows)
        return
    for table in (True, False):
        told = []
        for _, _, test in rows:
            told.append(_without_labels(data, test, table=table))
        report("no labels, with table" if table else "no labels, without table", told)
    report_full(data, rows)
    if not asked.quick:
        report_few(data, rows)


def _without_labels(data: Data, test: Sequence[str], *, table: bool) -> dict[str, float]:
    given = (data.comments, data.questions, data.elements, data.themes)
    known = embedding.load
    if not table:
        embedding.load = lambda: None  # type: ignore[assignment,misc]
    try:
        ranks = tagging.scores(*given, settings=Settings()).loc[test].to_numpy()
        chosen = chosen_by(tagging.tag(*given), data, test)
    finally:
        embedding.load = known
    return figures(data.truth.loc[test].to_numpy(), chosen, ranks)


def report_full(data: Data, rows: list[tuple[int, list[str], list[str]]]) -> None:
    """All labels of the learning side, beside the reference."""
    ours = [run(data, learn, test) for _, learn, test in rows]
    plain = [
        figures(data.truth.loc[test].to_numpy(), *reference(data, learn, test, letters=True)) for _, learn, test in rows
    ]
    report("full, the tagger", ours)
    report("full, plain reference", plain)
    report("full, paired difference", [_less(a, b) for a, b in zip(ours, plain, strict=True)])


def report_few(data: Data, rows: list[tuple[int, list[str], list[str]]]) -> None:
    """A random few labels, drawn twice from each learning side, beside words only at 0.5."""
    for size in SIZES:
        ours, plain = [], []
        for seed, learn, test in rows:
            for draw in (seed, seed + 100):
                few = sorted(np.random.default_rng(draw).permutation(learn)[:size].tolist())
                ours.append(run(data, few, test))
                plain.append(figures(data.truth.loc[test].to_numpy(), *reference(data, few, test, letters=False)))
        report(f"{size} labels, the tagger", ours)
        report(f"{size} labels, words at 0.5", plain)
        report(f"{size} labels, paired difference", [_less(a, b) for a, b in zip(ours, plain, strict=True)])


def _less(ours: dict[str, float], plain: dict[str, float]) -> dict[str, float]:
    return {name: ours[name] - plain[name] for name in plain}


if __name__ == "__main__":
    main()
