"""Links from a page to what is published for programs: feeds, citations and data."""

from urllib.parse import quote

from papershelf.core import urls
from papershelf.views.components import Anchor
from papershelf.views.context import SiteContext
from papershelf.views.taxonomy import PaperGroup, Taxonomy
from papershelf.views.words import Words


def of_site(words: Words, page: str, *, digests: bool, mail: str | None) -> tuple[Anchor, ...]:
    """Links to what is published of all papers.

    digests: whether there are pages on what was new in each week. mail: where to ask for digests by mail.
    """
    weeks = Anchor(words.digest.title, urls.in_browser(urls.relative(page, urls.DIGESTS)))
    links = _named_formats(
        words,
        page,
        atom=urls.feed_new("xml"),
        json_feed=urls.feed_new("json"),
        bibtex=urls.data("papers.bib"),
        data=urls.data("index.json"),
    )
    by_mail = (Anchor(words.digest.by_mail, f"mailto:{quote(mail, safe='@')}"),) if mail else ()
    return (*links, *((weeks,) if digests else ()), *by_mail)


def of_editions(words: Words, page: str) -> tuple[Anchor, ...]:
    """Links to the feed of editions."""
    return _named_formats(words, page, atom=urls.feed_editions("xml"), json_feed=urls.feed_editions("json"))


def of_group(
    context: SiteContext, page: str, taxonomy: Taxonomy, group: PaperGroup, *, data: bool = True
) -> tuple[Anchor, ...]:
    """Links to what is published of a group, and to browsing it; `data`: whether to link its JSON."""
    paths: dict[str, str] = {}
    if taxonomy.feed_title:
        paths |= {"atom": taxonomy.feed(group.id, "xml"), "json_feed": taxonomy.feed(group.id, "json")}
    if not group.is_rest and context.has_citations(taxonomy):
        paths["bibtex"] = taxonomy.data(group.id, "bib")
    if data and not group.is_rest:
        paths["data"] = taxonomy.data(group.id)
    links = _named_formats(context.words, page, **paths)
    if not taxonomy.facet or not group.papers:
        return links
    browse = urls.in_browser(urls.relative(page, urls.BROWSE))
    return (*links, Anchor(context.words.browse.narrow, f"{browse}?{taxonomy.facet.name}={group.id}"))


def _named_formats(words: Words, page: str, **paths: str) -> tuple[Anchor, ...]:
    """Links to paths, given by the names that formats have in `words.formats`."""
    return tuple(Anchor(words.formats[name], urls.relative(page, path)) for name, path in paths.items())
