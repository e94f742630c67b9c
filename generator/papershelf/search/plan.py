"""What can be found: papers, in parts that are indexed one by one."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from papershelf.content.topics import with_wider
from papershelf.core import urls
from papershelf.incremental.output import Output
from papershelf.search.documents import SearchDocument, document
from papershelf.views.context import SiteContext

MIN_PART: Final = 100
MAX_PART: Final = 400
ENDS: Final = 120


def plan(context: SiteContext) -> tuple[Output[SearchDocument], ...]:
    """Every paper of the library."""
    wider = with_wider(context.library.topics)
    return tuple(
        Output(
            urls.address(urls.paper(paper.id)),
            document,
            (context.labels, paper, tuple(dict.fromkeys(chain(*(wider[topic] for topic in paper.topics))))),
        )
        for paper in context.library.papers.values()
    )


def split(pages: Iterable[Output[SearchDocument]]) -> Iterator[list[Output[SearchDocument]]]:
    """The pages in parts. Where a part ends is for its last page to say, so that a change moves few ends."""
    part: list[Output[SearchDocument]] = []
    for page in pages:
        part.append(page)
        ends = int.from_bytes(hashlib.sha256(page.path.encode()).digest()[:4], "big") % ENDS == 0
        if len(part) == MAX_PART or (ends and len(part) >= MIN_PART):
            yield part
            part = []
    if part:
        yield part
