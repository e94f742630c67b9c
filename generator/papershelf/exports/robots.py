"""robots.txt: everything may be read, and where the site map is."""

from collections.abc import Iterator

from papershelf.exports.published import Published
from papershelf.incremental.output import Output


def robots(published: Published) -> Iterator[Output[bytes]]:
    """The file; crawlers look for it at the root of a host only."""
    yield Output("robots.txt", _text, (published.site,))


def _text(site: str) -> bytes:
    where = f"\nSitemap: {site}sitemap.xml\n" if site else ""
    return f"User-agent: *\nAllow: /\n{where}".encode()
