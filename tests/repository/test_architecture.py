"""Modules are small, few change files, only the command line prints, only the theme knows the renderer."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.project import ROOT

PACKAGE = ROOT / "generator/papershelf"
MAX_LINES = 300
CHANGING = {
    "chmod",
    "hardlink_to",
    "mkdir",
    "rmdir",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
OF_ONE_PATH = {"rename", "replace"}  # of a Path; those of texts, dates and open folders take more arguments
OF_OS = {
    *("chmod", "chown", "fdopen", "ftruncate", "link", "makedirs", "mkdir", "mkfifo", "open", "remove"),
    *("removedirs", "rename", "renames", "replace", "rmdir", "symlink", "truncate", "unlink"),
}
CHANGES = {
    "authoring/init.py": {"mkdir"},  # the folder of a new list
    "cli/digest.py": {"os.fdopen", "os.open"},  # a pipe or a device that --out names
    "core/files.py": {  # every other module writes, replaces and removes through this one
        *("mkdir", "open", "os.chmod", "os.mkdir", "os.open", "os.replace", "os.unlink", "shutil.rmtree"),
        "unlink",
    },
    "core/regular_file.py": {"os.fdopen", "os.open"},  # reads
    "digest/sent_log.py": {"FileIO", "os.ftruncate", "os.open"},  # the ledger is appended to
    "eject.py": {"TemporaryDirectory"},  # outside of the project
    "incremental/filetree.py": {  # trees of thousands of files, in folders that a build made and locked
        *("mkdir", "open", "os.link", "os.makedirs", "os.mkdir", "os.open", "replace", "rmdir"),
        *("shutil.rmtree", "unlink", "write_bytes"),
    },
    "incremental/site.py": {"mkdir", "rename", "rmdir", "unlink"},  # the staging folder and the spare one
    "incremental/staging.py": {"rename", "tempfile.mkdtemp"},  # exchanges the staging folder for the site
    "plancheck.py": {"TemporaryDirectory"},  # outside of the project
    "serve/live.py": {"os.open"},  # locks a folder
    "serve/server.py": {"os.open"},  # reads
}
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
    outside = (path for path in MODULES if path.relative_to(PACKAGE).parts[0] != "theme")
    knowing = {path.stem for path in outside if "mkdocs" in path.read_text(encoding="utf-8")}
    chosen = {"build", "site", "inputs"}  # the command line's choice; the versions that a site depends on
    assert knowing <= {"eject", "plan", "preview", *chosen}


def changes(tree: ast.AST) -> Iterator[str]:
    """The calls that may write, replace, rename or remove a file or folder."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        method = name.rpartition(".")[2] if isinstance(call.func, ast.Attribute) else ""
        module = name.removesuffix(f".{method}")
        if module in {"shutil", "tempfile"} or (module == "os" and method in OF_OS):
            yield name
        elif module == "os":
            continue
        elif method in CHANGING or (method in OF_ONE_PATH and len(call.args) == 1 and not call.keywords):
            yield method
        elif name in {"FileIO", "NamedTemporaryFile", "TemporaryDirectory", "mkdtemp", "mkstemp"}:
            yield name
        elif (name == "open" or method == "open") and _may_write(call, 1 if name == "open" else 0):
            yield "open"


def _may_write(call: ast.Call, place: int) -> bool:
    modes = [*call.args[place : place + 1], *(each.value for each in call.keywords if each.arg == "mode")]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any({*text} & {*"wax+"} and {*text} <= {*"wax+bt"} for text in texts)


def test_files_are_changed_in_few_modules_only() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): {*changes(ast.parse(path.read_text("utf-8")))}
        for path in MODULES
    }
    assert {path: calls for path, calls in found.items() if calls} == CHANGES


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Path(name).write_text('x')", ["write_text"]),
        ("open(name, 'wb')", ["open"]),
        ("path.open(mode='a')", ["open"]),
        ("path.open()", []),
        ("open(name, 'rb')", []),
        ("os.replace(one, other)", ["os.replace"]),
        ("path.replace(other)", ["replace"]),
        ("text.replace('a', 'b')", []),
        ("day.replace(day=1)", []),
        ("shutil.copytree(one, other)", ["shutil.copytree"]),
        ("TemporaryDirectory()", ["TemporaryDirectory"]),
        ("folder.joinpath(name).symlink_to(other)", ["symlink_to"]),
    ],
)
def test_calls_that_change_files_are_told_from_others(line: str, found: list[str]) -> None:
    assert [*changes(ast.parse(line))] == found


def test_security_rules_hold_for_the_package_and_each_exception_says_why() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert rules["select"] == ["ALL"]
    assert not [each for each in rules["ignore"] if re.match(r"S\d", each)]
    assert not [each for each in rules["per-file-ignores"] if "generator" in each or each.startswith("*")]
    texts = [path.read_text("utf-8") for path in MODULES]
    exceptions = [found for text in texts for found in re.findall(r"# (?:ruff: )?noqa.*", text)]
    assert [
        each for each in exceptions if not re.search(r"noqa: [A-Z0-9, ]*[A-Z0-9] (?: |- )\S+", each)
    ] == []
