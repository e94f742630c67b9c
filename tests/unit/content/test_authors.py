"""What curators write behind `authors:`."""

import pytest

from papershelf.content.curation import PlacedDecision, read_decisions
from papershelf.content.yaml import parse
from papershelf.core.person import Author
from papershelf.core.problems import Problem
from support.people import named


def decided(authors: str) -> tuple[tuple[PlacedDecision, ...], list[Problem]]:
    return read_decisions(parse(f"- paper: tea\n  authors: {authors}\n", "content/curation/tea.yml"))


@pytest.mark.parametrize(
    ("written", "authors", "more"),
    [
        ("[Ada Fern, Bo Moss]", named("Ada Fern", "Bo Moss"), False),
        ('[Ada Fern, "{Meta AI}"]', named("Ada Fern", "{Meta AI}"), False),
        ("[{name: Meta AI, group: yes}]", named("{Meta AI}"), False),
        (
            "[{name: Ada Fern, orcid: https://orcid.org/0000-0002-1825-0097}, Bo Moss]",
            (Author(name="Ada Fern", orcid="0000-0002-1825-0097"), *named("Bo Moss")),
            False,
        ),
        ("[Ada Fern, et al.]", named("Ada Fern"), True),
        ("[Ada Fern, and others]", named("Ada Fern"), True),
        ('["García Márquez, Gabriel José"]', named("García Márquez, Gabriel José"), False),
        ('["Fern, Jr., Ada", Sukarno]', named("Fern, Jr., Ada", "Sukarno"), False),
        ("[Institute of Tea and Coffee]", named("Institute of Tea and Coffee"), False),
        ('["{Fern and Moss}"]', named("{Fern and Moss}"), False),
        ("[OpenAI, Sukarno]", named("OpenAI", "Sukarno"), False),
        ("[王小明, 李雷]", named("王小明", "李雷"), False),
        ('["{Moss}", "{Bo}"]', named("{Moss}", "{Bo}"), False),
    ],
)
def test_authors_are_names_or_fields(written: str, authors: tuple[Author, ...], *, more: bool) -> None:
    ((placed,), problems) = decided(written)

    assert not problems
    assert (tuple(each.author for each in placed.decision.authors or ()), placed.decision.more_authors) == (
        authors,
        more,
    )


@pytest.mark.parametrize(
    ("written", "message", "cure"),
    [
        (
            "[Ada Fern and Bo Moss and Cy Oak]",
            "authors: 'Ada Fern and Bo Moss and Cy Oak' is several names",
            "write a list: [Ada Fern, Bo Moss, Cy Oak]",
        ),
        ('["Fern, A.; Moss, B."]', "authors: 'Fern, A.; Moss, B.' is several names", "[A. Fern, B. Moss]"),
        ('["Ada Fern, Bo Moss, Cy Oak"]', "is several names", "[Ada Fern, Bo Moss, Cy Oak]"),
        (
            '["Ada Fern, Bo Moss, and Cy Oak"]',
            "is several names",
            "write a list: [Ada Fern, Bo Moss, Cy Oak]",
        ),
        ('["Fern, Ada and Moss, Bo"]', "is several names", "write a list: [Ada Fern, Bo Moss]"),
        ('["Fern, A., Moss, B."]', "is several names", "write a list: [A. Fern, B. Moss]"),
        (
            "Ada Fern and Bo Moss",
            "'Ada Fern and Bo Moss' is not a list",
            "write [Ada Fern, Bo Moss]",
        ),
        ("Ada Fern, Bo Moss", "authors: 'Ada Fern, Bo Moss' is not a list", "write [Ada Fern, Bo Moss]"),
        ('"Fern, Ada"', "authors: 'Fern, Ada' is not a list", "write [Ada Fern]"),
        ('"{Tea, Inc.}"', "is not a list", 'write ["{Tea, Inc.}"]'),
        (
            "[Moss, Bo, Fern, Ada]",
            "authors: a list of single words seems to be family and given names in turn",
            "write [Bo Moss, Ada Fern]",
        ),
        ("[Moss, Bo, et al.]", "seems to be family and given names in turn", "write [Bo Moss]"),
        (
            "[{Meta AI}]",
            "a group of fields without values is no author",
            'quote the braces: "{Meta AI}"',
        ),
        (
            "[{name: Ada Fern, orcid: 0000-0002-1825-0098}]",
            "orcid: '0000-0002-1825-0098' is no ORCID iD: its last digit does not fit the others",
            "copy it again",
        ),
        ("[{name: Ada Fern, orchid: x}]", "unknown field 'orchid'", "did you mean 'orcid'?"),
        ("[{orcid: 0000-0002-1825-0097}]", "'name' is missing", "add it"),
        ("[et al.]", "authors: is empty", "write at least one entry"),
        ("[]", "authors: is empty", "write at least one entry"),
    ],
)
def test_a_mistake_in_authors_has_its_place_and_cure(written: str, message: str, cure: str) -> None:
    decisions, (problem,) = decided(written)

    assert not decisions
    assert (problem.at.file, problem.at.line) == ("content/curation/tea.yml", 2)
    assert message in problem.message
    assert cure in problem.hint
