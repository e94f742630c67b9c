"""The frozen types that all packages share. An unknown value is None or (), never an empty string."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Annotated, ClassVar, Literal, NamedTuple
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from papershelf.core import arxiv_ids, web_urls
from papershelf.core.partial_date import PartialDate
from papershelf.core.person import Author
from papershelf.core.problems import Location

LinkKind = Literal["repository", "project", "dataset", "model", "demo", "package", "notebook"]
WorkType = Literal[
    "article",
    "inproceedings",
    "incollection",
    "book",
    "thesis",
    "report",
    "preprint",
    "dataset",
    "software",
    "misc",
]
"""What sort of publication a work is, in BibTeX's words where it has one."""
Role = Literal["edition", "facts"]
PaperKind = Literal["method", "analysis", "theory", "benchmark", "survey", "system", "application", "dataset"]


def day(text: str) -> date:
    """Parse a date written YYYY-MM-DD; raises ValueError for anything else, other ISO 8601 forms included."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"'{text}' is not a date written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is not a date written YYYY-MM-DD: {error}") from error


def _in_range(day: date) -> date:
    PartialDate.of(day)
    return day


def _day_if_text(value: object) -> object:
    """Parse text ourselves: pydantic would also read digits as seconds since 1970."""
    return day(value) if isinstance(value, str) else value


def _web_url(url: str) -> str:
    web_urls.checked(url)
    if not re.match(_WEB_URL, url):
        raise web_urls.WebUrlError("holds a character that addresses do not", "percent-encode it")
    return url


MAX_SLUG = 120
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_WEB_URL = r"""^https?://[^\s<>"'`\\{}|^\x00-\x20]+$"""
_DOI = r"^10\.\d{4,9}(\.\d+)*/[^\s\\]*[^\s\\.,;:]$"
_SAFE_IN_DOI = "/:;()@!$&'*+,=~"
_OPENREVIEW = r"^[A-Za-z0-9_-]+$"
TAG = r"^[^\s,;][^,;\n]*$"
PICTURE = r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(svg|png|jpg|jpeg|webp)$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
MAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
PATTERNS = {
    LANGUAGE: "the code of a language, like en, pt-BR or zh-Hant",
    MAIL: "a mail address, like ada@example.org",
    PICTURE: "the name of a picture: letters, digits, dots, hyphens, then .svg, .png, .jpg, .jpeg or .webp",
    TAG: "a tag: a few words without comma or semicolon",
    SLUG: "an id: small letters, digits and single hyphens, like few-shot-learning",
    arxiv_ids.PATTERN: "an arXiv id, like 2501.12340 or cs/0112017, without version",
    _DOI: "a DOI, like 10.1000/182",
    _OPENREVIEW: "an OpenReview id",
}
IDENTIFIERS: Mapping[str, Literal["arxiv", "doi", "openreview"]] = {
    arxiv_ids.PATTERN: "arxiv",
    _DOI: "doi",
    _OPENREVIEW: "openreview",
}
"""Which of the patterns are those of identifiers of works."""


def is_slug(text: str) -> bool:
    """Whether this may be an id: it is part of addresses and of file names."""
    return len(text) <= MAX_SLUG and bool(re.fullmatch(SLUG, text))


Status = Literal["to-read", "reading", "read"]
Difficulty = Literal["introductory", "intermediate", "advanced"]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
"""Markdown, whose parser takes a time that grows with the square of some texts' lengths."""
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=MAX_SLUG)]
IsoDate = Annotated[date, BeforeValidator(_day_if_text), Field(strict=True), AfterValidator(_in_range)]
WebUrl = Annotated[
    str,
    StringConstraints(max_length=2000),
    AfterValidator(_web_url),
    Field(json_schema_extra={"pattern": _WEB_URL}),
]
Count = Annotated[int, Field(ge=0)]
Rating = Annotated[int, Field(ge=1, le=5)]
ArxivId = Annotated[str, StringConstraints(pattern=arxiv_ids.PATTERN), AfterValidator(arxiv_ids.checked)]
Doi = Annotated[str, StringConstraints(pattern=_DOI)]
OpenReviewId = Annotated[str, StringConstraints(pattern=_OPENREVIEW)]


class Frozen(BaseModel):
    """Base of every model that is read from a file: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Link(Frozen):
    """A link to something a paper comes with; `official`: do the authors publish it, None if unknown."""

    url: WebUrl
    kind: LinkKind
    official: bool | None = None


class Reference(Frozen):
    """A link from a paper to something about it: a talk, a post, slides, a review."""

    title: Text
    url: WebUrl


class Listing(Frozen):
    """One imported source document; the first line of its file in content/papers.

    role: an edition is shown, and its papers are the list's. A listing of facts is not: it completes the
    papers of editions, where nothing else says what it knows.
    """

    id: Slug
    title: Text
    format: Text
    captured: IsoDate | None = None
    captured_inferred: bool = False
    role: Role = "edition"


class Record(Frozen):
    """One paper as one listing has it: a line of the listing's file. `id` is the paper's slug."""

    id: Slug
    title: Text
    abstract: Text | None = None
    summary: Text | None = None
    authors: tuple[Author, ...] = ()
    more_authors: bool = False
    author_count: Count | None = None
    published: PartialDate | None = None
    comments: Count | None = None
    upvotes: Count | None = None
    arxiv: ArxivId | None = None
    doi: Doi | None = None
    openreview: OpenReviewId | None = None
    url: WebUrl | None = None
    pdf: WebUrl | None = None
    code: tuple[Link, ...] = ()
    venue: Text | None = None
    type: WorkType | None = None
    categories: tuple[Text, ...] = ()
    position: Annotated[int, Field(ge=1)]
    inferred: tuple[Literal["published"], ...] = ()


class Unnamed(Frozen):
    """An entry of a listing that names a paper by identifiers only: it waits for a title."""

    position: Annotated[int, Field(ge=1)]
    arxiv: ArxivId | None = None
    doi: Doi | None = None
    openreview: OpenReviewId | None = None
    url: WebUrl | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One listing that has a paper: the listing's id and the paper's position in it, counted from 1."""

    listing: str
    position: int


class Related(NamedTuple):
    """The papers most similar to one paper, the most similar first.

    ids: the ids of these papers.
    words: for each of them, up to three words that both papers share, the most significant first.
    """

    ids: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()

    def among(self, papers: Container[str]) -> "Related":
        """The related papers whose ids are in `papers`."""
        known = [paper_id in papers for paper_id in self.ids]
        return Related(tuple(compress(self.ids, known)), tuple(compress(self.words, known)))


@dataclass(frozen=True, slots=True)
class Paper:
    """One work: all its records merged and its decision applied. Pages and exports see nothing else.

    topics: ids of topics, the best match first.
    withdrawn: the reason for the withdrawal.
    rating: 1 to 5.
    more_authors: whether `authors` names only the first of them, as with et al.
    former_ids: ids whose URLs redirect to this paper.
    origin: the location that each field's value came from, by the field's name.
    edit: the location of the curator's decision, None if there is none.

    `origin` and `edit` are left out of comparisons: papers with the same content are equal.
    """

    fingerprint_once: ClassVar[bool] = True

    id: str
    title: str
    abstract: str | None = None
    summary: str | None = None
    note: str | None = None
    kind: PaperKind | None = None
    authors: tuple[Author, ...] = ()
    more_authors: bool = False
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
    links: tuple[Link, ...] = ()
    venue: str | None = None
    type: WorkType | None = None
    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    featured: bool = False
    status: Status | None = None
    rating: int | None = None
    difficulty: Difficulty | None = None
    withdrawn: str | None = None
    former_ids: tuple[str, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    edit: Location | None = field(default=None, compare=False)
    origin: Mapping[str, Location] = field(default_factory=dict, compare=False)

    @property
    def is_dated_by_arxiv(self) -> bool:
        """Whether `published` is the month that its arXiv id tells, as nothing else gives a date."""
        arxiv = self.published_inferred and self.arxiv
        return bool(arxiv) and self.published == arxiv_ids.month(arxiv)

    @property
    def arxiv_page(self) -> str:
        """The URL at arXiv, "" if it has no arXiv id."""
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else ""

    @property
    def doi_page(self) -> str:
        """The URL of its DOI, "" if it has none."""
        return f"https://doi.org/{quote(self.doi, safe=_SAFE_IN_DOI)}" if self.doi else ""

    @property
    def openreview_page(self) -> str:
        """The URL at OpenReview, "" if it has no OpenReview id."""
        return f"https://openreview.net/forum?id={self.openreview}" if self.openreview else ""
