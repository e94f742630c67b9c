"""papershelf suggest: what could be done next, with evidence, and without false alarms."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from papershelf.authoring.suggest import TITLES, Suggestion, suggest
from papershelf.cli import main
from papershelf.content.curation import read_decisions
from papershelf.content.reader import read_content
from papershelf.content.yaml import parse
from papershelf.core.model import Link, Paper
from papershelf.core.project import Project
from papershelf.library import duplicates
from support.contents import content, listing
from support.project import ROOT, SMALL
from support.timing import processor_seconds

CODE = "https://github.com/teapot/steep"
LONG = (
    "We ask how long leaves should stay in hot water, and answer it with forty teas and nine people who"
    " drank them all without knowing which was which, over three weeks in one kitchen with one kettle"
    " that was never cleaned. "
)
OTHER = (
    "Porcelain keeps what glass gives away: this study of thirty vessels measures the loss of heat in the"
    " first ten minutes and finds that shape matters more than walls, for every volume that was tried"
    " in any of the rooms. "
)


def of_kind(
    kind: str, *entries: Mapping[str, object], decisions: str = "", topics: str = ""
) -> list[Suggestion]:
    found = suggest(content([listing("tea", "2024-10-02", *entries)], decisions, topics))
    return [each for each in found if each.kind == kind]


def test_a_paper_without_topic_is_listed_with_the_nearest_ones() -> None:
    topics = "- id: cups\n  title: Cups\n  rules:\n    - weight: 2\n      phrases: [cup]\n"
    (found,) = of_kind("no-topic", {"title": "On Saucers", "abstract": "A cup needs one."}, topics=topics)

    assert str(found.at) == "content/papers/tea.jsonl:2"
    assert found.message == "'On Saucers'; nearest: cups (67% of its threshold)"
    assert found.write == "- paper: on-saucers\n  topics: [cups]"


def test_where_there_are_no_topics_none_is_missing() -> None:
    assert of_kind("no-topic", {"title": "On Saucers"}) == []


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        (
            {"title": "How Long to Steep Green Tea"},
            {"title": "How Long to Steep Green Teas"},
            "titles 98% alike",
        ),
        (
            {"title": "Steeping Green Tea for Three Minutes", "code": [{"url": CODE, "kind": "repository"}]},
            {
                "title": "Steeping Tea for Three Minutes",
                "code": [{"url": f"{CODE}/tree/a", "kind": "repository"}],
            },
            "titles 91% alike, same code repository",
        ),
        (
            {"title": "Three Minutes", "abstract": LONG},
            {"title": "On the Proper Duration of Steeping", "abstract": LONG},
            "titles 38% alike, abstracts 100% alike",
        ),
        (
            {"title": "The Same", "id": "a", "abstract": LONG, "authors": ["Ada Kettle"]},
            {"title": "The same?", "id": "b", "abstract": OTHER, "authors": ["Ada Kettle", "Bo Leaf"]},
            "same title, abstracts 44% alike, 100% of the authors in common",
        ),
    ],
)
def test_same_works_come_with_the_entry_that_says_so(
    one: Mapping[str, object], other: Mapping[str, object], evidence: str
) -> None:
    (found,) = of_kind("same-work", one, other)
    (placed,), problems = read_decisions(parse(found.write, "content/curation/new.yml"))

    assert found.message.split(": ")[-1] == evidence
    assert problems == []
    assert placed.decision.same_as
    assert of_kind("same-work", one, other, decisions=found.write) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "The Chemistry of Tea, Part I"}, {"title": "The Chemistry of Tea, Part II"}),
        ({"title": "Proceedings of Tea 2023"}, {"title": "Proceedings of Tea 2024"}),
        (
            {"title": "How Long to Steep Green Tea", "arxiv": "2401.00001"},
            {"title": "How Long to Steep Green Teas", "arxiv": "2401.00002"},
        ),
        (
            {"title": "How Long to Steep Green Tea", "abstract": LONG},
            {"title": "How Long to Steep Green Teas", "abstract": OTHER},
        ),
        (
            {"title": "How Long to Steep Green Tea", "authors": ["Ada Kettle"]},
            {"title": "How Long to Steep Green Teas", "authors": ["Bo Leaf"]},
        ),
        (
            {"title": "Three Minutes", "abstract": "Abstract unavailable."},
            {"title": "On the Proper Duration", "abstract": "Abstract unavailable."},
        ),
        ({"title": "How to Steep Green Tea"}, {"title": "How to Drink Black Coffee"}),
    ],
)
def test_works_that_only_look_alike_are_left_alone(
    one: Mapping[str, object], other: Mapping[str, object]
) -> None:
    assert of_kind("same-work", one, other) == []


def test_the_decision_about_a_merged_paper_is_to_be_moved() -> None:
    decisions = "- paper: steeping-green-tea\n  rating: 4\n- paper: steeping-green-teas\n  rating: 5\n"
    (found,) = of_kind(
        "same-work", {"title": "Steeping Green Tea"}, {"title": "Steeping Green Teas"}, decisions=decisions
    )

    assert found.message.endswith(
        "; move what is decided at content/curation/tea.yml:3:3 to the entry of steeping-green-tea"
    )


def test_an_address_in_a_summary_that_no_link_has() -> None:
    summary = {"title": "Steep", "summary": f"Steeps. Code: {CODE}."}
    (found,) = of_kind("code-not-linked", summary)

    assert found.write == f"- paper: steep\n  code: [{CODE}]"
    for decisions in (found.write, f"- paper: steep\n  drop_code: [{CODE}]\n"):
        assert of_kind("code-not-linked", summary, decisions=decisions) == []
    assert (
        of_kind("code-not-linked", summary | {"code": [{"url": f"{CODE}/tree/b", "kind": "repository"}]})
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "Our code is available.",
        "The source code and all models will be made publicly available upon acceptance.",
        "Code has been released.",
        "We release our code.",
        "It is available on GitHub.",
    ],
)
def test_a_text_that_speaks_of_code(text: str) -> None:
    (found,) = of_kind("code-named", {"title": "Steep", "abstract": f"We steep leaves. {text}"})

    assert found.write == "- paper: steep\n  code: [https://…]"
    assert (
        of_kind("code-named", {"title": "S", "abstract": text, "code": [{"url": CODE, "kind": "repository"}]})
        == []
    )


@pytest.mark.parametrize("text", ["Codes correct errors.", "We study GitHub issues.", "Zip codes are long."])
def test_a_text_that_speaks_of_other_codes(text: str) -> None:
    assert of_kind("code-named", {"title": "Steep", "abstract": text}) == []


def test_a_link_that_one_listing_has() -> None:
    old = listing("old", "2024-01-01", {"title": "Steep", "code": [{"url": CODE, "kind": "repository"}]})
    new = listing("new", "2024-02-01", {"title": "Steep"})

    (found,) = suggest(content([old, new], topics=""))

    assert found.kind == "one-listing"
    assert f"{found.at}: {found.message}" == (
        f"content/papers/old.jsonl:2: 'Steep' has {CODE} here, but not in new"
    )
    assert suggest(content([old, new], f"- paper: steep\n  drop_code: [{CODE}]\n", topics="")) == ()


def test_papers_with_the_same_code() -> None:
    def linked(title: str, url: str) -> Mapping[str, object]:
        return {"title": title, "code": [{"url": url, "kind": "repository"}]}

    (found,) = of_kind("shared-code", linked("Steep", CODE), linked("On Kettles", f"{CODE}/"))

    assert found.message == f"'On Kettles' and 'Steep' link to {CODE}"
    assert (
        of_kind("shared-code", linked("Steep", f"{CODE}/tree/a"), linked("On Kettles", f"{CODE}/tree/b"))
        == []
    )


def test_decisions_that_say_what_the_listings_say() -> None:
    entry = {
        "title": "Steep",
        "venue": "Tea 24",
        "published": "2024-01-02",
        "code": [{"url": CODE, "kind": "repository", "official": True}],
    }
    topics = "- id: brewing\n  title: Brewing\n  rules:\n    - weight: 3\n      phrases: [steep]\n"
    decisions = f"""\
        - paper: steep
          title: Steep
          venue: Tea 2024
          published: 2024-01-02
          code: [{CODE}]
          add_topics: [brewing]
        """

    found = of_kind("needless", entry, decisions=decisions, topics=topics)

    assert [(each.at.line, each.write) for each in found] == [
        (2, "remove the field title"),
        (4, "remove the field published"),
        (5, "remove the field code"),
        (6, "remove the field add_topics"),
    ]


def test_a_date_that_confirms_an_inferred_one_is_needed() -> None:
    entry = {"title": "Steep", "published": "2024-01-02", "inferred": ["published"]}

    assert of_kind("needless", entry, decisions="- paper: steep\n  published: 2024-01-02\n") == []


def test_the_shipped_list_has_no_same_works_and_no_paper_without_topic() -> None:
    shipped, problems = read_content(Project(ROOT))
    assert shipped is not None, problems

    assert {each.kind for each in suggest(shipped)} <= {
        *("needless", "one-listing", "rules-miss", "shared-code")
    }


WORDS = st.sampled_from(["how", "long", "to", "steep", "green", "black", "tea", "in", "a", "kettle", "of"])


@given(st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=12))
def test_no_pair_with_like_titles_is_missed(titles: list[str]) -> None:
    """The index of titles finds what a comparison of all pairs finds."""
    papers = [Paper(id=f"paper-{number}", title=title) for number, title in enumerate(titles)]
    found = {(pair.one, pair.other) for pair in duplicates.find(papers)}

    for index, one in enumerate(papers):
        for other in papers[index + 1 :]:
            alone = duplicates.find([one, other])
            assert ((one.id, other.id) in found) == bool(alone)


def test_forty_thousand_papers_take_seconds() -> None:
    papers = [
        Paper(
            id=f"paper-{number}",
            title=f"On way {number % 97} of steeping {number % 89} leaves in {number % 83} kettles, {number}",
            links=(Link(url=f"https://github.com/teapot/steep-{number}", kind="repository"),),
        )
        for number in range(40_000)
    ]

    with processor_seconds(30):
        assert duplicates.find(papers) == ()


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(folder), "suggest", *words])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_groups_and_counts(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    decisions = tmp_path / "list/content/curation/first.yml"
    decisions.write_text(decisions.read_text() + "- paper: counting-tulips\n  title: Counting Tulips\n")
    code, out, err = run(tmp_path / "list")

    assert (code, err) == (0, "")
    twins = "content/papers/daily-papers-undated.jsonl:5: 'Twins!' and 'Twins': same title"
    move = "move what is decided at content/curation/first.yml:6:3 to the entry of twins"
    tulips = "https://github.com/greenhouse/garden/tree/main/tulips"
    where = "'Counting Tulips' has", "here, but not in daily-papers-undated"
    assert out.splitlines() == [
        "Decided topics that the rules would not give: 2",
        "  content/topics.yml:1:3: the rules of 'gardens' miss 1 decided: 'Twins!'",
        "  content/topics.yml:7:3: the rules of 'kitchens' miss 1 decided: 'Twins'",
        "",
        "Probably the same work: 1",
        f"  {twins}; {move}",
        "      - paper: twins-2",
        "        same_as: twins",
        "",
        "Links that one listing has and another has not: 1",
        f"  content/papers/daily-papers-2025-03-05.jsonl:4: {where[0]} {tulips} {where[1]}",
        "",
        "Decisions that are no longer needed: 1",
        "  content/curation/first.yml:9:10: 'title' of 'counting-tulips' is what the listings say",
        "      remove the field title",
        "",
        "5 suggestions.",
    ]


def test_the_command_prints_json(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    code, out, _ = run(tmp_path / "list", "--json")

    assert code == 0
    for each in json.loads(out):
        assert each.keys() == {"kind", "at", "message", "write"}
        assert each["kind"] in TITLES
        assert each["at"].keys() == {"file", "line", "column"}


def test_with_nothing_to_do_it_says_so(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    shutil.rmtree(tmp_path / "list/content")
    (tmp_path / "list/content").mkdir()

    assert run(tmp_path / "list") == (0, "Nothing to suggest.\n", "")


def test_papers_held_apart_are_not_the_same_work() -> None:
    two = ({"title": "How Long to Steep Green Tea"}, {"title": "How Long to Steep Green Teas"})
    apart = "- paper: how-long-to-steep-green-tea\n  different_from: [how-long-to-steep-green-teas]\n"

    assert of_kind("same-work", *two)
    assert of_kind("same-work", *two, decisions=apart) == []


def test_titles_that_differ_in_a_sign_are_not_the_same_work() -> None:
    assert (
        of_kind(
            "same-work", {"title": "Steeping with K-means"}, {"title": "Steeping with K-means++", "id": "s2"}
        )
        == []
    )


def test_a_printed_version_without_known_authors_is_named_for_the_curator() -> None:
    (found,) = of_kind(
        "same-work",
        {"title": "How Long to Steep", "id": "steep", "arxiv": "2401.00001", "authors": ["Ada Fern"]},
        {"title": "How Long to Steep", "id": "steep-2", "doi": "10.1000/tea"},
    )

    assert found.write == "- paper: steep-2\n  same_as: steep"


def test_a_paper_added_by_hand_is_joined_in_its_own_entry() -> None:
    decisions = "- paper: steep-by-hand\n  title: How Long to Steep!\n  doi: 10.1000/tea\n  rating: 4\n"
    found = of_kind("same-work", {"title": "How Long to Steep", "id": "steep"}, decisions=decisions)

    assert [each.write for each in found] in (
        ["# into the entry at content/curation/tea.yml:1:3\n  same_as: steep"],
        ["- paper: steep\n  same_as: steep-by-hand"],
    )


def test_an_address_made_of_a_title_is_suggested_as_slug() -> None:
    decisions = "- paper: 2501.12340\n  title: Tea by Hand\n  arxiv: 2501.12340\n"
    (found,) = of_kind("address", decisions=decisions)

    assert found.write == "# into the entry at content/curation/tea.yml:1:3\n  slug: tea-by-hand"
    assert of_kind("address", decisions=decisions + "  slug: tea-by-hand\n") == []
