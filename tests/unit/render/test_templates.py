"""Pages as Markdown.

After an intended change of the templates, write the golden files anew and look at the difference:
`PAPERSHELF_REFRESH_GOLDEN=1 pytest tests/unit/render/test_templates.py`.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, nodes

from papershelf import exports, pages
from papershelf.core.problems import GeneratorError
from papershelf.render import templates as render
from papershelf.theme import templates as overlay
from papershelf.views.components import Anchor
from papershelf.views.context import Page
from papershelf.views.taxonomy import TAXONOMIES
from papershelf.views.words import Words
from support import fabricated
from support.project import ROOT, TESTS
from support.site import formats
from support.venues import VENUES, WITH_VENUES

TEMPLATES = ROOT / "templates"
GOLDEN = TESTS / "site/golden/pages"
REFRESH = "PAPERSHELF_REFRESH_GOLDEN"
WORDS = render.load_words(TEMPLATES)
PAGE_TEMPLATES = sorted(TEMPLATES.glob("*.md"))
MARKDOWN_TEMPLATES = [*PAGE_TEMPLATES, *sorted((TEMPLATES / "macros").glob("*.md"))]
THEME_TEMPLATES = sorted((TEMPLATES / "overrides").rglob("*.html"))
MAX_LINES = 60
VIEW = re.compile(r"\{# view: (?P<module>papershelf\.[\w.]+)\.(?P<name>\w+) #\}")
EXPRESSION = re.compile(r"\{\{-?(?P<expression>.*?)-?\}\}")
TRUSTED = re.compile(r"\| (e|url|tojson)$|^(page\.(content|meta\.head)|super\(\))$")
SCRIPTS = sorted((TEMPLATES / "overrides").rglob("*.js"))
MAX_SHIPPED = 25_000


def template_name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def rendered() -> dict[str, str]:
    planned = [draft.content() for draft in pages.plan(fabricated.context(WORDS))]
    return dict(render.render_all(planned, render.environment(TEMPLATES, WORDS)))


def every_page() -> list[Page]:
    """The pages of the fabricated site, and of a taxonomy without pages of its own."""
    context = replace(fabricated.context(WORDS, WITH_VENUES), taxonomies=(*TAXONOMIES, VENUES))
    kinds = (*pages.KINDS, pages.taxonomy_kind(VENUES))
    return [output.content() for output in pages.plan(context, kinds)]


def shown(template: str, view: object = "") -> str:
    """What a template of one line makes of a value, with the filters that templates have."""
    environment = render.environment(TEMPLATES, WORDS)
    environment.loader = DictLoader({"one.md": template})
    page = Page("x/index.md", "one.md", "X", "", view)
    return render.render(page, environment).partition("---\n\n")[2].removesuffix("\n")


def front_matter(markdown: str) -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(markdown.split("---\n")[1])
    return found


# The tree


def test_the_markdown_is_the_golden_tree() -> None:
    tree = rendered()
    if os.environ.get(REFRESH):
        refresh(tree)
    golden = {path.relative_to(GOLDEN).as_posix(): path.read_text("utf-8") for path in GOLDEN.rglob("*.md")}
    assert sorted(tree) == sorted(golden)
    for path, markdown in tree.items():
        assert markdown == golden[path], path


def refresh(tree: dict[str, str]) -> None:
    for old in GOLDEN.rglob("*.md"):
        old.unlink()
    for path, markdown in tree.items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_text(markdown, encoding="utf-8")


def test_rendering_twice_gives_the_same() -> None:
    assert rendered() == rendered()


def test_no_page_has_trailing_or_doubled_empty_lines() -> None:
    for path, markdown in rendered().items():
        assert "\n\n\n" not in markdown, path
        assert markdown.endswith("\n"), path
        assert not markdown.endswith("\n\n"), path


# Front matter


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_title_survives_the_front_matter(title: str) -> None:
    page = Page("papers/x/index.md", "x.md", title or "x", title, None, theme="paper.html")
    assert front_matter(render.front_matter(page) + "\nbody") == {
        "title": title or "x",
        **({"description": title} if title else {}),
        "template": "paper.html",
        "section": "papers/",
    }


@pytest.mark.parametrize("title", ["2501.12340", "no", "null", "---", "a: b", "%x", "2024-01-01"])
def test_a_title_that_looks_like_yaml_stays_text(title: str) -> None:
    page = Page("index.md", "x.md", title, "", None)
    assert front_matter(render.front_matter(page) + "\nbody")["title"] == title


# Text gets in escaped, or not at all


def test_text_is_escaped_without_asking() -> None:
    assert shown("{{ view }}", "<b> [x](y) `c`") == r"&lt;b&gt; \[x\](y) &#96;c&#96;"


def test_text_stays_escaped_through_macros_and_variables() -> None:
    template = "{% macro m(x) %}{{ x }}{% endmacro %}{% set y %}{{ m(view) }}{% endset %}{{ y }}"
    assert shown(template, "<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("name", ["safe", "join", "e", "replace", "format", "string"])
def test_filters_that_know_nothing_of_markdown_are_not_there(name: str) -> None:
    with pytest.raises(GeneratorError, match=r"templates/one.md:1: No filter named"):
        shown(f"{{{{ view | {name} }}}}", "x")


@pytest.mark.parametrize("value", [None, True, 1.5, ("a",), object()])
def test_what_is_no_text_cannot_be_shown(value: object) -> None:
    with pytest.raises(GeneratorError, match="a template shows"):
        shown("{{ view }}", value)


def test_a_number_can_be_shown() -> None:
    assert shown("{{ view }}", 7) == "7"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{% macro m(a, b) %}{{ a }}-{{ b }}{% endmacro %}{{ m("x", "y") }}', "x-y"),
        ('{% macro m(a, b) %}{{ a }}-{{ b }}{% endmacro %}{{ m("x", b="y") }}', "x-y"),
        ('{% macro m(a, b="y") %}{{ a }}-{{ b }}{% endmacro %}{{ m("x") }}', "x-y"),
        (
            '{% macro m(a) %}{{ a }}{% for b in varargs %}{{ b }}{% endfor %}{% endmacro %}{{ m("x", "y") }}',
            "xy",
        ),
        ('{% macro m(a) %}{{ a }}{% for b in varargs %}{{ b }}{% endfor %}{% endmacro %}{{ m("x") }}', "x"),
        ('{% macro m(a) %}{{ a }}-{{ caller() }}{% endmacro %}{% call m("x") %}y{% endcall %}', "x-y"),
    ],
)
def test_a_macro_takes_all_that_macros_may_take(template: str, said: str) -> None:
    assert shown(template) == said


def test_a_macro_without_what_it_needs_is_an_error() -> None:
    with pytest.raises(GeneratorError, match="caller"):
        shown('{% macro m(a) %}{{ a }}-{{ caller() }}{% endmacro %}{{ m("x") }}')


def test_a_link_shows_its_text_as_text_and_leads_nowhere_unsafe() -> None:
    assert shown("{{ view | anchor }}", Anchor("a [b](c)", "../a b/")) == r"[a \[b\](c)](../a%20b/)"
    with pytest.raises(GeneratorError, match=r"^templates/one.md: ValueError: a link that no page may hold"):
        shown("{{ view | anchor }}", Anchor("a", "javascript:alert(1)"))


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(GeneratorError, match=r"templates/one.md: .*titel"):
        shown("{{ view.titel }}", fabricated.FULL)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:x",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
    ],
)
def test_a_link_to_a_script_is_an_error(href: str) -> None:
    with pytest.raises(GeneratorError, match=r"^templates/one.md: ValueError: a link that no page may hold"):
        shown("{{ view | target }}", href)


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("https://example.org/a_b?c=d&e=f#g", "https://example.org/a_b?c=d&e=f#g"),
        ("https://example.org/x(1).pdf", "https://example.org/x%281%29.pdf"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://[2001:db8::1]:8443/x[1]", "https://[2001:db8::1]:8443/x%5B1%5D"),
        ("https://[x](y)/", "https://%5Bx%5D%28y%29/"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("../x/index.md", "../x/index.md"),
    ],
)
def test_a_link_keeps_its_target_and_cannot_break_out(href: str, written: str) -> None:
    assert shown("[x]({{ view | target }})", href) == f"[x]({written})"


def test_text_in_an_attribute_cannot_end_it() -> None:
    written = shown('<i title="{{ view | attribute }}">', 'a" onclick="x` *b* [c](d) \\ é')
    assert re.fullmatch(r'<i title="[\w\s&#;().,:]*">', written.replace("(", "").replace(")", ""))


# The templates themselves


def view_named_in(template: Path) -> object:
    """The class that the first line of a page template names."""
    line = VIEW.fullmatch(template.read_text("utf-8").splitlines()[0])
    assert line, f"{template.name} does not begin with {{# view: … #}}"
    return getattr(import_module(line["module"]), line["name"])


@pytest.mark.parametrize("template", PAGE_TEMPLATES, ids=template_name)
def test_a_page_template_names_the_class_of_its_view(template: Path) -> None:
    views = {type(page.view) for page in every_page() if page.template == template.name}
    assert views == {view_named_in(template)}


def test_every_page_template_has_a_page() -> None:
    assert {page.template for page in every_page()} == {template.name for template in PAGE_TEMPLATES}


@pytest.mark.parametrize("macros", sorted((TEMPLATES / "macros").glob("*.md")), ids=template_name)
def test_a_comment_before_each_macro_names_all_that_it_takes(macros: Path) -> None:
    source = macros.read_text("utf-8")
    described = re.findall(r"^\{# (.*) #\}\n\{% macro \w+\((.*)\) %\}$", source, re.MULTILINE)
    assert len(described) == source.count("{% macro ")
    for comment, parameters in described:
        assert all(name in comment for name in re.findall(r"(\w+)(?:=[^,]*)?(?:, |$)", parameters)), comment


@pytest.mark.parametrize("template", PAGE_TEMPLATES, ids=template_name)
def test_page_templates_are_short(template: Path) -> None:
    assert len(template.read_text("utf-8").splitlines()) < MAX_LINES


@pytest.mark.parametrize("template", MARKDOWN_TEMPLATES, ids=template_name)
def test_no_template_glues_text_together_unescaped(template: Path) -> None:
    tree = Environment(autoescape=True).parse(template.read_text("utf-8"))
    assert not any(tree.find(kind) for kind in (nodes.Concat, nodes.Add, nodes.Mod))


@pytest.mark.parametrize("template", MARKDOWN_TEMPLATES, ids=template_name)
def test_attributes_and_targets_have_their_own_filters(template: Path) -> None:
    source = template.read_text("utf-8")
    for before, expression in re.findall(r"(\]\(|=\"|[ .]ps-)\{\{ (.*?) \}\}", source):
        assert expression.endswith("| target" if before == "](" else "| attribute"), expression


@pytest.mark.parametrize("template", THEME_TEMPLATES, ids=template_name)
def test_theme_templates_escape_whatever_they_show(template: Path) -> None:
    for match in EXPRESSION.finditer(template.read_text("utf-8")):
        assert TRUSTED.search(match["expression"].strip()), match[0]


@pytest.mark.parametrize("template", THEME_TEMPLATES, ids=template_name)
def test_theme_templates_call_no_python_method(template: Path) -> None:
    code = "".join(re.findall(r"\{[{%].*?[%}]\}", template.read_text("utf-8"), re.DOTALL))
    assert not re.search(r"\.\w+\(", code)


def test_every_word_is_used() -> None:
    sources = [*MARKDOWN_TEMPLATES, *THEME_TEMPLATES, *SCRIPTS, *(ROOT / "generator").rglob("*.py")]
    used = {name for path in sources for name in re.findall(r"[.\"](\w+)", path.read_text("utf-8"))}
    assert set(names(WORDS)) <= used


def names(words: Words) -> Iterator[str]:
    yield from type(words).model_fields
    for part in (words.site, words.search, words.browse, words.own, words.keys, words.missing):
        yield from type(part).model_fields


@pytest.mark.parametrize(
    "own",
    [
        ("site.css",),
        ("site.css", "lists.css"),
        ("site.css", "lists.css", "figures.css"),
        ("site.css", "lists.css", "missing.js"),
        ("site.css", "browse.css", "browse.js"),
    ],
    ids=["paper", "list", "figures", "missing", "browse"],
)
def test_what_we_add_to_the_theme_is_light_on_every_page(own: tuple[str, ...]) -> None:
    """Its styles, its scripts, what they import at once and their words; the rest comes when it is used."""
    served = {Path(name).name: file for name, file in overlay.minified(overlay.templates(TEMPLATES))}
    context = fabricated.context(WORDS)
    artifacts = exports.plan(exports.Published(context, (), 0, formats(context)))
    served["words.js"] = next(
        each.make(*each.inputs) for each in artifacts if each.path.endswith("/words.js")
    )
    loaded: set[str] = set()
    waiting = ["papershelf.js", *own]
    while waiting:
        loaded.add(name := waiting.pop())
        imported = re.findall(rb'(?:from|import)"\./([\w.]+\.js)"', served[name])
        waiting += {script.decode() for script in imported} - loaded
    assert {"base.js", "words.js"} < loaded
    assert sum(len(served[name]) for name in loaded) <= MAX_SHIPPED


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("home: ''", "home"),
        ("homme: Home", "homme"),
        ("months: [January]", "months"),
        ("a: [", "while parsing"),
    ],
)
def test_a_mistake_in_the_words_is_named(tmp_path: Path, change: str, complaint: str) -> None:
    text = (TEMPLATES / "words.yml").read_text("utf-8")
    (tmp_path / "words.yml").write_text(f"{text}\n{change}\n", encoding="utf-8")
    with pytest.raises(GeneratorError, match=complaint):
        render.load_words(tmp_path)
