"""The hosts that links lead to, and what kind of thing is there."""

import re
from typing import Final

from papershelf.core.model import LinkKind

# DOIs of data and software: Zenodo, figshare, Dryad, Dataverse, Mendeley Data, PANGAEA, OSF, IEEE DataPort,
# Hugging Face.
DATA_DOI: Final = (
    r"10\.(?:5281/zenodo\.\d|6084/m9\.figshare\.|5061/dryad\.|7910/dvn/|17632/|1594/pangaea\.|17605/osf\.io/"
    r"|21227/|57967/hf/)"
)

# The kind of a link by host and path; the first row that matches decides. None: a page of the literature,
# which is nothing that a paper comes with.
_TABLE: Final[tuple[tuple[str, str, LinkKind | None], ...]] = (
    (r"(github|gitlab|kaggle|youtube)\.com|(huggingface|hf)\.co|pypi\.org|zenodo\.org", r"$", None),
    (r"github\.com", r"/(orgs|topics|sponsors|collections|users|apps)/|/[^/]+$", "project"),
    (r"github\.com|gist\.github\.com|raw\.githubusercontent\.com", r"/[^/]+/[^/]", "repository"),
    (r"gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|gitcode\.(com|net)", r"/[^/]+/[^/]", "repository"),
    (r"gitlab\..+|git\.[^.]+\..+|notabug\.org|openi\.pcl\.ac\.cn", r"/[^/]+/[^/]", "repository"),
    (r"(git\.)?sr\.ht|hg\.sr\.ht", r"/~[^/]+/[^/]", "repository"),
    (r"anonymous\.4open\.science|anon-github\.automl\.cc", r"/(r|repository)/[^/]", "repository"),
    (r"sourceforge\.net", r"/projects/[^/]", "repository"),
    (r"huggingface\.co|hf\.co", r"/datasets/[^/]", "dataset"),
    (r"huggingface\.co|hf\.co", r"/spaces/[^/]", "demo"),
    (r"huggingface\.co|hf\.co", r"/papers\b", None),
    (r"huggingface\.co|hf\.co", r"/(collections|docs|blog|learn|posts)/|/[^/]+$", "project"),
    (r"huggingface\.co|hf\.co", r"/[^/]+/[^/]", "model"),
    (r".+\.hf\.space|.+\.gradio\.(live|app)|(.+\.)?streamlit\.(app|io)|replicate\.com", r"/?", "demo"),
    (r"youtu\.be|(m\.)?youtube\.com|vimeo\.com|bilibili\.com", r"/[^/]", "demo"),
    (r"modelscope\.(cn|ai)", r"/datasets/", "dataset"),
    (r"modelscope\.(cn|ai)", r"/studios/", "demo"),
    (r"modelscope\.(cn|ai)", r"/models/", "model"),
    (r"tfhub\.dev|ollama\.com|civitai\.com", r"/[^/]", "model"),
    (r"kaggle\.com", r"/(code|kernels|notebooks)/|/[^/]+/[^/]+/notebook", "notebook"),
    (r"kaggle\.com", r"/models/", "model"),
    (r"kaggle\.com", r"/[^/]+/[^/]", "dataset"),
    (r"colab\.research\.google\.com|colab\.google|nbviewer\.(org|jupyter\.org)", r"/[^/]", "notebook"),
    (r"mybinder\.org|deepnote\.com|observablehq\.com", r"/[^/]", "notebook"),
    (r"zenodo\.org|(.+\.)?figshare\.com|data\.mendeley\.com|(.+\.)?dataverse\..+", r"/[^/]", "dataset"),
    (r"openml\.org|osf\.io|ieee-dataport\.org|opendatalab\.com|academictorrents\.com", r"/[^/]", "dataset"),
    (r"drive\.google\.com|dropbox\.com|physionet\.org|archive\.ics\.uci\.edu", r"/[^/]", "dataset"),
    (r"pypi\.(org|python\.org)", r"/(project|pypi)/[^/]", "package"),
    (r"npmjs\.com", r"/package/[^/]", "package"),
    (r"crates\.io|docs\.rs|anaconda\.org|pkg\.go\.dev|hub\.docker\.com|rubygems\.org", r"/[^/]", "package"),
    (
        r"(cran|.+\.cran)\.r-project\.org|bioconductor\.org|hackage\.haskell\.org|nuget\.org",
        r"/[^/]",
        "package",
    ),
    (r"(dx\.)?doi\.org", rf"/(?i:{DATA_DOI})", "dataset"),
    (r"(dx\.)?doi\.org", r"/10\.24433/(?i:co)\.", "notebook"),
    (r"arxiv\.org|(dx\.)?doi\.org|openreview\.net|aclanthology\.org|(papers|proceedings)\..+", r"/?", None),
    (r"openaccess\.thecvf\.com|ieeexplore\.ieee\.org|dl\.acm\.org|link\.springer\.com", r"/?", None),
    (r"sciencedirect\.com|(bio|med)rxiv\.org|semanticscholar\.org|.+\.wikipedia\.org|jmlr\.org", r"/?", None),
    (r".+\.(github|gitlab|codeberg|readthedocs)\.(io|page)", r"/?", "project"),
    (
        r".+\.(pages|workers)\.dev|.+\.(vercel|netlify|web)\.app|.+\.notion\.site|.+\.webflow\.io",
        r"/?",
        "project",
    ),
    (r"sites\.google\.com|paperswithcode\.com|wandb\.ai|bitbucket\.io", r"/[^/]", "project"),
    (r"(.+\.)?(research\.google|allenai\.org|deepmind\.(com|google)|eleuther\.ai)", r"/?", "project"),
    (
        r"research\.(nvidia|facebook|ibm|microsoft|adobe)\.com|ai\.(meta|google|facebook)\.(com|dev)",
        r"/?",
        "project",
    ),
    (r".+\.(edu|ac\.[a-z]{2}|edu\.[a-z]{2})", r"/?", "project"),
    (
        r"(.+\.)?(ethz\.ch|epfl\.ch|inria\.fr|mpg\.de|tum\.de|uva\.nl|kuleuven\.be)",
        r"/?",
        "project",
    ),
    (r".+\.uni-[a-z]+\.de|.+\.tu-[a-z]+\.de", r"/?", "project"),
)
RULES: Final = tuple((re.compile(host), re.compile(path), kind) for host, path, kind in _TABLE)
