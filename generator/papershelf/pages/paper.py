"""The page of a paper."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias
from urllib.parse import quote_plus

from papershelf import citations, text
from papershelf.core import urls
from papershelf.core.model import Paper, Related
from papershelf.core.problems import Location
from papershelf.library import edit_links
from papershelf.views import metadata
from papershelf.views.components import (
    Anchor,
    LinkGroup,
    Marks,
    PageRef,
    PublicationDate,
    Resource,
    authors,
    marks,
    page_link,
    published,
    resources,
    topics,
)
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.taxonomy import COLLECTIONS, EDITIONS, Taxonomy
from papershelf.views.words import Words

MOST_NAMED: Final = 20
MOST_CITED: Final = 10
_NOTHING: Final = Related()
_SEARCHES: Final = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
)

ListPosition: TypeAlias = tuple[PageRef, int, int, tuple[PageRef, ...], tuple[PageRef, ...]]
"""A list, a paper's number in it (from 1), the number of all, and the papers before and after it, if any."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Links from a paper's page to other papers and lists.

    All fields are plain tuples, as every build fingerprints them for all papers.

    related: the related papers. shared: for each of them the words that both papers are about.
    paths, listed: the paper's positions in reading paths and in editions.
    """

    related: tuple[PageRef, ...]
    shared: tuple[tuple[str, ...], ...]
    paths: tuple[ListPosition, ...]
    listed: tuple[ListPosition, ...]


@dataclass(frozen=True, slots=True)
class PositionView:
    """The position of a paper in an edition or a reading path, and its neighbours there."""

    link: Anchor
    place: str
    previous: tuple[Anchor, ...]
    next: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A related paper, and why it is related, in words, "" if that is not known."""

    link: Anchor
    why: str


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation as a line: the text around what is in italics, and the link that ends it, if any.

    spaced: whether a space follows what is in italics.
    """

    before: str
    italic: str
    spaced: bool
    after: str
    links: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper; unknown texts are "".

    note: the curator's Markdown. withdrawn: why the paper was withdrawn.
    improve: the address at which decisions about the paper can be edited, "" for none.
    """

    title: str
    published: PublicationDate
    authors: str
    comments: str
    kind: str
    venue: str
    marks: Marks
    withdrawn: str
    tags: tuple[str, ...]
    topics: tuple[Anchor, ...]
    summary: str
    note: str
    abstract: str
    links: tuple[LinkGroup, ...]
    citation: CitationView
    bibtex: str
    related: tuple[RelatedPaper, ...]
    paths: tuple[PositionView, ...]
    listed: tuple[PositionView, ...]
    improve: str


def paper(context: SiteContext) -> Iterator[PageOutput]:
    """The page of every paper."""
    repository, related = context.config.repository, context.related()
    pages = {each.id: (each.title, urls.paper(each.id)) for each in context.library.papers.values()}
    paths, editions = (_positions(context, taxonomy, pages) for taxonomy in (COLLECTIONS, EDITIONS))
    for each in context.library.papers.values():
        near = related.get(each.id, _NOTHING)
        surroundings = Surroundings(
            related=tuple(map(pages.__getitem__, near.ids)),
            shared=near.words,
            paths=tuple(paths.get(each.id, ())),
            listed=tuple(editions.get(each.id, ())),
        )
        edit = (repository, context.branch, each.edit) if repository else None
        key = context.citation_keys[each.id]
        yield PageOutput(urls.paper(each.id), _paper_page, (context.labels, each, key, surroundings, edit))


def _positions(
    context: SiteContext, taxonomy: Taxonomy, pages: Mapping[str, PageRef]
) -> Mapping[str, list[ListPosition]]:
    """The positions of papers in the groups of a taxonomy, by the paper's id."""
    positions: defaultdict[str, list[ListPosition]] = defaultdict(list)
    for group in context.groups[taxonomy.id]:
        page, total = (group.title, taxonomy.page(group.id)), len(group.papers)
        stops = tuple([pages[paper_id] for paper_id in group.papers])
        for number, paper_id in enumerate(group.papers, start=1):
            before, after = stops[max(0, number - 2) : number - 1], stops[number : number + 1]
            positions[paper_id].append((page, number, total, before, after))
    return positions


def _paper_page(
    labels: Labels,
    paper: Paper,
    key: str,
    surroundings: Surroundings,
    edit: tuple[str, str, Location | None] | None,
) -> Page:
    """The page; `key` is for citations, `edit` is repository, branch and place of the decision."""
    words, page = labels.words, urls.paper(paper.id)
    related = zip(surroundings.related, surroundings.shared, strict=True)
    view = PaperView(
        title=paper.title,
        published=published(words, paper),
        authors=authors(words, paper, MOST_NAMED),
        comments=words.comments.of(paper.comments) if paper.comments else "",
        kind=words.kinds[paper.kind] if paper.kind else "",
        venue=paper.venue or "",
        marks=marks(words, paper),
        withdrawn=paper.withdrawn or "",
        tags=paper.tags,
        topics=topics(labels, page, paper),
        summary=paper.summary or "",
        note=paper.note or "",
        abstract=paper.abstract or "",
        links=tuple(_link_groups(words, paper)),
        citation=_citation(paper),
        bibtex=citations.bibtex(paper, key, MOST_CITED),
        related=tuple(_related_paper(words, page, *each) for each in related),
        paths=tuple(_position_view(words.step_of, page, each) for each in surroundings.paths),
        listed=tuple(_position_view(words.listed_as, page, each) for each in surroundings.listed),
        improve=(edit and edit_links.paper_url(edit[0], paper, edit[2], edit[1])) or "",
    )
    about = description(paper.summary or paper.abstract or paper.title)
    return Page(page, "paper.md", text.plain(paper.title), about, view, head=metadata.of_paper(paper))


def _citation(paper: Paper) -> CitationView:
    before, italic, after, link = citations.apa(paper)
    links = (Anchor(link, link),) if link else ()
    return CitationView(before.rstrip(), italic, after.startswith(" "), after.lstrip(), links)


def _position_view(form: str, page: str, position: ListPosition) -> PositionView:
    """The position in words, as `form` says it with {number} and {total}."""
    group, number, total, before, after = position
    return PositionView(
        link=page_link(page, group),
        place=form.format(number=number, total=total),
        previous=tuple(page_link(page, each) for each in before),
        next=tuple(page_link(page, each) for each in after),
    )


def _related_paper(words: Words, page: str, related: PageRef, shared: tuple[str, ...]) -> RelatedPaper:
    why = words.both_about.format(words=", ".join(shared)) if shared else ""
    return RelatedPaper(page_link(page, related), why)


def _link_groups(words: Words, paper: Paper) -> Iterator[LinkGroup]:
    """Links to read the paper or to find it, to its resources by kind, and to what others say about it."""
    if sources := _reading_links(words, paper):
        yield LinkGroup(words.read_at, sources)
    else:
        yield LinkGroup(words.find_at, _searches(text.plain(paper.title)))
    for label, items in groupby(resources(words, paper.links), key=_resource_label):
        yield LinkGroup(label, tuple(item.link for item in items))
    if paper.references:
        yield LinkGroup(
            words.references, tuple(Anchor(reference.title, reference.url) for reference in paper.references)
        )


def _resource_label(item: Resource) -> str:
    label = item.label[:1].upper() + item.label[1:]
    return f"{label} ({item.official})" if item.official else label


def _reading_links(words: Words, paper: Paper) -> tuple[Anchor, ...]:
    """Where the paper itself can be read."""
    known = (
        (f"arXiv {paper.arxiv}", paper.arxiv_page),
        (f"DOI {paper.doi}", paper.doi_page),
        ("OpenReview", paper.openreview_page),
        (words.paper_page, paper.url),
        (words.full_text, paper.pdf),
    )
    return tuple(Anchor(name, href) for name, href in known if href)


def _searches(title: str) -> tuple[Anchor, ...]:
    """Searches for a paper of which only the title is known."""
    quoted = quote_plus(f'"{title}"')
    return tuple(Anchor(name, address + quoted) for name, address in _SEARCHES)
