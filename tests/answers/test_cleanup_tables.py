"""The 目录 of a clean-up: as tables, by the command, on the page; and the figures that its rules carry."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from app_pages import ROOT, fill, opened
from docx import Document as WordDocument
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from answers.cleanup.judge import Judge, cleanup
from answers.cleanup.records import RULES, Result
from answers.cleanup.tables import catalogue, reasons, said
from answers.scope import Scope
from compare.present import Presence
from graph.corrected import CorrectedResolver
from interfaces.cli import app
from interfaces.pages import cleanup_view
from interfaces.pages.address import clause_href
from office.tables import excel_file, word_file
from tiaoli.store import Store

DAY = date(2026, 12, 1)
CODE = """中华人民共和国水域法典

第一条 为了保护水域，制定本法。

第二条 本法自2026年8月15日起施行。《中华人民共和国湖泊保护法》同时废止。
"""
LAKES = """江川市湖泊巡查办法

第一条 根据《中华人民共和国湖泊保护法》，制定本办法。

第二条 市水务局应当每年巡查湖泊，依照《中华人民共和国湖泊保护法》登记。

第三条 擅自填埋的，依照《中华人民共和国湖泊保护法》处罚。
"""
GRAVES = """=1+1<script>alert("1")</script>办法

第一条 市民政局负责公墓<b>管理</b>。

第二条 本办法自2019年1月1日起施行，有效期5年。
"""
KEPT = "江川市公园管理办法\n\n第一条 市园林局负责公园的管理和养护。\n"
MANIFEST = """[[document]]
file = "法典.txt"
doc_type = "法律"
effective = 2026-08-15
[[document]]
file = "湖泊.txt"
doc_type = "行政规范性文件"
issuer = "江川市人民政府"
doc_number = "江政规〔2010〕3号"
promulgated = 2010-03-01
effective = 2010-04-01
[[document]]
file = "公墓.txt"
doc_type = "行政规范性文件"
issuer = "江川市民政局"
effective = 2019-01-01
expires = 2023-12-31
[[document]]
file = "公园.txt"
doc_type = "行政规范性文件"
issuer = "江川市园林局"
"""
TEXTS = {"法典.txt": CODE, "湖泊.txt": LAKES, "公墓.txt": GRAVES, "公园.txt": KEPT, "manifest.toml": MANIFEST}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("cleanup"), TEXTS)


@pytest.fixture(scope="module")
def found(folder):
    with Store(folder, read_only=True) as store:
        judge = Judge(CorrectedResolver.of(store, at=DAY, follow=Presence(store, at=DAY).of), DAY)
        return cleanup(judge, Scope())


def test_every_document_stands_in_the_table_of_its_result(found):
    tables = catalogue(found, "全部")
    assert [table.title for table in tables] == [
        "继续有效目录",
        "拟修改目录",
        "拟废止目录",
        "宣布失效目录",
        "清理理由逐条清单",
    ]
    assert [len(table.rows) for table in tables] == [1, 1, 0, 1, 4]
    kept, amended, _, lapsed, every = tables
    assert kept.rows[0].values[5:7] == ("继续有效", "未发现需要修改、废止或者宣布失效的理由。")
    assert amended.rows[0].values[:6] == (
        1,
        "江川市湖泊巡查办法",
        "江政规〔2010〕3号",
        "江川市人民政府",
        "2010年3月1日",
        "拟修改",
    )
    assert amended.rows[0].values[7] == "《中华人民共和国水域法典》（2026年8月15日）"
    assert "（2 处）" in amended.rows[0].values[6]
    assert lapsed.rows[0].clause_id == "公墓#第二条/第一款"
    assert all(row.clause_id for table in tables for row in table.rows)
    assert {row.values[10] for row in every.rows} == {"T1", "B2", "B3"}


def test_the_facts_say_what_was_looked_at_and_what_could_not_be_judged(found):
    facts = dict(catalogue(found, "江川市")[0].facts)
    assert facts["范围"] == "江川市"
    assert facts["结果"] == "继续有效 1 件，修改 1 件，废止 0 件，失效 1 件"
    assert facts["未列入"] == "没有指定的文种：法律 1 件"
    assert facts["无法判断"].startswith("1 件没有可以确定的日期")
    assert "3 处引用的文件不在库中" in facts["无法判断"]


def test_the_tables_leave_as_excel_and_word_without_formulas(found):
    tables = catalogue(found, "全部")
    book = load_workbook(BytesIO(excel_file(tables, clause_href)))
    assert book.sheetnames == ["继续有效目录", "拟修改目录", "拟废止目录", "宣布失效目录", "逐条理由", "说明"]
    assert book["宣布失效目录"]["B2"].data_type == "s"
    assert book["宣布失效目录"]["B2"].value.startswith("=1+1<script>")
    words = WordDocument(BytesIO(word_file(tables[:-1])))
    assert "江川市湖泊巡查办法" in {cell.text for table in words.tables for row in table.rows for cell in row.cells}


def test_reasons_are_told_once_with_their_number():
    assert reasons([]) == ""


def test_acts_are_named_with_their_day(found):
    acts = {finding.act for verdict in found.verdicts for finding in verdict.findings if finding.act}
    assert {said(act) for act in acts} == {"《中华人民共和国水域法典》（2026年8月15日）"}


# --- the command -----------------------------------------------------------------------------------------------------


def run(folder, *options: str):
    return CliRunner().invoke(app, ["cleanup", "--store", str(folder), "--at", "2026-12-01", *options])


def test_the_command_prints_the_lists(folder):
    printed = run(folder)
    assert printed.exit_code == 0
    assert "宣布失效目录" in printed.stdout
    assert "公墓#第二条/第一款" in printed.stdout


def test_the_command_gives_json(folder):
    answer = json.loads(run(folder, "--json", "--issuer", "水").stdout)
    assert answer["documents"] == []
    answer = json.loads(run(folder, "--json", "--issuer", "江川市人民政府").stdout)
    assert answer["counts"] == {"继续有效": 0, "修改": 1, "废止": 0, "失效": 0}
    assert answer["day"] == "2026-12-01"
    (one,) = answer["documents"]
    assert one["result"] == "修改"
    assert one["deciding"] == ["B2", "B3"]
    first = one["findings"][0]
    assert first["quote"] == "根据《中华人民共和国湖泊保护法》，制定本办法"
    assert first["act"] == {
        "title": "中华人民共和国水域法典",
        "day": "2026-08-15",
        "doc_id": "法典",
        "clause_id": "法典#第二条/第一款",
    }


def test_the_day_changes_the_result(folder):
    answer = json.loads(
        CliRunner().invoke(app, ["cleanup", "--store", str(folder), "--at", "2023-12-01", "--json"]).stdout
    )
    assert answer["counts"] == {"继续有效": 3, "修改": 0, "废止": 0, "失效": 0}


def test_the_command_saves_both_files(folder, tmp_path):
    excel, word = tmp_path / "目录.xlsx", tmp_path / "目录.docx"
    saved = run(folder, "--xlsx", str(excel), "--docx", str(word))
    assert saved.exit_code == 0
    assert saved.stdout == ""
    assert load_workbook(excel)["拟修改目录"].max_row == 2
    assert len(WordDocument(str(word)).tables) == 4


def test_wrong_words_are_told(folder):
    assert "不能是“昨天”" in str(run(folder, "--at", "昨天").exception)
    assert "没有“红头文件”这种文种" in str(run(folder, "--type", "红头文件").exception)


# --- the page --------------------------------------------------------------------------------------------------------


def page(folder, monkeypatch, **params: str) -> str:
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return opened(AppTest.from_file(str(ROOT / "app.py"), default_timeout=30), "cleanup", **params)


def test_the_page_shows_documents_with_reasons_that_lead_to_clauses_and_acts(folder, monkeypatch):
    html = page(folder, monkeypatch)
    assert html.index("=1+1&lt;script&gt;") < html.index("江川市湖泊巡查办法") < html.index("江川市公园管理办法")
    assert "<script>alert" not in html
    assert clause_href("公墓#第二条/第一款") in html
    assert clause_href("法典#第二条/第一款") in html  # the act that changed things
    assert "其余 1 处" in html
    assert "无法判断：1 件没有可以确定的日期" in html
    assert "未列入：没有指定的文种：法律 1 件。" in html


def test_the_address_narrows_the_page(folder, monkeypatch):
    html = page(folder, monkeypatch, result="修改")
    assert "江川市湖泊巡查办法" in html
    assert "江川市公园管理办法" not in html
    assert 'aria-current="true" href="./cleanup">✓' not in html
    html = page(folder, monkeypatch, rule="T1")
    assert "江川市湖泊巡查办法" not in html
    assert "有效期届满" in html
    html = page(folder, monkeypatch, issuer="园林")
    assert "江川市公园管理办法" in html
    assert "湖泊" not in html
    assert "没有这样的文件" in page(folder, monkeypatch, result="废止")


def test_an_odd_address_asks_for_everything():
    assert cleanup_view.wanted_in({"result": ["烧毁"], "rule": ["Z9"], "page": ["-1"]}) == cleanup_view.Wanted()
    wanted = cleanup_view.wanted_in({"result": ["废止"], "rule": ["B1"], "page": ["2"], "region": ["云岭省"]})
    assert cleanup_view.wanted_in({"result": ["废止"], "rule": ["B1"], "page": ["2"], "region": ["云岭省"]}) == wanted
    assert "result=%E5%BA%9F%E6%AD%A2" in wanted.href
    assert "page=2" in wanted.href


# --- the figures -----------------------------------------------------------------------------------------------------


def test_the_confidence_of_each_rule_is_what_was_read():
    rows = [
        json.loads(line)
        for line in (ROOT / "bench/results/readings/cleanup.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for rule in RULES.values():
        read = [row["verdict"] == "right" for row in rows if row["rule"] == rule.rule_id]
        assert rule.confidence == (round((sum(read) + 1) / (len(read) + 2), 2) if read else None)
        assert len(read) <= 40
    assert all(len(row["quote"]) <= 60 for row in rows)


def test_each_result_of_a_clean_up_has_a_rule():
    assert {rule.result for rule in RULES.values()} == {None, Result.AMEND, Result.REPEAL, Result.LAPSE}
