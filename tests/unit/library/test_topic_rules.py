"""Matching papers against rules, choosing topics, and the quality of the shipped rules."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from papershelf.content.topics import Rule, Topic, with_wider
from papershelf.library.topic_rules import MOST_TOPICS, Hit, Matcher, assign, compile_topics, match
from support.topic_labels import (
    CONFERENCE,
    FLOORS,
    LABELS,
    agreements,
    micro,
    read_labels,
    shipped,
    shipped_matcher,
)


def topic(name: str, *rules: Rule, threshold: float = 3, order: int | None = None) -> Topic:
    return Topic(id=name, title=name.title(), rules=rules, threshold=threshold, order=order)


def finds(phrase: str, text: str) -> bool:
    """Whether a rule with this one phrase finds it in the text."""
    matcher = compile_topics([topic("garden", Rule(weight=1, phrases=(phrase,)))])
    return bool(match(matcher, "", text, ()))


def hits(matcher: Matcher, title: str = "", text: str = "", categories: tuple[str, ...] = ()) -> list[Hit]:
    return [hit for found in match(matcher, title, text, categories) for hit in found.hits]


def shipped_titles() -> list[str]:
    lines = (LABELS / "labels-listings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[0] for line in lines]


def topics_of(matcher: Matcher, title: str = "", text: str = "") -> tuple[str, ...]:
    return assign(match(matcher, title, text, ()))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("winter garden", "We grow a winter garden."),
        ("winter garden", "WINTER GARDEN"),
        ("winter garden", "Winter-Garden design"),
        ("winter garden", "a wintergarden"),
        ("winter-garden", "winter garden"),
        ("winter garden", "two winter gardens"),
        ("winter garden", "of winters gardened: winters garden"),
        ("strategy", "many strategies"),
        ("box", "boxes"),
        ("garden*", "gardening"),
        ("garden*", "garden"),
        ("winter garden*", "winter-gardening"),
        ("jardín", "EL JARDÍN"),
        ("3d garden", "A 3D garden"),
    ],
)
def test_a_phrase_is_found_in_any_spelling(phrase: str, text: str) -> None:
    assert finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("garden", "gardening"),
        ("garden", "agarden"),
        ("winter garden", "winter in the garden"),
        ("gardens", "garden"),
        ("garden*", "a wintergarden"),
        ("wintergarden", "winter-garden"),
        ("garden*", "gar dening"),
        ("winter garden", "winter"),
        ("garden", ""),
    ],
)
def test_a_phrase_is_not_found_in_other_words(phrase: str, text: str) -> None:
    assert not finds(phrase, text)


def test_a_phrase_counts_once_per_field_and_twice_as_much_in_the_title() -> None:
    matcher = compile_topics([topic("garden", Rule(weight=1.5, phrases=("rose",)))])
    (found,) = match(matcher, "Rose and rose", "A rose is a rose is a rose.", ())
    assert found.hits == (Hit(0, "rose", "title", 3.0), Hit(0, "rose", "text", 1.5))
    assert found.score == 4.5
    assert found.strength == 1.5


def test_a_negative_weight_is_not_doubled_in_the_title() -> None:
    matcher = compile_topics(
        [topic("garden", Rule(weight=2, phrases=("rose",)), Rule(weight=-2, phrases=("wind rose",)))]
    )
    assert topics_of(matcher, title="Rose gardens") == ("garden",)
    (found,) = match(matcher, "The rose on a wind rose", "", ())
    assert found.score == 2.0


def test_of_nested_phrases_only_the_longest_counts() -> None:
    matcher = compile_topics(
        [topic("garden", Rule(weight=1, phrases=("rose", "rose garden", "garden gate")))]
    )
    assert [hit.what for hit in hits(matcher, text="a rose garden")] == ["rose garden"]
    assert [hit.what for hit in hits(matcher, text="a rose garden with a rose")] == ["rose", "rose garden"]
    assert [hit.what for hit in hits(matcher, text="a rose garden gate")] == ["garden gate", "rose garden"]


def test_a_longer_phrase_of_another_topic_changes_nothing() -> None:
    garden = topic("garden", Rule(weight=1, phrases=("rose",)))
    ships = topic("ships", Rule(weight=1, phrases=("wind rose",)))
    assert {found.topic for found in match(compile_topics([garden, ships]), "", "a wind rose", ())} == {
        "garden",
        "ships",
    }


def test_a_wildcard_stays_within_one_word() -> None:
    matcher = compile_topics([topic("garden", Rule(weight=1, phrases=("plant*", "tree house")))])
    assert [hit.what for hit in hits(matcher, text="planting tree houses")] == ["plant*", "tree house"]


def test_patterns_ignore_case_and_search_only_their_field() -> None:
    matcher = compile_topics([topic("garden", Rule(weight=2, patterns=(r"\b\d+ roses\b",), only_in="text"))])
    assert [hit.where for hit in hits(matcher, "12 Roses", "Here are 12 ROSES")] == ["text"]


def test_categories_are_compared_whole() -> None:
    matcher = compile_topics([topic("garden", Rule(weight=3, categories=("Rose Growing", "cs.GR")))])
    found = hits(matcher, "rose growing", "cs.GR", ("rose-growing", "Rose growing", "cs.GRX"))
    assert found == [Hit(0, "Rose Growing", "category", 3.0)]


def test_below_the_threshold_a_paper_has_no_topic() -> None:
    matcher = compile_topics([topic("garden", Rule(weight=2.9, phrases=("rose",)))])
    assert topics_of(matcher, text="a rose") == ()
    assert topics_of(matcher, title="A rose") == ("garden",)
    assert topics_of(matcher, text="nothing") == ()


def test_the_best_topic_comes_first_and_there_are_at_most_three() -> None:
    names = ("tulip", "rose", "daisy", "lily")
    matcher = compile_topics(
        [topic(name, Rule(weight=weight, phrases=(name,))) for weight, name in enumerate(names, 5)]
    )
    assert topics_of(matcher, text="tulip rose daisy lily") == ("lily", "daisy", "rose")


def test_a_topic_far_weaker_than_the_best_is_left_out() -> None:
    matcher = compile_topics(
        [topic("rose", Rule(weight=8, phrases=("rose",))), topic("weed", Rule(weight=3, phrases=("weed",)))]
    )
    assert topics_of(matcher, text="rose weed") == ("rose",)


def test_a_strong_topic_is_kept_next_to_a_much_stronger_one() -> None:
    matcher = compile_topics(
        [topic("rose", Rule(weight=90, phrases=("rose",))), topic("weed", Rule(weight=9, phrases=("weed",)))]
    )
    assert topics_of(matcher, text="rose weed") == ("rose", "weed")


@pytest.mark.parametrize(
    ("weights", "given"),
    [
        ((3, 3), ("tulip", "rose")),
        ((6, 3), ("tulip", "rose")),
        ((6.5, 3), ("tulip",)),
        ((30, 5.9), ("tulip",)),
        ((30, 6), ("tulip", "rose")),
        ((4, 4, 4), ("tulip", "rose")),
        ((6, 6, 5.9), ("tulip", "rose")),
        ((6, 6, 6), ("tulip", "rose", "daisy")),
        ((6, 6, 6, 6), ("tulip", "rose", "daisy")),
    ],
)
def test_a_second_topic_is_compared_with_the_first_and_a_third_is_very_strong(
    weights: tuple[float, ...], given: tuple[str, ...]
) -> None:
    names = ("tulip", "rose", "daisy", "lily")[: len(weights)]
    matcher = compile_topics(
        [
            topic(name, Rule(weight=weight, phrases=(name,)))
            for name, weight in zip(names, weights, strict=True)
        ]
    )
    assert topics_of(matcher, text=" ".join(names)) == given


def test_ties_go_to_the_topic_displayed_first() -> None:
    rule = Rule(weight=3, phrases=("flower",))
    as_given = compile_topics([topic("tulip", rule), topic("rose", rule)])
    ordered = compile_topics([topic("tulip", rule), topic("rose", rule, order=1)])
    assert topics_of(as_given, text="flower") == ("tulip", "rose")
    assert topics_of(ordered, text="flower") == ("rose", "tulip")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"weight": 1}, "a rule needs phrases, patterns or categories"),
        ({"weight": 1, "patterns": ("(",)}, "pattern '(' is not a regular expression"),
        ({"weight": 1, "phrases": ("!?",)}, "phrase '!?' has no letter or digit to look for"),
        ({"weight": 1, "phrases": ("ro*se",)}, "phrase 'ro*se': '*' may stand only at the end"),
        ({"weight": "nan", "phrases": ("rose",)}, "finite number"),
        ({"weight": 1, "phrases": ("rose",), "only_in": "abstract"}, "'title' or 'text'"),
    ],
)
def test_an_invalid_rule_is_refused(rule: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        Rule.model_validate(rule)


WORDS = st.lists(st.sampled_from(["rose", "garden", "Gardens", "rosy", "-", "a", "ü", "\x00"]), max_size=40)


@given(title=st.text(max_size=60), text=st.text(max_size=300), words=WORDS)
def test_matching_is_deterministic(title: str, text: str, words: list[str]) -> None:
    rules = [
        topic("garden", Rule(weight=2, phrases=("rose garden", "garden*", "rose"))),
        topic("colour", Rule(weight=1, phrases=("ros*", "a garden"), patterns=("g.rden",)), threshold=2),
    ]
    content = f"{text} {' '.join(words)}"
    found = match(compile_topics(rules), title, content, ())
    assert found == match(compile_topics(rules), title, content, ())
    assert len(assign(found)) <= MOST_TOPICS
    assert all(one.score == sum(hit.weight for hit in one.hits) for one in found)


class Counting(dict[str, object]):
    """A dict that counts its lookups."""

    asked = 0

    def get(self, key: str, default: object = None) -> object:
        self.asked += 1
        return super().get(key, default)


@pytest.mark.parametrize(
    "text", ["few shot ", "a ", "class incremental incremental ", "x" * 50 + " ", "- . "]
)
def test_lookups_grow_linearly_with_the_text(text: str) -> None:
    matcher = shipped_matcher()

    def lookups(times: int) -> int:
        counting = Counting(matcher.nodes)
        match(replace(matcher, nodes=counting), "", text * times, ())  # type: ignore[arg-type]
        return counting.asked

    longest = max(map(len, matcher.nodes))
    assert lookups(2000) <= 2 * lookups(1000) + longest
    assert lookups(1000) <= 1000 * len(text.split()) * (longest + 1)


def test_a_paper_needs_few_lookups() -> None:
    """About one and a half per word, however many rules there are: 40,000 papers take seconds."""
    matcher = shipped_matcher()
    titles = shipped_titles()
    counting = Counting(matcher.nodes)
    for title in titles:
        match(replace(matcher, nodes=counting), title, "", ())  # type: ignore[arg-type]
    words = sum(len(re.findall(r"[^\W_]+", title)) for title in titles)
    assert words < counting.asked < 2.5 * words


def test_no_phrase_matches_only_one_papers_title() -> None:
    """No rule names a shipped paper's title or the name of its system, as in `NAME: what it does`."""
    titles = shipped_titles()
    whole = {"".join(re.findall(r"\w+", title.casefold())) for title in titles}
    names = {name for title in titles for name in re.findall(r"^(\S*[A-Z]\S*[A-Z]\S*):", title)}
    assert len(names) > 20
    for defined in shipped_matcher().topics:
        for phrase in (phrase for rule in defined.rules for phrase in rule.phrases):
            joined = "".join(re.findall(r"\w+", phrase.casefold()))
            assert not any(title in joined for title in whole), phrase
            assert not names & set(phrase.rstrip("*").split()), phrase


def test_no_rule_has_a_phrase_twice() -> None:
    for defined in shipped_matcher().topics:
        for rule in defined.rules:
            keys = ["".join(re.findall(r"[\w*]+", phrase.casefold())) for phrase in rule.phrases]
            assert sorted(keys) == sorted(set(keys)), defined.id


def test_the_rules_agree_with_readers() -> None:
    papers = shipped()
    assert len(papers) >= 100
    assert micro(agreements(shipped_matcher(), papers)).f1 >= FLOORS["listings, summaries"]


def test_no_paper_is_in_two_sets_of_labels_and_every_label_is_a_topic() -> None:
    sets = [read_labels(f"conference-{name}") for name in CONFERENCE]
    titles = [title for labels in sets for _, title in labels]
    assert len(titles) == len(set(titles)) == 900
    known = {defined.id for defined in shipped_matcher().topics}
    assert {topic for labels in sets for topics in labels.values() for topic in topics} <= known


def test_a_topic_is_part_of_all_its_ancestors() -> None:
    topics = [
        Topic(id="pots", title="Pots", parent="kitchens"),
        Topic(id="kitchens", title="Kitchens", parent="houses"),
        Topic(id="houses", title="Houses"),
    ]
    assert with_wider(topics) == {
        "pots": ("pots", "kitchens", "houses"),
        "kitchens": ("kitchens", "houses"),
        "houses": ("houses",),
    }


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), unique_by=lambda pair: pair[0])
)
def test_a_cycle_of_topics_ends(parents: list[tuple[str, str]]) -> None:
    wider = with_wider(Topic(id=topic, title=topic, parent=parent) for topic, parent in parents)
    assert all(above[0] == topic and len(above) == len(set(above)) for topic, above in wider.items())
