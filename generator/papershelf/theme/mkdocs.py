"""A folder of Markdown to a folder of HTML: all knowledge of MkDocs, Material and Zensical is here."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from pathlib import Path
from typing import Literal

import yaml

from papershelf.core import files, urls
from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import write_tree
from papershelf.render import templates as render
from papershelf.render.frames import DESCRIPTION, EXAMPLE, HEAD, TITLE, Frame, Place, parse
from papershelf.text.page_html import EXTENSIONS
from papershelf.theme import mkdocs_hook
from papershelf.views.context import Page

COMPLAINT = re.compile(r"^(?:WARNING|ERROR|CRITICAL) *- +(?P<text>.*)$")
PAGE = re.compile(r"(?:Doc file|page|file) '(?P<page>[^']+\.md)'")
MISTAKE = re.compile(rf"{mkdocs_hook.MISTAKE}(?P<file>.+?):(?P<line>[0-9]+): (?P<message>.*)")
Renderer = Literal["mkdocs", "zensical"]
DEFAULT: Renderer = "mkdocs"
NAMES: Mapping[Renderer, str] = {"mkdocs": "MkDocs", "zensical": "Zensical"}
DISTRIBUTIONS: Mapping[Renderer, tuple[str, ...]] = {
    "mkdocs": ("mkdocs", "mkdocs-material"),
    "zensical": ("zensical",),
}
THEMES: Mapping[Renderer, tuple[str, tuple[str, ...]]] = {
    "mkdocs": ("material", ("main.*.css", "palette.*.css")),
    "zensical": ("zensical", ("classic/main.*.css", "classic/palette.*.css")),
}
UNUSED = (
    "search.json",
    "assets/stylesheets/modern",
    "assets/javascripts/lunr",
    "assets/javascripts/workers",
    "assets/**/*.map",
)


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """What the configuration of the renderer says about the site.

    `navigation` holds the sections only, as pairs of title and Markdown file; every other page is reached by
    links. `primary` and `accent` are colour names of Material. `overrides` is the folder of theme templates
    that win over Material's. `extra` is what the theme templates find as `config.extra`.
    """

    name: str
    url: str
    description: str
    navigation: tuple[tuple[str, str], ...]
    language: str = "en"
    primary: str = "indigo"
    accent: str = "indigo"
    overrides: Path | None = None
    extra: Mapping[str, object] = field(default_factory=dict)
    renderer: Renderer = DEFAULT


@dataclass(frozen=True, slots=True)
class ShellInputs:
    """What a shell depends on apart from its settings.

    templates: the fingerprint of all templates. epoch: the build's date, seconds since 1970.
    """

    templates: bytes
    epoch: int


@dataclass(frozen=True, slots=True)
class Shell:
    """A site without its pages: the frame of every place, and path and content of all other files."""

    frames: tuple[tuple[Place, Frame], ...]
    files: dict[str, bytes]


def shell(
    work: Path,
    settings: PublishSettings,
    places: Iterable[Place],
    made_from: ShellInputs,
    cache: Cache,
) -> tuple[Shell | None, list[Problem]]:
    """Render an example page for every place, in the folders `docs` and `shell` of `work`.

    The shell is rendered again when the settings, the places or `made_from` change. What the renderer
    complains about comes back as problems. Raises GeneratorError if it fails.
    """
    examples = [Page(place.example, "", TITLE, DESCRIPTION, None, place.theme, HEAD) for place in places]
    markdown = {page.path: f"{render.front_matter(page, head=True)}\n{EXAMPLE}" for page in examples}
    key = _shell_key(settings, markdown, made_from)
    known = cache.load("shell", key, Shell)
    if known:
        return known, []
    docs, folder = work / "docs", work / "shell"
    write_tree(docs, markdown.items())
    if problems := publish(docs, folder, settings, epoch=made_from.epoch):
        return None, problems
    made = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    html = {Place(page.theme, page.path): made.pop(urls.html(page.path)).decode() for page in examples}
    others = {name: content for name, content in made.items() if not name.startswith("sitemap.xml")}
    rendered = Shell(tuple((place, parse(text, place)) for place, text in html.items()), others)
    cache.store("shell", key, rendered)
    return rendered, []


def _shell_key(settings: PublishSettings, markdown: Mapping[str, str], made_from: ShellInputs) -> bytes:
    """The fingerprint of all that a shell is made from, wherever the project lies."""
    anywhere = configuration(Path("docs"), Path("docs"), replace(settings, overrides=None))
    given = (yaml.safe_dump(anywhere), tuple(markdown.items()), made_from.epoch, made_from.templates)
    versions = inputs.versions(DISTRIBUTIONS[settings.renderer])
    return fingerprint.digest(inputs.program(), *versions, fingerprint.of(given))


def publish(docs: Path, out: Path, settings: PublishSettings, *, epoch: int) -> list[Problem]:
    """Render the Markdown in `docs` into `out`, emptied first; `mkdocs.yml` is written next to `docs`.

    `epoch` is the build's date, seconds since 1970: the clock is not asked. Everything that MkDocs warns
    about, broken links above all, comes back as a problem, and then `out` is not a site.
    Raises GeneratorError if MkDocs fails for another reason.
    """
    file = docs.parent / "mkdocs.yml"
    written = {**configuration(docs, out, settings), **_hooks(settings)}
    text = yaml.safe_dump(written, sort_keys=False, allow_unicode=True)
    files.write(file.parent, file.name, text.encode())
    run = subprocess.run(  # noqa: S603 - our own interpreter, arguments that we made
        [
            sys.executable,
            "-P",
            "-m",
            settings.renderer,
            "build",
            "--strict",
            *_options(out, settings),
            "-f",
            file,
        ],
        env=_environment(epoch),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if mistake := MISTAKE.search(run.stdout):
        raise GeneratorError(_in_template(mistake, settings))
    if problems := _problems(run.stdout):
        return problems
    if run.returncode:
        raise GeneratorError(f"{NAMES[settings.renderer]} failed:\n{run.stdout[-2000:].strip()}")
    _remove_unused(out)
    return []


def _options(out: Path, settings: PublishSettings) -> list[str]:
    """Zensical writes to the folder in its configuration, and without --clean takes pages from its cache."""
    return ["-d", str(out.absolute())] if settings.renderer == "mkdocs" else ["--clean"]


def configuration(docs: Path, out: Path, settings: PublishSettings) -> dict[str, object]:
    """What mkdocs.yml says, in the folder of `docs`; `out` is where the site goes."""
    return {
        "site_name": settings.name,
        "site_url": settings.url,
        "site_description": settings.description,
        "docs_dir": docs.name,
        "site_dir": os.path.relpath(out, docs.parent),
        "use_directory_urls": True,
        "nav": [{title: path} for title, path in settings.navigation],
        "not_in_nav": "*",
        "theme": _theme(docs.parent, settings),
        "plugins": [],
        "markdown_extensions": _markdown_extensions(),
        "validation": {
            "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
            "links": {
                "not_found": "warn",
                "anchors": "warn",
                "absolute_links": "warn",
                "unrecognized_links": "warn",
            },
        },
        "extra": {**settings.extra, "stylesheets": _stylesheets(settings.renderer)},
    }


def _hooks(settings: PublishSettings) -> dict[str, object]:
    """The hook that puts MkDocs' templates into a sandbox; those of Zensical are not run by Python."""
    return {"hooks": [str(Path(mkdocs_hook.__file__).absolute())]} if settings.renderer == "mkdocs" else {}


def _in_template(mistake: re.Match[str], settings: PublishSettings) -> str:
    """What is wrong with a template of the theme, and where: in an own one below templates/."""
    file = Path(mistake["file"])
    folder = (settings.overrides or Path()).absolute()
    at = f"templates/overrides/{file.relative_to(folder)}" if folder in file.parents else str(file)
    return f"{at}:{mistake['line']}: {mistake['message']}"


def theme_folder(renderer: Renderer) -> Path:
    """The folder of the renderer's own theme templates; raises GeneratorError if it is not installed."""
    try:
        return Path(str(resources.files(THEMES[renderer][0]))) / "templates"
    except ModuleNotFoundError as error:
        raise GeneratorError(f"{renderer} is not installed: pip install 'papershelf[{renderer}]'") from error


def _stylesheets(renderer: Renderer) -> list[str]:
    """Material's style sheets as a site has them: their names change with its version."""
    theme = theme_folder(renderer)
    return [
        path.relative_to(theme).as_posix()
        for pattern in THEMES[renderer][1]
        for path in sorted(theme.glob(f"assets/stylesheets/{pattern}"))
    ]


def _theme(work: Path, settings: PublishSettings) -> dict[str, object]:
    overrides = {"custom_dir": os.path.relpath(settings.overrides, work)} if settings.overrides else {}
    variant = {"variant": "classic"} if settings.renderer == "zensical" else {}
    return {
        "name": "material",
        **overrides,
        **variant,
        "language": settings.language,
        "font": False,
        "features": ["navigation.tabs", "navigation.top"],
        "palette": [
            _palette(settings, "light", "default", "weather-night", "dark"),
            _palette(settings, "dark", "slate", "weather-sunny", "light"),
        ],
    }


def _palette(settings: PublishSettings, mode: str, scheme: str, icon: str, other: str) -> dict[str, object]:
    return {
        "media": f"(prefers-color-scheme: {mode})",
        "scheme": scheme,
        "primary": settings.primary,
        "accent": settings.accent,
        "toggle": {"icon": f"material/{icon}", "name": f"Switch to {other} mode"},
    }


def _markdown_extensions() -> list[object]:
    return [*EXTENSIONS, {"toc": {"toc_depth": "1-2", "permalink": False}}]


def _environment(epoch: int) -> dict[str, str]:
    """The user's environment without what would change MkDocs' output or the form of its messages."""
    ours = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "FORCE_COLOR"}}
    return ours | {
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "SOURCE_DATE_EPOCH": str(epoch),
    }


def _problems(output: str) -> list[Problem]:
    """The complaints in MkDocs' output, each at the Markdown page that it names."""
    complaints = (COMPLAINT.match(line) for line in output.splitlines())
    return [_problem(complaint["text"]) for complaint in complaints if complaint]


def _problem(text: str) -> Problem:
    page = PAGE.search(text)
    at = Location(f"build/docs/{page['page']}" if page else "build/mkdocs.yml")
    return Problem(at, text, "MkDocs found this in the Markdown that was made")


def _remove_unused(out: Path) -> None:
    """Take out what Material ships for its own search, which is off, and for debuggers: 3 MB."""
    for pattern in UNUSED:
        for path in list(out.glob(pattern)):
            files.remove_tree(out, path.relative_to(out).as_posix())
