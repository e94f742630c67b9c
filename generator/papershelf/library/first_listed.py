"""What each listing brought: the papers first seen in it."""

from collections import defaultdict
from collections.abc import Mapping

from papershelf.library.library import Library


def brought(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The ids of the papers that each listing brought, by its id, as it lists them.

    A paper came with the oldest of its listings; those without date count as older than the others.
    """
    age = {listing.id: place for place, listing in enumerate(library.listings)}
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for paper in library.papers.values():
        if paper.appearances:
            first = max(paper.appearances, key=lambda each: age[each.listing])
            found[first.listing].append((first.position, paper.id))
    return {listing: tuple(paper for _, paper in sorted(ids)) for listing, ids in found.items()}


def new(library: Library, brought: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The ids of what the newest listing `brought`; none where it has no date or is the only one."""
    newest = next(iter(library.listings), None)
    if newest is None or newest.captured is None or len(library.listings) == 1:
        return frozenset()
    return frozenset(brought.get(newest.id, ()))
