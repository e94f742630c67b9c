"""What holds for the readers of lists, feeds and our own files, whatever text they get."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papershelf.core.partial_date import PartialDate
from papershelf.sources import feed, html_list, identifier_list, markdown_list, papershelf_list
from papershelf.sources.parsed import Reader, ReadOptions

ALL = (feed.READER, html_list.READER, identifier_list.READER, markdown_list.READER, papershelf_list.READER)
PIECES = (
    *(
        "- ",
        "  - ",
        "1. ",
        "# ",
        "## ",
        "| a | b |\n|---|---|\n",
        "| ",
        " |\n",
        "**",
        "*",
        "[",
        "]",
        "(",
        ")",
    ),
    *("\n", "\n\n", "<br>", "](https://arxiv.org/abs/2401.00001)", "https://doi.org/10.1000/182 ", "[paper]"),
    *(
        "Ada Kettle, Bo Leaf. ",
        "CVPR 2024",
        "2023",
        "et al.",
        "Long Steeping of Leaves",
        "\\",
        "```\n",
        ";",
        ",",
    ),
    *(
        "<ul>",
        "<li>",
        "</li>",
        "<table><tr><td>",
        "<th>",
        "</table>",
        "<dl><dt>",
        "<dd>",
        "<p>",
        "<html>",
        "<b>",
    ),
    *(
        '<a href="https://arxiv.org/abs/2401.00002">',
        "</a>",
        '<meta name="citation_title" content="x">',
        "<a href='",
    ),
    *(
        '<rss version="2.0"><channel>',
        "<item>",
        "<title>",
        "</title>",
        "</item>",
        "<link>",
        "<pubDate>",
        "]]>",
    ),
    *(
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        "<entry>",
        "<updated>",
        "99999-99-99",
        "&amp;",
        "&x;",
        "<!",
    ),
    *(
        '{"version":"https://jsonfeed.org/version/1.1","items":[',
        '{"id":"a","title":',
        '"format":',
        "}",
        "null",
    ),
    *(
        '{"id":"a","title":"b","format":"c"}\n',
        "2401.00001 ",
        "#",
        "\0",
        "\ud800",
        "\ufeff",
        "\u202e",
        "9" * 400,
    ),
)


@pytest.mark.parametrize("reader", ALL, ids=lambda reader: reader.name)
@settings(max_examples=60, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_any_text_is_read_without_an_exception(reader: Reader, text: str) -> None:
    assert isinstance(reader.mismatch(text), str)
    parsed = reader.read(text, "x", ReadOptions())
    for entry in parsed.entries:
        assert 1 <= entry.line <= text.count("\n") + text.count("\r") + 1
        assert isinstance(entry.published, PartialDate | None)
        assert entry.title or entry.arxiv or entry.doi or entry.openreview or entry.url
        assert all(isinstance(value, str) and value for value in (*entry.authors, *entry.links))
    assert all(str(problem) for problem in parsed.problems)


@pytest.mark.parametrize(
    "start", ["", "<html><body>", "{", '{"id": "', "<opml ", "- ", "| ", "# x\n", "\n" * 1_000_000]
)
def test_a_large_text_of_another_kind_is_told_apart_quickly(start: str) -> None:
    text = start + "word <a href='/b'>word</a> [word](#word) https://example.org/word\n" * 150_000
    began = time.process_time()
    assert all(reader.mismatch(text) for reader in ALL)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("nested", ["<div>", "<li>", "<table><tr><td>", "- ", "> ", "[", "**", "<item>"])
def test_deep_nesting_is_read_in_a_moment(nested: str) -> None:
    text = nested * 5_000
    began = time.process_time()
    for reader in ALL:
        reader.read(text, "x", ReadOptions())
        reader.read(f"<rss><channel>{text}", "x", ReadOptions())
    assert time.process_time() - began < 10
