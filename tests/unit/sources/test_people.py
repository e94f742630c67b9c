import pytest

from papershelf.sources.people import ET_AL, name_of, names, split_list


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Kettle, Ada; Leaf, Bo", ("Kettle, Ada", "Leaf, Bo")),
        ("Kettle, Ada; Tea Board; van der Cup, Ce", ("Kettle, Ada", "{Tea Board}", "van der Cup, Ce")),
        ("Ada Kettle; Bo Leaf", ("Ada Kettle", "Bo Leaf")),
        ("Ada Kettle and Bo Leaf", ("Ada Kettle", "Bo Leaf")),
        ("Kettle A., Leaf B.C.", ("Kettle A.", "Leaf B.C.")),
        ("Kettle, Ada", ("Kettle, Ada",)),
        ("Ada Kettle, Bo Leaf, et al.", ("Ada Kettle", "Bo Leaf", ET_AL)),
        ("Ada Kettle|Bo Leaf", ("Ada Kettle", "Bo Leaf")),
        (" ; ", ()),
        ("", ()),
    ],
)
def test_the_names_of_a_cell_are_told_apart(cell: str, expected: tuple[str, ...]) -> None:
    assert split_list(cell) == expected


@pytest.mark.parametrize("others", ["others", "and others", "et al.", "et al", "Et Al.", "..."])
def test_others_are_told_in_one_way(others: str) -> None:
    assert names(["Ada  Kettle", "", others]) == ("Ada Kettle", ET_AL)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Cup", "Ce", "van der", ""), "van der Cup, Ce"),
        (("Spoon", "Di", "", "Jr."), "Di Spoon Jr."),
        (("Pot", "", "", ""), "Pot"),
        (("", "Elle", "", ""), "Elle"),
    ],
)
def test_a_name_is_put_together(parts: tuple[str, str, str, str], expected: str) -> None:
    assert name_of(*parts) == expected
