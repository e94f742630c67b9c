"""TeX commands and their Unicode equivalents. To support another command, add it to a table here."""
# ruff: noqa: RUF001 - the tables hold look-alike letters on purpose

import unicodedata

# Markers that a rendered command leaves in the text; `tex.resolve_markers`, which sees both neighbours, turns
# them into spaces or removes them. Input holds no control characters: `cleaning.characters` drops them.
BETWEEN = "\x03"  # removes the space after it unless a space precedes
CITED = "\x04"  # removes the space or tie before it, and brackets with nothing else in them
WORD = "\x06"  # becomes a space between two letters
SYMBOL = "\x07"  # removes the space after it before a letter
STOPPED = "\x0e"  # removes the full stop after it
OPEN, CLOSE = "\x01", "\x02"  # enclose emphasis, stars included
LBRACE, RBRACE = "\x10", "\x11"  # braces that are shown


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def words(table: str) -> frozenset[str]:
    """The set of words in a table written as text."""
    return frozenset(table.split())


def _alphabet(*styles: str) -> dict[str, str]:
    letters = {}
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz":
        case = "CAPITAL" if letter.isupper() else "SMALL"
        names = (f"{style} {case} {letter}" for style in styles)
        letters[letter] = next(filter(None, map(_lookup, names)), letter)
    return letters


def _lookup(name: str) -> str:
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return ""


GREEK = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ varrho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
BINARY = _pairs(
    "leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ asymp ≍ "
    "propto ∝ ll ≪ gg ≫ lesssim ≲ gtrsim ≳ prec ≺ succ ≻ preceq ⪯ succeq ⪰ pm ± mp ∓ cdot · times × div ÷ "
    "ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ "
    "supseteq ⊇ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ to → rightarrow → longrightarrow → "
    "leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ "
    "uparrow ↑ downarrow ↓ mid | parallel ∥ perp ⊥ models ⊨ vdash ⊢ triangleq ≜ coloneqq ≔"
)
SYMBOLS = GREEK | _pairs(
    "infty ∞ ell ℓ hbar ℏ partial ∂ nabla ∇ forall ∀ exists ∃ emptyset ∅ varnothing ∅ sum ∑ prod ∏ int ∫ "
    "ldots … dots … dotsc … cdots ⋯ vdots ⋮ top ⊤ bot ⊥ neg ¬ lnot ¬ dagger † ddagger ‡ prime ′ Re ℜ Im ℑ "
    "aleph ℵ langle ⟨ rangle ⟩ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ vert | Vert ‖ lvert | rvert | lVert ‖ "
    "rVert ‖ R ℝ RR ℝ reals ℝ E 𝔼 N ℕ Z ℤ cO 𝒪 cN 𝒩 eps ε checkmark ✓ degree ° "
    "textdegree ° texttimes × textendash – textemdash — textasciitilde ~ textasciicircum ^ textregistered ® "
    "texttrademark ™ textless < textgreater >"
)
TEXT_ONLY = _pairs("S § P ¶ o ø O Ø l ł L Ł ss ß ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ")
PHRASES = _pairs(
    "etc etc. ie i.e. eg e.g. aka a.k.a. etal et␣al. wrt w.r.t. cf cf. vs vs. resp resp. iid i.i.d. "
    "viz viz. wlog w.l.o.g. Ie I.e. Eg E.g. quad ␣ qquad ␣ par ␣ newline ␣ linebreak ␣ item ␣"
)
WORDS = words(
    "log ln lg exp min max sup inf arg argmin argmax lim limsup liminf sin cos tan tanh sinh cosh arctan det "
    "dim ker deg gcd Pr mod poly polylog rank softmax sgn sign tr diag Var Cov TeX LaTeX OPT opt"
)
NOTHING = words(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr limits nolimits displaystyle textstyle "
    "scriptstyle noindent xspace centering small large tiny footnotesize protect smash em it bf "
    "rm sf tt sl sc cal bfseries itshape"
)
SKIPPED = words(  # their argument is not text
    "cite citep citet citealp citeauthor citeyear ref eqref cref autoref label vspace hspace begin end color "
    "textcolor hyperlink"
)
FONTS = words(
    "mathrm mathsf mathit mathbf mathtt boldsymbol bm pmb operatorname mbox hbox text textrm textsf texttt "
    "textsc textup textnormal textmd underline uline mathop mathbin mathrel ensuremath url path code"
)
STARS = {"emph": "*", "textit": "*", "textsl": "*", "textbf": "**"}
SWITCHES = {"\\em": "emph", "\\it": "emph", "\\sl": "emph", "\\bf": "textbf", "\\cal": "mathcal"} | (
    dict.fromkeys(("\\rm", "\\sf", "\\tt", "\\sc"), "text")
)
LETTERS = {
    **dict.fromkeys(("mathcal", "mathscr", "mc"), _alphabet("MATHEMATICAL SCRIPT", "SCRIPT")),
    **dict.fromkeys(
        ("mathbb", "mathds", "mathbbm", "mathbbmss", "bbm"),
        _alphabet("DOUBLE-STRUCK", "MATHEMATICAL DOUBLE-STRUCK") | {"1": "𝟙"},
    ),
    "mathfrak": _alphabet("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
}
MARKS = {  # a combining character each
    **dict.fromkeys(("~", "tilde", "widetilde", "Tilde"), "\u0303"),
    **dict.fromkeys(("^", "hat", "widehat", "Hat"), "\u0302"),
    **dict.fromkeys(("=", "bar", "overline", "Bar"), "\u0304"),
    **dict.fromkeys((".", "dot"), "\u0307") | dict.fromkeys(('"', "ddot"), "\u0308"),
    **dict.fromkeys(("'", "acute"), "\u0301") | dict.fromkeys(("`", "grave"), "\u0300"),
    **dict.fromkeys(("v", "check"), "\u030c") | dict.fromkeys(("u", "breve"), "\u0306"),
    **dict.fromkeys(("r", "mathring"), "\u030a") | {"vec": "\u20d7", "H": "\u030b", "c": "\u0327"},
    "k": "\u0328",
    "d": "\u0323",
    "b": "\u0331",
    "t": "\u0361",
}
FRACTIONS = words("frac tfrac dfrac nicefrac sfrac")
OTHERS = words("sqrt footnote textsuperscript textsubscript")
UPPER = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∘†‡′*⊤βγδθφχ∗⋆",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ°†‡′*ᵀᵝᵞᵟᶿᵠᵡ∗⋆",
        strict=True,
    )
)
LOWER = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
PUNCTUATION = dict.fromkeys(",;: >\\", " ") | dict.fromkeys("!/-@", "") | {"|": "‖", "{": LBRACE, "}": RBRACE}
FIXED = (
    {name: symbol + SYMBOL for name, symbol in SYMBOLS.items()}
    | {name: symbol + BETWEEN for name, symbol in BINARY.items()}
    | {name: phrase.replace("␣", " ") + STOPPED * phrase.endswith(".") for name, phrase in PHRASES.items()}
    | {name: WORD + name + WORD for name in WORDS}
    | dict.fromkeys(NOTHING, "")
    | {"lbrace": LBRACE, "rbrace": RBRACE}
)
TWO = FRACTIONS | {"href"}  # take two arguments
ARGUMENTS = frozenset((*SKIPPED, *FONTS, *STARS, *LETTERS, *MARKS, *TWO, *OTHERS))
MATHS = (FIXED.keys() | ARGUMENTS | set(",;:! \\{}|%&#$_<>")) - SKIPPED - set("vurHckdbt'`\"^~=.")
SCRIPTS = "".join(sorted({*UPPER.values(), *LOWER.values()} - set("*°†‡′∗⋆")))
