"""Comparing, as people do it: the commands diff and history, and the page 对照."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from factories import ingest, write
from streamlit.testing.v1 import AppTest

from interfaces import cli
from interfaces.pages.comparing import CHANGED, Wanted, wanted_in
from tiaoli.records import Change
from tiaoli.store import Store

ROOT = Path(__file__).parent.parent
OLD = """江川市河道管理办法

（2018年3月1日江川市人民政府令第5号公布）

第一条 为了加强河道管理，保障防洪安全，根据有关法律，制定本办法。

第二条 市水务局负责全市河道的监督管理。

第三条 任何单位和个人不得在河道内倾倒垃圾、擅自采砂。

第四条 本办法自2018年5月1日起施行。
"""
NEW = """江川市河道管理办法

（2018年3月1日江川市人民政府令第5号公布　2023年6月1日江川市人民政府令第9号修订）

第一条 为了加强河道管理，保障防洪安全，根据有关法律，制定本办法。

第二条 河道保护应当遵循统一规划、综合治理的原则。

第三条 市水行政主管部门负责全市河道的监督管理。

第四条 任何单位和个人不得在河道内倾倒垃圾、擅自采砂。

第五条 本办法自2023年8月1日起施行。
"""
HOSTILE = """江川市<script>alert("1")</script>规定

第一条 为了<b onclick="x()">管理</b> & <img src=x onerror=alert(2)>，制定本规定。
"""
NAMES = ("河道2018", "河道2023")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A store with two versions of a measure, and a text that would be HTML if it could."""
    base = tmp_path_factory.mktemp("对照")
    files = write(base / "文件", {f"{NAMES[0]}.txt": OLD, f"{NAMES[1]}.txt": NEW, "敌意.txt": HOSTILE})
    with Store(base / "库") as store:
        ingest(store, files)
    return base / "库"


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.fixture
def tiaoli(folder, monkeypatch, capsys):
    """Run a command in this process; returns exit code, standard output and standard error."""
    monkeypatch.setenv("TIAOLI_STORE", str(folder))

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tiaoli", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return run


def test_history_lists_the_versions(tiaoli):
    shown = tiaoli("history", "江川市河道管理办法", "--at", "2020-01-01")[1]
    assert "2 个版本（时效截至 2020-01-01）" in shown
    lines = shown.splitlines()
    assert "现行有效" in lines[1] and NAMES[0] in lines[1]
    assert "尚未生效" in lines[2] and NAMES[1] in lines[2]


def test_history_as_json(tiaoli):
    told = json.loads(tiaoli("history", NAMES[0], "--json")[1])
    assert [v["document"]["doc_id"] for v in told["versions"]] == list(NAMES)


@pytest.mark.parametrize(
    "words",
    [
        (NAMES[0], NAMES[1]),
        ("河道管理办法",),
        ("《江川市河道管理办法》", "--from", "2019-01-01", "--to", "2024-01-01"),
        (NAMES[1],),
    ],
)
def test_diff_tells_what_became_of_each_article(tiaoli, words):
    told = json.loads(tiaoli("diff", *words, "--json")[1])
    assert (told["old"]["doc_id"], told["new"]["doc_id"]) == NAMES
    articles = [p for p in told["pairs"] if "#第" in "".join((*p["old"], *p["new"]))]
    assert [p["change"] for p in articles] == ["未变", "新增", "改序并修改", "改序", "改序并修改"]
    assert told["counts"] == {"未变": 1, "改序": 1, "改序并修改": 2, "新增": 1}


def test_diff_on_a_terminal_without_colour_marks_words(tiaoli):
    shown = tiaoli("diff", *NAMES, "--only-changed")[1]
    assert "《江川市河道管理办法》新旧条文对照表" in shown
    assert "改序并修改：第二条改为第三条" in shown
    assert "{+河道保护应当遵循统一规划、综合治理的原则。+}" in shown
    assert "第一条" not in shown


def test_diff_writes_both_tables(tiaoli, tmp_path):
    code, shown, _ = tiaoli("diff", *NAMES, "--docx", tmp_path / "a.docx", "--xlsx", tmp_path / "a.xlsx")
    assert (code, shown) == (0, "")
    assert "word/document.xml" in ZipFile(tmp_path / "a.docx").namelist()
    assert "xl/workbook.xml" in ZipFile(tmp_path / "a.xlsx").namelist()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("diff", "没有的", NAMES[0]), "没有编号为 没有的 的文件"),
        (("diff", "渔业管理条例"), "没有标题为“渔业管理条例”的文件"),
        (("diff", "江川市河道管理办法", "--from", "去年"), "--from 要写成 2023-03-15 这样的日期"),
        (("diff", "江川市河道管理办法", "--from", "2000-01-01"), "2000-01-01 还没有生效的版本"),
        (("diff", "江川市河道管理办法", "--from", "2024-01-01"), "落在同一个版本上"),
        (("diff", NAMES[0]), "没有《江川市河道管理办法》更早的版本"),
        (("diff", *NAMES, "--from", "2020-01-01"), "不能再用 --from、--to"),
        (("diff", *NAMES, "--docx", "/没有/a.docx"), "写不了 /没有/a.docx"),
        (("history", "渔业管理条例"), "没有标题为“渔业管理条例”的文件"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tiaoli, words, told):
    code, _, error = tiaoli(*words)
    assert code == 2
    assert told in error
    assert len(error.splitlines()) == 1


# --- page ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def opened(app: AppTest, page: str = "compare", **params: str) -> str:
    app.run()
    app.switch_page(f"interfaces/pages/{page}_page.py")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    bodies = [element.proto.body for element in app.get("html")]
    return "".join(body for body in bodies if not body.startswith(("<script>", "<style>")))


def test_the_page_offers_works_with_several_versions(app):
    shown = opened(app)
    assert "有多个版本的文件（1）" in shown
    assert Wanted(*NAMES).href.replace("&", "&amp;") in shown


def test_the_page_shows_changed_words(app):
    shown = opened(app, old=NAMES[0], new=NAMES[1])
    assert "<ins>河道保护应当遵循统一规划、综合治理的原则。</ins>" in shown
    assert "<del>" in shown
    assert "第二条改为第三条" in shown
    assert 'class="pair same"' not in shown
    assert "clause=%E6%B2%B3%E9%81%932023%23" in shown  # 河道2023#


def test_the_page_shows_what_the_address_asks_for(app):
    assert 'class="pair same"' in opened(app, old=NAMES[0], new=NAMES[1], show="all")
    shown = opened(app, old=NAMES[0], new=NAMES[1], show="added")
    assert shown.count("<article") == 1


def test_the_page_says_that_nothing_changed(app):
    assert "字句都相同" in opened(app, old=NAMES[0], new=NAMES[0])


def test_any_two_documents_can_be_compared(app):
    assert "与《江川市河道管理办法》对照" in opened(app, old=NAMES[0])
    assert "两件文件对照" in opened(app, old=NAMES[0], new="敌意")


def test_an_unknown_document_is_told(app):
    assert "没有编号为 没有的 的文件" in opened(app, old="没有的", new=NAMES[0])


def test_no_words_of_documents_become_html(app):
    for params in (
        {"old": "敌意", "new": NAMES[0]},
        {"old": "敌意", "new": "敌意", "show": "all"},
        {"old": "<script>"},
    ):
        shown = opened(app, **params)
        assert "<script" not in shown
        assert "<img" not in shown
        assert "<b onclick" not in shown


def test_the_reader_leads_to_the_version_before(app):
    shown = opened(app, "reader", doc=NAMES[1])
    assert "与上一版对照" in shown
    assert Wanted(*NAMES).href.replace("&", "&amp;") in shown


def test_addresses_of_comparisons_are_read_and_written_alike():
    for shown in (CHANGED, frozenset(Change), frozenset({Change.ADDED, Change.SPLIT})):
        wanted = Wanted("甲", "乙", shown)
        query = wanted.href.partition("?")[2]
        params: dict[str, list[str]] = {}
        for part in query.split("&"):
            name, _, value = part.partition("=")
            params.setdefault(name, []).append({"%E7%94%B2": "甲", "%E4%B9%99": "乙"}.get(value, value))
        assert wanted_in(params) == wanted
    assert Wanted("甲", "乙", frozenset({Change.ADDED})).toggled(Change.ADDED).shown == CHANGED
