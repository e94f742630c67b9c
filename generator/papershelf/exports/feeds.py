"""Feeds in Atom 1.0 and JSON Feed 1.1: what is new, on each topic, in each reading path, and the editions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Listing, Paper
from papershelf.exports import atom, json_feed
from papershelf.exports.feed_entries import Entry, Feed, of_edition, of_paper
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.text import notes
from papershelf.views.context import Labels, SiteContext

MOST: Final = 50
MOST_TITLES: Final = 10

Write = Callable[[Feed, Sequence[Entry]], bytes]
Edition = tuple[Listing, tuple[tuple[str, str], ...], int]
Dated = tuple[Paper, date | None, str]
_FORMATS: Final[tuple[tuple[str, Write], ...]] = (("xml", atom.write), ("json", json_feed.write))


def feeds(published: Published) -> Iterator[Output[bytes]]:
    """Every feed, in both formats, with the newest `MOST` entries."""
    context = published.context
    for feed, papers in _paper_feeds(context):
        for form, write in _FORMATS:
            yield Output(f"{feed.stem}.{form}", _of_papers, (write, feed, context.labels, papers))
    editions = tuple(_editions(context))
    words = context.words
    feed = _feed(context, urls.feed_editions(), urls.EDITIONS, words.feeds.editions, words.editions_intro)
    for form, write in _FORMATS:
        yield Output(f"{feed.stem}.{form}", _of_editions, (write, feed, context.labels, editions))


def _paper_feeds(context: SiteContext) -> Iterator[tuple[Feed, tuple[Dated, ...]]]:
    words, library = context.words, context.library
    new = _feed(context, urls.feed_new(), urls.HOME, words.feeds.new, context.config.description)
    yield new, tuple(_newest(context, library.papers))
    about = {topic.id: notes.plain(topic.description or "") for topic in library.topics}
    for topic, ids in library.in_topic.items():
        if topic in about or ids:
            title = words.feeds.topic.format(title=context.topic_titles[topic])
            feed = _feed(context, urls.feed_topic(topic), urls.topic(topic), title, about.get(topic, ""))
            yield feed, tuple(_newest(context, ids))
    for path in library.collections:
        title = words.feeds.path.format(title=path.title)
        page, about_path = urls.collection(path.id), notes.plain(path.introduction)
        feed = _feed(context, urls.feed_collection(path.id), page, title, about_path)
        steps = ((library.papers[step.paper], step.note) for step in path.steps[:MOST])
        yield feed, tuple((paper, context.added.get(paper.id), why) for paper, why in steps)


def _feed(context: SiteContext, path: str, page: str, title: str, about: str) -> Feed:
    config = context.config
    return Feed(
        stem=path.removesuffix(".xml"),
        page=page,
        title=f"{config.title}: {text.plain(title)}",
        about=about,
        site=context.site,
        author=config.curator.name if config.curator else config.title,
        language=config.language,
    )


def _newest(context: SiteContext, ids: Iterable[str]) -> Iterator[Dated]:
    """The papers that the list got last, of those the ones that came out last."""
    ordered = sorted(ids, key=lambda paper_id: context.added.get(paper_id, date.min), reverse=True)
    for paper_id in islice(ordered, MOST):
        yield context.library.papers[paper_id], context.added.get(paper_id), ""


def _editions(context: SiteContext) -> Iterator[Edition]:
    for listing in islice(context.library.listings, MOST):
        ids = context.library.in_edition.get(listing.id, ())
        yield listing, tuple((paper.id, paper.title) for paper in context.papers(ids[:MOST_TITLES])), len(ids)


def _of_papers(write: Write, feed: Feed, labels: Labels, papers: tuple[Dated, ...]) -> bytes:
    return write(feed, [of_paper(labels, paper, added, why) for paper, added, why in papers])


def _of_editions(write: Write, feed: Feed, labels: Labels, editions: tuple[Edition, ...]) -> bytes:
    return write(feed, [of_edition(labels, *edition) for edition in editions])
