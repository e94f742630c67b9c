"""Whether two records are one work: by identifiers, and for equal titles by authors and abstracts."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, TypeVar

from papershelf.core.model import Paper, Record, Unnamed
from papershelf.core.person import Author
from papershelf.text import identifiers, normalise, people
from papershelf.text.identifiers import WorkId

T = TypeVar("T")
Apart = frozenset[frozenset[str]]
"""Pairs of ids that a curator holds apart."""

OF_PRINT: Final = ("doi", "venue", "type")  # what the printed version says better than a preprint
_ARXIV_DOI: Final = "10.48550/"
_WORD: Final = re.compile(r"\w+")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_PREPRINT_VENUE: Final = re.compile(r"\b(?:arxiv|corr|preprints?|biorxiv|medrxiv|ssrn)\b", re.IGNORECASE)
_MOST: Final = 0.5
_ABSTRACTS_AGREE: Final = 0.7


def work_ids(item: Record | Paper | Unnamed) -> Iterator[WorkId]:
    """The identifiers that are known; a DOI of arXiv's counts as the arXiv id."""
    if item.arxiv:
        yield WorkId("arxiv", item.arxiv)
    if item.doi:
        own = WorkId("doi", item.doi)
        yield (identifiers.parse(item.doi) or own) if item.doi.startswith(_ARXIV_DOI) else own
    if item.openreview:
        yield WorkId("openreview", item.openreview)


def plain(record: Record) -> Record:
    """The record; a DOI of arXiv's is its arXiv id."""
    if not record.doi or not record.doi.startswith(_ARXIV_DOI):
        return record
    found = identifiers.parse(record.doi)
    if not found or found.kind != "arxiv":
        return record
    return record.model_copy(update={"doi": None, "arxiv": record.arxiv or found.value})


def is_print(record: Record) -> bool:
    """Whether a record is of a printed version: it has a DOI, or a venue that is no server of preprints."""
    venue = bool(record.venue) and not _PREPRINT_VENUE.search(record.venue or "")
    return venue or any(each.kind == "doi" for each in work_ids(record))


def is_preprint(record: Record) -> bool:
    """Whether a record is of a preprint at arXiv and says nothing of a printed version."""
    return _is_at_arxiv(record) and not is_print(record)


def _is_at_arxiv(record: Record) -> bool:
    return any(each.kind == "arxiv" for each in work_ids(record))


def authors_agree(one: Iterable[Author], other: Iterable[Author]) -> bool | None:
    """Whether most family names of the shorter list are in the other one; None if a list is empty."""
    ours, theirs = people.families(one) - {""}, people.families(other) - {""}
    if not ours or not theirs:
        return None
    return len(ours & theirs) > _MOST * min(len(ours), len(theirs))


def abstracts_agree(one: str | None, other: str | None) -> bool | None:
    """Whether two abstracts share most of their words; None if one is unknown."""
    ours, theirs = (frozenset(_WORD.findall((text or "").casefold())) for text in (one, other))
    if not ours or not theirs:
        return None
    return len(ours & theirs) >= _ABSTRACTS_AGREE * min(len(ours), len(theirs))


def agree(one: Record | Paper, other: Record | Paper) -> bool | None:
    """Whether authors or abstracts show that records of equal titles are one work.

    True if either agrees, False if both differ, None if not enough is known.
    """
    authors = authors_agree(one.authors, other.authors)
    if authors:
        return True
    abstracts = abstracts_agree(one.abstract, other.abstract)
    if abstracts:
        return True
    return False if authors is abstracts is False else None


def preprints_with_prints(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """The positions of each preprint and its printed version: of equal titles, by mostly the same authors.

    Nothing is paired where one title has several arXiv ids or several DOIs: which belong together is unclear.
    """
    known = [place for place, record in enumerate(records) if record.authors]
    printed = {place: True for place in known if is_print(records[place])}
    preprints = {place: False for place in known if place not in printed and _is_at_arxiv(records[place])}
    if not preprints or not printed:
        return
    printed |= preprints
    for group in of_equal_titles(sorted(printed), lambda place: records[place].title):
        keys = {each.key for place in group for each in work_ids(records[place])}
        if sum(kind == "arxiv" for kind, _ in keys) > 1 or sum(kind == "doi" for kind, _ in keys) > 1:
            continue
        for one, other in combinations(group, 2):
            differ = printed[one] != printed[other]
            if differ and authors_agree(records[one].authors, records[other].authors):
                yield one, other


def of_equal_titles(items: Iterable[T], title: Callable[[T], str]) -> Iterator[list[T]]:
    """The items of every title that several have."""
    rough: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        rough[_rough(title(item))].append(item)
    for candidates in rough.values():
        if len(candidates) > 1:
            exact: defaultdict[str, list[T]] = defaultdict(list)
            for item in candidates:
                exact[normalise(title(item))].append(item)
            yield from (group for group in exact.values() if len(group) > 1)


def are_apart(one: Paper, other: Paper, apart: Apart) -> bool:
    """Whether a curator holds two papers apart, under their ids or former ones."""
    ours, theirs = (one.id, *one.former_ids), (other.id, *other.former_ids)
    return bool(apart) and any(frozenset((own, their)) in apart for own in ours for their in theirs)


def _rough(title: str) -> str:
    """What equal titles share as well, and much faster than `normalise`."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKD", title.casefold()))
