"""Papers related to each, computed in the background and again only when a title or text changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache as call_once
from typing import Final, TypeAlias

from papershelf.core.model import Paper, Related
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers

RelatedPapers: TypeAlias = Mapping[str, Related]
"""The papers nearest to each, by its id."""

_LIBRARIES: Final = ("numpy", "rapidfuzz", "scikit-learn", "scipy")
_NAME: Final = "related"
_Text: TypeAlias = tuple[str, str, str, bool]


def load(papers: Iterable[Paper], cache: Cache) -> RelatedPapers | None:
    """What an earlier build found, None if a text has changed since."""
    return cache.load(_NAME, _key(_texts(papers)), dict[str, Related])


@contextmanager
def related(papers: Iterable[Paper], cache: Cache, workers: Workers) -> Iterator[Callable[[], RelatedPapers]]:
    """A function that returns the papers related to each; until it is called, another process works on it."""
    texts = _texts(papers)
    key = _key(texts)
    known = cache.load(_NAME, key, dict[str, Related])
    if known is not None:
        yield lambda: known
        return
    with workers.background(_compute, texts) as result:

        @call_once
        def computed() -> RelatedPapers:
            cache.store(_NAME, key, result())
            return result()

        yield computed


def _texts(papers: Iterable[Paper]) -> list[_Text]:
    return sorted(
        (paper.id, paper.title, paper.abstract or paper.summary or "", not paper.withdrawn)
        for paper in papers
    )


def _key(texts: list[_Text]) -> bytes:
    said = (
        "\0".join((paper, title, text, "shown" * shown)).encode("utf-8", "surrogatepass")
        for paper, title, text, shown in texts
    )
    return fingerprint.digest(inputs.program(), *inputs.versions(_LIBRARIES), *said)


def _compute(texts: list[_Text]) -> RelatedPapers:
    from papershelf.library import tfidf  # noqa: PLC0415  scikit-learn takes half a second to import

    return tfidf.related(tfidf.Text(*text) for text in texts)
