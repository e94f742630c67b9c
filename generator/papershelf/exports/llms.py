"""llms.txt: where programs that read for people find what (llmstxt.org)."""

from collections.abc import Iterator, Sequence

from papershelf import text
from papershelf.content.config import publishes_markdown
from papershelf.core import urls
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.text import notes
from papershelf.views.context import SiteContext

Linked = tuple[str, str, str]


def llms(published: Published) -> Iterator[Output[bytes]]:
    """The file; its links lead to Markdown where that is published."""
    context = published.context
    config, words = context.config, context.words
    sections = tuple(
        (title, links)
        for title, links in (
            (words.topics, tuple(_topics(context))),
            (words.collections, tuple(_collections(context))),
            (words.feeds.data, tuple(_files(context))),
        )
        if links
    )
    yield Output("llms.txt", _text, (config.title, config.description, sections))


def _topics(context: SiteContext) -> Iterator[Linked]:
    for topic in context.library.topics:
        yield topic.title, _address(context, urls.topic(topic.id)), notes.plain(topic.description or "")


def _collections(context: SiteContext) -> Iterator[Linked]:
    for path in context.library.collections:
        yield path.title, _address(context, urls.collection(path.id)), notes.plain(path.introduction)


def _files(context: SiteContext) -> Iterator[Linked]:
    words = context.words
    yield words.archive, _address(context, urls.ARCHIVE), words.archive_intro
    yield words.editions, _address(context, urls.EDITIONS), words.editions_intro
    yield words.code, _address(context, urls.CODE), words.code_intro
    yield words.feeds.new, f"{context.site}{urls.feed_new('json')}", ""


def _address(context: SiteContext, page: str) -> str:
    as_markdown = publishes_markdown(context.config.publish.markdown, page)
    return context.site + (page if as_markdown else urls.address(page))


def _text(title: str, description: str, sections: Sequence[tuple[str, Sequence[Linked]]]) -> bytes:
    parts = [f"# {_line(title)}\n\n> {_line(description)}\n"]
    for heading, links in sections:
        lines = "".join(
            f"- [{_line(name)}]({href}){f': {_line(about)}' if about else ''}\n"
            for name, href, about in links
        )
        parts.append(f"## {_line(heading)}\n\n{lines}")
    return "\n".join(parts).encode()


def _line(words: str) -> str:
    return text.escape(words)
