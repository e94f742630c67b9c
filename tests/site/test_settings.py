"""What site_config.yml chooses, as readers see it."""

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page

from papershelf.cli import main
from support.project import SMALL, copy_project

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1H0z" fill="#0a0"/></svg>\n'


def built(folder: Path, settings: str) -> Path:
    """The site of the small list with a few more settings."""
    project = copy_project(folder / "small", content=SMALL)
    with (project / "site_config.yml").open("a", encoding="utf-8") as file:
        file.write(settings)
    (project / "content/assets").mkdir()
    (project / "content/assets/leaf.svg").write_text(LOGO, encoding="utf-8")
    result = CliRunner().invoke(main, ["-C", str(project), "build"])
    assert result.exit_code == 0, result.stderr
    return project / "site"


def test_the_logo_stands_in_the_header_of_every_page_and_is_the_icon(
    tmp_path: Path, page: Page, serve_site: Callable[..., str]
) -> None:
    home = serve_site(built(tmp_path, "look: {logo: leaf.svg}\n"), "https://example.org/small/")
    for path in ("", "topics/gardens/", "papers/counting-tulips/"):
        page.goto(home + path)
        logo = page.locator(".ps-brand img")
        assert logo.evaluate("image => [image.naturalWidth, image.naturalHeight]") != [0, 0], path
        assert logo.evaluate("image => image.height") == 22
        icon = page.locator("link[rel=icon]").evaluate("link => link.href")
        assert page.request.get(icon).text() == LOGO


def test_the_markdown_of_pages_is_published_only_if_wanted(tmp_path: Path) -> None:
    site = built(tmp_path, "publish: {markdown: none}\nhome: {blocks: [newest]}\n")

    assert list(site.rglob("*.md")) == []
    assert "index.md" not in (site / "papers/counting-tulips/index.html").read_text("utf-8")
    home = (site / "index.html").read_text("utf-8")
    assert "Recently published" in home
    assert "Recently added" not in home


def test_a_site_is_made_for_the_address_that_the_build_is_told(
    tmp_path: Path, page: Page, serve_site: Callable[..., str]
) -> None:
    project = copy_project(tmp_path / "small", content=SMALL)
    build = ["-C", str(project), "build", "--quiet"]
    settings = project / "site_config.yml"
    settings.write_text("title: Small\ndescription: A small list.\n", encoding="utf-8")
    told = {
        "PAPERSHELF_REPOSITORY": "https://github.com/someone/list",
        "PAPERSHELF_URL": "https://papers.example.org",
    }
    assert CliRunner(env=told).invoke(main, build).exit_code == 0

    site = project / "site"
    assert 'href="https://papers.example.org/"' in (site / "index.html").read_text("utf-8")
    assert "https://papers.example.org/papers/" in (site / "sitemap.xml").read_text("utf-8")
    assert "github.io" not in (site / "feeds/new.xml").read_text("utf-8")
    page.goto(serve_site(site, "https://papers.example.org") + "404.html")
    assert page.locator(".ps-brand").evaluate("link => new URL(link.href).pathname") == "/"

    CliRunner(env=told | {"PAPERSHELF_URL": ""}).invoke(main, build)
    assert "https://someone.github.io/list/papers/" in (site / "sitemap.xml").read_text("utf-8")
