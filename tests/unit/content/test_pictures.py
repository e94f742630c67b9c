"""A logo is a still picture: what could run, load or hide something is refused, with its place and a cure."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from papershelf.cli import main
from support.project import SMALL

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 2 1"'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(30)
GRADIENT = '<linearGradient id="a"><stop stop-color="#0a0"/></linearGradient>'
INKSCAPE = 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1.3"'
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'

HARMLESS = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {SVG}><title>Leaf</title><path d="M0 0h2v1H0z"/></svg>',
    f'<svg {SVG}><defs>{GRADIENT}</defs><rect fill="url(#a)" style="stroke:url(\'#a\')"/></svg>',
    f'<svg {SVG}><style>.a{{fill:#0a0}} @media print{{.a{{fill:#000}}}}</style><g class="a"/></svg>',
    f'<svg {SVG}><symbol id="b"><circle r="1"/></symbol><use href="#b"/><use xlink:href="#b"/></svg>',
    f'<svg {SVG}><image width="1" height="1" href="data:image/png;base64,iVBORw0KGgo="/></svg>',
    f"<svg {SVG} {INKSCAPE}><inkscape:grid/><metadata/><text>onload &amp; href</text><!-- <a> --></svg>",
)
HOSTILE = (
    ("<script>document.title='alive'</script>", "may not hold <script>"),
    ("<SCRIPT>document.title='alive'</SCRIPT>", "may not hold <SCRIPT>"),
    (f"<h:script {XHTML}>document.title='alive'</h:script>", "may not hold <script>"),
    (f'<h:img {XHTML} src="x" onerror="alive()"/>', "may not hold <img>"),
    ('<script href="data:text/javascript,alive()"/>', "may not hold <script>"),
    ('<rect onload="alive()"/>', "may not have the event handler onload"),
    ('<rect ONLOAD="alive()"/>', "may not have the event handler ONLOAD"),
    (f"<foreignObject><h:body {XHTML}/></foreignObject>", "may not hold <foreignObject>"),
    ('<a href="javascript:alive()"><rect width="2" height="1"/></a>', "may not hold <a>"),
    ('<set attributeName="href" to="javascript:alive()"/>', "may not hold <set>"),
    ('<animate attributeName="href" values="javascript:alive()"/>', "may not hold <animate>"),
    (
        '<image href="https://elsewhere.test/x.png"/>',
        "may not load or link to 'https://elsewhere.test/x.png'",
    ),
    ('<image xlink:href="//elsewhere.test/x.png"/>', "may not load or link to '//elsewhere.test/x.png'"),
    ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "may not load or link to 'data:image/svg+xml"),
    ('<use href="other.svg#a"/>', "may not load or link to 'other.svg#a'"),
    ('<g xml:base="https://elsewhere.test/"/>', "may not load or link to 'https://elsewhere.test/'"),
    ('<rect fill="url(https://elsewhere.test/#a)"/>', "may not load anything, as its fill does"),
    ('<rect fill="url( &quot;https://elsewhere.test/#a&quot;)"/>', "may not load anything, as its fill does"),
    (r'<rect fill="\75rl(https://elsewhere.test/#a)"/>', "may not load anything, as its fill does"),
    ('<rect style="fill:URL(https://elsewhere.test/#a)"/>', "may not load anything, as its style does"),
    ("<style>@import 'https://elsewhere.test/a.css';</style>", "style may not load anything"),
    ("<style><![CDATA[@im]]>port 'a.css';</style>", "style may not load anything"),
    ("<style>@font-face{src:url(https://elsewhere.test/a)}</style>", "style may not load anything"),
    ("<rect", "this is no SVG"),
)
WHOLE = (
    (f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SVG}>&a;</svg>', "may have no DOCTYPE and no entities"),
    (f'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg {SVG}/>', "may have no DOCTYPE and no entities"),
    (
        f'<?xml-stylesheet href="https://elsewhere.test/a.css"?><svg {SVG}/>',
        "may hold no instruction <?xml-styl",
    ),
    (f'<?xml version="1.0" encoding="utf-7"?><svg {SVG}/>', "a logo is UTF-8, not utf-7"),
    ("<svg/>", "an SVG begins with <svg xmlns="),
    ("<html><script>alive()</script></html>", "an SVG begins with <svg xmlns="),
    ("<h:svg xmlns:h='http://www.w3.org/1999/xhtml'/>", "an SVG begins with <svg xmlns="),
    ("", "this is no SVG: no element found"),
)


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str, bytes], str]:
    """What `check` says of a list with this logo."""
    project = tmp_path / "list"
    shutil.copytree(SMALL, project)
    (project / "content/assets").mkdir()
    settings = (project / "site_config.yml").read_text("utf-8")

    def said(name: str, content: bytes) -> str:
        (project / "site_config.yml").write_text(f"{settings}look: {{logo: {name}}}\n", encoding="utf-8")
        (project / "content/assets" / name).write_bytes(content)
        result = CliRunner().invoke(main, ["-C", str(project), "check"])
        assert result.exit_code == (1 if result.stderr else 0)
        return result.stderr

    return said


@pytest.mark.parametrize("svg", HARMLESS)
def test_a_drawing_passes_and_nothing_in_it_is_alive(
    check: Callable[[str, bytes], str],
    tmp_path: Path,
    page: Page,
    serve_site: Callable[..., str],
    svg: str,
) -> None:
    assert check("leaf.svg", svg.encode()) == ""

    (tmp_path / "list/content/assets/favicon.ico").write_bytes(b"")
    page.goto(serve_site(tmp_path / "list/content/assets", "https://example.org/") + "leaf.svg")
    assert page.evaluate("document.documentElement.localName") == "svg"
    assert page.locator("script, foreignObject, a, animate, set").count() == 0


@pytest.mark.parametrize(("part", "message"), HOSTILE)
def test_what_runs_or_loads_is_refused_with_its_line(
    check: Callable[[str, bytes], str], part: str, message: str
) -> None:
    said = check("leaf.svg", f"<svg {SVG}>\n<g/>{part}</svg>".encode())
    assert said.startswith("content/assets/leaf.svg:2:")
    assert message in said
    assert said.endswith("(export it as plain SVG, or as PNG)\n")


@pytest.mark.parametrize(("svg", "message"), WHOLE)
def test_what_is_no_drawing_is_refused(check: Callable[[str, bytes], str], svg: str, message: str) -> None:
    said = check("leaf.svg", svg.encode())
    assert said.startswith("content/assets/leaf.svg:1")
    assert message in said


def test_an_svg_in_another_encoding_is_refused(check: Callable[[str, bytes], str]) -> None:
    assert "this SVG is not UTF-8" in check("leaf.svg", f"<svg {SVG}/>".encode("utf-16"))


def test_entities_that_grow_are_not_expanded(check: Callable[[str, bytes], str]) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "x">{entities}]><svg {SVG}>&e11;</svg>'
    assert "no DOCTYPE and no entities" in check("leaf.svg", bomb.encode())


def test_a_logo_is_small(check: Callable[[str, bytes], str]) -> None:
    assert check("leaf.png", PNG + bytes(1_200_000)) == (
        "content/assets/leaf.png: 1.2 MB is too large (a logo has at most 1 MB: make it smaller)\n"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leaf.png", PNG),
        ("leaf.jpg", b"\xff\xd8\xff\xe0" + bytes(9)),
        ("leaf.jpeg", b"\xff\xd8\xff\xe0" + bytes(9)),
        ("leaf.webp", b"RIFF\x0a\x00\x00\x00WEBPVP8 "),
    ],
)
def test_a_picture_is_what_its_name_says(
    check: Callable[[str, bytes], str], name: str, content: bytes
) -> None:
    assert check(name, content) == ""
    other = f"<svg {SVG}><script/></svg>".encode()
    suffix = Path(name).suffix
    assert check(name, other) == (
        f"content/assets/{name}: this is no {suffix} picture (save it as one, or rename it)\n"
    )
