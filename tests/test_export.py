"""The command export, from files on disk to lines on the screen."""

import json
import zipfile
from dataclasses import fields

import networkx as nx
import pytest
import rdflib
from factories import ingest, write
from rdflib.namespace import DCTERMS
from typer.testing import CliRunner

from interfaces.cli import app
from tiaoli.errors import TiaoliError
from tiaoli.exports import replacing
from tiaoli.records import Amendment, Assignment, Body, Citation, Clause, Document, Edge
from tiaoli.store import Store

LAW = """中华人民共和国甲税法

第一章 总则

第一条 为了公平，制定本法。

第二条 行人应当靠右。

违反前款规定的，处十元罚款。
"""
RULE = """乙市交通管理办法

第一条 根据《中华人民共和国甲税法》，制定本办法。

第二条 依照甲税法第二条第一款处罚。
"""
PROMISED = {
    "documents": "doc_id title doc_type level issuer region doc_number promulgated effective expires status version_of source sha256 n_clauses",
    "clauses": "clause_id doc_id parent_id kind label number path heading text start end order function",
    "citations": "clause_id start end text title label relation target_doc_id target_clause_id status",
    "bodies": "body_id name aliases kind level region parent_id",
    "edges": "source target type clause_id norm_id weight",
    "amendments": "clause_id doc_id start end act title label old new new_label target_doc_id target_clause_id status",
    "assignments": "clause_id doc_id start end role body",
}
RECORDS = {
    "documents": Document,
    "clauses": Clause,
    "citations": Citation,
    "bodies": Body,
    "edges": Edge,
    "amendments": Amendment,
    "assignments": Assignment,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    (folder / "甲税法.txt").write_text(LAW, encoding="utf-8")
    (folder / "乙办法.txt").write_text(RULE, encoding="utf-8")
    where = tmp_path_factory.mktemp("store")
    assert CliRunner().invoke(app, ["ingest", str(folder), "--store", str(where), "--workers", "1"]).exit_code == 0
    return where


def run(store, *words):
    return CliRunner().invoke(app, ["export", *words, "--store", str(store)])


def rows(store, *words):
    done = run(store, *words)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("kind", PROMISED)
def test_every_promised_field_leaves(store, kind):
    assert set(PROMISED[kind].split()) <= {f.name for f in fields(RECORDS[kind])}
    assert all(set(PROMISED[kind].split()) <= row.keys() for row in rows(store, kind))


def test_clauses_leave_in_order_with_lists_and_nulls(store):
    found = rows(store, "clauses")
    article = next(row for row in found if row["label"] == "第二条" and row["doc_id"] == "甲税法")
    assert article["path"] == ["第一章", "第二条"]
    assert article["kind"] == "article" and article["function"] is None
    orders = [(row["doc_id"], row["order"]) for row in found]
    assert len(set(orders)) == len(orders)


def test_rows_of_a_list_leave_with_their_cells_by_name(tmp_path_factory):
    folder, where = tmp_path_factory.mktemp("lists"), tmp_path_factory.mktemp("store")
    (folder / "清单.tsv").write_text(
        "某市民政局权责清单\n序号\t事项名称\t权力类型\t行使主体\n1\t社团登记\t\t某市\\n民政局\n", encoding="utf-8"
    )
    assert CliRunner().invoke(app, ["ingest", str(folder), "--store", str(where), "--workers", "0"]).exit_code == 0
    cells = {row["label"]: row["cells"] for row in rows(where, "clauses")}
    named = {"序号": "1", "事项名称": "社团登记", "权力类型": "", "行使主体": "某市\n民政局"}
    assert cells == {"标题": None, "表头": None, "1": named}


def test_spans_cut_the_exported_text(store):
    text = run(store, "text", "乙办法").stdout
    for row in rows(store, "citations"):
        if row["clause_id"].startswith("乙办法#"):
            assert text[row["start"] : row["end"]] == row["text"]


def test_citations_leave_resolved(store):
    found = {row["text"]: row for row in rows(store, "citations")}
    assert found["甲税法第二条第一款"]["target_clause_id"] == "甲税法#第一章/第二条/第一款"
    assert found["《中华人民共和国甲税法》"]["relation"] == "based_on"
    assert found["前款"]["label"] == "第二条第一款"


def test_amendments_leave_led_to_what_they_change(tmp_path):
    decision = "江川市人民政府关于修改《江川市停车办法》的决定\n\n一、删去《江川市停车办法》第二条第一款。\n\n江川市人民政府\n\n2024年3月1日\n"
    measure = "江川市停车办法\n\n第一条 停车应当有序。\n\n第二条 夜间减半。\n\n（责任单位：市公安局）\n"
    write(tmp_path / "files", {"决定.txt": decision, "办法.txt": measure})
    with Store(tmp_path / "store") as store:
        ingest(store, tmp_path / "files")
    (amendment,) = rows(tmp_path / "store", "amendments")
    assert (amendment["act"], amendment["label"], amendment["clause_id"]) == ("删去", "第二条第一款", "决定#一")
    assert (amendment["status"], amendment["target_clause_id"]) == ("resolved", "办法#第二条/第一款")
    assert [(row["role"], row["body"]) for row in rows(tmp_path / "store", "assignments")] == [("责任", "市公安局")]


def test_a_file_gets_the_same_bytes_as_the_screen(store, tmp_path):
    assert run(store, "edges", "-o", str(tmp_path / "e.jsonl")).exit_code == 0
    assert (tmp_path / "e.jsonl").read_bytes() == run(store, "edges").stdout_bytes
    assert [p.name for p in tmp_path.iterdir()] == ["e.jsonl"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    (tmp_path / "out").write_text("old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "out") as out:
        out.write(b"half")
        raise RuntimeError
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out", "old")]


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path):
    with pytest.raises(TiaoliError, match="写不了"), replacing(tmp_path / "none" / "out"):
        pass


READ = {
    "graphml": lambda path: nx.read_graphml(path),
    "gexf": lambda path: nx.read_gexf(path),
    "json": lambda path: nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges"),
    "ttl": lambda path: {
        str(one) for one in rdflib.Graph().parse(path, format="turtle").objects(None, DCTERMS.identifier)
    },
}


@pytest.mark.parametrize("form", READ)
def test_the_graph_leaves_in_every_form(store, tmp_path, form):
    assert run(store, "graph", "--format", form, "-o", str(tmp_path / form)).exit_code == 0
    nodes = set(READ[form](tmp_path / form))
    assert {"甲税法", "乙办法", "甲税法#第一章/第二条/第一款"} <= nodes
    assert run(store, "graph", "--format", form).stdout_bytes == (tmp_path / form).read_bytes()


@pytest.mark.parametrize("form", ["csv", "akn"])
def test_many_files_go_into_a_folder_or_an_archive(store, tmp_path, form):
    for _ in range(2):  # into a folder that is there already too
        assert run(store, "graph", "--format", form, "-o", str(tmp_path / "folder")).exit_code == 0
    assert run(store, "graph", "--format", form, "-o", str(tmp_path / "a.zip")).exit_code == 0
    names = {"csv": {"nodes.csv", "edges.csv"}, "akn": {"甲税法.xml", "乙办法.xml"}}[form]
    files = {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()}
    assert files.keys() == names
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    first = (tmp_path / "a.zip").read_bytes()
    assert run(store, "graph", "--format", form, "-o", str(tmp_path / "a.zip")).exit_code == 0
    assert (tmp_path / "a.zip").read_bytes() == first


def test_one_document_leaves_as_akoma_ntoso(store, tmp_path):
    shown = run(store, "graph", "甲税法", "--format", "akn").stdout_bytes
    assert b"akomaNtoso" in shown and "行人应当靠右".encode() in shown
    assert run(store, "graph", "--format", "akn", "-o", str(tmp_path)).exit_code == 0
    assert (tmp_path / "甲税法.xml").read_bytes() == shown


def test_a_folder_that_cannot_be_made_is_told(store, tmp_path):
    done = run(store, "graph", "--format", "csv", "-o", str(tmp_path / "none" / "out"))
    assert "写不了" in str(done.exception)


USAGE = [
    ("text",),
    ("clauses", "甲税法"),
    ("graph", "甲税法", "--format", "json"),
    ("graph", "--format", "xls"),
    ("graph", "--format", "csv"),
    ("graph", "--format", "akn"),
    ("nothing",),
    ("documents", "--at", "tomorrow"),
]


@pytest.mark.parametrize("words", USAGE)
def test_wrong_usage_is_refused(store, words):
    assert run(store, *words).exit_code == 2


def test_an_unknown_document_is_told(store):
    assert "没有编号" in str(run(store, "text", "没有").exception)
