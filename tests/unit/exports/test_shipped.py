"""All that goes out of the shipped list is read by the programs that it is for."""

import csv
import io
import json
from collections.abc import Mapping

import feedparser
import pytest
import rispy
from bibtexparser.entrypoint import parse_string as parse_bibtex
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string

from papershelf import exports
from papershelf.content.reader import read_content
from papershelf.core import urls
from papershelf.core.project import Project
from papershelf.library.library import build_library
from papershelf.render import templates
from papershelf.views.context import SiteContext
from support.project import ROOT
from support.site import formats


@pytest.fixture(scope="module")
def context() -> SiteContext:
    content, problems = read_content(Project(ROOT))
    assert content, problems
    library, _ = build_library(content)
    return SiteContext(library, content.config, templates.load_words(ROOT / "templates"))


@pytest.fixture(scope="module")
def files(context: SiteContext) -> Mapping[str, bytes]:
    plan = exports.plan(exports.Published(context, (), 0, formats(context)))
    return {each.path: each.content() for each in plan if each.path.startswith(("api/", "feeds/"))}


def test_every_citation_is_read_with_its_key_in_every_format(
    context: SiteContext, files: Mapping[str, bytes]
) -> None:
    keys = [context.citation_keys[paper] for paper in context.library.papers]
    source = files[urls.data("papers.bib")].decode()
    items = json.loads(files[urls.data("papers.csl.json")])
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), CiteProcJSON(items), formatter.plain
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))

    assert list(parse_string(source, "bibtex").entries) == keys
    assert [entry.key for entry in parse_bibtex(source).entries] == keys
    assert [record["id"] for record in rispy.loads(files[urls.data("papers.ris")].decode())] == keys
    assert [item["id"] for item in items] == keys
    assert len(bibliography.bibliography()) == len(keys)


def test_the_table_has_every_paper(context: SiteContext, files: Mapping[str, bytes]) -> None:
    table = csv.DictReader(io.StringIO(files[urls.data("papers.csv")].decode("utf-8-sig"), newline=""))

    assert [line["id"] for line in table] == list(context.library.papers)


def test_every_feed_is_read_and_no_entry_is_of_1970(files: Mapping[str, bytes]) -> None:
    feeds = {path: feedparser.parse(content) for path, content in files.items() if path.endswith(".xml")}

    assert feeds
    for path, feed in feeds.items():
        assert not feed.bozo, path
        assert all(entry.updated > "1971" for entry in feed.entries), path
