"""Feeds as Atom 1.0 and JSON Feed 1.1: new papers, the papers of each group, and the editions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Final, TypeAlias

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Listing, Paper
from papershelf.exports import atom, json_feed
from papershelf.exports.feed_entries import Feed, FeedEntry, edition_entry, paper_entry
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.views.context import Labels, SiteContext
from papershelf.views.taxonomy import EDITIONS, PaperGroup, Taxonomy

MOST: Final = 50
MOST_TITLES: Final = 10

WriteFeed: TypeAlias = Callable[[Feed, Sequence[FeedEntry]], bytes]
FeedPaper: TypeAlias = tuple[Paper, date | None, str]
"""A paper, the day on which the list got it, and the curator's Markdown on it, "" for none."""
FeedEdition: TypeAlias = tuple[Listing, tuple[tuple[str, str], ...], int]
"""An edition, the ids and titles of its first papers, and the number of all."""
_FORMATS: Final[tuple[tuple[urls.FeedFormat, WriteFeed], ...]] = (
    ("xml", atom.write),
    ("json", json_feed.write),
)


def feeds(published: Published) -> Iterator[Output[bytes]]:
    """All feeds in both formats, each with `MOST` entries at most."""
    context, words = published.context, published.context.words
    for feed, papers in _paper_feeds(published):
        for form, write in _FORMATS:
            yield Output(f"{feed.stem}.{form}", _write_papers, (write, feed, context.labels, papers))
    editions = tuple(_first_editions(context))
    feed = _feed(
        published, urls.feed_editions(), EDITIONS.list_page, words.feeds.editions, words.editions_intro
    )
    for form, write in _FORMATS:
        yield Output(f"{feed.stem}.{form}", _write_editions, (write, feed, context.labels, editions))


def _paper_feeds(published: Published) -> Iterator[tuple[Feed, tuple[FeedPaper, ...]]]:
    context = published.context
    title, about = context.words.feeds.new, context.config.description
    everything = tuple(_newest(context, context.library.papers))
    yield _feed(published, urls.feed_new(), urls.HOME, title, about), everything
    for taxonomy in context.taxonomies:
        yield from _group_feeds(published, taxonomy)


def _group_feeds(published: Published, taxonomy: Taxonomy) -> Iterator[tuple[Feed, tuple[FeedPaper, ...]]]:
    """The feeds of a taxonomy's groups, if they have any."""
    context = published.context
    if not taxonomy.feed_title:
        return
    form = taxonomy.feed_title(context.words)
    for group in context.groups[taxonomy.id]:
        path, page = taxonomy.feed(group.id), taxonomy.page(group.id)
        feed = _feed(published, path, page, form.format(title=group.title), group.about)
        papers = _first(context, group) if taxonomy.is_ordered else _newest(context, group.papers)
        yield feed, tuple(papers)


def _feed(published: Published, path: str, page: str, title: str, about: str) -> Feed:
    context, config = published.context, published.context.config
    return Feed(
        stem=path.removesuffix(".xml"),
        page=page,
        title=f"{config.title}: {text.plain(title)}",
        about=about,
        site=context.site,
        author=config.curator.name if config.curator else config.title,
        language=config.language,
        since=_since(published),
    )


def _since(published: Published) -> date:
    """The first day that the list knows of: what has no date counts as older than all that has one."""
    built = datetime.fromtimestamp(published.epoch, UTC).date()
    return min(published.context.added.values(), default=built)


def _newest(context: SiteContext, ids: Iterable[str]) -> Iterator[FeedPaper]:
    """The papers that the list got last; among equals those published last."""
    ordered = sorted(ids, key=lambda paper_id: context.added.get(paper_id, date.min), reverse=True)
    for paper_id in islice(ordered, MOST):
        yield context.library.papers[paper_id], context.added.get(paper_id), ""


def _first(context: SiteContext, group: PaperGroup) -> Iterator[FeedPaper]:
    """The first papers of a group in its order, with the curator's notes."""
    papers = group.papers[:MOST]
    notes = group.notes[:MOST] or ("",) * len(papers)
    for paper_id, note in zip(papers, notes, strict=True):
        yield context.library.papers[paper_id], context.added.get(paper_id), note


def _first_editions(context: SiteContext) -> Iterator[FeedEdition]:
    for listing in islice(context.library.listings, MOST):
        ids = context.library.in_edition.get(listing.id, ())
        yield listing, tuple((paper.id, paper.title) for paper in context.papers(ids[:MOST_TITLES])), len(ids)


def _write_papers(write: WriteFeed, feed: Feed, labels: Labels, papers: tuple[FeedPaper, ...]) -> bytes:
    return write(feed, [paper_entry(labels, paper, added, note) for paper, added, note in papers])


def _write_editions(write: WriteFeed, feed: Feed, labels: Labels, editions: tuple[FeedEdition, ...]) -> bytes:
    return write(feed, [edition_entry(labels, *edition) for edition in editions])
