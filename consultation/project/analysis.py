"""`project.analysis`: what an analyst asks in a notebook, each question one call.

It holds the tables as they stood when it was asked for; every method is the function of that name in
`consultation.analysis`, with the workspace's codebook, rule for small counts and versions filled in. To add a question,
write the function there and its line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from consultation.analysis import after, cards, crosstabs, finding, keyness, people, stripes, topics
from consultation.analysis import cases as counted
from consultation.analysis import heat as heated
from consultation.analysis.cases import Count, Dimension
from consultation.analysis.shown import Shown
from consultation.errors import ConsultationError
from consultation.model import LedgerEvent, Theme
from consultation.settings import Campaigns, Settings, Suppression


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """A consultation's tables and the questions that may be put to them. Columns and units: see each function.

    `campaigns` is the rule of the settings, unless another is asked for. `suppress=False` shows small counts, for those
    who work with the responses; it is no table to publish. `among` takes what `search` returned, so that any question
    may be put to any selection.
    """

    tables: Mapping[str, pd.DataFrame]
    themes: Sequence[Theme]
    settings: Settings
    events: Sequence[LedgerEvent] = field(default=(), repr=False)

    def __repr__(self) -> str:
        n, m = len(self.tables["responses"]), len(self.tables["comments"])
        return f"The analysis of “{self.settings.title}”: {n:,} responses, {m:,} comments."

    # ------------------------------------------------------------------------------------------- count

    def dimensions(self) -> list[str]:
        """Everything that may be counted by."""
        return counted.dimensions(self.tables)

    def cases(self, *, campaigns: Campaigns | None = None, among: pd.DataFrame | None = None) -> pd.DataFrame:
        """One row for each comment and each silent response that is counted; see `cases.cases`."""
        return counted.cases(self.tables, campaigns=campaigns or self.settings.campaigns, among=among)

    def crosstab(
        self,
        rows: Dimension,
        columns: Dimension | None = None,
        *,
        count: Count = "responses",
        campaigns: Campaigns | None = None,
        among: pd.DataFrame | None = None,
        confirmed: bool = False,
        suppress: bool = True,
    ) -> pd.DataFrame:
        """Counts of one dimension by another with their bases; see `crosstabs.crosstab`. `wide` lays them out."""
        self._must_hold_comments()
        return crosstabs.crosstab(
            self.tables, rows, columns, themes=self.themes, count=count, among=among,
            campaigns=campaigns or self.settings.campaigns, confirmed=confirmed, suppress=self._rule(suppress),
        )  # fmt: skip

    def wide(self, table: pd.DataFrame, value: str = "count") -> pd.DataFrame:
        """A crosstab laid out for the eye, with totals and bases."""
        return crosstabs.wide(table, value)

    def cooccurrence(
        self,
        facet: str = "theme",
        *,
        count: Count = "comments",
        campaigns: Campaigns | None = None,
        among: pd.DataFrame | None = None,
        confirmed: bool = False,
        suppress: bool = True,
    ) -> pd.DataFrame:
        """Which codes are said together, beside what chance would give; see `crosstabs.cooccurrence`."""
        self._must_hold_comments()
        return crosstabs.cooccurrence(
            self.tables, facet, themes=self.themes, count=count, among=among,
            campaigns=campaigns or self.settings.campaigns, confirmed=confirmed, suppress=self._rule(suppress),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------- find

    def search(
        self,
        text: str | None = None,
        *,
        element: finding.Wanted = None,
        theme: finding.Wanted = None,
        stance: finding.Wanted = None,
        audience: finding.Wanted = None,
        channel: finding.Wanted = None,
        respondent_type: finding.Wanted = None,
        voice: finding.Wanted = None,
        groups: Mapping[str, finding.Wanted] | None = None,
        status: str = "included",
        confirmed: bool = False,
        stemmed: bool = False,
    ) -> pd.DataFrame:
        """The comments that meet every condition; see `finding.search`."""
        return finding.search(
            self.tables, text, element=element, theme=theme, stance=stance, audience=audience, channel=channel,
            respondent_type=respondent_type, voice=voice, groups=groups, status=status, confirmed=confirmed,
            stemmed=stemmed,
        )  # fmt: skip

    def concordance(
        self,
        words: str,
        *,
        width: int = 50,
        stemmed: bool = False,
        among: pd.DataFrame | None = None,
        order: finding.Order = "comment",
    ) -> pd.DataFrame:
        """Words in their contexts; see `finding.concordance`."""
        return finding.concordance(self.tables, words, width=width, stemmed=stemmed, among=among, order=order)

    # ------------------------------------------------------------------------------------------- look

    def marks(self, comment_id: str) -> pd.DataFrame:
        """All that was found in a comment; see `stripes.marks`."""
        return stripes.marks(self.tables, comment_id, themes=self.themes)

    def stripes(self, comment_id: str) -> Shown:
        """A comment with its codes beside it, phrases and personal data marked; see `stripes.stripes`."""
        return stripes.stripes(self.tables, comment_id, themes=self.themes)

    def element(self, code: str) -> Shown:
        """An element: its wordings, what was said of it, what was decided."""
        return cards.element(self.tables, code, dispositions=self.settings.dispositions)

    def diff(self, code: str) -> Shown:
        """What changed in the wording of an element."""
        return cards.diff(self.tables, code)

    def point(self, point_id: str, *, suppress: bool = True) -> Shown:
        """A point: what was said, by whom, and what was decided."""
        return cards.point(
            self.tables, point_id, themes=self.themes, campaigns=self.settings.campaigns, suppress=self._rule(suppress),
            dispositions=self.settings.dispositions,
        )  # fmt: skip

    def salience(self, *, version: str | None = None) -> pd.DataFrame:
        """How many spoke about each word of the draft; see `heat.salience`."""
        return heated.salience(self.tables, version=version or self.settings.versions[0])

    def heat(self, code: str | None = None, *, version: str | None = None) -> Shown:
        """The draft as a heat map of the words that people spoke about, with numbers."""
        return heated.heat(self.tables, code, version=version or self.settings.versions[0])

    # ------------------------------------------------------------------------------------------- compare

    def keyness(
        self,
        of: pd.DataFrame,
        against: pd.DataFrame | None = None,
        *,
        count: keyness.KeyCount = "comments",
        least: int = 3,
    ) -> pd.DataFrame:
        """The words that `of` says and `against` does not (all other comments, if not given); see `keyness.keyness`."""
        rest = self._included() if against is None else against
        return keyness.keyness(of, rest, count=count, least=least)

    def topics(self, k: int | None = None, *, among: pd.DataFrame | None = None) -> topics.Topics:
        """What comments are about, found without the codebook, and whether that holds; see `topics.topics`."""
        self._must_hold_comments()
        return topics.topics(self._included() if among is None else among, k)

    def new_themes(self, *, most: int = 10) -> pd.DataFrame:
        """What people keep saying that no theme covers: candidate, comments, cohesion, words, comment_ids, entry.

        `entry` is the theme as `codebook.yaml` has it: give it a name and a definition, paste it there and tag again.
        """
        from consultation import tagging

        self._must_hold_comments()
        found = tagging.candidates(self.tables["comments"], self.tables["tags"], settings=self.settings, most=most)
        return found.assign(entry=pd.Series([topics.entry(words) for words in found["words"]], dtype="str"))

    # ------------------------------------------------------------------------------------------- who

    def representativeness(
        self,
        by: Dimension,
        population: Mapping[str, float] | pd.Series,
        *,
        campaigns: Campaigns | None = None,
        suppress: bool = True,
    ) -> pd.DataFrame:
        """Respondents beside the population, and who was not heard from; see `people.representativeness`."""
        self._must_hold_comments()
        return people.representativeness(
            self.tables, by, population, campaigns=campaigns or self.settings.campaigns, suppress=self._rule(suppress)
        )

    def timeline(
        self, *, by: people.By = "day", split: str | None = None, campaigns: Campaigns | None = None
    ) -> pd.DataFrame:
        """Responses as they came in; see `people.timeline`."""
        return people.timeline(self.tables, by=by, split=split, campaigns=campaigns or self.settings.campaigns)

    def districts(
        self,
        heading: Dimension | None = None,
        *,
        population: Mapping[str, float] | None = None,
        campaigns: Campaigns | None = None,
        suppress: bool = True,
    ) -> pd.DataFrame:
        """Responses by district, for a map; see `people.districts`."""
        self._must_hold_comments()
        return people.districts(
            self.tables, heading, themes=self.themes, population=population,
            campaigns=campaigns or self.settings.campaigns, suppress=self._rule(suppress),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------- afterwards

    def rewording(self) -> pd.DataFrame:
        """What became of the words of each part of the draft; see `after.rewording`."""
        return after.rewording(self.tables)

    def travelled(self) -> pd.DataFrame:
        """Which way each outcome travelled, once measures are given to `progress`; see `after.travelled`."""
        return after.travelled(self.tables, self.settings.travel)

    # ------------------------------------------------------------------------------------------- helpers

    def _rule(self, suppress: bool) -> Suppression | None:
        return self.settings.suppression if suppress else None

    def _included(self) -> pd.DataFrame:
        comments = self.tables["comments"]
        return comments[comments["status"] == "included"]

    def _must_hold_comments(self) -> None:
        if self.tables["comments"].empty and self.tables["responses"].empty:
            raise ConsultationError(
                "There is nothing to count yet: no response and no comment has been read.",
                do="Run “consultation read data/raw” first (or project.read([...])).",
            )
