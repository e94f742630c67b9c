"""browse/ranks.json: the numbers by which readers can sort papers, loaded only when they do."""

import json
from collections.abc import Iterator, Sequence

from papershelf.exports.published import Published
from papershelf.incremental.output import Output


def ranks(published: Published) -> Iterator[Output[bytes]]:
    """Comments and ratings of all papers, 0 for none, in the order of the search index."""
    papers = published.context.library.papers.values()
    comments = tuple(paper.comments or 0 for paper in papers)
    rating = tuple(paper.rating or 0 for paper in papers)
    yield Output("browse/ranks.json", _json, (comments, rating))


def _json(comments: Sequence[int], rating: Sequence[int]) -> bytes:
    return json.dumps({"comments": comments, "rating": rating}, separators=(",", ":")).encode()
