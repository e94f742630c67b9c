"""What can be found: a search document for each paper, in parts that are indexed one by one."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from papershelf.content.topics import with_wider
from papershelf.core import urls
from papershelf.incremental.output import Output
from papershelf.search.documents import SearchDocument, document
from papershelf.views.context import SiteContext
from papershelf.views.taxonomy import EDITIONS, TOPICS

MIN_PART: Final = 100  # pages
MAX_PART: Final = 400
BOUNDARY: Final = 120


def plan(context: SiteContext) -> tuple[Output[SearchDocument], ...]:
    """The search documents of all papers, each found under its topics and the wider ones."""
    wider, groups = with_wider(context.library.topics), _groups(context)
    return tuple(
        Output(
            urls.address(urls.paper(paper.id)),
            document,
            (
                context.labels,
                paper,
                tuple(dict.fromkeys(chain(*(wider[topic] for topic in paper.topics)))),
                tuple(groups.get(paper.id, ())),
            ),
        )
        for paper in context.library.papers.values()
    )


def _groups(context: SiteContext) -> Mapping[str, list[tuple[str, str]]]:
    """The values of each paper's facets by its id: those of taxonomies that documents know nothing of."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for taxonomy in context.taxonomies:
        if taxonomy.facet and taxonomy not in (TOPICS, EDITIONS):
            for group in context.groups[taxonomy.id]:
                for paper in group.papers:
                    found[paper].append((taxonomy.facet.name, group.id))
    return found


def split(documents: Iterable[Output[SearchDocument]]) -> Iterator[list[Output[SearchDocument]]]:
    """Content-defined chunking into parts of MIN_PART to MAX_PART pages; the last may be smaller.

    A part ends after a page whose hash is 0 modulo BOUNDARY, so that an insertion moves few boundaries.
    """
    part: list[Output[SearchDocument]] = []
    for each in documents:
        part.append(each)
        if len(part) == MAX_PART or (len(part) >= MIN_PART and _is_boundary(each.path)):
            yield part
            part = []
    if part:
        yield part


def _is_boundary(path: str) -> bool:
    digest = hashlib.sha256(path.encode()).digest()
    return int.from_bytes(digest[:4], "big") % BOUNDARY == 0
