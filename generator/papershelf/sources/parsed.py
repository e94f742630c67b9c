"""The interface of readers: what they are and what they return."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.person import Author
from papershelf.core.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One paper in a document, its texts and identifiers as they stand there: importing cleans them.

    line: where it begins, counted from 1.
    title: "" if the document names the paper by an identifier only.
    authors: each written `First Last` or `Last, First`; `{…}` around a name that is not to be split; an
        `Author` if the document has an ORCID iD. "others" or "et al." as the last says that there are more.
    author_count: of all authors, where the document does not name them all.
    arxiv, doi: with or without prefix, version or address.
    url: the paper's page. pdf: its text. links: others, in addition to those in the abstract.
    categories: subjects, keywords, tags.
    type: what kind of work it is, None if the document does not say.
    """

    line: int
    title: str
    abstract: str | None = None
    authors: tuple[str | Author, ...] = ()
    author_count: int | None = None
    published: PartialDate | None = None
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
    type: WorkType | None = None


TABLE_FIELDS: Final = tuple(
    each.name for each in fields(Entry) if each.name not in {"line", "published_inferred"}
)
"""The fields of an entry that a column of a table may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """A parsed document; `listing_id` is None if it cannot be derived from the content.

    problems: an entry with an error is left out of `entries`, one with a warning is in them.
    """

    entries: tuple[Entry, ...]
    title: str
    listing_id: str | None = None
    captured: date | None = None
    captured_inferred: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a person says about a document.

    captured: the day it was captured.
    columns: for tables, the name of the column that holds a field of `Entry`, by the field's name.
    """

    captured: date | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one format.

    name: what `--format` calls it.
    description: the format in a few words, and where people get such files.
    mismatch: why a text is not in this format, as the words after `it`; "" if it is.
    read: parses a text, given also the name of the file, for problems.
    """

    name: str
    description: str
    mismatch: Callable[[str], str]
    read: Callable[[str, str, ReadOptions], ParsedDocument]
