"""What programs read of the site: links from a page to feeds, citations and data."""

from urllib.parse import quote

from papershelf.core import urls
from papershelf.views.components import Anchor
from papershelf.views.words import Words


def to_everything(words: Words, page: str, *, digests: bool, mail: str | None) -> tuple[Anchor, ...]:
    """Of all papers.

    digests: whether there are pages on what was new in each week. mail: where to ask for digests by mail.
    """
    weeks = Anchor(words.digest.title, urls.in_browser(urls.relative(page, urls.DIGESTS)))
    links = _links(
        words,
        page,
        atom=urls.feed_new("xml"),
        json_feed=urls.feed_new("json"),
        bibtex=urls.data("papers.bib"),
        data=urls.data("index.json"),
    )
    by_mail = (Anchor(words.digest.by_mail, f"mailto:{quote(mail, safe='@')}"),) if mail else ()
    return (*links, *((weeks,) if digests else ()), *by_mail)


def to_editions(words: Words, page: str) -> tuple[Anchor, ...]:
    """Of the editions."""
    return _links(words, page, atom=urls.feed_editions("xml"), json_feed=urls.feed_editions("json"))


def to_topic(words: Words, page: str, topic: str, *, cited: bool) -> tuple[Anchor, ...]:
    """Of the papers of a topic; `cited` tells whether there are citations of it."""
    feeds = {form: urls.feed_topic(topic, form) for form in ("xml", "json")}
    citations = {"bibtex": urls.topic_data(topic, "bib")} if cited else {}
    return _links(words, page, atom=feeds["xml"], json_feed=feeds["json"], **citations)


def to_collection(words: Words, page: str, path: str) -> tuple[Anchor, ...]:
    """Of the papers of a reading path."""
    feeds = {form: urls.feed_collection(path, form) for form in ("xml", "json")}
    bibtex, data = urls.collection_data(path, "bib"), urls.collection_data(path)
    return _links(words, page, atom=feeds["xml"], json_feed=feeds["json"], bibtex=bibtex, data=data)


def _links(words: Words, page: str, **paths: str) -> tuple[Anchor, ...]:
    """The links, by the names that `words.formats` has for them."""
    return tuple(Anchor(words.formats[name], urls.relative(page, path)) for name, path in paths.items())
