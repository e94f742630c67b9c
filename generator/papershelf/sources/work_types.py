"""What kind of work a document type in words is: Conference Paper, journalArticle, Book Chapter."""

import re
from typing import Final

from papershelf.core.model import WorkType

_TYPES: Final[tuple[tuple[str, WorkType], ...]] = (  # the first row counts
    (r"preprint|posted.?content", "preprint"),
    (r"conference|proceedings|meeting abstract", "inproceedings"),
    (r"book.?section|chapter|incollection|encyclopedia", "incollection"),
    (r"data.?set", "dataset"),
    (r"software|computer.?program", "software"),
    (r"thesis|dissertation", "thesis"),
    (r"report", "report"),
    (r"article|review|letter|journal|editorial|note|survey|data paper", "article"),
    (r"book|monograph", "book"),
)


def type_in_words(written: str) -> WorkType | None:
    """The kind of work, None if the words name none that we know."""
    known = (kind for pattern, kind in _TYPES if re.search(pattern, written, re.IGNORECASE))
    return next(known, None)
