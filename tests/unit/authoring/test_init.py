"""A new reading list works at once, from an installed wheel too; its own templates win one by one."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from papershelf import __version__
from papershelf.authoring import init
from papershelf.cli import main
from papershelf.core import files
from papershelf.theme import templates as overlay
from support.project import ROOT

PACKED = ("generator", "templates", ".github", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_list_has_all_it_needs_and_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "new/list"
    made = CliRunner().invoke(main, ["init", str(folder)])
    checked = CliRunner().invoke(main, ["-C", str(folder), "check", "--strict"])

    assert made.exit_code == 0
    assert files_in(folder) == {
        ".github/workflows/site.yml",
        ".gitignore",
        "README.md",
        "requirements.txt",
        "site_config.yml",
        "content/collections/start-here.yml",
        "content/curation/first-decisions.yml",
        "content/pages/about.md",
        "content/papers/daily-papers-2025-12-11.jsonl",
        "content/topics.yml",
        *(f"content/schemas/{kind}.json" for kind in ("collection", "curation", "site_config", "topics")),
    }
    assert checked.output == "7 papers, 1 listing: all is well.\n"
    assert (folder / "requirements.txt").read_text("utf-8") == f"papershelf=={__version__}\n"
    assert len(yaml.safe_load((folder / "content/topics.yml").read_text("utf-8"))) == 3
    for name in files_in(folder):
        first = (folder / name).read_text("utf-8").splitlines()[0]
        is_by_hand = name.endswith(".yml") and not name.startswith(".")
        assert first.startswith("# yaml-language-server: $schema=") == is_by_hand, name


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    refused = CliRunner().invoke(main, ["init", str(tmp_path)])

    assert refused.exit_code == 2
    assert refused.stderr == f"papershelf: {tmp_path} is not empty: name a new folder\n"
    assert files_in(tmp_path) == {"notes.txt"}


def test_what_a_killed_init_left_is_completed(tmp_path: Path) -> None:
    folder = tmp_path / "list"
    whole = dict(init.starter())
    for name in sorted(whole)[::2]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(whole[name].encode())
    (folder / f"content/{files.PARTIAL}00").write_text("title: A", "utf-8")
    made = CliRunner().invoke(main, ["init", str(folder)])

    assert made.exit_code == 0, made.output
    assert all((folder / name).read_text("utf-8") == text for name, text in whole.items())


@pytest.mark.parametrize("name", ["content/topics.yml", "content/mine.yml", "photos/1.txt"])
def test_what_somebody_began_is_left_alone(tmp_path: Path, name: str) -> None:
    for each, text in (*init.starter(), (name, "mine")):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text(text, "utf-8")
    (tmp_path / "README.md").unlink()
    refused = CliRunner().invoke(main, ["init", str(tmp_path)])

    assert refused.exit_code == 2
    assert (tmp_path / name).read_text("utf-8") == "mine"
    assert not (tmp_path / "README.md").exists()


def test_a_fresh_clone_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert CliRunner().invoke(main, ["init", str(tmp_path)]).exit_code == 0


def test_its_workflow_is_ours_but_for_the_way_papershelf_is_installed() -> None:
    text = (ROOT / init.WORKFLOW).read_text("utf-8")
    ours, theirs = yaml.safe_load(text), yaml.safe_load(dict(init.starter())[init.WORKFLOW])
    steps = theirs["jobs"]["build"]["steps"]
    installing = next(step for step in steps if "pip install" in step.get("run", ""))

    assert installing.pop("run") == "pip install -r requirements.txt"
    assert installing.pop("name") == "Install Papershelf"
    installing |= {"name": "Install the locked dependencies", "run": "scripts/environment site"}
    for step in steps:
        if step.get("run", "").startswith("papershelf "):
            step["run"] = f".venv/bin/{step['run']}"
    assert theirs == ours


def test_its_workflow_names_nothing_that_a_new_list_does_not_have() -> None:
    text = dict(init.starter())[init.WORKFLOW]

    assert not re.findall(r"scripts/|\.venv|fork|locked", text)
    assert "There is no secret to set" in text


# Templates


@pytest.fixture
def new_list(tmp_path: Path) -> Path:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "list")]).exit_code == 0
    return tmp_path / "list"


def test_own_templates_words_and_theme_files_win_one_by_one(new_list: Path) -> None:
    own = new_list / "templates"
    (own / "overrides/partials").mkdir(parents=True)
    shipped = (overlay.shipped() / "words.yml").read_text("utf-8")
    (own / "words.yml").write_text(shipped.replace("topics: Topics\n", "topics: Subjects\n"), "utf-8")
    (own / "topics.md").write_text("# Everything by subject\n", "utf-8")
    (own / "overrides/partials/footer.html").write_text("<footer>Our own footer</footer>\n", "utf-8")

    built = CliRunner().invoke(main, ["-C", str(new_list), "build", "-q"])
    page = (new_list / "site/topics/index.html").read_text("utf-8")

    assert built.output == ""
    assert built.exit_code == 0
    assert "Everything by subject" in page
    assert "Our own footer" in page
    assert "Subjects" in page
    assert len(list((new_list / "site/papers").glob("*/index.html"))) == 7


def test_a_template_that_is_taken_away_is_papershelfs_again(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "paper.md").write_text("mine", "utf-8")

    assert dict(overlay.templates(own))["paper.md"] == b"mine"
    (own / "paper.md").unlink()
    assert dict(overlay.templates(own))["paper.md"] == (overlay.shipped() / "paper.md").read_bytes()
    assert dict(overlay.templates(tmp_path / "nowhere")).keys() == files_in(overlay.shipped())


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that a checkout makes, without network and without a trace in the checkout."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in PACKED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(path, source / name)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
            *("--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", out, source),
        ],
        check=True,
    )
    return next(out.glob("papershelf-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has Papershelf from the wheel alone, and our dependencies."""
    place = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", place / "bin/python", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-index", "--no-deps", wheel),
        ],
        check=True,
    )
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return place / "bin/papershelf"


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]

    templates = {f"papershelf/templates/{name}" for name in files_in(ROOT / "templates")}
    assert templates <= set(names)
    assert "papershelf/workflows/site.yml" in names
    assert {name for name in names if "/starter/" in name} == {
        f"papershelf/authoring/starter/{name}"
        for name in files_in(ROOT / "generator/papershelf/authoring/starter")
    }
    rest = {
        name
        for name in names
        if not name.startswith(("papershelf/templates/", "papershelf/authoring/starter/"))
        and name != "papershelf/workflows/site.yml"
    }
    runs = (".py", ".js", "py.typed")
    assert all(name.startswith("papershelf/") and name.endswith(runs) for name in rest)


def test_init_check_and_build_work_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    said = [
        subprocess.run(
            [installed, *arguments], cwd=tmp_path, env=alone, capture_output=True, text=True, check=True
        ).stdout
        for arguments in (["init", "list"], ["-C", "list", "check"], ["-C", "list", "build"])
    ]
    origin = subprocess.run(
        [installed.with_name("python"), "-c", "import papershelf; print(papershelf.__file__)"],
        cwd=tmp_path,
        env=alone,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert Path(origin).is_relative_to(installed.parent.parent)
    assert said[1] == "7 papers, 1 listing: all is well.\n"
    site = tmp_path / "list/site"
    assert {"index.html", "404.html", "topics/index.html"} <= files_in(site)
    assert "A Model or 603 Exemplars" in (site / "topics/continual-learning/index.html").read_text("utf-8")
    assert any(name.startswith("pagefind/") for name in files_in(site))
