"""sitemap.xml: the address of every page, for search engines."""

import gzip
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from markupsafe import escape

from generator import urls

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: str | None, pages: Iterable[str], epoch: int) -> Iterator[tuple[str, bytes]]:
    """The files of the site map, path and content; none where the site's address is not known.

    `pages` are the paths of all pages, `epoch` is the build's date in seconds since 1970.
    """
    if not site:
        return
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    entries = "".join(
        f"<url><loc>{escape(site.rstrip('/'))}/{escape(urls.address(page))}</loc><lastmod>{day}</lastmod></url>\n"
        for page in pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = f'{head}\n<urlset xmlns="{_NAMESPACE}">\n{entries}</urlset>\n'.encode()
    yield "sitemap.xml", xml
    yield "sitemap.xml.gz", gzip.compress(xml, mtime=epoch)
