"""site_config.yml: the site's settings."""

import re
from typing import Annotated

from pydantic import Field, StringConstraints

from generator.model import Frozen, Text, WebUrl

Colour = Annotated[str, StringConstraints(pattern=r"^[a-z]+( [a-z]+)*$")]


class Curator(Frozen):
    """Who keeps the list."""

    name: Text = Field(description="The curator's name, as the pages show it.")
    url: WebUrl | None = Field(default=None, description="Where the curator's name links to.")


class Look(Frozen):
    """The colours, by Material's names (indigo, teal, deep orange, …)."""

    primary: Colour = Field(default="indigo", description="Colour of the header.")
    accent: Colour = Field(default="indigo", description="Colour of links under the pointer.")


class Pages(Frozen):
    """How long lists get before they are split into pages."""

    size: Annotated[int, Field(ge=5, le=500)] = Field(default=50, description="Papers on a page of a list.")
    newest: Annotated[int, Field(ge=1, le=100)] = Field(default=10, description="Papers on the home page.")


class Config(Frozen):
    """All settings of a site."""

    title: Text = Field(description="The site's name.")
    description: Text = Field(description="One or two sentences for the home page and for search engines.")
    url: WebUrl | None = Field(
        default=None, description="Where the site is published; absent: on the repository's GitHub Pages."
    )
    repository: WebUrl | None = Field(
        default=None, description="The repository of this reading list; absent: the one that builds it."
    )
    curator: Curator | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = Field(
        default="en", description="Language of the pages, as in the HTML lang attribute."
    )
    look: Look = Look()
    pages: Pages = Pages()


def with_addresses(config: Config, repository: str | None) -> Config:
    """The settings with the addresses they leave out, as far as the repository that builds the site tells."""
    ours = config.repository or repository
    url = config.url or (ours and github_pages(ours))
    return config.model_copy(update={"repository": ours, "url": url})


def github_pages(repository: str) -> str | None:
    """Where GitHub Pages publishes a repository of github.com; None for any other."""
    found = re.fullmatch(r"https://github\.com/([\w-]+)/([\w.-]+?)(\.git)?/?", repository)
    if not found:
        return None
    owner, name = found[1].lower(), found[2]
    host = f"{owner}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
