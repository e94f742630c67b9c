"""The words of the interface, from templates/words.yml: a translation is that one file."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from papershelf.core.model import Difficulty, Frozen, LinkKind, PaperKind, Status
from papershelf.core.partial_date import PartialDate
from papershelf.views.word_groups import (
    BrowseWords,
    CountedNoun,
    DigestWords,
    FeedWords,
    KeysWords,
    MissingWords,
    Month,
    OwnWords,
    SearchWords,
    SiteWords,
    Word,
)

_AT_ONCE: Final[Mapping[str, bool | set[str]]] = {
    "abstract": True,
    "browse": {"none", "unknown"},
    "own": {"saved", "saved_on", "saved_off", "read", "read_on", "read_off", "not_kept", "none", "progress"},
    "search": {"found", "failed", "empty"},
}
_LATE: Final[Mapping[str, bool | set[str]]] = {
    "browse": {"relax", "relax_all", "without"},
    "keys": True,
    "own": {"taken", "brought", "skipped", "not_brought", "no_room", "waiting"},
    "papers": True,
    "search": {"label", "hint", "close", "results", "none", "all"},
}


class Words(Frozen):
    """All words, grouped by where they are used."""

    site: SiteWords
    feeds: FeedWords
    digest: DigestWords
    months: tuple[Month, Month, Month, Month, Month, Month, Month, Month, Month, Month, Month, Month]
    date_form: Word
    month_form: Word
    year_alone: Word
    numbered_title: Word
    home: Word
    newest_papers: Word
    newest_edition: Word
    featured_papers: Word
    topics: Word
    topics_intro: Word
    unsorted: Word
    unsorted_intro: Word
    narrower_topics: Word
    related_topics: Word
    collections: Word
    collections_intro: Word
    step_of: Word
    why: Word
    in_path: Word
    editions: Word
    editions_intro: Word
    captured: Word
    captured_inferred: Word
    no_capture_date: Word
    archive: Word
    archive_intro: Word
    year: Word
    years: Word
    name_with_count: Word
    all_months: Word
    papers_per_year: Word
    papers_per_month: Word
    inferred_papers: CountedNoun
    arxiv_dated_papers: CountedNoun
    undated: Word
    undated_intro: Word
    papers_of_year: Word
    papers_of_month: Word
    code: Word
    code_intro: Word
    also: Word
    other_hosts: Word
    shared: Word
    shared_by: Word
    by_owner: Word
    discussed: Word
    discussed_intro: Word
    stats: Word
    stats_intro: Word
    papers_per_topic: Word
    with_code: Word
    most_linked: Word
    owner: Word
    topic: Word
    month: Word
    paper_column: Word
    code_column: Word
    share_column: Word
    full_height: Word
    as_table: Word
    subscribe: Word
    undated_papers: CountedNoun
    year_alone_papers: CountedNoun
    undated_count: CountedNoun
    brought: CountedNoun
    addresses: CountedNoun
    all_code: Word
    about: Word
    nothing_yet: Word
    papers: CountedNoun
    repositories: CountedNoun
    topic_count: CountedNoun
    edition_count: CountedNoun
    authors: CountedNoun
    more_authors: CountedNoun
    and_others: Word
    comments: CountedNoun
    show_all: Word
    range: Word
    pages: Word
    newer: Word
    older: Word
    previous_page: Word
    next_page: Word
    page_number: Word
    position: Word
    date_unknown: Word
    year_inferred: Word
    year_inferred_why: Word
    arxiv_dated: Word
    arxiv_dated_why: Word
    featured: Word
    new: Word
    rated: Word
    withdrawn: Word
    tags: Word
    references: Word
    official: Word
    abstract: Word
    note: Word
    cite_in_words: Word
    copy_text: Word
    copy_markdown: Word
    cite: Word
    copy_entry: Word
    copied: Word
    related_papers: Word
    both_about: Word
    listed_in: Word
    listed_as: Word
    previous_paper: Word
    next_paper: Word
    links: Word
    read_at: Word
    find_at: Word
    paper_page: Word
    moved: Word
    improve: Word
    full_text: Word
    markdown_version: Word
    statuses: dict[Status, Word]
    difficulties: dict[Difficulty, Word]
    kinds: dict[PaperKind, Word]
    link_kinds: dict[LinkKind, Word]
    link_sorts: dict[LinkKind, Word]
    formats: dict[str, Word]
    search: SearchWords
    browse: BrowseWords
    own: OwnWords
    keys: KeysWords
    missing: MissingWords

    @property
    def of_scripts(self) -> Mapping[str, object]:
        """The words that scripts show on any page, as values for JSON."""
        return self.model_dump(include=_AT_ONCE)

    @property
    def of_late_scripts(self) -> Mapping[str, object]:
        """The words of scripts that are loaded when they are used, as values for JSON."""
        return self.model_dump(include=_LATE)

    def day(self, day: date) -> str:
        """A date in words: "8 December 2023"."""
        return self.date_form.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def partial_date(self, known: PartialDate) -> str:
        """A date as far as it is known, in words: "2023", "December 2023", "8 December 2023"."""
        if known.precision == "day":
            return self.day(known.first_day)
        return self.month_of(known) if known.month else str(known.year)

    def with_count(self, name: str, number: int) -> str:
        """A name and how many there are: "December (12)"."""
        return self.name_with_count.format(name=name, n=f"{number:,}")

    def month_of(self, known: PartialDate) -> str:
        """The month of a date in words: "December 2023"; of a year alone, that its month is not known."""
        if not known.month:
            return self.year_alone.format(year=known.year)
        return self.month_form.format(month=self.months[known.month - 1], year=known.year)
