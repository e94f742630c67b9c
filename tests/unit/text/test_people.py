"""Authors' names as they are read, and as they are compared."""

import pytest

from papershelf.core.person import Author
from papershelf.text.people import families, is_group, plain_names, split_name
from support.people import named
from support.timing import processor_seconds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ada Fern", "Ada Fern"),
        ("Fern, Ada", "Ada Fern"),
        ("van der Fern, Ada", "Ada van der Fern"),
        ("Fern, Jr., Ada", "Ada Fern Jr."),
        ("王, 小明", "王小明"),
        ("{Fern, Moss and Co}", "Fern, Moss and Co"),
        ("Ada *Fern*", "Ada Fern"),
    ],
)
def test_names_are_shown_as_they_are_read(written: str, read: str) -> None:
    assert plain_names(named(written)) == (read,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Fern", "FERN, A."),
        ("Slavoj Žižek", "Zizek, S."),
        ("Laurens van der Maaten", "Maaten, Laurens van der"),
        ("Luc Van Gool", "Gool, Luc van"),
        ("Sammy Davis Jr.", "Davis, Sammy"),
        ("Ada Öst-Leaf", "Ost Leaf, Ada"),
    ],
)
def test_family_names_compare_equal_however_they_are_written(one: str, other: str) -> None:
    assert families(named(one)) == families(named(other))


def test_people_of_other_families_are_others() -> None:
    assert families(named("Ada Fern", "Bo Moss")) == {"fern", "moss"}


@pytest.mark.parametrize(
    "name",
    ["Meta AI", "Google DeepMind", "EleutherAI", "The Kettle Collaboration", "Tea Research"],
)
def test_organisations_are_known_by_their_words(name: str) -> None:
    assert is_group(Author(name=name))
    assert split_name(name).family == name


@pytest.mark.parametrize("name", ["Wei Ai", "Sukarno", "Ada McKettle", "Meta Fern", "王小明"])
def test_people_are_no_organisations(name: str) -> None:
    assert not is_group(Author(name=name))


@pytest.mark.parametrize("name", ["aA" * 50_000 + "!", ", " * 50_000, "{" * 50_000, " et al," * 20_000])
def test_hostile_names_take_no_time(name: str) -> None:
    with processor_seconds(1):
        assert len(split_name(name).family) == len(name)
        assert families(named(f"x{name}", "Ada Fern")) >= {"fern"}
