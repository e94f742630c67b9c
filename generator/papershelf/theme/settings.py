"""The renderer's settings, from those of the list."""

from pathlib import Path

from papershelf.content.config import Config, publishes_markdown
from papershelf.core import urls
from papershelf.theme import mkdocs
from papershelf.views.words import Words


def publish_settings(
    folder: Path,
    config: Config,
    words: Words,
    navigation: tuple[tuple[str, str], ...],
    renderer: mkdocs.Renderer = mkdocs.DEFAULT,
) -> mkdocs.PublishSettings:
    """The renderer's settings for this site; `folder` holds the templates."""
    return mkdocs.PublishSettings(
        name=config.title,
        url=config.url or "",
        description=config.description,
        navigation=navigation,
        language=config.language,
        primary=config.look.primary,
        accent=config.look.accent,
        overrides=folder / "overrides",
        extra={
            "repository": config.repository,
            "curator": config.curator and config.curator.model_dump(),
            "logo": config.look.logo and urls.asset(config.look.logo),
            "markdown": publishes_markdown(config.publish.markdown, urls.PAPERS),
            "words": words.model_dump(include={"site", "feeds", "search", "missing", "markdown_version"}),
        },
        renderer=renderer,
    )
