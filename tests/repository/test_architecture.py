"""Modules are small, only the command line prints, and only the theme knows the renderer."""

import ast
from pathlib import Path

import pytest

from support.project import ROOT

PACKAGE = ROOT / "generator/papershelf"
MAX_LINES = 300
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__main__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    calls = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    names = {ast.unparse(call.func) for call in calls}
    if path.relative_to(PACKAGE).parts[0] != "cli":
        assert not names & {"print", "exit", "sys.exit", "click.echo", "sys.stdout.write", "sys.stderr.write"}


def test_only_the_theme_knows_the_renderer() -> None:
    knowing = {path.stem for path in MODULES if "mkdocs" in path.read_text(encoding="utf-8")}
    chosen = {"build", "site", "inputs"}  # the command line's choice; the versions that a site depends on
    assert knowing <= {"mkdocs", "settings", "languages", "plan", "preview", *chosen}
