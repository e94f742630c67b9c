"""Curators' text passes the same door as listings'; notes are checked at the word."""

import pytest

from papershelf.content.collections import read_collection
from papershelf.content.curation import Decision, read_decisions
from papershelf.content.topics import read_topics
from papershelf.content.yaml import parse
from papershelf.core.person import Author

ENTRY = r"""
- paper: cups
  title: 'Schr\"odinger \emph{x} \& $\alpha$'
  summary: 'A {GAN}, ﬁne-tuned with $\tau\geq 5\%$.'
  venue: 'Proc. \emph{Tea}'
  authors: ['Erwin Schr\"odinger', '{Tea \& Co}']
  tags: ["caf\u00e9", 'ﬁne-tuning']
  links: [{title: 'A \emph{talk}', url: https://a.example.org/t}]
  withdrawn: '5\% were wrong'
"""


def decision(entry: str) -> Decision:
    (placed,), problems = read_decisions(parse(entry, "a.yml"))
    assert not problems
    return placed.decision


def test_what_a_curator_writes_is_cleaned() -> None:
    made = decision(ENTRY)
    assert made.title == "Schrödinger *x* & α"
    assert made.summary == "A GAN, fine-tuned with τ≥5%."
    assert made.venue == "Proc. Tea"
    assert [each.author for each in made.authors or ()] == [
        Author("Erwin Schrödinger"),
        Author("Tea & Co", group=True),
    ]
    assert made.tags == ("café", "fine-tuning")
    assert [link.title for link in made.links] == ["A *talk*"]
    assert made.withdrawn == "5% were wrong"


def test_two_spellings_of_a_tag_are_one_tag() -> None:
    assert (
        decision("- {paper: a, tags: [cafe\u0301]}").tags == decision("- {paper: a, tags: [caf\u00e9]}").tags
    )


def test_titles_of_topics_and_collections_are_cleaned() -> None:
    topics, _ = read_topics(parse(r"- {id: tea, title: 'Caf\''e'}", "topics.yml"))
    made, _ = read_collection(parse(r"{title: '$\alpha$ first', papers: [{paper: a}]}", "first.yml"))
    assert [topic.title for topic in topics] == ["Café"]
    assert made
    assert made.title == "α first"


def test_markup_without_a_word_is_a_problem() -> None:
    _, (problem,) = read_decisions(parse("- paper: a\n  title: '{}'", "a.yml"))
    assert str(problem.at) == "a.yml:2:10"
    assert "markup without a word" in problem.message


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ("|\n    Tea and\n    cups, <b>hot</b>", "a.yml:4:11"),
        (">\n    Tea and\n    cups, <b>hot</b>", "a.yml:4:11"),
        ('"Tea and\n    cups, <b>hot</b>"', "a.yml:3:11"),
        ("Tea and <b>hot</b>", "a.yml:2:17"),
    ],
)
def test_a_problem_in_a_note_stands_at_its_word(note: str, place: str) -> None:
    _, problems = read_decisions(parse(f"- paper: a\n  note: {note}\n- paper: <b>", "a.yml"))
    assert str(problems[0].at) == place
