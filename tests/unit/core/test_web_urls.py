"""What we take for a web address, Python's urllib.parse and a real browser take too, and as the same host."""

import json
from ipaddress import IPv6Address
from urllib.parse import urlsplit

import idna
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from papershelf.core.model import Record
from papershelf.core.web_urls import WebUrlError, checked, checked_root
from papershelf.text import notes
from papershelf.text.links import find
from support.timing import processor_seconds

SOUND = (
    "https://example.org",
    "http://example.org:8080/a/(b)?c=//d#e",
    "https://EXAMPLE.org./x",
    "https://localhost/x",
    "https://my_host.example/@ann/x",
    "https://a--b-.example/",
    "https://x.example:/",
    "https://x.example:00443/",
    "https://192.0.2.7/x",
    "https://[2001:db8::1]:8443/x",
    "https://bücher.example/é",
    "https://xn--bcher-kva.example/",
    "https://straße.example/",
    "https://example.org/a[1]",
)
WRONG = {
    "https://github.com:owner/repo": (
        "has a name where its port would be",
        "write https://github.com/owner/repo",
    ),
    "https://example.org:80800/x": ("has a port above 65535", "write a port from 0 to 65535, or none"),
    "https://example.org:-1/": ("has a name where its port would be", "write https://example.org/-1/"),
    "https://example.org:٣/": ("has a name where its port would be", "write https://example.org/٣/"),
    "http://?": ("names no host", "write one after //, like https://example.org/"),
    "https://#": ("names no host", "write one after //, like https://example.org/"),
    "https://:80/": ("names no host", "write one after //, like https://example.org/"),
    "https://ann:secret@example.org/": (
        "holds a user name or a password",
        "remove all between // and @, and the @",
    ),
    "https://[x": ("has a host with brackets that do not match", "write https://[2001:db8::1]/ for IPv6"),
    "https://[fe80::1%25eth0]/": (
        "has no IPv6 address between its brackets",
        "write one, like https://[2001:db8::1]/",
    ),
    "https://a]/": (
        "has a host that is no name",
        "use letters, digits and hyphens, up to 63 between two dots",
    ),
    "https://a..b/": (
        "has a host that is no name",
        "use letters, digits and hyphens, up to 63 between two dots",
    ),
    "https://%65xample.org/": (
        "has a host that is no name",
        "use letters, digits and hyphens, up to 63 between two dots",
    ),
    f"https://{'a' * 64}.example/": (
        "has a host that is no name",
        "use letters, digits and hyphens, up to 63 between two dots",
    ),
    f"https://{'a.' * 127}example/": ("has a host of more than 253 characters", "look up its name"),
    "https://1.2.3/": (
        "has a host that ends in a number but is no IPv4 address",
        "write four numbers from 0 to 255",
    ),
    "https://example.0x1/": (
        "has a host that ends in a number but is no IPv4 address",
        "write four numbers from 0 to 255",
    ),
    "https://xn--a/": ("has a host whose form with xn--… is not valid", "look up its name"),
    "https://1a.אב/": ("has a host whose form with xn--… is not valid", "look up its name"),
    "https://℀.com/": ("has a host that cannot be encoded", "write the host in small letters, or as xn--…"),
    "https://a／b/": ("has a host that cannot be encoded", "write the host in small letters, or as xn--…"),
    "https://example.org\\@example.com/": (
        "holds a space, a backslash or a character that is not seen",
        "remove it or percent-encode it",
    ),
    "https://example.org/\u202egpj.exe": (
        "holds a space, a backslash or a character that is not seen",
        "remove it or percent-encode it",
    ),
    "ftp://example.org/": ("is not a web address", "begin it with https:// or http://"),
    "git@github.com:ada/engine.git": ("is not a web address", "write https://github.com/ada/engine"),
    "ssh://git@example.org/ada/engine": ("is not a web address", "write https://example.org/ada/engine"),
    "//example.org/": ("is not a web address", "begin it with https:// or http://"),
}
NO_ROOT = {
    "https://example.org/?x=1": "has a query or a fragment, and pages are added to its path",
    "https://example.org/list/#a": "has a query or a fragment, and pages are added to its path",
    "https://example.org/list#": "has a query or a fragment, and pages are added to its path",
    "https://example.org//": "has two slashes in its path",
    "https://example.org/a//b/": "has two slashes in its path",
    "https://ann:secret@example.org/": "holds a user name or a password",
}
READ_BY_BROWSER = """urls => urls.map((url) => {
    try { const { protocol, hostname, port } = new URL(url); return [protocol, hostname, port]; }
    catch (error) { return `${error}`; }
})"""
DEFAULT_PORTS = {"https": 443, "http": 80}


@pytest.mark.parametrize("url", SOUND)
def test_an_address_that_everybody_can_follow_is_taken_as_it_is(url: str) -> None:
    assert checked(url) == url


@pytest.mark.parametrize(("url", "expected"), WRONG.items(), ids=[ascii(url)[:40] for url in WRONG])
def test_a_wrong_address_is_refused_with_its_cure(url: str, expected: tuple[str, str]) -> None:
    with pytest.raises(WebUrlError) as caught:
        checked(url)
    assert (caught.value.message, caught.value.cure) == expected


@pytest.mark.parametrize(("url", "message"), NO_ROOT.items())
def test_the_address_of_a_site_is_one_that_paths_can_be_appended_to(url: str, message: str) -> None:
    with pytest.raises(WebUrlError) as caught:
        checked_root(url)
    assert caught.value.message == message


def test_the_address_of_a_site_may_have_a_port_and_a_path() -> None:
    assert checked_root("https://example.org:8443/a/b/") == "https://example.org:8443/a/b/"


@pytest.mark.parametrize(
    "url", [url for url in WRONG if url.startswith("http")], ids=lambda url: ascii(url)[:40]
)
def test_a_wrong_address_becomes_no_link_of_a_note_or_of_a_document(url: str) -> None:
    found = [item.link.url for item in find(f"The code is at {url} (see there).") if item.link]
    assert [each for each in found if checked(each) != each] == []
    assert url not in found
    assert f'href="{url}"' not in notes.render(f"See [there]({url}).")


ALPHABETS = (
    "abcxyz019-_.",
    "aB1.-_%[]:@/?#\\ \t|<>^`{}'\"+~!$&()*,;=",
    "0123456789abcdefx.",
    "aöüßéςσΣıİſKÅ.-",
    "אבג١٢٣1a-.",
    "क्षत्र\u200c\u200dक.ก็",
    "a·l・ー々〆漢字ｅ。．｡／：＃＠℀½ﬁ",
    "😀❤♥☃≠\u00ad\u0301\u2060\ufe0f\u180e.a",
)
encoded = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6).map(
    lambda text: "xn--" + text.encode("punycode").decode("ascii", "replace")
)
labels = st.one_of(
    *(st.text(alphabet, max_size=12) for alphabet in ALPHABETS),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=5),
    encoded,
    st.from_regex(r"xn--[a-z0-9-]{0,12}", fullmatch=True),
    st.sampled_from(["com", "example", "www", "0x", "0x1f", "00", "256", "bücher", "אב", "xn--bcher-kva"]),
)
addresses_v6 = st.one_of(st.ip_addresses(v=6).map(str), st.text("0123456789abcdef:.%v", max_size=24))
hosts = st.one_of(
    st.lists(labels, min_size=1, max_size=4).map(".".join),
    st.ip_addresses(v=4).map(str),
    addresses_v6.map("[{}]".format),
)
ports = st.one_of(
    st.just(""),
    st.integers(0, 70_000).map(":{}".format),
    st.text("0123456789+-_ x", max_size=6).map(":{}".format),
)
tails = st.one_of(
    st.just(""),
    st.text(max_size=8).map("/{}".format),
    st.sampled_from(["/x", "?x", "#x", "/?a=b#c", "//x", "@x"]),
)
fair = st.one_of(
    *(st.text(letters, min_size=1, max_size=8) for letters in ("aöüßéςσı1", "אבג1", "漢字々a", "कखग"))
)
fair_urls = st.lists(fair, min_size=1, max_size=3).map(lambda parts: f"https://{'.'.join(parts)}/")
urls = st.builds("{}://{}{}{}".format, st.sampled_from(["http", "https"]), hosts, ports, tails)


def test_what_is_taken_is_taken_by_python_and_by_the_browser_as_the_same_host(page: Page) -> None:
    taken: dict[str, tuple[str, str, int | None]] = {}

    @settings(max_examples=3000)
    @given(urls | fair_urls | st.sampled_from(SOUND))
    def collect(url: str) -> None:
        try:
            checked(url)
        except WebUrlError:
            return
        parts = urlsplit(url)
        taken[url] = (parts.scheme, parts.hostname or "", parts.port)

    collect()
    assert len(taken) > 300
    assert sum(not (host.isascii() and "xn--" not in host) for _, host, _ in taken.values()) > 20
    page.goto("about:blank")
    answers = dict(zip(taken, page.evaluate(READ_BY_BROWSER, [*taken]), strict=True))
    assert {url: answers[url] for url, ours in taken.items() if not same(ours, answers[url])} == {}


def same(ours: tuple[str, str, int | None], browser: list[str] | str) -> bool:
    """Whether the browser has the same scheme, host and port; it leaves out a scheme's own port."""
    scheme, host, port = ours
    if isinstance(browser, str):
        return False
    shown = "" if port in (None, DEFAULT_PORTS[scheme]) else str(port)
    if ":" in host:
        return IPv6Address(host) == IPv6Address(browser[1][1:-1]) and [browser[0], browser[2]] == [
            f"{scheme}:",
            shown,
        ]
    encoded_host = host if host.isascii() else idna.encode(host).decode()
    return browser == [f"{scheme}:", encoded_host, shown]


def test_thirty_thousand_links_take_little_longer_than_their_records() -> None:
    lines = [
        json.dumps(
            {
                "id": f"paper-{number}",
                "title": "A title",
                "position": number + 1,
                "url": f"https://host{number % 3000}.example/papers/{number}",
                "code": [
                    {"url": f"https://github.com/ann/tool-{number}-{n}", "kind": "repository"} for n in (1, 2)
                ],
            }
        )
        for number in range(10_000)
    ]
    with processor_seconds(0.6):
        assert len([*map(Record.model_validate_json, lines)]) == 10_000
