"""Pages filled from frames are what MkDocs itself makes of the same Markdown, to the last element."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import escape

from papershelf import pages, text
from papershelf.content.free_pages import FreePage
from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import create, write_tree
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked, check
from papershelf.render import frames, placeholders
from papershelf.render import html as hypertext
from papershelf.render import templates as render
from papershelf.render.pages import PageRenderer
from papershelf.text.page_html import EXTENSIONS
from papershelf.theme import mkdocs
from papershelf.theme.settings import publish_settings
from papershelf.views.context import Page, PageOutput, SiteContext
from support import fabricated
from support.dom import Dom
from support.fabricated import CONFIG
from support.project import ROOT, SMALL

MANY = 60
TEMPLATES = ROOT / "templates"
WORDS = render.load_words(TEMPLATES)
RENDERER = markdown.Markdown(extensions=[*EXTENSIONS, "toc"])
SIGNS = st.sampled_from(list("ab1 *_`\\[](){}<>&#+-.!|~:/?=%\"'^$\n\té中"))
TEXTS = st.text(alphabet=st.one_of(SIGNS, st.characters()), max_size=30)
EVERYTHING = FreePage(
    name="contribute",
    markdown="""Intro with a [reference][home], `code <b>`, and <b>raw *tags*</b>.

## Same words

## Same words {: .x }

| a | b |
|---|---|
| [t](../topics/index.md#ps-title) | 2 |

```
[not a link](nowhere.md) <a href="nowhere.md">
```

<div class="ps-grid" markdown="1">
- [self](index.md) and [mail](mailto:a@example.org) and [web](https://example.org/?a=1&b=2)
</div>

[home]: ../index.md
""",
    file="content/pages/contribute.md",
)


def settings(planned: Sequence[PageOutput]) -> mkdocs.PublishSettings:
    return publish_settings(TEMPLATES, CONFIG, WORDS, pages.navigation(WORDS, planned))


def for_renderer(page: Page, templates: Environment) -> str:
    """The Markdown of a page, with what the renderer shall put into its head."""
    body = placeholders.in_markdown(render.render_template(page, templates))
    return f"{render.front_matter(page, head=True)}\n{body}"


def by_mkdocs(planned: Sequence[PageOutput], folder: Path) -> Path:
    """Every page as MkDocs renders it from the published Markdown."""
    docs = folder / "build" / "docs"
    templates = render.environment(TEMPLATES, WORDS)
    drawn = [draft.content() for draft in planned]
    write_tree(docs, ((page.path, for_renderer(page, templates)) for page in drawn))
    assert mkdocs.publish(docs, folder / "site", settings(planned), epoch=0) == []
    return folder / "site"


def by_frames(planned: Sequence[PageOutput], folder: Path) -> Path:
    """Every page filled into a frame."""
    sections = frozenset(path for _, path in pages.navigation(WORDS, planned))
    places = {frames.place(page.path, page.theme, sections) for page in planned}
    look = mkdocs.ShellInputs(templates=b"", epoch=0)
    shell, problems = mkdocs.shell(
        folder / "build", settings(planned), sorted(places), look, Cache.in_memory()
    )
    assert problems == []
    assert shell
    renderer = PageRenderer(TEMPLATES, WORDS, dict(shell.frames), sections, CONFIG.description)
    for made in renderer.render(planned):
        for name, content in made.contents.items():
            create(folder / "site", name, content)
    return folder / "site"


def small_list(_: Path) -> SiteContext:
    checked = check(Project(SMALL), Cache.in_memory(), Workers.serial)
    assert isinstance(checked, Checked)
    return SiteContext(checked.library, CONFIG, WORDS, (*checked.content.pages, EVERYTHING))


def fabricated_list(_: Path) -> SiteContext:
    context = fabricated.context(WORDS)
    return replace(context, free_pages=(*context.free_pages, EVERYTHING))


def hostile_list(_: Path) -> SiteContext:
    return fabricated.context(WORDS, fabricated.hostile_papers())


def shipped_list(_: Path) -> SiteContext:
    checked = check(Project(ROOT), Cache.in_memory(), Workers.serial)
    assert isinstance(checked, Checked)
    return SiteContext(checked.library, CONFIG, WORDS, checked.content.pages)


@pytest.mark.parametrize("make_context", [small_list, fabricated_list, hostile_list, shipped_list])
def test_a_filled_page_is_the_page_that_mkdocs_renders(
    make_context: Callable[[Path], SiteContext], tmp_path: Path
) -> None:
    planned = pages.plan(make_context(tmp_path))
    sample = planned if len(planned) < MANY else random.Random(4).sample(planned, MANY)
    rendered, filled = by_mkdocs(planned, tmp_path / "a"), by_frames(planned, tmp_path / "b")
    for page in sample:
        ours, theirs = (
            (site / urls.html(page.path)).read_text(encoding="utf-8") for site in (filled, rendered)
        )
        assert Dom(ours).nodes == Dom(theirs).nodes, page.path


@given(TEXTS)
def test_text_in_html_is_what_markdown_makes_of_text_in_markdown(words: str) -> None:
    escaped = text.escape(words, mathml=True)
    if escaped:
        assert RENDERER.reset().convert(escaped) == f"<p>{text.html(words)}</p>"


@given(st.lists(TEXTS, min_size=3, max_size=3))
def test_the_content_of_a_page_is_what_markdown_makes_of_its_markdown(words: list[str]) -> None:
    card = (
        '<section class="x" markdown="1">\n\n## {{ view[0] }}\n\n*{{ view[1] }}*\n{: .y }\n\n</section>\n\n'
    )
    template = f"# {{{{ view[2] }}}}\n\n{card}- {{{{ view[0] }}}} [x](../a/index.md)\n\n{card}"
    environment = render.environment(TEMPLATES, WORDS)
    environment.loader = DictLoader({"one.md": template})
    rendered = render.render_template(Page("x/index.md", "one.md", "X", "", words), environment)
    made = RENDERER.reset().convert(placeholders.in_markdown(rendered))
    assert hypertext.to_html(rendered).html == made.replace("../a/index.md", "../a/")


@pytest.mark.parametrize(
    ("path", "theme", "example"),
    [
        ("index.md", "main.html", "index.md"),
        ("topics/index.md", "main.html", "topics/index.md"),
        ("topics/tea/index.md", "main.html", "topics/papershelf-example/index.md"),
        (
            "topics/tea/2/index.md",
            "main.html",
            "topics/papershelf-example/papershelf-example/index.md",
        ),
        ("papers/tea/index.md", "paper.html", "papers/papershelf-example/index.md"),
        ("stats/index.md", "main.html", "papershelf-example/index.md"),
        ("contribute/index.md", "free.html", "papershelf-example-free/index.md"),
    ],
)
def test_pages_share_a_frame_with_those_at_their_depth_of_their_section(
    path: str, theme: str, example: str
) -> None:
    sections = {"index.md", "topics/index.md"}
    assert frames.place(path, theme, sections) == frames.Place(theme, example)


def test_a_theme_that_does_not_show_the_content_is_an_error() -> None:
    with pytest.raises(GeneratorError, match="must show page"):
        frames.parse(
            "<html><title>papershelf-example-title</title></html>", frames.Place("paper.html", "a/b.md")
        )


@given(TEXTS, TEXTS)
def test_what_fills_a_frame_is_escaped(title: str, description: str) -> None:
    frame = frames.parse(
        '<title>papershelf-example-title</title><meta content="papershelf-example-description">'
        f"{RENDERER.reset().convert(frames.EXAMPLE)}",
        frames.Place("main.html", "a/b/index.md"),
    )
    page = frames.fill(frame, frames.Filling(title, description, "", "<p>content</p>", "a/c/"))
    assert page == (f'<title>{escape(title)}</title><meta content="{escape(description)}"><p>content</p>')
