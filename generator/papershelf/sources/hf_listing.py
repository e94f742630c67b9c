"""Reader of Hugging Face's daily papers saved as text: page chrome, then title, abstract and tail of each.

A tail, which may be missing, is `• 4 authors`, `·` and a date, without the year if it is the year of capture.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.short_dates import ShortDate, infer_years, parse_short_date, written_out

_SIGNATURE = re.compile(
    r"get trending papers in your email inbox.{0,40}"
    r"|(daily papers\s*)?by\s*@?_?AK\w* and the (\w+ )?research community",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"new|subscribe|hugging face|search|previous|next|log ?in|sign ?up|((trending|daily|weekly) )?papers",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"[•·]\s*(?P<count>\d{1,5})\s+authors?\b\s*(?:·\s*(?P<date>.*))?", re.IGNORECASE)
_TAIL_START = re.compile(r"[•·](\s*\d{1,5}(\s+[a-z]{1,7})?)?", re.IGNORECASE)  # truncated ones included
_DOT = re.compile(r"·\s*(?P<date>.*)")

_LONGEST_TITLE = 250
_SENTENCE_END = re.compile(r"[.?!]\s")
_FULL_STOP = re.compile(r"\.[)\]\"'\u201d\u2019*]*$")
_COMPLETE = re.compile(r"[.!?\u2026:)\]}\"'\u201d\u2019*]$|https?://\S+$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a tail, with the numbers of its first and last line."""

    line: int
    last: int
    text: str
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class _Parsed:
    """An entry, its date without the year, which only the whole page determines.

    end: the index of the block after it.
    entry: None if the blocks up to `end` make no entry.
    """

    end: int
    entry: Entry | None = None
    short: ShortDate | None = None
    date_line: int = 0
    problems: tuple[Problem, ...] = ()


def _mismatch(text: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    found = any(_SIGNATURE.fullmatch(line) or _AUTHORS.fullmatch(line) for line in lines)
    return "" if found else "has no line like “• 4 authors”"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    """Parse all entries; what is missing, odd or contradictory is a problem."""
    blocks = tuple(_blocks(text))
    start = _chrome_end(blocks, 0)
    page = _lone_date(blocks, start)
    parsed = tuple(_parse_entries(blocks, _chrome_end(blocks, start + 1) if page else start, file))
    entries = tuple((each.entry, each.date_line, each.short) for each in parsed if each.entry)
    dates = infer_years([(line, short) for _, line, short in entries], page, options.captured, file)
    day = dates.captured
    return ParsedDocument(
        entries=tuple(
            replace(entry, published=_day(published), published_inferred=inferred)
            for (entry, _, _), (published, inferred) in zip(entries, dates.published, strict=True)
        ),
        title=f"Daily papers{_title_suffix(day, page)}",
        listing_id=f"daily-papers-{day.isoformat()}" if day else None,
        captured=day,
        captured_inferred=dates.captured_inferred,
        problems=(
            *(problem for each in parsed for problem in each.problems),
            *_missing_tails(parsed, file),
            *dates.problems,
        ),
    )


def _day(known: date | None) -> PartialDate | None:
    return PartialDate.of(known) if known else None


def _title_suffix(day: date | None, page: ShortDate | None) -> str:
    if day:
        return f", {written_out(day)}"
    return f", {page} (year unknown)" if page else " (date unknown)"


def _blocks(text: str) -> Iterator[_Block]:
    """Split a text into paragraphs and tails. A blank line ends both; a tail needs none around it."""
    block: list[str] = []
    first, in_tail = 0, False
    for number, raw in enumerate((*re.split(r"\r\n?|\n", text), ""), start=1):
        line = raw.strip()
        starts_tail = not in_tail and bool(_AUTHORS.fullmatch(line) or _TAIL_START.fullmatch(line))
        if block and (not line or starts_tail or (in_tail and not _belongs_to_tail(block, line))):
            yield _Block(first, first + len(block) - 1, " ".join(block), in_tail)
            block, in_tail = [], False
        if line:
            first, in_tail = (first, in_tail) if block else (number, starts_tail)
            block.append(line)


def _belongs_to_tail(tail: Sequence[str], line: str) -> bool:
    """Whether a line directly below a tail continues it: with the dot, or with the date after the dot."""
    return tail[-1].endswith("·") or line.startswith("·")


def _is_chrome(block: _Block) -> bool:
    return bool(_SIGNATURE.fullmatch(block.text) or _CHROME.fullmatch(block.text))


def _chrome_end(blocks: Sequence[_Block], at: int) -> int:
    """Where page chrome ends. Below the top of the page, a single block that looks like it may be a title."""
    end = next((k for k in range(at, len(blocks)) if not _is_chrome(blocks[k])), len(blocks))
    is_signed = any(_SIGNATURE.fullmatch(block.text) for block in blocks[at:end])
    return end if at == 0 or is_signed or end - at > 1 else at


def _date_block(blocks: Sequence[_Block], at: int) -> ShortDate | None:
    """The date in a block, None if the abstract after it makes it a title."""
    is_title = _is_prose(blocks, at + 1) and not _is_prose(blocks, at + 2)
    return parse_short_date(blocks[at].text) if at < len(blocks) and not is_title else None


def _lone_date(blocks: Sequence[_Block], at: int) -> ShortDate | None:
    """The date of the page, which unlike those of papers has no count of comments."""
    short = _date_block(blocks, at)
    return short if short and short.comments is None else None


def _is_prose(blocks: Sequence[_Block], at: int) -> bool:
    """Whether a block looks like an abstract: it ends with a full stop, has a link, or has long sentences."""
    if at >= len(blocks) or blocks[at].is_tail:
        return False
    text = blocks[at].text
    has_sentences = len(text) > _LONGEST_TITLE and len(_SENTENCE_END.findall(text)) > 1
    return has_sentences or bool(_FULL_STOP.search(text)) or "://" in text


def _continues_abstract(blocks: Sequence[_Block], at: int) -> bool:
    """Whether a block is another paragraph of the abstract before it."""
    if not _is_prose(blocks, at):
        return False
    text = blocks[at].text
    return len(text) > _LONGEST_TITLE or "://" in text or not _is_prose(blocks, at + 1)


def _parse_entries(blocks: Sequence[_Block], start: int, file: str) -> Iterator[_Parsed]:
    at = start
    while at < len(blocks):
        end = _chrome_end(blocks, at)
        if end == len(blocks):
            return
        if end > at:
            text = "a second page begins here; its entries were read into the same listing"
            problem = _warning(file, blocks[at], text, "import every page from a file of its own")
            parsed = _Parsed(end + 1 if _lone_date(blocks, end) else end, problems=(problem,))
        else:
            parsed = _parse_entry(blocks, at, file)
        yield parsed
        at = parsed.end


def _parse_entry(blocks: Sequence[_Block], at: int, file: str) -> _Parsed:
    """Parse the entry that begins at a block."""
    title = blocks[at]
    body_end = at if title.is_tail else _abstract_end(blocks, at + 1)
    end = _tail_end(blocks, body_end)
    if title.is_tail:
        text = "an author count stands here without a title and an abstract before it; skipped"
        return _Parsed(end, problems=(_warning(file, title, text, "add the entry's title and abstract"),))
    if _is_prose(blocks, at) and len(title.text) > _LONGEST_TITLE:
        text = "an abstract stands here without a title before it; skipped"
        return _Parsed(end, problems=(_problem(file, title, text, "add the entry's title above it"),))
    body, tail = blocks[at + 1 : body_end], blocks[body_end:end]
    count, short, tail_problems = _parse_tail(tail, file)
    entry = Entry(
        line=title.line,
        title=title.text,
        abstract="\n\n".join(block.text for block in body) or None,
        author_count=count,
        comments=short.comments if short else None,
    )
    problems = (*_body_problems(title, body, file, is_cut=end == len(blocks) and not tail), *tail_problems)
    return _Parsed(end, entry, short, tail[-1].last if tail else 0, problems)


def _abstract_end(blocks: Sequence[_Block], at: int) -> int:
    """Where the abstract that should begin at a block ends; at the block itself if there is none."""
    is_there = at < len(blocks) and not blocks[at].is_tail and _chrome_end(blocks, at) == at
    if not is_there or (_is_prose(blocks, at + 1) and not _is_prose(blocks, at)):
        return at
    return next((k for k in range(at + 1, len(blocks)) if not _continues_abstract(blocks, k)), len(blocks))


def _tail_end(blocks: Sequence[_Block], at: int) -> int:
    """Where a tail ends; blank lines may separate its parts."""
    end = at
    while end < len(blocks) and blocks[end].is_tail and (end == at or blocks[end].text.startswith("·")):
        end += 1
    is_waiting = end > at and blocks[end - 1].text.endswith("·")
    return end + 1 if is_waiting and _date_block(blocks, end) else end


def _parse_tail(tail: Sequence[_Block], file: str) -> tuple[int | None, ShortDate | None, list[Problem]]:
    """The author count and the date in a tail, and the problems with them."""
    if not tail:
        return None, None, []
    text = " ".join(block.text for block in tail)
    match = _AUTHORS.fullmatch(text)
    count = int(match["count"]) if match else None
    written = (match or _DOT.fullmatch(text) or {"date": text})["date"] or ""
    short = parse_short_date(written)
    if short:
        return count, short, []
    if not written:
        return count, None, [_warning(file, tail[0], "the entry has no date behind its author count")]
    message, cure = f"“{written[:60]}” is no date; it stays unknown", "a date is “Jul 2, 2024” or “May 25”"
    return count, None, [Problem(Location(file, tail[-1].last), message, cure, "warning")]


def _body_problems(title: _Block, body: Sequence[_Block], file: str, *, is_cut: bool) -> list[Problem]:
    named = f"“{title.text[:60]}{'…' if len(title.text) > len(title.text[:60]) else ''}”"
    if not body:
        where = "; the document ends here" if is_cut else ""
        return [_warning(file, title, f"{named} has no abstract{where}", "add it to the document")]
    problems = []
    if len(body) > 1:
        text = f"{len(body)} paragraphs were read as the abstract of {named}"
        problems.append(_warning(file, body[1], text, "add the title if another entry begins here"))
    if is_cut and not _COMPLETE.search(body[-1].text):
        text = f"the document ends in the middle of the abstract of {named}"
        problems.append(_warning(file, body[-1], text, "save the whole page again"))
    return problems


def _missing_tails(parsed: Sequence[_Parsed], file: str) -> list[Problem]:
    """A warning for every entry without a tail, if other entries have one."""
    if not any(each.date_line for each in parsed):
        return []
    text = "the entry has no author count and no date, as others here have"
    entries = [each.entry for each in parsed if each.entry and not each.date_line]
    return [Problem(Location(file, entry.line), text, severity="warning") for entry in entries]


def _problem(file: str, block: _Block, message: str, hint: str) -> Problem:
    return Problem(Location(file, block.line), message, hint)


def _warning(file: str, block: _Block, message: str, hint: str = "") -> Problem:
    return Problem(Location(file, block.line), message, hint, "warning")


READER = Reader(
    "hf-listing",
    "Hugging Face daily papers, copied as text",
    _mismatch,
    _read,
)
