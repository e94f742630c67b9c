"""Cleaning and escaping of text, and slugs, against fixtures and real Markdown parsers."""

import itertools
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papershelf import text
from support.project import TESTS
from support.timing import processor_seconds

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
LISTINGS = sorted((TESTS / "listings").glob("*.txt"))
MANY = settings(max_examples=500, deadline=None)
PIECES = CASES["pieces"]


def joined(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces) | st.text(max_size=2), max_size=16).map("".join)


any_text = st.text(st.characters(exclude_categories=()))
damaged_text = any_text | joined(PIECES["TeX"]) | joined(PIECES["Markdown"])


# -- cleaning
@pytest.mark.parametrize("case", CASES["cleaning"], ids=lambda case: case["damaged"][:40])
def test_cleaned_text_reads_as_a_person_would_write_it(case: dict[str, str]) -> None:
    assert text.clean(case["damaged"]) == case["clean"]
    assert text.clean(case["clean"]) == case["clean"]
    assert_read_literally(case["clean"])


@pytest.mark.parametrize("sentence", CASES["left alone"])
def test_intact_text_is_left_alone(sentence: str) -> None:
    assert text.clean(sentence) == sentence


@given(damaged_text)
@MANY
def test_cleaning_is_idempotent(damaged: str) -> None:
    cleaned = text.clean(damaged)
    assert text.clean(cleaned) == cleaned


@given(damaged_text)
@MANY
def test_cleaned_text_is_one_visible_line(damaged: str) -> None:
    cleaned = text.clean(damaged)
    assert cleaned == " ".join(cleaned.split())
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {"Cc", "Cs"} & {unicodedata.category(character) for character in cleaned}
    assert not set("\u200b\ufeff\u202a\u202e\u2066\u2069\ufffe") & set(cleaned)


@given(
    st.lists(
        st.tuples(st.sampled_from(PIECES["words"]), st.sampled_from(PIECES["around"])),
        min_size=1,
        max_size=12,
    )
)
@MANY
def test_no_word_is_lost(sentence: list[tuple[str, list[str]]]) -> None:
    cleaned = text.clean(" ".join(f"{before}{word}{after}" for word, (before, after) in sentence))
    kept = iter(re.findall(r"[^\W\d_]+", text.plain(cleaned)))
    for word, _ in sentence:
        assert word in kept, cleaned


NUMBERS = st.integers(1, 999).map(str)
SIGNED = st.sampled_from(
    [
        r"$>${}\%",
        r"$<${}\%",
        "$-${}.5",
        "p$<$0.{}",
        "$p<$0.{}",
        "($+${})",
        "[$-${}, 1]",
        r"$\pm${}",
        "${}\\%$",
    ]
)
SIGNED_NUMBERS = st.builds(str.replace, SIGNED, st.just("{}"), NUMBERS)
BRACED = st.sampled_from(
    [r"\Pr\{A\}", r"$\Pr\{A\}$", r"$\mathbb{1}\{x>0\}$", r"\{\sigma_{ij}\}", r"$\{0,1\}^3$", r"\{ tea \}"]
)
PRICES = NUMBERS.map(lambda number: f"we pay ${number} a day")
ADDRESSES = st.sampled_from(["https://a.example.org/tea_pot", "https://a.example.org/~ada/1"])
WORDS = st.sampled_from(["a cup", "of tea,", "and", "$x$", r"$\binom{4}{k}$", r"\emph{so}", "{GAN}s"])
COUNTED = "0123456789<>+-%±"


def counted(cleaned: str, signs: str = COUNTED) -> list[str]:
    shown = unicodedata.normalize("NFKC", cleaned).replace("\u2212", "-")
    return [sign for sign in shown if sign in signs]


@given(st.lists(SIGNED_NUMBERS | BRACED | PRICES | ADDRESSES | WORDS, min_size=1, max_size=8))
@MANY
def test_cleaning_loses_no_digit_sign_brace_or_address(pieces: list[str]) -> None:
    written = " ".join(pieces)
    shown = text.plain(text.clean(written))
    assert counted(shown) == counted(written.replace(r"\pm", "±"))
    formulas = sum(piece.startswith(r"$\binom") for piece in pieces)
    braces = len(re.findall(r"\\[{}]", written)) + 4 * formulas
    assert len(counted(shown, "{}")) == braces
    assert re.findall(r"https://\S+", shown) == [piece for piece in pieces if piece.startswith("https")]


@pytest.mark.parametrize("piece", PIECES["repeated"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    hostile = (piece * 200_000)[:200_000]
    with processor_seconds(5):
        text.escape(text.clean(hostile))


def test_a_hostile_megabyte_takes_seconds() -> None:
    hostile = ("".join(PIECES["TeX"] + PIECES["Markdown"] + PIECES["repeated"]) * 3000)[:1_000_000]
    with processor_seconds(30):
        text.escape(text.clean(hostile))


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda path: path.name)
def test_cleaned_listings_are_clean_and_stable(listing: Path) -> None:
    for paragraph in listing.read_text(encoding="utf-8").split("\n\n"):
        cleaned = text.clean(paragraph)
        assert text.clean(cleaned) == cleaned
        assert not re.search(r"\\|``|\{[=+]\}|\^\{|_\{|\b(mathcal|infty|rightarrow|\dtimes)\b", cleaned)
        assert_read_literally(cleaned)


# -- Markdown in real parsers
class Shown(HTMLParser):
    """HTML as a browser displays it: the text, and the elements and attributes around it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._data: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self._data.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self._data).split())


def python_markdown(source: str) -> Shown:
    return Shown(markdown.markdown(source, extensions=["attr_list", "md_in_html", "tables", "toc"]))


def commonmark(source: str) -> Shown:
    return Shown(MarkdownIt("commonmark").enable("table").render(source))


PARSERS: tuple[Callable[[str], Shown], ...] = (python_markdown, commonmark)
PLACES = {
    "paragraph": ("Before {} after", "p"),
    "block start": ("{}", "p"),
    "between paragraphs": ("Before\n\n{}\n\nafter", "p"),
    "heading": ("## {}", "h2"),
    "link": ("[{}](https://example.org/)", "p a"),
    "table cell": ("| a | b |\n|---|---|\n| {} | c |", "table thead tbody tr th td"),
    "HTML block": ('<div markdown="1">\n\n{}\n\n</div>', "div p"),
}


def assert_read_literally(cleaned: str) -> None:
    for parse in PARSERS:
        assert parse(text.escape(cleaned)).text == text.plain(cleaned)


def assert_shown_literally(something: str) -> None:
    escaped = text.escape(something)
    for parse, (template, tags) in itertools.product(PARSERS, PLACES.values()):
        around = parse(template.format("X")).text
        shown = parse(template.format(escaped))
        assert shown.text == " ".join(around.replace("X", text.plain(something), 1).split()), template
        assert shown.tags <= {*tags.split(), "em", "strong"}, template
        assert shown.attributes <= {"id", "href", "markdown"}, template


@pytest.mark.parametrize("case", CASES["escaping"], ids=lambda case: case["text"][:40])
def test_markdown_is_escaped_only_where_needed(case: dict[str, str]) -> None:
    assert text.escape(case["text"]) == case["markdown"]
    assert_shown_literally(case["text"])


@pytest.mark.parametrize("hostile", [*CASES["hostile"], "long " * 400, "x" * 2000])
def test_hostile_text_stays_text(hostile: str) -> None:
    assert_shown_literally(hostile)
    assert_shown_literally(text.clean(hostile))


@given(damaged_text)
@MANY
def test_escaped_text_is_displayed_literally(damaged: str) -> None:
    assert_shown_literally(text.clean(damaged))
    assert_shown_literally(damaged)


@pytest.mark.parametrize("parse", PARSERS)
def test_emphasis_is_displayed_as_emphasis(parse: Callable[[str], Shown]) -> None:
    shown = parse(text.escape("a *finite* and (**infinite**) **C**up"))
    assert shown.tags == {"p", "em", "strong"}
    assert shown.text == "a finite and (infinite) Cup"


# -- HTML
def test_html_has_emphasis_mathematics_and_nothing_else_as_markup() -> None:
    shown = text.html(r"*so* <b> \{A\} & $\binom{n}{k}$")
    assert shown.startswith("<em>so</em> &lt;b&gt; {A} &amp; <span><math>")
    assert Shown(shown).text == "so <b> {A} & (nk)"


# -- names
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('Erwin Schr\\"odinger', "Erwin Schrödinger"),
        ("{Tea \\& Co}", "{Tea & Co}"),
        ("*Ada* {F}ern", "Ada Fern"),
    ],
)
def test_names_are_cleaned_and_one_name_stays_one(written: str, name: str) -> None:
    assert text.clean_name(written) == name


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: case["slug"])
def test_all_spellings_of_a_title_share_key_and_slug(case: dict[str, list[str] | str]) -> None:
    assert len({text.normalise(spelling) for spelling in case["spellings"]}) == 1
    assert {text.slug(spelling) for spelling in case["spellings"]} == {case["slug"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("K-means", "K-means++"),
        ("PointNet", "PointNet++"),
        ("A Study of C", "A Study of C#"),
        ("C and C#", "C++ and C#"),
        ("C++ for Tea", "C++17 for Tea"),
        ("BERT", "BERT+"),
        ("A Search for Tea", "A* Search for Tea"),
        ("RRT-Connect", "RRT*-Connect"),
    ],
)
def test_titles_that_differ_in_a_sign_of_a_name_have_two_keys(one: str, other: str) -> None:
    assert text.normalise(one) != text.normalise(other)
    assert text.slug(one) == text.slug(one.replace("+", ""))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Tea + Milk", "Tea+Milk", "Tea, Milk"),
        ("Attention # 1", "Attention #1", "Attention 1"),
        ("Kettles for All*", "Kettles for All", "*Kettles* for **All**"),
        ("K-means++: A Study", "k-MEANS++ a study", "K-means$++$: A Study"),
        ("A* Search", "A$^*$ Search", "A$^\\star$ search", "A⋆ Search"),
    ],
)
def test_signs_that_are_punctuation_do_not_change_the_key(spellings: tuple[str, ...]) -> None:
    assert len({text.normalise(spelling) for spelling in spellings}) == 1


@given(
    st.lists(st.sampled_from(PIECES["words"]), min_size=1),
    st.sampled_from(PIECES["around"]),
    st.sampled_from([" ", "  ", "\n", " - "]),
)
def test_case_punctuation_and_debris_do_not_change_the_key(
    words: list[str], around: list[str], gap: str
) -> None:
    before, after = (part if part not in (r"\alpha ", r"~\cite{key}") else "" for part in around)
    spelling = gap.join([*words[:-1], f"{before}{words[-1].capitalize()}{after}"])
    assert text.normalise(spelling) == text.normalise(" ".join(words))


@given(damaged_text)
@MANY
def test_a_title_always_has_a_key(title: str) -> None:
    assume(title)
    key = text.normalise(title)
    assert key
    assert text.normalise(text.clean(title)) in (key, "")


@given(damaged_text | joined([f"{word} " for word in PIECES["words"]]))
@MANY
def test_slugs_are_short_and_ascii(title: str) -> None:
    slug = text.slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


def test_long_slugs_end_with_a_whole_word() -> None:
    assert text.slug("kettle " * 30) == "-".join(["kettle"] * 11)
    assert text.slug("k" * 200) == "k" * 80
