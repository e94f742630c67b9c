"""What a pull request may bring in templates/ runs no code and reads no file, with both renderers."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from papershelf.cli import main
from papershelf.theme import templates as overlay
from support.project import SMALL

PICKLE = r"cos\nsystem\n(S'touch FILE'\ntR."
IN_PAGES = (
    "{{ words.model_dump.__func__.__globals__ }}",
    "{{ words.__class__.__init__.__globals__ }}",
    "{{ words['__class__'] }}",
    "{{ words.parse_raw('PICKLE'.encode(), proto='pickle', allow_pickle=True) }}",
    "{{ words.parse_file('/etc/passwd') }}",
    "{{ words.model_construct() }}",
    "{{ view.__class__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ ''.format.__self__ }}",
    "{{ '{0.__class__}'.format(words) }}",
    "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
    '{% include "../site_config.yml" %}',
    '{% include "../../secret" %}',
    '{% include "/etc/passwd" %}',
    '{% import "../../secret" as x %}',
    '{% extends "../../secret" %}',
    "{% for i in range(10**9) %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ 1 / 0 }}",
    "{{ () + 1 }}",
    "{{ view.nothing }}",
    "{{ 'javascript:alert(1)' | target }}",
)
IN_THEME = (
    "{{ config.__class__.__init__.__globals__ }}",
    "{{ config['__class__'].__init__ }}",
    "{{ (config | attr('__class__')).__init__ }}",
    "{{ ([config] | map(attribute='__class__') | first).__init__ }}",
    "{{ config.theme.get_env().from_string(\"{{ lipsum.__globals__.os.system('touch FILE') }}\").render() }}",
    "{{ config.load_file('FILE') }}",
    "{{ page.file.copy_file() }}",
    "{{ cycler.__init__.__globals__.os.system('touch FILE') }}",
    "{{ lipsum.__globals__.os.system('touch FILE') }}",
    "{{ url.__globals__ }}",
    "{{ '{0.__class__}'.format(config) }}",
    "{{ (config.plugins.values() | list).pop().sys.modules }}",
    "{{ config.hooks[(config.hooks | list | first)].sys.modules.os.environ }}",
    "{{ config.extra.update({}) }}",
    '{% include "../../secret" %}',
    '{% include "/etc/passwd" %}',
    "{% for i in range(10**9) %}{% endfor %}",
    "{{ 1 / 0 }}",
    "{% if %}",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small list, built once so that only what templates change is made again."""
    project = tmp_path_factory.mktemp("own") / "list"
    shutil.copytree(SMALL, project)
    assert build(project).exit_code == 0
    return project


@pytest.fixture
def project(small: Path) -> Path:
    """The small list without own templates, and a secret beside it."""
    shutil.rmtree(small / "templates", ignore_errors=True)
    (small.parent / "secret").write_text("secret", encoding="utf-8")
    return small


def build(project: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(project), "build", *options])


def bring(project: Path, name: str, payload: str) -> tuple[Path, int]:
    """Add a line to a copy of our template; the file that it tries to make, and the number of the line."""
    made = project.parent / "made"
    ours = (overlay.shipped() / name).read_text("utf-8")
    path = project / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    evil = payload.replace("PICKLE", PICKLE).replace("FILE", str(made))
    path.write_text(f"{ours}\n{evil}\n", encoding="utf-8")
    return made, ours.count("\n") + 2


@pytest.mark.parametrize("payload", IN_PAGES)
def test_a_page_template_that_reaches_for_more_is_named_with_its_line(project: Path, payload: str) -> None:
    made, line = bring(project, "free.md", payload)

    result = build(project)

    assert result.exit_code == 2
    assert f"templates/free.md:{line}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert not made.exists()


def test_a_macro_that_reaches_for_more_is_named_in_a_page_of_ours(project: Path) -> None:
    macro = "{% macro reach() %}{{ words.__class__ }}{% endmacro %}"
    bring(project, "macros/page.md", macro)
    _, line = bring(project, "free.md", '{% from "macros/page.md" import reach %}{{ reach() }}')

    result = build(project)

    assert result.exit_code == 2
    assert "templates/macros/page.md:" in result.stderr
    assert line


@pytest.mark.parametrize("payload", IN_THEME)
def test_a_theme_template_that_reaches_for_more_is_named_with_its_line(project: Path, payload: str) -> None:
    made, line = bring(project, "overrides/main.html", f"{{% block reach %}}{payload}{{% endblock %}}")

    result = build(project)

    assert result.exit_code == 2
    assert f"templates/overrides/main.html:{line}: " in result.stderr
    assert "Traceback" not in result.stderr
    assert not made.exists()


def test_own_theme_templates_are_refused_with_zensical_as_it_includes_any_file(project: Path) -> None:
    bring(project, "overrides/main.html", '{% include "../../../../secret" %}')

    refused = build(project, "--renderer", "zensical")

    assert refused.exit_code == 2
    assert (
        "templates/overrides/main.html: with Zensical, a theme template can read any file" in refused.stderr
    )
    assert "build with --renderer mkdocs, or with --plugins if you trust the list" in refused.stderr


def test_own_templates_that_show_and_loop_are_published(project: Path) -> None:
    bring(
        project,
        "free.md",
        "{% for word in words.site.top.upper().split() %}Line {{ loop.index }}: {{ word }}{% endfor %}",
    )
    bring(
        project,
        "overrides/free.html",
        "{% block styles %}{{ super() }}<!-- {{ range(3) | list }} -->{% endblock %}",
    )

    result = build(project)

    assert result.exit_code == 0, result.stderr
    page = (project / "site/about/index.html").read_text("utf-8")
    assert "Line 1: " in page
    assert "<!-- [0, 1, 2] -->" in page
