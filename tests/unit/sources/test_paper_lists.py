"""Lists of papers in Markdown and HTML: what is a paper, and what an item says about it."""

import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources import feed, html_list, identifier_list, markdown_list, papershelf_list
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect

ARXIV = "https://arxiv.org/abs/2401.00001"
PAPER = f"[[paper]({ARXIV})]"


def markdown(text: str) -> ParsedDocument:
    return markdown_list.READER.read(text, "README.md", ReadOptions())


def html(text: str) -> ParsedDocument:
    return html_list.READER.read(text, "page.html", ReadOptions())


def said(entry: Entry) -> tuple[object, ...]:
    published = str(entry.published) if entry.published else None
    return entry.title, entry.authors, entry.venue, published


def one(text: str) -> Entry:
    (entry,) = markdown(text).entries
    return entry


@pytest.mark.parametrize(
    ("item", "title", "authors", "venue", "published"),
    [
        (
            f"[2023/04] **Long Steeping of Leaves.** *Ada Kettle et al. arXiv.* {PAPER}",
            "Long Steeping of Leaves",
            ("Ada Kettle", "et al."),
            None,
            "2023-04",
        ),
        (
            f"[2023/05] Steeping: Audio-Visual Tea *Ada Kettle(Oxford) et al. NeurIPS.* {PAPER}",
            "Steeping: Audio-Visual Tea",
            ("Ada Kettle", "et al."),
            "NeurIPS",
            "2023-05",
        ),
        (
            f"(arXiv preprint 2021) **Do Cups Need Tea? A Stack of Saucers**, Ada Kettle-Leaf. {PAPER}",
            "Do Cups Need Tea? A Stack of Saucers",
            ("Ada Kettle-Leaf",),
            None,
            "2021",
        ),
        (f"[CVPR 2024] [Low Whistles]({ARXIV})", "Low Whistles", (), "CVPR 2024", "2024"),
        (f"[Low Whistles (ICLR'23)]({ARXIV})", "Low Whistles", (), "ICLR'23", "2023"),
        (f"**Low Whistles** [[NeurIPS 2023]]({ARXIV})", "Low Whistles", (), "NeurIPS 2023", "2023"),
        (f"[Low Whistles]({ARXIV}) *NeurIPS 2023*", "Low Whistles", (), "NeurIPS 2023", "2023"),
        (f"[Low Whistles]({ARXIV}) (2023)", "Low Whistles", (), None, "2023"),
        (f"[Low Whistles]({ARXIV}), May 2023", "Low Whistles", (), None, "2023-05"),
        (
            f"Steeping at Altitude, Ada Kettle, Bo Leaf, NeurIPS 2023. {PAPER}",
            "Steeping at Altitude",
            ("Ada Kettle", "Bo Leaf"),
            "NeurIPS 2023",
            "2023",
        ),
        (
            f"Ada Kettle, Bo Leaf. Two Cups of Tea are Enough. *AAAI 2022* {PAPER}",
            "Two Cups of Tea are Enough",
            ("Ada Kettle", "Bo Leaf"),
            "AAAI 2022",
            "2022",
        ),
        (
            f'"A Quoted Title on Kettles", Ada Kettle et al., 2021, {PAPER}',
            "A Quoted Title on Kettles",
            ("Ada Kettle", "et al."),
            None,
            "2021",
        ),
        (f"**ToolTea**: Teaching Kettles {PAPER}", "ToolTea: Teaching Kettles", (), None, None),
        (f"[BERTea]({ARXIV}): Deep Leaves", "BERTea: Deep Leaves", (), None, None),
        (f"{PAPER} Links Before the Title", "Links Before the Title", (), None, None),
        (f"[Page First, Then Paper](https://t.github.io) {PAPER}", "Page First, Then Paper", (), None, None),
        (f"Scaling $\\\\pi_{{0}}$ of Tea {PAPER}", r"Scaling $\pi_{0}$ of Tea", (), None, None),
        (
            f"**Old Leaves in Water** \\\\\n*Ada Kettle* \\\\\narXiv 2017. {PAPER}",
            "Old Leaves in Water",
            ("Ada Kettle",),
            None,
            "2017",
        ),
        (
            f"[Old Leaves in Water]({ARXIV}). Ada Kettle and Bo Leaf. Journal of Tea 4, 2024",
            "Old Leaves in Water",
            ("Ada Kettle", "Bo Leaf"),
            "Journal of Tea 4",
            "2024",
        ),
    ],
)  # fmt: skip
def test_an_item_says_what_a_person_reads_in_it(
    item: str, title: str, authors: tuple[str, ...], venue: str | None, published: str | None
) -> None:
    entry = one(f"- {item}\n")
    assert said(entry) == (title, authors, venue, published)
    assert entry.arxiv == "2401.00001"


@pytest.mark.parametrize(
    ("link", "field", "value"),
    [
        ("https://arxiv.org/pdf/2401.00001v2.pdf", "arxiv", "2401.00001"),
        ("https://www.alphaxiv.org/abs/hep-th/9711200", "arxiv", "hep-th/9711200"),
        ("https://huggingface.co/papers/2401.00001", "arxiv", "2401.00001"),
        ("https://doi.org/10.48550/arXiv.2401.00001", "arxiv", "2401.00001"),
        ("https://doi.org/10.1000/tea%231", "doi", "10.1000/tea#1"),
        ("https://openreview.net/pdf?id=abC_-12", "openreview", "abC_-12"),
        ("https://aclanthology.org/2024.naacl-long.1/", "url", "https://aclanthology.org/2024.naacl-long.1/"),
        ("https://papers.nips.cc/paper/1-tea", "url", "https://papers.nips.cc/paper/1-tea"),
        ("https://tea.example.org/steep.pdf", "pdf", "https://tea.example.org/steep.pdf"),
    ],
)
def test_the_link_decides_what_is_a_paper(link: str, field: str, value: str) -> None:
    entry = one(f"- [Long Steeping of Leaves]({link})\n")
    assert (entry.title, getattr(entry, field)) == ("Long Steeping of Leaves", value)


@pytest.mark.parametrize(
    "link",
    [
        "https://github.com/teapot/steep",
        "https://arxiv.org/list/cs.CL/recent",
        "https://doi.org/10.5281/zenodo.1234",
        "https://openreview.net/group?id=Tea",
        "https://example.org/tea",
        "#tea",
        "https://[",
    ],
)
def test_what_leads_to_no_paper_is_none(link: str) -> None:
    assert not markdown(f"- [Long Steeping of Leaves]({link})\n").entries


def test_code_and_pages_beside_the_paper_are_links_and_badges_are_not() -> None:
    entry = one(
        f"- ![Stars](https://img.shields.io/github/stars/a/b.svg) **Long Steeping of Leaves** {PAPER} "
        "[[code](https://github.com/a/b)] [[project page](https://tea.example.org/)] "
        "[[x](https://t.example.org)] "
        "[[slides](https://tea.example.org/a.pdf)] [![b](https://img.shields.io/b.svg)](https://img.shields.io/b)\n"
    )
    assert entry.links == ("https://github.com/a/b", "https://tea.example.org/")
    assert entry.pdf is None


def test_a_badge_that_links_to_the_paper_counts_as_its_link() -> None:
    entry = one(
        f"- [![arXiv](https://img.shields.io/badge/arXiv-b31b1b.svg)]({ARXIV}) **Badges for Leaves**\n"
    )
    assert (entry.title, entry.arxiv) == ("Badges for Leaves", "2401.00001")


def test_tables_are_read_by_the_names_of_their_columns() -> None:
    (first, second) = markdown(
        "| Publish Date | Title | Authors | Venue | PDF | Code |\n|---|---|---|---|---|---|\n"
        f"| **2026-06-29** | **A Row of Leaves** | Ada Kettle et.al. | TeaConf | [2401.1]({ARXIV}) | null |\n"
        "| 2025 | ![s](x.svg) <br> [**Row: Two**](https://arxiv.org/abs/2401.00002) | Kettle, Ada; Leaf, Bo"
        " | arXiv | - | [Github](https://github.com/a/b) |\n"
    ).entries
    assert said(first) == ("A Row of Leaves", ("Ada Kettle", "et al."), "TeaConf", "2026-06-29")
    assert said(second) == ("Row: Two", ("Kettle, Ada", "Leaf, Bo"), None, "2025")
    assert (first.line, second.line) == (3, 4)
    assert (first.links, second.links) == ((), ("https://github.com/a/b",))


@pytest.mark.parametrize(
    "text",
    [
        f"**Old Leaves in New Water**\n\n- \u8bba\u6587\uff1a{ARXIV}\n- \u4ee3\u7801\uff1ahttps://github.com/a/b\n",
        f"- Old Leaves in New Water\n  - [paper]({ARXIV})\n  - [code](https://github.com/a/b)\n",
        f"**Old Leaves in New Water**<br>\n[[Paper]({ARXIV})] [[Code](https://github.com/a/b)]\n",
        f"[Old Leaves in New Water]({ARXIV})  \nCode: https://github.com/a/b\n",
        f'<ul><li><a href="{ARXIV}">Old Leaves in New Water</a> <a href="https://github.com/a/b">code</a></li></ul>',
    ],
)
def test_a_title_and_its_links_may_stand_in_lines_of_their_own(text: str) -> None:
    entry = one(text)
    assert (entry.line, entry.title, entry.arxiv) == (1, "Old Leaves in New Water", "2401.00001")
    assert entry.links == ("https://github.com/a/b",)


def test_headings_are_categories_or_say_where_and_when() -> None:
    entry = one(
        f"# Awesome Tea\n\n## \U0001f525 1.2 Brewing\n\n### ICML 2020\n\n"
        f"- [Long Steeping of Leaves]({ARXIV})\n\n## X\n"
    )
    assert (entry.categories, entry.venue, entry.published) == (("Brewing",), "ICML 2020", PartialDate(2020))
    assert (
        markdown("# Awesome Tea [![A](https://awesome.re/b.svg)](https://awesome.re)\n").title
        == "Awesome Tea"
    )


def test_a_paper_without_its_title_waits_for_it_or_is_a_problem() -> None:
    found = markdown(
        f"1. Kettles are a device that is made of steel and is used for tea.\n  - {ARXIV}\n- [PDF](https://x.org/a.pdf)\n"
    )
    (entry,) = found.entries
    assert (entry.title, entry.arxiv) == ("", "2401.00001")
    assert [str(problem).split(" (")[0] for problem in found.problems] == [
        "README.md:1: warning: the title of 2401.00001 does not stand here; it is added without one",
        "README.md:3: the title of “https://x.org/a.pdf” does not stand here; skipped",
    ]


def test_items_without_a_paper_are_counted_in_one_warning() -> None:
    found = markdown(
        f"- [Long Steeping of Leaves]({ARXIV})\n- [kit](https://github.com/a/b)\n"
        "- [pot](https://example.org)\n- tea\n"
    )
    (warning,) = found.problems
    assert str(warning) == "README.md:1: warning: 2 items lead to no paper (code, pages, data); left out"


def test_prose_is_no_paper_and_an_item_that_names_several_is_several() -> None:
    found = markdown(
        f"We liked [Long Steeping of Leaves]({ARXIV}) a lot.\n\n"
        "- See [Good Cups of Tea](https://arxiv.org/abs/2401.00002), [Bad Cups of Tea](https://arxiv.org/abs/2401.00003)\n"
    )
    assert [entry.title for entry in found.entries] == ["Good Cups of Tea", "Bad Cups of Tea"]


PAGE = f"""<!DOCTYPE html><html><head><title>Tea papers</title></head><body>
<nav><ul><li><a href="https://x.org">Home</a></li></ul></nav><h1>Tea</h1><h2>Brewing</h2><ul>
<li><b>Leaves of the Second Flush</b><br>Ada Kettle and <a href="https://bo.org">Bo Leaf</a><br>
<i>Journal of Tea</i>, 2023<br>[<a href="x.pdf">PDF</a>] [<a href="https://doi.org/10.1000/182">DOI</a>]
<ul><li><a href="{ARXIV}">A Nested Paper on Leaves</a></li></ul></li></ul>
<table><tr><th>Title</th><th>Authors</th><th>Venue</th><th>Year</th><th>Link</th></tr>
<tr><td>Kettles That Whistle Low</td><td>Kettle, Ada</td><td>Tea Letters</td><td>2022</td>
<td><a href="https://openreview.net/forum?id=abcDEF12">link</a></td></tr></table>
<dl><dt>[1] <a href="https://arxiv.org/abs/2501.00001">arXiv:2501.00001</a>
[<a href="https://arxiv.org/pdf/2501.00001">pdf</a>, other]</dt>
<dd><div>Title: Tea in Listings of Days</div><div>Ada Kettle, Bo Leaf</div></dd></dl>
<p>We read <a href="https://arxiv.org/abs/2401.00007">A Paper in Prose</a> and liked it.</p></body></html>
"""


def test_a_page_is_read_as_markdown_is() -> None:
    found = html(PAGE)
    assert found.title == "Tea papers"
    assert [(entry.line, *said(entry)) for entry in found.entries] == [
        (3, "Leaves of the Second Flush", ("Ada Kettle", "Bo Leaf"), "Journal of Tea", "2023"),
        (5, "A Nested Paper on Leaves", (), None, None),
        (7, "Kettles That Whistle Low", ("Kettle, Ada",), "Tea Letters", "2022"),
        (9, "Tea in Listings of Days", ("Ada Kettle", "Bo Leaf"), None, None),
    ]
    assert found.entries[0].categories == ("Brewing",)


def test_a_page_of_one_paper_is_read_by_its_citation_tags() -> None:
    found = html(
        '<html><head>\n<meta name="citation_title" content="Long Steeping of Leaves"/>'
        '<meta content="Kettle, Ada" name="citation_author"><meta name="citation_author" content="Leaf, Bo">'
        '<meta name="citation_publication_date" content="2024/03">'
        '<meta name="citation_doi" content="10.1000/182">'
        '<meta name="citation_arxiv_id" content="2401.00001">'
        '<meta name="citation_journal_title" content="Tea Letters">'
        '<meta name="citation_pdf_url" content="https://tea.example.org/a.pdf"></head><body><p>x</body></html>'
    )
    assert found.entries == (
        Entry(
            line=2,
            title="Long Steeping of Leaves",
            authors=("Kettle, Ada", "Leaf, Bo"),
            published=PartialDate(2024, 3),
            doi="10.1000/182",
            arxiv="2401.00001",
            pdf="https://tea.example.org/a.pdf",
            venue="Tea Letters",
        ),
    )


NO_LISTS = {
    "a novel": "It was a dark and stormy night.\n- Who are you? https://arxiv.example.org\n" * 50,
    "a README of software": "# kit\n\n```sh\npip install kit\n```\n\n- [Docs](https://kit.readthedocs.io)\n"
    f"- [Paper]({ARXIV})\n- [Chat](https://chat.example.org)\n",
    "YAML in a guide": f"```yaml\n- paper: {ARXIV}\n- paper: {ARXIV}\n```\n",
    "BibTeX": f"@article{{tea,\n  title = {{Tea}},\n  url = {{{ARXIV}}},\n}}\n",
    "Python": f'"""See {ARXIV}"""\n\nimport tea\n\nURL = "{ARXIV}"\n',
    "CSV": f"title,url\nTea,{ARXIV}\nCups,{ARXIV}\n",
    "JSON": f'{{"papers": ["{ARXIV}"], "version": 1}}',
    "a page": f'<html><ul><li><a href="/a">A</a></ul><p>See <a href="{ARXIV}">it</a>.</p></html>',
    "OPML": '<?xml version="1.0"?><opml><body><outline xmlUrl="https://rss.arxiv.org/rss/cs.LG"/></body></opml>',
    "numbers": "3.14159\n2718.28182\n1.41421\n",
    "addresses": "https://github.com/a/b\nhttps://example.org/c\n",
}  # fmt: skip


@pytest.mark.parametrize("name", NO_LISTS)
def test_other_texts_are_no_lists_of_papers(name: str) -> None:
    readers = (feed, html_list, identifier_list, markdown_list, papershelf_list)
    assert all(module.READER.mismatch(NO_LISTS[name]) for module in readers)


def test_lists_are_known_by_their_content() -> None:
    for text, name in {
        f"# Awesome Tea\n\n- [Cups](#cups)\n\n- [Long Steeping of Leaves]({ARXIV})\n": "markdown-list",
        f"| Title | PDF |\n|---|---|\n| Tea | [x]({ARXIV}) |\n": "markdown-list",
        PAGE: "html-list",
        '<html><head><meta name="citation_title" content="Tea"></head></html>': "html-list",
        f"- {ARXIV}\n- 2401.00002\n": "identifier-list",
    }.items():
        reader = detect(text, READERS)
        assert not isinstance(reader, dict)
        assert reader.name == name


def test_an_item_of_enormous_length_is_a_warning() -> None:
    found = markdown(f"- [Long Steeping of Leaves]({ARXIV})\n- {'tea ' * 2000}{ARXIV}\n")
    assert [entry.arxiv for entry in found.entries] == ["2401.00001"]
    assert str(found.problems[0]).startswith("README.md:2: warning: the item is longer than 5,000 characters")


def test_a_paragraph_of_a_picture_alone_is_nothing() -> None:
    found = markdown(f"![a pot](pot.png)\n\n- [Long Steeping of Leaves]({ARXIV})\n")
    assert [(entry.line, entry.title) for entry in found.entries] == [(3, "Long Steeping of Leaves")]
    assert not found.problems
