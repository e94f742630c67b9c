"""Markdown becomes a site by the real MkDocs: complete, repeatable, strict."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from papershelf.core.problems import GeneratorError, Problem
from papershelf.incremental.filetree import write_tree
from papershelf.theme.mkdocs import PublishSettings, publish

SETTINGS = PublishSettings(
    name='Shelf: "R&D" !ENV [x]',
    url="https://example.org/shelf/",
    description="A small <list> of papers.",
    navigation=(("Home", "index.md"), ("Topics", "topics/index.md")),
    extra={"greeting": "hello"},
)
GOOD = {
    "index.md": "# Home\n\n[A paper](papers/a-paper/index.md)\n\n## Newest\n\n### Not in the contents\n",
    "topics/index.md": "# Topics\n\n| topic | papers |\n|---|---|\n| Tea | 3 |\n",
    "papers/a-paper/index.md": '---\ntitle: "A paper"\n---\n# A paper\n\n<p class="x" markdown>*yes*</p>\n',
}


def render(folder: Path, changed: dict[str, str] | None = None) -> tuple[list[Problem], Path]:
    write_tree(folder / "build/docs", (GOOD | (changed or {})).items())
    out = folder / "build/fresh"
    return publish(folder / "build/docs", out, SETTINGS, epoch=1_700_000_000), out


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    problems, out = render(tmp_path_factory.mktemp("publish"))
    assert problems == []
    return out


def test_pages_have_folders(site: Path) -> None:
    files = bytes_of(site)
    assert {"index.html", "404.html", "sitemap.xml", "topics/index.html", "papers/a-paper/index.html"} <= set(
        files
    )
    assert "topics/index.md" not in files
    assert "<table>" in files["topics/index.html"].decode()
    assert "<em>yes</em>" in files["papers/a-paper/index.html"].decode()


def test_the_navigation_holds_the_sections_and_never_the_papers(site: Path) -> None:
    topics = (site / "topics/index.html").read_text("utf-8")
    assert "md-tabs" in topics
    assert "papers/a-paper" not in topics


def test_only_second_level_headings_are_in_the_contents(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    contents = re.findall(r'<a href="#([^"]+)" class="md-nav__link"', home)
    assert set(contents) == {"newest"}


def test_who_skips_the_header_lands_at_the_title(site: Path) -> None:
    for path, title in {"index.html": "home", "topics/index.html": "topics"}.items():
        skip = re.findall(r'<a href="([^"]+)" class="md-skip">', (site / path).read_text("utf-8"))
        assert skip == [f"#{title}"], path


def test_what_only_materials_own_search_and_debuggers_need_is_left_out(site: Path) -> None:
    left = [name for name in bytes_of(site) if name.endswith(".map") or "lunr" in name or "worker" in name]
    assert left == []
    assert not (site / "search").exists()


def test_two_builds_give_the_same_bytes_wherever_and_whenever(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"HOME": "/nowhere", "COLUMNS": "30", "TZ": "Asia/Tokyo", "LC_ALL": "C"}.items():
        monkeypatch.setenv(name, value)
    problems, again = render(tmp_path / "elsewhere, with a space")
    assert problems == []
    first, second = bytes_of(site), bytes_of(again)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert b"2023-11-14" in first["sitemap.xml"]


def test_no_path_of_this_computer_is_published(site: Path) -> None:
    folder = str(site.parent.parent).encode()
    assert [name for name, content in bytes_of(site).items() if folder in content] == []


@pytest.mark.parametrize(
    ("markdown", "complaint"),
    [
        ("[x](nowhere.md)", "contains a link 'nowhere.md', but the target"),
        ("[x](../../topics/index.md#gone)", "does not contain an anchor '#gone'"),
        ("[x](#gone)", "there is no such anchor"),
        ("[x](/topics/)", "contains an absolute link '/topics/'"),
        ("[x](../other/)", "contains an unrecognized relative link '../other/'"),
        ("![x](picture.png)", "contains a link 'picture.png', but the target"),
    ],
)
def test_every_broken_link_is_a_problem_at_its_page(tmp_path: Path, markdown: str, complaint: str) -> None:
    problems, _ = render(tmp_path, {"papers/a-paper/index.md": f"# A paper\n\n{markdown}\n"})
    assert [str(problem.at) for problem in problems] == ["build/docs/papers/a-paper/index.md"]
    assert complaint in problems[0].message


def test_a_missing_section_is_a_problem_of_the_configuration(tmp_path: Path) -> None:
    write_tree(tmp_path / "build/docs", [("index.md", "# Home\n")])
    problems = publish(tmp_path / "build/docs", tmp_path / "build/fresh", SETTINGS, epoch=0)
    assert [str(problem.at) for problem in problems] == ["build/mkdocs.yml"]
    assert "topics/index.md" in problems[0].message


def test_a_broken_theme_template_stops_the_build_with_its_message(tmp_path: Path) -> None:
    write_tree(tmp_path / "build/docs", GOOD.items())
    write_tree(
        tmp_path / "overrides", [("main.html", '{% extends "base.html" %}{% block content %}{{ 1 / 0 }}')]
    )
    broken = PublishSettings(
        name="Shelf",
        url="https://example.org/",
        description="",
        navigation=(("Home", "index.md"),),
        overrides=tmp_path / "overrides",
    )
    with pytest.raises(GeneratorError, match=r"^templates/overrides/main.html:1: Unexpected end of template"):
        publish(tmp_path / "build/docs", tmp_path / "build/fresh", broken, epoch=0)


def test_the_site_works_in_a_browser_in_both_schemes(
    site: Path, serve_site: Callable[..., str], page: Page
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(serve_site(site, SETTINGS.url))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light mode").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_role("link", name="A paper").click()
    expect(page.get_by_role("heading", name="A paper")).to_be_visible()
    page.locator(".md-tabs").get_by_role("link", name="Topics").click()
    expect(page.get_by_role("cell", name="Tea")).to_be_visible()
