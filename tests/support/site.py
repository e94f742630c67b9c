"""A site of fabricated papers, made step by step and without the incremental build."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from papershelf import exports, pages, search
from papershelf.core.model import Paper
from papershelf.exports.paper_formats import PaperFormats
from papershelf.incremental import filetree, fingerprint
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.render import templates as render
from papershelf.theme import mkdocs
from papershelf.theme import templates as overlay
from papershelf.views.context import SiteContext
from support import fabricated
from support.fabricated import CONFIG
from support.project import ROOT

TEMPLATES = ROOT / "templates"
WORDS = render.load_words(TEMPLATES)


def make_site(folder: Path, papers: Sequence[Paper]) -> Path:
    context = fabricated.context(WORDS, papers)
    planned = pages.plan(context)
    docs = folder / "build" / "docs"
    for path, markdown in render.render_all(
        [draft.content() for draft in planned], render.environment(TEMPLATES, WORDS)
    ):
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(markdown, encoding="utf-8")
    settings = mkdocs.PublishSettings(
        name=CONFIG.title,
        url=str(CONFIG.url),
        description=CONFIG.description,
        navigation=pages.navigation(WORDS, planned),
        overrides=folder / "build/templates/overrides",
        extra={
            "words": WORDS.model_dump(mode="json"),
            "repository": CONFIG.repository,
            "curator": CONFIG.curator and CONFIG.curator.model_dump(),
            "logo": None,
            "markdown": True,
        },
    )
    filetree.write_tree(folder / "build/templates", overlay.minified(overlay.templates(TEMPLATES)))
    site = folder / "site"
    assert mkdocs.publish(docs, site, settings, epoch=0) == []
    for page in planned:
        shutil.copyfile(docs / page.path, site / page.path)
    for output in exports.plan(exports.Published(context, planned, 0, formats(context))):
        file = site / output.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(output.content())
    documents = search.plan(context)
    keys = fingerprint.of_inputs(documents)
    search.index(site, search.IndexPlan(documents, keys, CONFIG.language, Cache(folder / "search")))
    return site


def formats(context: SiteContext, cache: Cache | None = None) -> Mapping[str, PaperFormats]:
    """Every paper in all formats, of which some may be in the cache."""
    papers = tuple(context.library.papers.values())
    known = fingerprint.by_identity(papers, fingerprint.each(papers))
    return exports.paper_formats(context, known, cache or Cache.in_memory(), Workers.serial)
