"""TeX that other programs read back: letters, signs and formulas."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.richtext import Text
from pylatexenc.latex2text import LatexNodes2Text

from papershelf.citations import tex

NOT_IN_PYBTEX = "ĲĳŊŋȨȩ"
CODES = (*range(0xA1, 0x250), *range(0x370, 0x600), *range(0x1E00, 0x2140))
LETTERS = [letter for letter in map(chr, CODES) if unicodedata.category(letter)[0] in "LPS"]
FORMULAS = ("binom{n}{k}", "mathcal{O}(n^2)", "ell_p", "left\\{x_1\\right.", "sqrt[3]{n}", "text{KL}_2")
UNSAFE = (
    "input{x}",
    "def\\x{1}",
    "write18{ls}",
    "csname x\\endcsname",
    "href{x}{y}_1",
    "texttt{a}_1",
    "text{_}",
)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_more_than_a_thousand_letters_and_signs_are_read_back_by_pybtex_and_pylatexenc() -> None:
    written = {letter: tex.escape(letter) for letter in LETTERS if "$" not in tex.escape(letter)}
    decode = LatexNodes2Text().latex_to_text

    assert len(written) > 1000
    for letter, source in written.items():
        assert composed(decode(source)) == composed(letter)
        assert composed(str(Text.from_latex(source))) == composed(letter) or letter in NOT_IN_PYBTEX


@pytest.mark.parametrize(
    ("letters", "written"),
    [
        ("íìîï", r"{\'i}{\`i}{\^i}{\"i}"),
        ("ĩīĭĵ", r"{\~{i}}{\={i}}{\u{i}}{\^{j}}"),
        ("ı", r"{\i}"),
        ("ΐ ✓", "ΐ ✓"),
        ("“€…”", "“€…”"),
        ("C♯", r"C{$\sharp$}"),
        ("αβ", r"{$\alpha$}{$\beta$}"),
        ("Γιώργος Ίων", "Γιώργος Ίων"),
    ],
)
def test_accents_are_on_dotted_letters_and_what_is_no_mathematics_is_not_written_so(
    letters: str, written: str
) -> None:
    assert tex.escape(letters) == written


def test_a_formula_in_a_title_is_mathematics() -> None:
    assert (
        tex.title(r"Choosing $\binom{n}{k}$ Cups with BERT") == r"Choosing {$\binom{n}{k}$} Cups with {BERT}"
    )
    assert tex.title(r"\(x^2\) in $\left\{y_1\right.$") == r"{$x^2$} in {$\left\lbrace y_1\right.$}"
    assert tex.title("A cup at $5 or a pot at $7") == r"A cup at {\$}5 or a pot at {\$}7"


@pytest.mark.parametrize("formula", UNSAFE)
def test_a_formula_with_a_command_that_is_no_mathematics_is_text(formula: str) -> None:
    written = tex.title(f"On $\\{formula}^2$")

    assert written.startswith(r"On {\$}{\textbackslash}")
    assert not re.search(rf"\\{re.split(r'[^a-z]', formula)[0]}\b", written)


PIECES = (
    *(f"\\{formula}" for formula in (*FORMULAS, *UNSAFE)),
    "$",
    "{",
    "}",
    "\\",
    "%",
    "#",
    "&",
    "x_1",
    "^2",
    " ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_a_title_has_balanced_braces_and_no_commands_but_those_of_mathematics(title: str) -> None:
    written = tex.title(f"${title}$")
    depth = 0
    for sign in re.findall("[{}]", written):
        depth += 1 if sign == "{" else -1
        assert depth >= 0

    assert depth == 0
    assert not re.search(r"\\(?:input|def|write|csname|endcsname|href|texttt)|(?<!\\)[%#&]", written)
