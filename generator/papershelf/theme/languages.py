"""The languages that the theme has words of its own in: the codes by which a list may choose one."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.core.project import CONFIG
from papershelf.render.templates import WORDS
from papershelf.theme.mkdocs import THEMES, Renderer
from papershelf.theme.templates import Templates
from papershelf.views.context import SiteContext

_FOLDER: Final = "partials/languages"
_OTHER_CODES: Final = {"no": "nb", "iw": "he", "in": "id"}


def problems(context: SiteContext, templates: Templates, renderer: Renderer) -> Iterator[Problem]:
    """A problem for each part of the site whose words nobody translated into the site's language.

    The theme's come with it or with a template of the list; ours are English unless the list has its own.
    """
    language = context.config.language
    at = context.setting_places.get("language", Location(CONFIG))
    own = f"overrides/{_FOLDER}/{language}.html"
    known = _known(renderer)
    if language not in known and own not in templates.contents:
        yield Problem(at, f"language: the theme has no words in '{language}'", _hint(language, known))
    elif language.partition("-")[0] != "en" and WORDS not in templates.own:
        message = f"language: the pages say that they are in '{language}', and their own words are English"
        yield Problem(
            at, message, f"copy Papershelf's templates/{WORDS} into the list and translate it", "warning"
        )


def _known(renderer: Renderer) -> Sequence[str]:
    folder = Path(str(files(THEMES[renderer][0]))) / "templates" / _FOLDER
    return sorted(path.stem for path in folder.glob("*.html"))


def _hint(language: str, known: Sequence[str]) -> str:
    base = language.lower().partition("-")[0]
    base = _OTHER_CODES.get(base, base)
    similar = [code for code in known if code.lower().partition("-")[0] == base]
    return f"write {' or '.join(similar)}" if similar else f"one of {', '.join(known)}"
