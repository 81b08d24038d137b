import gzip
import json
import re

import pytest
from typer.testing import CliRunner

from ingest.import_clauses import import_clauses
from interfaces.cli import app
from search.update import locked
from tiaoli.errors import BadData, UnreadableFile
from tiaoli.store import Store

ROWS = [
    {"id": "a1", "law": "甲法", "article": "第一条", "heading": "第一编 总则 / 第一章 一般规定", "text": "为了规范行政处罚，制定本法。"},
    {"id": "a2", "law": "甲法", "article": "第二条", "heading": "第一编 总则 / 第二章 罚则", "text": "处罚公开。\n依法进行。"},
    {"id": "b1", "law": "乙规定", "article": "第一条", "heading": "", "text": "执法人员持证上岗。", "category": "行政法规", "date": "2020-01-02"},
]  # fmt: skip


def write(path, rows):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def run(tmp_path):
    runner = CliRunner()
    return lambda *args, **options: runner.invoke(app, [*args, "--store", str(tmp_path / "store")], **options)


@pytest.fixture
def imported(run, tmp_path):
    assert run("import-clauses", str(write(tmp_path / "rows.jsonl.gz", ROWS))).exit_code == 0
    return run


def test_imported_clauses_keep_their_ids_and_stand_under_their_headings(imported, tmp_path):
    with Store(tmp_path / "store") as store:
        clause = store.clause("a2")
        document = store.document(clause.doc_id)
        text = store.text(clause.doc_id)
        law = store.document(store.clause("b1").doc_id)
        clauses = store.clauses(clause.doc_id)
    assert (clause.path, clause.number, document.title) == (("第一编", "第二章", "第二条"), 2, "甲法")
    assert (law.doc_type, law.level, str(law.promulgated)) == ("行政法规", 2, "2020-01-02")
    assert "".join("".join(text[c.start : c.end].split()) for c in clauses) == "".join(text.split())
    assert text[clause.start : clause.end] == "第二条 处罚公开。\n依法进行。"


def test_bad_rows_are_told_and_counted_and_the_others_go_in(run, tmp_path):
    rows = [*ROWS, "no json", {"id": "a1", "law": "甲法", "text": "又一次"}, {"id": "c", "law": "", "text": "x"}, ""]
    done = run("import-clauses", str(write(tmp_path / "rows.jsonl", rows)))
    assert done.exit_code == 3
    assert re.findall(r"第 (\d+) 行不能用", done.stderr) == ["4", "5", "6"]
    assert "2 件文件、3 个条款，3 行不能用" in done.stdout


def test_a_file_imported_again_changes_nothing_and_a_changed_one_takes_the_place_of_the_former(imported, tmp_path):
    path = tmp_path / "rows.jsonl.gz"
    assert "没有变化" in imported("import-clauses", str(path)).stdout
    imported("import-clauses", str(write(path, [ROWS[0] | {"text": "全新的条文。"}])))
    hits = json.loads(imported("search", "全新的条文 持证上岗", "--json").stdout)["hits"]
    assert [hit["clause_id"] for hit in hits] == ["a1"]


@pytest.mark.parametrize("data, error", [(b"\x1f\x8b\x08broken", UnreadableFile), (b"", BadData), (b"junk\n", BadData)])
def test_a_file_of_which_nothing_can_be_used_is_refused(tmp_path, data, error):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(data)
    with Store(tmp_path / "store") as store, pytest.raises(error):
        import_clauses(path, store)


def test_search_prints_json_with_the_fields_of_the_contract(imported):
    body = json.loads(imported("search", "执法人员持证上岗", "--json", "--top", "1", "--facets").stdout)
    hit = body["hits"][0]
    assert hit.keys() >= {"rank", "score", "clause_id", "doc_id", "title", "path", "text", "highlights"}
    assert (hit["rank"], hit["clause_id"], hit["title"], hit["path"]) == (1, "b1", "乙规定", ["第一条"])
    assert [hit["text"][s["start"] : s["end"]] for s in hit["highlights"]] == ["执法人员持证上岗"]
    assert body["facets"]["doc_type"] == {"行政法规": 1}


def test_search_prints_hits_for_people(imported):
    done = imported("search", "处罚公开", "--filter", "条款类型=条")
    assert done.stdout.startswith("1. 甲法  第一编 / 第二章 / 第二条\n处罚公开。")
    assert "命中：处罚公开" in done.stdout


def test_search_without_words_or_hits_says_so(imported):
    assert "请输入" in imported("search", "").stderr
    assert "没有找到" in imported("search", "魑魅魍魉").stderr


def test_search_without_a_store_says_what_to_do(run):
    done = run("search", "处罚")
    assert done.exit_code != 0 and "tiaoli ingest" in str(done.exception)


def test_batch_search_answers_each_line_and_names_the_bad_ones(imported, tmp_path):
    questions = '{"qid": 7, "text": "持证上岗"}\n\nnot json\n{"qid": "b"}\n{"qid": "c", "text": "？"}\n'
    done = imported("batch-search", "-", "--top", "2", input=questions)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 3
    assert re.findall(r"第 (\d+) 行不能用", done.stderr) == ["3", "4"]
    assert [(row["qid"], [hit["clause_id"] for hit in row["hits"]][:1]) for row in rows] == [(7, ["b1"]), ("c", [])]


def test_ingest_updates_the_index_and_search_notices_one_that_is_behind(run, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "甲办法.txt").write_text("甲办法\n第一条 执法人员应当持证上岗。\n", encoding="utf-8")
    assert run("ingest", str(folder), "--workers", "0").exit_code == 0
    assert (tmp_path / "store" / "index" / "gen-1").is_dir()
    with Store(tmp_path / "store") as store:  # an import that died before it came to the index
        import_clauses(write(tmp_path / "rows.jsonl", ROWS), store)
    hits = json.loads(run("search", "处罚公开", "--json").stdout)["hits"]
    assert hits[0]["clause_id"] == "a2"


def test_search_goes_on_with_the_last_index_while_another_process_imports(imported, tmp_path):
    with locked(tmp_path / "store"), Store(tmp_path / "store") as store:
        import_clauses(write(tmp_path / "more.jsonl", [ROWS[0] | {"id": "z", "law": "丙法"}]), store)
        done = imported("search", "处罚公开", "--json")
    assert json.loads(done.stdout)["hits"][0]["clause_id"] == "a2"
    assert "有 1 件文件还没有编入索引，另一个程序正在导入" in done.stderr


def test_an_import_without_anything_readable_leaves_an_empty_index(run, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    assert run("ingest", str(folder), "--workers", "0").exit_code == 0
    done = run("search", "处罚")
    assert not done.stdout and "没有找到" in done.stderr


def test_what_another_text_repeals_is_told_as_of_a_day(run, tmp_path):
    old = "甲市燃气办法\n\n第一条 管道燃气实行特许经营。\n\n第二条 本办法自2015年1月1日起施行。\n"
    new = "甲市公用事业办法\n\n第一条 公用事业实行特许经营。\n\n第二条 本办法自2024年7月1日起施行。《甲市燃气办法》同时废止。\n"
    for name, text in (("旧.txt", old), ("新.txt", new)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run("ingest", str(tmp_path / "旧.txt"), str(tmp_path / "新.txt"))

    def standing(*options):
        hits = json.loads(run("search", "特许经营", "--json", *options).stdout)["hits"]
        return {hit["title"]: hit["status"] for hit in hits}

    assert standing("--at", "2024-06-30") == {"甲市燃气办法": "现行有效", "甲市公用事业办法": "尚未生效"}
    assert standing("--at", "2024-07-01") == {"甲市燃气办法": "已废止", "甲市公用事业办法": "现行有效"}
    assert standing("--at", "2024-07-01", "--filter", "status=已废止") == {"甲市燃气办法": "已废止"}
    exported = run("export", "documents", "--at", "2024-07-01").stdout
    assert {row["title"]: row["status"] for row in map(json.loads, exported.splitlines())} == standing()
