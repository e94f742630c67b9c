"""A site of fabricated papers, made step by step and without the incremental build."""

from collections.abc import Sequence
from pathlib import Path

from papershelf import exports, pages, search
from papershelf.core.model import Paper
from papershelf.incremental import fingerprint, staging
from papershelf.render import templates as render
from papershelf.theme import mkdocs
from papershelf.theme import templates as overlay
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
    staging.write_tree(folder / "build/templates", overlay.minified(overlay.templates(TEMPLATES)))
    site = folder / "site"
    assert mkdocs.publish(docs, site, settings, epoch=0, sources=[page.path for page in planned]) == []
    pieces = exports.pieces(context, folder / "build")
    for artifact in exports.plan(exports.Published(context, planned, 0, pieces)):
        file = site / artifact.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(artifact.make(*artifact.inputs))
    searchable = search.plan(context)
    keys = fingerprint.of_inputs(searchable)
    search.index(site, searchable, keys, CONFIG.language, folder / "search")
    return site
