"""sitemap.xml: the address of every page, for search engines."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from markupsafe import escape

from generator import urls
from generator.exports.artifact import Artifact, Published

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(published: Published) -> Iterator[Artifact]:
    """The site map, plain and compressed; none where the site's address is not known."""
    if published.site:
        inputs = (published.site, tuple(page.path for page in published.pages), published.epoch)
        yield Artifact("sitemap.xml", _xml, inputs)
        yield Artifact("sitemap.xml.gz", _compressed, inputs)


def _xml(site: str, pages: Sequence[str], epoch: int) -> bytes:
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    entries = "".join(
        f"<url><loc>{escape(site)}{escape(urls.address(page))}</loc><lastmod>{day}</lastmod></url>\n"
        for page in pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}\n<urlset xmlns="{_NAMESPACE}">\n{entries}</urlset>\n'.encode()


def _compressed(site: str, pages: Sequence[str], epoch: int) -> bytes:
    return gzip.compress(_xml(site, pages, epoch), mtime=epoch)
