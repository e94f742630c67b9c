"""Records of the same work become one paper: each field from the best record that has it.

Records of facts complete those of editions; a work that only facts know is no paper of the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from papershelf.content.records import RecordFile
from papershelf.core.fields import FIELDS
from papershelf.core.model import Appearance, Link, Listing, Paper, Record
from papershelf.core.problems import Location
from papershelf.text import links, people

Identity = Literal["id", "arxiv", "doi", "openreview"]

_NEWEST: Final = tuple(
    (field.name, field.record) for field in FIELDS if field.record and field.merge == "newest"
)
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record, the listing that has it, and the line it stands in."""

    record: Record
    listing: Listing
    at: Location


def merge(files: Iterable[RecordFile], same: Mapping[str, str] = MappingProxyType({})) -> tuple[Paper, ...]:
    """Return one paper for every work, in the order in which the works first appear in the files.

    `same` maps ids to the ids of papers that a curator declared to be the same work; the merged paper keeps
    the id at the end of the chain.
    """
    groups = group_by_work(files, same)
    return tuple([_merge_work(group, same) for group in groups if any(map(_is_edition, group))])


def group_by_work(
    files: Iterable[RecordFile], same: Mapping[str, str]
) -> tuple[tuple[ListedRecord, ...], ...]:
    """Group records by work: those connected by a common id, arXiv id, DOI or OpenReview id (union-find)."""
    listed = [
        ListedRecord(placed.record, file.listing, placed.at) for file in files for placed in file.records
    ]
    parent = list(range(len(listed)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[tuple[Identity, str], int] = {}
    for index, each in enumerate(listed):
        for key in identities(each.record, same):
            known = first.setdefault(key, index)
            if known != index:
                earlier, here = root(known), root(index)
                parent[max(earlier, here)] = min(earlier, here)
    groups: defaultdict[int, list[ListedRecord]] = defaultdict(list)
    for index, each in enumerate(listed):
        groups[root(index)].append(each)
    return tuple(map(tuple, groups.values()))


def identities(record: Record, same: Mapping[str, str]) -> Iterator[tuple[Identity, str]]:
    """What two records of one work have in common: (kind of identity, value)."""
    yield "id", record.id
    if record.id in same:
        yield "id", same[record.id]
    if record.arxiv:
        yield "arxiv", record.arxiv.casefold()
    if record.doi:
        yield "doi", record.doi.casefold()
    if record.openreview:
        yield "openreview", record.openreview.casefold()


def kept_id(group: Sequence[ListedRecord], same: Mapping[str, str]) -> str:
    """The id of the merged paper: the one that a curator chose, else that of the earliest edition."""
    chosen = [each.record.id for each in group if each.record.id in same]
    kept = chosen[0] if chosen else min(group, key=_earliest_capture_first).record.id
    while kept in same:
        kept = same[kept]
    return kept


def _merge_work(group: Sequence[ListedRecord], same: Mapping[str, str]) -> Paper:
    """Merge the records of one work, the newest capture first."""
    ranked = sorted(group, key=_newest_capture_first)
    kept = kept_id(group, same)
    values: dict[str, Any] = {}
    origin: dict[str, Location] = {}
    for each in reversed(ranked):
        record, at = each.record, each.at
        for name, name_in_record in _NEWEST:
            value = getattr(record, name_in_record)
            if value is not None and value != ():
                values[name] = value
                origin[name] = at
    named = _named(ranked)
    if named:
        everybody = (author for each in ranked for author in each.record.authors)
        values["authors"] = people.with_orcids(named.record.authors, everybody)
        values["more_authors"] = named.record.more_authors
        origin["authors"] = origin["more_authors"] = named.at
    dated = _dated(ranked)
    if dated:
        values["published"] = dated.record.published
        values["published_inferred"] = "published" in dated.record.inferred
        origin["published"] = dated.at
    found = _links(ranked)
    for link, at in found:
        origin[f"links {link.url}"] = at
    return Paper(
        id=kept,
        former_ids=tuple(sorted({each.record.id for each in group if _is_edition(each)} - {kept})),
        **values,
        links=tuple([link for link, _ in found]),
        appearances=tuple(
            [Appearance(each.listing.id, each.record.position) for each in ranked if _is_edition(each)]
        ),
        origin=origin,
    )


def _named(ranked: Iterable[ListedRecord]) -> ListedRecord | None:
    """The first record with all authors, else the first with some."""
    with_authors = [each for each in ranked if each.record.authors]
    complete = (each for each in with_authors if not each.record.more_authors)
    return next(complete, with_authors[0] if with_authors else None)


def _dated(ranked: Iterable[ListedRecord]) -> ListedRecord | None:
    """The first record with a written date of publication, else the first with an inferred one."""
    inferred = None
    for each in ranked:
        if each.record.published:
            if "published" not in each.record.inferred:
                return each
            inferred = inferred or each
    return inferred


def _links(ranked: Iterable[ListedRecord]) -> Sequence[tuple[Link, Location]]:
    """Every link once: from the first record that says whether it is official, else from the first one."""
    given = [(link, each.at) for each in ranked for link in each.record.code]
    if len(given) < _SEVERAL:
        return given
    found: dict[str, tuple[Link, Location]] = {}
    for link, at in given:
        key = links.key(link.url)
        known, _ = found.setdefault(key, (link, at))
        if known.official is None and link.official is not None:
            found[key] = link, at
    return list(found.values())


def _is_edition(listed: ListedRecord) -> bool:
    return listed.listing.role == "edition"


def _earliest_capture_first(listed: ListedRecord) -> tuple[bool, int, str, int]:
    captured = listed.listing.captured or date.max
    return (not _is_edition(listed), captured.toordinal(), listed.listing.id, listed.record.position)


def _newest_capture_first(listed: ListedRecord) -> tuple[bool, int, str, int]:
    """Editions before facts, which therefore only complete."""
    captured = listed.listing.captured or date.min
    return (not _is_edition(listed), -captured.toordinal(), listed.listing.id, listed.record.position)
