"""Decisions find their papers, and what does not fit together is reported."""

from collections.abc import Sequence
from textwrap import dedent

from papershelf.content.records import RecordFile
from papershelf.core.problems import Problem
from papershelf.library import resolve
from papershelf.library.library import Library, build_library
from papershelf.library.paper_index import PaperIndex, index_papers
from support.contents import content, listing

STEEP = {"title": "How Long to Steep", "arxiv": "2409.00001", "doi": "10.1000/Tea"}
TWINS = ({"title": "Twins", "id": "twins"}, {"title": "Twins!", "id": "twins-2"})
SHELF = listing("tea", "2024-10-02", STEEP, {"title": "A Kettle for Two"}, *TWINS)


def decided(decisions: str) -> tuple[Library, list[str]]:
    library, problems = build_library(content([SHELF], decisions, topics=""))
    return library, words(problems)


def words(problems: Sequence[Problem]) -> list[str]:
    return [f"{problem.at.line}: {problem.message}" for problem in problems]


def test_a_paper_is_found_by_id_arxiv_id_doi_and_any_spelling_of_its_title() -> None:
    for name in ("how-long-to-steep", "2409.00001", "10.1000/tea", "10.1000/TEA", "how long: to STEEP?"):
        library, problems = decided(f"- paper: '{name}'\n  rating: 4\n")

        assert problems == []
        assert library.papers["how-long-to-steep"].rating == 4


def test_a_paper_is_found_by_its_former_id() -> None:
    other = listing("later", "2024-11-01", STEEP | {"title": "Steeping", "id": "steeping"})

    library, problems = build_library(content([SHELF, other], "- paper: steeping\n  rating: 4\n", topics=""))

    assert problems == []
    assert library.papers["how-long-to-steep"].rating == 4
    assert library.papers["how-long-to-steep"].former_ids == ("steeping",)


def test_a_title_of_two_papers_is_ambiguous() -> None:
    _, problems = decided("- paper: TWINS\n  rating: 4\n")

    assert problems == ["1: 'TWINS' means several papers"]


def test_the_hint_for_an_unknown_paper_names_similar_ones() -> None:
    found = resolve.resolve(content([SHELF], "- paper: kettle-for-two\n  rating: 4\n").decisions, index())

    assert [problem.hint for problem in found.problems] == ["nearest: a-kettle-for-two"]


def index() -> PaperIndex:
    library, _ = build_library(content([SHELF], topics=""))
    return index_papers(library.papers.values())


def test_of_two_decisions_about_a_paper_the_first_applies() -> None:
    library, problems = decided(
        """\
        - paper: how-long-to-steep
          rating: 4
        - paper: 2409.00001
          rating: 1
        """
    )

    assert problems == ["3: '2409.00001' is decided a second time"]
    assert library.papers["how-long-to-steep"].rating == 4


def test_same_as_merges_two_papers() -> None:
    library, problems = decided(
        """\
        - paper: a-kettle-for-two
          same_as: twins
        - paper: twins
          rating: 4
        """
    )

    assert problems == []
    assert library.papers.keys() == {"how-long-to-steep", "twins", "twins-2"}
    assert library.papers["twins"].former_ids == ("a-kettle-for-two",)
    assert library.papers["twins"].rating == 4


def test_same_as_applies_to_a_paper_merged_from_several_records() -> None:
    """The decision about the remaining paper is not lost to the id of a third record."""
    later = listing("later", "2024-11-01", STEEP | {"title": "Steeping", "id": "steeping"})
    decisions = """\
        - paper: how-long-to-steep
          same_as: twins
        - paper: twins
          rating: 5
        """

    library, problems = build_library(content([SHELF, later], decisions, topics=""))

    assert problems == []
    assert library.papers["twins"].former_ids == ("how-long-to-steep", "steeping")
    assert library.papers["twins"].rating == 5


def test_same_as_is_refused_in_a_circle_and_with_other_fields() -> None:
    _, problems = decided(
        """\
        - paper: twins
          same_as: twins-2
        - paper: twins-2
          same_as: twins
        - paper: a-kettle-for-two
          same_as: nowhere
        - paper: how-long-to-steep
          same_as: twins
          rating: 4
        """
    )

    assert problems == [
        "4: same_as goes in a circle: twins-2 is twins",
        "6: same_as: no single paper 'nowhere'",
        "8: an entry with same_as says nothing else",
    ]


def test_a_new_slug_makes_the_old_one_a_former_id() -> None:
    library, problems = decided("- paper: a-kettle-for-two\n  slug: kettle\n  rating: 3\n")

    assert problems == []
    assert library.papers["kettle"].former_ids == ("a-kettle-for-two",)
    assert library.papers["kettle"].rating == 3


def test_a_taken_slug_is_refused() -> None:
    later = listing("later", "2024-11-01", STEEP | {"title": "Steeping", "id": "steeping"})
    for slug in ("twins", "steeping"):
        decisions = f"- paper: a-kettle-for-two\n  slug: {slug}\n"

        library, problems = build_library(content([SHELF, later], decisions, topics=""))

        owner = "twins" if slug == "twins" else "how-long-to-steep"
        assert words(problems) == [f"2: the slug '{slug}' is taken by '{owner}'"]
        assert "a-kettle-for-two" in library.papers


def test_swapped_slugs_are_refused() -> None:
    _, problems = decided("- paper: twins\n  slug: twins-2\n- paper: twins-2\n  slug: twins\n")

    assert sorted(problems) == [
        "2: redirects go in a circle: twins and twins-2",
        "4: redirects go in a circle: twins-2 and twins",
    ]


def test_a_paper_that_no_listing_has_is_added() -> None:
    library, problems = decided(
        """\
        - paper: 2501.12340
          slug: tea-by-hand
          title: Tea by Hand
          arxiv: 2501.12340
          published: 2025-01-21
          code: [https://github.com/hand/tea]
        """
    )
    paper = library.papers["tea-by-hand"]

    assert problems == []
    assert (paper.title, paper.arxiv, paper.former_ids) == ("Tea by Hand", "2501.12340", ())
    assert [link.url for link in paper.links] == ["https://github.com/hand/tea"]
    assert next(iter(library.papers)) == "tea-by-hand"


def test_an_added_paper_cannot_take_the_id_of_another() -> None:
    library, problems = decided(
        "- paper: Tea by Hand\n  slug: twins\n  title: Tea by Hand\n  arxiv: 2501.12340\n"
    )

    assert problems == ["1: 'Tea by Hand' adds a new paper, and its id is taken"]
    assert library.papers["twins"].title == "Twins"


def hints(decisions: str, *more: RecordFile) -> list[tuple[int, str, str]]:
    _, problems = build_library(content([SHELF, *more], decisions, topics=""))
    return [(problem.at.line, problem.message, problem.hint) for problem in problems]


def test_an_entry_about_no_paper_says_what_it_lacks() -> None:
    assert hints("- paper: 2501.12340\n  arxiv: 2501.12340\n") == [
        (1, "no paper '2501.12340', and an entry that adds one needs its title", "add title")
    ]
    assert hints("- paper: kettle-for-two\n  title: A Kettle for Three\n") == [
        (
            1,
            "no paper 'kettle-for-two', and an entry that adds one needs a place to read it",
            "add arxiv, doi, links or code; if it is in the list: nearest: a-kettle-for-two",
        )
    ]


BY_HAND = """\
        - paper: tea-by-hand
          title: Tea by Hand
          arxiv: 2501.12340
          venue: Tea 2025
        """


def test_a_second_entry_for_a_paper_added_by_hand_is_sent_to_the_first() -> None:
    for name in ("tea-by-hand", "Tea by Hand", "2501.12340"):
        assert hints(f"- paper: {name}\n  rating: 4\n" + dedent(BY_HAND)) == [
            (
                1,
                f"'{name}' is added by hand, in an entry of its own",
                "write this into the entry at content/curation/tea.yml:3:3",
            )
        ]


def test_same_as_joins_a_paper_added_by_hand_with_one_of_a_listing() -> None:
    library, problems = decided(dedent(BY_HAND) + "  same_as: twins\n- paper: twins\n  rating: 4\n")
    paper = library.papers["twins"]

    assert problems == []
    assert "tea-by-hand" not in library.papers
    assert (paper.title, paper.rating) == ("Twins", 4)
    assert (paper.arxiv, paper.venue, paper.former_ids) == ("2501.12340", "Tea 2025", ("tea-by-hand",))


def test_same_as_joins_a_paper_of_a_listing_with_one_added_by_hand() -> None:
    library, problems = decided("- paper: how-long-to-steep\n  same_as: tea-by-hand\n" + dedent(BY_HAND))
    paper = library.papers["tea-by-hand"]

    assert problems == []
    assert (paper.title, paper.doi, paper.former_ids) == (
        "Tea by Hand",
        "10.1000/Tea",
        ("how-long-to-steep",),
    )
    assert "how-long-to-steep" not in library.papers


def test_same_as_joins_two_papers_added_by_hand() -> None:
    other = "- paper: hand-tea\n  title: Hand Tea\n  doi: 10.1000/hand\n  same_as: Tea by Hand\n"

    library, problems = decided(other + dedent(BY_HAND))
    paper = library.papers["tea-by-hand"]

    assert problems == []
    assert (paper.title, paper.arxiv, paper.doi) == ("Tea by Hand", "2501.12340", "10.1000/hand")
    assert paper.former_ids == ("hand-tea",)
    assert "hand-tea" not in library.papers


def test_the_former_title_of_a_paper_added_by_hand_still_leads_to_it() -> None:
    library, problems = decided("- paper: Tea by Hnad\n  title: Tea by Hand\n  arxiv: 2501.12340\n")

    assert problems == []
    assert library.papers["tea-by-hand"].former_ids == ("tea-by-hnad",)


PRINTED = {"title": "Twin Cups", "authors": ["Ada Kettle"]}


def test_different_from_holds_apart_what_would_be_one_work() -> None:
    later = listing(
        "later",
        "2024-11-01",
        PRINTED | {"id": "twin-cups", "arxiv": "2409.00002"},
        PRINTED | {"id": "cups", "doi": "10.1000/cups"},
    )
    for decisions in (
        "- paper: twin-cups\n  different_from: [cups]\n",
        "- paper: 10.1000/cups\n  different_from: ['arXiv:2409.00002v1']\n",
        "- paper: cups\n  different_from: [twin-cups]\n- paper: twin-cups\n  different_from: [cups]\n",
    ):
        library, problems = build_library(content([SHELF, later], decisions, topics=""))

        assert problems == []
        assert library.papers.keys() >= {"twin-cups", "cups"}
    library, _ = build_library(content([SHELF, later], topics=""))
    assert library.papers["twin-cups"].former_ids == ("cups",)


def test_different_from_names_another_paper_that_is_not_said_to_be_the_same() -> None:
    assert hints("- paper: twins\n  different_from: [twin, Twins, 2409.00001]\n")[0][1:] == (
        "different_from: no paper 'twin'",
        "nearest: twins, twins-2",
    )
    assert hints("- paper: twins\n  different_from: [twins]\n") == [
        (2, "different_from: 'twins' is this paper itself", "name the other paper by its id, or remove it")
    ]
    assert hints("- paper: twins\n  same_as: twins-2\n- paper: twins-2\n  different_from: [twins]\n") == [
        (
            4,
            "different_from: 'twins' is the same work by same_as",
            "keep one of them; same_as is at content/curation/tea.yml:2:12",
        )
    ]


TEA = {"title": "On Tea", "authors": ["Ada Fern"], "abstract": "We brew green leaves for three minutes."}
SOUP = {"title": "On tea", "authors": ["Cy Oak"], "abstract": "Onions and celery simmer until noon."}


def test_papers_of_one_title_by_others_are_two_and_a_curator_says_so() -> None:
    later = listing("later", "2024-11-01", TEA | {"id": "on-tea"}, SOUP | {"id": "on-tea-2"})

    assert hints("", later) == [
        (
            3,
            "'on-tea-2' has the title of 'on-tea', and other authors and another abstract",
            "say in an entry for 'on-tea-2': different_from: [on-tea], or same_as: on-tea",
        )
    ]
    assert hints("- paper: on-tea\n  different_from: [on-tea-2]\n", later) == []
    assert hints("- paper: on-tea-2\n  same_as: on-tea\n", later) == []


def test_the_doi_that_arxiv_gives_is_the_arxiv_id_in_a_decision() -> None:
    library, problems = decided("- paper: twins\n  doi: 10.48550/arXiv.2501.00009\n")
    _, shared = decided("- paper: twins\n  doi: 10.48550/arXiv.2409.00001\n")

    assert problems == []
    assert (library.papers["twins"].arxiv, library.papers["twins"].doi) == ("2501.00009", None)
    assert shared == ["2: arxiv 2409.00001 is that of 'how-long-to-steep' too"]


def test_two_papers_with_one_arxiv_id_are_reported() -> None:
    _, problems = decided("- paper: twins\n  arxiv: 2409.00001\n")

    assert problems == ["2: arxiv 2409.00001 is that of 'how-long-to-steep' too"]


def test_undefined_topics_are_reported() -> None:
    given = content([SHELF], "- paper: twins\n  topics: [brewin]\n  add_topics: [cars]\n")

    problems = [*resolve.unknown_topics(given.decisions, given.topics)]

    assert [(problem.at.line, problem.message, problem.hint) for problem in problems] == [
        (2, "no topic 'brewin'", "did you mean 'brewing'?"),
        (3, "no topic 'cars'", "content/topics.yml defines the topics"),
    ]
