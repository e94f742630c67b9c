"""What papers are grouped by, as data: topics, editions, code repositories and collections."""

from collections.abc import Iterator
from functools import partial

from papershelf import text
from papershelf.core import urls
from papershelf.exports import citations, schema
from papershelf.exports.published import Published
from papershelf.exports.schema import Shape, StepData, with_list
from papershelf.incremental.output import Output


def topics(published: Published) -> Iterator[Output[bytes]]:
    """`topics.json`, and of each topic its papers and their citations."""
    library = published.context.library
    entries = tuple(
        schema.TopicEntry(
            id=topic.id,
            title=text.plain(topic.title),
            description=topic.description,
            parent=topic.parent,
            related=topic.related,
            count=len(library.in_topic[topic.id]),
        )
        for topic in library.topics
    )
    yield Output(urls.data("topics.json"), _shape, (schema.TopicList(topics=entries),))
    for entry in entries:
        pieces = published.pieces_of(library.in_topic[entry.id])
        yield Output(urls.topic_data(entry.id), _refs, (entry, tuple(piece.ref for piece in pieces)))
        if published.context.all_formats:
            yield from citations.citations(partial(urls.topic_data, entry.id), pieces, all_formats=True)


def editions(published: Published) -> Iterator[Output[bytes]]:
    """`editions.json`, and of each edition its papers."""
    library = published.context.library
    entries = tuple(
        schema.EditionEntry(
            id=listing.id,
            title=text.plain(listing.title),
            captured=listing.captured,
            captured_inferred=listing.captured_inferred,
            count=len(library.in_edition.get(listing.id, ())),
        )
        for listing in library.listings
    )
    yield Output(urls.data("editions.json"), _shape, (schema.EditionList(editions=entries),))
    for entry in entries:
        pieces = published.pieces_of(library.in_edition.get(entry.id, ()))
        yield Output(urls.edition_data(entry.id), _refs, (entry, tuple(piece.ref for piece in pieces)))


def code(published: Published) -> Iterator[Output[bytes]]:
    """`code.json`: every repository with the papers that link to it."""
    known = published.context.library.in_repository
    yield Output(
        urls.data("code.json"),
        _repositories,
        (tuple((each.label, each.url, papers) for each, papers in known.items()),),
    )


def collections(published: Published) -> Iterator[Output[bytes]]:
    """`collections.json`, and of each reading path its papers, the notes on them, and their citations."""
    paths = published.context.library.collections
    entries = tuple(
        schema.CollectionEntry(
            id=path.id,
            title=text.plain(path.title),
            introduction=path.introduction or None,
            count=len(path.steps),
        )
        for path in paths
    )
    yield Output(urls.data("collections.json"), _shape, (schema.CollectionList(collections=entries),))
    for entry, path in zip(entries, paths, strict=True):
        titles = (text.plain(published.context.library.papers[step.paper].title) for step in path.steps)
        steps = tuple(
            StepData(id=step.paper, title=title, note=step.note or None)
            for step, title in zip(path.steps, titles, strict=True)
        )
        yield Output(
            urls.collection_data(path.id), _shape, (schema.CollectionData(**vars(entry), papers=steps),)
        )
        yield from citations.citations(
            partial(urls.collection_data, path.id),
            published.pieces_of(step.paper for step in path.steps),
            all_formats=True,
        )


def _shape(shape: Shape) -> bytes:
    return shape.model_dump_json(exclude_defaults=True).encode() + b"\n"


def _refs(entry: Shape, papers: tuple[bytes, ...]) -> bytes:
    return with_list(entry, "papers", papers)


def _repositories(known: tuple[tuple[str, str, tuple[str, ...]], ...]) -> bytes:
    found = tuple(schema.RepositoryData(name=name, url=url, papers=papers) for name, url, papers in known)
    return _shape(schema.Code(repositories=found))
