import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.partial_date import PartialDate
from papershelf.sources.hf_listing import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, decode, detect
from papershelf.sources.short_dates import ShortDate, parse_short_date

FILE = "page.txt"
HEADER = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

"""
PAGE = """Mar 14

Of Mice and Models

We ask the mice, and they know.

  • 3 authors
·
Mar 2 1

A Cat That Compiles

It compiles at night. By day it sleeps.

  • 1 author
·
Jul 3, 2024 16
"""


def read(text: str, captured: date | None = None) -> ParsedDocument:
    return READER.read(text, FILE, ReadOptions(captured=captured))


def messages(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def test_all_entries_of_a_page_are_parsed() -> None:
    parsed = read(HEADER + PAGE)
    assert not parsed.problems
    assert (parsed.title, parsed.listing_id) == ("Daily papers, 14 March 2025", "daily-papers-2025-03-14")
    assert (parsed.captured, parsed.captured_inferred) == (date(2025, 3, 14), True)
    assert parsed.entries == (
        Entry(
            line=13,
            title="Of Mice and Models",
            abstract="We ask the mice, and they know.",
            author_count=3,
            published=PartialDate(2025, 3, 2),
            published_inferred=True,
            comments=1,
        ),
        Entry(
            line=21,
            title="A Cat That Compiles",
            abstract="It compiles at night. By day it sleeps.",
            author_count=1,
            published=PartialDate(2024, 7, 3),
            comments=16,
        ),
    )


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("byAK", "by AK"),
        HEADER.replace("byAK", "by @_akhaliq"),
        HEADER.replace("Daily Papers\n\n", ""),
        HEADER.replace("Daily Papers\n\n", "Daily Papers ").replace("inbox!", "inbox once a day!"),
        HEADER.replace("\n", "\r\n"),
        HEADER.replace("\n\n", "\n \t\n\n"),
        "\ufeff" + HEADER,
        "",
    ],
)
def test_every_spelling_of_the_page_chrome_is_skipped(header: str) -> None:
    text, _ = decode((header + PAGE).encode(), FILE)
    assert detect(text, READERS) is READER
    assert [entry.title for entry in read(text).entries] == ["Of Mice and Models", "A Cat That Compiles"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jul 3, 2024 16", ShortDate(7, 3, 2024, 16)),
        ("Dec 2 1", ShortDate(12, 2, None, 1)),
        ("May 25", ShortDate(5, 25)),
        ("December 11, 2023", ShortDate(12, 11, 2023)),
        ("Sept 9", ShortDate(9, 9)),
        ("Feb 29", ShortDate(2, 29)),
        ("Feb 30", None),
        ("Dec 2 2024", None),
        ("Foo 2", None),
        ("Jul 3,", None),
        ("yesterday", None),
        ("Jul 3, 0024", None),
    ],
)
def test_short_dates(written: str, expected: ShortDate | None) -> None:
    assert parse_short_date(written) == expected


def test_a_known_capture_date_determines_the_year() -> None:
    parsed = read(HEADER + PAGE, date(2026, 3, 14))
    assert not parsed.problems
    assert [(entry.published, entry.published_inferred) for entry in parsed.entries] == [
        (PartialDate(2026, 3, 2), False),
        (PartialDate(2024, 7, 3), False),
    ]
    assert not parsed.captured_inferred


def test_a_page_that_writes_its_own_year_needs_no_inference() -> None:
    parsed = read(HEADER + PAGE.replace("Mar 14", "Mar 14, 2026"))
    assert (parsed.captured, parsed.captured_inferred) == (date(2026, 3, 14), False)
    assert parsed.entries[0].published == PartialDate(2026, 3, 2)


@pytest.mark.parametrize(
    ("change", "to", "line", "words"),
    [
        ("Mar 2 1", "Mar 15 1", 19, "15 March without a year lies after the page's own date, 14 March"),
        ("Mar 14\n\n", "", 17, "the page has no date of its own"),
        ("Jul 3, 2024 16", "Jan 3", 19, "no date on the page has its year written"),
        ("Mar 2 1", "Feb 29", 19, "29 February does not exist in 2025"),
    ],
)
def test_what_the_page_does_not_determine_stays_unknown(change: str, to: str, line: int, words: str) -> None:
    parsed = read(HEADER + PAGE.replace(change, to))
    assert parsed.captured is None
    assert parsed.entries[0].published is None
    (message,) = messages(parsed)
    assert words in message
    assert "--captured" in message
    assert message.startswith(f"{FILE}:{line}: warning: ")


@pytest.mark.parametrize(
    ("change", "to", "captured", "words"),
    [
        ("Mar 2 1", "Mar 15 1", date(2025, 3, 14), "15 March 2025 is later than the page's capture"),
        ("Mar 2 1", "Feb 29 1", date(2025, 3, 14), "29 February does not exist in 2025"),
        ("Mar 2 1", "Mar 2, 2026", date(2025, 3, 14), "2 March 2026 is later than the page's capture"),
        ("Mar 2 1", "Mar 2 1", date(2024, 3, 14), "3 July 2024 has its year written"),
    ],
)
def test_a_contradiction_with_the_capture_date_leaves_the_date_unknown(
    change: str, to: str, captured: date, words: str
) -> None:
    parsed = read(HEADER + PAGE.replace(change, to), captured)
    assert parsed.entries[0].published is None
    assert words in messages(parsed)[0]


def test_a_page_date_that_differs_from_the_capture_date_is_reported() -> None:
    parsed = read(HEADER + PAGE, date(2025, 3, 15))
    assert parsed.listing_id == "daily-papers-2025-03-15"
    (message,) = messages(parsed)
    assert message.startswith("page.txt: warning: the page says 14 March, the capture date is 15 March 2025")


def test_leap_days_are_inferred_where_they_exist() -> None:
    parsed = read(HEADER + PAGE.replace("Mar 2 1", "Feb 29 3").replace("2024", "2023"))
    assert parsed.entries[0].published == PartialDate(2024, 2, 29)


def test_without_tails_nothing_is_dated() -> None:
    plain = re.sub(r"  • .*\n·\n.*\n", "", PAGE)
    parsed = read(HEADER + plain)
    assert not parsed.problems
    assert (parsed.title, parsed.listing_id) == ("Daily papers, 14 March (year unknown)", None)
    assert [entry.published for entry in parsed.entries] == [None, None]
    assert read(HEADER + plain.replace("Mar 14\n", "")).title == "Daily papers (date unknown)"


@pytest.mark.parametrize(
    "title",
    [
        "May 25",
        "Subscribe",
        "Search",
        "Trees • and • Bees",
        "• Points",
        "Subscribe Inside",
        "Why? Because!",
        "x" * 2000,
    ],
)
def test_odd_titles_stay_titles(title: str) -> None:
    entry = f"{title}\n\nIt has an abstract, a real one. It says a thing.\n\n  • 2 authors\n·\nMar 1\n"
    for page in (PAGE + "\n" + entry, PAGE.replace("\n\nOf Mice", f"\n\n{entry}\nOf Mice")):
        parsed = read(HEADER + page)
        assert title in [found.title for found in parsed.entries]
        assert len(parsed.entries) == 3
        assert not parsed.problems


DAMAGES = {
    "entry without an abstract": (
        PAGE.replace("We ask the mice, and they know.\n\n", ""),
        2,
        "page.txt:13: warning: “Of Mice and Models” has no abstract",
    ),
    "entry without an abstract and a tail": (
        PAGE.replace("We ask the mice, and they know.\n\n  • 3 authors\n·\nMar 2 1\n\n", ""),
        2,
        "page.txt:13: warning: “Of Mice and Models” has no abstract",
    ),
    "entry without a title": (
        PAGE.replace("A Cat That Compiles\n\nIt", "It slept. " * 30 + "It"),
        1,
        "page.txt:21: an abstract stands here without a title before it; skipped",
    ),
    "abstract of two paragraphs": (
        PAGE.replace("night. By", "night.\n\nBy"),
        2,
        "page.txt:25: warning: 2 paragraphs were read as the abstract of “A Cat That Compiles”",
    ),
    "tail without a date": (
        PAGE.replace("Mar 2 1", ""),
        2,
        "page.txt:17: warning: the entry has no date behind its author count",
    ),
    "tail whose date is no date": (
        PAGE.replace("Mar 2 1", "2 days ago"),
        2,
        "page.txt:19: warning: “2 days ago” is no date; it stays unknown",
    ),
    "tail alone": (
        PAGE + "\n  • 3 authors\n·\nMar 2 1\n",
        2,
        "page.txt:29: warning: an author count stands here without a title and an abstract",
    ),
    "missing tail": (
        PAGE.replace("  • 3 authors\n·\nMar 2 1\n\n", ""),
        2,
        "page.txt:13: warning: the entry has no author count and no date, as others here have",
    ),
    "cut off behind a title": (
        PAGE + "\nA Dog That",
        3,
        "page.txt:29: warning: “A Dog That” has no abstract; the document ends here",
    ),
    "cut off in an abstract": (
        PAGE + "\nA Dog That Barks\n\nIt barks at the",
        3,
        "page.txt:31: warning: the document ends in the middle of the abstract of “A Dog That Barks”",
    ),
    "cut off in a tail": (
        PAGE + "\nA Dog That Barks\n\nIt barks.\n\n  • 2 authors\n·",
        3,
        "page.txt:33: warning: the entry has no date behind its author count",
    ),
    "two pages in one file": (
        PAGE + "\n" + HEADER + PAGE.replace("Cat", "Dog").replace("Mice", "Men"),
        4,
        "page.txt:29: warning: a second page begins here; its entries were read into the same listing",
    ),
}


@pytest.mark.parametrize(("page", "entries", "message"), DAMAGES.values(), ids=list(DAMAGES))
def test_damage_is_reported_and_the_rest_of_the_page_is_parsed(page: str, entries: int, message: str) -> None:
    parsed = read(HEADER + page)
    assert len(parsed.entries) == entries
    assert [found for found in messages(parsed) if found.startswith(message)]


def test_the_parts_of_a_tail_may_be_on_one_line_or_several() -> None:
    for tail in ("  • 3 authors\n\n·\n\nMar 2 1\n", "• 3 authors · Mar 2 1\n", "  • 3 authors\n·\nMar 2 1"):
        parsed = read(HEADER + PAGE.replace("  • 3 authors\n·\nMar 2 1\n", tail))
        assert not parsed.problems
        assert (parsed.entries[0].author_count, parsed.entries[0].comments) == (3, 1)
        assert len(parsed.entries) == 2


def test_a_footer_is_not_an_entry() -> None:
    assert len(read(HEADER + PAGE + "\nPrevious\n\nNext\n").entries) == 2


def test_undecodable_bytes_are_reported_by_line_and_the_rest_is_parsed() -> None:
    text, problems = decode((HEADER + PAGE).encode().replace(b"Cat", b"C\xe9t"), FILE)
    assert [entry.title for entry in read(text).entries] == ["Of Mice and Models", "A C\ufffdt That Compiles"]
    assert [str(problem.at) for problem in problems] == ["page.txt:21:4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_unicode_encoding_is_decoded(encoding: str) -> None:
    assert decode((HEADER + PAGE).encode(encoding), FILE) == (HEADER + PAGE, ())


@pytest.mark.parametrize(
    "text", ["", '[{"title": "x"}]', "@article{x, title={y}}", "<html><p>Daily Papers</p></html>"]
)
def test_other_formats_are_not_recognised(text: str) -> None:
    assert detect(text, [READER]) == {"hf-listing": "has no line like “• 4 authors”"}


words = st.text(
    st.characters(categories=("L", "N"), include_characters="•:&%{}\\$#<>-"), min_size=1, max_size=12
)
titles = st.lists(words, min_size=4, max_size=12).map(" ".join)
abstracts = st.lists(st.lists(words, min_size=3, max_size=30).map(" ".join), min_size=1, max_size=5).map(
    lambda sentences: ". ".join(sentences) + "."
)
counts = st.none() | st.integers(0, 999)


@st.composite
def pages(draw: st.DrawFn) -> tuple[date, tuple[Entry, ...]]:
    """A capture date, and entries of that year and earlier, at least one of each of the last two years."""
    captured = draw(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
    this_year = st.dates(date(captured.year, 1, 1), captured)
    last_year = st.dates(date(captured.year - 1, 1, 1), date(captured.year - 1, 12, 31))
    earlier = st.dates(date(1990, 1, 1), captured)
    days = [draw(this_year), draw(last_year), *draw(st.lists(earlier, max_size=4))]
    return captured, tuple(
        Entry(
            line=0,
            title=draw(titles),
            abstract=draw(abstracts),
            author_count=draw(st.integers(1, 99)),
            published=PartialDate.of(day),
            published_inferred=day.year == captured.year,
            comments=draw(counts),
        )
        for day in draw(st.permutations(days))
    )


def as_page(captured: date, entries: tuple[Entry, ...]) -> str:
    return HEADER + f"{short(captured)}\n\n" + "\n".join(as_text(entry, captured.year) for entry in entries)


def as_text(entry: Entry, this_year: int) -> str:
    assert entry.published
    year = "" if entry.published.year == this_year else f", {entry.published.year}"
    comments = "" if entry.comments is None else f" {entry.comments}"
    authors = f"{entry.author_count} author{'' if entry.author_count == 1 else 's'}"
    day = f"{short(entry.published.first_day)}{year}"
    return f"{entry.title}\n\n{entry.abstract}\n\n  • {authors}\n·\n{day}{comments}\n"


def short(day: date) -> str:
    return f"{day:%b} {day.day}"


def without_lines(entries: tuple[Entry, ...]) -> list[tuple[object, ...]]:
    return [
        (e.title, e.abstract, e.author_count, e.published, e.comments, e.published_inferred) for e in entries
    ]


@given(pages(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_page_round_trips(page: tuple[date, tuple[Entry, ...]], newline: str) -> None:
    captured, entries = page
    parsed = read(as_page(captured, entries).replace("\n", newline))
    assert not parsed.problems
    assert (parsed.captured, parsed.captured_inferred) == (captured, True)
    assert without_lines(parsed.entries) == without_lines(entries)


@given(pages(), st.data())
def test_truncating_a_page_changes_no_entry_before_the_cut(
    page: tuple[date, tuple[Entry, ...]], data: st.DataObject
) -> None:
    captured, entries = page
    text = as_page(captured, entries)
    cut = data.draw(st.integers(len(HEADER) + 10, len(text)))
    parsed = read(text[:cut], captured)
    whole = text[:cut].count("·\n") - 1
    assert len(parsed.entries) <= len(entries)
    assert without_lines(parsed.entries)[: max(whole, 0)] == [
        (*entry[:-1], False) for entry in without_lines(entries)[: max(whole, 0)]
    ]


@given(st.text())
def test_no_text_raises_an_exception(text: str) -> None:
    read(HEADER + text)
