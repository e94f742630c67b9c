"""What `check` passes, `build` builds; neither ends in a traceback, whatever the content holds.

PAPERSHELF_MUTATIONS says how many mutations are tried (4), PAPERSHELF_SEED with which one it begins (1).
"""

import importlib
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papershelf import plancheck
from papershelf.build import build
from papershelf.core.problems import GeneratorError, has_errors
from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.plan import BuildOptions
from support import mutate
from support.project import FULL, ROOT, SMALL

MUTATIONS = int(os.environ.get("PAPERSHELF_MUTATIONS", "4"))
SEED = int(os.environ.get("PAPERSHELF_SEED", "1"))
VALIDATED = 2  # sites whose HTML is held against the standard


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A list in one folder for all mutations: its caches have the frames, which depend on no paper."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    importlib.import_module("papershelf.library.tfidf")  # here, or every build's other process loads it again
    shutil.copytree(SMALL, tmp_path / "list")
    return Project(tmp_path / "list")


def passes(project: Project) -> bool:
    cache, workers = Cache.read_only(project.cache), Workers.serial
    checked = check(project, cache, workers)
    if isinstance(checked, Failed):
        return False
    return not has_errors(plancheck.problems(project, checked, BuildOptions(), cache, workers))


def built(project: Project) -> str:
    """What is wrong with the build, "" if nothing is."""
    try:
        report = build(project, lambda _: None)
    except GeneratorError as error:
        return str(error)
    return "\n".join(str(problem) for problem in report.problems if problem.severity == "error")


def lists(root: Path) -> Iterator[Path]:
    """The lists that are mutated in turn: the small one, one with everything, and a part of the shipped."""
    yield SMALL
    yield FULL
    yield mutate.part_of(ROOT, root / "part", papers=4)


def test_what_check_passes_build_builds(
    project: Project, tmp_path: Path, html_mistakes: Callable[[Path], list[str]]
) -> None:
    bases = [mutate.read(base) for base in lists(tmp_path)]
    passed = 0
    for seed in range(SEED, SEED + MUTATIONS):
        files = mutate.mutated(bases[seed % len(bases)], random.Random(seed))
        mutate.write(files, project.root)
        if not passes(project):
            continue
        passed += 1
        assert built(project) == "", f"PAPERSHELF_SEED={seed} passes check, and fails in build"
        if passed <= VALIDATED:
            assert html_mistakes(project.site) == [], f"PAPERSHELF_SEED={seed}"
    assert passed >= MUTATIONS // 10


def test_a_list_without_papers_passes_both(project: Project) -> None:
    for file in project.content.rglob("*.*"):
        file.unlink()
    assert passes(project)
    assert built(project) == ""
