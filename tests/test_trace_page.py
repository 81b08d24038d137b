"""The page 溯源: how one comes to a provision, and what is shown of it."""

from __future__ import annotations

import pytest
from app_pages import ROOT, fill, html, opened
from streamlit.testing.v1 import AppTest

from interfaces.pages.address import clause_href, href
from interfaces.theme import esc

ABOVE = "云岭省养老服务条例\n\n第一条 为了发展养老服务，制定本条例。\n\n第二条 养老机构应当依法备案。\n"
BELOW = "江川市养老服务办法\n\n第一条 根据《云岭省养老服务条例》第二条，制定本办法。\n\n第二条 市民政局负责备案。\n"
ABOVE_2, BELOW_1 = "条例#第二条", "办法#第一条/第一款"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("trace"), {"条例.txt": ABOVE, "办法.txt": BELOW})


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_a_provision_is_found_by_how_one_cites_it(app):
    opened(app, "trace")
    app.text_input(key="find").set_value("云岭省养老服务条例第二条")
    assert f'href="{esc(href("trace", node=ABOVE_2))}"' in html(app.run())
    app.text_input(key="find").set_value("没有的法第九条")
    assert "没有找到" in html(app.run())


def test_a_provision_shows_what_hangs_on_it_and_what_it_rests_on(app):
    assert f'href="{esc(clause_href(BELOW_1))}"' in opened(app, "trace", node=ABOVE_2)
    assert "养老机构应当依法备案。</div>" in opened(
        app, "trace", node=ABOVE_2
    )  # the words stand in the 款 of the article
    assert f'href="{esc(clause_href(ABOVE_2))}"' in opened(app, "trace", node=BELOW_1)
    assert {button.label for button in app.get("download_button")} == {"下载 Excel", "下载 Word"}


def test_an_unknown_provision_is_told(app):
    assert "地址可能抄错了" in opened(app, "trace", node="条例#第九十九条")
