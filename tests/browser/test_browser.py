"""The app in a real browser: import, search, a fixed address in a new window, small screens, and nothing fetched from outside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree

from answers.calendar.ics import read_back
from bench.app import CHROMIUM, QUIET, running_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright 没有安装")
expect = sync_api.expect
expect.set_options(timeout=30_000)  # a page is drawn piece by piece, and slowly where the machine is busy

ROOT = Path(__file__).parent.parent.parent
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="没有 chromium：在 Debian/Ubuntu 上可运行 sudo apt install chromium"),
    pytest.mark.xdist_group("browser"),  # one app and one browser for all
]
SAMPLES = ["江川市居家社区养老服务管理办法（2018年）.txt", "江川市居家社区养老服务管理办法（2023年）.txt"]
CLAUSE = "江川市居家社区养老服务管理办法（2023年）#第一章/第五条/第二款/（三）"
VERSIONS = [name.removesuffix(".txt") for name in SAMPLES]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The running app with an empty store."""
    with running_app(tmp_path_factory.mktemp("browser") / "库") as started:
        yield started


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        playwright.selectors.set_test_id_attribute("data-testid")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def window(browser):
    """Opens windows that share nothing and fail the test when they ask anyone but the app for anything."""
    contexts, strangers = [], []

    def opened(size):
        context = browser.new_context(viewport=size, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda r: None if _is_local(r.url) else strangers.append(r.url))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not strangers


def _is_local(url: str) -> bool:
    return url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:"))


@pytest.fixture(scope="module")
def filled(address, browser):
    """The app after two sample files were uploaded in the browser."""
    page = browser.new_page(viewport=WIDE)
    page.goto(f"{address}/corpus")
    page.set_input_files('input[type="file"]', [str(ROOT / "corpus" / name) for name in SAMPLES], timeout=30_000)
    page.get_by_test_id("stFileChip").nth(len(SAMPLES) - 1).wait_for()
    page.get_by_role("button", name="导入所选文件").click()
    page.get_by_text("导入完成").wait_for(timeout=60_000)
    expect(page.locator("table.list tbody tr")).to_have_count(len(SAMPLES))
    page.close()
    return address


def test_a_search_leads_to_the_clause_and_back(filled, window):
    page = window(WIDE)
    page.goto(filled)
    page.get_by_label("检索", exact=True).fill("住房和城乡建设部门 配套养老服务设施")
    page.get_by_role("button", name="检索").click()
    page.locator(".hit").first.wait_for()
    searched = page.url
    assert "q=" in searched
    page.locator(".hit a.title").first.click()
    page.locator(".law [data-aim]").wait_for()
    assert "/read?clause=" in page.url
    page.go_back()
    page.locator(".hit").first.wait_for()
    expect(page).to_have_url(searched)


def test_a_fixed_address_shows_the_same_clause_in_a_new_window(filled, window):
    page = window(WIDE)
    page.goto(f"{filled}/read?clause={_encoded(CLAUSE)}")
    aim = page.locator(".law .aim")
    aim.wait_for()
    assert "住房和城乡建设部门负责配套养老服务设施建设质量的监督管理" in aim.inner_text()
    page.wait_for_function(
        "() => (e => e.top > 60 && e.bottom < innerHeight)(document.querySelector('.law .aim').getBoundingClientRect())"
    )
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    other = window(WIDE)
    other.goto(copied)
    other.locator(".law .aim").wait_for()
    expect(other.locator(".law .aim .body")).to_have_text(page.locator(".law .aim .body").inner_text())
    page.locator(".bar").get_by_role("button", name="复制引用").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('《')")
    cited = page.evaluate("navigator.clipboard.readText()")
    assert cited == "《江川市居家社区养老服务管理办法》（江政规〔2023〕4号）第五条第二款第（三）项"


def test_a_month_leads_to_its_days_and_to_the_clauses_and_leaves_as_a_calendar_file(filled, window):
    page = window(WIDE)
    page.goto(f"{filled}/calendar?view=month&month=2026-12")
    page.get_by_text("下月").click()
    page.locator(".turning strong", has_text="2027年1月").wait_for()
    page.locator("table.month .number a").last.click()
    page.locator(".daylist h2.aim").wait_for()
    assert "day=2027-01-" in page.url
    with page.expect_download() as download:
        page.get_by_role("button", name="下载日历").click()
    assert read_back(Path(download.value.path()).read_bytes()) > 0
    page.locator(".daylist li a").last.click()
    page.locator(".law [data-aim]").wait_for()
    page.go_back()
    page.locator(".daylist h2.aim").wait_for()


def test_an_obligation_is_asked_for_and_leads_to_its_clause_and_back(filled, window):
    page = window(WIDE)
    page.goto(f"{filled}/obligations?about={_encoded('配套养老服务设施')}")
    page.locator("table.answer").first.wait_for()
    asked = page.url
    page.locator("table.answer a").first.click()
    page.locator(".law [data-aim]").wait_for()
    assert "/read?clause=" in page.url
    page.go_back()
    page.locator("table.answer").first.wait_for()
    expect(page).to_have_url(asked)


def test_an_unknown_clause_is_told(filled, window):
    page = window(WIDE)
    page.goto(f"{filled}/read?clause={_encoded('没有的文件#第一条')}")
    page.get_by_text("库中没有编号为 没有的文件#第一条 的条款").wait_for()
    expect(page.get_by_label("打开文件")).to_be_visible()


NARROW_PAGES = {
    "": ".teach",
    "?q=养老服务补贴": ".hit",
    f"read?clause={CLAUSE}": ".law .aim",
    f"read?doc={VERSIONS[1]}&view=norms": "table.norms",
    "read": ".documents",
    "corpus": ".documents",
    "corpus?view=import": '[data-testid="stFileUploader"]',
    "corpus?view=charts": ".figures",
    "graph": ".two",
    f"graph?node={VERSIONS[1]}": ".picture[data-ready=forces]",
    "calendar": "table.answer",
    "calendar?view=month&month=2027-01": ".daylist h2",
    "obligations?about=养老服务补贴": "table.answer",
    "body": ".three",
    "trace": "input",
    "cleanup": ".cleanup",
    "gaps": ".chips.changes",
    "compare": ".choices",
    f"compare?old={VERSIONS[0]}&new={VERSIONS[1]}&show=all": "article.pair",
}


def test_no_page_is_wider_than_a_telephone(filled, window):
    page = window(NARROW)
    wider = "e => document.documentElement.scrollWidth > innerWidth || e.scrollWidth > e.clientWidth"
    for path, sign in NARROW_PAGES.items():
        page.goto(f"{filled}/{_encoded(path, '?=&/')}")
        page.locator(sign).first.wait_for()
        assert not page.get_by_test_id("stMain").evaluate(wider), path
        assert page.get_by_test_id("stException").count() == 0, path


def test_the_links_to_the_pages_show_where_one_is_on_a_telephone(filled, window):
    page = window(NARROW)
    page.goto(f"{filled}/corpus")
    here = page.locator(".small-nav [aria-current]")
    here.wait_for()
    inside = "e => (r => r.left >= 60 && r.right <= innerWidth + 1)(e.getBoundingClientRect())"
    page.wait_for_function(f"() => ({inside})(document.querySelector('.small-nav [aria-current]'))")
    page.locator(".small-nav a", has_text="图谱").click()
    page.locator(".two").wait_for()
    expect(here).to_have_text("图谱")


def test_the_reader_leads_to_the_version_before_and_its_tables(filled, window, tmp_path):
    page = window(WIDE)
    page.goto(f"{filled}/read?doc={_encoded(VERSIONS[1])}")
    page.get_by_role("link", name="与上一版对照").click()
    page.locator(".pair ins").first.wait_for()
    shown = page.locator("article.pair").count()
    page.get_by_role("link", name="全部").click()
    expect(page.locator("article.pair.same").first).to_be_visible()
    assert page.locator("article.pair").count() > shown
    for name in ("Word", "Excel"):
        with page.expect_download() as started:
            page.get_by_role("button", name=f"下载 {name} 对照表").click()
        started.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    page.locator("article.pair .lab", has_text="第五条").first.click()
    page.locator(".law .aim").wait_for()


# --- norms in the text -----------------------------------------------------------------------------------------------

NORM = "市民政部门应当建立全市统一的养老服务信息平台"


def reader(filled, window, size=WIDE, rest=""):
    page = window(size)
    page.goto(f"{filled}/read?doc={_encoded(VERSIONS[1])}{rest}")
    page.locator('.law .n[tabindex="0"]').wait_for(state="attached")
    return page


def test_a_click_on_a_norm_opens_its_card_and_escape_closes_it(filled, window):
    page = reader(filled, window)
    norm = page.locator(".law .n", has_text=NORM)
    norm.click(position={"x": 200, "y": 8})
    card = page.get_by_role("dialog", name="义务")
    expect(card).to_contain_text("江川市民政部门")
    expect(card).to_contain_text("应当")
    expect(norm).to_have_class(re.compile(r"\bon\b"))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_pointing_at_a_body_tells_whom_it_means_and_a_click_filters(filled, window):
    page = reader(filled, window)
    body = page.locator(".law .n", has_text=NORM).locator(".b").first
    body.hover()
    card = page.get_by_role("dialog", name="江川市民政部门")
    expect(card).to_contain_text("判断理由")
    body.click()
    expect(page.locator(".only")).to_contain_text("江川市民政部门")
    assert "body=" in page.url
    dim, all_ = page.locator(".law .n.dim").count(), page.locator(".law .n").count()
    assert 0 < dim < all_
    page.locator(".only").get_by_role("link", name="列成清单").click()
    page.locator("table.norms").wait_for()
    expect(page.locator("table.norms tbody tr")).to_have_count(all_ - dim)
    page.get_by_role("link", name="正文").click()
    expect(page.locator(".only")).to_contain_text("江川市民政部门")  # the address goes along
    page.locator(".only").get_by_role("button", name="取消").click()
    expect(page.locator(".law .n.dim")).to_have_count(0)
    assert "body=" not in page.url


def test_kinds_are_switched_off_and_stay_so_in_the_address(filled, window):
    page = reader(filled, window)
    page.locator(".legend").get_by_role("button", name="义务").click()
    assert "kind=duty" not in page.url
    assert "kind=prohibition" in page.url
    page.locator(".law .n", has_text=NORM).click(position={"x": 200, "y": 8})
    expect(page.locator(".pop.duty")).to_have_count(0)
    other = window(WIDE)
    other.goto(page.url)
    duties = other.locator(".legend").get_by_role("button", name="义务")
    expect(duties).to_have_attribute("aria-pressed", "false")
    duties.click()
    assert "kind=" not in other.url


def test_norms_are_reached_by_keys_alone(filled, window):
    page = reader(filled, window)
    page.locator('.law .n[tabindex="0"]').focus()
    first = page.evaluate("document.activeElement.dataset.n")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.n")
    assert int(second) == int(first) + 1
    page.keyboard.press("Enter")
    card = page.locator(".pop")
    expect(card).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="关闭")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.n") == second
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.matches('.b, .n')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('.n').dataset.n") in (first, second)


def test_a_citation_shows_what_it_cites_before_it_is_followed(filled, window):
    page = reader(filled, window)
    cite = page.locator(".law a.cite[data-c]").first
    cite.hover()
    expect(page.locator(".pop.cite .quote")).not_to_be_empty()
    cite.click()
    page.locator(".law .aim").wait_for()
    expect(page.locator(".pop")).to_have_count(0)


def test_a_norm_is_confirmed_in_the_reader(filled, window):
    page = reader(filled, window)
    page.locator(".law .n", has_text=NORM).click(position={"x": 200, "y": 8})
    page.locator(".pop").get_by_role("button", name="确认").click()
    page.get_by_label("核对人").fill("李四")
    page.get_by_test_id("stDialog").get_by_role("button", name="确认").click()
    expect(page.get_by_role("dialog", name="义务")).to_contain_text("李四")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    assert "act=" not in page.url


def test_a_body_gets_another_name_in_the_reader(filled, window):
    page = reader(filled, window)
    page.locator(".law .n", has_text=NORM).locator(".b").first.hover()
    page.locator(".pop.body").get_by_role("button", name="改正").click()
    page.get_by_label("机构全称").fill("江川市民政局")
    page.get_by_label("核对人").fill("李四")
    page.get_by_label("理由").fill("文中指的就是它")
    page.get_by_test_id("stDialog").get_by_role("button", name="改正").click()
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    card = page.get_by_role("dialog", name="江川市民政局")
    for _ in range(10):  # the page is drawn anew meanwhile, and a mark that is replaced under the mouse opens no card
        page.mouse.move(5, 5)
        page.locator(".law .n", has_text=NORM).locator(".b").first.hover()
        page.wait_for_timeout(500)
        if card.count():
            break
    expect(card).to_contain_text("李四")


def test_a_citation_is_rejected_and_brought_back_in_the_reader(filled, window):
    page = reader(filled, window)
    count = page.locator(".law a.cite[data-c]").count()
    page.locator(".law a.cite[data-c]").first.hover()
    page.locator(".pop.cite").get_by_role("button", name="不是引用").click()
    page.get_by_label("核对人").fill("李四")
    page.get_by_label("理由").fill("只是提到")
    page.get_by_test_id("stDialog").get_by_role("button", name="不是引用").click()
    expect(page.locator(".law a.cite[data-c]")).to_have_count(count - 1)
    page.get_by_role("link", name="规范清单").click()
    page.get_by_text("人工否定的引用和机构").click()
    page.get_by_role("button", name="恢复").click()
    page.get_by_label("核对人").fill("李四")
    page.get_by_test_id("stDialog").get_by_role("button", name="确认").click()
    expect(page.get_by_text("人工否定的引用和机构")).to_have_count(0)


def test_a_card_is_a_sheet_on_a_telephone(filled, window):
    page = reader(filled, window, NARROW)
    page.locator(".law .n", has_text=NORM).click(position={"x": 120, "y": 8})
    box = page.locator(".pop").bounding_box()
    assert (box["x"], round(box["x"] + box["width"])) == (0, NARROW["width"])
    assert round(box["y"] + box["height"]) == NARROW["height"]
    page.locator(".pop .shut").click()
    expect(page.locator(".pop")).to_have_count(0)


def test_a_place_on_this_machine_is_read_where_it_is(filled, window):
    page = window(WIDE)
    page.goto(f"{filled}/corpus?view=import")
    for outcome in ("新增 1", "未变 1"):
        page.get_by_label("这台电脑上的文件夹或文件").fill(str(ROOT / "corpus" / SAMPLES[0]))
        page.get_by_role("button", name="导入这个位置").click()
        expect(page.get_by_text(outcome)).to_be_visible()


# --- the picture of the graph page -----------------------------------------------------------------------------------

BODY = "机构/江川市人民政府"
DRAWN = "document.querySelector('.picture').picture"


def pictured(filled, window, size=WIDE, layout="forces", rest=""):
    page = window(size)
    page.goto(f"{filled}/graph?node={_encoded(VERSIONS[1])}&layout={layout}{rest}")
    page.locator(f".picture[data-ready={layout}]").wait_for()
    return page


def count(page):
    return page.evaluate(f"{DRAWN}.nodes().length")


def pick(page, node):
    """Click where a node is drawn."""
    box = page.locator(".picture .sheet").bounding_box()
    at = page.evaluate(
        f"id => {{ const n = {DRAWN}.getElementById(id); {DRAWN}.center(n); return n.renderedPosition(); }}", node
    )
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    return page.locator(".picture .about")


def test_a_click_on_a_node_expands_it_and_the_way_back_folds_it(filled, window):
    page = pictured(filled, window)
    before, address = count(page), page.url
    card = pick(page, BODY)
    expect(card).to_contain_text("江川市人民政府")
    card.get_by_role("link", name="展开").click()
    page.wait_for_function(f"before => {DRAWN}.nodes().length > before", arg=before)
    assert "open=" in page.url
    assert page.evaluate(f"id => {DRAWN}.getElementById(id).data('opened')", BODY)
    other = window(WIDE)
    other.goto(page.url)
    other.locator(".picture[data-ready=forces]").wait_for()
    assert count(other) == count(page)
    page.go_back()
    page.wait_for_function(f"before => {DRAWN}.nodes().length === before", arg=before)
    expect(page).to_have_url(address)


def test_the_card_of_a_node_leads_to_the_text_and_that_of_a_line_to_its_clause(filled, window):
    page = pictured(filled, window)
    pick(page, VERSIONS[1]).get_by_role("link", name="打开原文").click()
    page.locator(".law").wait_for()
    page.go_back()
    page.locator(".picture[data-ready=forces]").wait_for()
    page.evaluate(f"{DRAWN}.edges('[type = \"bears\"]').first().emit('tap')")
    page.locator(".picture .about").get_by_role("link", name="打开依据条款").click()
    page.locator(".law [data-aim]").wait_for()


def test_the_legend_takes_a_relation_out_and_brings_it_back(filled, window):
    page = pictured(filled, window)
    bears = page.locator(".picture-legend").get_by_role("switch", name="承担义务")
    bears.click()
    page.wait_for_function(f"{DRAWN}.edges('[type = \"bears\"]').length === 0")
    expect(bears).to_have_attribute("aria-checked", "false")
    bears.click()
    page.wait_for_function(f"{DRAWN}.edges('[type = \"bears\"]').length > 0")


@pytest.mark.parametrize("layout", ["forces", "rings", "levels"])
def test_no_two_boxes_overlap(filled, window, layout):
    page = pictured(filled, window, layout=layout, rest="&most=120&kind=document&kind=body&kind=norm")
    overlaps = """cy => {
      const boxes = cy.nodes().map((node) => node.boundingBox({ includeLabels: false }));
      return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2)).length;
    }"""
    assert count(page) > 30
    assert page.evaluate(f"({overlaps})({DRAWN})") == 0


def test_clauses_stand_in_the_box_of_their_document(filled, window):
    page = pictured(filled, window, layout="documents", rest="&kind=document&kind=body&kind=norm")
    assert page.evaluate(f"{DRAWN}.nodes(':child').every((node) => node.parent().data('kind') === 'document')")
    assert page.evaluate(f"{DRAWN}.nodes(':child').length") > 5


def test_the_picture_leaves_as_png_svg_and_json(filled, window, tmp_path):
    page = pictured(filled, window)
    nodes = count(page)
    for name in ("PNG", "SVG", "JSON"):
        with page.expect_download() as started:
            page.get_by_role("button", name=name).click()
        started.value.save_as(tmp_path / name)
    assert (tmp_path / "PNG").read_bytes().startswith(b"\x89PNG")
    svg = etree.parse(tmp_path / "SVG")
    rectangles = svg.xpath("//s:rect", namespaces={"s": "http://www.w3.org/2000/svg"})
    assert len(rectangles) == nodes + 1  # and the ground
    assert "江川市人民政府" in "".join(svg.xpath("//*[local-name() = 'tspan']/text()"))
    assert len(json.loads((tmp_path / "JSON").read_text(encoding="utf-8"))["nodes"]) == nodes


def _encoded(text: str, safe: str = "") -> str:
    return quote(text, safe=safe)
