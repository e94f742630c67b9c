"""The interface of readers: what they are and what they return."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from papershelf.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One paper in a document, its texts not yet cleaned.

    line: where it begins, counted from 1.
    links: URLs in addition to those in the abstract.
    """

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
class ParsedDocument:
    """A parsed document; `listing_id` is None if it cannot be derived from the content."""

    entries: tuple[Entry, ...]
    title: str
    listing_id: str | None = None
    captured: date | None = None
    captured_inferred: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one format.

    name: what `--format` calls it.
    description: the format in a few words.
    recognises: whether a text is in this format.
    read: parses a text, given also the name of the file, for problems, and the capture date if known.
    """

    name: str
    description: str
    recognises: Callable[[str], bool]
    read: Callable[[str, str, date | None], ParsedDocument]
