"""A small shelf of documents, with clauses made by hand and citations as ingest finds them."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.citing.amendments import find_amendments
from ingest.citing.citations import find_citations
from tiaoli.ids import ClauseId
from tiaoli.provisions import parse_provision
from tiaoli.records import Clause, DocType, Document, Kind, ParsedDocument
from tiaoli.store import FileState, Store

KINDS = {"章": Kind.CHAPTER, "条": Kind.ARTICLE, "款": Kind.PARAGRAPH, "项": Kind.ITEM}


def clauses_of(doc_id, lines):
    """Clauses from lines like '第一条/第一款 text'; the text of the document is the lines' own texts."""
    text, clauses = "", []
    for order, line in enumerate(lines):
        path, _, words = line.partition(" ")
        labels = tuple(path.split("/"))
        step = parse_provision(labels[-1]).innermost
        kind = {1: Kind.PART, 3: Kind.CHAPTER, 5: Kind.ARTICLE, 6: Kind.PARAGRAPH, 7: Kind.ITEM}[step.level]
        ids = [str(ClauseId(doc_id, labels[:n])) for n in (len(labels) - 1, len(labels))]
        start = len(text)
        text += words + "\n"
        clauses.append(
            Clause(
                clause_id=ids[1],
                doc_id=doc_id,
                parent_id=ids[0] if labels[1:] else None,
                kind=kind,
                label=labels[-1],
                path=labels,
                heading="",
                text=words,
                start=start,
                end=start + len(words),
                order=order,
                number=step.number,
                suffix=step.suffix or None,
            )
        )
    return text, tuple(clauses)


@pytest.fixture
def shelf(tmp_path):
    """A function that puts documents on the shelf and gives the store: shelf(Document(...), lines), one call a document."""
    with Store(tmp_path / "store") as store:

        def put(doc_id, title, *lines, **more):
            text, clauses = clauses_of(doc_id, lines)
            document = Document(doc_id, title, f"{doc_id}.txt", doc_id, n_clauses=len(clauses), **more)
            citations = tuple(c for clause in clauses for c in find_citations(clause, text))
            file = FileState(f"/{doc_id}.txt", f"{doc_id}.txt", doc_id, doc_id, "", 1, "present")
            amendments = find_amendments(clauses, text, title)
            store.put_file(file, [ParsedDocument(document, text, clauses, (), citations, amendments)])
            return store

        yield put


@pytest.fixture
def library(shelf):
    """A law in two versions, a rule under it, and a later rule that repeals it."""
    law = {"doc_type": DocType.LAW, "level": 1, "issuer": "全国人大常委会", "version_of": "甲税法"}
    shelf(
        "甲税法",
        "中华人民共和国甲税法",
        "第一条 为了公平。",
        "第一条/第一款 行人靠右。",
        "第二条 旧文。",
        effective=date(2000, 1, 1),
        **law,
    )
    shelf(
        "甲税法2020",
        "中华人民共和国甲税法（2020年修订）",
        "第一条 为了公平。",
        "第三条 新文。",
        effective=date(2020, 5, 1),
        **law,
    )
    shelf(
        "乙办法",
        "乙市甲税法实施办法",
        "第一章 总则",
        "第一章/第一条 根据《甲税法》，制定本办法。",
        "第一章/第二条 依照甲税法第二条处罚；违反本办法第一条的，依照《甲税法》第九条处罚。",
        "第一章/第三条 参照《丙规定》执行，依照《丙规定》执行。",
        issuer="乙市人民政府、乙市公安局",
        effective=date(2010, 1, 1),
    )
    return shelf(
        "乙办法2021",
        "乙市甲税法施行规定",
        "第一条 根据《甲税法》第三条，制定本规定。",
        "第二条 《乙市甲税法实施办法》同时废止。",
        issuer="乙市公安局 中华人民共和国乙市人民政府",
        effective=date(2021, 1, 1),
    )


def dated(document, **dates):
    return replace(document, **dates)
