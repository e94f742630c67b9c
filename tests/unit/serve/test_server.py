"""The local server over real HTTP, and the detection of edits."""

import gzip
import http.client
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from papershelf.core.problems import GeneratorError
from papershelf.incremental.filetree import write_tree
from papershelf.incremental.staging import swap
from papershelf.serve import serving
from papershelf.serve.watch import changes, stamps

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "index.html": "<h1>Home</h1>",
        "404.html": "<h1>Not here</h1>",
        "papers/a/index.html": "<h1>A</h1>",
        "papers/a/index.md": "# A",
        "papers/日本/index.html": "<h1>日本</h1>",
        "assets/a.js": "let a",
        "assets/a.css": "a { color: red }\n" * 100,
        "pagefind/wasm.en.pagefind": "x",
        "sitemap.xml.gz": "x",
        "feeds/new.xml": "<feed/>",
        "api/v1/index.json": "{}",
    }
    write_tree(tmp_path / "site", pages.items())
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "site"


@pytest.fixture
def ask(site: Path) -> Iterator[Ask]:
    """Request a path exactly as it is written: no client normalizes it."""
    with serving(site, "https://example.org/shelf/") as address:

        def request(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", urlsplit(address).netloc)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            result = answer.status, dict(answer.getheaders()), answer.read()
            connection.close()
            return result

        yield request


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/shelf/", "text/html; charset=utf-8"),
        ("/shelf/papers/a/", "text/html; charset=utf-8"),
        ("/shelf/papers/a/index.html?q=1", "text/html; charset=utf-8"),
        ("/shelf/papers/%E6%97%A5%E6%9C%AC/", "text/html; charset=utf-8"),
        ("/shelf/papers/a/index.md", "text/markdown; charset=utf-8"),
        ("/shelf/assets/a.js", "text/javascript; charset=utf-8"),
        ("/shelf/assets/a.css", "text/css; charset=utf-8"),
        ("/shelf/pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("/shelf/sitemap.xml.gz", "application/gzip"),
        ("/shelf/feeds/new.xml", "text/xml; charset=utf-8"),
        ("/shelf/api/v1/index.json", "application/json; charset=utf-8"),
    ],
)
def test_a_file_comes_with_its_type(ask: Ask, path: str, kind: str) -> None:
    status, headers, body = ask(path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert int(headers["Content-Length"]) == len(body)


def test_head_gives_the_headers_alone(ask: Ask) -> None:
    status, headers, body = ask("/shelf/", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "13", b"")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "gzip"),
        ("br;q=1.0, gzip;q=0.5", "gzip"),
        ("*;q=0, gzip;q=0.0", None),
        ("br", None),
    ],
)
def test_long_text_is_compressed_for_browsers_that_want_it(
    ask: Ask, site: Path, accepted: str, encoding: str | None
) -> None:
    whole = (site / "assets/a.css").read_bytes()
    status, headers, body = ask("/shelf/assets/a.css", **{"Accept-Encoding": accepted})
    assert (status, headers.get("Content-Encoding"), headers["Vary"]) == (200, encoding, "Accept-Encoding")
    assert (gzip.decompress(body) if encoding else body) == whole
    assert int(headers["Content-Length"]) == len(body)
    head = ask("/shelf/assets/a.css", "HEAD", **{"Accept-Encoding": accepted})
    assert (head[1]["Content-Length"], head[2]) == (headers["Content-Length"], b"")


def test_short_or_binary_content_is_not_compressed(ask: Ask) -> None:
    for path in ("/shelf/", "/shelf/pagefind/wasm.en.pagefind"):
        assert "Content-Encoding" not in ask(path, **{"Accept-Encoding": "gzip"})[1]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "/shelf/"),
        ("/shelf", "/shelf/"),
        ("/shelf/papers/a", "/shelf/papers/a/"),
        ("/shelf/papers/a?q=b%20c", "/shelf/papers/a/?q=b%20c"),
    ],
)
def test_an_incomplete_address_redirects_to_the_page(ask: Ask, path: str, address: str) -> None:
    status, headers, _ = ask(path)
    assert (status, headers["Location"]) == (302, address)


@pytest.mark.parametrize(
    "path",
    [
        "/shelf/nothing/",
        "/shelf/papers/",
        "/shelf/papers",
        "/shelf/papers/a/index.md/",
        "/elsewhere/",
        "/shelfish/",
        "/shelf/../../secret.txt",
        "/shelf/%2e%2e/secret.txt",
        "/shelf/..%2fsecret.txt",
        "/shelf//etc/passwd",
        "/shelf/%00",
        "/shelf/" + "a" * 5000,
        "/shelf/%ff%fe",
    ],
)
def test_a_path_without_a_page_is_not_found(ask: Ask, path: str) -> None:
    status, headers, body = ask(path)
    assert (status, body) == (404, b"<h1>Not here</h1>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_link_out_of_the_site_is_not_followed(ask: Ask, site: Path) -> None:
    (site / "way-out.txt").symlink_to(site.parent / "secret.txt")
    assert ask("/shelf/way-out.txt")[0] == 404


def test_no_link_pipe_or_loop_in_the_site_leads_out_or_holds_the_server(ask: Ask, site: Path) -> None:
    (site / "folder").symlink_to(site.parent)
    (site / "environment").symlink_to("/proc/self/environ")
    (site / "itself").symlink_to("itself")
    (site / "within").symlink_to("index.html")
    os.mkfifo(site / "pipe")
    for name in (
        "folder/secret.txt",
        "environment",
        "itself",
        "itself/a",
        "pipe",
        "folder/site/../secret.txt",
    ):
        assert ask(f"/shelf/{name}")[0] == 404, name
    assert ask("/shelf/within")[2] == b"<h1>Home</h1>"


def test_a_new_site_is_served_at_once(ask: Ask, site: Path) -> None:
    fresh = site.parent / "fresh"
    write_tree(fresh, [("index.html", "<h1>New!</h1>")])
    (site / "assets/papershelf").mkdir(parents=True)  # by which a site is known
    swap(fresh, site)
    assert ask("/shelf/")[2] == b"<h1>New!</h1>"
    status, _, body = ask("/shelf/papers/a/")
    assert (status, b"There is no such page." in body) == (404, True)


def test_a_site_at_the_root_of_its_host(site: Path) -> None:
    with serving(site, "https://example.org") as address:
        assert urlsplit(address).path == "/"


def test_a_taken_port_is_reported(site: Path) -> None:
    with serving(site, "https://example.org/") as address:
        port = urlsplit(address).port
        assert port
        with pytest.raises(GeneratorError, match=f"cannot serve on port {port}"), serving(site, "", port):
            pass


@pytest.fixture
def edits(tmp_path: Path) -> Iterator[list[frozenset[Path]]]:
    """Edits of site_config.yml, content/ and templates/, which is missing at first."""
    (tmp_path / "content/curation").mkdir(parents=True)
    (tmp_path / "site_config.yml").write_text("title: A\n")
    stop, seen = threading.Event(), list[frozenset[Path]]()
    paths = [tmp_path / name for name in ("site_config.yml", "content", "templates")]
    thread = threading.Thread(target=lambda: seen.extend(changes(paths, stamps(paths), stop)))
    thread.start()
    until(lambda: touch(tmp_path / "content/started") and seen)
    time.sleep(0.5)
    seen.clear()
    yield seen
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()


def touch(path: Path) -> bool:
    path.write_text(str(time.monotonic_ns()))
    return True


def until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline, "nothing happened in 10 seconds"
        time.sleep(0.1)


def test_edits_are_noticed_in_every_folder(tmp_path: Path, edits: list[frozenset[Path]]) -> None:
    new = tmp_path / "content/collections/new.yml"
    new.parent.mkdir()
    until(lambda: touch(new) and any(new in edit for edit in edits))
    template = tmp_path / "templates/paper.md"
    template.parent.mkdir()
    until(lambda: touch(template) and any(template in edit for edit in edits))


def test_a_file_that_an_editor_replaces_twice_is_noticed_twice(
    tmp_path: Path, edits: list[frozenset[Path]]
) -> None:
    config = tmp_path / "site_config.yml"
    for number in (1, 2):
        (tmp_path / "elsewhere.tmp").write_text(f"title: {number}\n")
        (tmp_path / "elsewhere.tmp").replace(config)
        until(lambda: any(config in edit for edit in edits))
        edits.clear()


def test_an_edit_made_before_watching_began_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    before = stamps([tmp_path / "content"])
    touch(tmp_path / "content/topics.yml")

    assert next(changes([tmp_path / "content"], before)) == {tmp_path / "content/topics.yml"}


def test_built_files_and_editors_backups_are_no_edits(tmp_path: Path, edits: list[frozenset[Path]]) -> None:
    for name in ("site/index.html", "build/docs/index.md", "content/.a.yml.swp", "content/a.yml~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        touch(tmp_path / name)
    real = tmp_path / "content/curation/a.yml"
    until(lambda: touch(real) and edits)
    assert set().union(*edits) == {real}
