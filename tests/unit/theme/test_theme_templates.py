"""Own templates win one by one, and none that nothing uses goes unnoticed."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from papershelf.cli import main
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.theme import templates as overlay
from papershelf.theme.templates import Templates
from support.project import SMALL


@pytest.fixture
def small(tmp_path: Path) -> Project:
    shutil.copytree(SMALL, tmp_path / "list")
    return Project(tmp_path / "list")


def write(project: Project, name: str, content: str = "mine") -> Path:
    path = project.templates / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def warnings(project: Project) -> list[str]:
    return [str(problem) for problem in Templates.read(project).problems]


def test_a_macro_file_wins_alone(small: Project) -> None:
    write(small, "macros/chart.md")

    found = Templates.read(small)

    assert found.contents["macros/chart.md"] == b"mine"
    assert found.contents["macros/card.md"] == (overlay.shipped() / "macros/card.md").read_bytes()
    assert found.own == {"macros/chart.md"}


def test_a_template_that_is_taken_away_is_papershelfs_again(small: Project) -> None:
    own = write(small, "paper.md")
    assert Templates.read(small).contents["paper.md"] == b"mine"

    own.unlink()

    found = Templates.read(small)
    assert found.contents == dict(overlay.templates())
    assert found.own == frozenset()


def test_a_copy_of_ours_is_not_the_lists_own(small: Project) -> None:
    shutil.copytree(overlay.shipped(), small.templates)

    assert Templates.read(small).own == frozenset()


def test_own_macros_in_one_file_are_an_error_as_no_page_uses_them_any_more(small: Project) -> None:
    write(small, "macros.md")

    with pytest.raises(
        GeneratorError, match=r"templates/macros\.md is not used any more: move its macros to"
    ):
        Templates.read(small)


# What nothing uses


def test_an_own_template_that_no_page_uses_is_a_warning_of_check_and_build(small: Project) -> None:
    write(small, "nosuch.md")
    warning = (
        "templates/nosuch.md: warning: no page uses this template "
        "(give it the name of one of Papershelf's templates, or remove it)\n"
    )
    for command, code in (("check", 0), ("check --strict", 1), ("build -q", 0)):
        result = CliRunner().invoke(main, ["-C", str(small.root), *command.split()])
        assert (result.exit_code, result.stderr) == (code, warning), command


@pytest.mark.parametrize(
    "name",
    ["wrods.yml", "macros/crad.md", "notes.txt", "overrides/mian.html", "overrides/partials/foot.html"],
)
def test_a_misspelt_name_is_a_warning(small: Project, name: str) -> None:
    write(small, name)

    assert [warning.partition(" warning")[0] for warning in warnings(small)] == [f"templates/{name}:"]


@pytest.mark.parametrize(
    ("name", "where", "user"),
    [
        ("paper.md", "", ""),
        ("overrides/main.html", "", ""),
        ("overrides/partials/source.html", "", ""),  # Material's
        ("overrides/assets/fonts/own.woff2", "", ""),
        ("overrides/.icons/own/leaf.svg", "", ""),
        (".paper.md.swp", "", ""),
        ("macros/mine.md", "templates/paper.md", '{% from "macros/mine.md" import leaf %}'),
        (
            "overrides/partials/foot.html",
            "templates/overrides/main.html",
            '{% include "partials/foot.html" %}',
        ),
        ("longest.md", "plugins/longest.py", 'Page("longest/index.md", "longest.md", "Longest", "", None)'),
    ],
)
def test_what_is_used_is_no_warning(small: Project, name: str, where: str, user: str) -> None:
    write(small, name)
    if where:
        write(small, f"../{where}", user)

    assert warnings(small) == []


# Links and what is no file


@pytest.mark.parametrize("name", ["overrides/assets/x", "paper.md", "macros", "overrides", ""])
def test_no_link_is_followed_wherever_it_leads(small: Project, tmp_path: Path, name: str) -> None:
    (small.root / ".git").mkdir()
    (small.root / ".git/config").write_text("secret", encoding="utf-8")
    for target in (tmp_path, small.root / ".git", small.root / ".git/config", tmp_path / "nowhere"):
        link = small.templates / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)

        result = CliRunner().invoke(main, ["-C", str(small.root), "build"])

        at = f"templates/{name}".rstrip("/")
        assert result.exit_code == 2
        assert f"{at}: a symbolic link among templates is not followed: copy the file here" in result.stderr
        assert not small.site.exists()
        link.unlink()


@pytest.mark.parametrize("name", ["overrides/assets/pipe", "paper.md"])
def test_a_pipe_is_refused_and_does_not_hang(small: Project, name: str) -> None:
    pipe = write(small, name)
    pipe.unlink()
    os.mkfifo(pipe)

    with pytest.raises(GeneratorError, match=rf"templates/{name} is no regular file: remove it"):
        Templates.read(small)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.md", r"a\nb.md"),
        ("macros/\x1b.md", r"macros/\x1b.md"),
        (os.fsdecode(b"\xff.md"), r"\udcff.md"),
        ("a\u202eb/paper.md", r"a\u202eb"),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused_by_check_and_build(
    small: Project, name: str, shown: str
) -> None:
    write(small, name)

    for command in ("check", "build"):
        result = CliRunner().invoke(main, ["-C", str(small.root), command])
        assert result.exit_code == 2
        assert f"papershelf: templates/{shown}: this name holds a character" in result.stderr


@pytest.mark.parametrize("name", ["paper.md", "words.yml", "overrides/main.html", "overrides/assets/a.css"])
def test_a_text_that_is_not_utf_8_is_named_with_its_line(small: Project, name: str) -> None:
    write(small, name).write_bytes(b"one\ncaf\xe9\n")

    with pytest.raises(GeneratorError, match=rf"templates/{name}:2:4: not UTF-8: byte 0xe9"):
        Templates.read(small)
