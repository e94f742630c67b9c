"""site_config.yml: the site's settings."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from papershelf.core import urls, web_urls
from papershelf.core.model import LANGUAGE, MAIL, PICTURE, Frozen, Text, WebUrl

Accent = Literal[
    "red",
    "pink",
    "purple",
    "deep purple",
    "indigo",
    "blue",
    "light blue",
    "cyan",
    "teal",
    "green",
    "light green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep orange",
]
Primary = Literal[
    Accent,
    "brown",
    "grey",
    "blue grey",
    "black",
    "white",
]
MailAddress = Annotated[str, StringConstraints(pattern=MAIL, max_length=254)]
RootUrl = Annotated[WebUrl, AfterValidator(web_urls.checked_root)]
Logo = Annotated[str, StringConstraints(pattern=PICTURE, max_length=100)]
MarkdownOf = Literal["all", "papers", "none"]
Block = Literal["featured", "edition", "collections", "topics", "newest", "discussed", "code"]


FEW_PAPERS = 5000


class Curator(Frozen):
    """Who keeps the list."""

    name: Text = Field(description="The curator's name, as the pages show it.")
    url: WebUrl | None = Field(default=None, description="Where the curator's name links to.")


class Look(Frozen):
    """The colours, by Material's names, and the logo."""

    primary: Primary = Field(default="indigo", description="Colour of the header.")
    accent: Accent = Field(default="indigo", description="Colour of links under the pointer.")
    logo: Logo | None = Field(
        default=None, description="A picture in content/assets (SVG, PNG, JPEG, WebP); absent: Papershelf's."
    )


class Home(Frozen):
    """What stands on the home page."""

    blocks: tuple[Block, ...] = Field(
        default_factory=lambda: get_args(Block),
        description="What it shows, from top to bottom: featured, edition, collections, topics, newest,"
        " discussed, code; absent: all of these. What is empty is left out.",
    )

    @field_validator("blocks")
    @classmethod
    def _each_once(cls, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        for block in blocks:
            if blocks.count(block) > 1:
                raise ValueError(f"'{block}' stands here twice")
        return blocks


class Pages(Frozen):
    """How long lists get before they are split into pages."""

    size: Annotated[int, Field(ge=5, le=500)] = Field(default=50, description="Papers on a page of a list.")
    newest: Annotated[int, Field(ge=1, le=100)] = Field(
        default=10, description="Papers in the home page's lists, featured and newest."
    )


class Topics(Frozen):
    """How papers find their topics."""

    learn: bool = Field(
        default=True,
        description="Whether topics are learned from papers whose topics are decided, once there are 150 of"
        " them: yes or no; absent: yes.",
    )


class Publish(Frozen):
    """What is published besides the pages."""

    markdown: MarkdownOf | None = Field(
        default=None,
        description="Which pages are published as Markdown too; absent: all, but of more than 5,000 papers"
        " only these, which saves a sixth of the site.",
    )
    all_formats: bool | None = Field(
        default=None,
        description="JSON, CSL-JSON and RIS of each paper, citations of each topic, and CSL-JSON and RIS of"
        " the whole list: yes, or no; absent: yes up to 5,000 papers.",
    )


class Config(Frozen):
    """All settings of a site."""

    title: Text = Field(description="The site's name.")
    description: Text = Field(description="One or two sentences for the home page and for search engines.")
    url: RootUrl | None = Field(
        default=None, description="Where the site is published; absent: on the repository's GitHub Pages."
    )
    repository: WebUrl | None = Field(
        default=None, description="The repository of this reading list; absent: the one that builds it."
    )
    curator: Curator | None = None
    mail: MailAddress | None = Field(
        default=None, description="Where readers ask for the digest by mail, as the home page shows it."
    )
    language: Annotated[str, StringConstraints(pattern=LANGUAGE, max_length=20)] = Field(
        default="en", description="Language of the pages, as in the HTML lang attribute, such as pt-BR."
    )
    look: Look = Look()
    home: Home = Home()
    pages: Pages = Pages()
    topics: Topics = Topics()
    publish: Publish = Publish()


def with_markdown(config: Config, papers: int) -> Config:
    """The settings with a choice for Markdown, by default one that suits the number of papers."""
    chosen = config.publish.markdown or ("all" if papers <= FEW_PAPERS else "papers")
    return config.model_copy(update={"publish": config.publish.model_copy(update={"markdown": chosen})})


def publishes_markdown(of: MarkdownOf | None, page: str) -> bool:
    """Whether the page with this path is also published as Markdown."""
    return of in (None, "all") or (of == "papers" and urls.section(page) == urls.PAPERS)


def with_addresses(config: Config, repository: str | None, url: str | None = None) -> Config:
    """The settings with the addresses that they lack: of the repository, and of the site.

    `repository` and `url` are what the build was told. Without any, the site is on the repository's Pages.
    """
    repository = config.repository or repository
    url = config.url or url or (repository and github_pages(repository))
    return config.model_copy(update={"repository": repository, "url": url})


def github_pages(repository: str) -> str | None:
    """The GitHub Pages URL of a repository on github.com; None for any other."""
    found = re.fullmatch(r"https://github\.com/([\w-]+)/([\w.-]+?)(\.git)?/?", repository)
    if not found:
        return None
    owner, name = found[1].lower(), found[2]
    host = f"{owner}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
