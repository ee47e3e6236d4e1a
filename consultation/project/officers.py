"""The verbs with which officers review tags, teach the tagger and see how good it is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from consultation import store
from consultation.errors import OK, WRONG, ConsultationError
from consultation.model import FACETS
from consultation.outcome import MEND, Grid, Outcome, several
from consultation.project.corridor import Corridor
from consultation.project.handing import keep_filled
from consultation.tables import Tables
from consultation.text import printable, slug

if TYPE_CHECKING:
    from consultation.tagging.review import Taken

MODEL_FOLDER: Final = "model"
_SHOWN: Final = 60  # characters of a comment on the screen


class Officers(Corridor):
    """`review out`, `review in`, `learn`, `queue`, `evaluate`."""

    def review_out(
        self, file: str | Path, *, assign: Sequence[str] | None = None, number: int | None = None
    ) -> Outcome:
        """Write the workbook in which officers confirm, reject and add tags.

        With `assign`, one file for each colleague, a share of the comments in two of them, unseen by one another.
        With `number`, only so many comments, the most useful to read first; those among them that chance chose show
        no suggestions, so that what is read of them is a fair check.
        """
        from consultation.tagging import review

        self._words_kept()
        self._must_hold("tags", "tag")
        held, events = self.tables(), self.events()
        before = review.readers(events)
        ids, drawn = review.to_read(held["comments"], held["questions"], held["elements"]), set[str]()
        if number is not None:
            queue = self._queue(number)
            ids, drawn = list(queue["comment_id"]), set(queue.loc[queue["kind"] == "random", "comment_id"])
        shares: dict[str | None, review.Share] = {None: review.Share(ids=tuple(ids), blind=())}
        if assign:
            double, strata = self.settings.double_coding_share, _channels(held)
            shares = dict(review.share(ids, assign, double_share=double, strata=strata).items())
        target = self._path(file)
        paths = {who: target.with_stem(f"{target.stem}-{slug(who)}") if who else target for who in shares}
        for path in paths.values():
            hand_in = f"consultation review in {Path(file).with_name(path.name)}"
            keep_filled(path, hand_in, partial(self._unrecorded, path.name, held))
        written: list[Path] = []
        for officer, share in shares.items():
            path = paths[officer]
            book = review.write(
                held["comments"], held["questions"], held["responses"], held["elements"], self.themes(), held["tags"],
                settings=self.settings, officer=officer, ids=share.ids, blind=share.blind, drawn=drawn,
                likenesses=None if written else review.unsettled(held["duplicates"], events),
                clashes=[] if officer else review.clashes(events), audiences=self.audiences(),
                readers=review.readers(events, officer) if officer else before,
            )  # fmt: skip
            store.write_file(path, book)
            written.append(path)
        rows = review.row_count(held["comments"], ids, drawn)
        names = " ".join(str(Path(file).with_name(path.name)) for path in written)
        return Outcome(
            lines=(_to_read(rows, len(ids), sum(id in before for id in ids)),),
            files=tuple(written),
            next=(f"fill in, save, then type: consultation review in {names}",),
        )

    def review_in(self, files: Sequence[str | Path]) -> Outcome:
        """Take review workbooks back; what could not be taken and where officers disagree is listed by row."""
        lines, told, clashes = list[str](), list[str](), dict[str, Any]()
        refused = 0
        for file in files:
            path = self._path(file)
            with self._alone():
                taken = self._review_of(store.read_workbook(path), path.name, self._now_held(), self.who)
                recorded = self.ledger.append(taken.events, who=taken.officer, at=self.now())
                self._refresh()
            lines.append(f"{path.name}: {several(len(recorded), 'decision')} of {taken.officer} recorded.")
            told += [str(each) for each in (*taken.refused, *taken.noted)]
            refused += len(taken.refused)
            clashes |= {clash.clash_id: clash for clash in taken.clashes}
        return Outcome(
            lines=tuple(lines),
            warnings=(
                *((f"{several(refused, 'row')} could not be taken:",) if refused else ()),
                *told,
                *((f"Officers disagree in {several(len(clashes), 'place')}:",) if clashes else ()),
                *(str(clash) for clash in clashes.values()),
            ),
            next=(
                *((MEND,) if refused else ()),
                *(("consultation review out clashes.xlsx, to settle where officers disagree",) if clashes else ()),
                "consultation wording",
                "or teach the tagger with what was confirmed and rejected: consultation learn",
            ),
            code=WRONG if refused else OK,
        )

    def learn(self) -> Outcome:
        """Train the tagger on the tags that officers confirmed and rejected, and tag again with what it learned."""
        from consultation import tagging

        self._words_kept()
        comments = self._must_hold("comments", "read data/raw")
        model = tagging.learn(
            comments, self.table("questions"), self._consulted_on(), self.themes(), self.events(),
            settings=self.settings, responses=self.table("responses"), audiences=self.audiences(),
            progress=self.on_progress,
        )  # fmt: skip
        tagging.save(model, self.processed / MODEL_FOLDER)
        tagged = self.tag()
        return Outcome(
            lines=(f"Learned, as model {model.version}.", *tagged.lines),
            grids=tagged.grids,
            next=("consultation evaluate", "consultation wording"),
        )

    def queue(self, *, number: int = 20) -> Outcome:
        """The comments that are most useful to read next: different ones first, then doubtful ones, half at random."""
        rows = self._queue(number)
        texts = self.table("comments").set_index("comment_id")["text"]
        return Outcome(
            lines=(f"{several(len(rows), 'comment')} to read next.",),
            grids=(
                Grid(
                    caption="",
                    header=("comment", "it begins", "why"),
                    rows=tuple(
                        (str(id), textwrap.shorten(printable(str(texts[id])), _SHOWN, placeholder=" …"), str(why))
                        for id, why in zip(rows["comment_id"], rows["why"], strict=True)
                    ),
                ),
            ),
            next=(f"consultation review out review.xlsx --number {number}",),
        )

    def evaluate(self) -> Outcome:
        """How good the suggestions are, facet by facet, on comments that the tagger did not see; how far officers who
        read the same comments blind agree; and what is known of the comments that nobody read.
        """
        from consultation import tagging

        comments, events, tags = self._must_hold("comments", "read data/raw"), self.events(), self.table("tags")
        lines, grids = list[str](), list[Grid]()
        for facet in FACETS:
            try:
                told = tagging.evaluate(
                    comments, self.table("questions"), self._consulted_on(), self.themes(), events, facet=facet,
                    settings=self.settings, responses=self.table("responses"), audiences=self.audiences(),
                    progress=self.on_progress,
                )  # fmt: skip
            except ConsultationError as error:
                lines.append(str(error))
                continue
            unread = tagging.unread(comments, tags, events, facet=facet, held_out=told.held_out)
            lines.append(f"{facet.capitalize()}s, on {several(told.labelled, 'labelled comment')}. {told.forecast}")
            lines.append(unread.said)
            grids += _evaluated(told, tagging.agreement(events, facet),
                                tagging.model_beside_people(events, told.held_out, facet))  # fmt: skip
        lines += _to_check(int((comments["status"] == "included").sum()))
        return Outcome(
            lines=tuple(dict.fromkeys(lines)),  # what is true of every facet is said once
            grids=tuple(grids),
            next=("consultation queue",),
            code=OK if grids else WRONG,
        )

    def _review_of(self, data: bytes, name: str, held: Tables, officer: str) -> Taken:
        """What a review workbook would have recorded, signed by this officer where it is for nobody by name."""
        from consultation.tagging import review

        return review.read(
            data, name, held["comments"], held["elements"], self.themes(), held["tags"], self.events(), self.settings,
            officer=officer, responses=held["responses"], likenesses=held["duplicates"], audiences=self.audiences(),
        )  # fmt: skip

    def _unrecorded(self, name: str, held: Tables, data: bytes) -> int:
        """How many rows of a review workbook say what no officer has handed in."""
        from consultation import history

        signed = dict.fromkeys((self.who, *(event.who for event in history.active(self.events(), "read"))))
        return len(frozenset.intersection(*(self._review_of(data, name, held, who).filled for who in signed)))

    def _queue(self, number: int) -> pd.DataFrame:
        from consultation import tagging

        self._words_kept()
        return tagging.queue(
            self._must_hold("comments", "read data/raw"), self.table("questions"), self._consulted_on(),
            self.themes(), events=self.events(), settings=self.settings, model=self._model(), size=number,
        )  # fmt: skip

    def _model(self) -> Any:
        """What the tagger learned, or None."""
        from consultation import tagging

        folder = self.processed / MODEL_FOLDER
        return tagging.load(folder) if folder.exists() else None


def _to_read(rows: int, comments: int, before: int) -> str:
    """How much there is to read: comments with the same words share a row."""
    shared = f"{several(rows, 'row')} for " if rows != comments else ""
    done = f", {before:,} of them read before" if before else ""
    return f"{shared}{several(comments, 'comment')} to read{done}."


def _evaluated(told: Any, agreed: pd.DataFrame, pairs: pd.DataFrame) -> Iterator[Grid]:
    """The tables of one facet; those that have nothing to show are left out."""
    facet = told.facet.capitalize()
    tables = {
        f"{facet}s in all": told.overall,
        f"{facet}s in all, on comments that chance chose and that were read without suggestions": told.drawn,
        f"By {told.facet}": told.per_code,
        f"{facet}s on one comment in twenty or more, as people and as the program rank them": told.ranking,
        f"{facet}s by who wrote": told.groups,
        f"{facet}s: how sure the program was, and how often that came true": told.reliability,
        f"{facet}s: what labels bought": told.curve,
        f"{facet}s: how far officers agree who read the same comments blind": agreed,
        f"{facet}s: the program beside the officers, on those comments": pairs,
    }
    return (_figures(caption, table) for caption, table in tables.items() if len(table))


def _to_check(comments: int) -> Iterator[str]:
    """How many comments to read at random for a share known so closely."""
    from consultation.intervals import to_check

    for margin in (0.1, 0.05, 0.03):
        number = to_check(margin, comments)
        yield f"For a share known to ±{margin * 100:.0f} points, check {number:,} of {comments:,} comments, at random."


def _figures(caption: str, table: pd.DataFrame) -> Grid:
    def shown(value: Any) -> str:
        return "" if pd.isna(value) else f"{value:.2f}" if isinstance(value, float) else str(value)

    return Grid(
        caption=caption,
        header=tuple(name.replace("_", " ") for name in table.columns),
        rows=tuple(tuple(shown(value) for value in row) for row in table.itertuples(index=False)),
    )


def _channels(held: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """The channel of each comment, so that every channel is read twice alike."""
    of = dict(zip(held["sources"]["source_id"], held["sources"]["channel"], strict=True))
    comments = held["comments"]
    return {
        comment: str(of[source]) for comment, source in zip(comments["comment_id"], comments["source_id"], strict=True)
    }
