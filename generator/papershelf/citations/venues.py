"""What sort of publication appears at a venue, told by its name: real names first, then words in names.

To teach another venue, add its name or acronym to a table, in small letters.
"""

import re
from functools import lru_cache
from typing import Final

from papershelf.core.model import WorkType
from papershelf.text.tables import words

_JOURNALS: Final = frozenset(  # whose names do not say so
    " ".join(name.split())
    for name in """
    ACM Computing Surveys; ACM Queue; ACM SIGKDD Explorations; AI Communications; Algorithmica;
    Artificial Intelligence; Artificial Intelligence Review; Automatica; Bioinformatics; Biometrics;
    Biometrika; Biostatistics; Briefings in Bioinformatics; Cell; Cognition; Cognitive Science;
    Combinatorica; Communications of the ACM; Computational Complexity; Computational Intelligence;
    Computational Linguistics; Computational Statistics & Data Analysis; Computer Graphics Forum;
    Computer Networks; Computer Physics Communications; Computer Speech & Language; Computer Speech
    and Language; Computer Vision and Image Understanding; Computers & Graphics; Computers &
    Security; Data & Knowledge Engineering; Data Mining and Knowledge Discovery; Decision Support
    Systems; Dialogue & Discourse; Distill; Distributed Computing; Econometrica; Electronics; eLife;
    Engineering Applications of Artificial Intelligence; Entropy; Evolutionary Computation; Expert
    Systems with Applications; Future Generation Computer Systems; Future Internet; Fuzzy Sets and
    Systems; Games and Economic Behavior; Genetics; Genome Biology; Genome Research; Heliyon;
    Human-Computer Interaction; IBM Systems Journal; IEEE Access; IEEE Computer; IEEE Intelligent
    Systems; IEEE Micro; IEEE MultiMedia; IEEE Network; IEEE Robotics & Automation Magazine; IEEE
    Software; IEEE Spectrum; Image and Vision Computing; Information and Computation; Information
    and Inference; Information Fusion; Information Processing & Management; Information Processing
    and Management; Information Sciences; Information Systems; Information Systems Research; Inverse
    Problems; iScience; JAMA; Joule; Knowledge and Information Systems; Knowledge-Based Systems;
    Lancet; Language Resources and Evaluation; Machine Intelligence Research; Machine Learning;
    Machine Learning: Science and Technology; Machine Translation; Machine Vision and Applications;
    Management Science; Mathematical Programming; Mathematics of Computation; Mathematics of
    Operations Research; Medical Image Analysis; Medical Physics; Minds and Machines; MIS Quarterly;
    Multimedia Tools and Applications; Natural Language Engineering; Nature; Networks; Neural
    Computation; Neural Computing and Applications; Neural Networks; Neurocomputing; NeuroImage;
    Neuroinformatics; Neuron; Neuropsychologia; Nucleic Acids Research; Numerische Mathematik;
    Operations Research; Pattern Analysis and Applications; Pattern Recognition; Patterns;
    Performance Evaluation; Personal and Ubiquitous Computing; Physica A; Physica D; Political
    Analysis; Proc. IEEE; Proceedings of the IEEE; Proceedings of the National Academy of Sciences;
    Proceedings of the VLDB Endowment; Psychometrika; Quantum; Radiology; Remote Sensing; Remote
    Sensing of Environment; Robotica; Robotics and Autonomous Systems; Royal Society Open Science;
    Science; Science Advances; Science China Information Sciences; Science of Computer Programming;
    Science Robotics; Science Translational Medicine; Scientific American; Scientific Data;
    Scientific Reports; Scientometrics; Semantic Web; Sensors; SIGIR Forum; SIGKDD Explorations;
    SIGMOD Record; Signal Processing; Signal Processing: Image Communication; Social Networks; Soft
    Computing; Software: Practice and Experience; Speech Communication; Statistica Sinica;
    Statistical Science; Statistics and Computing; Statistics in Medicine; Swarm Intelligence;
    Synthese; Technometrics; The Lancet; The Visual Computer; Theoretical Computer Science; Theory
    of Computing; Theory of Computing Systems; Topics in Cognitive Science; User Modeling and
    User-Adapted Interaction; Vision Research; Visual Intelligence
    """.casefold().split(";")
)
_JOURNAL_ACRONYMS: Final = words(
    "cacm csur cviu dmkd dmlr ftml ijcv ijrr jacm jair jamia jasa jcss jmlr jmva jsac jssc kais mlj mloss"
    " neco nejm pacmpl pami pnas pvldb ra-l ral t-ro tacl taslp tcad tcs tcsvt tcyb tip tist tit tkdd tkde"
    " tmc tmi tmlr tmm tnnls toc tochi tods tog tois toit tomm toms topc toplas tosem tpami tpds tro tsp"
    " tvcg tweb"
)
_CONFERENCES: Final = words(
    "3dv aaai aacl aamas accv acl acml aistats alt asplos asru atc automl bmvc cade cav ccs chi chil cidr"
    " cikm clear clef coling collas colm colt conll corl cosyne cpal cscw cvpr cvprw dac dcc disc eacl"
    " ecai eccv eccvw ecir ecml ecmlpkdd ecoop edbt edm emnlp esa esec eswc eurocrypt eurosys eusipco"
    " facct focs fpga fse gecco globecom hotnets hpca hri icalp icann icaps icassp icc iccad iccv iccvw"
    " icde icdm icdt icfp icip iclr iclrw icme icmi icml icmlw icmr icpr icra icse icsr icwsm ijcai ijcnlp"
    " ijcnn imc infocom inlg interspeech ipdps ipsn iros isbi isca iscas isipta isit ismar ismir issta"
    " iswc itcs iui iwslt jcdl jelia kdd kr l4dc lak lics log lrec lrec-coling miccai midl mlhc mlsys"
    " mobicom mobisys naacl naacl-hlt ndss neurips nips nodalida nsdi oopsla osdi pakdd percom pets pgm"
    " pkdd pldi podc pods popl ppopp ppsn recomb recsys rlc rss saner satml sc sdm semeval sensys sigcomm"
    " sigcse sigdial siggraph sigir sigkdd sigmetrics sigmod soda sosp spaa stacs stoc tark tcc trec uai"
    " ubicomp uist umap vldb vmcai vr wacv wacvw wine wmt wsdm www"
)
_PUBLISHERS: Final = words("acm acm/ieee aaai/acm ieee ieee/acm ieee/cvf ieee/rsj siam springer the usenix")
_BARE: Final = re.compile(r"(?<=[\w.])(?:[\s,;:'\u2019(]+(?:vol\.?|volume|no\.?|in press|\d).*|\s*[(,;].*)$")
_TOKEN: Final = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_RULES: Final[tuple[tuple[WorkType, str], ...]] = (  # the first that is found in a name decides
    ("preprint", r"\b(?:\w*rxiv|corr|pre-?prints?|ssrn|submitted|under review|rejected|withdrawn)\b"),
    ("thesis", r"\b(?:thesis|dissertation|habilitation(?:sschrift)?)\b"),
    ("report", r"\b(?:(?:technical|tech\.?|research) reports?|white ?paper|working papers?)\b"),
    ("software", r"^(?:git(?:hub|lab)|pypi|cran|(?:computer )?software)\b"),
    ("dataset", r"^(?:kaggle|linguistic data consortium|uci machine learning repository|data ?set)\b"),
    ("incollection", r"\b(?:handbook|encyclop(?:a?e|æ)dia|companion to|chapter in)\b"),
    ("article", r"^proc(?:eedings|\.) (?:of the )?acm (?!.*\b(?:conf|symp|workshop|sig))"),
    ("article", r"^proc(?:eedings|\.) (?:of the )?(?:natl|national academy|vldb|royal society)"),
    (
        "inproceedings",
        r"\b(?:conference|proceedings|symposium|workshops?|meeting|congress|colloquium|w&cp)\b",
    ),
    (
        "inproceedings",
        r"\b(?:findings of|advances in|lecture notes in|lncs|acm multimedia)\b|^(?:proc|usenix)\b",
    ),
    ("inproceedings", r"\b(?:conf|proc|symp)\.|\brobotics: science and systems\b"),
    ("inproceedings", r"\b(?:neural information processing systems|knowledge discovery and data mining)\b"),
    ("inproceedings", r"\b(?:computer vision and pattern recognition|north american chapter)\b"),
    ("inproceedings", r"\bcommunications in computer and information science\b"),
    (
        "article",
        r"\b(?:journal|transactions|letters|reviews?|magazine|annals|quarterly|bulletin|archives?)\b",
    ),
    (
        "article",
        r"\b(?:acta|revue|zeitschrift|communications|frontiers in|foundations and trends|trends in)\b",
    ),
    ("article", r"\b(?:peerj|plos|bmc|jmir|npj)\b|^j\b|^nature [a-z]"),
    ("article", r"\b(?:j|trans|lett|rev|mag|ann|commun|comm|nat|phys|bull|comput|learn|process|intell)\."),
    ("article", r"\b(?:sci|syst|inf|softw|program|math|stat|appl|eng|netw|robot)\."),
    ("book", r"\bpress(?=$|[,.:]|\W+\d)|^(?:springer|wiley|elsevier|pearson|mcgraw[- ]hill|routledge)\b"),
    ("book", r"^(?:o.reilly|birkh(?:ä|ae)user|morgan kaufmann|addison[- ]wesley|prentice[- ]hall|packt)\b"),
    ("book", r"^(?:manning|apress|chapman|world scientific|de gruyter|palgrave|penguin|w\. ?h\. freeman)\b"),
)
_COMPILED: Final = tuple((sort, re.compile(pattern)) for sort, pattern in _RULES)
_UNKNOWN_ACRONYM: Final = re.compile(
    r"(?:[a-z ]+ )?(?:(?:IEEE|ACM|SIAM|AAAI)\S* )?(?!\w*[a-z]AI\b)\d?[A-Z][A-Za-z]*[A-Z][A-Za-z]*\S{0,9}"
    r"[ '\u2019-]?(?:19|20)?\d\d(?!\d).*"
)


@lru_cache(maxsize=1 << 12)
def work_type(venue: str) -> WorkType | None:
    """What sort of publication appears at a venue such as "ICML 2024", None if its name does not tell."""
    name = " ".join(venue.casefold().split())
    bare = _BARE.sub("", name)
    if bare in _JOURNALS:
        return "article"
    tokens = [token for token in _TOKEN.findall(name) if token not in _PUBLISHERS]
    if tokens and tokens[0] in _JOURNAL_ACRONYMS and "proceedings" not in name and "w&cp" not in name:
        return "article"
    if found := next((sort for sort, pattern in _COMPILED if pattern.search(name)), None):
        return found
    known = tokens and (tokens[0] in _CONFERENCES or any(map(_is_acronym, _TOKEN.findall(venue))))
    return "inproceedings" if known or _UNKNOWN_ACRONYM.fullmatch(venue) else None


def _is_acronym(word: str) -> bool:
    """Whether a word is a conference's acronym as people write them, not a word in small letters."""
    return word.casefold() in _CONFERENCES and word[1:] != word[1:].lower()
