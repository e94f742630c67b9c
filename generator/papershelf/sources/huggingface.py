"""Reader of Hugging Face's daily papers: answers of its API, and the saved page, which holds the same."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.short_dates import MONTHS, written_out
from papershelf.sources.values import (
    arxiv_id,
    count,
    inner,
    iso_date,
    items,
    objects,
    read_works,
    sorted_out,
    text,
    texts,
)

_MARK: Final = re.compile(r"data-target\s*=\s*[\"']?DailyPapers\b")
_START_TAG: Final = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_REPOSITORY: Final = re.compile(r"[\w.-]+/[\w.-]+")
_WEEK: Final = re.compile(r"([0-9]{4})-W([0-9]{1,2})")
_OF_A_PAPER: Final = frozenset({"upvotes", "discussionId", "submittedOnDailyAt"})
_CURE: Final = "save the page or the answer again"


@dataclass(frozen=True, slots=True)
class _Period:
    """What a listing covers: the words for its title, the end of its id, and the day of its capture."""

    words: str
    name: str
    captured: date | None = None
    is_inferred: bool = False


class _Tags(HTMLParser):
    """The start tags, each with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def _mismatch(document: str) -> str:
    if _MARK.search(document):
        return ""
    value = load(document)
    if value is None:
        return "is no JSON"
    found = items(value) or [value]
    return "" if value == [] or any(map(_is_paper, found)) else "has no objects of Hugging Face's papers"


def _is_paper(item: object) -> bool:
    outer = inner(item)
    paper = inner(outer, "paper")
    return bool(paper.get("id")) or (
        "id" in outer and "authors" in outer and bool(_OF_A_PAPER & outer.keys())
    )


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    if _MARK.search(document):
        return _read_page(document, file, options)
    value = load(document)
    if isinstance(value, JsonObject):
        entries, problems = sorted_out(read_works([value], file, _entry))
        return ParsedDocument(
            entries=entries, title="Hugging Face papers", captured=options.captured, problems=problems
        )
    return _listing(items(value), _period_of_days(items(value)), file, options)


def _read_page(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    mark = _MARK.search(document)
    start = document.rfind("<", 0, mark.start()) if mark else 0
    line = document.count("\n", 0, start) + 1
    tag = _START_TAG.match(document, start)
    parser = _Tags()
    parser.feed(tag[0] if tag else "")
    props = load(next((dict(attributes).get("data-props") for _, attributes in parser.found), None) or "")
    if not isinstance(props, JsonObject):
        message = "the page's papers cannot be read: data-props holds no JSON"
        problem = Problem(Location(file, line), message, _CURE)
        return ParsedDocument(
            entries=(), title="Daily papers", captured=options.captured, problems=(problem,)
        )
    papers = items(props.get("dailyPapers"))
    period = _period_of_page(props) or _period_of_days(papers)
    listing = _listing(papers, period, file, options)
    before = (tag[0] if tag else "").partition("data-props")[0]
    return _moved(listing, line - 1 + before.count("\n"))


def _moved(listing: ParsedDocument, lines: int) -> ParsedDocument:
    """The same with the lines of the page, in which the JSON begins so many lines further down."""
    problems = (
        replace(problem, at=replace(problem.at, line=problem.at.line + lines)) for problem in listing.problems
    )
    entries = (replace(entry, line=entry.line + lines) for entry in listing.entries)
    return replace(listing, entries=tuple(entries), problems=tuple(problems))


def _listing(
    papers: Sequence[object], period: _Period | None, file: str, options: ReadOptions
) -> ParsedDocument:
    entries, problems = sorted_out(read_works(papers, file, _entry))
    period = period or (_of_day(options.captured) if options.captured else None)
    return ParsedDocument(
        entries=entries,
        title=f"Daily papers{f', {period.words}' if period else ' (date unknown)'}",
        listing_id=f"daily-papers-{period.name}" if period else None,
        captured=options.captured or (period.captured if period else None),
        captured_inferred=bool(period and period.is_inferred and not options.captured),
        problems=(*_document_problems(papers, period, file), *problems),
    )


def _document_problems(papers: Sequence[object], period: _Period | None, file: str) -> Iterator[Problem]:
    if not papers:
        text = "the answer holds no papers: there are none at weekends"
        yield Problem(Location(file, 1), text, "take another day", "warning")
    elif period is None:
        text = "the document does not say of which day its papers are"
        yield Problem(Location(file, 1), text, "name the day with --captured", "warning")


def _of_day(day: date) -> _Period:
    return _Period(written_out(day), day.isoformat(), day)


def _of_week(year: int, week: int, newest: date | None) -> _Period:
    return _Period(f"week {week} of {year}", f"{year}-w{week:02}", newest, is_inferred=newest is not None)


def _of_month(year: int, month: int, newest: date | None) -> _Period:
    words = f"{MONTHS[month - 1]} {year}"
    return _Period(words, f"{year}-{month:02}", newest, is_inferred=newest is not None)


def _days(papers: Sequence[object]) -> list[date]:
    """The days on which the papers were chosen, the oldest first."""
    known = (iso_date(_inner_of(inner(item)).get("submittedOnDailyAt")) for item in papers)
    return sorted({day.first_day for day in known if day and day.day})


def _period_of_days(papers: Sequence[object]) -> _Period | None:
    """The day, week or month in which all papers were chosen."""
    days = _days(papers)
    if not days:
        return None
    oldest, newest = days[0], days[-1]
    if oldest == newest:
        return _of_day(newest)
    if oldest.isocalendar()[:2] == newest.isocalendar()[:2]:
        return _of_week(*newest.isocalendar()[:2], newest)
    if (oldest.year, oldest.month) == (newest.year, newest.month):
        return _of_month(newest.year, newest.month, newest)
    return None


def _period_of_page(props: JsonObject) -> _Period | None:
    """What the page itself says: a day, a week such as 2026-W10, or a month."""
    written = text(props.get("dateString"))
    newest = next(reversed(_days(items(props.get("dailyPapers")))), None)
    week = _WEEK.fullmatch(written)
    if week:
        return _of_week(int(week[1]), int(week[2]), newest)
    known = iso_date(written)
    if known and known.day:
        return _of_day(known.first_day)
    return _of_month(known.year, known.month, newest) if known and known.month else None


def _inner_of(item: JsonObject) -> JsonObject:
    """The paper itself: the `publishedAt` outside is the day of its choice, or shifted by some hours."""
    return inner(item, "paper") if "paper" in item else item


def _entry(item: JsonObject) -> Entry:
    paper = _inner_of(item)
    identifier = text(paper.get("id"))
    arxiv = arxiv_id([f"arxiv.org/abs/{identifier}"])
    authors = objects(paper.get("authors"))
    shown = tuple(filter(None, (text(author.get("name")) for author in authors if not author.get("hidden"))))
    return Entry(
        line=item.line,
        title=text(paper.get("title")) or text(item.get("title")),
        abstract=text(paper.get("summary")) or text(item.get("summary")) or None,
        authors=shown,
        author_count=len(authors) if len(shown) < len(authors) else None,
        published=iso_date(paper.get("publishedAt")),
        comments=count(item.get("numComments")),
        upvotes=count(paper.get("upvotes")),
        arxiv=arxiv,
        url=f"https://huggingface.co/papers/{identifier}" if identifier and not arxiv else None,
        links=tuple(_links(paper)),
        categories=texts(paper.get("ai_keywords")),
        type="preprint" if arxiv else None,
    )


def _links(paper: JsonObject) -> Iterator[str]:
    repository = text(paper.get("githubRepo"))
    if repository:
        yield f"https://github.com/{repository}" if _REPOSITORY.fullmatch(repository) else repository
    yield from texts(paper.get("projectPage"))


READER = checked(
    Reader(
        "huggingface",
        "Hugging Face daily papers: the saved page, or JSON of huggingface.co/api/daily_papers or api/papers",
        _mismatch,
        _read,
    )
)
