"""权责清单: what stands in it for bodies of statutes, of policy texts and of published lists; what is left to other duties."""

from __future__ import annotations

from datetime import date

import pytest

from answers.organs import find_bodies, roles_of, with_organs
from answers.powers.listing import powers_list
from answers.powers.tables import powers_tables
from answers.scope import Scope
from tiaoli.errors import NotFound

RULES = """江川市河道采砂管理办法

第一条 为了加强河道采砂管理，制定本办法。

第二条 江川市水务局负责全市河道采砂的监督管理。

第三条 河道采砂许可证由江川市水务局核发。江川市水务局应当自受理申请之日起二十日内作出决定。

第四条 江川市水务局应当每年公布采砂规划。

第五条 违反本办法规定，未取得许可证擅自采砂的，由江川市水务局责令停止违法行为，处一万元以上五万元以下罚款；情节严重的，吊销许可证。

第六条 江川市水务局的工作人员玩忽职守、滥用职权的，依法给予处分。
"""
OFFICES = """江川市水务局执法职权分解方案

一、内设机构和职权分解

1、河道管理处

审批河道采砂许可;负责河道巡查工作。

2、政策法规处

负责行政复议和行政应诉工作。

二、执法责任

有下列情形之一的,应当追究行政执法过错责任:

1、超越职权的。

2、违法实施罚款的。
"""
LAW = """中华人民共和国河湖法

第一条 为了保护河湖，制定本法。

第二条 县级以上人民政府水务部门可以对河湖进行检查。
"""


def listed(opened, name, scope=None, *, alone=False):
    bodies = find_bodies(opened.kept, name)
    bodies = bodies if alone else with_organs(opened.kept, bodies)
    return powers_list(opened.kept, opened.resolver, bodies, scope or Scope())


def test_powers_penalties_and_duties_of_a_statute(shelf):
    with shelf({"办法": RULES}) as opened:
        found = listed(opened, "江川市水务局")
    powers = {power.name: power for power in found.powers}
    assert [(p.type, p.name) for p in found.powers][:2] == [
        ("行政许可", "核发河道采砂许可证"),
        ("行政处罚", "对未取得许可证擅自采砂的行政处罚"),
    ]
    permit = powers["核发河道采砂许可证"]
    assert [basis.cited for basis in permit.bases] == ["《江川市河道采砂管理办法》第三条第一款"]
    assert [duty.text for duty in permit.duties] == ["江川市水务局应当自受理申请之日起二十日内作出决定"]
    assert permit.limits == ("自受理申请之日起二十日内",)
    assert [basis.cited for basis in permit.liabilities] == ["《江川市河道采砂管理办法》第六条第一款"]
    fine = powers["对未取得许可证擅自采砂的行政处罚"]
    assert [norm.condition for norm in fine.norms][1:] == ["情节严重的"]
    assert [one.norm.text for one in found.other_duties] == [
        "江川市水务局负责全市河道采砂的监督管理",
        "江川市水务局应当每年公布采砂规划",
    ]
    told = sum(len(power.norms) + len(power.duties) for power in found.powers) + len(found.other_duties)
    assert found.norms == told  # nothing is lost


def test_offices_have_the_functions_below_their_names(shelf):
    with shelf({"方案": OFFICES}) as opened:
        office = listed(opened, "河道管理处")
        law = listed(opened, "政策法规处")
    assert [power.name for power in office.powers] == ["审批河道采砂许可", "负责河道巡查工作"]
    assert [power.name for power in law.powers] == ["负责行政复议和行政应诉工作"]
    (cases,) = office.powers[0].liabilities
    assert "超越职权的" in cases.words
    assert "违法实施罚款的" in cases.words


def test_a_matter_of_several_documents_is_one_with_all_its_bases(shelf):
    again = RULES.replace("江川市河道采砂管理办法", "江川市采砂许可规定").replace(
        "情节严重的，吊销许可证", "拒不停止的，没收工具"
    )
    with shelf({"办法": RULES, "规定": again}) as opened:
        found = listed(opened, "江川市水务局")
        one = listed(opened, "江川市水务局", Scope(doc_ids=("规定",)))
    permits = [power for power in found.powers if power.type == "行政许可"]
    assert [len(power.bases) for power in permits] == [2]
    assert (found.documents, one.documents) == (2, 1)
    assert {basis.document.doc_id for power in one.powers for basis in power.bases} == {"规定"}


def test_departments_count_in_unless_left_out(shelf):
    text = RULES + "\n第七条 江川市人民政府可以划定禁采区。\n"
    with shelf({"办法": text}) as opened:
        whole = listed(opened, "江川市人民政府")
        own = listed(opened, "江川市人民政府", alone=True)
    assert {power.body.name for power in whole.powers} == {"江川市人民政府", "江川市水务局"}
    assert [power.name for power in own.powers] == ["划定禁采区"]


def test_the_law_may_mean_a_department_by_a_general_name(shelf):
    with shelf({"办法": RULES, "法": LAW}) as opened:
        (body,) = find_bodies(opened.kept, "江川市水务局")
        (role,) = roles_of(opened.kept, body)
        assert (role.body.name, role.norms) == ("县级以上人民政府水务部门", 1)
        found = powers_list(opened.kept, opened.resolver, [body, role.body], Scope())
    assert "对河湖进行检查" in {power.name for power in found.powers}


def test_a_name_that_nobody_bears_is_told_with_what_is_near(shelf):
    with shelf({"办法": RULES}) as opened, pytest.raises(NotFound, match="江川市水务局"):
        find_bodies(opened.kept, "水务")


def test_the_tables_lead_to_the_clauses_and_say_what_was_searched(shelf):
    with shelf({"办法": RULES}) as opened:
        powers, duties = powers_tables(listed(opened, "江川市水务局"), "江川市水务局", Scope(), 1, date(2026, 6, 1))
    assert powers.rows[0].clause_id == "办法#第三条/第一款"
    assert powers.rows[0].values[1:4] == ("核发河道采砂许可证", "行政许可", "江川市水务局")
    assert "河道采砂许可证由江川市水务局核发" in powers.rows[0].values[4]
    assert dict(powers.facts)["范围"] == "不含已失效文本；共 1 件，库中 1 件"
    assert [row.values[2] for row in duties.rows][1:] == ["江川市水务局应当每年公布采砂规划"]
