"""Records of the same work become one paper: each field from the best record that has it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from papershelf.content.records import RecordFile
from papershelf.core.model import Appearance, Link, Listing, Paper, Record
from papershelf.core.problems import Location
from papershelf.text import links

Identity = Literal["id", "arxiv", "doi", "openreview"]

_PLAIN_FIELDS = (
    *("title", "abstract", "summary", "authors", "author_count", "comments", "upvotes"),
    *("arxiv", "doi", "openreview", "url", "pdf", "venue", "categories"),
)
_KNOWN_FIELDS = (*_PLAIN_FIELDS, "published")
_UNKNOWN = (None, ())
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A record with the listing it stood in and its place in the listing's file."""

    record: Record
    listing: Listing
    at: Location


def merge(files: Iterable[RecordFile], same: Mapping[str, str] = MappingProxyType({})) -> tuple[Paper, ...]:
    """One paper for every work, in the order of first appearance in the files.

    `same` leads from ids to the ids of the papers that are the same work, by a curator's word; the merged
    paper keeps the id it leads to.
    """
    return tuple(_merge_group(group, same) for group in group_by_work(files, same))


def group_by_work(files: Iterable[RecordFile], same: Mapping[str, str]) -> tuple[tuple[Source, ...], ...]:
    """The sources of each work: which share, along a chain, an id, arXiv id, DOI or OpenReview id."""
    sources = [Source(placed.record, file.listing, placed.at) for file in files for placed in file.records]
    parent = list(range(len(sources)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[tuple[Identity, str], int] = {}
    for index, source in enumerate(sources):
        for key in identities(source.record, same):
            known = first.setdefault(key, index)
            if known != index:
                earlier, here = root(known), root(index)
                parent[max(earlier, here)] = min(earlier, here)
    groups: defaultdict[int, list[Source]] = defaultdict(list)
    for index, source in enumerate(sources):
        groups[root(index)].append(source)
    return tuple(tuple(group) for group in groups.values())


def identities(record: Record, same: Mapping[str, str]) -> Iterator[tuple[Identity, str]]:
    """What two records of one work have in common: (kind of identity, value)."""
    yield "id", record.id
    if record.id in same:
        yield "id", same[record.id]
    named: tuple[tuple[Identity, str | None], ...] = (
        ("arxiv", record.arxiv),
        ("doi", record.doi),
        ("openreview", record.openreview),
    )
    yield from ((kind, value.casefold()) for kind, value in named if value)


def kept_id(group: Sequence[Source], same: Mapping[str, str]) -> str:
    """The id of the merged paper: the one that a curator chose, else that of the earliest capture."""
    earliest = min(group, key=_earliest_capture_first).record.id
    chosen = next((source.record.id for source in group if source.record.id in same), earliest)
    while chosen in same:
        chosen = same[chosen]
    return chosen


def _merge_group(group: Sequence[Source], same: Mapping[str, str]) -> Paper:
    """Newest capture first; a date that was written goes before one that was inferred."""
    if len(group) == 1:
        return _single(group[0], kept_id(group, same))
    ranked = sorted(group, key=_newest_capture_first)
    dated = sorted(ranked, key=lambda source: "published" in source.record.inferred)
    best = _best(_PLAIN_FIELDS, ranked) | _best(("published",), dated)
    found_links = _links(ranked)
    published = best.get("published")
    kept = kept_id(group, same)
    return Paper(
        id=kept,
        former_ids=tuple(sorted({source.record.id for source in group} - {kept})),
        **{name: getattr(source.record, name) for name, source in best.items()},
        links=tuple(link for link, _ in found_links),
        published_inferred=published is not None and "published" in published.record.inferred,
        appearances=tuple(Appearance(source.listing.id, source.record.position) for source in ranked),
        origin={name: source.at for name, source in best.items()} | dict(_links_origin(found_links)),
    )


def _single(source: Source, kept: str) -> Paper:
    """`_merge_group` of one record, which most works have."""
    record = source.record
    known = {name: value for name in _KNOWN_FIELDS if (value := getattr(record, name)) not in _UNKNOWN}
    unlike = record.code if len(record.code) < _SEVERAL else tuple(link for link, _ in _links([source]))
    return Paper(
        id=kept,
        former_ids=(record.id,) if record.id != kept else (),
        **known,
        links=unlike,
        published_inferred=record.published is not None and "published" in record.inferred,
        appearances=(Appearance(source.listing.id, record.position),),
        origin=dict.fromkeys((*known, *(f"links {link.url}" for link in unlike)), source.at),
    )


def _best(names: Sequence[str], ranked: Sequence[Source]) -> dict[str, Source]:
    """The first source that knows each field."""
    best: dict[str, Source] = {}
    for source in reversed(ranked):
        best |= {name: source for name in names if getattr(source.record, name) not in _UNKNOWN}
    return best


def _links(ranked: Iterable[Source]) -> list[tuple[Link, Location]]:
    """Every link once, as the first source has it that says whether it is official, else the first."""
    found: dict[str, tuple[Link, Location]] = {}
    for source in ranked:
        for link in source.record.code:
            known, _ = found.setdefault(links.key(link.url), (link, source.at))
            if known.official is None and link.official is not None:
                found[links.key(link.url)] = link, source.at
    return list(found.values())


def _links_origin(found: Iterable[tuple[Link, Location]]) -> Iterator[tuple[str, Location]]:
    """Each link's own place, under the name `links <url>`."""
    return ((f"links {link.url}", at) for link, at in found)


def _earliest_capture_first(source: Source) -> tuple[int, str, int]:
    captured = source.listing.captured or date.max
    return (captured.toordinal(), source.listing.id, source.record.position)


def _newest_capture_first(source: Source) -> tuple[int, str, int]:
    captured = source.listing.captured or date.min
    return (-captured.toordinal(), source.listing.id, source.record.position)
