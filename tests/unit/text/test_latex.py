"""Cleaned text as TeX: formulas as formulas where that is harmless, words as the caller escapes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf import text


@pytest.mark.parametrize(
    ("cleaned", "written"),
    [
        ("Tea", "TEA"),
        (r"On $\binom{n}{k}$ *cups*", r"ON {$\binom{n}{k}$} CUPS"),
        (r"$\frac{a}{\mathbb{1}\{x\}}$", r"{$\frac{a}{\mathbb{1}\lbrace x\rbrace }$}"),
        ("It costs $5 for a_b or $6", "IT COSTS $5 FOR A_B OR $6"),
    ],
)
def test_formulas_stay_formulas(cleaned: str, written: str) -> None:
    assert text.tex(cleaned, str.upper) == written


@pytest.mark.parametrize(
    "formula",
    [
        r"\input{secret}",
        r"\write18{x}",
        r"\def\x{1}",
        r"\newcommand{\x}{1}",
        "a_1 % b",
        r"x^{2",
        r"\href{u}{x^2}",
    ],
)
def test_a_formula_that_may_do_harm_is_text(formula: str) -> None:
    assert text.tex(f"A ${formula}$", lambda words: "-" * len(words)) == "-" * (len(formula) + 4)


@given(
    st.lists(st.sampled_from([*"{}$%#_^ x1", r"\{", r"\}", r"\frac", r"\def", r"\\"]), max_size=12).map(
        "".join
    )
)
def test_braces_match_whatever_the_formula(damaged: str) -> None:
    written = text.tex(f"A ${damaged}$ b", lambda words: words[:0])
    depth = 0
    for sign in written:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
