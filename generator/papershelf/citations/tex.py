"""Escape text for TeX, so that nothing in it is a command and a TeX parser gets the text back."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from papershelf.text.mathml import FORMULA, mathml
from papershelf.text.tables import words

_SPECIAL: Final = {
    "\\": r"{\textbackslash}",
    "{": r"{$\lbrace$}",  # BibTeX counts the brace of \{ too
    "}": r"{$\rbrace$}",
    "$": r"{\$}",
    "&": r"{\&}",
    "#": r"{\#}",
    "%": r"{\%}",
    "_": r"{\_}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": "{$<$}",
    ">": "{$>$}",
    "|": "{$|$}",
}
_GREEK_WORD: Final = "[\u0370-\u03ff\u1f00-\u1fff]{3,}"
_UNSAFE: Final = re.compile(
    rf"""{_GREEK_WORD}|[\\{{}}$&#%_~^<>|]|[^\x00-\x7f]|-(?=-)|'(?=')|`(?=`)|[?!](?=`)|,(?=,)"""
)
_WORDS: Final = re.compile(r"((?:[^\W_]|[\u0300-\u036f])+)")
_MATHEMATICS: Final = re.compile(r"\\ensuremath\{(.*)\}|(\\(?:flat|natural|sharp))")
_LETTER: Final = re.compile(r"\\(?:[^A-Za-z]|[A-Za-z]{1,2}(?![A-Za-z])).*")  # not every reader knows others
_UNDER_ACCENT: Final = re.compile(r"(?<=.)\\([ij])")  # without a dot, readers make a combining accent of it
_NEEDS_PACKAGES: Final = ("CYRILLIC", "VULGAR FRACTION")
_SCRIPTS: Final = {"<sub>": "_", "<super>": "^"}
_IN_SCRIPT: Final = re.compile(r"[A-Za-z0-9()+=-]+")
_SIGNS_OF_FORMULAS: Final = re.compile(
    r"(?:\\text(?:bf|it|rm)?\{[A-Za-z0-9 .,:+-]*\}|\\(?!text)[A-Za-z]+|\\[,;:!| {}]|[^\\$&#%~]){1,600}"
)
_COMMANDS: Final = words(  # of LaTeX and amsmath: none that defines, loads or breaks out
    "Big Bigg Bigl Bigr Delta Gamma Im Lambda Leftarrow Leftrightarrow Omega Phi Pi Pr Psi Re Rightarrow"
    " Sigma Theta Upsilon Vert Xi acute aleph alpha approx arccos arcsin arctan arg ast bar beta big"
    " bigcap bigcup bigg bigl bigr binom bmod boldsymbol bot breve bullet cap cdot cdots check chi circ"
    " cong cos cosh cup dagger dbinom ddagger ddot ddots deg delta det dfrac dim displaystyle div dot dots"
    " downarrow ell emptyset epsilon equiv eta exists exp forall frac gamma gcd ge geq gets gg grave hat"
    " hbar hom in inf infty int iota kappa ker lVert lambda land langle lbrace lceil ldots le left"
    " leftarrow leftrightarrow leq lfloor lg lim liminf limits limsup ll ln lnot log longrightarrow lor"
    " lvert mapsto mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt max mid middle min mod"
    " models mp mu nabla ne neg neq nolimits not notin nu odot oint omega operatorname oplus otimes"
    " overbrace overline overset parallel partial perp phi pi pm pmod prec preceq prime prod propto psi"
    " qquad quad rVert rangle rbrace rceil rfloor rho right rightarrow rvert scriptstyle setminus sigma"
    " sim simeq sin sinh sqrt stackrel star subset subseteq succ succeq sum sup supset supseteq tan tanh"
    " tau tbinom text textbf textit textrm textstyle tfrac theta tilde times to top underbrace underline"
    " underset uparrow upsilon varepsilon varphi varpi varrho varsigma vartheta vdots vec vee vert wedge"
    " widehat widetilde xi zeta"
)
_BRACES: Final = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}  # BibTeX counts the brace of \{ too
_KEPT_CATEGORIES: Final = words("Mn Mc Me Zs Zl Zp Cc Cf Cs Co Cn")  # Unicode categories


def escape(text: str) -> str:
    """The text as TeX: a command for a non-ASCII letter if all readers know one, else the letter itself."""
    return _UNSAFE.sub(_escape_match, text) if _UNSAFE.search(text) else text


def title(text: str) -> str:
    """Like `escape`, with formulas as mathematics, and braces around words with capitals to keep: {BERT}."""
    if "$" not in text and "\\" not in text:
        return _with_capitals(text)
    pieces, end = [], 0
    for match in FORMULA.finditer(text):
        if formula := _formula(next(filter(None, match.groups()), "")):
            pieces += [_with_capitals(text[end : match.start()]), formula]
            end = match.end()
    return "".join([*pieces, _with_capitals(text[end:])])


def _formula(tex: str) -> str:
    """The formula as mathematics, in braces; "" if it is none, or has commands that not every TeX knows."""
    known = _SIGNS_OF_FORMULAS.fullmatch(tex) and set(re.findall(r"\\([A-Za-z]+)", tex)) <= _COMMANDS
    if not known or not tex.isascii() or not mathml(tex):
        return ""
    written = re.sub(r"\\[{}]", lambda brace: _BRACES[brace[0]], tex).strip()
    return f"{{${written}$}}" if _is_balanced(written) else ""


def _is_balanced(tex: str) -> bool:
    depths = list(accumulate(1 if sign == "{" else -1 for sign in re.findall("[{}]", tex)))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _with_capitals(text: str) -> str:
    """Like `escape`, with braces around words whose capitals bibliography styles must keep."""
    write = escape if _UNSAFE.search(text) else str
    return "".join(
        [f"{{{write(piece)}}}" if _needs_capitals(piece) else write(piece) for piece in _WORDS.split(text)]
    )


def _needs_capitals(word: str) -> bool:
    """Whether a word has a capital after its first letter, or is a capital alone or with digits, as in T5."""
    rest = word[1:]
    return rest != rest.lower() or (not rest.isalpha() and word != "A" and word[:1].isupper())


def _escape_match(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    if len(sign) > 1:  # a Greek word is no mathematics
        return sign
    return _command(sign) if sign > "\x7f" else f"{sign}{{}}"


@lru_cache(maxsize=1 << 12)
def _command(letter: str) -> str:
    """The command for a non-ASCII letter, in braces; the letter itself if no command round-trips."""
    if unicodedata.category(letter) in _KEPT_CATEGORIES or unicodedata.name(letter, "").startswith(
        _NEEDS_PACKAGES
    ):
        return letter
    if script := _script(letter):
        return script
    encode, decode = _coders()
    command = encode(letter).replace("mathscr", "mathcal")  # needs no package
    if mathematics := _MATHEMATICS.fullmatch(command):
        braced = f"{{${mathematics[1] or mathematics[2]}$}}"
    elif _LETTER.fullmatch(command):
        dotted = _UNDER_ACCENT.sub(r"\1", command)
        braced = f"{{{dotted}}}"
    else:
        return letter
    return braced if decode(braced) == letter else letter


@cache
def _coders() -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Functions that convert Unicode to TeX and back."""
    from pylatexenc import latex2text, latexencode  # noqa: PLC0415  slow to import, and few lists need it

    encoder = latexencode.UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="none"
    )
    return encoder.unicode_to_latex, latex2text.LatexNodes2Text(math_mode="text").latex_to_text


def _script(letter: str) -> str:
    """The command for a superscript or subscript letter, "" for any other."""
    kind, _, codes = unicodedata.decomposition(letter).partition(" ")
    plain = "".join(chr(int(code, 16)) for code in codes.split()) if kind in _SCRIPTS else ""
    plain = plain.replace("\u2212", "-")
    return f"{{${_SCRIPTS[kind]}{{{plain}}}$}}" if _IN_SCRIPT.fullmatch(plain) else ""
