"""What follows from the registry of page kinds."""

import re
from collections import Counter

from papershelf import exports, pages
from papershelf.core import urls
from papershelf.exports import Published
from papershelf.incremental.manifest import SEARCH
from papershelf.pages import KINDS, PageKind
from papershelf.render import templates
from papershelf.views.context import Page, SiteContext
from support import fabricated
from support.project import ROOT
from support.site import formats

TEMPLATES = ROOT / "templates"
WORDS = templates.load_words(TEMPLATES)
LINK = re.compile(r"""\]\((?P<markdown>[^)\s]*)\)|href="(?P<html>[^"]*)\"""")


def pages_of(kind: PageKind) -> tuple[Page, ...]:
    return tuple(output.content() for output in pages.plan(fabricated.context(WORDS), [kind]))


def links_of(page: Page) -> set[str]:
    """The pages that a page links to in its content, by their paths."""
    markdown = templates.render(page, templates.environment(TEMPLATES, WORDS))
    hrefs = [found["markdown"] or found["html"] or "" for found in LINK.finditer(markdown)]
    targets = (urls.target(page.path, href).partition("#")[0] for href in hrefs if urls.is_relative(href))
    return {target if target.endswith(".md") else f"{target}/index.md" for target in targets}


def test_kinds_have_names_of_their_own() -> None:
    assert set(Counter(kind.name for kind in KINDS).values()) == {1}


def test_every_kind_has_pages_in_the_fabricated_site_and_all_of_them_start_with_its_segment() -> None:
    for kind in KINDS:
        planned = pages_of(kind)
        assert planned, kind.name
        if kind.segment:
            assert {page.path.partition("/")[0] for page in planned} == {kind.segment}, kind.name


def test_the_reserved_names_are_what_pages_exports_and_the_search_need() -> None:
    context = fabricated.context(WORDS)
    outputs = exports.plan(Published(context, pages.plan(context), 0, formats(context)))
    folders = {path.partition("/")[0] for path in (output.path for output in outputs) if "/" in path}
    segments = {kind.segment for kind in KINDS if kind.segment}
    assert segments | folders | {SEARCH} == urls.RESERVED


def test_every_kind_of_page_is_reached_from_the_navigation_or_a_page_of_another_kind() -> None:
    by_kind = {kind.name: pages_of(kind) for kind in KINDS}
    links = {name: {link for page in of_kind for link in links_of(page)} for name, of_kind in by_kind.items()}
    for kind in KINDS:
        elsewhere = {link for name, linked in links.items() if name != kind.name for link in linked}
        reached = {*elsewhere, *([kind.navigation.path] if kind.navigation else [])}
        orphaned = reached.isdisjoint(page.path for page in by_kind[kind.name])
        assert not orphaned, f"nothing links to pages of kind {kind.name}"


def test_pages_are_framed_by_the_theme_of_their_kind() -> None:
    themes = {kind.name: {page.theme for page in pages_of(kind)} for kind in KINDS}
    assert themes == {kind.name: {kind.theme} for kind in KINDS}
    assert pages.PAPER.theme == "paper.html"


def test_another_kind_of_page_is_one_more_value() -> None:
    def plan_teas(context: SiteContext) -> list[Page]:
        return [Page("teas/index.md", "free.md", context.config.title, "", None)]

    teas = PageKind(
        "teas", "teas", plan_teas, pages.NavigationLink("teas/index.md", lambda _: "Teas"), "free.html"
    )
    context, kinds = fabricated.context(WORDS), (*KINDS, teas)
    planned = pages.plan(context, kinds)
    assert (planned[-1].path, planned[-1].theme) == ("teas/index.md", "free.html")
    assert pages.navigation(WORDS, planned, kinds)[-1] == ("Teas", "teas/index.md")
