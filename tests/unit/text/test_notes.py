"""Notes: what is displayed as HTML, and what is said to be displayed otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.text import notes
from papershelf.text.notes import Mistake


@pytest.mark.parametrize(
    ("note", "html"),
    [
        ("a $x^2$", "<p>a <span><math><msup><mi>x</mi><mn>2</mn></msup></math></span></p>"),
        (r"costs $5 and $6, \$x^2\$", "<p>costs $5 and $6, $x^2$</p>"),
        (r"$\ourmacro{x}$", r"<p>$\ourmacro{x}$</p>"),
        ("~~so~~", "<p><s>so</s></p>"),
        (
            "(https://a.example.org/b_(c)_d).",
            '<p>(<a href="https://a.example.org/b_(c)_d">https://a.example.org/b_(c)_d</a>).</p>',
        ),
        ("`https://a.example.org`", "<p><code>https://a.example.org</code></p>"),
        (
            "[https://a.example.org](https://b.example.org)",
            '<p><a href="https://b.example.org">https://a.example.org</a></p>',
        ),
    ],
)
def test_notes_are_displayed(note: str, html: str) -> None:
    assert notes.render(note) == html
    assert notes.check(note) == ()


def test_a_table_is_displayed_as_one() -> None:
    table = "| cup | size |\n|---|---|\n| small | $x^2$ |"
    html = notes.render(table)
    assert html.count("<th>") == html.count("<td>") == 2
    assert notes.plain(table) == "cup size small x²"
    assert notes.check(table) == ()


@pytest.mark.parametrize(
    ("note", "message", "word"),
    [
        ("tea\n\n- [ ] green\n- black", "boxes to tick are not shown", "[ ]"),
        ("tea\n\nand <b>cups</b>", "raw HTML is not shown", "<b>"),
        ("tea\n\n## Cups", "headings are not shown", "## Cups"),
        ("tea ![cup](https://a.example.org/c.png)", "images are not shown", "!["),
        (
            "[tea](ftp://a.example.org)",
            "'ftp://a.example.org' is not a web or mail address",
            "ftp://a.example.org",
        ),
    ],
)
def test_what_is_not_displayed_is_said_with_its_word(note: str, message: str, word: str) -> None:
    first = notes.check(note)[0]
    assert isinstance(first, Mistake)
    assert (first.message, first.word) == (message, word)
    assert first.hint


@given(st.text("ab$\\{}^_ <>:/hps.|-*~`[]()\n"))
def test_any_note_is_displayed_without_scripts(note: str) -> None:
    html = notes.render(f"https://a.example.org {note} $x^2$")
    assert "<script" not in html
    assert 'href="javascript' not in html
