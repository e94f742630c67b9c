"""When papers were listed, and by which listing first."""

from datetime import date

from papershelf.library import first_listed
from papershelf.library.library import Library, build_library
from support.contents import content, listing

ONE, TWO, THREE = ({"title": title, "id": title.lower()} for title in ("One", "Two", "Three"))


def library() -> Library:
    files = [
        listing("undated", None, THREE),
        listing("autumn", "2024-10-02", TWO, ONE),
        listing("winter", "2024-12-01", ONE, THREE),
    ]
    return build_library(content(files, topics=""))[0]


def test_the_days_of_a_paper_are_those_of_its_dated_listings_oldest_first() -> None:
    assert first_listed.listing_days(library()) == {
        "one": (date(2024, 10, 2), date(2024, 12, 1)),
        "two": (date(2024, 10, 2),),
        "three": (date(2024, 12, 1),),
    }


def test_a_paper_belongs_to_its_oldest_listing_and_undated_ones_are_older() -> None:
    assert first_listed.by_listing(library()) == {"autumn": ("two", "one"), "undated": ("three",)}


def test_new_papers_are_those_that_the_newest_listing_was_the_first_to_have() -> None:
    assert first_listed.new(library(), {"autumn": ("two",), "winter": ("one",)}) == {"one"}
    assert first_listed.new(library(), first_listed.by_listing(library())) == frozenset()
