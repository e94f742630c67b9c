"""Formulas in texts become MathML, and nothing else does."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from papershelf.render import html as hypertext
from papershelf.render import placeholders
from papershelf.text.mathml import MAX_LENGTH, mathml
from papershelf.text.page_html import EXTENSIONS

CASES = yaml.safe_load((Path(__file__).parent / "mathematics.yml").read_text("utf-8"))
RENDERER = markdown.Markdown(extensions=[*EXTENSIONS, "toc"])
PLAIN = re.compile(r"</?(?:span|math|mi|mn|mo|mrow|mtext)\b[^>]*>| [a-z]+=\"[^\"]*\"")
ELEMENT = re.compile(r"<(/?)(\w+)([^<>]*)>")
HOSTILE = (
    r"\text{<script>alert(1)</script>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\href{javascript:alert(1)}{x}",
    r"\class{md-overlay}{x}",
    r"\style{position:fixed}{x}",
    r"\style{a\" onclick=\"alert(1)}{x}",
    r"\color{red\" onclick=\"alert(1)}x",
    r"\unicode{x3c}script\unicode{x3e}",
    r"\id{ps-title}{x}",
    r"\text{&lt;script&gt;}",
    r"\hspace{1e9em}x",
    "{" * 500,
    r"\sqrt" * 100,
    r"\frac" * 100,
    "x_" * 200,
)
COMMANDS = r"""
\frac \sqrt \text \left( \right) \begin{matrix} \end{matrix} \\ \sum \href \mathbb \color \style \over \binom
"""
PIECES = st.sampled_from([*COMMANDS.split(), *"&{}^_x1 é*`[\"'", "](", "{:", "<b>"])
TEX = st.lists(PIECES, max_size=12).map("".join)


class Elements(HTMLParser):
    """The elements and attributes in HTML, as a browser parses it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def in_paragraph(text: str) -> str:
    return hypertext.to_html(placeholders.split(f"{placeholders.plain_text(text)}\n")).html


def harmless(html: str) -> bool:
    seen = Elements(html)
    return all(tag in {"p", "span", "math", "em", "strong"} or tag[0] == "m" for tag in seen.tags) and not (
        seen.attributes & {"href", "src", "style", "class", "id", "xmlns"}
        or any(name.startswith("on") for name in seen.attributes)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["tex"])
def test_tex_becomes_mathml(case: dict[str, str]) -> None:
    made = mathml(case["tex"])
    assert unescape(PLAIN.sub("", made)) == case["shows"]


@pytest.mark.parametrize("text", [r"We show $\frac{a}{b}$.", r"We show \(\frac{a}{b}\).", r"$$\frac{a}{b}$$"])
def test_delimited_tex_becomes_mathml(text: str) -> None:
    html = in_paragraph(text)
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in html
    assert "$" not in html
    assert "\\" not in html


@pytest.mark.parametrize(
    "text",
    ["It costs $5, or US$7_000.", "$A and B$ are words", r"$\ourmacro$ stays", "a \\$ and $x", "A_b and c^d"],
)
def test_other_text_stays_text(text: str) -> None:
    html = in_paragraph(text)
    assert "<math" not in html
    assert unescape(html.removeprefix("<p>").removesuffix("</p>")) == text


def test_a_text_with_too_many_formulas_keeps_its_tex() -> None:
    text = " ".join(rf"$\frac{{a_{number}}}{{b}}$" for number in range(60))
    assert len(in_paragraph(text)) < MAX_LENGTH
    assert "<math" not in in_paragraph(text)


@pytest.mark.parametrize("tex", HOSTILE)
def test_hostile_tex_is_harmless(tex: str) -> None:
    assert harmless(in_paragraph(f"Before ${tex}{{}}$ after"))


@given(st.lists(st.tuples(st.text(alphabet="ab *_<&", max_size=5), TEX), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_tex_is_harmless_and_renders_the_same_in_markdown(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{words}${tex}$" for words, tex in parts)
    html = in_paragraph(text)
    assert harmless(html)
    source = placeholders.in_markdown(placeholders.split(placeholders.plain_text(text)))
    assert RENDERER.reset().convert(source) == html.rstrip("\n")
