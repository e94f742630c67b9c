"""One part of fuzz.py: PART and CORPUS, then arguments for libFuzzer."""

import contextlib
import html.parser
import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import atheris
import shared

with atheris.instrument_imports(include=["papershelf", "latex2mathml"]):
    import lxml.etree
    import markdown
    from pydantic import TypeAdapter

    from papershelf.build import Report
    from papershelf.content import collections, config, curation, pictures, records, topics, validation
    from papershelf.content import yaml as content_yaml
    from papershelf.core import web_urls
    from papershelf.core.problems import GeneratorError, Problem
    from papershelf.digest.sent_log import open_sent_log
    from papershelf.exports.paper_formats import PaperFormats
    from papershelf.importing import ImportOptions, SourceDocument, plan_import
    from papershelf.incremental import cache, inputs, manifest
    from papershelf.incremental.workers import Workers
    from papershelf.library.related import Related
    from papershelf.search.merge import Merged
    from papershelf.search.part import Part
    from papershelf.sources.readers import READERS, decode, detect
    from papershelf.text import cleaning, links, mathml, names, notes, page_html
    from papershelf.text import markdown as text_markdown
    from papershelf.text import plain as text_plain
    from papershelf.theme.mkdocs import Shell
    from support.daily_papers import write_page

    mathml.mathml("x")  # imports the converter, which is to be instrumented as well

MORE_MEMORY = 500  # MB
KEY = bytes(range(32))
SCRATCH = Path(tempfile.mkdtemp(dir=Path(sys.argv[2]).parent))
Target = Callable[[bytes], object]


def sources(data: bytes) -> None:
    """Decode, detect, read, make records; what is written can be read again and means the same."""
    text, _ = decode(data, "page.txt")
    detect(text, READERS)
    for reader in READERS:
        reader.read(text, "page.txt", None)
        options = ImportOptions(format=reader.name, id="page")
        plan = plan_import([SourceDocument("page.txt", data)], [], options)
        for listing, written in plan.texts.items():
            again, problems = records.parse(written, f"{listing}.jsonl")
            assert again, problems
            assert tuple(placed.record for placed in again.records) == plan.files[0].records


def read_yaml(data: bytes) -> None:
    """Parse, and validate with every model."""
    document = content_yaml.parse(data.decode("utf-8", errors="replace"), "x.yml")
    validation.validate(TypeAdapter(config.Config), document)
    curation.read_decisions(document)
    topics.place(topics.read_topics(document)[0], document)
    collections.read_collection(document)


def read_records(data: bytes) -> None:
    """Parse; what is read is written as the same."""
    found, _ = records.parse(data.decode("utf-8", errors="replace"), "x.jsonl")
    if found:
        kept = tuple(placed.record for placed in found.records)
        again, _ = records.parse(records.dump(found.listing, kept), "x.jsonl")
        assert again
        assert tuple(placed.record for placed in again.records) == kept


KINDS: dict[str, Any] = {
    "report": Report,
    "shell": Shell,
    "related": dict[str, Related],
    "formats": dict[str, tuple[bytes, PaperFormats]],
    "topics": dict[str, tuple[bytes, tuple[str, ...]]],
    "part": Part,
    "index": Merged,
    "names": dict[bytes, str],
}


CACHED = (*KINDS, "manifest", "listing")


def load_cache(data: bytes) -> None:
    """Load a value of each type under a right key, and take a folder for the one of a mutated manifest."""
    stored = cache.Cache(SCRATCH / "cache")
    content, key = data[1:], inputs.program()
    whole = cache._header(key, content) + content
    name = CACHED[data[0] % len(CACHED)] if data else "report"
    (SCRATCH / "cache").mkdir(exist_ok=True)
    (SCRATCH / "cache" / name).write_bytes(whole if len(data) % 8 else data)
    if name in KINDS:
        stored.load(name, key, KINDS[name])
        return
    site = SCRATCH / "site"
    site.mkdir(exist_ok=True)
    manifest.load(site, stored)
    manifest.is_untouched(site, stored)
    manifest.knows_search(site, stored)
    manifest.recognise(site, stored, Workers.serial)
    for path in manifest._stored(stored)[1].values():
        assert not any(name.startswith("/") or ".." in name.split("/") for name, _, _ in path.files)


def clean_text(data: bytes) -> None:
    """Clean, find links, name, and write as Markdown and HTML; a note as well."""
    text = data.decode("utf-8", errors="replace")
    cleaned = cleaning.clean(text)
    names.slug(text)
    names.normalise(text)
    for found in links.find(text):
        if found.link:
            web_urls.checked(found.link.url)
            links.key(found.link.url)
            links.repository(found.link.url)
    escaped = text_markdown.escape(cleaned)
    text_plain(cleaned)
    shown = text_markdown.to_html(escaped)
    assert not re.search(r"<(?!/?(?:em|strong)>)", shown), shown
    text_markdown.with_mathematics(cleaned, escaped, html=False)
    if not notes.check(text):
        Still("".join(notes.render(text)))
        notes.plain(text)


def write_mathml(data: bytes) -> None:
    """MathML is well-formed and holds elements of mathematics only."""
    text = data.decode("utf-8", errors="replace")
    mathml.mathml.cache_clear()
    markup = mathml.mathml(text)
    for element in lxml.etree.fromstring(markup).iter() if markup else ():
        assert element.tag == "span" or element.tag in mathml._ELEMENTS
    mathml.typeset(f"${text}$", f"${text}$", lambda tex: tex)


def check_address(data: bytes) -> None:
    """What is fine for us is fine for urllib, with a host."""
    url = data.decode("utf-8", errors="replace")
    with contextlib.suppress(web_urls.WebUrlError):
        web_urls.checked(url)
        parts = urlsplit(url)
        assert parts.hostname
        assert (parts.port or 0) <= web_urls.MAX_PORT
        assert parts.username is None
    with contextlib.suppress(web_urls.WebUrlError):
        web_urls.checked_root(url)


class Still(html.parser.HTMLParser):
    """Fails at whatever could run or load something."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fail at an element, a handler or an address that is not still."""
        refused = {"script", "style", "iframe", "object", "embed", "link", "meta", "base", "form", "svg"}
        assert tag not in refused | {"input", "button", "math", "template", "video", "audio"}, tag
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            assert not name.startswith("on"), name
            assert name in {"href", "src"} or not name.endswith(("href", "src", "action", "srcset")), name
            if name == "href":
                assert re.match(r"https?://|mailto:|[^:]*$|[^:]*[/?#]", address), address
            if name == "src":
                assert ":" not in re.split(r"[/?#]", address)[0], address
                assert not address.startswith("//"), address


def free_page(data: bytes) -> None:
    """A page without complaints is still."""
    source = data.decode("utf-8", errors="replace")
    if not list(page_html.complaints(source)):
        Still(markdown.markdown(source.strip(), extensions=[*page_html.EXTENSIONS]))


def picture(data: bytes) -> None:
    """An SVG that is accepted is well-formed, without scripts, handlers and addresses elsewhere."""
    if isinstance(pictures._in_svg(data, "x.svg"), Problem):
        return
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for element in lxml.etree.fromstring(data, parser).iter():
        assert isinstance(element.tag, str) or element.tag is lxml.etree.Comment, element
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        assert "xhtml" not in element.tag
        assert name not in {"foreignobject", "animate", "set", "handler", "iframe"}, name
        for attribute, value in element.attrib.items():
            assert not attribute.rpartition("}")[2].lower().startswith("on"), attribute
            assert not (
                attribute.endswith("href") and re.match(r"\s*(javascript|https?|//|data:text)", value)
            )


def ledger(data: bytes) -> None:
    """A ledger that is opened still knows the addresses that it names as sent."""
    path = SCRATCH / "ledger.jsonl"
    path.write_bytes(data)
    with contextlib.suppress(GeneratorError), open_sent_log(path, KEY, "d1") as log:
        for address in ("ada@example.org", "bob@example.org"):
            named = f'"to": "{log.hashed(address)}", "is": "sent", "check": "'.encode()
            whole = [line for line in data.splitlines() if named in line and line.endswith(b'"}')]
            assert not whole or b'"d1"' not in whole[0] or log.state(address) == "sent"
        log.record("cyd@example.org", "trying")


TARGETS: dict[str, tuple[Target, tuple[str, ...]]] = {
    "sources": (sources, ("tests/unit/**/*.txt",)),
    "yaml": (read_yaml, ("content/*.yml", "content/*/*.yml", "tests/*/content/**/*.yml", "*config.yml")),
    "records": (read_records, ("content/papers/*.jsonl", "tests/*/content/papers/*.jsonl")),
    "cache": (load_cache, ()),
    "text": (clean_text, ("content/papers/*.jsonl", "tests/*/content/curation/*.yml")),
    "mathml": (write_mathml, ()),
    "addresses": (check_address, ()),
    "pages": (free_page, ("content/pages/*.md", "docs/*.md", "tests/*/content/pages/*.md")),
    "pictures": (picture, ("templates/overrides/assets/papershelf/*.svg",)),
    "ledger": (ledger, ()),
}
ADDRESSES = (
    "https://github.com/ada/tea",
    "http://[2001:db8::1]:80/a?b#c",
    "https://xn--bcher-kva.example./%41",
)
FORMULAS = (
    r"\frac{a_1}{b^2}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\left(\sqrt[3]{x}\right)\text{ if }y",
)
PIECE = 3000  # bytes


def seeds(part: str) -> Iterator[bytes]:
    """Inputs to begin with: the repository's own files in pieces, and what each part needs more."""
    for pattern in TARGETS[part][1]:
        for path in sorted(shared.ROOT.glob(pattern)):
            data = path.read_bytes()
            yield from (data[at : at + PIECE] for at in range(0, min(len(data), 20 * PIECE), PIECE))
    if part == "sources":
        page = write_page(next((shared.ROOT / "content/papers").glob("daily*.jsonl")), SCRATCH).read_bytes()
        yield from (page[:PIECE], page[:PIECE].decode().encode("utf-16"), page[-PIECE:])
    if part == "cache":
        yield from stored_values()
    if part == "ledger":
        for state in ("trying", "sent", "refused"):
            with open_sent_log(SCRATCH / "first.jsonl", KEY, "d1") as log:
                log.record("ada@example.org", state)
                log.record("bob@example.org", "sent")
        yield (SCRATCH / "first.jsonl").read_bytes()
    yield from (text.encode() for text in {"addresses": ADDRESSES, "mathml": FORMULAS}.get(part, ()))


def stored_values() -> Iterator[bytes]:
    """What a build of a small list stores, behind the number of its type."""
    folder = SCRATCH / "list"
    shutil.copytree(shared.ROOT / "tests/small", folder)
    shared.run(shared.papershelf(folder, "build", "-q"), SCRATCH)
    for path in sorted((*(folder / "build/cache").iterdir(), *(folder / "build/search").iterdir())):
        kind = path.name.partition("-")[0]
        number = CACHED.index(kind) if kind in CACHED else 0
        content = path.read_bytes()[28:] if path.is_file() else b""
        if len(content) < 20 * PIECE:
            yield bytes([number]) + content


def tested(part: str) -> Target:
    """The part, for which a GeneratorError is an answer like any other."""
    target = TARGETS[part][0]

    def test(data: bytes) -> None:
        with contextlib.suppress(GeneratorError):
            target(data)

    return test


def main() -> None:
    """Write the first inputs, and hand over to libFuzzer, which ends the process."""
    part, corpus, *given = sys.argv[1:]
    for number, seed in enumerate(seeds(part)):
        Path(corpus, f"seed-{number:04}").write_bytes(seed)
    test = tested(part)
    test(b"")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 + MORE_MEMORY
    atheris.Setup([sys.argv[0], f"-rss_limit_mb={most}", corpus, *given], test)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
