r"""TeX, intact or damaged, rendered as plain Unicode text.

`repair` restores what a listing lost: `mathcal{O}` for `\mathcal{O}`, `\emphword`, `{em word}`.
`render` writes it in Unicode with markers (see `tables`), which `resolve_markers` turns into spaces.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from papershelf.text.markers import is_set, resolve_markers
from papershelf.text.tables import (
    ARGUMENTS,
    BINARY,
    CITED,
    FIXED,
    FONTS,
    FRACTIONS,
    GREEK,
    LETTERS,
    LOWER,
    MARKS,
    MATHS,
    PUNCTUATION,
    SKIPPED,
    STARS,
    SWITCHES,
    TEXT_ONLY,
    TWO,
    UPPER,
    WORD,
    words,
)

TexNode: TypeAlias = "str | list[TexNode]"


def any_of(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


LINKS = "\U000f0000-\U000ffffd"  # placeholders of URLs while a text is cleaned
GREEKS = any_of(GREEK)
MAX_DEPTH = 20
_BARE_ARGUMENTS = {name for name in ARGUMENTS if name[2:]} - words("code path end color")
_BARE_SYMBOLS = (BINARY.keys() | {"infty", "ldots"}) - words("mid models parallel star bullet")
_REPAIRS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![^\s(\[])\\\"([^\"\\]{1,200})\\\"(?![A-Za-z{\\])"), r'"\1"'),
    (re.compile(r"\\(?:left|right) ?\."), ""),  # no bracket
    (re.compile(r"\{(em|it|bf) "), r"{\\\1 "),
    (re.compile(r"(?<![\w\\])ext(?=(?:bf|it|tt|sc|rm|sf)\{)"), "text"),
    (re.compile(rf"(?<![\w\\])(?:{any_of(_BARE_ARGUMENTS)})(?=\{{)"), r"\\\g<0>"),
    (
        re.compile(
            rf"(?<![\w\\])(widetilde|widehat|mathcal|mathbb|mathbf|mathrm) ?({GREEKS}|[A-Z])(?![a-z])"
        ),
        lambda match: rf"\{match[1]}{{{match[2] if len(match[2]) == 1 else rf'{chr(92)}{match[2]}'}}}",
    ),
    (
        re.compile(rf"\\[A-Za-z]+\*?\{{|(?<=[\w)])\{{ ?({any_of(_BARE_SYMBOLS)}) ?\}}"),
        lambda match: rf"{{\{match[1]}}}" if match[1] else match[0],
    ),
    (re.compile(r"\\([A-Za-z]+)"), lambda match: _split_command(match[1])),
)
_GLUED = ("widetilde", "tilde", "mathcal", "mathbb", "sqrt", "log")
_GLUED_FONTS = ("textbf", "textit", "textsc", "textrm", "text", "emph", "underline", "mathrm", "mathbf")


def repair(tex: str) -> str:
    """Restore the backslashes and braces that a listing lost."""
    for pattern, replacement in _REPAIRS:
        tex = pattern.sub(replacement, tex)
    return tex


def _split_command(name: str) -> str:
    if name in FIXED or name in ARGUMENTS or name in TEXT_ONLY:
        return f"\\{name}"
    if font := next(filter(name.startswith, _GLUED_FONTS), ""):
        return name.removeprefix(font)
    prefix = next(filter(name.startswith, _GLUED), "")
    return rf"\{prefix} {name.removeprefix(prefix)}" if prefix else f"\\{name}"


def is_known(tex: str) -> bool:
    """Whether Unicode can express all commands of the formula."""
    return all(name in MATHS for name in re.findall(r"\\(sqrt\[|[A-Za-z]+|.)", tex))


_PARTS = re.compile(r"\\[A-Za-z]+\*?|\\['`\"^~=.](?=\{|\\?[A-Za-z])|\\.|[{}^_]|[^\\{}^_]+|\\")


def render(tex: str, *, math: bool) -> str:
    """The TeX as Unicode, markers included; in mathematics a script needs no braces."""
    stack: list[list[TexNode]] = [[]]
    for part in _PARTS.findall(tex):
        if part == "{" and len(stack) < MAX_DEPTH:
            group: list[TexNode] = []
            stack[-1].append(group)
            stack.append(group)
        elif part == "}" and len(stack) > 1:
            stack.pop()
        elif part not in "{}":
            stack[-1].append(part)
    for unclosed in reversed(stack[1:]):
        stack.pop()
        stack[-1][-1:] = unclosed
    return _render(stack[0], math=math)


def _render(nodes: list[TexNode], *, math: bool) -> str:
    rest, out = nodes[::-1], [""]
    while rest:
        node = rest.pop()
        before = "".join(piece[-8:] for piece in out[-4:])
        if isinstance(node, list):
            after = rest[-1][0] if rest and isinstance(rest[-1], str) else ""
            out.append(_render_group(node, before, after, math=math))
        elif node in "^_" and (math or (rest and (isinstance(rest[-1], list) or rest[-1][0] == "\\"))):
            out.append(script(node, _render(_take_argument(rest, _NUMBER), math=math), before))
        elif node[0] == "\\":
            out.append(_render_command(node[1:].rstrip("*") or node[1:], rest, math=math))
        else:
            out.append(node)
    return "".join(out)


_ONE_CHARACTER, _NUMBER = re.compile(" ?(.)"), re.compile(r" ?([-+]?\d+|.)")
_WORD_NEXT = re.compile(r" [^\W\d_]{2}")
_OPTION = re.compile(r" ?\[[^\[\]]{0,200}\]")
_OPTIONAL = SKIPPED | {"footnote"}


def _take_argument(rest: list[TexNode], size: re.Pattern[str] = _ONE_CHARACTER) -> list[TexNode]:
    """Pop the argument of a command from `rest`, the reversed list of nodes after the command."""
    if rest and rest[-1] == " ":
        rest.pop()
    if not rest or rest[-1] in ("^", "_"):
        return []
    node = rest.pop()
    if isinstance(node, list):
        return node
    if node[0] == "\\":
        follows = node[1:] in ARGUMENTS and rest and (isinstance(rest[-1], list) or rest[-1][0] not in "\\^_")
        return [node, *(_take_argument(rest) for _ in range(1 + (node[1:] in TWO)))] if follows else [node]
    match = size.match(node)
    if match and match.end() < len(node):
        rest.append(node[match.end() :])
    return [match[1]] if match else []


def _drop_option(rest: list[TexNode]) -> None:
    text = rest.pop() if rest and isinstance(rest[-1], str) else ""
    if shorter := _OPTION.sub("", text, count=1) if isinstance(text, str) and _OPTION.match(text) else text:
        rest.append(shorter)


def _drop_space(rest: list[TexNode]) -> None:
    r"""Drop the space that ends a command whose word goes on: `Stra\ss e`."""
    if rest and isinstance(rest[-1], str) and _LETTER_NEXT.match(rest[-1]):
        rest[-1] = rest[-1][1:]


_LETTER_NEXT = re.compile(r" [^\W_]")


def _render_group(nodes: list[TexNode], before: str, after: str, *, math: bool) -> str:
    if re.fullmatch(f"[{LINKS}]", before[-1:]):
        return ""  # the text of a link, directly after its URL
    switch = nodes[0] if nodes and isinstance(nodes[0], str) else ""
    if switch in SWITCHES:
        words = _render(nodes[1:], math=math).lstrip()
        return words if math and switch != "\\cal" else _FORMS[SWITCHES[switch]](words, "")
    inner = _render(nodes, math=math)
    return f"{{{inner.strip()}}}" if is_set(inner, before, after) else inner


def _render_command(name: str, rest: list[TexNode], *, math: bool) -> str:
    if name in FIXED:
        before_word = bool(rest) and isinstance(rest[-1], str) and _WORD_NEXT.match(rest[-1])
        return FIXED[name] if math and not before_word else FIXED[name].replace("\x07", "")
    if name not in ARGUMENTS or (name in MARKS and not rest):
        return _render_unknown(name, rest, math=math)
    if name in _OPTIONAL:
        _drop_option(rest)
    first = _render(_take_argument(rest), math=math)
    second = _render(_take_argument(rest), math=math) if name in TWO else ""
    return _FORMS[name](first, second)


def _render_unknown(name: str, rest: list[TexNode], *, math: bool) -> str:
    if not name.isalpha():
        return PUNCTUATION.get(name, name)
    if not math and name in TEXT_ONLY:
        _drop_space(rest)
        return TEXT_ONLY[name]
    argument = _render(_take_argument(rest), math=math) if rest and isinstance(rest[-1], list) else ""
    return argument if argument.strip() else WORD + name + WORD


_STARRED = re.compile(r"\x01\*{1,2}|\*{1,2}\x02")
_SIMPLE = re.compile(r"[\w.√∞\u0300-\u036f\x07]+|\([^()]*\)")
_UNDER_ROOT = re.compile(r"[\d.]+|\w\x07?|\(.*\)|[(\[]|\x06\w+\x06")


def script(mark: str, raised: str, before: str = "") -> str:
    """A superscript (mark `^`) or subscript (`_`) in Unicode; `^(…)` where Unicode lacks a letter."""
    text = _STARRED.sub("", resolve_markers(raised)).strip()
    letters, table = text.replace(" ", ""), UPPER if mark == "^" else LOWER
    if mark == "^" and text in ("th", "st", "nd", "rd") and before[-1:].isdigit():
        return text
    if all(letter in table for letter in letters):
        return "".join(table[letter] for letter in letters)
    is_word = mark == "_" and re.fullmatch(r"[\w.]+", text)
    is_plain = len(text) == 1 or is_word or re.fullmatch(r"\([^()]*\)", text)
    return f"{mark}{text}" if is_plain else f"{mark}({text})"


def _accented(mark: str, letters: str, _: str) -> str:
    base = {"\u0131": "i", "\u0237": "j"}.get(letters[:1], letters[:1])
    if base.isalpha() and (len(mark) > 1 or len(letters) == 1):
        return base + MARKS[mark] + letters[1:]
    return letters or mark * (len(mark) == 1)


def _in_alphabet(alphabet: str, letters: str, _: str) -> str:
    return "".join(LETTERS[alphabet].get(letter, letter) for letter in letters)


def _emphasised(stars: str, words: str, _: str) -> str:
    core = _STARRED.sub("", words).strip()
    if not core or "*" in core:
        return words
    return f"{' ' * words.startswith(' ')}\x01{stars}{core}{stars}\x02{' ' * words.endswith(' ')}"


def _fraction(above: str, below: str) -> str:
    parts = (part.strip() for part in (above, below))
    return "/".join(part if _SIMPLE.fullmatch(part) else f"({part})" for part in parts)


def _root(radicand: str, _: str) -> str:
    return f"√{radicand}" if _UNDER_ROOT.fullmatch(radicand) else f"√({radicand})"


def _href(address: str, words: str) -> str:
    return f"{words} ({address})" if words.strip() not in ("", address) else address


_FORMS: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys(FONTS, lambda words, _: words),
    **{name: partial(lambda sign, *_: sign, CITED * name.startswith("cite")) for name in SKIPPED},
    **{name: partial(_accented, name) for name in MARKS},
    **{name: partial(_in_alphabet, name) for name in LETTERS},
    **{name: partial(_emphasised, stars) for name, stars in STARS.items()},
    **dict.fromkeys(FRACTIONS, _fraction),
    "sqrt": _root,
    "href": _href,
    "footnote": lambda words, _: f"{CITED} ({words.strip()})",
    "textsuperscript": lambda words, _: script("^", words, "0"),
    "textsubscript": lambda words, _: script("_", words),
}
