"""Authors as files write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.person import Author, checked_orcid, known_orcid, name_in_braces, without_et_al
from papershelf.core.problems import InvalidValueError

ORCID = "0000-0002-1825-0097"
NAMES = st.one_of(st.text(min_size=1), st.text("{} a", min_size=1)).filter(lambda name: bool(name.strip()))


@pytest.mark.parametrize(
    "written",
    [ORCID, f"https://orcid.org/{ORCID}", f"http://www.orcid.org/{ORCID}/"],
)
def test_an_orcid_is_read_with_and_without_its_address(written: str) -> None:
    assert checked_orcid(written) == ORCID


def test_the_check_digit_may_be_an_x() -> None:
    assert checked_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("0000-0002-1825-0098", "is no ORCID iD: its last digit does not fit the others"),
        ("0000-0002-8125-0097", "is no ORCID iD: its last digit does not fit the others"),
        ("0000000218250097", "is no ORCID iD"),
        ("٠٠٠٠-0002-1825-0097", "is no ORCID iD"),
        ("https://example.org/0000-0002-1825-0097", "is no ORCID iD"),
    ],
)
def test_what_is_no_orcid_is_refused_where_people_write_it_and_dropped_elsewhere(
    written: str, message: str
) -> None:
    with pytest.raises(InvalidValueError, match=f"^{message}$"):
        checked_orcid(written)
    assert known_orcid(written) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{Meta AI}", "Meta AI"),
        (" { { Meta AI } } ", "Meta AI"),
        ("{{Meta} {AI}}", "{Meta} {AI}"),
        ("{Meta} {AI}", ""),
        ("{Meta AI", ""),
        ("Meta AI", ""),
        ("{}", ""),
        ("}{", ""),
    ],
)
def test_only_braces_around_the_whole_name_protect_it(text: str, name: str) -> None:
    assert name_in_braces(text) == name


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Ada Fern", Author(name="Ada Fern")),
        ("{Meta AI}", Author(name="Meta AI", group=True)),
        ({"name": "{Meta AI}"}, Author(name="Meta AI", group=True)),
        ({"name": "Ada Fern", "orcid": ORCID}, Author(name="Ada Fern", orcid=ORCID)),
    ],
)
def test_an_author_is_a_name_or_fields(written: object, author: Author) -> None:
    assert Author.read(written) == author


@given(NAMES, st.sampled_from([None, ORCID]), st.sampled_from([True, False]))
def test_authors_round_trip(name: str, orcid: str | None, group: object) -> None:
    author = Author.read({"name": name, "orcid": orcid, "group": group})

    assert Author.read(json.loads(json.dumps(author.written()))) == author


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (("Ada Fern", "et al."), ("Ada Fern",)),
        (("Ada Fern", "et al"), ("Ada Fern",)),
        (("Ada Fern", "others"), ("Ada Fern",)),
        (("Ada Fern", "and others"), ("Ada Fern",)),
        (("Ada Fern", "…"), ("Ada Fern",)),
        (("Ada Fern et al.",), ("Ada Fern",)),
        (("Ada Fern, et  al.",), ("Ada Fern",)),
        (("Fern, Ada and others",), ("Fern, Ada",)),
        (("et al.",), ()),
    ],
)
def test_et_al_is_nobody(written: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert without_et_al(written) == (names, True)


@pytest.mark.parametrize("written", [(), ("others", "Ada Fern"), ("{others}",), ("Betal",)])
def test_whoever_is_only_called_alike_stays(written: tuple[str, ...]) -> None:
    assert without_et_al(written) == (written, False)
