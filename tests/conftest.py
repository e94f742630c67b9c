"""What many tests share: a real browser that watches for trouble, a served site, a project to play with."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Page, Request, sync_playwright

from papershelf.serve import serving
from support.project import ROOT, TESTS, copy_project

QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MATERIALS_OWN = 'autocomplete attribute cannot be used on <input type="checkbox">'
OWN_ADDRESSES = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:", "about:blank")

BROWSER_FIXTURES = {"chromium", "chromium_path", "browser"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser: everything in tests/browser, and each test that uses a fixture of it."""
    for item in items:
        fixtures = item.fixturenames if isinstance(item, pytest.Function) else ()
        if item.path.is_relative_to(TESTS / "browser") or BROWSER_FIXTURES.intersection(fixtures):
            item.add_marker("browser")


# A busy machine is no failure; PAPERSHELF_EXAMPLES=1000 tries more values in the tests of properties.
settings.register_profile(
    "papershelf", deadline=None, max_examples=int(os.environ.get("PAPERSHELF_EXAMPLES", "15"))
)
settings.load_profile("papershelf")


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser that `scripts/chromium` finds: PAPERSHELF_CHROMIUM, the system's, else playwright's."""
    search = subprocess.run([ROOT / "scripts/chromium"], capture_output=True, text=True, check=False)
    assert search.returncode == 0, search.stderr
    return Path(search.stdout.strip())


@pytest.fixture(scope="session")
def browser(chromium: BrowserType, chromium_path: Path) -> Iterator[Browser]:
    with contextlib.closing(chromium.launch(executable_path=chromium_path, args=QUIET_CHROMIUM)) as browser:
        yield browser


@pytest.fixture
def trouble() -> list[str]:
    """What went wrong in `page` so far; a test that provokes an error on purpose clears it."""
    return []


@pytest.fixture
def page(browser: Browser, trouble: list[str]) -> Iterator[Page]:
    """A browser page. The test fails on an error in the console, in a script, and on a request elsewhere."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            trouble.append(f"console: {message.text} ({message.location.get('url')})")

    def request(request: Request) -> None:
        if not request.url.startswith(OWN_ADDRESSES):
            trouble.append(f"request to another host: {request.url}")

    with contextlib.closing(browser.new_context()) as context:
        context.on("console", console)
        context.on("weberror", lambda error: trouble.append(f"script: {error.error}"))
        context.on("request", request)
        yield context.new_page()
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def serve_site() -> Iterator[Callable[..., str]]:
    """Serve a site's folder until the test ends: `serve_site(folder, url="https://example.org/")`."""
    with contextlib.ExitStack() as stack:

        def serve(folder: Path, url: str = "https://example.org/papershelf/") -> str:
            return stack.enter_context(serving(folder, url))

        yield serve


@pytest.fixture(scope="session")
def html_mistakes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """What html-validate finds in the pages of a folder, each as `file:line:column rule: message`.

    It holds pages against the HTML standard. Material's own switches, which the standard allows no
    autocomplete attribute, are left out, and so are rules of style (white space, length of titles).
    """
    package = Path(sys.prefix, "npm/node_modules/html-validate")
    assert package.is_dir(), f"html-validate is not in {package}: `make test` puts it there"
    program = [Path(sys.prefix, "bin/node"), package / "bin/html-validate.mjs"]
    report = tmp_path_factory.mktemp("html") / "report.json"
    options = [f"--config={ROOT / 'tests/tools/htmlvalidate.json'}", f"--formatter=json={report}"]

    def mistakes(folder: Path) -> list[str]:
        files = sorted(folder.rglob("*.html"))
        report.unlink(missing_ok=True)
        run = subprocess.run([*program, *options, *files], capture_output=True, text=True, check=False)
        assert report.is_file(), run.stderr
        return [
            f"{Path(page['filePath']).relative_to(folder)}:{found['line']}:{found['column']} "
            f"{found['ruleId']}: {found['message']}"
            for page in json.loads(report.read_bytes())
            for found in page["messages"]
            if found["message"] != MATERIALS_OWN
        ]

    return mistakes


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A scratch copy of this project's settings, content and templates."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a scratch copy with a name, for a session's fixture: `new_project("with abstracts")`."""
    return lambda name: copy_project(tmp_path_factory.mktemp("projects") / name)
