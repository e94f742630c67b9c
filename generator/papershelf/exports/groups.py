"""Data of taxonomies: `topics.json`, `editions.json`, …, and of each group its papers and citations."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeAlias

from papershelf import text
from papershelf.exports import citations, schema
from papershelf.exports.published import Published
from papershelf.exports.schema import Shape, StepData, with_list
from papershelf.incremental.output import Output
from papershelf.views.taxonomy import COLLECTIONS, EDITIONS, REPOSITORIES, TOPICS, PaperGroup, Taxonomy

PlanData: TypeAlias = Callable[[Published, Taxonomy], Iterator[Output[bytes]]]


def groups(published: Published) -> Iterator[Output[bytes]]:
    """The data files of every taxonomy: those of its own in `_OWN_DATA`, else `_default`."""
    for taxonomy in published.context.taxonomies:
        yield from _OWN_DATA.get(taxonomy.id, _default)(published, taxonomy)


def data_groups(published: Published, taxonomy: Taxonomy) -> tuple[PaperGroup, ...]:
    """The groups that data files have."""
    return tuple(group for group in published.context.groups[taxonomy.id] if not group.is_rest)


def _default(published: Published, taxonomy: Taxonomy) -> Iterator[Output[bytes]]:
    entries = tuple(
        schema.GroupEntry(
            id=group.id,
            title=text.plain(group.title),
            description=group.about or None,
            count=len(group.papers),
        )
        for group in data_groups(published, taxonomy)
    )
    yield Output(taxonomy.list_data, _json, (schema.GroupList(groups=entries),))
    yield from _group_files(published, taxonomy, entries)


def _topics(published: Published, taxonomy: Taxonomy) -> Iterator[Output[bytes]]:
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
    yield Output(taxonomy.list_data, _json, (schema.TopicList(topics=entries),))
    yield from _group_files(published, taxonomy, entries)


def _editions(published: Published, taxonomy: Taxonomy) -> Iterator[Output[bytes]]:
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
    yield Output(taxonomy.list_data, _json, (schema.EditionList(editions=entries),))
    yield from _group_files(published, taxonomy, entries)


def _repositories(published: Published, taxonomy: Taxonomy) -> Iterator[Output[bytes]]:
    """One file; the id of a repository's group is its address, its title its name."""
    known = tuple((each.title, each.id, each.papers) for each in data_groups(published, taxonomy))
    yield Output(taxonomy.list_data, _repositories_json, (known,))


def _collections(published: Published, taxonomy: Taxonomy) -> Iterator[Output[bytes]]:
    library = published.context.library
    entries = tuple(
        schema.CollectionEntry(
            id=path.id,
            title=text.plain(path.title),
            introduction=path.introduction or None,
            count=len(path.steps),
        )
        for path in library.collections
    )
    yield Output(taxonomy.list_data, _json, (schema.CollectionList(collections=entries),))
    for entry, path, group in zip(
        entries, library.collections, data_groups(published, taxonomy), strict=True
    ):
        titles = (text.plain(library.papers[step.paper].title) for step in path.steps)
        steps = tuple(
            StepData(id=step.paper, title=title, note=step.note or None)
            for step, title in zip(path.steps, titles, strict=True)
        )
        shape = schema.CollectionData(**vars(entry), papers=steps)
        yield Output(taxonomy.data(group.id), _json, (shape,))
        yield from _citations(published, taxonomy, group)


_OWN_DATA: Final[Mapping[str, PlanData]] = {
    TOPICS.id: _topics,
    EDITIONS.id: _editions,
    REPOSITORIES.id: _repositories,
    COLLECTIONS.id: _collections,
}


def _group_files(
    published: Published, taxonomy: Taxonomy, entries: Sequence[Shape]
) -> Iterator[Output[bytes]]:
    """Of each group its entry with references to its papers, and its citations."""
    for entry, group in zip(entries, data_groups(published, taxonomy), strict=True):
        refs = tuple(piece.ref for piece in published.formats_of(group.papers))
        yield Output(taxonomy.data(group.id), _refs_json, (entry, refs))
        yield from _citations(published, taxonomy, group)


def _citations(published: Published, taxonomy: Taxonomy, group: PaperGroup) -> Iterator[Output[bytes]]:
    if published.context.has_citations(taxonomy):
        pieces = published.formats_of(group.papers)
        yield from citations.citations(partial(taxonomy.data, group.id), pieces, all_formats=True)


def _json(shape: Shape) -> bytes:
    return shape.model_dump_json(exclude_defaults=True).encode() + b"\n"


def _refs_json(entry: Shape, papers: tuple[bytes, ...]) -> bytes:
    return with_list(entry, "papers", papers)


def _repositories_json(known: tuple[tuple[str, str, tuple[str, ...]], ...]) -> bytes:
    found = tuple(schema.RepositoryData(name=name, url=url, papers=papers) for name, url, papers in known)
    return _json(schema.Code(repositories=found))
