"""llms.txt: an index of the site for language models (llmstxt.org)."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from papershelf import text
from papershelf.content.config import publishes_markdown
from papershelf.core import urls
from papershelf.exports.published import Published
from papershelf.incremental.output import Output
from papershelf.views.context import SiteContext
from papershelf.views.taxonomy import Taxonomy

IndexLink: TypeAlias = tuple[str, str, str]
"""A title, an address, and a description, "" for none."""


def llms(published: Published) -> Iterator[Output[bytes]]:
    """The file: the groups of each taxonomy that has feeds, then other pages and feeds."""
    context = published.context
    config, words = context.config, context.words
    followed = [taxonomy for taxonomy in context.taxonomies if taxonomy.feed_title]
    sections = [(taxonomy.title(words), tuple(_groups(context, taxonomy))) for taxonomy in followed]
    sections.append((words.feeds.data, tuple(_data(context))))
    filled = tuple((title, links) for title, links in sections if links)
    yield Output("llms.txt", _text, (config.title, config.description, filled))


def _groups(context: SiteContext, taxonomy: Taxonomy) -> Iterator[IndexLink]:
    for group in context.groups[taxonomy.id]:
        if not group.is_rest:
            yield group.title, _page_url(context, taxonomy.page(group.id)), group.about


def _data(context: SiteContext) -> Iterator[IndexLink]:
    words = context.words
    yield words.archive, _page_url(context, urls.ARCHIVE), words.archive_intro
    yield words.editions, _page_url(context, urls.EDITIONS), words.editions_intro
    yield words.code, _page_url(context, urls.CODE), words.code_intro
    yield words.feeds.new, f"{context.site}{urls.feed_new('json')}", ""


def _page_url(context: SiteContext, page: str) -> str:
    """The address of a page, as Markdown if that is published."""
    as_markdown = publishes_markdown(context.config.publish.markdown, page)
    return context.site + (page if as_markdown else urls.address(page))


def _text(title: str, description: str, sections: Sequence[tuple[str, Sequence[IndexLink]]]) -> bytes:
    parts = [f"# {text.escape(title)}\n\n> {text.escape(description)}\n"]
    for heading, links in sections:
        lines = "".join(
            f"- [{text.escape(name)}]({href}){f': {text.escape(about)}' if about else ''}\n"
            for name, href, about in links
        )
        parts.append(f"## {text.escape(heading)}\n\n{lines}")
    return "\n".join(parts).encode()
