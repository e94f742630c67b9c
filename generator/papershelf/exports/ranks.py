"""browse/ranks.json: what browsing sorts by, loaded when a reader does: a number for each paper."""

import json
from collections.abc import Iterator, Sequence

from papershelf.exports.artifact import Artifact, Published


def ranks(published: Published) -> Iterator[Artifact]:
    """Comments and ratings of all papers, 0 where there are none, in the order of the search index."""
    papers = published.shelf.library.papers.values()
    comments = tuple(paper.comments or 0 for paper in papers)
    rating = tuple(paper.rating or 0 for paper in papers)
    yield Artifact("browse/ranks.json", _json, (comments, rating))


def _json(comments: Sequence[int], rating: Sequence[int]) -> bytes:
    return json.dumps({"comments": comments, "rating": rating}, separators=(",", ":")).encode()
