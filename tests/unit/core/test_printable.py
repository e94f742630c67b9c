import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.model import Reference
from papershelf.core.printable import in_one_line, printable, printable_value
from papershelf.core.problems import Location


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("50 %\r100 %", r"50 %\r100 %"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202egpj.exe", r"\u202egpj.exe"),
        ("a\u2028b\u2029c\x85d", r"a\u2028b\u2029c\x85d"),
        ("\udcff.txt", r"\udcff.txt"),
        ("one\n::error::two", r"one\n::error::two"),
        ("one\n \t::error::two", r"one\n \t::error::two"),
    ],
)
def test_what_would_steer_a_terminal_or_a_runner_is_spelled_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("'https://ann:secret@example.org/': no", "'https://…@example.org/': no"),
        ("smtp://ann:s:e@c@example.org", "smtp://…@example.org"),
        ("https://example.org/a:b@c", "https://example.org/a:b@c"),
        ("https://ann@example.org/", "https://ann@example.org/"),
    ],
)
def test_the_password_in_an_address_is_not_repeated(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text", ["Größe, 大きさ, קטן, 👩‍🔬, e\u0301", "می\u200cخواهم", "one\ntwo", "\\x1b", ""]
)
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


@given(st.text(st.characters()))
def test_any_text_is_encoded_and_has_neither_controls_nor_separators(text: str) -> None:
    shown = in_one_line(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(each) for each in shown} & {
        "RLO",
        "LRO",
        "RLE",
        "LRE",
        "RLI",
        "LRI",
    }


def test_texts_within_a_value_are_printable_and_all_else_stays() -> None:
    place = Location("a\x1b.yml", 3)
    reference = Reference(title="Talk", url="https://example.org/")
    assert printable_value(((place, "b\r", 1.5), None, reference)) == (
        (Location(r"a\x1b.yml", 3), r"b\r", 1.5),
        None,
        reference,
    )


def test_a_place_is_one_line() -> None:
    assert str(Location("content/a\n\x1b[31m.yml", 1, 2)) == r"content/a\n\x1b[31m.yml:1:2"
