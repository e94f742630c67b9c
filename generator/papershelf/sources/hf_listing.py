"""Dumps of Hugging Face's daily papers as text: page chrome, then title, abstract and perhaps a tail.

A tail is `• 4 authors`, `·` and a date that leaves the year out when it is the year of capture.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from papershelf.core.problems import Location, Problem
from papershelf.sources.parsed import Entry, Parsed, Reader
from papershelf.sources.short_dates import ShortDate, read_short_date, settle, spoken

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
_TAIL_START = re.compile(r"[•·](\s*\d{1,5}(\s+[a-z]{1,7})?)?", re.IGNORECASE)  # cut off, too
_DOT = re.compile(r"·\s*(?P<date>.*)")

_LONGEST_TITLE = 250
_SENTENCE_END = re.compile(r"[.?!]\s")
_FULL_STOP = re.compile(r"\.[)\]\"'\u201d\u2019*]*$")
_WHOLE = re.compile(r"[.!?\u2026:)\]}\"'\u201d\u2019*]$|https?://\S+$")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or the tail of an entry, with the numbers of its first and last line."""

    line: int
    last: int
    text: str
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry whose date still lacks the year that only the whole page tells, and where it ended."""

    end: int
    entry: Entry | None = None
    short: ShortDate | None = None
    date_line: int = 0
    problems: tuple[Problem, ...] = ()


def _recognises(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()]
    return any(_SIGNATURE.fullmatch(line) or _AUTHORS.fullmatch(line) for line in lines)


def _read(text: str, file: str, captured: date | None) -> Parsed:
    """Every entry that can be told apart; what is missing, odd or in contradiction is a problem."""
    blocks = tuple(_blocks(text))
    start = _chrome_end(blocks, 0)
    page = _lone_date(blocks, start)
    reads = tuple(_reads(blocks, _chrome_end(blocks, start + 1) if page else start, file))
    entries = tuple((read.entry, read.date_line, read.short) for read in reads if read.entry)
    settled = settle([(line, short) for _, line, short in entries], page, captured, file)
    day = settled.captured
    return Parsed(
        entries=tuple(
            replace(entry, published=published, published_inferred=inferred)
            for (entry, _, _), (published, inferred) in zip(entries, settled.dates, strict=True)
        ),
        title=f"Daily papers{_when(day, page)}",
        listing_id=f"daily-papers-{day.isoformat()}" if day else None,
        captured=day,
        captured_inferred=settled.captured_inferred,
        problems=(
            *(problem for read in reads for problem in read.problems),
            *_missing_tails(reads, file),
            *settled.problems,
        ),
    )


def _when(day: date | None, page: ShortDate | None) -> str:
    if day:
        return f", {spoken(day)}"
    return f", {page} (year unknown)" if page else " (date unknown)"


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs and tails: a blank line ends either, and a tail needs none before or behind it."""
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
    """Whether a line right below a tail is its next part: the dot, or behind the dot the date."""
    return tail[-1].endswith("·") or line.startswith("·")


def _is_chrome(block: _Block) -> bool:
    return bool(_SIGNATURE.fullmatch(block.text) or _CHROME.fullmatch(block.text))


def _chrome_end(blocks: Sequence[_Block], at: int) -> int:
    """Where the page's own words end: a single word of them may be a title, except on top of the page."""
    end = next((k for k in range(at, len(blocks)) if not _is_chrome(blocks[k])), len(blocks))
    is_signed = any(_SIGNATURE.fullmatch(block.text) for block in blocks[at:end])
    return end if at == 0 or is_signed or end - at > 1 else at


def _date_block(blocks: Sequence[_Block], at: int) -> ShortDate | None:
    """The date that a block is, unless the abstract behind it makes it a title."""
    is_title = _is_prose(blocks, at + 1) and not _is_prose(blocks, at + 2)
    return read_short_date(blocks[at].text) if at < len(blocks) and not is_title else None


def _lone_date(blocks: Sequence[_Block], at: int) -> ShortDate | None:
    """The page's own date, which has no comments."""
    short = _date_block(blocks, at)
    return short if short and short.comments is None else None


def _is_prose(blocks: Sequence[_Block], at: int) -> bool:
    """Whether a block reads like an abstract: full stop, link, or long and of several sentences."""
    if at >= len(blocks) or blocks[at].is_tail:
        return False
    text = blocks[at].text
    has_sentences = len(text) > _LONGEST_TITLE and len(_SENTENCE_END.findall(text)) > 1
    return has_sentences or bool(_FULL_STOP.search(text)) or "://" in text


def _goes_on(blocks: Sequence[_Block], at: int) -> bool:
    """Whether a block is one more paragraph of the abstract before it."""
    if not _is_prose(blocks, at):
        return False
    text = blocks[at].text
    return len(text) > _LONGEST_TITLE or "://" in text or not _is_prose(blocks, at + 1)


def _reads(blocks: Sequence[_Block], start: int, file: str) -> Iterator[_Read]:
    at = start
    while at < len(blocks):
        end = _chrome_end(blocks, at)
        if end == len(blocks):
            return
        if end > at:
            text = "a second page begins here; its entries were read into the same listing"
            problem = _warning(file, blocks[at], text, "import every page from a file of its own")
            read = _Read(end + 1 if _lone_date(blocks, end) else end, problems=(problem,))
        else:
            read = _entry(blocks, at, file)
        yield read
        at = read.end


def _entry(blocks: Sequence[_Block], at: int, file: str) -> _Read:
    """The entry that begins at a block, and the problems with it."""
    title = blocks[at]
    body_end = at if title.is_tail else _abstract_end(blocks, at + 1)
    end = _tail_end(blocks, body_end)
    if title.is_tail:
        text = "an author count stands here without a title and an abstract before it; skipped"
        return _Read(end, problems=(_warning(file, title, text, "add the entry's title and abstract"),))
    if _is_prose(blocks, at) and len(title.text) > _LONGEST_TITLE:
        text = "an abstract stands here without a title before it; skipped"
        return _Read(end, problems=(_problem(file, title, text, "add the entry's title above it"),))
    body, tail = blocks[at + 1 : body_end], blocks[body_end:end]
    count, short, tail_problems = _tail(tail, file)
    entry = Entry(
        line=title.line,
        title=title.text,
        abstract="\n\n".join(block.text for block in body) or None,
        author_count=count,
        comments=short.comments if short else None,
    )
    problems = (*_body_problems(title, body, file, is_cut=end == len(blocks) and not tail), *tail_problems)
    return _Read(end, entry, short, tail[-1].last if tail else 0, problems)


def _abstract_end(blocks: Sequence[_Block], at: int) -> int:
    """Where the abstract that should begin at a block ends: right there if there is none."""
    is_there = at < len(blocks) and not blocks[at].is_tail and _chrome_end(blocks, at) == at
    if not is_there or (_is_prose(blocks, at + 1) and not _is_prose(blocks, at)):
        return at
    return next((k for k in range(at + 1, len(blocks)) if not _goes_on(blocks, k)), len(blocks))


def _tail_end(blocks: Sequence[_Block], at: int) -> int:
    """Where a tail ends, whose parts may stand apart."""
    end = at
    while end < len(blocks) and blocks[end].is_tail and (end == at or blocks[end].text.startswith("·")):
        end += 1
    is_waiting = end > at and blocks[end - 1].text.endswith("·")
    return end + 1 if is_waiting and _date_block(blocks, end) else end


def _tail(tail: Sequence[_Block], file: str) -> tuple[int | None, ShortDate | None, list[Problem]]:
    """The author count and the date of a tail, and what is wrong with them."""
    if not tail:
        return None, None, []
    text = " ".join(block.text for block in tail)
    match = _AUTHORS.fullmatch(text)
    count = int(match["count"]) if match else None
    written = (match or _DOT.fullmatch(text) or {"date": text})["date"] or ""
    short = read_short_date(written)
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
    if is_cut and not _WHOLE.search(body[-1].text):
        text = f"the document ends in the middle of the abstract of {named}"
        problems.append(_warning(file, body[-1], text, "save the whole page again"))
    return problems


def _missing_tails(reads: Sequence[_Read], file: str) -> list[Problem]:
    """Entries without a tail among entries that have one."""
    if not any(read.date_line for read in reads):
        return []
    text = "the entry has no author count and no date, as others here have"
    entries = [read.entry for read in reads if read.entry and not read.date_line]
    return [Problem(Location(file, entry.line), text, severity="warning") for entry in entries]


def _problem(file: str, block: _Block, message: str, hint: str) -> Problem:
    return Problem(Location(file, block.line), message, hint)


def _warning(file: str, block: _Block, message: str, hint: str = "") -> Problem:
    return Problem(Location(file, block.line), message, hint, "warning")


READER = Reader(
    "hf-listing",
    "Hugging Face daily papers, copied as text",
    _recognises,
    _read,
)
