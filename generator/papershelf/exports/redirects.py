"""Redirects from former addresses of papers and topics: small pages, as static hosts offer no others."""

from collections.abc import Iterator
from html import escape

from papershelf import text
from papershelf.core import urls
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.library import redirects

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={href}">
<p>{moved} <a href="{href}">{title}</a></p>
</html>
"""


def moved(published: Published) -> Iterator[Output[bytes]]:
    """A page at every former address; its links are relative, so that the site works in any folder."""
    context = published.context
    titles = {urls.paper(paper.id): paper.title for paper in context.library.papers.values()}
    titles |= {urls.topic(topic.id): topic.title for topic in context.library.topics}
    for old, new in redirects.redirects(context.library).items():
        inputs = ((old, new), titles[new], published.site, context.config.language, context.words.moved)
        yield Output(urls.html(old), _page, inputs)


def _page(old_and_new: tuple[str, str], title: str, site: str, language: str, moved: str) -> bytes:
    href, new = urls.address(urls.relative(*old_and_new)), old_and_new[1]
    return _PAGE.format(
        language=escape(language),
        title=escape(text.plain(title)),
        canonical=escape(site + urls.address(new) if site else href),
        href=escape(href),
        moved=escape(moved),
    ).encode()
