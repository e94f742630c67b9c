"""Content files that cannot be accepted are reported by `check`, with their location."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from papershelf.cli import main
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


def test_an_alias_bomb_is_not_expanded(tmp_path: Path, check: Callable[[], str]) -> None:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    (tmp_path / "list/content/curation/bomb.yml").write_text("\n".join(lines), encoding="utf-8")

    said = check().splitlines()

    assert "content/curation/bomb.yml:1:3: &a0 is an anchor" in said[0]
    assert len(said) < 200
