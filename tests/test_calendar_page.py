"""The page 期限: its views, its address, the month, and words of documents that must never become HTML."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from app_pages import ROOT, fill, html, opened
from streamlit.testing.v1 import AppTest

from answers.scope import Scope
from interfaces.pages.calendar_view import DAYS, MONTH, Wanted, wanted_in

RULES = """江川市水资源管理办法

第一条 江川市水务局应当于每年12月25日前向江川市人民政府报告水资源公报<b>要情</b>。

第二条 江川市水务局应当自受理申请之日起二十日内作出决定。

第三条 江川市财政局应当每季度核对水资源费。

第四条 江川市财政局应当在2023年6月30日前完成清算。

第五条 当事人可以自收到决定书之日起六十日内申请行政复议。
"""
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("calendar"), {"办法.txt": RULES})


@pytest.fixture
def app(store_folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(store_folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def test_the_table_leads_to_the_clauses_and_shows_what_is_over(app):
    shown = opened(app, "calendar", **{"from": "2026-12-01"})
    assert "2026年12月25日" in shown
    assert "已过" in shown
    assert f"clause={quote('办法#第一条/第一款', safe='')}" in shown
    assert "到期日程（2）" in shown
    assert "未定日期的周期（1）" in shown
    assert "起算期限（1）" in shown
    assert "不列入的时间（1）" in shown


@pytest.mark.parametrize(
    ("view", "words"),
    [("periods", "核对水资源费"), ("running", "20日"), ("left", "权利的行使期限"), ("month", "水资源公报")],
)
def test_every_view_opens(app, view, words):
    assert words in opened(app, "calendar", view=view, month="2026-12")


def test_a_month_is_a_grid_of_weeks_and_a_list_of_days(app):
    shown = opened(app, "calendar", view="month", month="2026-12", day="2026-12-25")
    assert shown.count("<tr>") == 1 + 5
    assert 'data-aim="scroll">2026年12月25日　周五' in shown
    assert "month=2026-11" in shown
    assert "month=2027-01" in shown
    assert "&lt;b&gt;要情&lt;/b&gt;" in shown
    assert "<b>要情" not in shown


def test_a_month_in_which_nothing_is_due_says_so(app):
    assert "这个月没有到期的事项" in opened(app, "calendar", view="month", month="2026-11")


def test_one_chooses_a_body_by_id_or_name(app):
    assert "水资源公报" not in opened(app, "calendar", body="机构/江川市财政局")
    app.query_params["body"] = "江川市人民政府"
    assert "水资源公报" in html(app.run())
    app.query_params["alone"] = "true"
    assert "水资源公报" not in html(app.run())


def test_a_body_that_nobody_names_is_told(app):
    assert "没有提到“乌有局”" in opened(app, "calendar", body="乌有局")


def test_the_scope_narrows(app):
    assert "到期日程（0）" in opened(app, "calendar", title="森林")


def test_an_address_is_read_and_written():
    params = {
        "view": ["month"],
        "month": ["2027-02"],
        "body": ["机构/江川市水务局"],
        "from": ["2026-01-05"],
        "title": ["水"],
    }
    wanted = wanted_in(params, TODAY)
    assert wanted == Wanted(
        MONTH, date(2026, 1, 5), date(2027, 2, 1), "机构/江川市水务局", scope=Scope(title="水"), today=TODAY
    )
    assert wanted.href == (
        "./calendar?view=month&body=%E6%9C%BA%E6%9E%84%2F%E6%B1%9F%E5%B7%9D%E5%B8%82%E6%B0%B4%E5%8A%A1%E5%B1%80"
        "&from=2026-01-05&month=2027-02&title=%E6%B0%B4"
    )


@pytest.mark.parametrize("odd", [{"from": ["x"]}, {"month": ["2026-13"]}, {"month": ["9999-12"]}, {"view": ["x"]}])
def test_what_is_odd_in_an_address_is_left_out(odd):
    wanted = wanted_in(odd, TODAY)
    assert (wanted.view, wanted.since, wanted.month) == (DAYS, TODAY, TODAY)
