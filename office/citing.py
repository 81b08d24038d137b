"""How a provision is cited in writing: 《标题》（文号）第九条第一款第（三）项."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaoli.provisions import OWN
from tiaoli.records import Citation, Document

_DIVISION = re.compile(r"第.+(?:编|章|节)$")
_ARTICLE = re.compile(r"第.+条(?:之.+)?$")
_BRACKETED = re.compile(r"[（(](.+)[）)]$")
_CHINESE = re.compile("[一二三四五六七八九十百]+")
_OURS = {"标题", "序言", "落款", "表"}


def cited_title(document: Document) -> str:
    """Return the title in its marks, those inside made single, with the 文号 where there is one.

    >>> cited_title(Document("a", "江川市关于修改《某办法》的决定", "a.txt", "", doc_number="江政规〔2025〕2号"))
    '《江川市关于修改〈某办法〉的决定》（江政规〔2025〕2号）'
    """
    inner = (document.title or document.source).replace("《", "〈").replace("》", "〉")
    return f"《{inner}》" + (f"（{document.doc_number}）" if document.doc_number else "")


def cited_name(citation: Citation) -> str:
    """Return what a citation names: 《标题》第三条; of the citing document itself 本文件第三条.

    >>> cited_name(Citation("c", "d", 0, 5, "本法第三条", OWN, "第三条"))
    '本文件第三条'
    """
    title = citation.title if citation.title == OWN else f"《{citation.title}》"
    return f"{title}{citation.label or ''}"


def cited_path(path: Sequence[str], *, only_paragraph: bool = False) -> str:
    """Return the address of a clause as it is written; `only_paragraph` says that its article has only one 款.

    >>> cited_path(("第二章", "第九条", "第一款", "（三）"))
    '第九条第一款第（三）项'
    >>> cited_path(("第二章", "第九条", "第一款", "（三）"), only_paragraph=True)
    '第九条第（三）项'
    >>> cited_path(("三", "（六）", "1", "（2）")), cited_path(("第三章", "第一节"))
    ('三、（六）1.（2）', '第三章第一节')
    """
    at = next((n for n, label in enumerate(path) if _ARTICLE.match(label)), None)
    if at is None:
        return "".join(_in_policy(label) for label in path)
    head = [label for label in path[:at] if not _DIVISION.match(label)]  # articles are numbered through
    below = [_in_article(label) for label in path[at + 1 :] if not (only_paragraph and label == "第一款")]
    return "".join((*head, path[at], *below))


def _in_article(label: str) -> str:
    if (match := _BRACKETED.match(label)) is not None:
        return f"第（{match[1]}）项"
    return f"第{label}目" if label.isdecimal() else label


def _in_policy(label: str) -> str:
    if label in _OURS:
        return ""
    if label.startswith("段") and label[1:].isdecimal():
        return f"第{label[1:]}段"
    if label.isdecimal():
        return f"{label}."
    return f"{label}、" if _CHINESE.fullmatch(label) else label
