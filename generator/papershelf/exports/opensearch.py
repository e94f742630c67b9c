"""opensearch.xml: lets browsers search the site from their address bar (OpenSearch 1.1)."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from papershelf.core import urls
from papershelf.exports.atom import xml_text
from papershelf.exports.published import Published
from papershelf.incremental.output import Output

_NAMESPACE: Final = "http://a9.com/-/spec/opensearch/1.1/"
_MAX_NAME: Final = 16


def opensearch(published: Published) -> Iterator[Output[bytes]]:
    """The description of the search; none if the site's address is unknown."""
    config = published.context.config
    if published.site:
        inputs = (published.site, config.title, config.description, config.language)
        yield Output("opensearch.xml", _xml, inputs)


def _xml(site: str, title: str, description: str, language: str) -> bytes:
    root = Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    fields = {
        "ShortName": title[:_MAX_NAME].strip(),
        "Description": description,
        "Language": language,
        "InputEncoding": "UTF-8",
    }
    for name, value in fields.items():
        SubElement(root, name).text = xml_text(value)
    address = f"{site}{urls.address(urls.BROWSE)}?q={{searchTerms}}"
    SubElement(root, "Url", {"type": "text/html", "method": "get", "template": address})
    indent(root, "")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
