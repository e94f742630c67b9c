"""robots.txt: allows everything, and links the site map."""

from collections.abc import Iterator

from papershelf.exports.published import Published
from papershelf.incremental.output import Output


def robots(published: Published) -> Iterator[Output[bytes]]:
    """The file; crawlers read it only at the root of a host."""
    yield Output("robots.txt", _text, (published.site,))


def _text(site: str) -> bytes:
    site_map = f"\nSitemap: {site}sitemap.xml\n" if site else ""
    return f"User-agent: *\nAllow: /\n{site_map}".encode()
