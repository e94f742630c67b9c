"""Citations as a line of text: what citation-js prints in its APA style, if not said otherwise."""

from dataclasses import replace

import pytest

from papershelf.citations import apa
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from support.people import named

AUTHORS = named("Ada B. Kettle", "Bo Leaf", "Laurens van der Maaten")
NAMES = "Kettle, A. B., Leaf, B., & van der Maaten, L."
PLAIN = Paper(id="steep", title="How Long to Steep", authors=AUTHORS, published=PartialDate(2024, 9, 30))


def line(paper: Paper) -> str:
    before, italic, after, link = apa(paper)
    return f"{before}*{italic}*{after} {link}".strip()


@pytest.mark.parametrize(
    ("facts", "printed"),
    [
        (
            {"venue": "Journal of Tea", "doi": "10.1000/tea_1", "url": "https://example.org/steep"},
            f"{NAMES} (2024). How Long to Steep. *Journal of Tea*. https://doi.org/10.1000/tea_1",
        ),
        ({"venue": "Handbook of Tea"}, f"{NAMES} (2024). How Long to Steep. In *Handbook of Tea*."),
        ({"venue": "MIT Press 2024"}, f"{NAMES} (2024). *How Long to Steep*. MIT Press."),
        (
            {"venue": "PhD thesis, University of Tea"},
            f"{NAMES} (2024). *How Long to Steep* [PhD thesis]. University of Tea.",
        ),
        (
            {"venue": "Technical report, Tea Lab", "authors": named("Tea Collaboration")},
            "Tea Collaboration. (2024). *How Long to Steep* [Technical report]. Tea Lab.",
        ),
        (
            {"arxiv": "2409.00001"},
            f"{NAMES} (2024). *How Long to Steep* (arXiv:2409.00001). arXiv. https://arxiv.org/abs/2409.00001",
        ),
        (
            {"arxiv": "2409.00001", "authors": ()},
            "*How Long to Steep* (arXiv:2409.00001). (2024). arXiv. https://arxiv.org/abs/2409.00001",
        ),
        ({"venue": "Journal of Tea", "authors": ()}, "How Long to Steep. (2024). *Journal of Tea*."),
        ({"venue": "Journal of Tea", "title": "Steep!"}, f"{NAMES} (2024). Steep! *Journal of Tea*."),
        ({"venue": "Zenodo", "type": "dataset"}, f"{NAMES} (2024). *How Long to Steep* [Dataset]. Zenodo."),
        ({"type": "software"}, f"{NAMES} (2024). *How Long to Steep* [Computer software]."),
        ({"authors": named("Sammy Davis Jr."), "type": "report"},
         "Davis, S., Jr. (2024). *How Long to Steep*."),
        ({"authors": named("Jean-Pierre Cup", "J.K. Pot"), "type": "report", "published": None},
         "Cup, J.-P., & Pot, J. K. (n.d.). *How Long to Steep*."),
    ],
)  # fmt: skip
def test_the_line_is_as_other_programs_print_it(facts: dict[str, object], printed: str) -> None:
    assert line(replace(PLAIN, **facts)) == printed  # type: ignore[arg-type]


def test_a_paper_of_proceedings_is_in_them_and_what_is_withdrawn_says_so() -> None:
    """citation-js takes them for talks, with a day and without "In"; the manual prints published ones so."""
    paper = replace(PLAIN, venue="ICML 2024", title="Why Steep?", withdrawn="Spilt.")

    assert line(replace(paper, withdrawn=None)) == f"{NAMES} (2024). Why Steep? In *ICML 2024*."
    assert line(paper) == f"{NAMES} (2024). Why Steep? [Withdrawn]. In *ICML 2024*."


def test_of_authors_who_are_not_all_known_the_others_are_meant() -> None:
    paper = replace(PLAIN, authors=named("Ada Kettle"), more_authors=True)

    assert line(paper).startswith("Kettle, A., et al. (2024).")


@pytest.mark.parametrize(
    ("count", "end"), [(20, "Pots, A., & Pott, A. (2024)"), (21, "Pots, A., … Potu, A. (2024)")]
)
def test_of_more_than_twenty_authors_the_first_and_the_last_are_named(count: int, end: str) -> None:
    names = named(*(f"Ada Pot{chr(ord('a') + number)}" for number in range(count)))

    assert apa(replace(PLAIN, authors=names)).before.removesuffix(". ").endswith(end)
