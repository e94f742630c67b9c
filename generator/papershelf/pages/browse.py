"""The browse page: a form with facets for the search script, and links for readers without scripts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.views.components import BEST, Anchor, page_link
from papershelf.views.context import Page, SiteContext
from papershelf.views.taxonomy import Taxonomy
from papershelf.views.words import Words

Value = TypeVar("Value", bound=str)


@dataclass(frozen=True, slots=True)
class Option:
    """A value that papers can have: as addresses name it, and as readers see it.

    mark: the colour of a mark before it, as #rrggbb, "" for none.
    """

    value: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the search and the values to choose from."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class BrowseView:
    """The browse page; `elsewhere` is for readers without scripts."""

    title: str
    intro: str
    facets: tuple[Facet, ...]
    elsewhere: tuple[Anchor, ...]


def browse(context: SiteContext) -> Iterator[Page]:
    """The browse page."""
    words = context.words
    view = BrowseView(
        title=words.browse.title,
        intro=words.browse.intro,
        facets=tuple(facet for facet in _facets(context) if facet.options),
        elsewhere=tuple(
            page_link(urls.BROWSE, other)
            for other in ((words.topics, urls.TOPICS), (words.archive, urls.ARCHIVE))
        ),
    )
    yield Page(urls.BROWSE, "browse.md", view.title, view.intro, view)


def _facets(context: SiteContext) -> Iterator[Facet]:
    """The facet of the first taxonomy, those of what is known about papers, then the other taxonomies'."""
    first, *others = filter(None, (_taxonomy_facet(context, each) for each in context.taxonomies))
    yield first
    yield from _paper_facets(context.words, tuple(context.library.papers.values()))
    yield from others


def _taxonomy_facet(context: SiteContext, taxonomy: Taxonomy) -> Facet | None:
    """The groups that have papers as options; None if the taxonomy is not for browsing."""
    if not taxonomy.facet:
        return None
    groups = (group for group in context.groups[taxonomy.id] if group.papers)
    options = tuple(Option(group.id, group.title, group.mark) for group in groups)
    return Facet(taxonomy.facet.name, taxonomy.facet.label(context.words), options)


def _paper_facets(words: Words, papers: Sequence[Paper]) -> Iterator[Facet]:
    browse = words.browse
    resources = {link.kind: words.link_kinds[link.kind] for paper in papers for link in paper.links}
    tags = sorted({tag for paper in papers for tag in paper.tags}, key=str.casefold)
    ratings = sorted({paper.rating for paper in papers if paper.rating}, reverse=True)
    yield _facet("date", browse.date, _dates(words, (paper.published for paper in papers)))
    any_code = [("any", browse.any_code)] if resources else []
    yield _facet("code", browse.code, [*any_code, *sorted(resources.items())])
    yield _facet("kind", browse.kind, _present(words.kinds, (paper.kind for paper in papers)))
    yield _facet("tag", words.tags, ((tag, tag) for tag in tags))
    yield _facet("status", browse.status, _present(words.statuses, (paper.status for paper in papers)))
    rated = ((str(rating), words.rated.format(rating=rating, best=BEST)) for rating in ratings)
    yield _facet("rating", browse.rating, rated)


def _facet(name: str, label: str, options: Iterable[tuple[str, str]]) -> Facet:
    return Facet(name, label, tuple(Option(value, text) for value, text in options))


def _present(labels: Mapping[Value, str], values: Iterable[Value | None]) -> Iterator[tuple[str, str]]:
    """The values that papers have with their labels, in the order of the labels."""
    present = set(values)
    return ((value, label) for value, label in labels.items() if value in present)


def _dates(words: Words, days: Iterable[PartialDate | None]) -> Iterator[tuple[str, str]]:
    """Every year followed by its months, newest first; then an option for papers without date."""
    present = set(days)
    months = sorted({(day.year, day.month) for day in present if day}, reverse=True)
    for year, run in groupby(months, itemgetter(0)):
        yield str(year), str(year)
        yield from ((f"{year}-{month:02}", words.months[month - 1]) for _, month in run if month)
    if None in present:
        yield "undated", words.undated
