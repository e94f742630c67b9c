"""The Markdown that is published says what the page says, in fewer signs."""

import html
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf import pages
from papershelf.content.config import publishes_markdown, with_markdown
from papershelf.render import html as hypertext
from papershelf.render import placeholders, templates
from papershelf.render.plain_markdown import plain_markdown
from papershelf.views.context import Page
from support import fabricated
from support.project import ROOT

TEMPLATES = ROOT / "templates"
WORDS = templates.load_words(TEMPLATES)
ENVIRONMENT = templates.environment(TEMPLATES, WORDS)
NOT_READ = re.compile(r"<(button|figure|small|svg)\b.*?</\1>", re.DOTALL)
TAGS = re.compile(r"<[^<>]*>")
PLANNED = [draft.content() for draft in pages.plan(fabricated.context(WORDS))]
VALUES = st.text(string.ascii_letters + "<>{}:*_[]()#`\\&; .\"'", max_size=40)


def letters(content: str) -> str:
    """What a reader sees of HTML, without the spaces."""
    return "".join(html.unescape(TAGS.sub("", NOT_READ.sub("", content))).split())


def filled(value: str) -> str:
    return placeholders.in_markdown(placeholders.split(placeholders.plain_text(value)))


def shown(markdown: str) -> str:
    return letters(hypertext.to_html(placeholders.split(placeholders.without_delimiters(markdown))).html)


@pytest.mark.parametrize("page", PLANNED, ids=lambda page: page.path)
def test_published_markdown_shows_the_words_and_links_of_its_page(page: Page) -> None:
    rendered = templates.render_template(page, ENVIRONMENT)
    published = plain_markdown(rendered)

    assert shown(published) == letters(hypertext.to_html(rendered).html)
    targets = re.findall(r"\]\(([^)\s]+)\)", placeholders.in_markdown(rendered))
    assert re.findall(r"\]\(([^)\s]+)\)", published) == targets
    assert "{:" not in published
    assert "markdown=" not in published
    assert len(published) <= len(placeholders.in_markdown(rendered))


def test_a_page_begins_with_its_heading_and_one_by_hand_stays_as_it_is() -> None:
    paper = next(page for page in PLANNED if page.path == "papers/how-long-to-steep/index.md")
    published = templates.published(paper, templates.render_template(paper, ENVIRONMENT))
    assert published.startswith("# How Long to Steep")
    assert "@misc" not in published

    about = next(page for page in PLANNED if page.path == "about/index.md")
    written = templates.render_template(about, ENVIRONMENT)
    assert templates.published(about, written) == placeholders.in_markdown(written)


@given(VALUES, VALUES)
def test_what_a_page_shows_is_never_taken_for_markup(title: str, label: str) -> None:
    rendered = (
        '<div class="a" markdown="1">\n\n'
        f"# {placeholders.plain_text(title)} "
        f'{{: #x title="{placeholders.placeholder("attribute", label)}" }}\n\n'
        f"{placeholders.plain_text(label)}\n{{: .ps-text }}\n\n</div>\n"
    )
    heading = f"# {filled(title)}".removesuffix(" ")
    text = filled(label)
    assert plain_markdown(placeholders.split(rendered)) == "\n\n".join(filter(None, (heading, text))) + "\n"


@pytest.mark.parametrize(("papers", "lists"), [(5000, True), (5001, False)])
def test_large_lists_publish_the_markdown_of_papers_only(papers: int, *, lists: bool) -> None:
    settings = with_markdown(fabricated.CONFIG, papers).publish
    assert publishes_markdown(settings.markdown, "papers/x/index.md")
    assert publishes_markdown(settings.markdown, "topics/x/index.md") is lists
