"""What every source format is read into, and what a reader of a format offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from papershelf.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One paper as a document gives it: texts not yet cleaned, `links` beside those in the abstract."""

    line: int
    title: str
    abstract: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    published: date | None = None
    published_inferred: bool = False
    comments: int | None = None
    upvotes: int | None = None
    arxiv: str | None = None
    doi: str | None = None
    openreview: str | None = None
    url: str | None = None
    pdf: str | None = None
    links: tuple[str, ...] = ()
    venue: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One document as read. `listing_id` is None where the content does not tell it (no known date)."""

    entries: tuple[Entry, ...]
    title: str
    listing_id: str | None = None
    captured: date | None = None
    captured_inferred: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One input format: its name, what it is in a line, how to know it, and how to read it.

    `read` takes the text, the file's name for the problems, and the capture date where it is known.
    """

    name: str
    description: str
    recognises: Callable[[str], bool]
    read: Callable[[str, str, date | None], Parsed]
