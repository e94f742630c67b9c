"""Topics learned from papers whose topics are decided: what is learned, when, and how it is shown."""

import subprocess
import sys
from dataclasses import replace
from functools import cache
from math import log
from pathlib import Path

import pytest

from papershelf.authoring.explain import explain
from papershelf.authoring.explanation import Explanation, TopicFact
from papershelf.authoring.suggest import suggest
from papershelf.cli.explained import text
from papershelf.content.config import Topics
from papershelf.content.reader import Content
from papershelf.core.model import Paper
from papershelf.incremental.cache import Cache
from papershelf.library.learning import FEWEST, learn
from papershelf.library.library import (
    build_library,
    curated_papers,
    papers_to_learn_from,
    resolve_content,
)
from papershelf.library.topic_model import TopicModel, known_words, parts, topic_matches
from papershelf.library.topic_rules import assign, compile_topics
from papershelf.library.topic_training import FEWEST_OF_TOPIC
from support.contents import content, listing
from support.project import child_environment

NEW = "A Porcelain Bowl for Every Guest"
STUBBORN = "Sugar and Porcelain"


def shelf(decided: int = FEWEST, more: str = "") -> Content:
    """Papers on porcelain, decided to be about cups, and on leaves, about brewing; and two undecided."""
    pairs = [
        (f"Porcelain of Province {number}", "cups")
        if number % 2
        else (f"Leaves of Slope {number}", "brewing")
        for number in range(decided)
    ]
    entries = [{"title": title, "abstract": "We report what we saw."} for title, _ in pairs]
    decisions = "".join(f"- paper: {title}\n  topics: [{topic}]\n" for title, topic in pairs)
    return content(
        [listing("tea", "2024-10-02", *entries, {"title": NEW}, {"title": STUBBORN})], decisions + more
    )


@cache
def learned() -> TopicModel:
    model = model_of(shelf())
    assert model
    return model


def model_of(given: Content) -> TopicModel | None:
    library, _ = build_library(given)
    decided = [paper for paper in library.papers.values() if paper.edit]
    return learn(given.topics, decided, Cache.in_memory())


def topics(given: Content) -> dict[str, tuple[str, ...]]:
    library, problems = build_library(given)
    assert not [problem for problem in problems if problem.severity == "error"], problems
    return {paper.title: paper.topics for paper in library.papers.values()}


def explained(title: str, given: Content) -> Explanation:
    found = explain(given, title)
    assert isinstance(found, Explanation)
    return found


def fact(topic: str, explanation: Explanation) -> TopicFact:
    (found,) = (each for each in explanation.topics if each.id == topic)
    return found


def test_words_that_no_rule_has_are_learned_from_decisions() -> None:
    assert topics(shelf())[NEW] == ("cups",)


def test_with_few_decisions_the_rules_alone_decide() -> None:
    assert topics(shelf(FEWEST - 1))[NEW] == ()


def test_nothing_is_learned_where_the_settings_say_so() -> None:
    given = shelf()
    off = given.config.model_copy(update={"topics": Topics(learn=False)})
    assert topics(replace(given, config=off))[NEW] == ()


def test_what_is_decided_stands_against_all_that_was_learned() -> None:
    decision = f"- paper: {STUBBORN}\n  topics: [milk]\n"
    assert topics(shelf(more=decision))[STUBBORN] == ("milk",)


def test_a_topic_with_few_decided_papers_is_left_to_its_rules() -> None:
    few = "".join(f"- paper: A Cow {number}\n  topics: [milk]\n" for number in range(FEWEST_OF_TOPIC - 1))
    cows = [{"title": f"A Cow {number}"} for number in range(FEWEST_OF_TOPIC - 1)]
    given = shelf(more=few)
    given = replace(given, files=(*given.files, listing("cows", "2024-10-03", *cows)))
    model = model_of(given)
    assert model
    assert model.base.keys() == {"cups", "brewing"}
    assert "sugar" in topics(given)[STUBBORN]


def test_the_model_is_the_same_in_whatever_order_the_papers_come() -> None:
    given = shelf()
    papers = [paper for paper in build_library(given)[0].papers.values() if paper.edit]
    models = [learn(given.topics, order, Cache.in_memory()) for order in (papers, papers[::-1])]
    assert models[0] == models[1] == learned()


def test_the_model_is_kept_until_a_decision_changes(tmp_path: Path) -> None:
    build_library(shelf(), Cache(tmp_path))
    kept = (tmp_path / "learned topics").stat()
    build_library(shelf(), Cache(tmp_path))
    assert (tmp_path / "learned topics").stat().st_ino == kept.st_ino
    more = "".join(f"- paper: {title}\n  topics: [milk]\n" for title in (NEW, STUBBORN))
    build_library(shelf(more=more), Cache(tmp_path))
    assert (tmp_path / "learned topics").stat().st_ino != kept.st_ino


def test_a_paper_gets_its_topics_again_when_decisions_taught_something_else(tmp_path: Path) -> None:
    before, _ = build_library(shelf(FEWEST - 1), Cache(tmp_path))
    after, _ = build_library(shelf(), Cache(tmp_path))
    found = [
        paper.topics for library in (before, after) for paper in library.papers.values() if paper.title == NEW
    ]
    assert found == [(), ("cups",)]


def test_the_parts_of_an_explanation_add_up_to_the_chance() -> None:
    given = shelf()
    paper = Paper(id="new", title=NEW, abstract="Leaves in a cup, a kettle and porcelain.")
    matches = topic_matches(paper, compile_topics(given.topics), learned())
    assert assign(matches)
    for match in matches:
        if match.chance is not None:
            summands = parts(matches, learned(), known_words(paper, learned()), match.topic)
            total = learned().base[match.topic] + sum(part.weight for part in summands)
            assert log(match.chance / (1 - match.chance)) == pytest.approx(total, abs=0.01)


def test_an_explanation_names_the_words_that_were_learned() -> None:
    explanation = explained(NEW, shelf())
    cups = fact("cups", explanation)
    assert (cups.outcome, cups.why) == ("assigned", "by what decided papers teach")
    assert cups.chance is not None
    assert cups.chance > 0.5
    assert ("word", "porcelain") in {(part.of, part.what) for part in cups.learned}
    shown = text(explanation)
    assert f"chance {cups.chance:.0%}: by what decided papers teach" in shown
    assert "learned: porcelain +" in shown


def test_a_topic_that_needs_a_greater_chance_says_so() -> None:
    brewing = fact("brewing", explained(NEW, shelf()))
    assert (brewing.outcome, brewing.why) == ("weak", "a chance of 35% is needed")


def test_where_the_rules_miss_decided_papers_words_are_suggested_that_would_find_them() -> None:
    brewing, cups = (each for each in suggest(shelf()) if each.kind == "rules-miss")
    assert cups.message == (
        "the rules of 'cups' miss 75 decided: 'Porcelain of Province 1', 'Porcelain of Province 3',"
        " 'Porcelain of Province 5'"
    )
    assert cups.at.file == "content/topics.yml"
    assert cups.write == "# in the rules of cups\n- weight: 1\n  phrases: [porcelain, province]"
    assert brewing.write.endswith("[leave, slope]")


def test_without_a_model_no_words_are_suggested() -> None:
    (found,) = (each for each in suggest(shelf(1)) if each.kind == "rules-miss")
    assert found.message == "the rules of 'brewing' miss 1 decided: 'Leaves of Slope 0'"
    assert found.write == ""


def test_examples_are_the_decided_papers_with_all_that_was_decided() -> None:
    more = f"- paper: {NEW}\n  topics: [milk]\n  add_topics: [sugar]\n- paper: {STUBBORN}\n  rating: 3\n"
    given = shelf(1, more)
    resolved = resolve_content(given)
    examples = papers_to_learn_from(given, curated_papers(resolved), resolved.decided)
    assert {paper.title: paper.topics for paper in examples} == {
        "Leaves of Slope 0": ("brewing",),
        NEW: ("milk", "sugar"),
    }


def test_where_there_is_nothing_to_learn_scikit_learn_is_not_loaded() -> None:
    program = (
        "import sys; from support.contents import content, listing;"
        "from papershelf.library.library import build_library;"
        "shelf = [listing('tea', None, {'title': 'Cup'}, {'title': 'Milk'})];"
        "build_library(content(shelf, '- {paper: Cup, topics: [cups]}'));"
        "assert not {'numpy', 'sklearn'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], env=child_environment(), check=True)


def test_the_model_is_the_same_in_every_process() -> None:
    program = "from unit.library.test_learned_topics import learned; print(learned())"
    for seed in ("1", "7"):
        said = subprocess.run(
            [sys.executable, "-c", program],
            env=child_environment(PYTHONHASHSEED=seed),
            capture_output=True,
            check=True,
            text=True,
        )
        assert said.stdout.strip() == str(learned())
