"""Clean text of any origin: characters, TeX, quotes, dashes, and commands that lost their backslash."""
# ruff: noqa: RUF001 - the rules are about look-alike quotes, dashes and letters

import re
from collections.abc import Callable
from functools import lru_cache, partial

from papershelf.text.characters import ENTITY, TEX_ESCAPE, characters, without_tex_escapes
from papershelf.text.markers import resolve_braces, resolve_markers
from papershelf.text.tables import BINARY, RBRACE, SCRIPTS, SYMBOLS, words
from papershelf.text.tex import (
    GREEKS,
    LINKS,
    any_of,
    is_known,
    render,
    repair,
    script,
)

# -- parts that no rule may change: URLs, and mathematics that Unicode cannot express
_HOST = r"(?:[a-zA-Z0-9-]+\.)+(?:com|org|net|io|co|ai|edu|dev|gov|me|uk|de|fr|ch|cn|jp|kr)/"
_IN_URL = r"[^\s{}\\<>\"`|$“”‘’()\[\]\U000f0000-\U0010fffd]"
_URL = (
    rf"(?:https?://|(?<![\w@./-])(?:www\.|{_HOST}))"
    rf"(?:{_IN_URL}|\({_IN_URL}*\))*(?:(?<=[\w/=#&%+-])(?<!_)|(?<=\)))"
)
_ESCAPED_URL = re.compile(rf"(?:https?://|(?<![\w@./-])(?:www\.|{_HOST}))(?:{_IN_URL}|{TEX_ESCAPE.pattern})+")
PRICE = r"\d[\d.,]*(?:[kKMB]|\\?%)?\s(?:[a-z]+(?![a-z^_{$\\=+*/<>]|\s[=+*/<>])|\()"
_MATH = (
    r"(?<!\\)(?:\$ ?(?:[<>]=?|[=+±~×-]|\\[A-Za-z]+) ?\$"  # one sign, as in $>$90
    r"|\$(?![^$]{0,30}[^\W\d]{4})[A-Za-z][^$\\]{0,30}[<>=] ?\$(?=[\d.])"  # a comparison, as in $p<$0.05
    rf"|\$\$?(?!{PRICE})"
    r"(?:(?=[^$]{0,600}[\\^_{}])[^$]{1,600}(?<!\\)\$\$?"
    r"|(?![^$]{0,60}[^\W\d]{4})(?=\S)[^$]{1,60}(?<=[^\s\\])\$\$?(?!\d)))"
)
LITERAL = re.compile(f"{_URL}|{_MATH}")
_DISPLAY = re.compile(r"\\\(([^$]{1,600}?)\\\)|\\\[([^$]{1,600}?)\\\]")
_PROTECTED = "\U000f0000-\U0010fffd"
_MAX_PROTECTED = 65_000


def _protect(placeholders: dict[str, str], match: re.Match[str]) -> str:
    """Replace a URL or formula by a placeholder, added to `placeholders`; a simple formula by Unicode."""
    part = match[0]
    is_math = part[0] == "$"
    rendered = _in_unicode(part.strip("$")) if is_math else None
    if rendered is not None or len(placeholders) > _MAX_PROTECTED:
        return part if rendered is None else rendered
    return placeholders.setdefault(part, chr((0x100000 if is_math else 0xF0000) + len(placeholders)))


@lru_cache(maxsize=4096)
def _in_unicode(math: str) -> str | None:
    tex = repair(math.replace("~", " ").replace("\\\\", "\\"))
    if not is_known(tex):
        return None
    return re.sub(r"(?<=[(\[]) +| +(?=[)\],])", "", resolve_markers(render(tex, math=True)))


# -- rules for what remains, in this order
ENDS = r"(?=$|[\s.,;:!?)\]}’”\"'/–—-])"
STARTS = r"(?<![^\s(\[{“‘\"'/–—-])"
_RELATION = "=≈≤≥≠≡∈×·→∘≪≫∼^"
_IN_BRACKETS = rf"\((?:[A-Za-rt-z]|[^()\s]{{0,40}}[\^=+|,{SCRIPTS}][^()\s]{{0,40}})\)"
_AFTER_GREEK = rf"_[A-Za-z0-9]|\^|[{SCRIPTS}]|'?(?: ?[{_RELATION}]| [<>+] )|{_IN_BRACKETS}"
_BARE = any_of(
    words(
        "infty leq geq neq rightarrow leftarrow Rightarrow leftrightarrow cdot ldots cdots mapsto varepsilon "
        "subseteq"
    )
)
_THEN_GREEK = rf"(ll|gg|in|to|sim|times)({GREEKS})"
_LETTER = "[b-zB-HJ-Z]"  # without a, A and I, which are words
_RAISED = r"\^([-+]?\d+(?![\d.]*/?\d)|[A-Za-z](?![\w^]|[-+]\d)|\*(?!\*))"


def _symbols(match: re.Match[str]) -> str:
    return "".join(BINARY.get(part) or SYMBOLS.get(part, part) for part in match.groups() or (match[0],))


_RULES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    # emphasis that Markdown can show, bold italics, links
    (rf"{STARTS}\x01(\*{{1,2}}[^*]+\*{{1,2}})\x02{ENDS}", r"\1"),
    (r"\x01\*{1,2}|\*{1,2}\x02", ""),
    (r"(?<!\*)\*\*\*([^*\s](?:[^*]*[^*\s])?)\*\*\*(?!\*)", r"**\1**"),
    (rf"\[([^\[\]]{{1,200}})\]\(([{_PROTECTED}])\)", r"\1 (\2)"),
    (rf"([{_PROTECTED}]) \(\1\)", r"\1"),
    (rf"(?<=[{LINKS}])(?=[\w{LINKS}])", " "),
    # ties
    (rf"(?<=[^\W\d_])~(?!(?<=\W\w~)[A-Za-z](?![A-Za-z]))(?=[\w(\[“‘\"`{_PROTECTED}])", " "),
    (
        rf"(?<=[.,;:)\]’”{_PROTECTED}])~(?=[\w(\[“‘\"`{_PROTECTED}])|(?<=[\d%])~(?=[^\W\d]|[({_PROTECTED}])",
        " ",
    ),
    # quotes
    (r"(?<![`\w])`(?![`\s])([^`]{1,200}?)(?<!')'(?![\w'])", r"‘\1’"),
    (r"``\s?([^`“”\"]{1,600}?)\s?(?:''|\"|”)", r"“\1”"),
    (r"(?<![`\w])`([^`']{1,200})''|(?<!\w)\"(\w[^\"'“”]{0,200})''", r"“\1\2”"),
    (r"`([^`\s](?:[^`]{0,200}[^`\s])?)`", r"\1"),
    (r"``|(?<![\w'])''(?=[\w(\[])", "“"),
    (r"(?<=[\w.,!?)][a-z.,!?)])''(?=$|[\s.,;:!?)\]–—-])", "”"),
    # dashes
    (r"(?<!-)---(?!-)", "—"),
    (r"(?<=[\w)\]])--(?=[A-Z\d(])|(?<= )--(?= )", "–"),
    (r"(?<=[\w)\]])--(?=\w)", "—"),
    # commands that lost their backslash
    (rf"(?<![A-Za-z])(?:{_BARE})(?![A-Za-z])", _symbols),
    (rf"(?<![A-Za-z])({GREEKS})('?){_THEN_GREEK}(?![A-Za-z])", _symbols),
    (r"(?<![\w.-])(?:sim|approx)(?=\d[\d.,]*(?:times|[×%KMB ]|\b(?!-)))", _symbols),
    (r"(?<![\w.-])(?:sim|approx)(?= \d[\d.,]*[%×])|(?<=%)sim(?=\d)|(?<=\()(?:le|ge)(?= \d)", _symbols),
    (r"(?<=\d)(?:times(?=\d|\b)|\*(?=\d))", "×"),
    (r"(?<![\w.])(\d+) times \1(?!\w)", r"\1 × \1"),
    (rf"(?<=\d )times(?= 10(?:\^|[{SCRIPTS}]))|(?<=\b{_LETTER} )(?:times|circ)(?= {_LETTER}\b)", _symbols),
    (r"(?<=\b[A-Za-z] )to(?= ∞)|(?<=\b[A-Za-z] )in(?= (?:[ℂ-ℿ𝒜-𝓏]|\{\d|\[0, ?1))", _symbols),
    # scripts without braces
    (
        rf"(?<=[^\W_]){_RAISED}|(?<=[)\]}}|∥‖{RBRACE}]){_RAISED}",
        lambda match: script("^", match[1] or match[2]),
    ),
    (
        rf"(?<![\w/.\\-])((?:[A-Za-zα-ωΑ-Ωℓ]|ell|{GREEKS})[{SCRIPTS}]?)_(\d+(?!\.?\d)|[a-z])(?![A-Za-z0-9_])",
        lambda match: match[1] + script("_", match[2]),
    ),
    # names of letters where the text is mathematics
    (rf"(?<![\w-])ell(?=[_^{SCRIPTS}])", "ℓ"),
    (rf"(?<![\w-])(?:Theta|Omega)(?=\()|(?<=\d)pi(?![\w-])|(?<=\(1-)(?:{GREEKS})(?=\))", _symbols),
    (rf"(?:(?<![\w-])|(?<=[{_RELATION}]))(?:{GREEKS})(?={_AFTER_GREEK})", _symbols),
    (rf"(?:(?<=[{_RELATION}_√])|(?<=[{_RELATION}] )|(?<=[\d)] [<>+] ))(?:{GREEKS})(?![\w-])", _symbols),
)
_COMPILED_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in _RULES)
_TRIGGER = re.compile(  # a text without a match is left alone by every rule
    rf"[\\{{}}$^~`]|_\w|''|--|\*\*\*|\*\d|\d ?times|\]\(|(?:sim|approx) ?\d|\((?:le|ge) |\dpi"
    rf"|(?<![A-Za-z])(?:(?:{_BARE}|ell)(?![a-z])|(?:{GREEKS})(?:(?![a-z])|{_THEN_GREEK})|wide(?:tilde|hat)"
    r"|math(?:cal|bb|bf|rm)[A-Z ])| (?:times|circ) \w\b| (?:to ∞|in [\[{ℂ-ℿ𝒜-𝓏])"
    rf"|[{_RELATION}_√](?:{GREEKS})|{ENTITY.pattern}"
)
_DEBRIS = re.compile(r"[\\{}$^~`_&*'-]+")
_MAX_ROUNDS = 4


def _clean_once(text: str) -> str:
    placeholders: dict[str, str] = {}
    if "\\" in text:
        text = _ESCAPED_URL.sub(lambda url: without_tex_escapes(url[0]), text)
    text = LITERAL.sub(partial(_protect, placeholders), _DISPLAY.sub(r"$\1\2$", text))
    text = resolve_markers(render(repair(text), math=False))
    for pattern, replacement in _COMPILED_RULES:
        text = pattern.sub(replacement, text)
    parts = {placeholder: part for part, placeholder in placeholders.items()}
    return characters(re.sub(f"[{_PROTECTED}]", lambda match: parts[match[0]], resolve_braces(text)))


def clean(text: str) -> str:
    """The text as a person would write it: one line, NFC, no markup except `*x*` and `**x**`.

    Formulas between dollar signs that Unicode cannot express are kept, dollar signs included. The result is
    stable under cleaning: where the rules do not reach a fixed point, what looks like debris is removed.
    """
    text = characters(text)
    for round_ in range(3 * _MAX_ROUNDS):
        if round_ == _MAX_ROUNDS:
            text = characters(_DEBRIS.sub(" ", text))
        if not _TRIGGER.search(text):
            break
        before, text = text, _clean_once(text)
        if text == before:
            break
    return text
