"""Only a release of Pagefind whose index can be read is run; its failures are failures of the environment."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from papershelf.core.problems import GeneratorError
from papershelf.search import pagefind
from support.project import ROOT

CURE = "run `pip install 'pagefind-bin~=1.5.2'`"


@pytest.mark.parametrize("version", ["1.5.2", "1.5.3", "1.5.10", "1.5.29", "1.5.2.post1"])
def test_a_release_that_the_requirement_allows_is_accepted(version: str) -> None:
    pagefind.check_release(version)


@pytest.mark.parametrize(
    "version", ["0.12.0", "1.4.0", "1.5.0", "1.5.1", "1.5.2rc1", "1.6.0", "1.50.2", "2.0.0"]
)
def test_any_other_release_is_named_with_the_one_to_install(version: str) -> None:
    with pytest.raises(GeneratorError) as error:
        pagefind.check_release(version)
    assert f"pagefind-bin~=1.5.2, but {version} is installed" in str(error.value)
    assert str(error.value).endswith(CURE)


def test_the_package_requires_the_releases_that_are_accepted() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert pagefind.REQUIREMENT in project["dependencies"]


def test_another_installed_release_is_not_run(tmp_path: Path) -> None:
    metadata = tmp_path / "pagefind_bin-2.0.0.dist-info/METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: pagefind-bin\nVersion: 2.0.0\n")
    program = (
        "from papershelf.core.problems import GeneratorError\n"
        "from papershelf.search import pagefind\n"
        "try:\n    pagefind.index([])\n"
        "except GeneratorError as error:\n    print(error)\n"
    )
    path = os.pathsep.join((str(tmp_path), str(ROOT / "generator")))
    run = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"the search index needs pagefind-bin~=1.5.2, but 2.0.0 is installed: {CURE}\n"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("", "ended before it was done"),
        ("bm90IEpTT04=,", "response of its service"),
        ("*,", "response of its service"),
        ("/w==,", "response of its service"),
        ("e30=,e30=,", "response of its service"),
        ("eyJwYXlsb2FkIjogeyJ0eXBlIjogIkVycm9yIiwgIm1lc3NhZ2UiOiAibm8ifX0=,", "Pagefind failed: no$"),
    ],
    ids=["nothing", "not JSON", "not base64", "not UTF-8", "no payload", "an error"],
)
def test_a_service_that_responds_otherwise_is_a_failure_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, message: str
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\nprintf '%s' '{output}'\n")
    program.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: str(program))
    with pytest.raises(GeneratorError, match=message):
        pagefind.index([])
