"""Taxonomies: the ways in which papers are grouped: topics, editions, code repositories, reading paths.

A new one is one more `Taxonomy` in `TAXONOMIES`. From it follow the list of its groups, the pages of each
group, their feeds, data files and citations, a facet for browsing, and a section of llms.txt.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from papershelf.content.topics import UNSORTED
from papershelf.core import urls
from papershelf.library.library import Library
from papershelf.text import notes
from papershelf.views.words import Words

CitedWhen = Literal["never", "all formats", "always"]
"""Whether groups have files to cite from: "all formats" if the settings or a small library say so."""


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """Papers that belong together: a topic, an edition, a repository, a reading path.

    id: unique in its taxonomy, a slug if the group has pages.
    title: text that may have markup.
    papers: the papers' ids, in the order in which pages show them.
    about: what the group is, as plain text.
    notes: the curator's Markdown on each paper, "" for none; empty if there is no note on any.
    mark: the colour of a mark before the title, as #rrggbb, "" for none.
    is_rest: whether these are the papers that no other group has; they have pages and a feed, but no data.
    """

    id: str
    title: str
    papers: tuple[str, ...]
    about: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class FacetName:
    """A filter for browsing: its name in addresses and in the search index, and its label."""

    name: str
    label: Callable[[Words], str]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A way to group papers.

    id: the first path segment of its pages, and the name of its folders of feeds and data.
    title, intro: of the page that lists its groups.
    groups: all groups, in the order in which they are listed.
    feed_title: the title of a group's feed, with {title} for the group's; None if groups have no feeds.
        llms.txt lists the groups that have feeds.
    facet: the filter for browsing by group, None for none.
    citations: when groups have files to cite from.
    is_ordered: whether feeds keep the order of a group's papers; else they show the newest first.
    has_own_pages: whether modules in pages/ plan its pages; else pages/groups.py does.
    """

    id: str
    title: Callable[[Words], str]
    intro: Callable[[Words], str]
    groups: Callable[[Library, Words], Iterable[PaperGroup]]
    feed_title: Callable[[Words], str] | None = None
    facet: FacetName | None = None
    citations: CitedWhen = "all formats"
    is_ordered: bool = False
    has_own_pages: bool = False

    @property
    def list_page(self) -> str:
        """The page that lists the groups."""
        return f"{self.id}/index.md"

    def page(self, group_id: str) -> str:
        """The first page of a group."""
        return f"{self.id}/{group_id}/index.md"

    def feed(self, group_id: str, form: urls.FeedFormat = "xml") -> str:
        """The feed of a group."""
        return f"feeds/{self.id}/{group_id}.{form}"

    @property
    def list_data(self) -> str:
        """The data file that lists the groups."""
        return urls.data(f"{self.id}.json")

    def data(self, group_id: str, suffix: str = "json") -> str:
        """A data file of a group: `json`, or to cite from `bib`, `csl.json` or `ris`."""
        return urls.data(f"{self.id}/{group_id}.{suffix}")


def _topics(library: Library, words: Words) -> Iterator[PaperGroup]:
    for topic in library.topics:
        papers = library.in_topic.get(topic.id, ())
        about, mark = notes.plain(topic.description or ""), topic.colour or ""
        yield PaperGroup(topic.id, topic.title, papers, about, mark=mark)
    if unsorted := library.in_topic.get(UNSORTED):
        yield PaperGroup(UNSORTED, words.unsorted, unsorted, is_rest=True)


def _editions(library: Library, _words: Words) -> Iterator[PaperGroup]:
    for listing in library.listings:
        yield PaperGroup(listing.id, listing.title, library.in_edition.get(listing.id, ()))


def _repositories(library: Library, _words: Words) -> Iterator[PaperGroup]:
    for repository, papers in library.in_repository.items():
        yield PaperGroup(repository.url, repository.label, papers)


def _reading_paths(library: Library, _words: Words) -> Iterator[PaperGroup]:
    for path in library.collections:
        papers = tuple(step.paper for step in path.steps)
        on_papers = tuple(step.note for step in path.steps)
        yield PaperGroup(path.id, path.title, papers, notes.plain(path.introduction), on_papers)


TOPICS: Final = Taxonomy(
    id="topics",
    title=lambda words: words.topics,
    intro=lambda words: words.topics_intro,
    groups=_topics,
    feed_title=lambda words: words.feeds.topic,
    facet=FacetName("topic", lambda words: words.browse.topic),
    has_own_pages=True,
)

EDITIONS: Final = Taxonomy(
    id="editions",
    title=lambda words: words.editions,
    intro=lambda words: words.editions_intro,
    groups=_editions,
    facet=FacetName("edition", lambda words: words.browse.edition),
    citations="never",
    is_ordered=True,
    has_own_pages=True,
)

REPOSITORIES: Final = Taxonomy(
    id="code",
    title=lambda words: words.code,
    intro=lambda words: words.code_intro,
    groups=_repositories,
    citations="never",
    has_own_pages=True,
)

COLLECTIONS: Final = Taxonomy(
    id="collections",
    title=lambda words: words.collections,
    intro=lambda words: words.collections_intro,
    groups=_reading_paths,
    feed_title=lambda words: words.feeds.path,
    citations="always",
    is_ordered=True,
    has_own_pages=True,
)

TAXONOMIES: Final = (TOPICS, EDITIONS, REPOSITORIES, COLLECTIONS)
"""All taxonomies, in the order of the facets, of the sections of llms.txt, and of the index of data files."""
