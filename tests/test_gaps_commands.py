"""The commands overlaps and gaps, and the page 交叉与空白: filters, bodies, both clauses a click away, files to take along."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from app_pages import ROOT, fill, opened
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from interfaces.cli import app as cli
from interfaces.pages.gaps_view import Wanted, wanted_in
from interfaces.parts import folded

RULE = """江川市户外广告管理办法

江川市人民政府令第12号

第一条 为了加强户外广告管理，制定本办法。

第二条 擅自设置户外广告的，由城市管理部门或者市场监督管理部门责令限期拆除。

第三条 城市管理部门接到投诉的，应当及时调查处理。

第四条 户外广告设置名录应当及时公布。
"""
OTHER = """云岭省{name}条例

2021年3月1日云岭省第八届人民代表大会常务委员会第二次会议通过

第一条 为了{name}，制定本条例。

第二条 在公园内<b>擅自搭建临时摊点堆放经营物料的，由{body}责令限期拆除，处五百元罚款。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    texts = {
        "广告.txt": RULE,
        "市容.txt": OTHER.format(name="市容管理", body="城市管理部门"),
        "绿地.txt": OTHER.format(name="绿地保护", body="园林绿化部门"),
    }
    return fill(tmp_path_factory.mktemp("空白"), texts)


def run(store, *words):
    return CliRunner().invoke(cli, [*words, "--store", str(store)], env={"COLUMNS": "200"})


def test_gaps_are_listed_with_what_was_searched(store):
    done = run(store, "gaps")
    assert done.exit_code == 0
    assert "职责空白" in done.stdout
    assert "范围：不含已失效文本；共 3 件，库中 3 件" in done.stdout
    assert "G3 有职责无期限（1）" in done.stdout
    assert "没有写期限，只写了“及时”" in done.stdout
    assert "广告#第三条/第一款" in done.stdout


def test_kinds_bodies_and_scope_narrow_the_list(store):
    assert "户外广告设置名录" not in run(store, "gaps", "--kind", "g3").stdout
    assert "户外广告设置名录" not in run(store, "gaps", "--body", "城市管理").stdout
    assert "（0）" in run(store, "gaps", "--kind", "G3", "--region", "云岭省").stdout


def test_overlaps_are_given_as_json(store):
    answer = json.loads(run(store, "overlaps", "--json").stdout)
    assert [one["kind"] for one in answer["findings"]] == ["O1", "O2"]
    assert {q["doc_id"] for q in answer["findings"][1]["quotes"]} == {"市容", "绿地"}
    assert answer["facts"]["检查"].startswith("3 件文件")


def test_an_unknown_kind_names_those_that_there_are(store):
    done = run(store, "gaps", "--kind", "O1")
    assert done.exit_code
    assert "没有“O1”这一类，可用：G1 有机关无职责" in str(done.exception)


def test_excel_holds_both_clauses_and_a_link(store, tmp_path):
    path = tmp_path / "交叉.xlsx"
    assert run(store, "overlaps", "--xlsx", str(path)).exit_code == 0
    sheet = load_workbook(path)["交叉与空白"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["O1 一事多头无牵头", "O2 同一职权分属不同机关"]
    assert rows[1][6].startswith("《云岭省")
    assert rows[1][7] == "绿地#第二条/第一款"
    assert sheet.cell(2, 10).hyperlink.target.endswith("clause=" + quote("广告#第二条/第一款", safe=""))


def test_word_is_written(store, tmp_path):
    path = tmp_path / "空白.docx"
    assert run(store, "gaps", "--docx", str(path)).exit_code == 0
    assert path.stat().st_size


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def app(store, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(store))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_the_page_counts_each_kind_and_leads_to_every_clause(app):
    page = opened(app, "gaps")
    assert "全部 4" in page
    assert "一事多头无牵头 1" in page
    assert "检查了 3 件文件" in page
    for clause in ("广告#第三条/第一款", "市容#第二条/第一款", "绿地#第二条/第一款"):
        assert f"clause={quote(clause, safe='')}" in page
    assert "<b>擅自" not in page
    assert "&lt;b&gt;擅自" in page


def test_kinds_in_the_address_narrow_the_page(app):
    page = opened(app, "gaps", kind=["G3", "x"])
    assert page.count('class="finding"') == 1
    assert "全部 4" in page


def test_a_body_in_the_address_narrows_the_page(app):
    page = opened(app, "gaps", body="园林绿化")
    assert page.count('class="finding"') == 1
    assert "全部 1" in page


def test_a_body_of_nothing_says_so(app):
    assert "没有符合条件的线索" in opened(app, "gaps", body="没有的局")


def test_the_address_of_a_list_is_read_back():
    wanted = wanted_in({"kind": ["G1", "O1", "x"], "body": [" 财政 "], "region": ["云岭省"], "page": ["3"]})
    assert wanted.kinds == {"G1", "O1"}
    assert (wanted.body, wanted.scope.region, wanted.page) == ("财政", "云岭省", 3)
    assert "kind=O1&kind=G1" in wanted.href
    assert wanted.toggled("G1").kinds == {"O1"}
    assert wanted.toggled("G1").page == 1
    assert [kind.id for kind in Wanted().shown()] == ["O1", "O2", "G1", "G2", "G3", "G4", "G5", "G6"]


def test_a_long_quotation_is_folded_not_cut():
    text = "河道" * 300
    assert folded(text, 260).count("河道") == 300
    assert "其余 340 字" in folded(text, 260)
