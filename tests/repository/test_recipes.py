"""The recipes do what they say, as plug-ins of a list and as an installed package."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from papershelf import exports, pages, search
from papershelf.views.taxonomy import TAXONOMIES
from support import fabricated
from support.project import ROOT, SMALL
from support.site import WORDS, formats

RECIPES = (ROOT / "docs/recipes.md").read_text("utf-8")
BLOCK = re.compile(r"```\w+\n(?:# (\S+)|\{# (\S+) #\})\n(.*?)```", re.DOTALL)
FILES = {name or template: body for name, template, body in BLOCK.findall(RECIPES)}
PLUGINS = ("plugins/title_list.py", "plugins/longest.py", "plugins/count.py", "templates/longest.md")
TITLES = "titles\nA Pot of Tea\t2501.12340\n\t2501.12341\nOf Kettles\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SMALL, tmp_path / "list"))
    for name in PLUGINS:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(FILES[name], encoding="utf-8")
    return folder


def papershelf(
    project: Path, *arguments: str | Path, path: Path | None = None, plugins: str = ""
) -> subprocess.CompletedProcess[str]:
    ours = [*([str(path)] if path else []), str(ROOT / "generator")]
    return subprocess.run(
        [sys.executable, "-m", "papershelf", "-C", project, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=project,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(ours), "PAPERSHELF_PLUGINS": plugins},
    )


def files_of(project: Path) -> set[str]:
    site = project / "site"
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_plug_ins_of_a_list_do_not_run_unless_somebody_says_so(project: Path) -> None:
    (project / "plugins/harm.py").write_text("raise SystemExit('it ran')\n", encoding="utf-8")
    built = papershelf(project, "build", "--quiet")
    assert (built.returncode, built.stderr) == (0, "")
    assert {"count.txt", "longest/index.html"}.isdisjoint(files_of(project))
    config = project / "site_config.yml"
    config.write_text(f"{config.read_text('utf-8')}plugins: yes\n", encoding="utf-8")
    assert "unknown field 'plugins'" in papershelf(project, "check").stderr


@pytest.mark.parametrize("by_option", [True, False], ids=["--plugins", "PAPERSHELF_PLUGINS"])
def test_a_page_and_an_export_of_a_list_are_published_linked_and_kept_current(
    project: Path, *, by_option: bool
) -> None:
    arguments, variable = (("--plugins",), "") if by_option else ((), "1")
    built = papershelf(project, "build", "--quiet", *arguments, plugins=variable)
    assert (built.returncode, built.stderr) == (0, "")
    assert (project / "site/count.txt").read_text("utf-8") == "6 papers\n"
    page = (project / "site/longest/index.html").read_text("utf-8")
    assert '<a href="../papers/counting-tulips/">' in page
    assert 'href="longest/"' in (project / "site/index.html").read_text("utf-8")
    count = project / "plugins/count.py"
    count.write_text(FILES["plugins/count.py"].replace("papers\\n", "of them\\n"), encoding="utf-8")
    assert papershelf(project, "build", "--quiet", *arguments, plugins=variable).returncode == 0
    assert (project / "site/count.txt").read_text("utf-8") == "6 of them\n"


def test_no_page_by_hand_takes_the_address_of_a_plug_in(project: Path) -> None:
    (project / "content/pages/longest.md").write_text("# Mine\n", encoding="utf-8")
    built = papershelf(project, "build", "--plugins")
    assert built.returncode == 1
    assert "content/pages/longest.md: 2 outputs have the path longest/index.html" in built.stderr


def test_a_source_of_a_list_is_recognised_and_keeps_its_places(project: Path) -> None:
    document = project / "titles.txt"
    document.write_text(TITLES, encoding="utf-8")
    refused = papershelf(project, "import", document)
    assert (refused.returncode, "the format is not recognised" in refused.stderr) == (1, True)
    read = papershelf(project, "import", "--plugins", document)
    assert f"{document}:3: an arXiv id without a title" in read.stderr
    assert [path.stem for path in (project / "content/papers").glob("titles*")] == ["titles"]
    again = papershelf(project, "import", "--plugins", "--format", "title-list", document)
    assert "same" in again.stdout


@pytest.mark.parametrize(
    ("module", "complaint"),
    [
        ("import nothing_like_this", "plugins/broken.py cannot be loaded: ModuleNotFoundError"),
        ("KINDS = [3]", "KINDS may not hold 3"),
        ("EXPORTS = ['count']", "EXPORTS may not hold 'count'"),
    ],
)
def test_a_broken_plug_in_is_named(project: Path, module: str, complaint: str) -> None:
    (project / "plugins/broken.py").write_text(module, encoding="utf-8")
    built = papershelf(project, "build", "--plugins")
    assert built.returncode == 2
    assert complaint in built.stderr
    assert "Traceback" not in built.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of the recipe, installed there from its pyproject.toml."""
    source, target = tmp_path_factory.mktemp("package"), tmp_path_factory.mktemp("installed")
    (source / "pyproject.toml").write_text(FILES["package/pyproject.toml"], encoding="utf-8")
    package = source / "papershelf_count"
    (package / "templates").mkdir(parents=True)
    (package / "templates/longest.md").write_text(FILES["templates/longest.md"], encoding="utf-8")
    for name in ("title_list", "longest", "count"):
        (package / f"{name}.py").write_text(FILES[f"plugins/{name}.py"], encoding="utf-8")
    (package / "__init__.py").write_text(
        "from dataclasses import replace\n"
        "from pathlib import Path\n"
        "from papershelf_count.count import count as count\n"
        "from papershelf_count.longest import KINDS\n"
        "from papershelf_count.title_list import READERS\n"
        "READER = READERS[0]\n"
        "LONGEST = replace(KINDS[0], templates=Path(__file__).parent / 'templates')\n",
        encoding="utf-8",
    )
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--no-index", "--target", target, source], check=True, capture_output=True)
    return target


def test_an_installed_package_adds_a_source_a_page_and_an_export(installed: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(SMALL, tmp_path / "list"))
    document = tmp_path / "titles.txt"
    document.write_text(TITLES, encoding="utf-8")
    papershelf(project, "import", document, path=installed)
    built = papershelf(project, "build", "--quiet", path=installed)
    assert built.returncode == 0, built.stderr
    assert (project / "site/count.txt").read_text("utf-8") == "8 papers\n"
    assert "A Pot of Tea" in (project / "site/longest/index.html").read_text("utf-8")


def module_of(name: str) -> ModuleType:
    """The module that a recipe shows."""
    module = ModuleType(Path(name).stem)
    exec(FILES[name], module.__dict__)  # noqa: S102  our own recipe
    return module


def test_the_check_of_the_recipe_finds_what_it_says() -> None:
    paper = replace(fabricated.BARE, featured=True, published=None)
    (problem,) = module_of("checks/undated.py").undated_features(fabricated.library([paper]))
    assert problem.severity == "warning"
    assert "is featured and has no date" in problem.message


def test_the_taxonomy_of_the_recipe_has_pages_feeds_data_and_a_facet() -> None:
    taxonomy = module_of("taxonomies/venues.py").VENUES
    paper = replace(fabricated.FULL, venue="Journal of Tea")
    context = replace(fabricated.context(WORDS, [paper]), taxonomies=(*TAXONOMIES, taxonomy))
    planned = pages.plan(context, (*pages.KINDS, pages.taxonomy_kind(taxonomy)))
    published = exports.Published(context, planned, 0, formats(context))
    paths = {output.path for output in (*planned, *exports.plan(published))}
    assert {
        "venues/index.md",
        "venues/journal-of-tea/index.md",
        "feeds/venues/journal-of-tea.xml",
        "api/v1/venues/journal-of-tea.bib",
        "api/v1/venues.json",
    } <= paths
    (document,) = search.plan(context)
    assert ("venue", "journal-of-tea") in document.content().filters


def test_every_section_of_the_recipes_is_linked_from_the_top() -> None:
    headings = re.findall(r"^## (.+)$", RECIPES, re.MULTILINE)
    anchors = [heading.lower().replace(" ", "-") for heading in headings]
    assert sorted(re.findall(r"\]\(#([^)]+)\)", RECIPES)) == sorted(anchors)


EXPORT = """
from papershelf.incremental.output import Output

def text(_: str) -> bytes:
    return b"x"

def export(published):
    yield Output({path!r}, text, ("x",))

EXPORTS = [export]
"""


@pytest.mark.parametrize("path", ["../../escaped.txt", "/escaped.txt", "pagefind/escaped.js", "papers"])
def test_an_export_stays_below_the_site(project: Path, path: str) -> None:
    (project / "plugins/escape.py").write_text(EXPORT.format(path=path), encoding="utf-8")
    built = papershelf(project, "build", "--quiet", "--plugins")
    assert built.returncode == 1
    assert f"{path}: " in built.stderr
    assert not list(project.parent.rglob("escaped*"))
    assert not (project / "site").exists()


def test_a_module_that_ends_the_program_is_an_error(project: Path) -> None:
    (project / "plugins/end.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    built = papershelf(project, "build", "--quiet", "--plugins")
    assert built.returncode == 2
    assert "plugins/end.py cannot be loaded: SystemExit: 0" in built.stderr


def test_another_package_of_that_name_does_not_run_in_place_of_the_list_s_own(
    project: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "plugins").mkdir(parents=True)
    (other / "plugins/count.py").write_text("print('the wrong one ran')\n", encoding="utf-8")
    built = papershelf(project, "build", "--quiet", "--plugins", path=other)
    assert built.returncode == 2
    assert built.stdout == ""
    assert "Python finds another package of this name" in built.stderr


def test_a_file_that_a_plug_in_reads_counts(project: Path) -> None:
    (project / "plugins/words").mkdir()
    data = project / "plugins/words/data.txt"
    export = EXPORT.format(path="data.txt").replace('b"x"', f"open({str(data)!r}, 'rb').read()")
    (project / "plugins/reads.py").write_text(export, encoding="utf-8")
    for content in ("one", "two"):
        data.write_text(content, encoding="utf-8")
        assert papershelf(project, "build", "--quiet", "--plugins").returncode == 0
        assert (project / "site/data.txt").read_text("utf-8") == content


HEAD = """
from functools import partial
from papershelf.incremental.output import Output
from papershelf.pages import PageKind
from papershelf.sources.parsed import Reader
from papershelf.views.context import Page

def make(value):
    return {returned}

def no_pages(context):
    return []

def pages(context):
    yield {page}

def files(published):
    yield {output}
"""
SHAPE = {"page": "None", "output": "Output('x.txt', make, (1,))", "returned": "b''"}
PAGE = "Page({!r}, 'about.md', '', '', None)"


@pytest.mark.parametrize(
    ("change", "line", "complaint"),
    [
        ({}, "KINDS = [PageKind('x', 'papers', no_pages)]", "KINDS may not hold PageKind"),
        ({}, "KINDS = [PageKind('x', 'x', 3)]", "KINDS may not hold PageKind"),
        ({}, "READERS = [Reader('x', '', 3, 3)]", "READERS may not hold Reader"),
        ({}, "KINDS = [PageKind('x', 'x', pages)]", "a page is a Page or a PageOutput, not None"),
        (
            {"page": PAGE.format("x/y.md")},
            "KINDS = [PageKind('x', 'x', pages)]",
            "no page may have the path 'x/y.md'",
        ),
        (
            {"page": PAGE.format("papers/y/index.md")},
            "KINDS = [PageKind('x', None, pages)]",
            "no page may have the path 'papers/y/index.md'",
        ),
        (
            {"page": PAGE.format("y/index.md")},
            "KINDS = [PageKind('x', 'x', pages)]",
            "no page may have the path 'y/index.md'",
        ),
        ({"page": "1 / 0"}, "KINDS = [PageKind('x', 'x', pages)]", ", line 15: ZeroDivisionError"),
        ({"output": "None"}, "EXPORTS = [files]", "an export gives outputs with a path, not None"),
        ({"output": "1 / 0"}, "EXPORTS = [files]", ", line 18: ZeroDivisionError"),
        ({"output": "Output('x', partial(make, 1), ())"}, "EXPORTS = [files]", "a function of a module"),
        ({"output": "Output('x', make, (object(),))"}, "EXPORTS = [files]", "no frozen values (str, "),
        ({"output": "Output('x', make, ({1},))"}, "EXPORTS = [files]", "no frozen values (str, "),
        ({"output": "Output('x', make, ())"}, "EXPORTS = [files]", "TypeError: make() missing"),
        ({"returned": "'text'"}, "EXPORTS = [files]", "make must return bytes, not 'text'"),
        ({"returned": "1 / 0"}, "EXPORTS = [files]", ", line 9: ZeroDivisionError"),
        ({"returned": "exit(0)"}, "EXPORTS = [files]", ", line 9: SystemExit"),
    ],
)
def test_whatever_a_plug_in_does_wrong_the_error_names_it(
    project: Path, change: dict[str, str], line: str, complaint: str
) -> None:
    (project / "plugins/shape.py").write_text(HEAD.format(**SHAPE | change) + line, encoding="utf-8")
    is_planned = not any("make, (" in text for text in (SHAPE | change).values()) or "KINDS" in line
    built = papershelf(project, "check" if is_planned else "build", "--quiet", "--plugins")
    assert built.returncode == 2, built.stderr
    assert "plugins/shape.py" in built.stderr or "x is made" in built.stderr
    assert complaint in built.stderr
    assert "Traceback" not in built.stderr


@pytest.mark.parametrize("read", ["1 / 0", "None"])
def test_the_error_of_a_source_names_it(project: Path, read: str) -> None:
    (project / "plugins/shape.py").write_text(
        "from papershelf.sources.parsed import Reader\n"
        f"def read(text, file, options):\n    return {read}\n"
        "READERS = [Reader('all', '', lambda text: '', read)]\n",
        encoding="utf-8",
    )
    (project / "new.txt").write_text("anything\n", encoding="utf-8")
    imported = papershelf(project, "import", "--plugins", "new.txt")
    assert imported.returncode == 2, imported.stderr
    assert "plugins/shape.py" in imported.stderr
    assert "Traceback" not in imported.stderr


@pytest.mark.parametrize("line", ["KINDS = None", "EXPORTS = print", "READERS = {}"])
def test_what_is_no_list_is_named(project: Path, line: str) -> None:
    (project / "plugins/shape.py").write_text(f"{line}\n", encoding="utf-8")
    built = papershelf(project, "build", "--quiet", "--plugins")
    assert built.returncode == 2
    assert f"plugins/shape.py: {line.partition(' ')[0]} must be a list" in built.stderr
