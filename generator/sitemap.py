"""sitemap.xml: the address of every page, for search engines."""

import gzip
from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import escape

from generator import urls
from generator.pages.page import Draft

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: str | None, pages: Iterable[Draft], epoch: int) -> dict[str, bytes]:
    """The files of the site map, by path; none where the site's address is not known.

    `pages` are all pages, `epoch` is the build's date in seconds since 1970.
    """
    if not site:
        return {}
    day = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    entries = "".join(
        f"<url><loc>{escape(site.rstrip('/'))}/{escape(urls.address(page.path))}</loc><lastmod>{day}</lastmod></url>\n"
        for page in pages
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    xml = f'{head}\n<urlset xmlns="{_NAMESPACE}">\n{entries}</urlset>\n'.encode()
    return {"sitemap.xml": xml, "sitemap.xml.gz": gzip.compress(xml, mtime=epoch)}
