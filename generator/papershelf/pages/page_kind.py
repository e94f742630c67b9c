"""What a kind of page is: one value for each in `pages.KINDS`, and in what plug-ins add."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from papershelf.views.context import Page, PageOutput, SiteContext
from papershelf.views.words import Words


class PlanPages(Protocol):
    """Plans all pages of a kind."""

    def __call__(self, context: SiteContext, /) -> Iterable[Page | PageOutput]:
        """The pages, in the order of the site map: as outputs, or as pages if making them costs nothing.

        A pure function of the context. All paths start with the kind's segment, if it has one.
        """


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link in the site's navigation, shown if there is a page at `path`."""

    path: str
    title: Callable[[Words], str]


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page.

    name: unique among all kinds.
    segment: the first path segment of its pages, which no free page may have as its address; None for pages
        at the root of the site.
    plan: plans its pages.
    navigation: its link in the navigation, None for none.
    theme: the template under templates/overrides/ that frames its pages.
    templates: the folder of its page templates where they do not come with Papershelf; the list's own
        templates/ win over them.
    """

    name: str
    segment: str | None
    plan: PlanPages
    navigation: NavigationLink | None = None
    theme: str = "main.html"
    templates: Path | None = None
