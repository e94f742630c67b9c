import pytest

from papershelf.core.model import Appearance, Link, Paper
from papershelf.core.partial_date import PartialDate
from papershelf.library.conditions import Condition

PAPER = Paper(
    "steep",
    "Steep",
    published=PartialDate(2024, 5, 6),
    venue="Tea 2024",
    tags=("hot", "Green Tea"),
    links=(Link(url="https://github.com/teapot/steep", kind="repository"),),
    featured=True,
    appearances=(Appearance("weekly", 3),),
)


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("venue=tea 2024", True),
        ("venue=Tea", False),
        ("venue!=Tea", True),
        ("venue!=Tea 2024", False),
        ("tags=green tea", True),
        ("tags!=hot", False),
        ("links=https://github.com/teapot/steep", True),
        ("links", True),
        ("!links", False),
        ("doi", False),
        ("!doi", True),
        ("doi=", False),
        ("published=2024-05", True),
        ("published=2023", False),
        ("year=2024", True),
        ("featured=yes", True),
        ("featured", True),
        ("edition=weekly", True),
        ("rating=5", False),
        ("rating!=5", True),
    ],
)
def test_a_condition_on_a_field(written: str, *, holds: bool) -> None:
    assert Condition.parse(written).holds(PAPER) is holds


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "'' is no condition: write FIELD=VALUE"),
        ("!venue=Tea", "is no condition"),
        ("venue<Tea", "is no condition"),
        ("origin", "there is no field 'origin'; fields: id, title, "),
    ],
)
def test_what_is_no_condition_says_what_is(written: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Condition.parse(written)
