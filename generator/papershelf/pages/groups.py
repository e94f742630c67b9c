"""The pages of a taxonomy that has none of its own: a list of its groups, and the papers of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from papershelf.core import urls
from papershelf.pages.page_kind import NavigationLink, PageKind
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, CountedLink
from papershelf.views.context import Page, PageOutput, SiteContext
from papershelf.views.paper_list import ListHeader, PaperList, list_pages, year_heading
from papershelf.views.taxonomy import PaperGroup, Taxonomy


@dataclass(frozen=True, slots=True)
class GroupsView:
    """All groups of a taxonomy with the number of their papers."""

    title: str
    intro: str
    groups: tuple[CountedLink, ...]


def taxonomy_kind(taxonomy: Taxonomy) -> PageKind:
    """The kind of page that lists a taxonomy's groups and shows each of them."""
    navigation = NavigationLink(taxonomy.list_page, taxonomy.title)
    return PageKind(taxonomy.id, taxonomy.id, partial(_plan, taxonomy), navigation)


def counted_groups(context: SiteContext, taxonomy: Taxonomy, page: str) -> tuple[CountedLink, ...]:
    """Links from a page to all groups of a taxonomy, with the number of their papers."""
    return tuple(
        CountedLink(
            Anchor(group.title, urls.relative(page, taxonomy.page(group.id)), group.mark),
            context.words.papers.of(len(group.papers)),
            group.about,
        )
        for group in context.groups[taxonomy.id]
    )


def _plan(taxonomy: Taxonomy, context: SiteContext) -> Iterator[Page | PageOutput]:
    """The list of groups and the pages of each; none if there are no groups."""
    groups, words, path = context.groups[taxonomy.id], context.words, taxonomy.list_page
    if not groups:
        return
    view = GroupsView(taxonomy.title(words), taxonomy.intro(words), counted_groups(context, taxonomy, path))
    yield Page(path, "groups.md", view.title, view.intro, view)
    for group in groups:
        yield from list_pages(context, _paper_list(context, taxonomy, group))


def _paper_list(context: SiteContext, taxonomy: Taxonomy, group: PaperGroup) -> PaperList:
    words, path, papers = context.words, taxonomy.page(group.id), context.papers(group.papers)
    years = () if taxonomy.is_ordered else tuple(year_heading(words, paper) for paper in papers)
    header = ListHeader(
        title=group.title,
        up=(taxonomy.title(words), taxonomy.list_page),
        intro=group.about,
        mark=group.mark,
        feeds=metadata.group_feeds(words, taxonomy, group),
    )
    return PaperList(
        path,
        header,
        papers,
        headings=years,
        jumps=tuple(dict.fromkeys(years)),
        numbered=taxonomy.is_ordered,
        data=data_links.of_group(context, path, taxonomy, group),
    )
