"""The browse page: a form of facets for the script that searches; without it, where else to look."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypeVar

from papershelf.core import urls
from papershelf.views.components import BEST, Anchor
from papershelf.views.context import Page, SiteContext
from papershelf.views.pagination import anchor
from papershelf.views.words import Words

Value = TypeVar("Value", bound=str)


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a paper can have, as the address names it, and as readers see it.

    `mark` is the colour of a mark before it, as #rrggbb, "" for none.
    """

    value: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the search, and the values to choose from."""

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
            anchor(urls.BROWSE, other)
            for other in ((words.topics, urls.TOPICS), (words.archive, urls.ARCHIVE))
        ),
    )
    yield Page(urls.BROWSE, "browse.md", view.title, view.intro, view)


def _facets(context: SiteContext) -> Iterator[Facet]:
    words, library = context.words, context.library
    said, papers = words.browse, library.papers.values()
    kinds = {link.kind: words.link_kinds[link.kind] for paper in papers for link in paper.links}
    tags = sorted({tag for paper in papers for tag in paper.tags}, key=str.casefold)
    ratings = sorted({paper.rating for paper in papers if paper.rating}, reverse=True)
    topics = _named(context.topic_titles, (name for name, ids in library.in_topic.items() if ids))
    marked = (Option(name, title, context.topic_marks.get(name, "")) for name, title in topics)
    yield Facet("topic", said.topic, tuple(marked))
    yield _facet("date", said.date, _dates(words, (paper.published for paper in papers)))
    yield _facet("code", said.code, [("any", said.any_code), *sorted(kinds.items())] if kinds else ())
    yield _facet("kind", said.kind, _named(words.kinds, (paper.kind for paper in papers)))
    yield _facet("tag", words.tags, ((tag, tag) for tag in tags))
    yield _facet("status", said.status, _named(words.statuses, (paper.status for paper in papers)))
    yield _facet("rating", said.rating, ((str(n), words.rated.format(rating=n, best=BEST)) for n in ratings))
    listed = (listing for listing in library.listings if library.in_edition.get(listing.id))
    yield _facet("edition", said.edition, ((listing.id, listing.title) for listing in listed))


def _facet(name: str, label: str, options: Iterable[tuple[str, str]]) -> Facet:
    return Facet(name, label, tuple(Option(value, text) for value, text in options))


def _named(names: Mapping[Value, str], present: Iterable[Value | None]) -> Iterator[tuple[str, str]]:
    """The values that are there, in the order of their names."""
    there = set(present)
    return ((value, text) for value, text in names.items() if value in there)


def _dates(words: Words, days: Iterable[date | None]) -> Iterator[tuple[str, str]]:
    """Every year, each followed by its months, newest first, and what has no date."""
    there = set(days)
    months = sorted({day.replace(day=1) for day in there if day}, reverse=True)
    for year, run in groupby(months, lambda day: f"{day:%Y}"):
        yield year, year
        yield from ((f"{day:%Y-%m}", words.months[day.month - 1]) for day in run)
    if None in there:
        yield "undated", words.undated
