"""The page 义务 and the command: what they show, where they lead, what they refuse."""

from __future__ import annotations

import json

import pytest
from app_pages import ROOT, fill, opened
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from interfaces.cli import app as cli
from interfaces.pages.address import clause_href
from interfaces.pages.obligations_html import Wanted, wanted_in
from interfaces.theme import esc
from tiaoli.errors import TiaoliError
from tiaoli.records import NormKind

CITY = """江川市公园管理办法

第一条 市园林局应当每年公布公园开放时间。

第二条 游客不得攀折花木。

第三条 市园林局可以调整公园开放时间。
"""
COUNTY = """临溪县公园管理细则

第一条 县园林局应当每季度公布公园开放时间。
"""
HOSTILE = """江川市<script>alert(0)</script>园林通告

第一条 市园林局不得<script>alert(1)</script>变更公园开放时间。
"""
ABOUT = "公园开放时间"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("pages"), {"市.txt": CITY, "县.txt": COUNTY, "敌意.txt": HOSTILE})


def page(folder, monkeypatch, **params):
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return opened(AppTest.from_file(str(ROOT / "app.py"), default_timeout=30), "obligations", **params)


def run(folder, *words):
    return CliRunner().invoke(cli, ["obligations", *words, "--store", str(folder)])


def test_the_page_shows_groups_whose_members_lead_to_their_clauses(folder, monkeypatch):
    shown = page(folder, monkeypatch, about=ABOUT)
    assert "不同之处：" in shown and "<b>每季度</b>" in shown
    for clause_id in ("市#第一条/第一款", "县#第一条/第一款", "市#第三条/第一款"):
        assert esc(clause_href(clause_id)) in shown
    assert "条款" in shown and "未决" in shown


def test_words_of_documents_and_of_the_address_are_escaped(folder, monkeypatch):
    shown = page(folder, monkeypatch, about=ABOUT, body="<i>某局</i>")
    assert "<script>alert" not in shown and "<i>某局" not in shown
    assert "&lt;script&gt;" in shown


def test_without_a_question_the_page_says_what_to_write(folder, monkeypatch):
    assert "写一个主题" in page(folder, monkeypatch)


def test_a_question_that_says_nothing_and_one_without_an_answer_are_told(folder, monkeypatch):
    assert "请写明主题" in page(folder, monkeypatch, about="的")
    assert "没有找到" in page(folder, monkeypatch, about="海上风力发电")


def test_the_address_narrows_to_kinds(folder, monkeypatch):
    shown = page(folder, monkeypatch, about=ABOUT, kind="power")
    assert "市#第三条" in shown.replace("%23", "#").replace("%E5%B8%82", "市").replace(
        "%E7%AC%AC%E4%B8%89%E6%9D%A1", "第三条"
    )
    assert "每季度" not in shown


def test_odd_addresses_are_read_as_far_as_they_make_sense():
    wanted = wanted_in({"about": ["  公园  开放 "], "kind": ["duty", "?"], "page": ["x"]}, {})
    assert wanted == Wanted("公园 开放", "", frozenset({NormKind.DUTY}), 1, {})
    assert wanted.toggled(NormKind.DUTY) == Wanted("公园 开放").href()


def test_the_command_prints_groups_as_json(folder):
    result = run(folder, "--about", ABOUT, "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.output)
    assert answer["counts"]["documents"] == 3
    first = next(group for group in answer["groups"] if len(group["members"]) > 1)
    assert {member["doc_id"] for member in first["members"]} == {"市", "县"}
    assert {value["value"] for d in first["differences"] if d["name"] == "频次" for value in d["values"]} == {
        "每年",
        "每季度",
    }


def test_the_command_writes_excel_and_word_and_prints_a_list(folder, tmp_path):
    excel, word = tmp_path / "义务.xlsx", tmp_path / "义务.docx"
    assert run(folder, "--about", ABOUT, "--xlsx", str(excel), "--docx", str(word)).exit_code == 0
    assert load_workbook(excel).sheetnames == ["义务", "异同", "说明"]
    assert word.stat().st_size > 0
    assert "承担主体：市园林局" in run(folder, "--body", "江川市园林局").output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "请写明主题"),
        (("--about", ABOUT, "--kind", "x"), "可用：duty"),
        (("--about", ABOUT, "--doc", "无"), "没有编号"),
    ],
)
def test_the_command_says_what_is_wrong(folder, words, why):
    result = run(folder, *words)
    assert isinstance(result.exception, TiaoliError)
    assert why in str(result.exception)
