"""Citations can be parsed by other programs, and their keys are stable."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Entry
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from papershelf import text
from papershelf.citations import CslName, bibtex, csl, keys, ris
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.text.mathml import FORMULA
from papershelf.text.people import PersonName, split_name
from support.fabricated import ARABIC, BARE, FULL, INFERRED, PAPERS, hostile_papers
from support.people import named
from support.strategies import ANY_TEXT

DAY = PartialDate(2023, 5, 1)
PARTS = ("Ada", "van", "der", "De", "Kettle,", "and", "Jr.", "{x}", "Ökçe", "Team", "de", "李", "O'Hara")
NAME_LIKE = st.one_of(ANY_TEXT, st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(" ".join))


DECODER = LatexNodes2Text(math_mode="text")


def entries(source: str) -> list[Entry]:
    """The entries as bibtexparser parses them, names split into parts."""
    library = parse_string(source, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    return library.entries


def fields(paper: Paper) -> dict[str, Any]:
    """The fields of a paper's BibTeX entry, in TeX."""
    (entry,) = entries(bibtex(paper, "key"))
    return {name: field.value for name, field in entry.fields_dict.items()}


def read(tex: str) -> str:
    return str(DECODER.latex_to_text(tex))


def authors(paper: Paper) -> list[list[str]]:
    """Given names, particle, family name and suffix of each author."""
    names = fields(paper)["author"]
    return [[read(" ".join(part)) for part in (each.first, each.von, each.last, each.jr)] for each in names]


def in_ascii(said: str) -> str:
    """The text with the modifier letters that the parser makes, and all combining letters, normalised."""
    return text.plain(said.replace("ˆ", "^"))


def test_an_entry_has_all_known_facts() -> None:
    assert bibtex(replace(FULL, venue="ICML 2024"), "kettle2024long") == (
        "@inproceedings{kettle2024long,\n"
        "  title = {How Long to Steep: Minutes or [Hours]? A{\\_}b Study},\n"
        "  author = {Kettle, Ada and Leaf, Bo and Cup, Ce and Spoon, Di and Pot, El},\n"
        "  year = 2024,\n"
        "  month = sep,\n"
        "  booktitle = {ICML 2024},\n"
        "  eprint = {2409.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  doi = {10.1000/tea_1},\n"
        "  url = {https://example.org/papers/steep}\n"
        "}"
    )


def test_the_venues_year_takes_precedence_and_drops_a_month_of_another_year() -> None:
    late = replace(FULL, venue="ICML 2025", published=PartialDate(2024, 11, 3))

    assert keys([late])[late.id] == "kettle2025long"
    assert fields(late)["year"] == "2025"
    assert "month" not in fields(late)
    issued = csl(late, "key").issued
    assert issued is not None
    assert issued.parts == ((2025,),)


@pytest.mark.parametrize(
    ("day", "month", "parts", "date"),
    [
        ("2023", None, (2023,), None),
        ("2023-05", "may", (2023, 5), "2023/05"),
        ("2023-05-12", "may", (2023, 5, 12), "2023/05/12"),
    ],
)
def test_a_date_is_cited_as_far_as_it_is_known(
    day: str, month: str | None, parts: tuple[int, ...], date: str | None
) -> None:
    paper = replace(FULL, published=PartialDate.parse(day), published_inferred=True)
    issued, (record,) = csl(paper, "key").issued, rispy.loads(ris(paper, "key"))

    assert (fields(paper)["year"], fields(paper).get("month")) == ("2023", month)
    assert issued is not None
    assert issued.parts == (parts,)
    assert (record["year"], record.get("date")) == ("2023", date)
    assert keys([paper])[paper.id] == "kettle2023long"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Kettle", PersonName("Kettle", "Ada")),
        ("Ada B. Kettle", PersonName("Kettle", "Ada B.")),
        ("Laurens van der Maaten", PersonName("Maaten", "Laurens", "van der")),
        ("Aäron van den Oord", PersonName("Oord", "Aäron", "van den")),
        ("María de la Cruz García", PersonName("Cruz García", "María", "de la")),
        ("Luc Van Gool", PersonName("Van Gool", "Luc")),
        ("Fernando De La Torre", PersonName("De La Torre", "Fernando")),
        ("Van Nguyen", PersonName("Nguyen", "Van")),
        ("Ryan St. Pierre", PersonName("St. Pierre", "Ryan")),
        ("Sammy Davis Jr.", PersonName("Davis", "Sammy", "", "Jr.")),
        ("Sammy Davis, Jr.", PersonName("Davis", "Sammy", "", "Jr.")),
        ("Kettle, Ada", PersonName("Kettle", "Ada")),
        ("van der Maaten, Laurens", PersonName("Maaten", "Laurens", "van der")),
        ("danah boyd", PersonName("boyd", "danah")),
        ("Jane d'Arc", PersonName("d'Arc", "Jane")),
        ("Santiago Ramón y Cajal", PersonName("Ramón y Cajal", "Santiago")),
        ("Ramón y Cajal, Santiago", PersonName("Ramón y Cajal", "Santiago")),
        ("Joan Gaudí i Cornet", PersonName("Gaudí i Cornet", "Joan")),
        ("Ana dos Santos e Silva", PersonName("Santos e Silva", "Ana", "dos")),
        ("Ada bint Kettle", PersonName("Kettle", "Ada", "bint")),
        ("Maaten, Laurens van der", PersonName("Maaten", "Laurens", "van der")),
        ("Davis, Jr., Sammy", PersonName("Davis", "Sammy", "", "Jr.")),
        ("Davis, Sammy, Jr.", PersonName("Davis", "Sammy", "", "Jr.")),
        ("Davis Jr., Sammy", PersonName("Davis", "Sammy", "", "Jr.")),
        ("Davis, Sammy III", PersonName("Davis", "Sammy", "", "III")),
        ("Meta AI", PersonName("Meta AI")),
        ("Google DeepMind", PersonName("Google DeepMind")),
        ("OpenAI", PersonName("OpenAI")),
        ("Wei Ai", PersonName("Ai", "Wei")),
        ("Sukarno", PersonName("Sukarno")),
        ("王小明", PersonName("王小明")),
        ("Gemini Team", PersonName("Gemini Team")),
        ("The ATLAS Collaboration", PersonName("The ATLAS Collaboration")),
        ("Tea and Co", PersonName("Tea and Co")),
        ("others", PersonName("others")),
        ("Kettle, Ada, PhD", PersonName("Kettle, Ada, PhD")),
    ],
)
def test_names_are_split_as_people_expect(name: str, parts: PersonName) -> None:
    assert split_name(name) == parts


def test_the_parts_of_names_round_trip() -> None:
    names = (
        "Laurens van der Maaten",
        "Luc Van Gool",
        "Sammy Davis Jr.",
        "Tea and Co",
        "Slavoj Žižek",
        "Santiago Ramón y Cajal",
        "{Fern, A.}",
    )

    assert authors(replace(FULL, authors=named(*names), more_authors=True)) == [
        ["Laurens", "van der", "Maaten", ""],
        ["Luc", "", "Van Gool", ""],
        ["Sammy", "", "Davis", "Jr."],
        ["", "", "Tea and Co", ""],
        ["Slavoj", "", "Žižek", ""],
        ["Santiago", "", "Ramón y Cajal", ""],
        ["", "", "Fern, A.", ""],
        ["", "", "others", ""],
    ]


@pytest.mark.parametrize("name", ["{Meta AI}", "Meta AI", "{Ada Fern}", "The Kettle Collaboration", "OpenAI"])
def test_a_group_has_one_name_in_every_format(name: str) -> None:
    paper = replace(FULL, authors=named(name))
    shown = name.strip("{}")

    assert f"author = {{{{{shown}}}}}" in bibtex(paper, "key")
    assert csl(paper, "key").author == (CslName(literal=shown),)
    assert rispy.loads(ris(paper, "key"))[0]["authors"] == [shown]


def test_only_bibtex_has_a_word_for_authors_that_are_not_named() -> None:
    paper = replace(FULL, authors=named("Ada Kettle"), author_count=4, more_authors=True)

    assert "author = {Kettle, Ada and others}" in bibtex(paper, "key")
    assert csl(paper, "key").author == (CslName(family="Kettle", given="Ada"),)
    assert csl(paper, "key").note == "Authors not named: 3"
    (record,) = rispy.loads(ris(paper, "key"))
    assert (record["authors"], record["notes"]) == (["Kettle, Ada"], ["Authors not named: 3"])


GIVEN = st.lists(st.sampled_from(["Ada", "B.", "Cé"]), min_size=1, max_size=3)
PARTICLE = st.sampled_from([[], ["van"], ["van", "der"], ["de", "la"], ["bint"]])
FAMILY = st.sampled_from(["Kettle", "O'Hara", "Öst-Leaf"])
SUFFIX = st.sampled_from(["", "Jr.", "III"])


@given(GIVEN, PARTICLE, FAMILY, SUFFIX)
def test_names_are_split_as_bibtex_splits_them(
    first: list[str], von: list[str], last: str, suffix: str
) -> None:
    ours = PersonName(last, " ".join(first), " ".join(von), suffix)
    family_first = ", ".join(filter(None, (" ".join([*von, last]), suffix, " ".join(first))))
    written = [family_first] if suffix else [family_first, " ".join([*first, *von, last])]

    for name in written:
        theirs = parse_single_name_into_parts(name)
        assert split_name(name) == ours
        assert (theirs.first, theirs.von, [*theirs.last, *theirs.jr]) == (
            first,
            von,
            [last, suffix] if suffix else [last],
        )


@given(ANY_TEXT.filter(lambda title: not FORMULA.search(text.plain(title))))
def test_any_title_round_trips_and_is_no_command(title: str) -> None:
    paper = replace(FULL, title=title)

    assert in_ascii(read(fields(paper)["title"])) == in_ascii(text.plain(title))
    assert rispy.loads(ris(paper, "key"))[0].get("title", "") == text.plain(title)
    assert json.loads(csl(paper, "key").model_dump_json())["title"] == text.plain(title)


def test_superscripts_and_subscripts_are_commands() -> None:
    entry = fields(replace(FULL, title="10² nodes, x₁₂, 𝒪(dᵏ) and ℝ"))

    assert (
        entry["title"]
        == "10{$^{2}$} nodes, x{$_{1}$}{$_{2}$}, {{$\\mathcal{O}$}}(d{$^{k}$}) and {{$\\mathbb{R}$}}"
    )


@given(st.lists(NAME_LIKE, min_size=1, max_size=4))
def test_all_authors_round_trip_with_all_their_letters(names: Sequence[str]) -> None:
    paper = replace(FULL, authors=named(*names))
    plain = [text.plain(author.name) for author in paper.authors]

    def letters(parts: str) -> list[str]:
        return sorted(in_ascii(parts).replace(" ", "").replace(",", ""))

    assert [letters("".join(parts)) for parts in authors(paper)] == [letters(name) for name in plain if name]
    assert len(rispy.loads(ris(paper, "key"))[0].get("authors", [])) == len([name for name in plain if name])


@pytest.mark.parametrize("paper", hostile_papers(), ids=lambda paper: paper.id)
def test_a_hostile_paper_makes_exactly_one_entry(paper: Paper) -> None:
    source = "\n\n".join(bibtex(each, each.id) for each in (FULL, paper, BARE))
    records = "".join(ris(each, each.id) for each in (FULL, paper, BARE))

    assert [entry.key for entry in entries(source)] == [FULL.id, paper.id, BARE.id]
    assert [record["id"] for record in rispy.loads(records)] == [FULL.id, paper.id, BARE.id]


def test_no_author_is_invented_for_a_paper_without_named_authors() -> None:
    entry = fields(ARABIC)
    (record,) = rispy.loads(ris(ARABIC, "key"))
    item = csl(ARABIC, "key")

    assert "author" not in entry
    assert entry["key"] == " ".join(ARABIC.title.split()[:3])
    assert entry["annote"] == "Authors not named: 2"
    assert record["notes"] == ["Authors not named: 2"]
    assert "authors" not in record
    assert (item.author, item.note) == (None, "Authors not named: 2")


def test_the_citation_of_a_withdrawn_paper_says_so() -> None:
    assert fields(INFERRED)["note"] == "Withdrawn"
    assert "Withdrawn" in rispy.loads(ris(INFERRED, "key"))[0]["notes"]
    assert csl(INFERRED, "key").status == "withdrawn"


def test_only_capitals_after_the_first_letter_are_protected() -> None:
    title = "SMILe: A Tea for BERT, GPT-4, iCaRL and T5 in 3D: Q-Learning"

    assert fields(replace(FULL, title=title))["title"] == (
        "{SMILe}: A Tea for {BERT}, {GPT}-4, {iCaRL} and {T5} in {3D}: {Q}-Learning"
    )


def test_urls_are_not_escaped() -> None:
    address = "https://example.org/~a_b?c=%20&d=1#e"
    entry = fields(replace(FULL, url=address, doi="10.1000/{a}_b%c"))

    assert (entry["url"], entry["doi"]) == (address, "10.1000/%7Ba%7D_b%c")


def test_citeproc_formats_a_bibliography_from_csl_json() -> None:
    papers = [replace(FULL, authors=named("Laurens van der Maaten", "Tea Collaboration")), ARABIC, BARE]
    items = [
        csl(paper, paper.id).model_dump(mode="json", by_alias=True, exclude_none=True) for paper in papers
    ]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))

    printed = [str(entry) for entry in bibliography.bibliography()]

    assert len(printed) == len(papers)
    assert "Maaten" in printed[0]
    assert "Tea Collaboration" in printed[0]
    assert "2024" in printed[0]


# Keys


def papers_like(title: str, *days: PartialDate | None) -> list[Paper]:
    return [
        Paper(id=f"p{number}", title=title, authors=named("Ada Zhou"), published=day)
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper(id="a", title="Few-Shot Tea", authors=named("Ada Zhou"), published=DAY), "zhou2023few"),
        (Paper(id="a", title="On the Way to Tea", authors=named("Ada Zhou")), "zhouway"),
        (Paper(id="a", title="What Is It?", authors=named("Ada van der Öst"), published=DAY), "ost2023what"),
        (Paper(id="a", title="Pointer Networks", published=DAY), "pointernetworks2023"),
        (Paper(id="a", title="Don't Steep", published=DAY), "dontsteep2023"),
        (Paper(id="a", title="算法", authors=named("王小明"), published=DAY), "wangxiaoming2023suan"),
        (Paper(id="a", title="🫖"), "paper"),
        (Paper(id="a", title="Tea", authors=named("🫖"), published=DAY), "tea2023"),
    ],
)
def test_a_key_consists_of_name_year_and_title(paper: Paper, key: str) -> None:
    assert keys([paper]) == {"a": key}


def test_the_oldest_paper_keeps_a_shared_key_and_others_append_words() -> None:
    papers = papers_like("Learning to Brew Tea", DAY, None, PartialDate(2023, 2, 1))
    papers.append(
        Paper(id="p9", title="Learning Slowly", authors=named("Bo Zhou"), published=PartialDate(2023, 9, 1))
    )

    assert keys(papers) == {
        "p2": "zhou2023learning",
        "p0": "zhou2023learning-brew",
        "p9": "zhou2023learning-slowly",
        "p1": "zhoulearning",
    }
    same = papers_like("Tea", DAY, DAY, DAY)
    assert keys(same) == {"p0": "zhou2023tea", "p1": "zhou2023tea-2", "p2": "zhou2023tea-3"}


def test_a_later_paper_does_not_change_the_keys_of_others() -> None:
    papers = papers_like(
        "Learning to Brew Tea", PartialDate(2023, 1, 1), PartialDate(2023, 2, 1), PartialDate(2023, 3, 1)
    )
    later = Paper(
        id="a0", title="Learning to Brew", authors=named("Cy Zhou"), published=PartialDate(2023, 12, 1)
    )

    assert keys(papers).items() <= keys([later, *papers]).items()


WORDS = ("a", "tea", "brew", "learning", "few", "x", "🫖", "L'eau")
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
SOME_PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.text("abc", min_size=1, max_size=6),
        title=st.one_of(TITLES, ANY_TEXT),
        authors=st.sampled_from([(), named("Ada Zhou"), named("Bo Zhou", "Ada"), named("🫖")]),
        published=st.sampled_from([None, DAY, PartialDate(2023, 1, 1)]),
    ),
    max_size=12,
    unique_by=lambda paper: paper.id,
)


@given(SOME_PAPERS, st.randoms(use_true_random=False))
def test_keys_are_unique_well_formed_and_independent_of_the_order(
    papers: list[Paper], chance: random.Random
) -> None:
    found = keys(papers)
    shuffled = chance.sample(papers, k=len(papers))

    assert keys(shuffled) == found
    assert len(set(found.values())) == len(papers)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)?", key) for key in found.values())


def test_bibtexparser_accepts_the_keys_of_the_shipped_papers() -> None:
    found = keys(PAPERS)
    source = "\n\n".join(bibtex(paper, found[paper.id]) for paper in PAPERS)

    assert [entry.key for entry in entries(source)] == [found[paper.id] for paper in PAPERS]
