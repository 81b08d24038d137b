"""Small stores for the tests of search: a document in one call, its provisions as `label text` lines."""

import hashlib
import re
from datetime import date

import pytest

from search.index import open_index
from search.update import locked, update
from tiaoli.provisions import parse_provision
from tiaoli.records import Clause, Document, Kind, ParsedDocument
from tiaoli.store import FileState, Store

KINDS = {"章": Kind.CHAPTER, "条": Kind.ARTICLE, "款": Kind.PARAGRAPH, "）": Kind.ITEM}
LINE = re.compile(r"(?P<indent> *)(?P<label>\S+)(?: (?P<text>.*))?")


def clauses_of(doc_id, lines):
    """Clauses from lines; a deeper indent means a child of the line above."""
    above, clauses = [], []
    for order, line in enumerate(lines):
        match = LINE.fullmatch(line)
        depth, label = len(match["indent"]), match["label"]
        above = [entry for entry in above if entry[0] < depth]
        parent = above[-1][1] if above else None
        address = parse_provision(label)
        kind = Kind.TITLE if label == "标题" else KINDS.get(label[-1], Kind.PARAGRAPH)
        heading, text = (match["text"] or "", "") if kind is Kind.CHAPTER else ("", match["text"] or "")
        clause = Clause(
            f"{parent.clause_id}/{label}" if parent else f"{doc_id}#{label}",
            doc_id,
            parent.clause_id if parent else None,
            kind,
            label,
            (*(parent.path if parent else ()), label),
            heading,
            text,
            0,
            0,
            order,
            address.innermost.number if address else None,
        )
        clauses.append(clause)
        above.append((depth, clause))
    return tuple(clauses)


class Library:
    """A store with its index."""

    def __init__(self, folder):
        self.folder = folder

    def put(self, doc_id, *lines, **fields):
        """Enter a document, in place of an earlier one of that id."""
        lines = lines or (f"第一条 {doc_id}",)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        fields.setdefault("title", doc_id)
        document = Document(doc_id, fields.pop("title"), f"{doc_id}.txt", digest, n_clauses=len(lines), **fields)
        clauses = clauses_of(doc_id, lines)
        with Store(self.folder) as store:
            file = FileState(f"/{doc_id}.txt", document.source, doc_id, digest, "", 1, "present")
            store.put_file(file, [ParsedDocument(document, "\n".join(lines), clauses)])
        return self

    def withdraw(self, doc_id):
        with Store(self.folder) as store:
            store.withdraw(f"/{doc_id}.txt")
        return self

    def index(self):
        """Update the index and open it."""
        with Store(self.folder) as store, locked(store.folder):
            update(store)
        return open_index(self.folder)


@pytest.fixture(scope="session")
def new_library(tmp_path_factory):
    """A new empty store at each call."""
    return lambda: Library(tmp_path_factory.mktemp("library") / "store")


@pytest.fixture
def library(new_library):
    return new_library()


@pytest.fixture
def statutes(library):
    """Three small statutes, one of them in two versions."""
    library.put(
        "处罚法",
        "标题 中华人民共和国行政处罚法",
        "第一章 总则",
        "  第一条 为了规范行政处罚的设定和实施，制定本法。",
        "第二章 种类和设定",
        "  第十条 法律可以设定各种行政处罚。",
        "    第二款 限制人身自由的行政处罚，只能由法律设定。",
        "    （三） 吊销许可证件。",
        title="中华人民共和国行政处罚法",
        level=1,
        doc_type="法律",
        effective=date(2021, 7, 15),
        version_of="处罚法",
        promulgated=date(2021, 1, 22),
    )
    library.put(
        "处罚法2017",
        "第十条 法律可以设定各种行政处罚。",
        "  第二款 限制人身自由的行政处罚，只能由法律设定。",
        title="中华人民共和国行政处罚法",
        level=1,
        doc_type="法律",
        version_of="处罚法",
        promulgated=date(2017, 9, 1),
    )
    library.put(
        "养老办法",
        "第一条 为了规范养老服务，制定本办法。",
        "第二条 养老机构的执法人员应当持证上岗，ＡＢ证件号码2010号。",
        title="江川市养老服务管理办法（试行）",
        doc_type="行政规范性文件",
        level=10,
        issuer="江川市人民政府",
        region="江川市",
        doc_number="江府发〔2018〕37号",
        promulgated=date(2018, 3, 1),
    )
    return library
