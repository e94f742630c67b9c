"""What can be found: papers, in parts that are indexed one by one."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from papershelf.content.topics import with_wider
from papershelf.core import urls
from papershelf.pages import Shelf
from papershelf.search.documents import SearchDocument, document

MIN_PART: Final = 100
MAX_PART: Final = 400
ENDS: Final = 120


@dataclass(frozen=True, slots=True)
class Searchable:
    """A page that can be found: `make(*inputs)`, which tells nothing but the inputs, like a page's draft.

    path: its URL path, from the site's root.
    """

    path: str
    make: Callable[..., SearchDocument]
    inputs: tuple[object, ...]

    def document(self) -> SearchDocument:
        """What the search knows of it."""
        return self.make(*self.inputs)


def plan(shelf: Shelf) -> tuple[Searchable, ...]:
    """Every paper of the library."""
    wider = with_wider(shelf.library.topics)
    return tuple(
        Searchable(
            urls.address(urls.paper(paper.id)),
            document,
            (shelf.labels, paper, tuple(dict.fromkeys(chain(*(wider[topic] for topic in paper.topics))))),
        )
        for paper in shelf.library.papers.values()
    )


def split(pages: Iterable[Searchable]) -> Iterator[list[Searchable]]:
    """The pages in parts. Where a part ends is for its last page to say, so that a change moves few ends."""
    part: list[Searchable] = []
    for page in pages:
        part.append(page)
        ends = int.from_bytes(hashlib.sha256(page.path.encode()).digest()[:4], "big") % ENDS == 0
        if len(part) == MAX_PART or (ends and len(part) >= MIN_PART):
            yield part
            part = []
    if part:
        yield part
