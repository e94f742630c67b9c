"""Related papers for builds: found beside other work, and remembered while no text changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from papershelf.core.model import Paper, Related
from papershelf.incremental import cache as memory
from papershelf.incremental import fingerprint, workers

_LIBRARIES: Final = ("numpy", "rapidfuzz", "scikit-learn", "scipy")
_NAME: Final = "related"

Found = Mapping[str, Related]
_Text = tuple[str, str, str, bool]


def recall(store: Path, papers: Iterable[Paper]) -> Found | None:
    """What `beside` would give, where the folder `store` remembers it."""
    found: Found | None = memory.recall(store, _NAME, _key(_texts(papers)))
    return found


@contextmanager
def background(store: Path, papers: Iterable[Paper]) -> Iterator[Callable[[], Found]]:
    """What gives the papers nearest to each, by its id; the folder `store` remembers them.

    Another process finds them meanwhile: this one need not wait, and never holds the libraries for it.
    """
    texts = _texts(papers)
    key = _key(texts)
    known: Found | None = memory.recall(store, _NAME, key)
    if known is not None:
        yield lambda: known
        return
    with workers.background(_find, texts) as result:

        @cache
        def found() -> Found:
            memory.remember(store, _NAME, key, result())
            return result()

        yield found


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
    return fingerprint.digest(memory.program(), *memory.versions(_LIBRARIES), *said)


def _find(texts: list[_Text]) -> Found:
    from papershelf.library.related import Text, related  # noqa: PLC0415  the libraries take a second to load

    return related(Text(*text) for text in texts)
