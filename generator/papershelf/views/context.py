"""The context that pages and exports are planned from, and what a page is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import ClassVar

from papershelf import citations, text
from papershelf.content.config import FEW_PAPERS, Config
from papershelf.content.free_pages import FreePage
from papershelf.content.topics import UNSORTED
from papershelf.core import git, urls
from papershelf.core.model import Paper, Related
from papershelf.core.problems import Location
from papershelf.incremental.output import Output
from papershelf.library import edit_links, first_listed
from papershelf.library.library import Library
from papershelf.views.taxonomy import TAXONOMIES, PaperGroup, Taxonomy
from papershelf.views.words import Words

DESCRIPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is rendered.

    path: its Markdown file, relative to the site's root (`papers/x/index.md`).
    template: the file under templates/ that renders it, with access to `view` only.
    title, description: plain text for the head of the page.
    theme: the file under templates/overrides/ that frames it.
    head: safe HTML for the head of the page.
    trusted: whether the curator wrote its Markdown, so that it is published unescaped.
    """

    path: str
    template: str
    title: str
    description: str
    view: object
    theme: str = "main.html"
    head: str = ""
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class PageOutput(Output[Page]):
    """A page, made when needed. `theme` is the file under templates/overrides/ that frames it."""

    theme: str = "main.html"

    def content(self) -> Page:
        """Make the page, to be framed by `theme`."""
        return replace(self.make(*self.inputs), theme=self.theme)


@dataclass(frozen=True, slots=True)
class Labels:
    """What pages need besides a paper: the words, and titles and colours (#rrggbb) of topics by id.

    site: the site's address, ending in a slash, "" if unknown.
    """

    fingerprint_once: ClassVar[bool] = True

    words: Words
    topic_titles: Mapping[str, str]
    topic_marks: Mapping[str, str]
    site: str = ""


@dataclass(frozen=True)
class SiteContext:
    """Everything that pages are planned from.

    related: computes the related papers of each paper, by its id. cited: computes `citations.keys`.
    logo: the image that the settings name, None for none. taxonomies: the ways in which papers are grouped.
    branch: of the repository, which edits go to. setting_places: where each setting is given, by its name.
    """

    library: Library
    config: Config
    words: Words
    free_pages: tuple[FreePage, ...] = ()
    related: Callable[[], Mapping[str, Related]] = dict
    cited: Callable[[], Mapping[str, str]] | None = None
    logo: bytes | None = None
    branch: str = git.MAIN
    taxonomies: tuple[Taxonomy, ...] = TAXONOMIES
    setting_places: Mapping[str, Location] = field(default_factory=dict)

    @cached_property
    def topic_titles(self) -> dict[str, str]:
        """The title of each topic, by id."""
        titles = {topic.id: topic.title for topic in self.library.topics}
        return titles | {UNSORTED: self.words.unsorted}

    @cached_property
    def listed(self) -> Mapping[str, date]:
        """The capture date of the first listing of each paper, by the paper's id, as far as known."""
        return {paper_id: days[0] for paper_id, days in first_listed.listing_days(self.library).items()}

    @cached_property
    def added(self) -> Mapping[str, date]:
        """The day that the list got each paper, by its id: when listed, else published at the earliest."""
        papers = self.library.papers.values()
        dates = {paper.id: paper.published.first_day for paper in papers if paper.published}
        return {**dates, **self.listed}

    @cached_property
    def always_cited(self) -> frozenset[str]:
        """The ids of the papers in groups that have files to cite from whatever the settings say."""
        groups = (self.groups[each.id] for each in self.taxonomies if each.citations == "always")
        return frozenset(paper_id for of_one in groups for group in of_one for paper_id in group.papers)

    @property
    def all_formats(self) -> bool:
        """Whether papers are published one by one, and topics and the whole list in every format."""
        wanted = self.config.publish.all_formats
        return len(self.library.papers) <= FEW_PAPERS if wanted is None else wanted

    @cached_property
    def groups(self) -> Mapping[str, tuple[PaperGroup, ...]]:
        """The groups of each taxonomy, by the taxonomy's id."""
        return {each.id: tuple(each.groups(self.library, self.words)) for each in self.taxonomies}

    def has_citations(self, taxonomy: Taxonomy) -> bool:
        """Whether the groups of a taxonomy have files to cite from."""
        return taxonomy.citations == "always" or (taxonomy.citations == "all formats" and self.all_formats)

    @cached_property
    def citation_keys(self) -> Mapping[str, str]:
        """The citation key of each paper, by its id."""
        return self.cited() if self.cited else citations.keys(self.library.papers.values())

    @cached_property
    def topic_marks(self) -> Mapping[str, str]:
        """The colours of the topics that have one, as #rrggbb, by id."""
        return {topic.id: topic.colour for topic in self.library.topics if topic.colour}

    @cached_property
    def free_pages_by_path(self) -> Mapping[str, FreePage]:
        """The pages that the curator wrote, by path."""
        return {urls.free(page.name): page for page in self.free_pages}

    @cached_property
    def labels(self) -> Labels:
        """What pages need besides a paper."""
        return Labels(self.words, self.topic_titles, self.topic_marks, self.site)

    @property
    def site(self) -> str:
        """The site's address, ending in a slash; "" where it is not known."""
        url = self.config.url
        return f"{url.rstrip('/')}/" if url else ""

    @cached_property
    def new_by_listing(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the papers that each listing was the first to have, by the listing's id."""
        return first_listed.by_listing(self.library)

    @cached_property
    def new(self) -> frozenset[str]:
        """The ids of new papers: those that the newest of several dated listings was the first to have."""
        return first_listed.new(self.library, self.new_by_listing)

    def new_of(self, papers: Iterable[Paper]) -> tuple[str, ...]:
        """The ids of those papers that are new."""
        return tuple(paper.id for paper in papers if paper.id in self.new)

    def edit(self, at: Location | None) -> str:
        """The address at which a place in the content can be edited, "" if there is none."""
        return (at and edit_links.edit_url(self.config.repository, at, self.branch)) or ""

    def papers(self, ids: tuple[str, ...]) -> tuple[Paper, ...]:
        """The papers of these ids, in that order."""
        return tuple(self.library.papers[paper_id] for paper_id in ids)


def description(content: str) -> str:
    """The beginning of a text without markup: whole words, at most `DESCRIPTION_LENGTH` characters."""
    plain = " ".join(text.plain(content).split())
    if len(plain) <= DESCRIPTION_LENGTH:
        return plain
    whole_words = plain[:DESCRIPTION_LENGTH].rpartition(" ")[0]
    return f"{whole_words or plain[: DESCRIPTION_LENGTH - 1]}…"
