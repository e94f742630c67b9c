"""sitemap.xml: the addresses of all pages for search engines, in several files if there are too many."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from markupsafe import escape

from papershelf.core import urls
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.library import first_listed
from papershelf.views.context import SiteContext

MOST: Final = 50_000
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"

Dated = tuple[str, str]


def sitemap(published: Published, most: int = MOST) -> Iterator[Output[bytes]]:
    """The site map; none if the site's address is unknown. `most`: addresses in one file."""
    site = published.site
    if not site:
        return
    days = _days(published.context)
    pages = [(urls.address(page.path), days.get(page.path, "")) for page in published.pages]
    parts = [tuple(pages[start : start + most]) for start in range(0, len(pages), most)]
    if len(parts) == 1:
        yield Output("sitemap.xml", _addresses, (site, parts[0]))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield Output("sitemap.xml", _index, (site, tuple(names)))
    for name, part in zip(names, parts, strict=True):
        yield Output(name, _addresses, (site, part))


def _days(context: SiteContext) -> Mapping[str, str]:
    """The days on which editions and papers last got new content, as far as known, by their page."""
    captured = {listing.id: listing.captured for listing in context.library.listings}
    editions = {urls.edition(listing): day.isoformat() for listing, day in captured.items() if day}
    listed = first_listed.listing_days(context.library)
    return editions | {urls.paper(paper_id): days[-1].isoformat() for paper_id, days in listed.items()}


def _addresses(site: str, pages: Sequence[Dated]) -> bytes:
    prefix = escape(site)
    entries = "".join(
        f"<url><loc>{prefix}{address}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for address, day in pages
    )
    return _document("urlset", entries)


def _index(site: str, names: Sequence[str]) -> bytes:
    entries = "".join(f"<sitemap><loc>{escape(site)}{name}</loc></sitemap>\n" for name in names)
    return _document("sitemapindex", entries)


def _document(root: str, entries: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<{root} xmlns="{_NAMESPACE}">\n{entries}</{root}>\n'.encode()
