"""Pages by hand hold Markdown and still HTML; what passes is inert in a browser's own parser."""

import random
import re

import pytest
from playwright.sync_api import Page

from papershelf.render import placeholders
from papershelf.render.html import to_html
from papershelf.text import page_html

GOOD = (
    "# About\n\nPress <kbd>/</kbd>, or H<sub>2</sub>O.\n\n[Here](../topics/index.md#all) and <https://example.org/?a=1&b=2>",
    "| a | b |\n|--:|:-:|\n| 1 | 2 |\n",
    "Write to <ada@example.org> or [her](mailto:ada@example.org).",
    '<details open>\n<summary>More</summary>\n<p class="md-button" id="more">x</p>\n</details>',
    '<div markdown="1" class="grid cards">\n\n- *one*\n\n</div>',
    "```html\n<script>alert(1)</script>\n```\n\nand `<script>` in a line, 1 < 2 and 3 > 2",
    "[Button](index.md){ .md-button } ![leaf](../assets/leaf.png){ width=20 }",
    "<!-- a remark -->\n\ntext",
    '<a href="#x" aria-label="to x">x</a>',
)
BAD = (
    ("a\n\n<script>alert(1)</script>", "a page may not hold <script>", 3),
    ("a <ScRiPt src='x'></ScRiPt>", "a page may not hold <ScRiPt>", 1),
    ('a\n<iframe src="https://elsewhere.test/"></iframe>', "a page may not hold <iframe>", 2),
    ("<svg><style><img src=x onerror=alert(1)></style></svg>", "a page may not hold <svg>", 1),
    ("<style>@import 'https://elsewhere.test/a.css'</style>", "a page may not hold <style>", 1),
    ('<link rel="stylesheet" href="https://elsewhere.test/">', "a page may not hold <link>", 1),
    ('<form action="https://elsewhere.test/"></form>', "a page may not hold <form>", 1),
    ('text\n\n<b onclick="alert(1)">x</b>', "<b> may not have the attribute onclick", 3),
    ('[x](a.md){: onclick="alert(1)" }', "<a> may not have the attribute onclick", 1),
    ('# x {: onmouseover="alert(1)" }', "<h1> may not have the attribute onmouseover", 1),
    ('<p data-ps-script="x">x</p>', "<p> may not have the attribute data-ps-script", 1),
    ('<p style="background:url(https://elsewhere.test/)">x</p>', "<p> may not have a style", 1),
    ("<img src=x onerror=alert(1)>", "this is no HTML: '<img src=x onerror=alert(1)>'", 1),
    ("<b/onclick=alert(1)>x", "this is no HTML", 1),
    ("<p\xa0title='a'>", "this is no HTML", 1),
    ("<!--><script>alert(1)</script>-->", "a page may not hold <script>", 1),
    ("<!-- --!><script>alert(1)</script> -->", "a page may not hold <script>", 1),
    ("<?php x ?>", "this is no HTML", 1),
    ("one\n\n[x](javascript:alert(1))", "'javascript:alert(1)' is no address that a page may link to", 3),
    ("[x](&#106;avascript:alert(1))", "'javascript:alert(1)' is no address", 1),
    ('<a href="java&Tab;script:alert(1)">x</a>', "is no address", 1),
    ('<a href=" javascript&colon;alert(1)">x</a>', "'javascript:alert(1)' is no address", 1),
    ("[x][1]\n\n[1]: JavaScript:alert(1)", "'JavaScript:alert(1)' is no address", 3),
    ("[x](data:text/html,x)", "'data:text/html,x' is no address", 1),
    ("[x](vbscript:x)", "'vbscript:x' is no address", 1),
    ("[x](ftp://example.org/)", "'ftp://example.org/' is no address", 1),
    ("[x](//elsewhere.test/)", "'//elsewhere.test/' is no address", 1),
    ('<a href="/\\elsewhere.test/">x</a>', "is no address", 1),
    ("![x](https://elsewhere.test/x.png)", "'https://elsewhere.test/x.png' is a picture from elsewhere", 1),
    ("![x](//elsewhere.test/x.png)", "'//elsewhere.test/x.png' is a picture from elsewhere", 1),
    ("![x](data:image/svg+xml,x)", "'data:image/svg+xml,x' is a picture from elsewhere", 1),
    ('<img src="a.png" srcset="https://elsewhere.test/x.png">', "may not have the attribute srcset", 1),
    ('<pre class="mermaid">graph</pre>', "the class mermaid loads a script from elsewhere", 1),
    ("a\n\nb <scr\x01ipt>alert(1)</scr\x01ipt>", "the control character U+0001", 3),
)
PIECES = [part for source in (*GOOD, *(bad[0] for bad in BAD)) for part in re.findall(r"\w+|\s+|\W", source)]

FENCED = (
    '```\n<div markdown="1">\n<script>alert(1)</script>\n</div>\n```',
    '````\n<div class="a" markdown="1">\n<img src=x onerror=alert(1)>\n</div>\n````',
)
ALIVE = """([pages, elements]) => pages.filter(html => {
  const known = new Set(["html", "head", "body", ...elements])
  const leadsTo = target => new URL(target, "https://own.test/a/")
  return [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("*")].some(e =>
    !known.has(e.localName) || [...e.attributes].some(a => a.name.startsWith("on")) ||
    (e.hasAttribute("href") && !/^(https?|mailto):$/.test(leadsTo(e.getAttribute("href")).protocol)) ||
    (e.hasAttribute("src") && leadsTo(e.getAttribute("src")).host !== "own.test"))
})"""


@pytest.mark.parametrize("source", GOOD)
def test_markdown_and_still_html_may_be_published(source: str) -> None:
    assert [*page_html.complaints(source)] == []


@pytest.mark.parametrize(("source", "message", "line"), BAD)
def test_what_runs_loads_or_leads_elsewhere_is_refused_with_its_line(
    source: str, message: str, line: int
) -> None:
    found = [*page_html.complaints(source)]
    assert message in found[0].message
    assert found[0].line == line
    assert found[0].hint


def test_each_of_several_mistakes_has_its_line() -> None:
    source = "<script>a</script>\n\n[x](javascript:a)\n\n<script>b</script>\n"
    assert sorted(complaint.line for complaint in page_html.complaints(source)) == [1, 3, 5]


def test_what_passes_is_inert_as_a_browser_parses_it(page: Page) -> None:
    chance = random.Random(1)
    mixed = ["".join(chance.choices(PIECES, k=chance.randint(1, 25))) for _ in range(1500)]
    passed = [source for source in (*mixed, *FENCED, *GOOD) if not [*page_html.complaints(source)]]
    assert len(passed) > 200
    made = [to_html(placeholders.split(f"{source}\n"), whole=True).html for source in passed]
    assert page.evaluate(ALIVE, [made, [*page_html.ELEMENTS]]) == []


def test_the_browser_would_see_what_is_alive(page: Page) -> None:
    sources = ["<b onclick=x>x</b>", "<script>x</script>", "[x](javascript:x)", "![x](https://e.test/x.png)"]
    made = [to_html(placeholders.split(f"{source}\n"), whole=True).html for source in sources]
    assert len(page.evaluate(ALIVE, [made, [*page_html.ELEMENTS]])) == len(sources)


@pytest.mark.parametrize(
    ("piece", "message"),
    [
        ("[", "more than 500 [ are not closed"),
        ("![a](", "more than 500 ( are not closed"),
        ("[a](<", "more than 10,000 tags"),
        ("<a ", "more than 10,000 tags"),
        ("<div markdown>\n", "more than 10,000 tags"),
    ],
)
def test_what_would_keep_the_parser_busy_for_minutes_is_refused_at_once(piece: str, message: str) -> None:
    (complaint,) = page_html.complaints(f"# X\n\n{piece * 20_000}")

    assert message in complaint.message


def test_a_page_of_many_links_is_fine() -> None:
    assert not [*page_html.complaints("[a](b.md) " * 5_000 + "\n\n" + "[" * 300)]
