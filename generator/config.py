"""site_config.yml: the site's settings."""

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
    url: WebUrl = Field(description="Where the site is published, with a slash at the end.")
    repository: WebUrl | None = Field(default=None, description="The repository of this reading list.")
    curator: Curator | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = Field(
        default="en", description="Language of the pages, as in the HTML lang attribute."
    )
    look: Look = Look()
    pages: Pages = Pages()
