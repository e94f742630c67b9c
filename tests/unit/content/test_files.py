"""Content files that cannot be accepted are reported by `check`, with their location."""

import os
import shutil
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from papershelf.cli import main
from papershelf.core.project import Project
from papershelf.incremental import inputs
from support.project import SMALL


@pytest.fixture
def check(tmp_path: Path) -> Callable[[], str]:
    shutil.copytree(SMALL, tmp_path / "list")
    return lambda: CliRunner().invoke(main, ["-C", str(tmp_path / "list"), "check"]).stderr


def test_a_file_of_fifty_megabytes(tmp_path: Path, check: Callable[[], str]) -> None:
    with (tmp_path / "list/content/curation/huge.yml").open("wb") as file:
        file.truncate(50_000_000)

    assert check() == "content/curation/huge.yml: 50 MB is too large (at most 5 MB are read: split it)\n"


def test_a_file_that_is_not_utf_8(tmp_path: Path, check: Callable[[], str]) -> None:
    (tmp_path / "list/content/curation/old.yml").write_bytes(b"- paper: twins\n  note: caf\xe9\n")

    assert check() == "content/curation/old.yml:2:12: not UTF-8: byte 0xe9 (save the file as UTF-8)\n"


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path, check: Callable[[], str]) -> None:
    text = (tmp_path / "list/content/topics.yml").read_bytes()
    (tmp_path / "list/content/topics.yml").write_bytes(b"\xef\xbb\xbf" + text)

    assert check() == ""


@pytest.mark.parametrize("name", ["curation/secret.yml", "papers/secret.jsonl", "pages/secret.md"])
def test_a_symbolic_link_out_of_the_project_is_not_followed(
    tmp_path: Path, check: Callable[[], str], name: str
) -> None:
    (tmp_path / "secret").write_text("- paper: secret\n", encoding="utf-8")
    (tmp_path / "list/content" / name).symlink_to(tmp_path / "secret")

    assert check() == (
        f"content/{name}: a symbolic link that leads out of the project is not followed "
        "(copy the file here)\n"
    )


def test_a_symbolic_link_to_a_hidden_file_of_the_project_is_not_followed(
    tmp_path: Path, check: Callable[[], str]
) -> None:
    (tmp_path / "list/.git").mkdir()
    (tmp_path / "list/.git/config").write_text("# token\n", encoding="utf-8")
    (tmp_path / "list/content/pages/secret.md").symlink_to(tmp_path / "list/.git/config")

    assert check() == (
        "content/pages/secret.md: a symbolic link to a hidden file is not followed (copy the file here)\n"
    )


def test_an_alias_bomb_is_not_expanded(tmp_path: Path, check: Callable[[], str]) -> None:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    (tmp_path / "list/content/curation/bomb.yml").write_text("\n".join(lines), encoding="utf-8")

    said = check().splitlines()

    assert "content/curation/bomb.yml:1:3: &a0 is an anchor" in said[0]
    assert len(said) < 200


PLACES = ("topics.yml", "curation/odd.yml", "papers/odd.jsonl", "pages/odd.md", "collections/odd.yml")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(path.parent)  # the path of a socket has a limit of a hundred characters
        bound.bind(path.name)
        os.chdir(here)


ODD: dict[str, Callable[[Path], None]] = {
    "this symbolic link leads to itself (remove it or put the file here)": lambda path: path.symlink_to(path),
    "this is a folder, not a file (remove it)": Path.mkdir,
    "this is a pipe, not a file (remove it)": os.mkfifo,
    "this is a socket, not a file (remove it)": _socket,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("message", ODD)
def test_what_is_no_regular_file_is_named_and_nobody_waits_for_it(
    tmp_path: Path, check: Callable[[], str], place: str, message: str
) -> None:
    path = tmp_path / "list/content" / place
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    ODD[message](path)

    assert check().splitlines()[-1] == f"content/{place}: {message}"
    assert inputs.key(Project(tmp_path / "list"))


def test_the_logo_may_be_no_pipe(tmp_path: Path, check: Callable[[], str]) -> None:
    with (tmp_path / "list/site_config.yml").open("a", encoding="utf-8") as settings:
        settings.write("look: {logo: odd.svg}\n")
    (tmp_path / "list/content/assets").mkdir()
    os.mkfifo(tmp_path / "list/content/assets/odd.svg")

    assert check() == "content/assets/odd.svg: this is a pipe, not a file (remove it)\n"


def test_a_link_to_nothing_is_named(tmp_path: Path, check: Callable[[], str]) -> None:
    topics = tmp_path / "list/content/topics.yml"
    topics.unlink()
    topics.symlink_to("gone.yml")

    assert check() == "papershelf: content/topics.yml cannot be read: No such file or directory\n"


def test_the_fingerprint_reads_a_large_file_in_pieces(tmp_path: Path, check: Callable[[], str]) -> None:
    with (tmp_path / "list/content/papers/huge.jsonl").open("wb") as file:
        file.truncate(600_000_000)

    tracemalloc.start()
    inputs.key(Project(tmp_path / "list"))
    said = check()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "content/papers/huge.jsonl: 600 MB is too large" in said
    assert peak < 100_000_000


def test_locks_of_editors_are_no_content(tmp_path: Path, check: Callable[[], str]) -> None:
    before = inputs.key(Project(tmp_path / "list"))
    for place in PLACES:
        folder = (tmp_path / "list/content" / place).parent
        folder.mkdir(exist_ok=True)
        (folder / f".#{Path(place).name}").symlink_to("ada@example.org.123:456")
        (folder / f"._{Path(place).name}").write_bytes(b"\0\5\x16\7")

    assert check() == ""
    assert inputs.key(Project(tmp_path / "list")) == before


def test_a_list_without_content_replaces_no_site(tmp_path: Path, check: Callable[[], str]) -> None:
    shutil.rmtree(tmp_path / "list/content")
    (tmp_path / "list/site/assets/papershelf").mkdir(parents=True)
    (tmp_path / "list/site/index.html").write_text("the good one")
    said = "content: there is no such folder (bring it back; an empty folder makes an empty site)\n"

    assert check() == said
    built = CliRunner().invoke(main, ["-C", str(tmp_path / "list"), "build", "-q"])

    assert (built.exit_code, built.stderr.splitlines()[0]) == (1, said.strip())
    assert (tmp_path / "list/site/index.html").read_text() == "the good one"


@pytest.mark.parametrize("place", ["pages/evil\n.md", "collections/evil\n.yml"])
def test_a_name_with_a_line_break_is_no_id(tmp_path: Path, check: Callable[[], str], place: str) -> None:
    (tmp_path / "list/content/collections").mkdir()
    (tmp_path / "list/content" / place).write_text("# Evil\n", encoding="utf-8")

    assert "rename it: at most 120 small letters" in check()
