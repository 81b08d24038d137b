"""The pages, run without a browser on a small store; and the words of documents, which must never become HTML."""

from __future__ import annotations

from datetime import date

import pytest
from app_pages import ROOT, fill, html, opened, shown_words
from factories import statute
from streamlit.testing.v1 import AppTest

from interfaces.pages import import_view, reader_html
from interfaces.pages.address import Asked, asked_in, clause_href
from interfaces.pages.library import Library
from interfaces.pages.reading import Reading, Stretch
from interfaces.theme import esc
from office.citing import cited_path
from tiaoli.store import Store

PAGES = ["reader", "corpus", "graph"]
HOSTILE = """江川市<script>alert("1")</script>&'管理'办法

第一条 为了<b onclick="x()">管理</b> & <img src=x onerror=alert(2)>，根据《<i>某</i>办法》第三条，制定本办法。

第二条 "引号"与'引号'。

第四条 </div></div><script>alert(3)</script>
"""


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("app")
    return fill(folder, {"办法1.txt": statute(1), "办法2.txt": statute(2), "敌意.txt": HOSTILE})


@pytest.fixture
def app(store_folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(store_folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def searched(app: AppTest, **params: str) -> str:
    for name, value in params.items():
        app.query_params[name] = value
    return html(app.run())


# --- every page opens ------------------------------------------------------------------------------------------------


def test_search_page_teaches_before_anything_is_asked(app):
    shown = searched(app)
    assert "可检索 3 件文件" in shown
    assert "可以这样查" in shown


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(app, page):
    assert opened(app, page)


@pytest.mark.parametrize("view", ["files", "import", "charts", "problems"])
def test_every_view_of_the_corpus_opens(app, view):
    assert "待核问题" in opened(app, "corpus", view=view)


@pytest.mark.parametrize("page", ["", *PAGES])
def test_every_page_opens_on_an_empty_store(page, tmp_path, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(tmp_path / "没有"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown = opened(app, page) if page else searched(app)
    assert "还没有" in shown
    assert not (tmp_path / "没有").exists()


# --- searching -------------------------------------------------------------------------------------------------------


def test_the_address_alone_makes_a_search(app):
    shown = searched(app, q="委托街道办事处巡查")
    assert "在 3 件文件" in shown
    assert "<mark>" in shown
    assert app.text_input(key="search_text").value == "委托街道办事处巡查"


def test_the_form_writes_the_address(app):
    app.run()
    app.text_input(key="search_text").set_value("擅自采砂")
    app.button[0].click().run()
    assert "擅自采砂" in app.query_params["q"]
    assert "第三条" in html(app)


def test_a_wrong_filter_in_the_address_is_told(app):
    assert "没有“月球”这个值" in searched(app, q="河道", region="月球")


def test_no_result_says_what_was_searched(app):
    assert "没有结果" in searched(app, q="zzzz")


def test_search_addresses_are_read_and_written_alike():
    asked = Asked("处罚", {"doc_type": ("法律", "其他"), "year": ("2021",)}, 3)
    params = {name: [value] if isinstance(value, str) else value for name, value in asked.params().items()}
    assert asked_in(params) == asked
    assert asked.toggled("year", "2021").filters == {"doc_type": ("法律", "其他")}
    assert asked.toggled("year", "2021").page == 1


# --- reading ---------------------------------------------------------------------------------------------------------


def test_the_clause_of_the_address_is_marked(app):
    shown = opened(app, "reader", clause="办法1#第三条/第一款/（二）")
    assert 'class="c item aim"' in shown
    assert "示例1市河道管理办法" in shown


def test_an_unknown_clause_is_told_and_the_document_offered(app):
    shown = opened(app, "reader", clause="办法1#第九十九条")
    assert "没有编号为 办法1#第九十九条 的条款" in shown
    assert "打开《示例1市河道管理办法》" in shown


def test_an_unknown_document_is_told(app):
    assert "没有编号为 没有的 的文件" in opened(app, "reader", doc="没有的")


def test_a_problem_is_listed_and_marked_in_its_place(app):
    shown = opened(app, "reader", doc="敌意")
    assert "待核问题（1）" in shown
    assert shown.count("编号不连续") >= 2


def test_the_reader_shows_every_character_once(store_folder):
    library = Library(store_folder, date(2025, 1, 1))
    with Store(store_folder, read_only=True) as store:
        for document in library.current:
            shown = shown_words(reader_html.page(Reading(store, library, document)))
            assert shown == "".join(store.text(document.doc_id).split())


def test_a_long_document_is_cut_between_articles(tmp_path):
    lines = ["示例市长办法", ""]
    number = 0
    for chapter in "一二三四五六七八九":
        lines += [f"第{chapter}章 总则{chapter}", ""]
        for _ in range(110):
            number += 1
            lines += [f"第{number}条 为了加强管理{number}，制定本办法。", ""]
    folder = fill(tmp_path, {"长.txt": "\n".join(lines)})
    with Store(folder, read_only=True) as store:
        library = Library(folder, date(2025, 1, 1))
        reading = Reading(store, library, library.current[0])
        stretches = reading.stretches
        assert len(stretches) > 2
        assert [s.start for s in stretches] == [0, *(s.end for s in stretches[:-1])]
        assert stretches[-1].end == len(reading.clauses)
        assert {reading.clauses[s.start].kind.value for s in stretches[1:]} == {"chapter"}
        assert isinstance(reading.shown, Stretch)


def test_a_withdrawn_file_is_marked(tmp_path, monkeypatch):
    folder = fill(tmp_path, {"甲.txt": statute(1), "乙.txt": statute(2)})
    (tmp_path / "文件" / "甲.txt").unlink()
    fill(tmp_path, {})
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown = opened(app, "reader", doc="甲")
    assert "已撤下" in shown
    assert "源文件已从原来的位置撤下" in shown


def test_an_older_text_leads_to_the_newer(tmp_path, monkeypatch):
    folder = fill(tmp_path, {"甲.txt": statute(1)})
    fill(tmp_path, {"甲.txt": statute(1).replace("水务局", "水利局")})
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown = opened(app, "reader", doc="甲")
    assert "这是改动前的文本" in shown
    assert "doc=%E7%94%B2%402" in shown


# --- hostile words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("reader", {"doc": "敌意"}),
        ("reader", {}),
        ("reader", {"clause": "<script>x</script>"}),
        ("corpus", {"view": "files"}),
        ("corpus", {"view": "problems"}),
        ("graph", {}),
        ("graph", {"node": "敌意"}),
        ("graph", {"node": "<script>x</script>"}),
    ],
)
def test_no_page_lets_words_of_documents_become_html(app, page, params):
    shown = opened(app, page, **params)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b onclick" not in shown


def test_search_lets_no_words_become_html(app):
    for query in ("管理 alert onerror", "<script>alert(1)</script>"):
        shown = searched(app, q=query)
        assert "<script" not in shown
        assert "<img" not in shown
        assert "&lt;" in shown


def test_one_function_escapes_for_elements_and_attributes():
    assert esc("<a href='x'>\"&") == "&lt;a href=&#x27;x&#x27;&gt;&quot;&amp;"


def test_addresses_hold_no_character_that_ends_them():
    assert not set("#\"'<> ") & set(clause_href("a#第一条/\"'<> ").partition("=")[2])


def test_uploads_stay_in_their_folder(tmp_path):
    paths = import_view.save_uploads(tmp_path / "uploads", [("../../甲.txt", b"a"), ("..\\乙.txt", b"b"), ("..", b"c")])
    assert [p.name for p in paths] == ["甲.txt", "乙.txt", "文件.txt"]
    assert {p.parent for p in paths} == {tmp_path / "uploads"}


@pytest.mark.parametrize(
    ("path", "only", "cited"),
    [
        (("第三章", "第十条之一", "第二款"), False, "第十条之一第二款"),
        (("第十条", "第一款"), True, "第十条"),
        (("第十条", "第一款", "（三）", "1"), True, "第十条第（三）项第1目"),
        (("附件2", "第三条"), False, "附件2第三条"),
        (("二", "段1"), False, "二、第1段"),
        (("标题",), False, ""),
    ],
)
def test_a_provision_is_cited_as_people_write_it(path, only, cited):
    assert cited_path(path, only_paragraph=only) == cited
