"""Norms, bodies and citations on the pages: marks and their cards, the list and its workbook, the word of a person."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import pytest
from app_pages import ROOT, fill, opened, shown_words
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from interfaces.pages import correcting, norm_cards, norms_view, reader_html
from interfaces.pages.address import clause_href
from interfaces.pages.correcting import Draft
from interfaces.pages.library import Library
from interfaces.pages.norm_words import KINDS
from interfaces.pages.norms_table import norms_table
from interfaces.pages.norms_view import Wanted
from interfaces.pages.reading import Reading, open_reading
from office.tables import excel_file
from tiaoli.errors import BadData
from tiaoli.records import Change, LedCitation, Norm, NormKind, Verb
from tiaoli.store import Store

MARKET = """江川市农贸市场管理办法

第一条 为了规范农贸市场管理，制定本办法。

第二条 市市场监督管理局负责全市农贸市场的监督管理。市商务局可以制定农贸市场建设规范。

第三条 市场开办者应当履行下列职责：
（一）自收到摊位申请之日起十个工作日内作出答复；
（二）建立入场经营者档案。

第四条 入场经营者不得销售来源不明的食品。

第五条 消费者有权要求市场开办者提供经营者的真实信息。

第六条 违反本办法第四条规定的，由市市场监督管理局责令限期改正，处五千元以上二万元以下的罚款。
"""
HOSTILE = """江川市<script>alert("1")</script>办法

第一条 市<b onclick="x()">商务</b>局应当在二十日内</span><img src=x onerror=alert(2)>公布"目录"，不得=1+1。
"""
TEXTS = {"市场.txt": MARKET, "敌意.txt": HOSTILE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("norms"), TEXTS)


@pytest.fixture
def own_folder(tmp_path):
    """A store of its own, for tests that write."""
    return fill(tmp_path, TEXTS)


def app_on(folder, monkeypatch) -> AppTest:
    monkeypatch.setenv("TIAOLI_STORE", str(folder))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def read(folder, doc_id: str = "市场") -> Reading:
    with Store(folder, read_only=True) as store:
        reading = open_reading(store, Library(folder, date(2025, 1, 1)), "", doc_id)
        assert reading.citations is not None
        return reading


def norm_with(reading: Reading, words: str) -> Norm:
    return next(norm for norm in reading.norms if words in norm.text)


class Marks(HTMLParser):
    """The words of each mark of the reader, by its number, and the data of the cards."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[dict[str, str]] = []
        self.norms, self.bodies = defaultdict(str), []
        self.cards = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in ("span", "a"):
            self.open.append({"tag": tag} | dict(attrs))
            if "data-b" in self.open[-1]:
                self.bodies.append([int(self.open[-1]["data-b"]), ""])
        if "data-cards" in dict(attrs):
            self.cards = json.loads(dict(attrs)["data-cards"])

    def handle_endtag(self, tag):
        if tag in ("span", "a"):
            assert self.open.pop()["tag"] == tag  # marks never cross

    def handle_data(self, data):
        for mark in self.open:
            if "data-n" in mark:
                self.norms[int(mark["data-n"])] += data
            if "data-b" in mark:
                self.bodies[-1][1] += data

    def card(self, words: str) -> dict:
        """The card of the norm whose mark holds these words."""
        return self.cards["norms"][next(n for n, text in self.norms.items() if words in text)]


def rows(card: dict) -> dict[str, list[list[str]]]:
    return {name: [[part, "", ""] if isinstance(part, str) else part for part in parts] for name, parts in card["rows"]}


def words_of(card: dict, row: str) -> str:
    return "".join(words for words, _, _ in rows(card)[row])


@pytest.fixture(scope="module")
def market(folder):
    return Marks(reader_html.page(read(folder)))


# --- marks and cards -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("doc_id", ["市场", "敌意"])
def test_each_norm_is_marked_word_for_word(folder, doc_id):
    reading = read(folder, doc_id)
    marks = Marks(reader_html.page(reading))
    assert ["".join(marks.norms[n].split()) for n in sorted(marks.norms)] == [
        "".join(n.text.split()) for n in reading.norms
    ]
    assert [card["id"] for card in marks.cards["norms"]] == [norm.norm_id for norm in reading.norms]
    assert [text for _, text in marks.bodies] == [mention.text for mention in reading.mentions]


def test_marks_change_no_word_of_the_text(folder):
    for doc_id in ("市场", "敌意"):
        reading = read(folder, doc_id)
        assert shown_words(reader_html.page(reading)) == "".join(reading.text.split())


def test_a_card_tells_kind_strength_bearer_and_how_it_was_found(market):
    card = market.card("不得销售")
    assert (card["head"], card["css"]) == ("禁止", "prohibition")
    assert "不得" in card["tag"]
    assert words_of(card, "承担主体") == "入场经营者"
    assert words_of(card, "行为") == "销售来源不明的食品"
    assert "正确" in words_of(card, "可靠程度") or "核对" in words_of(card, "可靠程度")
    assert words_of(card, "识别依据")


def test_a_bearer_of_the_lead_in_leads_there(market):
    bearer = rows(market.card("建立入场经营者档案"))["承担主体"]
    assert bearer[0][0] == "市场开办者"
    assert bearer[1][0].startswith("承第三条")
    assert bearer[1][1].startswith("./read?clause=")


def test_limits_and_sums_are_told_in_figures(market):
    assert "10 个工作日" in words_of(market.card("作出答复"), "时限")
    assert "5,000—20,000 元" in words_of(market.card("的罚款"), "数额")


def test_a_citation_shows_the_words_that_it_cites(market):
    basis = rows(market.card("的罚款"))["依据"]
    assert basis[0][0] == "本文件第四条"
    assert "%E7%AC%AC%E5%9B%9B%E6%9D%A1" in basis[0][1]
    assert "入场经营者不得销售来源不明的食品" in basis[1][0]
    assert any("入场经营者不得" in part[0] for row in market.cards["cites"][0]["rows"] for part in row[1])


def test_a_body_says_whom_it_means_and_why(market):
    number, printed = market.bodies[0]
    card = market.cards["marks"][number]
    assert (printed, card["head"]) == ("市市场监督管理局", "江川市市场监督管理局")
    assert words_of(card, "判断理由")
    borne = [n for n in market.cards["norms"] if card["body"] in n["bodies"]]
    assert len(borne) == market.cards["borne"][card["body"]] == 2


def test_the_legend_counts_the_kinds(folder):
    reading = read(folder)
    shown = reader_html.page(reading)
    for kind in {norm.kind for norm in reading.norms}:
        count = sum(norm.kind is kind for norm in reading.norms)
        assert f'data-kind="{kind.value}" aria-pressed="true"' in shown
        assert f"{KINDS[kind]}<i>{count}</i>" in shown


def test_a_clause_says_what_it_is_for(folder):
    assert '<span class="fn" title="条款作用">目的</span>' in reader_html.page(read(folder))


def test_hostile_words_stay_words_in_cards(folder, monkeypatch):
    for view in ({}, {"view": "norms"}):
        shown = opened(app_on(folder, monkeypatch), "reader", doc="敌意", **view)
        for bad in ("<script", "<img", "<b onclick"):
            assert bad not in shown
    cards = Marks(reader_html.page(read(folder, "敌意"))).cards
    assert "<img src=x onerror=alert(2)>" in json.dumps(cards, ensure_ascii=False)


def test_a_list_of_long_rows_is_cut_by_its_length(tmp_path):
    row = "\t".join(["行政处罚", "依法查处" + "未经许可擅自设置户外广告的行为，" * 120])
    text = "江川市城市管理局权责清单\n\n" + "\n".join(
        ["序号\t职权类型\t职权名称", *(f"{n}\t{row}" for n in range(1, 81))]
    )
    reading = read(fill(tmp_path, {"清单.csv": text.replace("\t", ",").split("\n\n")[1]}), "清单")
    assert len(reading.clauses) < 200
    assert len(reading.stretches) > 1
    assert all(sum(c.end - c.start for c in reading.clauses[s.start : s.end]) < 60_000 for s in reading.stretches)


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_has_one_row_a_norm_and_leads_to_the_clause(folder, monkeypatch):
    shown = opened(app_on(folder, monkeypatch), "reader", doc="市场", view="norms")
    reading = read(folder)
    assert shown.count('<td class="place">') == len(reading.norms)
    assert f"规范清单（{len(reading.norms)}）" in shown
    assert "norm=%E5%B8%82%E5%9C%BA%23" in shown


def test_the_address_filters_by_kind_and_body(folder, monkeypatch):
    app = app_on(folder, monkeypatch)
    shown = opened(app, "reader", doc="市场", view="norms", kind="prohibition")
    assert shown.count('<td class="place">') == 1
    assert "入场经营者不得销售来源不明的食品" in shown
    shown = opened(app, "reader", doc="市场", view="norms", kind=[], body="江川市市场监督管理局")
    assert shown.count('<td class="place">') == 2
    assert app.selectbox(key="norms_body").value == "江川市市场监督管理局"
    app.selectbox(key="norms_body").set_value("消费者").run()
    assert app.query_params["body"] == "消费者"


def test_odd_addresses_of_the_list_do_no_harm(folder, monkeypatch):
    shown = opened(
        app_on(folder, monkeypatch), "reader", doc="市场", view="norms", kind="月球", sort="x", body="<b>", page="9"
    )
    assert "没有由“&lt;b&gt;”承担的规范" in shown
    assert "没有这样的规范" in shown


def test_addresses_of_the_list_are_read_and_written_alike():
    wanted = Wanted("市场", frozenset({NormKind.DUTY, NormKind.RIGHT}), "消费者", "limit", 2)
    params = {"kind": ["duty", "right"], "body": ["消费者"], "sort": ["limit"], "page": ["2"]}
    assert norms_view.wanted_in(params, "市场") == wanted
    assert "kind=duty&kind=right" in wanted.href
    assert Wanted("市场").toggled(NormKind.DUTY).kinds == {NormKind.DUTY}
    assert Wanted("市场").toggled(NormKind.DUTY).toggled(NormKind.DUTY).kinds == frozenset(NormKind)


def listed(reading: Reading, order: str) -> list[Norm]:
    found = norms_view.select(reading, Wanted("市场", order=order))
    assert sorted(norm.norm_id for norm in found) == sorted(norm.norm_id for norm in reading.norms)
    return found


def test_the_list_is_ordered_as_the_address_says(folder):
    reading = read(folder)
    assert listed(reading, "") == list(reading.norms)
    assert "十个工作日" in listed(reading, "limit")[0].text
    kinds = [norm.kind for norm in listed(reading, "kind")]
    assert kinds == sorted(kinds, key=list(KINDS).index)
    names = [reading.bodies_of(norm)[0] for norm in listed(reading, "body") if norm.bearers]
    assert names == sorted(names)
    sure = [norm.confidence for norm in listed(reading, "doubt")]
    assert sure == sorted(sure)


def rows_of(sheet):
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_workbook_has_every_norm_and_no_formula(folder):
    for doc_id in ("市场", "敌意"):
        reading = read(folder, doc_id)
        found = norms_view.select(reading, Wanted(doc_id))
        table = norms_table(reading, found, Wanted(doc_id), date(2026, 1, 2))
        data = excel_file([table], clause_href)
        assert data == excel_file([table], clause_href)
        book = load_workbook(BytesIO(data))
        table = rows_of(book["规范清单"])
        assert [row["原文"] for row in table] == ["打开"] * len(found)
        assert [row["规范原文"] for row in table] == [norm.text for norm in found]
        assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_figures_stay_figures_in_the_workbook(folder):
    reading = read(folder)
    data = excel_file([norms_table(reading, reading.norms, Wanted("市场"), date(2026, 1, 2))], clause_href)
    table = rows_of(load_workbook(BytesIO(data))["规范清单"])
    fine = next(row for row in table if "罚款" in row["规范原文"])
    assert (fine["数额下限"], fine["数额上限"], fine["数额单位"]) == (5000, 20000, "元")
    answer = next(row for row in table if "答复" in row["规范原文"])
    assert (answer["时限数值"], answer["时限单位"], answer["主体承前"]) == (10, "工作日", "是")


# --- the word of a person --------------------------------------------------------------------------------------------


def test_only_what_was_changed_is_said(folder):
    norm = norm_with(read(folder), "不得销售")
    draft = correcting.draft_of(norm)
    assert correcting.changes(norm, draft) == {}
    changed = Draft(
        **{f: getattr(draft, f) for f in Draft.__slots__} | {"bearers": "入场经营者\n市场开办者", "action": " 卖 "}
    )
    assert correcting.changes(norm, changed) == {
        "bearers": [{"name": "入场经营者", "inherited": False}, {"name": "市场开办者", "inherited": True}],
        "action": "卖",
    }


def test_limits_and_sums_are_read_as_they_are_written(folder):
    norm = norm_with(read(folder), "的罚款")
    draft = Draft(deadlines="十五日内｜15｜日｜决定\n每年 |||| 年", amounts="五千元以上 | 5,000")
    found = correcting.changes(norm, draft)
    assert found["deadlines"] == [
        {"text": "十五日内", "value": 15.0, "unit": "日", "anchor": "决定", "recurrence": None},
        {"text": "每年", "value": None, "unit": None, "anchor": None, "recurrence": "年"},
    ]
    assert found["amounts"] == [{"text": "五千元以上", "low": 5000.0, "high": None, "unit": "元"}]
    for odd in ("十五日内 | 十五 | 日", "| 3 | 日", "a|1|日|b|c|d"):
        with pytest.raises(BadData):
            correcting.changes(norm, Draft(deadlines=odd))


def test_words_of_a_new_norm_are_found_over_line_ends(folder):
    reading = read(folder)
    clause = next(c for c in reading.clauses if "不得销售" in c.text)
    assert correcting.new_norm(reading, clause, " 不得 销售\n来源不明 ").text == "不得销售来源不明"
    for odd in ("", "不得出售", "不得销售食品"):
        with pytest.raises(BadData, match="连续"):
            correcting.new_norm(reading, clause, odd)


def corrected(app: AppTest, folder, words: str, verb: Verb, **fields: str) -> str:
    """The list after somebody filled in the form of a norm and sent it."""
    norm = norm_with(read(folder), words)
    opened(app, "reader", doc="市场", view="norms", act=verb.value, norm=norm.norm_id)
    for name, value in fields.items():
        key = f"correction_{name}"
        widgets = [w for kind in (app.text_input, app.text_area, app.selectbox) for w in kind if w.key == key]
        widgets[0].set_value(value)
    next(b for b in app.button if b.label == correcting.ACTS[verb]).click()
    app.run()
    assert "act" not in app.query_params or app.error
    return opened(app, "reader", doc="市场", view="norms")


def test_a_norm_is_edited_and_says_by_whom(own_folder, monkeypatch):
    app = app_on(own_folder, monkeypatch)
    shown = corrected(app, own_folder, "不得销售", Verb.EDIT, bearers="市场开办者", who="李四", why="主体不对")
    assert "已核对" in shown
    card = Marks(reader_html.page(read(own_folder))).card("不得销售")
    assert words_of(card, "承担主体").startswith("市场开办者")
    assert words_of(card, "可靠程度") == "有人核对过"
    assert "李四" in words_of(card, "人工核对")
    assert "主体不对" in words_of(card, "人工核对")


def test_a_norm_is_deleted_and_brought_back(own_folder, monkeypatch):
    app, count = app_on(own_folder, monkeypatch), len(read(own_folder).norms)
    shown = corrected(app, own_folder, "不得销售", Verb.REJECT, who="李四", why="不是规范")
    assert "人工删除的规范" in shown
    assert "不是规范" in shown
    reading = read(own_folder)
    assert len(reading.norms) == count - 1
    (gone,) = correcting.removed(reading)
    opened(app, "reader", doc="市场", act="confirm", norm=gone.norm_id)
    next(b for b in app.button if b.label == "确认").click().run()
    assert len(read(own_folder).norms) == count
    with Store(own_folder, read_only=True) as store:
        assert [d.who for d in store.decisions()] == ["李四", "李四"]  # remembered in the session


def test_a_norm_is_added_to_a_clause(own_folder, monkeypatch):
    app, reading = app_on(own_folder, monkeypatch), read(own_folder)
    clause = next(c for c in reading.clauses if "规范农贸市场管理" in c.text)
    opened(app, "reader", doc="市场", act="add", **{"in": clause.clause_id, "words": "规范农贸市场管理"})
    assert app.text_area(key="correction_words").value == "规范农贸市场管理"
    app.selectbox(key="correction_kind").set_value(NormKind.POWER)
    app.text_input(key="correction_who").set_value("王五")
    app.text_input(key="correction_why").set_value("漏掉了")
    next(b for b in app.button if b.label == "补充规范").click().run()
    norm = norm_with(read(own_folder), "规范农贸市场管理")
    assert (norm.text, norm.kind, norm.action) == ("规范农贸市场管理", NormKind.POWER, "规范农贸市场管理")


def test_a_word_on_what_is_there_no_longer_is_told(own_folder, monkeypatch):
    app = app_on(own_folder, monkeypatch)
    corrected(app, own_folder, "不得销售", Verb.CONFIRM, who="李四")
    fill(own_folder.parent, {"市场.txt": MARKET.replace("来源不明的食品", "没有检疫证明的肉类")})
    shown = opened(app, "reader", doc="市场@2", view="norms")
    assert "没有着落的人工核对" in shown
    assert "李四" in shown


@pytest.mark.parametrize(
    ("verb", "fields", "message"),
    [
        (Verb.CONFIRM, {}, "名字"),
        (Verb.REJECT, {"who": "李四"}, "理由"),
        (Verb.EDIT, {"who": "李四", "why": "x"}, "还没有改动"),
        (Verb.EDIT, {"who": "李四", "why": "x", "deadlines": "三日内 | 三"}, "不是数字"),
    ],
)
def test_what_is_missing_is_told_and_nothing_written(folder, monkeypatch, verb, fields, message):
    app = app_on(folder, monkeypatch)
    norm = norm_with(read(folder), "不得销售")
    opened(app, "reader", doc="市场", act=verb.value, norm=norm.norm_id)
    for name, value in fields.items():
        key = f"correction_{name}"
        next(w for kind in (app.text_input, app.text_area) for w in kind if w.key == key).set_value(value)
    next(b for b in app.button if b.label == correcting.ACTS[verb]).click().run()
    assert message in app.error[0].value
    with Store(folder, read_only=True) as store:
        assert not store.decisions()


@pytest.mark.parametrize("params", [{"act": "edit", "norm": "没有"}, {"act": "月球"}, {"act": "add", "in": "没有"}])
def test_a_form_for_what_is_not_there_is_not_opened(folder, monkeypatch, params):
    app = app_on(folder, monkeypatch)
    assert opened(app, "reader", doc="市场", **params)
    assert not [b for b in app.button if b.label in correcting.ACTS.values()]


# --- citations and names of bodies ---------------------------------------------------------------------------------------


def asked(card: dict) -> dict[str, str]:
    """What the address holds that opens the form of a card."""
    assert [words for _, words in card["acts"]][:2] == ["确认", "改正"]
    return card["ask"]


def card_of(folder, kind: str, head: str) -> dict:
    return next(card for card in Marks(reader_html.page(read(folder))).cards[kind] if card["head"] == head)


def sent(app: AppTest, ask: dict[str, str], verb: Verb, button: str, **fields: str) -> AppTest:
    """The page after a form was filled in and sent."""
    opened(app, "reader", doc="市场", act=verb.value, **ask)
    for name, value in {"who": "李四", "why": "看过原文", **fields}.items():
        app.text_input(key=f"correction_{name}").set_value(value)
    next(b for b in app.button if b.label == button).click().run()
    return app


def test_a_citation_is_led_elsewhere(own_folder, monkeypatch):
    app, card = app_on(own_folder, monkeypatch), card_of(own_folder, "cites", "本文件第四条")
    sent(app, asked(card), Verb.EDIT, "改正", label="第五条")
    assert not app.error
    (citation,) = [c for found in read(own_folder).citations.values() for c in found if c.label]
    assert (citation.label, citation.status, citation.target_clause_id) == ("第五条", "resolved", "市场#第五条")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"label": "第九十条"}, "没有第九十条"),
        ({"label": "四"}, "读不懂"),
        ({"title": "市场管理办法"}, "是不是《江川市农贸市场管理办法》"),
        ({"title": "云岭省集市条例"}, "先导入"),
        ({"title": " "}, "标题"),
        ({}, "还没有改动"),
        ({"label": "第五条", "why": ""}, "理由"),
    ],
)
def test_a_citation_that_cannot_be_is_told(folder, monkeypatch, fields, message):
    app, card = app_on(folder, monkeypatch), card_of(folder, "cites", "本文件第四条")
    assert message in sent(app, asked(card), Verb.EDIT, "改正", **fields).error[0].value
    with Store(folder, read_only=True) as store:
        assert not store.decisions()


def test_a_citation_is_rejected_and_brought_back(own_folder, monkeypatch):
    app, card = app_on(own_folder, monkeypatch), card_of(own_folder, "cites", "本文件第四条")
    ask = asked(card)
    sent(app, ask, Verb.REJECT, "不是引用")
    assert not read(own_folder).citations
    assert "人工否定的引用和机构" in opened(app, "reader", doc="市场", view="norms")
    sent(app, ask, Verb.CONFIRM, "确认")
    assert card_of(own_folder, "cites", "本文件第四条")


def test_a_body_gets_its_name_in_one_document_or_in_all(own_folder, monkeypatch):
    app, card = app_on(own_folder, monkeypatch), card_of(own_folder, "marks", "江川市商务局")
    ask = asked(card)
    sent(app, ask, Verb.EDIT, "改正", name="江川市商务和投资促进局")
    assert card_of(own_folder, "marks", "江川市商务和投资促进局")
    with Store(own_folder, read_only=True) as store:
        assert [(d.words, d.doc_id) for d in store.decisions()] == [("市商务局", "市场")]
    opened(app, "reader", doc="市场", act="confirm", **ask)
    app.checkbox(key="correction_everywhere").check()
    next(b for b in app.button if b.label == "确认").click().run()
    with Store(own_folder, read_only=True) as store:
        assert store.decisions()[-1].doc_id is None


def test_a_card_tells_what_became_of_a_body_that_was_renamed(tmp_path):
    text = MARKET.replace("市商务局", "市工商行政管理局")
    card = card_of(fill(tmp_path, {"市场.txt": text}), "marks", "江川市工商行政管理局")
    assert words_of(card, "后来").startswith("2018-03-17 决定改为江川市市场监督管理局（")


def test_words_that_name_no_body_are_no_longer_marked(own_folder, monkeypatch):
    app, card = app_on(own_folder, monkeypatch), card_of(own_folder, "marks", "消费者")
    sent(app, asked(card), Verb.REJECT, "不是机构")
    assert "消费者" not in {mention.text for mention in read(own_folder).mentions}
    assert "人工否定的引用和机构" in opened(app, "reader", doc="市场", view="norms")


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_rejected_body_is_brought_back_with_the_name_that_it_had(own_folder, monkeypatch, everywhere):
    app, ask = app_on(own_folder, monkeypatch), asked(card_of(own_folder, "marks", "江川市商务局"))
    for verb, button in ((Verb.REJECT, "不是机构"), (Verb.CONFIRM, "确认")):
        opened(app, "reader", doc="市场", act=verb.value, **ask)
        app.text_input(key="correction_who").set_value("李四")
        app.text_input(key="correction_why").set_value("看过原文")
        app.checkbox(key="correction_everywhere").set_value(everywhere)
        next(b for b in app.button if b.label == button).click().run()
        shown = opened(app, "reader", doc="市场", view="norms")
        assert ("人工否定的引用和机构" in shown) == (verb is Verb.REJECT)
    card = card_of(own_folder, "marks", "江川市商务局")
    assert "李四" in words_of(card, "人工核对")


def added(app: AppTest, clause_id: str, what: str, words: str, **fields: str) -> AppTest:
    """The page after somebody added what a clause holds."""
    opened(app, "reader", doc="市场", act="add", **{"in": clause_id, "words": words})
    app.radio(key="correction_what").set_value(what).run()
    for name, value in {"who": "王五", "why": "漏掉了", **fields}.items():
        app.text_input(key=f"correction_{name}").set_value(value)
    next(b for b in app.button if b.label == f"补充{what}").click().run()
    return app


def test_a_citation_and_a_body_that_were_missed_are_added(own_folder, monkeypatch):
    app, reading = app_on(own_folder, monkeypatch), read(own_folder)
    clause = next(c for c in reading.clauses if "建立入场经营者档案" in c.text).clause_id
    assert not added(app, clause, "引用", "档案", title="本文件", label="第四条").error
    assert not added(app, clause, "机构", "入场", name="入场经营者").error
    reading = read(own_folder)
    (citation,) = reading.citations[clause]
    assert (citation.text, citation.target_clause_id) == ("档案", "市场#第四条")
    assert "连续的一段文字" in added(app, clause, "引用", "没有的话", title="本文件").error[0].value
    app = app_on(own_folder, monkeypatch)
    assert "没有第九十条" in added(app, clause, "引用", "建立", title="本文件", label="第九十条").error[0].value
    with Store(own_folder, read_only=True) as store:
        assert [(d.about, d.verb, d.words) for d in store.decisions()] == [
            ("citation", "add", "档案"),
            ("body", "add", "入场"),
        ]


# --- where a cited provision stands today ----------------------------------------------------------------------------------


def cited(**led):
    return LedCitation("甲#第一条", "甲", 0, 5, "乙法第三条", "乙法", "第三条", status="resolved", **led)


@pytest.mark.parametrize(
    ("citation", "shown"),
    [
        (cited(), []),
        (cited(status_cited="no_version"), ["库中只有后来的版本，条号可能已变，请核对"]),
        (cited(now_doc_id="乙法2024"), ["现行版本已没有这一条款"]),
        (
            cited(now_doc_id="乙法2024", now_clause_id="乙法2024#第五条", now_label="第五条", change=Change.MOVED),
            ["现行版本中为第五条（改序）"],
        ),
    ],
)
def test_a_card_tells_where_the_cited_provision_stands_today(citation, shown):
    assert [words for words, _, _ in norm_cards.today(citation)] == shown
