"""The page of a body and the command powers: what they show, where their links lead, what they give away."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from app_pages import ROOT, fill, html, opened
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from interfaces.cli import app as cli
from interfaces.pages.address import clause_href, href
from interfaces.theme import esc

RULES = """江川市河道采砂管理办法

第一条 为了加强河道采砂管理，制定本办法。

第二条 河道采砂许可证由江川市水务局核发。江川市水务局应当自受理申请之日起二十日内作出决定，并报江川市人民政府备案。

第三条 江川市水务局不得收取<b>工本费</b>。

第四条 江川市水务局的工作人员玩忽职守的，依法给予处分。

第五条 水行政主管部门应当每年公布可采区。国务院应当加强领导。
"""
BODY = "机构/江川市水务局"
PLACE = "办法#第二条/第一款"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("body"), {"办法.txt": RULES})


@pytest.fixture
def app(folder, monkeypatch):
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_bodies_are_found_by_a_part_of_their_name(app):
    assert "江川市水务局" in opened(app, "body")
    app.text_input(key="find").set_value("水务")
    assert f'href="{esc(href("body", name=BODY))}"' in html(app.run())
    app.text_input(key="find").set_value("没有这样的局")
    assert "没有文件提到" in html(app.run())


def test_the_page_begins_with_bodies_of_the_state_of_places_and_general_names(app):
    page = opened(app, "body")
    first, local, general = page.index("国家机关"), page.index("地方机关"), page.index("通称")
    assert first < page.index("国务院") < local < page.index("江川市水务局") < general < page.index("水行政主管部门")


def test_a_general_name_is_not_offered_as_another_name_of_itself(app):
    page = opened(app, "body", name="机构/水行政主管部门")
    assert "下列通称" not in page


def test_a_body_leads_to_its_duties_limits_and_picture(app):
    page = opened(app, "body", name=BODY)
    assert f'href="{esc(href("obligations", body="江川市水务局"))}"' in page
    assert f'href="{esc(href("graph", node=BODY))}"' in page
    assert f'href="{esc(href("calendar", body="江川市水务局"))}"' in page
    opened(app, "calendar", body="江川市水务局")
    assert app.selectbox(key="body").value == "江川市水务局"


def test_a_body_is_shown_with_its_norms_each_one_click_from_its_clause(app):
    page = opened(app, "body", name=BODY)
    assert "江川市人民政府" in page  # what it is part of
    assert "可以做的 1" in page
    assert "不得做的 1" in page
    assert f'href="{esc(clause_href(PLACE))}"' in page
    assert "<b>工本费" not in page
    only = opened(app, "body", name=BODY, kind="prohibition")
    assert "工本费" in only
    assert "核发" not in only


def test_the_list_of_powers_stands_on_its_tab(app):
    page = opened(app, "body", name=BODY, view="powers")
    assert "核发河道采砂许可证" in page
    assert "自受理申请之日起二十日内" in page
    assert "《江川市河道采砂管理办法》第四条第一款" in page  # 追责情形
    assert {button.label for button in app.get("download_button")} == {"下载 Excel 清单", "下载 Word 清单"}


@pytest.mark.parametrize(
    ("view", "words"),
    [("relations", "向其报告、备案"), ("named", "江川市河道采砂管理办法"), ("changes", "没有同一文件的两个版本")],
)
def test_other_views_show_what_they_say(app, view, words):
    assert words in opened(app, "body", name=BODY, view=view)


def test_an_unknown_body_is_told_and_others_are_offered(app):
    page = opened(app, "body", name="机构/没有的局")
    assert "没有提到“没有的局”" in page
    assert "江川市水务局" in page


def test_the_command_gives_the_list_as_text_json_excel_and_word(folder, tmp_path):
    run = CliRunner().invoke(cli, ["powers", "江川市水务局", "--store", str(folder)])
    assert run.exit_code == 0, run.output
    assert "职权名称：核发河道采砂许可证" in run.output
    run = CliRunner().invoke(cli, ["powers", "江川市水务局", "--store", str(folder), "--json"])
    (power,) = json.loads(run.stdout)["powers"]
    assert (power["name"], power["type"]) == ("核发河道采砂许可证", "行政许可")
    files = tmp_path / "a.xlsx", tmp_path / "a.docx"
    run = CliRunner().invoke(
        cli, ["powers", "江川市水务局", "--store", str(folder), "--xlsx", str(files[0]), "--docx", str(files[1])]
    )
    assert run.exit_code == 0, run.output
    sheet = load_workbook(BytesIO(files[0].read_bytes()))["权责清单"]
    cells = {cell.value: cell for cell in sheet[2]}
    assert cells["打开"].hyperlink.target == f"http://localhost:8501/{clause_href(PLACE).removeprefix('./')}"
    assert files[1].stat().st_size > 0


def test_the_command_tells_what_it_does_not_know(folder):
    run = CliRunner().invoke(cli, ["powers", "水务", "--store", str(folder)])
    assert run.exit_code != 0
    assert "江川市水务局" in str(run.exception)
