"""When papers were listed, and which papers each listing was the first to have."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from papershelf.library.library import Library


def listing_days(library: Library) -> Mapping[str, tuple[date, ...]]:
    """The capture dates of the listings that have each paper, oldest first, by the paper's id.

    A paper without a dated listing is left out.
    """
    captured = {listing.id: listing.captured for listing in library.listings}
    days_of = {
        paper.id: sorted(day for each in paper.appearances if (day := captured.get(each.listing)))
        for paper in library.papers.values()
    }
    return {paper_id: tuple(days) for paper_id, days in days_of.items() if days}


def by_listing(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The ids of the papers that each listing was the first to have, in its order, by the listing's id.

    Listings without a capture date count as older than all others.
    """
    age = {listing.id: place for place, listing in enumerate(library.listings)}
    positions: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for paper in library.papers.values():
        if paper.appearances:
            first = max(paper.appearances, key=lambda each: age[each.listing])
            positions[first.listing].append((first.position, paper.id))
    return {listing: tuple(paper for _, paper in sorted(found)) for listing, found in positions.items()}


def new(library: Library, first: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The ids of the papers that the newest listing was the `first` to have, as `by_listing` gives them.

    None if that listing has no capture date or is the only one.
    """
    newest = next(iter(library.listings), None)
    if newest is None or newest.captured is None or len(library.listings) == 1:
        return frozenset()
    return frozenset(first.get(newest.id, ()))
