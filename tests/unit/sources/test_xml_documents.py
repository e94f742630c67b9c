import tracemalloc

import pytest

from papershelf.sources import dblp_xml, xml_documents
from papershelf.sources.markup import to_tex
from papershelf.sources.parsed import ReadOptions

BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE dblp [\n <!ENTITY a0 "fern">\n'
    + "".join(f' <!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 30))
    + "]>\n<dblp><article><title>&a29;</title><year>2026</year></article></dblp>"
)


def records(text: str) -> tuple[list[str], list[str]]:
    """The titles of the records that are whole, and the problems without their cure."""
    found, problems = xml_documents.load(text, "x.xml").records("article")
    return (
        [xml_documents.child_text(each, "title") for each in found],
        [str(problem).partition(" (")[0] for problem in problems],
    )


def test_entities_that_blow_up_are_a_problem_in_little_memory() -> None:
    tracemalloc.start()
    parsed = dblp_xml.READER.read(BOMB, "bomb.xml", ReadOptions())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not parsed.entries
    assert [str(problem) for problem in parsed.problems] == [
        (
            "bomb.xml:3: the document declares entities of its own, which can blow up to any size; it is not"
            " read (remove the lines with <!ENTITY, and write what they stand for)"
        )
    ]
    assert peak < 1_000_000


def test_files_named_by_entities_are_not_opened() -> None:
    text = '<!DOCTYPE dblp [<!ENTITY x SYSTEM "file:///etc/hostname">]><dblp><article>&x;</article></dblp>'
    assert xml_documents.load(text, "x.xml").root is None


def test_the_entities_of_html_are_resolved_and_others_left_as_they_are() -> None:
    text = "<dblp><article><title>M&uuml;ller &amp; S&oslash;n &lt;3 &fern;</title></article></dblp>"
    assert records(text) == (["Müller & Søn <3 &fern;"], [])


def test_lines_beyond_65535_are_counted() -> None:
    text = "<dblp>" + "\n" * 70_000 + "<article><title>Late</title></article></dblp>"
    (found,), _ = xml_documents.load(text, "x.xml").records("article")
    assert xml_documents.line_of(found) == 70_001


BROKEN = "the XML is broken here: "
ARTICLES = [f"<article>\n<title>{name}</title>\n</article>\n" for name in "ABC"]


def test_a_record_that_is_not_closed_is_left_out() -> None:
    text = f"<dblp>\n{ARTICLES[0]}<article>\n<title>B<i>\n</title>\n</article>\n{ARTICLES[2]}</dblp>"
    assert records(text) == (
        ["A", "C"],
        [f"x.xml:6: {BROKEN}Opening and ending tag mismatch: i line 6 and title; the entry is skipped"],
    )


def test_after_a_hundred_mistakes_nothing_more_is_read_and_that_is_said() -> None:
    torn = "<article>\n<title>B<i>\n</title>\n</article>\n"
    titles, problems = records(f"<dblp>\n{ARTICLES[0]}{torn * 300}{ARTICLES[2]}</dblp>")
    assert titles == ["A"]
    assert problems[-1].endswith("more than 99 mistakes in the XML: nothing after this line is read")


def test_a_document_that_ends_within_a_record_keeps_those_before() -> None:
    titles, (problem,) = records(f"<dblp>\n{ARTICLES[0]}{ARTICLES[1]}<article>\n<title>C")
    assert titles == ["A", "B"]
    assert problem.startswith(f"x.xml:9: {BROKEN}")
    assert problem.endswith("; the entry is skipped")


def test_a_document_that_ends_between_records_keeps_all() -> None:
    titles, problems = records(f"<dblp>\n{ARTICLES[0]}{ARTICLES[1]}")
    assert titles == ["A", "B"]
    assert problems == [f"x.xml:1: {BROKEN}Premature end of data in tag dblp line 1"]


@pytest.mark.parametrize(
    "text", ["<dblp>" + "<a>" * 100_000, "<dblp", "<dblp><article>\x00\x01</article>", "<dblp a='"]
)
def test_what_no_parser_takes_is_a_problem(text: str) -> None:
    _, problems = records(text)
    assert problems


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<feed>", "feed"),
        ("\ufeff<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE dblp SYSTEM 'dblp.dtd'>\n<dblp/>", "dblp"),
        ("<!DOCTYPE a [<!ELEMENT a (b)> ]>\n<a>", "a"),
        ("<rdf:RDF xmlns:rdf='x'>", "RDF"),
        ("<!doctype html>\n<html>", ""),
        ("a < b", ""),
        ("<5", ""),
        ("<?xml", ""),
        ("", ""),
        ("<!--" * 5_000, ""),
        ("<?a?>" * 4_000, ""),
        ("<!DOCTYPE a [" * 1_500, ""),
    ],
)
def test_the_first_element_is_found_behind_what_may_come_before_it(text: str, name: str) -> None:
    assert xml_documents.root_name(text) == name


@pytest.mark.parametrize(
    ("markup", "tex"),
    [
        ("plain $x$ text", "plain $x$ text"),
        ("p < 0.05 & q > 1", "p < 0.05 & q > 1"),
        ("H<sub>2</sub>O, x<jats:sup>2</jats:sup>", "H$_{2}$O, x$^{2}$"),
        ("<i>In vitro</i> &amp; <b>bold</b>", r"\emph{In vitro} & bold"),
        ("&lt;i&gt;E. coli&lt;/i&gt; at &lt;5 degrees", r"\emph{E. coli} at <5 degrees"),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One.  Two."),
        (
            "<jats:sec><jats:title>Methods</jats:title><jats:p>We ask.</jats:p></jats:sec>",
            "Methods:  We ask.",
        ),
        ("<tex-math>\\alpha</tex-math>-divergence", "$\\alpha$-divergence"),
        (
            (
                "<jats:alternatives><jats:tex-math>\\documentclass{minimal}\\begin{document}$$x^2$$"
                "\\end{document}</jats:tex-math><mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math>"
                "</jats:alternatives> grows"
            ),
            "$x^2$ grows",
        ),
        ("<mml:math><mml:mi>x</mml:mi></mml:math> alone", "x alone"),
        ("</i></tex-math><title>", "}"),
    ],
)
def test_markup_becomes_tex(markup: str, tex: str) -> None:
    assert to_tex(markup) == tex


@pytest.mark.parametrize("piece", ["<tex-math>", "<i", "<title>", "&lt;i&gt;", "<a b='", "<mml:math>", "</"])
def test_hostile_markup_takes_no_longer_than_its_length(piece: str) -> None:
    assert isinstance(to_tex(piece * 50_000), str)
