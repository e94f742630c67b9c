"""The Markdown that is published says what the page says, in fewer signs."""

import html
import re
import string

import fabricated
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from generator import holes, hypertext, pages, render
from generator.bare import bare
from generator.config import publishes_markdown, with_markdown
from generator.pages import Page

TEMPLATES = ROOT / "templates"
WORDS = render.load_words(TEMPLATES)
ENVIRONMENT = render.environment(TEMPLATES, WORDS)
NOT_READ = re.compile(r"<(button|figure|small|svg)\b.*?</\1>", re.DOTALL)
TAGS = re.compile(r"<[^<>]*>")
PLANNED = [draft.page() for draft in pages.plan(fabricated.shelf(WORDS))]
VALUES = st.text(string.ascii_letters + "<>{}:*_[]()#`\\&; .\"'", max_size=40)


def letters(content: str) -> str:
    """What a reader sees of HTML, without the spaces."""
    return "".join(html.unescape(TAGS.sub("", NOT_READ.sub("", content))).split())


def shown(markdown: str) -> str:
    return letters(hypertext.hypertext(holes.without_marks(markdown)).html)


@pytest.mark.parametrize("page", PLANNED, ids=lambda page: page.path)
def test_published_markdown_shows_the_words_and_links_of_its_page(page: Page) -> None:
    skeleton = render.skeleton(page, ENVIRONMENT)
    published = bare(skeleton)

    assert shown(published) == letters(hypertext.hypertext(skeleton).html)
    targets = re.findall(r"\]\(([^)\s]+)\)", holes.in_markdown(skeleton))
    assert re.findall(r"\]\(([^)\s]+)\)", published) == targets
    assert "{:" not in published
    assert "markdown=" not in published
    assert len(published) <= len(holes.in_markdown(skeleton))


def test_a_page_begins_with_its_heading_and_one_by_hand_stays_as_it_is() -> None:
    paper = next(page for page in PLANNED if page.path == "papers/how-long-to-steep/index.md")
    published = render.published(paper, render.skeleton(paper, ENVIRONMENT))
    assert published.startswith("# How Long to Steep")
    assert "@misc" not in published

    about = next(page for page in PLANNED if page.path == "about/index.md")
    written = render.skeleton(about, ENVIRONMENT)
    assert render.published(about, written) == written


@given(VALUES, VALUES)
def test_what_a_page_shows_is_never_taken_for_markup(title: str, label: str) -> None:
    skeleton = (
        '<div class="a" markdown="1">\n\n'
        f'# {holes.shown(title)} {{: #x title="{holes.hole("attribute", label)}" }}\n\n'
        f"{holes.shown(label)}\n{{: .ps-text }}\n\n</div>\n"
    )
    heading = f"# {holes.in_markdown(holes.shown(title))}".removesuffix(" ")
    text = holes.in_markdown(holes.shown(label))
    assert bare(skeleton) == "\n\n".join(filter(None, (heading, text))) + "\n"


@pytest.mark.parametrize(("papers", "lists"), [(5000, True), (5001, False)])
def test_large_lists_publish_the_markdown_of_papers_only(papers: int, *, lists: bool) -> None:
    settings = with_markdown(fabricated.CONFIG, papers).publish
    assert publishes_markdown(settings.markdown, "papers/x/index.md")
    assert publishes_markdown(settings.markdown, "topics/x/index.md") is lists
