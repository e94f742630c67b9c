"""Suggestions for mistyped names."""

import pytest

from papershelf.text.similar import closest_ids, closest_name, closest_word

FIELDS = ("paper", "summary", "links", "code", "drop_code", "rating", "published", "arxiv")
TITLES = {
    "steeping": "How Long to Steep Black Tea",
    "kettles": "A Kettle for Two",
    "cups": "Cups and Saucers Considered Harmful",
}


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ratng", "rating"), ("sumary", "summary"), ("link", "links"), ("date", ""), ("x", ""), ("", "")],
)
def test_a_mistyped_word_suggests_the_one_spelled_like_it(word: str, expected: str) -> None:
    assert closest_word(word, FIELDS) == expected


def test_a_part_of_a_name_suggests_the_whole_name() -> None:
    assert closest_name("retrieval", ("language-models", "retrieval-augmented-generation")) == (
        "retrieval-augmented-generation"
    )
    assert closest_name("garden", ("gardens", "harbours"), least=90) == "gardens"
    assert closest_name("garden", ("gardens", "harbours"), least=95) == ""


def test_papers_are_suggested_by_id_and_by_title_the_most_similar_first() -> None:
    assert closest_ids("kettle-for-two", TITLES)[0] == "kettles"
    assert closest_ids("cup", TITLES)[0] == "cups"
    assert closest_ids("zzz", TITLES) == ()


def test_without_names_nothing_is_suggested() -> None:
    assert (closest_word("a", ()), closest_name("a", ()), closest_ids("a", {})) == ("", "", ())
