"""The topics of many papers by the rules: on all cores, remembered where text and rules did not change."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from papershelf.content.topics import Topic
from papershelf.core.model import Paper
from papershelf.incremental import cache, fingerprint
from papershelf.incremental.workers import parallel_map
from papershelf.library.library import by_rules

_MIN_PARALLEL: Final = 500
_NAME: Final = "topics"
_IN_RULES: Final = {"id", "order", "rules", "threshold"}  # what by_rules looks at

Found = tuple[str, ...]


def remembering(
    store: Path, topics: Sequence[Topic], papers: Sequence[Paper], *, keep: bool, parallel: bool = True
) -> list[Found]:
    """`by_rules`, with what the folder `store` remembers; what is new is added if it is to `keep` that.

    `parallel` tells whether other processes may help.
    """
    rules = fingerprint.digest(
        cache.program(), *(topic.model_dump_json(include=_IN_RULES).encode() for topic in topics)
    )
    known: Mapping[bytes, Found] = cache.recall(store, _NAME, rules) or {}
    keys = [_key(paper) for paper in papers]
    new = {key: paper for key, paper in zip(keys, papers, strict=True) if key not in known}
    min_parallel = _MIN_PARALLEL if parallel else len(new)
    found = dict(
        zip(
            new,
            parallel_map(partial(by_rules, topics), tuple(new.values()), min_parallel=min_parallel),
            strict=True,
        )
    )
    if keep and (found or len(known) > len(set(keys))):
        cache.remember(store, _NAME, rules, {key: (known if key in known else found)[key] for key in keys})
    return [(known if key in known else found)[key] for key in keys]


def _key(paper: Paper) -> bytes:
    """Stands for all that the rules look at."""
    fields = (paper.title, paper.abstract or paper.summary or "", *paper.categories)
    return hashlib.blake2b("\0".join(fields).encode("utf-8", "surrogatepass"), digest_size=16).digest()
