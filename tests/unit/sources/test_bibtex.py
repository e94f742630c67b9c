from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf import text
from papershelf.citations import bibtex
from papershelf.core.model import Paper, WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.sources.bibtex import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.text.people import PersonName, split_name
from support.fabricated import PAPERS
from support.people import named
from support.strategies import partial_dates
from support.timing import processor_seconds

FILE = "shelf.bib"


def read(source: str) -> ParsedDocument:
    return READER.read(source, FILE, ReadOptions())


def one(source: str) -> Entry:
    """The only entry of a document in which nothing is wrong."""
    parsed = read(source)
    assert not parsed.problems
    (entry,) = parsed.entries
    return entry


def messages(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def entry(fields: str, kind: str = "article") -> Entry:
    return one(f"@{kind}{{kettle,\n title = {{Tea}},\n {fields}\n}}")


def test_an_entry_is_read_with_all_that_it_says() -> None:
    assert one(r"""
% Encoding: UTF-8
@InProceedings{kettle2024,
  author       = {Kettle, Ada and van der {Cup}, Ce and {Tea Board and Friends}},
  title        = {{How Long to} {S}teep:
                  Minutes},
  booktitle    = "Proceedings of the " # {3rd Tea Symposium},
  year         = 2024,
  month        = sep # "~30",
  doi          = {10.1000/tea\_1},
  url          = {https://example.org/tea\_1},
  abstract     = {We wait.},
  keywords     = {tea, kettles,tea},
  file         = {:steep.pdf:PDF},
}
""") == Entry(
        line=3,
        title="{How Long to} {S}teep:\n                  Minutes",
        authors=("Kettle, Ada", "van der {Cup}, Ce", "{Tea Board and Friends}"),
        venue="Proceedings of the 3rd Tea Symposium",
        published=PartialDate(2024, 9, 30),
        doi="10.1000/tea_1",
        url="https://example.org/tea_1",
        abstract="We wait.",
        categories=("tea", "kettles"),
        type="inproceedings",
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year = 2024", "2024"),
        ("year = {2024}, month = {1}", "2024-01"),
        ("year = {2024}, month = jan", "2024-01"),
        ("year = {2024}, month = JAN", "2024-01"),
        ("year = {2024}, month = {January}", "2024-01"),
        ("year = 2024, month = {{1}}", "2024-01"),
        ('year = 2024, month = jan # "~7"', "2024-01-07"),
        ("year = 2024, month = 1, day = 7", "2024-01-07"),
        ("date = {2024-01-07}", "2024-01-07"),
        ("date = {2024-01/2024-02}, year = 2023", "2024-01"),
        ("year = 2024, date = {2024}, month = 2", "2024-02"),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_the_entry(fields: str, expected: str | None) -> None:
    assert entry(fields).published == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {2101.00001}, archivePrefix = {arXiv}, primaryClass = {cs.CL}", "2101.00001"),
        ("eprint = {arXiv:2101.00001v2}, eprinttype = {arxiv}", "2101.00001v2"),
        ("eprint = {cs/0112017}", "cs/0112017"),
        ("journal = {arXiv preprint arXiv:2101.00001}", "2101.00001"),
        ("journal = {CoRR}, volume = {abs/2101.00001}", "2101.00001"),
        ("note = {arXiv:2101.00001 [cs]}", "2101.00001"),
        (r"howpublished = {\url{https://arxiv.org/abs/2101.00001}}", "2101.00001"),
        ("url = {http://arxiv.org/pdf/2101.00001v3.pdf}", "2101.00001v3"),
        ("doi = {10.48550/arXiv.2101.00001}", "2101.00001"),
        ("arxivId = {2101.00001}, archivePrefix = {arXiv}", "2101.00001"),
        ("eprint = {1234567}, eprinttype = {pubmed}", None),
    ],
)
def test_an_arxiv_id_is_found_wherever_people_write_it(fields: str, arxiv: str | None) -> None:
    found = entry(fields)
    assert found.arxiv == arxiv
    assert found.venue is None
    assert found.type == ("preprint" if arxiv else "article")


def test_a_published_article_with_an_arxiv_id_stays_an_article() -> None:
    found = entry("journal = {Journal of Tea}, eprint = {2101.00001}, archivePrefix = {arXiv}")
    assert (found.type, found.venue, found.arxiv) == ("article", "Journal of Tea", "2101.00001")


@pytest.mark.parametrize(
    ("fields", "url", "pdf", "links"),
    [
        (r"howpublished = {\url{https://a.example/x_y}}", "https://a.example/x_y", None, ()),
        (r"note = {See \url{https://a.example/x\_y}.}", "https://a.example/x_y", None, ()),
        (r"url = {https://a.example/\~{}ada}", "https://a.example/~ada", None, ()),
        ("url = {https://a.example/x.pdf}", None, "https://a.example/x.pdf", ()),
        (
            "url = {https://a.example/x}, code = {https://github.com/teapot/steep}",
            "https://a.example/x",
            None,
            ("https://github.com/teapot/steep",),
        ),
        ("howpublished = {Web site}", None, None, ()),
    ],
)
def test_addresses_are_found(fields: str, url: str | None, pdf: str | None, links: tuple[str, ...]) -> None:
    found = entry(fields, "misc")
    assert (found.url, found.pdf, found.links) == (url, pdf, links)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("article", "article"),
        ("ARTICLE", "article"),
        ("conference", "inproceedings"),
        ("inbook", "incollection"),
        ("proceedings", "book"),
        ("phdthesis", "thesis"),
        ("techreport", "report"),
        ("dataset", "dataset"),
        ("software", "software"),
        ("online", "misc"),
        ("electronic", "misc"),
    ],
)
def test_the_type_of_an_entry_is_the_sort_of_work(kind: str, expected: WorkType) -> None:
    assert entry("", kind).type == expected


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("journaltitle = {Tea}, booktitle = {Cups}", "Tea"),
        ("school = {University of Tea}", "University of Tea"),
        ("howpublished = {Submitted to the Tea Journal}", "Submitted to the Tea Journal"),
    ],
)
def test_the_venue_is_what_the_work_appeared_in(fields: str, venue: str) -> None:
    assert entry(fields, "misc").venue == venue


def test_a_book_is_not_its_own_venue() -> None:
    assert entry("booktitle = {Tea}, editor = {Ada Kettle}", "proceedings").venue is None


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Kettle, Ada and others", ("Kettle, Ada", "et al.")),
        ("Ada Kettle AND\n Bo Leaf", ("Ada Kettle", "Bo Leaf")),
        ("Spoon, Jr., Di", ("Di Spoon Jr.",)),
        ("van der Spoon, III, Di", ("Di van der Spoon III",)),
        ("{Tea Board, Kettle Office, and Sons}", ("{Tea Board, Kettle Office, and Sons}",)),
        ("{Tea Board}", ("{Tea Board}",)),
        (r"K{\"o}nig, {\O}rsted", (r"K{\"o}nig, {\O}rsted",)),
        ("", ()),
    ],
)
def test_names_stay_as_they_are_written(written: str, authors: tuple[str, ...]) -> None:
    found = entry(f"author = {{{written}}}")
    assert (found.authors, found.author_count) == (authors, None)


def test_strings_are_replaced_and_may_be_joined() -> None:
    source = """@string{jot = "Journal of Tea"} @STRING(and = { and })
@article{k, title = {Tea}, journal = JOT # {, Series B},
  author = "Ada Kettle" # and # "Bo Leaf", volume = v}"""
    found = one(source)
    assert (found.venue, found.authors) == ("Journal of Tea, Series B", ("Ada Kettle", "Bo Leaf"))


def test_strings_that_repeat_each_other_do_not_grow_without_end() -> None:
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    with processor_seconds(2):
        (found,) = read(f'@string{{s0 = "tea "}}\n{doubling}@misc{{k, title = s60}}').entries
    assert len(found.title) < 1_000_000


def test_an_entry_inherits_from_its_proceedings_but_not_their_identifiers() -> None:
    parsed = read("""@inproceedings{a, title = {Tea}, crossref = {Proc}, pages = {1}}
@proceedings{proc, title = {Proceedings of Tea}, year = 2006, month = oct, doi = {10.1000/all},
  url = {https://example.org/all}, editor = {Ada Kettle}}""")
    assert not parsed.problems
    first = parsed.entries[0]
    assert (first.title, first.venue) == ("Tea", "Proceedings of Tea")
    assert (first.published, first.doi, first.url) == (PartialDate(2006, 10), None, None)


def test_own_fields_win_over_those_that_are_inherited() -> None:
    source = """@xdata{base, year = 2006, journal = {Tea}, xdata = {more}}
@xdata{more, doi = {10.1000/x}, year = 1}
@article{a, title = {Tea}, xdata = {base}, year = 2007}"""
    found = one(source)
    assert (found.published, found.venue, found.doi) == (PartialDate(2007), "Tea", "10.1000/x")


def test_data_that_refer_to_each_other_end() -> None:
    source = "@xdata{a, xdata = {b}} @xdata{b, xdata = {a}, year = 2001} @misc{k, title = {Tea}, xdata = {a}}"
    assert one(source).published == PartialDate(2001)


def test_a_parent_that_is_not_there_is_reported() -> None:
    parsed = read("@inproceedings{a, title = {Tea},\n crossref = {gone}}")
    assert [each.title for each in parsed.entries] == ["Tea"]
    (message,) = messages(parsed)
    assert message.startswith(f"{FILE}:1: warning: “a” refers to “gone”, which is not in the document (add")


def test_a_missing_comma_loses_no_field() -> None:
    parsed = read("@article{a,\n title = {Tea}\n author = {Ada Kettle}\n year = 2001 doi = {10.1000/x},\n}")
    (found,) = parsed.entries
    assert (found.title, found.authors) == ("Tea", ("Ada Kettle",))
    assert (found.published, found.doi) == (PartialDate(2001), "10.1000/x")
    assert [(problem.at.line, problem.severity) for problem in parsed.problems] == [(2, "warning")] * 3
    assert "no comma between “title” and “author”; both are read" in messages(parsed)[0]


def test_an_equals_sign_within_a_value_is_no_missing_comma() -> None:
    found = entry("abstract = {We show that\n energy = {tea} and more}, note = {a = b}")
    assert found.abstract == "We show that\n energy = {tea} and more"


@pytest.mark.parametrize(
    "comment",
    [
        "% a remark\n",
        "% a remark, with a comma\n",
        "% author = {Nobody},\n",
        "% an open brace {\n",
        '% it\'s = "odd"\n',
    ],
)
def test_a_comment_within_an_entry_is_no_part_of_it(comment: str) -> None:
    found = one(f"@article{{a,\n {comment} title = {{100% Tea}}, % last\n {comment} year = 2001\n}}\n")
    assert (found.title, found.authors, found.published) == ("100% Tea", (), PartialDate(2001))


def test_a_percent_sign_within_a_value_is_no_comment() -> None:
    assert entry("abstract = {Up\n% 50 \\% more\n}").abstract == "Up\n% 50 \\% more"


def test_of_two_fields_with_one_name_the_first_counts() -> None:
    parsed = read("@article{a,\n title = {Tea},\n year = 2001,\n Year = 2002,\n isbn = {1}, isbn = {1}}")
    (found,) = parsed.entries
    assert found.published == PartialDate(2001)
    assert messages(parsed) == [
        f"{FILE}:4: warning: “year” stands twice in the entry; the first counts (remove one)"
    ]


def test_entries_with_one_key_or_none_are_all_read() -> None:
    parsed = read(
        "@misc{a, title = {One}} @misc{a, title = {Two}}\n@misc{, title = {Three}}\n@misc{, title={4}}"
    )
    assert [each.title for each in parsed.entries] == ["One", "Two", "Three", "4"]


GOOD = "\n@misc{good,\n title = {Good}}\n"
DAMAGES = {
    "no closing brace": (
        "@misc{a,\n title = {Tea},\n year = 2001\n",
        ["Tea", "Good"],
        ":1: warning: “a” is read although it is not whole (close the entry with a brace)",
    ),
    "no key": (
        "@misc{\n title = {Tea},\n year = 2001\n}\n",
        ["Tea", "Good"],
        ":1: warning: “title” is read although it is not whole (write a key and a comma behind",
    ),
    "no comma behind the key": (
        "@misc{a\n title = {Tea},\n year = 2001\n}\n",
        ["Tea", "Good"],
        ":1: warning: “a” is read although it is not whole (write a key and a comma behind",
    ),
    "an open brace": (
        "@misc{a,\n title = {Tea {leaf},\n year = {2001}\n}\n",
        ["Good"],
        ":1: “a” cannot be read: its braces or quotes do not match; skipped (close every {",
    ),
    "an open quote": (
        '@misc{a,\n title = "Tea,\n year = {2001}\n}\n',
        ["Good"],
        ":1: “a” cannot be read: its braces or quotes do not match; skipped (close every {",
    ),
    "no equals sign": (
        "@misc{a,\n title {Tea},\n year = {2001}\n}\n",
        ["Good"],
        ":1: “a” cannot be read: a comma or an equals sign is missing; skipped (write every field as",
    ),
    "a brace too many": (
        "@misc{a,\n title = {Tea}},\n year = {2001}\n}\n",
        ["Tea", "Good"],
        ":2: warning: “year” stands behind the end of its entry; it and what follows are not read (remove",
    ),
    "two values": (
        "@misc{a,\n title = {Tea} {leaf},\n year = {2001}\n}\n",
        ["Tea", "Good"],
        ":2: warning: what follows the value of “title” is not read: {leaf} (write #",
    ),
}


@pytest.mark.parametrize(("source", "titles", "message"), DAMAGES.values(), ids=list(DAMAGES))
def test_damage_is_reported_and_the_rest_is_read(source: str, titles: list[str], message: str) -> None:
    parsed = read(source + GOOD)
    assert [each.title for each in parsed.entries] == titles
    (found,) = messages(parsed)
    assert found.startswith(f"{FILE}{message}")


def test_an_entry_that_the_document_cuts_off_is_reported() -> None:
    parsed = read(f"{GOOD}@misc{{cut,\n title = {{Tea")
    assert [each.title for each in parsed.entries] == ["Good"]
    (message,) = messages(parsed)
    assert message.startswith(f"{FILE}:4: “cut” cannot be read: its braces or quotes do not match; skipped (")


def test_lines_are_counted_whatever_ends_them() -> None:
    source = "@misc{a,\n title = {Tea \\\n leaf}}\n\n@misc{b,\n title = {Two}, doi = {x}}"
    for end in ("\n", "\r\n", "\r"):
        parsed = read(source.replace("\n", end))
        assert [each.line for each in parsed.entries] == [1, 5]
        assert [problem.at.line for problem in parsed.problems] == [5]


def test_what_stands_between_entries_is_no_entry() -> None:
    parsed = read("""This file was made with a program. Mail me@example (or not), or write @misc{this, that}.
@Comment{jabref-meta: databaseType:bibtex;}
@preamble{"\\newcommand{\\tea}{Tea}"}
@misc{a, title = {Tea}}
@comment{@misc{b, title = {Not This}}}
""")
    assert [each.title for each in parsed.entries] == ["Tea"]
    assert not parsed.problems


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("doi = {forthcoming}", "“forthcoming” is no DOI; left out"),
        ("eprint = {x}, archivePrefix = {arXiv}", "“x” is no arXiv id; left out"),
        ("year = {in press}", "“in press” is no date; it stays unknown"),
        ("url = {https://ada:tea@example.org/}", "holds a user name or a password; left out"),
    ],
)
def test_a_value_that_cannot_be_read_is_left_out_with_a_warning(fields: str, message: str) -> None:
    parsed = read(f"@misc{{a, title = {{Tea}}, {fields}}}")
    (found,) = parsed.entries
    assert (found.doi, found.arxiv, found.published, found.url) == (None,) * 4
    assert message in messages(parsed)[0]
    assert parsed.problems[0].severity == "warning"


@pytest.mark.parametrize(
    ("source", "mismatch"),
    [
        ("@misc{a, title = {Tea}}", ""),
        ("\ufeff% Encoding: UTF-8\n\n  @Article {a ,\n title = {Tea}}", ""),
        ("@misc{title = {Tea}}", ""),
        ("@string{a = {b}}\n@misc(a, title = {Tea})", ""),
        ("", "has no line “@article{…”"),
        ("Mail me@example.org, or @misc", "has no line “@article{…”"),
        ("@media (min-width: 60em) {", "has no line “@article{…”"),
        ("# Tea\n\n```bibtex\n@misc{a, title = {Tea}}\n```\n", "has its BibTeX within Markdown"),
    ],
)
def test_the_format_is_told_by_its_content(source: str, mismatch: str) -> None:
    assert READER.mismatch(source) == mismatch
    if not mismatch:
        assert detect(source, READERS) is READER


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_what_we_write_is_read_back(paper: Paper) -> None:
    found = one(bibtex(paper, "key"))
    assert text.plain(text.clean(found.title)) == text.plain(paper.title)
    assert (found.arxiv, found.doi) == (paper.arxiv, paper.doi)
    assert found.url == (paper.url or paper.arxiv_page or paper.openreview_page or paper.pdf or None)
    assert len(found.authors) == len(paper.authors)


WORDS = st.lists(
    st.text("abcdeßöéÅłñ&%#$0123456789BERTχ李-:,.'", min_size=1, max_size=8), min_size=1, max_size=5
).map(" ".join)
NAMES = st.sampled_from(["Ada", "Ökçe B.", "The Tea Team of", "李"]).flatmap(
    lambda given: st.text("abcdeßöéÅłñ", min_size=2, max_size=8).map(lambda family: f"{given} {family}")
)


@given(WORDS, st.lists(NAMES, max_size=3), partial_dates(1900))
def test_every_paper_that_we_write_is_read_back(title: str, authors: list[str], day: PartialDate) -> None:
    paper = replace(
        PAPERS[0],
        title=text.clean(f"Tea {title}"),
        authors=named(*authors),
        venue=None,
        published=day,
    )
    found = one(bibtex(paper, "key"))
    assert text.plain(text.clean(found.title)) == text.plain(paper.title)
    assert [_shown(str(name)) for name in found.authors] == [_shown(name) for name in authors]
    assert (found.published, found.doi) == (PartialDate(day.year, day.month), paper.doi)


def _shown(name: str) -> PersonName:
    return split_name(text.plain(text.clean(name.removeprefix("{").removesuffix("}"))))


TOKENS = st.lists(
    st.sampled_from(
        [
            *(
                "@article{",
                "@misc(",
                "@string{",
                "@comment{",
                "@xdata{",
                "}",
                "{",
                ")",
                "(",
                '"',
                ",",
                "=",
                "#",
            ),
            *("%", "\\", "\n", "\r", " ", "key", "title = ", "author", " and ", "year", "crossref = {key}"),
            *(
                "eprint",
                "2101.00001",
                "url = {https://a.example}",
                "{x},",
                "\\\n",
                "@",
                "\ufeff",
                "\0",
                "xdata",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(TOKENS)
def test_no_text_raises_an_exception(source: str) -> None:
    READER.mismatch(source)
    read(source)
    read(f"@article{{key, {source}")


def test_a_thousand_entries_take_no_time_to_speak_of() -> None:
    fields = "author = {Kettle, Ada and Leaf, Bo}, journal = {Journal of Tea}, year = 2024, abstract = {%s}"
    source = "\n".join(
        f"@article{{key{n},\n title = {{On the {{T}}ea No. {n}}},\n {fields % ('We wait for tea. ' * 60)}\n}}"
        for n in range(1000)
    )
    with processor_seconds(3):
        assert len(read(source).entries) == 1000


@pytest.mark.parametrize(
    "source",
    [
        "@article{" * 4_000,
        "@a{b,\n" * 4_000,
        f"@a{{b, title = {{{'{' * 40_000}",
        f"@a{{b, {'c = {d} ' * 20_000}}}",
        f"@a{{b, c = {'d # ' * 50_000}e}}",
        f"@a{{b, {'c = {d}, ' * 20_000}}}",
        f"@{' ' * 200_000}x",
        "\n@" * 50_000,
    ],
    ids=["starts", "open entries", "braces", "no commas", "terms", "fields", "spaces", "signs"],
)
def test_odd_documents_take_no_time_that_grows_with_their_square(source: str) -> None:
    with processor_seconds(8):
        READER.mismatch(source)
        read(source)
