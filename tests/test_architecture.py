"""The shape of the house: imports go downwards only, and no room is too large."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"
BOTTOM_FIRST = (
    *("problems", "text", "model", "links", "urls"),
    *("files", "yamlfile", "validation", "config", "charts"),
    *("sources", "records", "importing"),
    *("notes", "curation", "collection", "topics", "matching", "content"),
    *("merge", "decide", "apply", "library", "explain", "alike", "suggest", "improve", "arrivals"),
    *("examples", "schemas", "identify", "stubs", "appending", "additions", "starter"),
    *("citations", "pages", "redirects", "workers", "lasting", "fingerprint", "memory", "sorting"),
    *("related", "relating", "inputs", "folders", "tree"),
    *("holes", "bare", "hypertext", "render", "overlay", "write"),
    *("exports", "frames", "publish", "press", "crosslinks", "search", "prepare"),
    *("build", "serve", "reports", "mailing", "cli"),
)
MAX_LINES = 300
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__main__")


def room(path: Path) -> str:
    """The part of the house a file belongs to: its module or its package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_rooms(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from (alias.name for alias in node.names if not alias.name.startswith("_"))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("generator.")
            )


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(BOTTOM_FIRST)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downwards_only(path: Path) -> None:
    here = room(path)
    for other in imported_rooms(path):
        if other != here:
            assert BOTTOM_FIRST.index(other) < BOTTOM_FIRST.index(here), f"{path.name} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    calls = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )
    names = {ast.unparse(call.func) for call in calls}
    if room(path) != "cli":
        assert not names & {"print", "exit", "sys.exit", "click.echo", "sys.stdout.write", "sys.stderr.write"}


def test_only_publish_knows_the_renderer() -> None:
    knowing = {path.stem for path in MODULES if "mkdocs" in path.read_text(encoding="utf-8")}
    assert knowing <= {"publish", "site"}  # the command line offers the choice
