"""Fingerprints: the same for the same, another as soon as anything that counts differs."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

import pytest

from papershelf.core.model import Appearance, Link, Paper, Reference
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location
from papershelf.incremental import fingerprint
from papershelf.views.context import Page, PageOutput
from support import fabricated

OTHER: dict[str, Any] = {
    "published": PartialDate(1999, 1),
    "links": (Link(url="https://example.org/other", kind="demo"),),
    "references": (Reference(title="Other", url="https://example.org/"),),
    "appearances": (Appearance("other", 99),),
}
SHOWN = [field.name for field in fields(Paper) if field.name not in {"origin", "edit"}]


@dataclass(frozen=True, slots=True)
class Thing:
    """Fields of every sort: those that are looked through, and those that need not be."""

    name: str = ""
    kind: Literal["a", "b"] | None = None
    numbers: tuple[int, ...] = ()
    nested: tuple[tuple[str, tuple[str, ...]], ...] = ()
    day: date | None = None
    papers: tuple[Paper, ...] = ()
    inner: "Thing | None" = None


def other(value: object) -> Any:  # noqa: ANN401  a value of another sort
    return not value if isinstance(value, bool) else 7 if isinstance(value, int) else ("x",)


@pytest.mark.parametrize("name", SHOWN)
def test_every_field_of_a_paper_that_is_shown_counts(name: str) -> None:
    paper = fabricated.FULL
    changed = replace(paper, **{name: OTHER.get(name) or other(getattr(paper, name))})
    assert fingerprint.each([changed]) != fingerprint.each([paper])


def test_where_a_field_of_a_paper_came_from_does_not_count() -> None:
    paper = fabricated.FULL
    elsewhere = replace(paper, origin={"title": Location("x", 1)}, edit=Location("y", 2))
    assert fingerprint.each([elsewhere]) == fingerprint.each([paper])


THINGS = [
    Thing(),
    Thing(name="a"),
    Thing(kind="a"),
    Thing(numbers=(1,)),
    Thing(numbers=(1, 2)),
    Thing(nested=(("a", ()),)),
    Thing(nested=(("a", ("b",)),)),
    Thing(day=date(2024, 1, 1)),
    Thing(day=date(2024, 1, 2)),
    Thing(papers=(fabricated.FULL,)),
    Thing(papers=(fabricated.BARE,)),
    Thing(papers=(fabricated.FULL, fabricated.BARE)),
    Thing(papers=(fabricated.BARE, fabricated.FULL)),
    Thing(inner=Thing()),
    Thing(inner=Thing(name="a")),
]


def page(*_: object) -> Page:
    raise AssertionError("a fingerprint needs no page")


def test_no_two_things_are_alike_and_each_is_like_itself() -> None:
    papers = (fabricated.FULL, fabricated.BARE)
    known = fingerprint.by_identity(papers, fingerprint.each(papers))
    drafts = [PageOutput(str(number), page, (thing,)) for number, thing in enumerate(THINGS)]
    marks = fingerprint.of_inputs(drafts, known)
    assert len(set(marks.values())) == len(THINGS)
    assert fingerprint.of_inputs([replace(draft) for draft in drafts]) == marks
