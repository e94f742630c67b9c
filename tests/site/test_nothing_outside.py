"""Nothing outside a reading list's folder is touched, whatever stands in place of its folders and files.

In the place of each folder and file that commands use stand links to a victim's folder or file, with the
names that the commands write, and all commands run. The victim must be the same to the byte.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from papershelf.cli import main
from support import daily_papers
from support.mounts import needs_mounts, run_with_mounts
from support.project import SMALL, copy_project

FOLDERS = (
    *("build", "build/cache", "build/search", "build/spare", "build/serve", "build/docs", "build/shell"),
    *("build/templates", "build/staging-left", "build/spare/pagefind", "build/spare/pagefind/fragment"),
    *("build/spare/papers", "build/cache/shell", "site", "site/papers", "site/pagefind", "site/assets"),
    *(".site.previous", "content/papers", "content/curation", "content/collections", "content/schemas"),
    *("content/pages", "content/assets", "templates", "templates/overrides", "templates/macros"),
)
FILES = (
    *("build/.lock", "build/.gitignore", "build/CACHEDIR.TAG", "build/mkdocs.yml", "build/cache/report"),
    *("build/cache/manifest", "build/cache/shell", "build/spare/index.html", "build/search/index"),
    *("site/index.html", "site/pagefind/pagefind-entry.json", "site/assets/papershelf/papershelf.js"),
    *("content/topics.yml", "content/curation/by-hand.yml", "content/schemas/topics.json"),
    *("content/papers/daily-papers-2025-03-05.jsonl", "content/collections/begin-here.yml"),
    *("site_config.yml", "digest-ledger.jsonl", "digest.eml"),
)
LISTING = "content/papers/daily-papers-2025-03-05.jsonl"
COMMANDS = (
    ("check",),
    ("build", "--quiet"),
    ("build", "--explain", "index.html"),
    ("explain", "counting-tulips"),
    ("suggest",),
    ("schema",),
    ("digest", "--since", "2000-01-01"),
    ("digest", "--since", "2000-01-01", "--out", "{project}/digest.eml"),
    ("new", "paper", "2501.12340"),
    ("new", "topic", "Moss"),
    ("new", "collection", "Begin here"),
    ("import", "{project}/page.txt"),
)
EVERY = int(os.environ.get("PAPERSHELF_PLACES", "3"))  # 1 tries every place


def some(places: Sequence[str]) -> Sequence[str]:
    """Every third place, from the first on; all with PAPERSHELF_PLACES=1."""
    return places[::EVERY]


OPENING = tuple(each for each in COMMANDS if each[0] in {"check", "build", "schema", "import", "digest"})
Tree = dict[str, tuple[int, bytes]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list that was built twice, so that it has a spare folder, with a document to import."""
    project = copy_project(tmp_path_factory.mktemp("built") / "list", SMALL)
    daily_papers.write_page(project / LISTING, project).rename(project / "page.txt")
    for text in ("one", "two"):
        (project / "content/pages/more.md").write_text(f"# More\n\n{text}\n", encoding="utf-8")
        assert run(project, "build", "--quiet").exit_code == 0
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy that is as if it had been built here."""
    folder = tmp_path / "list"
    subprocess.run(["cp", "-a", built, folder], check=True)
    return folder


@pytest.fixture
def victim(project: Path, tmp_path: Path) -> Path:
    """Somebody's folder, with the names that commands use."""
    folder = tmp_path / "victim"
    for name in ("site", "build", "content"):
        shutil.copytree(project / name, folder / name, symlinks=True)
    for name in ("precious.txt", "index.html", "mkdocs.yml", "papers/x.jsonl", "fragment/0/1.pf_fragment"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine\n", encoding="utf-8")
    return folder


def run(project: Path, *arguments: str) -> Result:
    filled = [part.format(project=project) for part in arguments]
    return CliRunner().invoke(main, ["-C", str(project), *filled])


def tree(folder: Path) -> Tree:
    """Mode and content of every file, and the target of every link."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            bytes(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


def replace(place: Path, by: Path) -> None:
    """Put a link to `by` where something may be."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(by)


def every_command(
    project: Path, commands: Sequence[tuple[str, ...]] = COMMANDS
) -> Iterator[tuple[tuple[str, ...], Result]]:
    for arguments in commands:
        yield arguments, run(project, *arguments)


def assert_answered(arguments: tuple[str, ...], result: Result) -> None:
    """The command did its work or said why not: no traceback."""
    assert result.exit_code in {0, 1, 2}, (arguments, result.output)
    assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, result.exception)


@pytest.mark.parametrize("name", some(FOLDERS))
def test_no_command_goes_through_a_link_in_place_of_a_folder(project: Path, victim: Path, name: str) -> None:
    same = victim / name
    replace(project / name, same if same.is_dir() else victim)
    before = tree(victim)
    for arguments, result in every_command(project):
        assert_answered(arguments, result)
        assert tree(victim) == before, arguments


@pytest.mark.parametrize("name", some(FILES))
def test_no_command_goes_through_a_link_in_place_of_a_file(project: Path, victim: Path, name: str) -> None:
    same = victim / name
    replace(project / name, same if same.exists() else victim / "precious.txt")
    before = tree(victim)
    for arguments, result in every_command(project):
        assert_answered(arguments, result)
        assert tree(victim) == before, arguments


@pytest.mark.parametrize("name", ["build", "build/docs", "build/spare", "site"])
def test_a_link_among_the_folders_of_builds_is_refused_with_words(
    project: Path, victim: Path, name: str
) -> None:
    replace(project / name, victim)
    built = run(project, "build")
    assert built.exit_code == 2
    assert f"{project / name} is a symbolic link: remove it" in built.stderr


@pytest.mark.parametrize(("name", "words"), [("build", "has no CACHEDIR.TAG"), ("site", "is no site")])
def test_somebody_s_folder_in_place_of_one_of_builds_is_left_alone(
    tmp_path: Path, name: str, words: str
) -> None:
    project = copy_project(tmp_path / "list", SMALL)
    (project / name).mkdir()
    (project / name / "thesis.tex").write_text("mine", encoding="utf-8")
    before = tree(project)
    built = run(project, "build")
    assert built.exit_code == 2
    assert words in built.stderr
    assert tree(project).items() >= before.items()


def test_what_builds_remember_is_refused_if_it_came_with_a_checkout(project: Path) -> None:
    git: list[str | Path] = ["git", "-C", project, "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "-f", "build/cache"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], check=True)
    built = run(project, "build")
    assert built.exit_code == 2
    assert "git rm -r --cached build" in built.stderr


def test_builds_keep_their_folder_out_of_git(project: Path) -> None:
    subprocess.run(["git", "init", "-q", project], check=True)
    ignored = subprocess.run(
        ["git", "-C", project, "check-ignore", "build/cache/report"], capture_output=True, check=False
    )
    assert ignored.returncode == 0


@pytest.mark.parametrize("name", some([*dict.fromkeys((*FOLDERS, *FILES))]))
def test_a_pipe_in_place_of_a_folder_or_a_file_stops_no_command(project: Path, name: str) -> None:
    replace(project / name, project)
    (project / name).unlink()
    os.mkfifo(project / name)
    for arguments, result in every_command(project, OPENING):
        assert_answered(arguments, result)


@needs_mounts
@pytest.mark.parametrize("name", ["build", "build/spare", "build/cache", "site", "site/papers"])
def test_another_file_system_in_place_of_a_folder_is_refused(project: Path, victim: Path, name: str) -> None:
    before = tree(victim)
    (project / "content/pages/more.md").write_text("# Changed\n", encoding="utf-8")
    build = (sys.executable, "-m", "papershelf", "-C", project, "build", "-q")
    built = run_with_mounts(f"mount --bind '{victim}' '{project / name}'", build)
    assert built.returncode == 2, built.stderr
    assert f"{project / name} is a mount point" in built.stderr
    assert tree(victim) == before


@pytest.mark.parametrize("name", ["build", "build/cache", "build/spare", "build/search", "site"])
def test_a_folder_that_turns_into_a_link_and_back_leads_nowhere(
    project: Path, victim: Path, name: str
) -> None:
    place, away = project / name, project / "away"
    before, stop = tree(victim), threading.Event()

    def swap() -> None:
        while not stop.is_set():
            try:
                place.rename(away)
                place.symlink_to(victim)
                place.unlink()
                away.rename(place)
            except OSError:
                if place.is_symlink():
                    place.unlink(missing_ok=True)
                if away.exists() and not place.exists():
                    away.rename(place)

    racer = threading.Thread(target=swap)
    racer.start()
    try:
        for number in range(3):
            (project / "content/pages/more.md").write_text(f"# More {number}\n", encoding="utf-8")
            run(project, "build", "--quiet")
    finally:
        stop.set()
        racer.join()
    assert tree(victim) == before
