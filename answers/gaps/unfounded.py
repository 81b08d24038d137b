"""G5 有责任无义务: liability for the breach of a provision that is not there, lays nothing on anybody or says something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.gaps.findings import Finding, FindingKind, Quote, quote
from answers.gaps.liability import Liability, Sanctioned
from answers.gaps.likeness import pairs, share
from answers.gaps.opened import Opened
from answers.gaps.words import pattern
from tiaoli.provisions import Level, Provision
from tiaoli.records import Clause, DocType, Kind, NormKind

KIND = FindingKind(
    "G5",
    "有责任无义务",
    "法律责任条款写明“违反本法第N条”，但该条不存在、没有规定任何义务或禁止，或者说的是另一件事；"
    "或者追究的行为在本文件中没有任何条款禁止。",
    "“依照本法第N条处罚”不是违反的规定；指向另一文件或附录的，不算；义务写在同条其他款、只是说法不同的，不算。",
)
_CONFIDENCE = 0.8
_CONDUCT = re.compile(r"规定[，,](?P<conduct>(?!由)[^。；;：:\n]{6,120}?)的[，,]")
_FEW = 6  # pairs of characters: less says too little to compare
_FOREIGN, _LIKE, _UNHEARD = (
    0.2,
    0.55,
    0.35,
)  # shares of the conduct: of the named article, of another, of all provisions
_PENALTY = re.compile(r"罚款|警告|没收|吊销|责令")
_WHOEVER = re.compile(
    r"违反本[^，。；第]{1,5}规定(?:的)?[，,](?P<conduct>(?!由)[^。；;：:\n]{6,120}?)的[，,](?P<sanction>[^。；;]*)"
)


def unfounded(opened: Opened) -> Iterator[Finding]:
    """Yield liability without the duty that it sanctions; one finding a provision."""
    liability = Liability(opened)
    if not liability.named:
        return
    sanctioning = {clause.clause_id for clause in liability.clauses}
    duties = {c.clause_id: _text(opened, c) for c in opened.clauses if c.kind is Kind.ARTICLE}
    duties = {
        key: text
        for key, text in duties.items()
        if not sanctioning & {c.clause_id for c in opened.whole(opened.by_id[key])}
    }
    yield from _unheard_of(opened, liability, duties)
    seen = set()
    for one in liability.named:
        key = (one.citation.clause_id, str(one.provision))
        if key not in seen and one.provision.get(Level.ARTICLE) is not None:
            seen.add(key)
            found = _of_named(opened, one, duties)
            if found is not None:
                yield found


def _of_named(opened: Opened, one: Sanctioned, duties: dict[str, str]) -> Finding | None:
    target = opened.provisions.find(one.provision)
    if target is None:
        return _missing(opened, one)
    article = opened.article(target)
    if article.clause_id not in duties:
        return None  # sanctions a breach of the liability part itself
    if not _lays_on(opened, article):
        words = quote(opened, target, target.start, max(c.end for c in opened.whole(target)))
        message = f"这里追究违反“{one.provision}”的责任，但该条没有规定义务或禁止，请核对条款序号。"
        return _finding(opened, one, message, (words,))
    return _elsewhere(opened, one, article, duties)


def _lays_on(opened: Opened, article: Clause) -> bool:
    for clause in opened.whole(article):
        norms = opened.norms_of.get(clause.clause_id, ())
        if any(norm.kind is not NormKind.LIABILITY for norm in norms):
            return True
        if pattern("lays_on").search(opened.words(clause)):
            return True
    return False


def _missing(opened: Opened, one: Sanctioned) -> Finding | None:
    article = one.provision.get(Level.ARTICLE)
    last = max((c.number or 0 for c in opened.clauses if c.kind is Kind.ARTICLE), default=0)
    if article is None or not last:
        return None
    if opened.provisions.find(Provision((article,))) is not None:
        why = f"该条没有所说的款、项（{one.provision}）"
    elif article.number > last:
        why = f"本文件没有{one.provision}（最后一条是第{last}条）"
    else:
        why = f"文本中找不到{one.provision}"
    return _finding(opened, one, f"这里追究违反“{one.provision}”的责任，但{why}，请核对条款序号。", ())


def _elsewhere(opened: Opened, one: Sanctioned, article: Clause, duties: dict[str, str]) -> Finding | None:
    """A named article that says nothing of the conduct, where another article says nearly all of it."""
    conduct = _conduct(opened, one)
    if len(pairs(conduct)) < _FEW or share(conduct, duties[article.clause_id]) > _FOREIGN:
        return None
    best = max(duties, key=lambda key: share(conduct, duties[key]))
    if share(conduct, duties[best]) < _LIKE:
        return None
    other = opened.by_id[best]
    quotes = tuple(quote(opened, c, c.start, max(x.end for x in opened.whole(c))) for c in (article, other))
    message = (
        f"这里追究违反“{one.provision}”的责任，但所说的行为见于{other.label}，该条说的是另一件事，请核对条款序号。"
    )
    return _finding(opened, one, message, quotes)


def _conduct(opened: Opened, one: Sanctioned) -> str:
    clause = opened.by_id[one.citation.clause_id]
    begins, ends = opened.sentence(one.citation.start, one.citation.end, clause)
    if opened.text.count("条", begins, one.citation.end) > 1 + opened.text.count("条例", begins, one.citation.end):
        return ""  # one of several provisions: which of the conducts it forbids cannot be told
    found = _CONDUCT.match(opened.text, one.citation.end, ends)
    conduct = found["conduct"] if found else ""
    return "" if "违反本" in conduct or pattern("consequence").search(conduct) else conduct


def _unheard_of(opened: Opened, liability: Liability, duties: dict[str, str]) -> Iterator[Finding]:
    """Conduct that is sanctioned without a number, of which no other article says anything."""
    if opened.document.doc_type is DocType.POWERS_LIST:
        return
    whole = "\n".join(duties.values())
    for clause in liability.clauses:
        for found in _WHOEVER.finditer(opened.text, clause.start, clause.end):
            conduct = found["conduct"]
            if (
                len(pairs(conduct)) < _FEW
                or pattern("consequence").search(conduct)
                or not _PENALTY.search(found["sanction"])
            ):
                continue
            if share(conduct, whole) < _UNHEARD:
                words = (quote(opened, clause, found.start(), found.end()),)
                message = f"这里追究“{conduct}”的责任，但本文件其他条款没有禁止这种行为，也没有相应的义务，请核对。"
                yield Finding(KIND.id, opened.document.doc_id, (clause.clause_id,), (), words, message, _CONFIDENCE)


def _text(opened: Opened, article: Clause) -> str:
    return opened.text[article.start : max(clause.end for clause in opened.whole(article))]


def _finding(opened: Opened, one: Sanctioned, message: str, more: tuple[Quote, ...]) -> Finding:
    clause = opened.by_id[one.citation.clause_id]
    begins, ends = opened.sentence(one.citation.start, one.citation.end, clause)
    quotes = (quote(opened, clause, begins, ends), *more)
    ids = tuple(dict.fromkeys(q.clause_id for q in quotes))
    return Finding(KIND.id, opened.document.doc_id, ids, (), quotes, message, _CONFIDENCE)
