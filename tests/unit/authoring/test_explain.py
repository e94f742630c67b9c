"""papershelf explain: where each value comes from, which records are one work, and why it has its topics."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from papershelf.authoring.explain import as_json, explain
from papershelf.authoring.explanation import Explanation, FieldFact, TopicFact
from papershelf.cli import main
from papershelf.cli.explained import text
from papershelf.content.reader import Content
from papershelf.content.records import RecordFile
from papershelf.core.problems import Problem
from papershelf.library.library import build_library
from support.contents import content, listing
from support.project import SMALL

REPOSITORY = "https://github.com/teapot/steep"
OLD = listing(
    "old",
    "2024-01-01",
    {"title": "Steep", "id": "steep", "arxiv": "2401.00001", "comments": 3, "venue": "Old Tea"},
    {"title": "A Kettle"},
)
NEW = listing(
    "new",
    "2024-02-01",
    {
        "title": "Steeping in Kettles with a Cup",
        "id": "steeping",
        "arxiv": "2401.00001",
        "doi": "10.1000/tea",
        "comments": 5,
        "published": "2024-01-02",
        "inferred": ["published"],
        "code": [{"url": REPOSITORY, "kind": "repository"}],
    },
)
LAST = listing("undated", None, {"title": "To Steep", "doi": "10.1000/TEA"}, {"title": "Infusion"})
DECISIONS = """\
- paper: steep
  venue: New Tea
  rating: 5
  add_topics: [milk]
  drop_topics: [kettles]
  code:
    - url: https://github.com/teapot/steep
      official: yes
    - https://tea.example.org/
- paper: infusion
  same_as: steep
- paper: a-kettle
  hide: It is about soup.
"""
CONTENT = content([OLD, NEW, LAST], DECISIONS)


def explained(name: str, given: Content = CONTENT) -> Explanation:
    found = explain(given, name)
    assert isinstance(found, Explanation), found
    return found


def field(paper: Explanation, name: str) -> FieldFact:
    return next(each for each in paper.fields if each.name == name)


def topics(paper: Explanation) -> Mapping[str, TopicFact]:
    return {topic.id: topic for topic in paper.topics}


@pytest.mark.parametrize(
    "name",
    [
        *("steep", "steeping", "infusion", "2401.00001", "10.1000/TEA", "Steeping in kettles, with a cup!"),
        *("arXiv:2401.00001v3", "https://arxiv.org/abs/2401.00001v2", "https://doi.org/10.1000/tea"),
        *("https://GitHub.com/Teapot/steep", "https://tea.example.org"),
    ],
)
def test_a_paper_is_found_by_every_name(name: str) -> None:
    assert explained(name).id == "steep"


def test_a_field_has_its_place_and_what_others_say() -> None:
    comments = field(explained("steep"), "comments")

    assert (comments.value, str(comments.at), comments.curated) == (5, "content/papers/new.jsonl:2", False)
    assert [(other.value, str(other.at)) for other in comments.others] == [(3, "content/papers/old.jsonl:2")]


def test_a_curated_field_has_its_place_and_what_the_records_said() -> None:
    venue, rating = field(explained("steep"), "venue"), field(explained("steep"), "rating")

    assert (venue.value, str(venue.at), venue.curated) == ("New Tea", "content/curation/tea.yml:2:10", True)
    assert venue.before
    assert (venue.before.value, str(venue.before.at)) == ("Old Tea", "content/papers/old.jsonl:2")
    assert (rating.value, rating.before) == (5, None)


def test_an_inferred_date_is_said_to_be_one() -> None:
    inferred = field(explained("steep"), "published_inferred")

    assert inferred.value is True
    assert inferred.why == "the year was worked out from other dates of the listing"


def test_a_date_of_an_arxiv_id_says_so() -> None:
    paper = explain(content([OLD]), "steep")
    assert isinstance(paper, Explanation)
    published, inferred = field(paper, "published"), field(paper, "published_inferred")

    assert (published.value, published.at) == ("2024-01", field(paper, "arxiv").at)
    assert inferred.why == "no date is given; the month is that of arXiv id 2401.00001"
    assert {"2024-01", True} <= {each["value"] for each in json.loads(as_json(paper))["fields"]}
    assert inferred.why in " ".join(text(paper).split())


def test_records_say_why_they_are_one_work() -> None:
    paper = explained("steep")

    assert [
        (record.id, [(reason.tie, reason.value, str(reason.at)) for reason in record.reasons])
        for record in paper.records
    ] == [
        ("steep", [("arxiv", "2401.00001", "content/papers/new.jsonl:2")]),
        (
            "steeping",
            [
                ("arxiv", "2401.00001", "content/papers/old.jsonl:2"),
                ("doi", "10.1000/tea", "content/papers/undated.jsonl:2"),
            ],
        ),
        ("to-steep", [("doi", "10.1000/tea", "content/papers/new.jsonl:2")]),
        ("infusion", [("same_as", "steep", "content/curation/tea.yml:11:12")]),
    ]
    assert paper.former_ids == ("infusion", "steeping", "to-steep")


def test_links_have_the_change_that_a_decision_made() -> None:
    paper = explained("steep")

    assert [(link.url, link.official, link.change) for link in paper.links] == [
        (REPOSITORY, True, "changed"),
        ("https://tea.example.org/", None, "added"),
    ]


def test_a_dropped_link_is_still_listed() -> None:
    (link,) = explained("steeping", content([NEW], f"- paper: steeping\n  drop_code: [{REPOSITORY}]\n")).links

    assert (link.url, link.change, str(link.at)) == (REPOSITORY, "dropped", "content/curation/tea.yml:2:14")


def test_topics_have_their_score_and_their_outcome() -> None:
    found = topics(explained("steep"))

    assert {name: (topic.outcome, topic.score) for name, topic in found.items()} == {
        "brewing": ("assigned", 6.0),
        "milk": ("added", 0.0),
        "kettles": ("dropped", 6.0),
        "cups": ("third", 4.0),
    }
    assert [(hit.what, hit.where, hit.weight) for hit in found["brewing"].hits] == [("steep*", "title", 6.0)]
    assert str(found["brewing"].at) == "content/topics.yml:1:3"
    assert str(found["kettles"].decision) == "content/curation/tea.yml:5:16"


def test_a_topic_that_was_not_given_says_why() -> None:
    text = "steep brew kettle cup sugar milk"
    context = listing("tea", None, {"title": "Steep", "abstract": text}, {"title": "Cup"})

    many = topics(explained("steep", content([context])))
    weak = topics(explained("cup", content([context], topics=TWO_CUPS)))

    assert [(topic.outcome, topic.why) for topic in (many["brewing"], many["sugar"], many["cups"])] == [
        ("assigned", "by its rules"),
        ("far behind", "less than 50% of the best topic's strength"),
        ("weak", "the score is below the threshold"),
    ]
    assert [(name, topic.outcome) for name, topic in weak.items()] == [("cups", "weak")]


TWO_CUPS = """\
- id: cups
  title: Cups
  threshold: 9
  rules:
    - weight: 2
      phrases: [cup]
"""


def test_only_three_topics_are_given() -> None:
    context = listing("tea", None, {"title": "Steeping with Kettle, Milk and Sugar"})

    assert [
        topic.outcome for topic in explained("Steeping with Kettle Milk and Sugar", content([context])).topics
    ] == [
        "assigned",
        "assigned",
        "assigned",
        "behind",
    ]


def test_topics_that_are_decided_replace_those_of_the_rules() -> None:
    found = topics(explained("steep", content([OLD], "- paper: steep\n  topics: [cups]\n")))

    assert {name: topic.outcome for name, topic in found.items()} == {
        "cups": "decided",
        "brewing": "replaced",
    }


def test_a_hidden_paper_is_explained_with_the_reason() -> None:
    paper = explained("a-kettle")

    assert paper.url is None
    assert paper.hidden
    assert (paper.hidden.value, str(paper.hidden.at)) == (
        "It is about soup.",
        "content/curation/tea.yml:13:9",
    )
    assert field(paper, "title").value == "A Kettle"


def test_a_paper_with_a_new_slug_is_found_by_both() -> None:
    given = content([OLD], "- paper: a-kettle\n  slug: kettle\n  title: The Kettle\n")

    for name in ("a-kettle", "kettle", "the kettle", "a kettle"):
        assert explained(name, given).url == "/papers/kettle/"


def test_a_paper_added_by_hand_has_no_record() -> None:
    given = content([OLD], "- paper: tea-by-hand\n  title: Tea by Hand\n  arxiv: 2501.12340\n")
    paper = explained("2501.12340", given)

    assert (paper.id, paper.records) == ("tea-by-hand", ())
    assert str(field(paper, "title").at) == "content/curation/tea.yml:2:10"


def test_a_paper_that_is_not_there_is_said_with_the_nearest() -> None:
    problem = explain(CONTENT, "steep-2")

    assert isinstance(problem, Problem)
    assert problem.message == "no paper 'steep-2'"
    assert problem.hint.startswith("nearest: steep")


def test_a_name_that_two_papers_have_is_said() -> None:
    given = content(
        [listing("tea", None, {"title": "Twins", "id": "twins-2"}, {"title": "Twins!", "id": "twins-1"})]
    )
    problem = explain(given, "twins")

    assert isinstance(problem, Problem)
    assert problem.hint == "use an id: twins-2, twins-1"


@given(st.sampled_from(["steep", "2401.00001"]), st.permutations([OLD, NEW, LAST]))
def test_an_explanation_agrees_with_the_library(name: str, files: list[RecordFile]) -> None:
    given = content(files, DECISIONS)
    library, _ = build_library(given)
    paper, shown = explained(name, given), library.papers["steep"]

    assert tuple(topic.id for topic in paper.topics if topic.outcome in ("assigned", "added", "decided")) == (
        shown.topics
    )
    assert {each.name: each.value for each in paper.fields}.items() >= {
        "title": shown.title,
        "venue": shown.venue,
        "published": str(shown.published),
    }.items()


def test_json_has_the_names_of_the_type() -> None:
    value = json.loads(as_json(explained("steep")))

    assert list(value) == [*Explanation.__dataclass_fields__]
    venue = next(each for each in value["fields"] if each["name"] == "venue")
    assert venue == {
        "name": "venue",
        "value": "New Tea",
        "at": {"file": "content/curation/tea.yml", "line": 2, "column": 10},
        "curated": True,
        "before": {"value": "Old Tea", "at": {"file": "content/papers/old.jsonl", "line": 2, "column": 0}},
        "others": [],
        "why": "",
    }


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["-C", str(folder), "explain", *words])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_shows_a_paper_in_at_most_a_hundred_columns(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    code, out, err = run(tmp_path / "list", "counting-tulips")

    assert (code, err) == (0, "")
    assert max(len(line) for line in out.splitlines()) <= 100
    assert out.splitlines()[:2] == ["Counting Tulips", "page /papers/counting-tulips/"]
    assert "because of the same id  content/papers/daily-papers-2025-03-05.jsonl:4" in out
    assert "10.1234/tulips" in out
    assert "https://github.com/greenhouse/garden/tree/main/tulips" in out
    assert "\x1b" not in out


def test_the_command_prints_json(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    code, out, _ = run(tmp_path / "list", "Soup is all you need", "--json")

    assert code == 0
    assert json.loads(out)["id"] == "soup-is-all-you-need"


def test_the_command_says_what_it_cannot_find(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "list")
    code, out, err = run(tmp_path / "list", "counting-roses")

    assert (code, out) == (1, "")
    assert err == "content/papers: no paper 'counting-roses' (nearest: counting-tulips)\n"


def test_a_printed_version_is_explained_by_title_and_authors() -> None:
    preprint = {"title": "On Tea", "id": "tea", "arxiv": "2401.00009", "authors": ["Ada Fern"]}
    printed = {"title": "On tea", "id": "tea-printed", "doi": "10.1000/t", "authors": ["Fern, A."]}
    given = content([listing("a", "2024-01-01", preprint), listing("b", "2024-02-01", printed)], topics="")

    first, second = explained("tea", given).records

    assert [(reason.tie, reason.at) for reason in first.reasons] == [("title", second.at)]
    assert "because of the same title and authors" in text(explained("tea", given))
