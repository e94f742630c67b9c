"""The way out: what `papershelf eject` writes becomes the same pages without Papershelf."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.eject import eject
from papershelf.plan import BuildOptions
from support.dom import Dom
from support.project import FULL, ROOT, SMALL, child_environment, copy_project

SKIPPED_TO = '<a id="__skip" tabindex="-1"></a>'


@pytest.fixture(scope="module")
def ejected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """A list with everything in it, built, and what it is ejected to.

    PAPERSHELF_EJECT=1 takes the shipped one.
    """
    folder = tmp_path_factory.mktemp("eject")
    project = Project(copy_project(folder / "list", ROOT if os.environ.get("PAPERSHELF_EJECT") else FULL))
    report = eject(project, folder / "out", lambda _: None, BuildOptions())
    assert not report.failed
    return project, folder / "out"


@pytest.mark.parametrize("renderer", ["mkdocs", "zensical"])
def test_the_renderer_alone_makes_the_same_pages(ejected: tuple[Project, Path], renderer: str) -> None:
    project, out = ejected
    command = [sys.executable, "-m", renderer, "build", "--strict"]
    built = subprocess.run(
        command, cwd=out, env=child_environment(), capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    pages = sorted(path.relative_to(project.site) for path in project.site.rglob("index.html"))
    assert len(pages) > 20
    for page in pages:
        ours, theirs = (Dom(_article(folder / page)) for folder in (project.site, out / "site"))
        assert _shown(theirs, renderer) == _shown(ours, renderer), page


def test_every_file_of_the_site_is_there_and_nothing_of_ours_is_needed(
    ejected: tuple[Project, Path],
) -> None:
    project, out = ejected
    files = {path.relative_to(project.site).as_posix() for path in project.site.rglob("*") if path.is_file()}
    html = {name for name in files if name.endswith("index.html")}
    of_content = {name for name in html if "<article" in (project.site / name).read_text("utf-8")}
    pages = {name.replace("index.html", "index.md") for name in of_content} | (html - of_content)
    docs = {path.relative_to(out / "docs").as_posix() for path in (out / "docs").rglob("*") if path.is_file()}
    assert docs >= pages
    kept = {name for name in files if name.startswith(("api/", "feeds/", "pagefind/", "papers/"))}
    assert docs >= kept - {name for name in kept if name.endswith((".html", ".md"))}
    configuration = yaml.safe_load((out / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "hooks" not in configuration
    assert str(ROOT) not in (out / "mkdocs.yml").read_text(encoding="utf-8")


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    project = Project(copy_project(tmp_path / "list", SMALL))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GeneratorError, match="is not empty: name a new folder"):
        eject(project, tmp_path / "out", lambda _: None, BuildOptions())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not project.site.exists()


def _shown(page: Dom, renderer: str) -> list[object]:
    """The nodes of a page; of Zensical, which puts elements of its own around code, words and links only."""
    if renderer == "mkdocs":
        return page.nodes
    words = "".join(node for node in page.nodes if isinstance(node, str) and not node.startswith("/"))
    links = (dict(node[1]).get("href") for node in page.nodes if isinstance(node, tuple) and node[0] == "a")
    return [words.replace(" ", ""), *filter(None, (str(link).removeprefix("./") for link in links))]


def _article(path: Path) -> str:
    """What is on the page, without the target of its own that Zensical adds."""
    html = path.read_text(encoding="utf-8").replace(SKIPPED_TO, "")
    is_page = "<article" in html  # redirects are not
    return html[html.index("<article") : html.rindex("</article>")] if is_page else html
