"""What programs read of the site: links from a page to feeds, citations and data."""

from urllib.parse import quote

from generator import urls
from generator.pages.parts import Anchor
from generator.pages.words import Words


def to_everything(words: Words, page: str, *, digests: bool, mail: str | None) -> tuple[Anchor, ...]:
    """Of all papers.

    digests: whether there are pages on what was new in each week. mail: where to ask for digests by mail.
    """
    weeks = Anchor(words.digest.title, urls.in_browser(urls.relative(page, urls.DIGESTS)))
    links = _links(words, page, atom=urls.feed_new("xml"), json_feed=urls.feed_new("json"))
    by_mail = (Anchor(words.digest.by_mail, f"mailto:{quote(mail, safe='@')}"),) if mail else ()
    return (*links, *((weeks,) if digests else ()), *by_mail)


def to_editions(words: Words, page: str) -> tuple[Anchor, ...]:
    """Of the editions."""
    return _links(words, page, atom=urls.feed_editions("xml"), json_feed=urls.feed_editions("json"))


def to_topic(words: Words, page: str, topic: str) -> tuple[Anchor, ...]:
    """Of the papers of a topic."""
    return _links(words, page, atom=urls.feed_topic(topic, "xml"), json_feed=urls.feed_topic(topic, "json"))


def to_collection(words: Words, page: str, path: str) -> tuple[Anchor, ...]:
    """Of the papers of a reading path."""
    feeds = {form: urls.feed_collection(path, form) for form in ("xml", "json")}
    return _links(words, page, atom=feeds["xml"], json_feed=feeds["json"])


def _links(words: Words, page: str, **paths: str) -> tuple[Anchor, ...]:
    """The links, by the names that `words.formats` has for them."""
    return tuple(Anchor(words.formats[name], urls.relative(page, path)) for name, path in paths.items())
