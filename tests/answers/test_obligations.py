"""Obligations across documents: a whole answer over a small store of own texts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from app_pages import fill
from openpyxl import load_workbook

from answers.obligations.answer import Asked, Sources, kinds_of, obligations
from answers.obligations.concerning import Concern, meant_by
from answers.obligations.tables import as_records, obligations_tables
from answers.scope import Scope
from graph.corrected import CorrectedResolver, corrected
from graph.kept import KeptGraph, kept_graph
from office.tables import excel_file, word_file
from search.index import open_index
from tiaoli.decisions import on_norm
from tiaoli.errors import TiaoliError
from tiaoli.records import NormKind, Verb
from tiaoli.store import Store

PROVINCE = """云岭省行政执法监督办法
（云岭省人民政府令第12号，2020年3月1日公布）

第一条 为了加强行政执法监督，制定本办法。

第二条 县级以上人民政府应当每年组织行政执法案卷评查。

第三条 行政执法机关不得伪造执法案卷。

第四条 司法行政部门可以调阅行政执法案卷。

第五条 行政执法人员应当持证上岗。

第六条 省人民政府应当自收到报告之日起三十日内向社会公布行政执法案卷评查结果。
"""
CITY = """江川市全面推进依法行政实施意见

一、规范执法
（一）完善行政执法制度。各级政府要完善行政执法案卷评查制度，健全持证上岗制度。市财政局应当报送年度决算。
（二）加强培训。市司法局要组织执法人员培训，每人每年不少于7天。

二、其他
（一）防汛。各区县应当修订防汛应急预案。
"""
COUNTY = """临溪县行政执法案卷评查规定

第一条 根据《云岭省行政执法监督办法》，制定本规定。

第二条 县人民政府应当每半年组织一次行政执法案卷评查。

第三条 县司法局应当建立评查专家库。

第四条 案卷评查按照下列项目评分：
（一）执法案卷评查主体；
（二）文书。
"""
HOSTILE = """江川市<script>alert(1)</script>案卷评查办法

第一条 市司法局应当<img src=x onerror=alert(2)>组织行政执法案卷评查，=1+1。
"""
DAY = date(2026, 1, 1)
ABOUT = "行政执法案卷评查"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    texts = {"省.txt": PROVINCE, "市.txt": CITY, "县.txt": COUNTY, "敌意.txt": HOSTILE}
    return fill(tmp_path_factory.mktemp("obligations"), texts)


@pytest.fixture(scope="module")
def sources(folder):
    with Store(folder, read_only=True) as store, kept_graph(store) as kept:
        yield Sources(corrected(store), kept, open_index(folder).view(DAY))


def ask(sources, **fields):
    return obligations(sources, Asked(**fields))


def members(answer):
    return [member for group in answer.groups for member in group.members]


def group_with(answer, words):
    return next(g for g in answer.groups if any(words in member.text for member in g.members))


def test_the_same_obligation_of_several_documents_is_one_group_with_its_differences(sources):
    group = group_with(ask(sources, about=ABOUT), "每半年组织一次")
    assert {member.document.doc_id for member in group.members} >= {"省", "县"}
    told = {difference.name: difference.values for difference in group.differences}
    assert {"每年", "每半年"} <= set(told["频次"])
    assert group.chain[0].doc_id == "省"
    assert next(step for step in group.chain if step.doc_id == "县").rests_on == ("云岭省行政执法监督办法",)


def test_what_is_ordered_of_a_topic_besides_stands_in_groups_of_its_own(sources):
    answer = ask(sources, about=ABOUT)
    groups = [group_with(answer, words) for words in ("每半年组织一次", "不得伪造", "调阅", "向社会公布", "专家库")]
    assert len({group.group_id for group in groups}) == len(groups)


def test_the_first_members_are_about_the_topic_and_none_only_near_it_stands_in_a_group_with_them(sources):
    answer = ask(sources, about=ABOUT)
    assert not answer.groups[0].near
    assert answer.groups[-1].near
    assert all("防汛" not in member.text for member in members(answer))
    assert all(len({member.near for member in group.members}) == 1 for group in answer.groups)


def test_an_answer_tells_what_was_searched_and_what_stayed_open(sources):
    answer = ask(sources, about=ABOUT)
    assert answer.counts.documents == answer.counts.all_documents == 4
    assert answer.counts.norms == sources.store.n_norms() > 0
    assert answer.counts.fitting + answer.counts.near >= len({m.clause.clause_id for m in members(answer)}) > 5
    assert answer.counts.no_norm == sum(m.norm is None for m in members(answer))
    cut = ask(sources, about=ABOUT, most=2)
    assert len(members(cut)) == 2
    assert cut.counts.left + cut.counts.cut > 0


def test_a_clause_that_states_it_without_an_extracted_norm_is_not_lost(sources):
    found = next(m for m in members(ask(sources, about=ABOUT)) if "评查主体" in m.text)
    assert found.norm is None
    assert "未抽取出规范" in found.why


def test_every_member_says_why_it_is_there(sources):
    assert all(member.fit.found or member.fit.above for member in members(ask(sources, about=ABOUT)))
    assert "案卷" in members(ask(sources, about=ABOUT))[0].why


def test_a_body_comes_first_and_others_are_told_apart(sources):
    answer = ask(sources, about=ABOUT, body="临溪县人民政府")
    concerns = {member.text: member.concern for member in members(answer)}
    county = next(words for words in concerns if "每半年" in words)
    assert concerns[county] is Concern.BEARS
    assert next(concern for words, concern in concerns.items() if "专家库" in words) is Concern.OTHER
    assert "每半年" in " ".join(member.text for member in answer.groups[0].members)


def test_a_general_name_takes_those_that_fall_under_it(sources):
    answer = ask(sources, about=ABOUT, body="各级政府")
    assert answer.meant is not None and answer.meant.generic is not None
    borne = {m.text for m in members(answer) if m.concern is Concern.BEARS}
    assert any("每半年" in words for words in borne) and any("每年组织" in words for words in borne)
    assert not any("专家库" in words for words in borne)


def test_a_body_alone_has_all_that_it_bears(sources):
    answer = ask(sources, body="江川市司法局")
    assert {member.document.doc_id for member in members(answer)} <= {"市", "敌意"}
    assert any("培训" in member.text for member in members(answer))
    assert all(member.concern in (Concern.BEARS, Concern.TOWARDS) for member in members(answer))


def test_nobody_of_that_name_is_told(sources):
    answer = ask(sources, body="海州市港务局")
    assert answer.groups == ()
    assert "没有这个名称" in answer.meant.described


def test_a_department_by_its_field_means_those_of_all_places(sources):
    meant = meant_by("司法行政部门", sources.kept)
    assert meant.field == "司法"
    assert meant.covers("临溪县司法局") and not meant.covers("市财政局")


def test_kinds_and_scope_narrow(sources):
    answer = ask(sources, about=ABOUT, kinds=(NormKind.PROHIBITION,))
    assert {m.norm.kind for m in members(answer) if m.norm is not None} == {NormKind.PROHIBITION}
    county = ask(sources, about=ABOUT, scope=Scope(doc_ids=("县",)))
    assert {member.document.doc_id for member in members(county)} == {"县"}
    assert county.counts.documents == 1
    with pytest.raises(TiaoliError, match="可用：duty"):
        kinds_of(["义务"])


@pytest.mark.parametrize("asked", [{}, {"about": "  "}, {"about": "的"}])
def test_nothing_asked_is_an_error(sources, asked):
    with pytest.raises(TiaoliError, match="请写明主题"):
        ask(sources, **asked)


def test_what_no_document_speaks_of_gives_no_group(sources):
    assert ask(sources, about="海上风力发电").groups == ()


def test_two_runs_give_the_same(sources):
    assert ask(sources, about=ABOUT) == ask(sources, about=ABOUT)


# --- leaving ---------------------------------------------------------------------------------------------------------


def test_json_has_the_fields_of_norms_and_where_they_stand(sources):
    answer = ask(sources, about=ABOUT, body="各级政府")
    records = as_records(answer, CorrectedResolver.of(sources.store, at=DAY))
    first = records["groups"][0]
    assert {"group_id", "action", "members", "differences"} <= first.keys()
    every = [member for group in records["groups"] for member in group["members"]]
    assert all({"clause_id", "doc_id", "title", "path", "kind", "text"} <= member.keys() for member in every)
    assert {member["clause_id"] for member in every} == {m.clause.clause_id for m in members(answer)}
    told = next(group for group in records["groups"] if group["differences"])
    values = told["differences"][0]["values"]
    assert {c for value in values for c in value["clause_ids"]} == {m["clause_id"] for m in told["members"]}


def test_excel_and_word_have_every_member_and_no_formula(sources):
    answer = ask(sources, about=ABOUT)
    tables = obligations_tables(answer)
    assert len(tables[0].rows) == len(members(answer))
    assert all(row.clause_id for row in tables[0].rows)
    book = load_workbook(BytesIO(excel_file(tables, lambda clause_id: f"http://localhost/{clause_id}")))
    assert book.sheetnames[:2] == ["义务", "异同"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert word_file(tables)[:2] == b"PK"


def test_a_row_of_a_list_that_says_the_same_again_is_told_by_its_number(tmp_path):
    rows = "".join(f"第{n}条 监管股应当组织开展许可证年检。\n\n" for n in "一二三四五六七")
    folder = fill(tmp_path, {"清单.txt": f"江川市监管职责清单\n\n{rows}"})
    with Store(folder, read_only=True) as store, KeptGraph(None) as kept:
        kept.update(store)
        answer = ask(Sources(corrected(store), kept, open_index(folder).view(DAY)), about="许可证年检")
    shown = members(answer)
    assert len(shown) == 2
    assert sum(len(member.again) for member in shown) == 5


@pytest.mark.parametrize("verb", [Verb.REJECT, Verb.EDIT])
def test_what_a_person_says_of_a_norm_changes_the_answer(tmp_path, verb):
    folder = fill(tmp_path, {"省.txt": PROVINCE, "县.txt": COUNTY})
    with Store(folder) as store:
        norm = next(one for one in store.norms("县") if "每半年" in one.text)
        anchor = {"clause": store.clause(norm.clause_id), "document": store.document("县")}
        changes = {"action": "抽查行政执法案卷"} if verb is Verb.EDIT else None
        when = datetime(2026, 3, 1, 12, tzinfo=UTC)
        store.put_decision(on_norm(norm, verb, who="李明", when=when, changes=changes, **anchor))
        with KeptGraph(None) as kept:
            kept.update(store)
            answer = ask(Sources(corrected(store), kept, open_index(folder).view(DAY)), about=ABOUT)
    said = [member for member in members(answer) if "每半年" in member.text]
    if verb is Verb.EDIT:
        assert [member.norm.action for member in said] == ["抽查行政执法案卷"]
    else:
        assert [member.norm for member in said] in ([], [None])
    assert [member.norm.action for member in members(answer) if "每年" in member.text] == ["组织行政执法案卷评查"]


def test_cleaning_every_two_years_and_after_one_year_are_one_group_with_their_limits(tmp_path):
    texts = {
        "甲.txt": "江川市依法行政意见\n\n一、制度建设\n（一）建立定期清理制度。制定机关每两年对规范性文件进行清理。\n",
        "乙.txt": "临溪县依法行政意见\n\n一、制度建设\n（一）加强文件管理。对实施满1年的规范性文件进行清理。\n",
    }
    folder = fill(tmp_path, texts)
    with Store(folder, read_only=True) as store, KeptGraph(None) as kept:
        kept.update(store)
        answer = ask(Sources(corrected(store), kept, open_index(folder).view(DAY)), about="规范性文件定期清理")
    group = group_with(answer, "每两年")
    assert {member.document.doc_id for member in group.members} == {"甲", "乙"}
    told = {difference.name: difference.values for difference in group.differences}
    assert any("两年" in words for words in told.get("频次", ()))
    assert any("1年" in words for words in told.get("时限", ()))
