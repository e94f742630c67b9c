"""What is checked out, as git and as workflows say it."""

import re
import subprocess
from pathlib import Path

import pytest

from papershelf.core.git import Checkout, checkout

VARIABLES = ("GITHUB_SHA", "GITHUB_REF_TYPE", "GITHUB_REF_NAME", "GITHUB_BASE_REF")


@pytest.fixture(autouse=True)
def _outside_of_workflows(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for step in (["init", "-q", "-b", "kettles"], ["commit", "-q", "--allow-empty", "-m", "Tea"]):
        subprocess.run([*git, *step], check=True)
    return tmp_path


def test_a_folder_without_git_has_no_commit_and_the_main_branch(tmp_path: Path) -> None:
    assert checkout(tmp_path) == Checkout("", "main")


def test_commit_and_branch_are_those_of_the_repository(repository: Path) -> None:
    found = checkout(repository)
    assert re.fullmatch(r"[0-9a-f]{40}", found.commit)
    assert found.branch == "kettles"


def test_a_detached_head_is_edited_on_the_main_branch(repository: Path) -> None:
    subprocess.run(["git", "-C", repository, "checkout", "-q", "--detach"], check=True)
    assert checkout(repository).branch == "main"


def test_a_workflow_says_what_it_builds(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_SHA", "c0ffee")
    monkeypatch.setenv("GITHUB_REF_TYPE", "branch")
    monkeypatch.setenv("GITHUB_REF_NAME", "trunk")
    assert checkout(repository) == Checkout("c0ffee", "trunk")
    monkeypatch.setenv("GITHUB_REF_NAME", "12/merge")
    monkeypatch.setenv("GITHUB_BASE_REF", "trunk")
    assert checkout(repository).branch == "trunk"
    monkeypatch.delenv("GITHUB_BASE_REF")
    monkeypatch.setenv("GITHUB_REF_TYPE", "tag")
    monkeypatch.setenv("GITHUB_REF_NAME", "v1.0")
    assert checkout(repository).branch == "kettles"


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    subprocess.run(["git", "-C", tmp_path, "init", "-q", "-b", "kettles"], check=True)
    assert checkout(tmp_path) == Checkout("", "kettles")


def test_a_tag_named_like_the_branch_does_not_change_its_name(repository: Path) -> None:
    subprocess.run(["git", "-C", repository, "tag", "kettles"], check=True)
    assert checkout(repository).branch == "kettles"


def test_a_branch_whose_name_is_no_text_is_not_linked_to(repository: Path) -> None:
    (repository / ".git/HEAD").write_bytes(b"ref: refs/heads/br\xff\n")
    assert checkout(repository).branch == "main"
