"""Norms of short texts: what they lay on whom, under which condition and until when."""

import pytest
from factories import clause, file_state
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from ingest.norms.amounts import find_amounts
from ingest.norms.deadlines import find_deadlines
from ingest.norms.extract import extract
from ingest.pipeline import parse_text
from ingest.readers import read
from ingest.readers.reading import Reading
from tiaoli.records import Norm, ParsedDocument

NUMERALS = "二三四五六七八九"


def statute(*articles: str) -> ParsedDocument:
    head = "示例市河道管理办法\n\n第一条 为了加强河道管理，保障防洪安全，制定本办法。\n\n"
    body = "\n\n".join(f"第{number}条 {text}" for number, text in zip(NUMERALS, articles, strict=False))
    return parse_text(Reading(head + body), file_state())[0]


def notice(*paragraphs: str) -> ParsedDocument:
    head = "关于做好今冬供暖工作的通知\n\n各街道办事处：\n\n"
    return parse_text(Reading(head + "\n\n".join(paragraphs)), file_state())[0]


def who(norm: Norm) -> str:
    """Bearers joined by +, with a ^ behind those that the unit does not name itself."""
    return "+".join(bearer.name + "^" * bearer.inherited for bearer in norm.bearers) or "-"


def told(document: ParsedDocument) -> list[str]:
    """Each norm as 'kind strength modal bearers: action', what is not there as -."""
    return [f"{n.kind} {n.strength or '-'} {n.modal or '-'} {who(n)}: {n.action}" for n in document.norms]


def squeezed(text: str) -> str:
    return "".join(text.split())


def functions(document: ParsedDocument) -> list[str | None]:
    return [clause.function for clause in document.clauses if clause.text]


KINDS = [
    ("市水务局应当定期公布水质。", "duty mandatory 应当 市水务局: 定期公布水质"),
    ("船员必须穿着救生衣。", "duty mandatory 必须 船员: 穿着救生衣"),
    ("采砂单位须持证作业。", "duty mandatory 须 采砂单位: 持证作业"),
    ("市水务局负责全市河道的监督管理。", "duty mandatory 负责 市水务局: 负责全市河道的监督管理"),
    ("河道保洁由街道办事处负责。", "duty mandatory 负责 街道办事处: 负责"),
    ("船长有义务救助落水人员。", "duty mandatory 有义务 船长: 救助落水人员"),
    ("国家鼓励社会资本参与河道治理。", "duty encouraged 鼓励 国家: 鼓励社会资本参与河道治理"),
    ("市水务局会同公安机关开展联合执法。", "duty directive - 市水务局: 会同公安机关开展联合执法"),
    ("公示期不得少于七日。", "duty mandatory 不得 -: 少于七日"),
    ("采砂量不得超过许可的数量。", "prohibition mandatory 不得 -: 超过许可的数量"),
    ("在汛期，一律禁止采砂。", "prohibition mandatory 禁止 -: 采砂"),
    ("市水务局可以对采砂现场进行检查。", "power - 可以 市水务局: 对采砂现场进行检查"),
    ("采砂规划由市人民政府批准。", "power - - 市人民政府: 批准"),
    ("情节轻微的，可以不予处罚。", "power - 可以 -: 不予处罚"),
    ("申请人对决定不服的，可以依法申请行政复议。", "right - 可以 申请人: 申请行政复议"),
    ("沿河居民有权举报侵占河道的行为。", "right - 有权 沿河居民: 举报侵占河道的行为"),
    ("违反本办法规定，造成损失的，应当依法承担赔偿责任。", "liability - 应当 -: 承担赔偿责任"),
    ("擅自采砂的，由市水务局责令限期改正。", "liability - - 市水务局: 责令限期改正"),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_words_tell_the_kind_and_the_strength(text, expected):
    assert told(statute(text)) == [expected]


WITHIN = [
    "因工作需要，市水务局会同公安机关开展联合执法。",
    "准予许可的决定由市水务局公布。",
    "公安机关及其工作人员对业务资料保密。",
    "不可抗力造成的损失由市水务局核定。",
    "实施主体的期限权限由市水务局规定。",
]


@pytest.mark.parametrize("text", WITHIN)
def test_modal_words_within_other_words_are_none(text):
    assert {norm.modal for norm in statute(text).norms} <= {None}


@pytest.mark.parametrize("text", ["境内需要治理的河段由市水务局确定。", "所需要的材料由市水务局公布。"])
def test_what_is_needed_is_no_order(text):
    assert [norm.modal for norm in statute(text).norms] == [None]


LONGER = [
    ("高层次人才可以申请购房补贴。", "可以"),
    ("开展业务必须取得许可。", "必须"),
    ("双方可以协商解决。", "可以"),
    ("对方应当配合。", "应当"),
    ("市水务局应对申请材料进行审核。", "应"),
    ("确需变更的，申请人应当报市水务局。", "应当"),
]


@pytest.mark.parametrize(("text", "modal"), LONGER)
def test_a_word_before_a_modal_word_does_not_hide_it(text, modal):
    assert [norm.modal for norm in statute(text).norms] == [modal]


NOTHING = [
    ("本办法所称河道，是指本市行政区域内的江河、湖泊。", "definition"),
    ("河道管理应当遵循统一规划、分级负责的原则。", "principle"),
    ("本办法适用于本市行政区域内河道的管理。", "scope"),
    ("法律、法规另有规定的，从其规定。", "supplementary"),
    ("采砂许可证有效期为三年。", "supplementary"),
    ("本办法自2024年5月1日起施行。", "supplementary"),
]


@pytest.mark.parametrize(("text", "function"), NOTHING)
def test_what_lays_nothing_on_anybody_is_no_norm_but_has_a_function(text, function):
    document = statute(text)
    assert told(document) == []
    assert functions(document)[-1] == function


FUNCTIONS = [
    ("市水务局应当自受理申请之日起十日内作出决定。", "procedure"),
    ("市水务局负责全市河道的监督管理。", "authority"),
    ("任何单位和个人不得在河道内倾倒垃圾。", "norm"),
    ("擅自采砂的，由市水务局责令限期改正。", "liability"),
]


@pytest.mark.parametrize(("text", "function"), FUNCTIONS)
def test_norms_tell_what_a_clause_is_for(text, function):
    assert functions(statute(text))[-1] == function


# --- bearers -----------------------------------------------------------------------------------------------------------


def test_several_bearers_are_several_entries():
    assert told(statute("任何单位和个人不得在河道内倾倒垃圾。")) == [
        "prohibition mandatory 不得 任何单位+个人: 河道内倾倒垃圾"
    ]


def test_a_subject_is_told_without_its_relative_clause_unless_its_head_names_nobody():
    document = statute("收到举报的市水务局应当及时核实。从事水上经营活动的单位必须配备救生设备。")
    assert [who(norm) for norm in document.norms] == ["市水务局", "从事水上经营活动的单位"]


def test_the_subject_carries_on_to_the_next_unit_and_the_next_sentence():
    document = statute("市水务局应当受理申请，可以现场核查。对材料不齐的，应当一次性告知申请人。")
    assert [who(norm) for norm in document.norms] == ["市水务局", "市水务局^", "市水务局^"]
    assert document.norms[2].counterparty == ("申请人",)


def test_the_subject_does_not_carry_on_to_another_article():
    assert [who(norm) for norm in statute("市水务局应当受理申请。", "应当公示名单。").norms] == ["市水务局", "-"]


def test_a_thing_bears_nothing():
    (norm,) = statute("河道管理范围不得建设妨碍行洪的建筑物。").norms
    assert norm.bearers == ()


def test_a_body_whose_approval_extends_a_term_is_the_one_of_the_unit_before():
    text = "市水务局应当自收到申请之日起10日内作出决定；情况复杂的，经市水务局负责人批准，可以延长5个工作日。"
    first, second = statute(text).norms
    assert (first.kind, second.kind) == ("duty", "power")
    assert who(second) == "市水务局^"
    assert second.condition == "情况复杂的，经市水务局负责人批准"


def test_a_frequency_is_no_part_of_a_name():
    assert who(statute("市水务局每季度组织一次检查。").norms[0]) == "市水务局"


def test_what_somebody_does_before_a_modal_word_without_a_subject_is_the_circumstance():
    assert told(statute("供热企业开展抢修活动，应当设置警示标志。")) == ["duty mandatory 应当 供热企业: 设置警示标志"]


def test_what_somebody_does_before_another_subject_is_a_unit_of_its_own():
    document = statute("市水务局公布河道名录，采砂单位应当缴纳采砂费。")
    assert [who(norm) for norm in document.norms] == ["市水务局", "采砂单位"]


# --- lead-ins and their items --------------------------------------------------------------------------------------------


def test_requirements_below_a_lead_in_are_norms_and_open_ends_are_not():
    document = statute(
        "采砂单位应当具备下列条件：\n（一）有固定的经营场所；\n（二）有与采砂规模相适应的设备；\n（三）法律、法规规定的其他条件。"
    )
    assert told(document) == [
        "duty mandatory 应当 采砂单位: 具备下列条件",
        "duty mandatory - 采砂单位^: 有固定的经营场所",
        "duty mandatory - 采砂单位^: 有与采砂规模相适应的设备",
    ]


def test_cases_below_a_lead_in_are_no_norms():
    document = statute(
        "采砂单位有下列情形之一的，市水务局应当注销其采砂许可证：\n（一）许可届满未延续的；\n（二）采砂单位依法终止的。"
    )
    assert told(document) == ["duty mandatory 应当 市水务局: 注销其采砂许可证"]
    assert document.norms[0].condition == "采砂单位有下列情形之一的"


def test_forbidden_acts_below_a_lead_in_are_prohibitions():
    document = statute(
        "任何单位和个人不得在河道内从事下列活动：\n（一）擅自采砂；\n（二）设置妨碍行洪的围栏。\n市水务局应当设置警示牌。"
    )
    assert told(document) == [
        "prohibition mandatory 不得 任何单位+个人: 河道内从事下列活动",
        "prohibition mandatory - 任何单位^+个人^: 擅自采砂",
        "prohibition mandatory - 任何单位^+个人^: 设置妨碍行洪的围栏",
        "duty mandatory 应当 市水务局: 设置警示牌",
    ]


def test_functions_of_a_body_are_powers_where_they_touch_others_and_duties_where_they_are_own_work():
    document = statute(
        "市水务局履行下列职责：\n（一）编制河道整治规划；\n（二）核发采砂许可证；\n（三）负责水位监测工作。"
    )
    listed = [norm for norm in document.norms if norm.rule == "function"]
    assert [(norm.kind, who(norm), norm.power_type) for norm in listed] == [
        ("power", "市水务局^", "行政规划"),
        ("power", "市水务局^", "行政许可"),
        ("duty", "市水务局^", None),
    ]


def test_functions_below_the_name_of_an_office_lie_on_it_where_it_is_named():
    document = notice("一、内设机构和职权分解", "1、河道管理处", "审批河道采砂许可;负责河道巡查工作。")
    assert document.norms
    for norm in document.norms:
        (bearer,) = norm.bearers
        assert (bearer.name, bearer.inherited) == ("河道管理处", True)
        assert document.text[bearer.start : bearer.end] == "河道管理处"


def test_measures_below_a_lead_in_are_duties_of_its_subject():
    document = statute("建设单位应当采取下列措施：\n（一）设置警示标志；\n（二）配备救生器材。")
    assert [f"{n.kind} {n.strength} {who(n)}: {n.text}" for n in document.norms[1:]] == [
        "duty mandatory 建设单位^: 设置警示标志",
        "duty mandatory 建设单位^: 配备救生器材",
    ]


def test_a_forbidden_act_is_one_also_where_its_verb_is_taken_for_a_noun():
    document = statute("任何单位和个人不得在河道内从事下列活动：\n（一）倾倒垃圾；\n（二）擅自采砂。")
    assert [norm.text for norm in document.norms[1:]] == ["倾倒垃圾", "擅自采砂"]


def test_a_case_that_speaks_of_a_period_of_validity_is_no_supplementary_provision():
    document = statute(
        "有下列情形之一的，市水务局应当注销许可证：\n（一）许可证有效期届满未延续的；\n（二）依法终止的。"
    )
    assert "supplementary" not in functions(document)


# --- liabilities -------------------------------------------------------------------------------------------------------


def test_a_liability_lies_with_the_body_that_imposes_it_also_in_the_next_unit():
    document = statute("未按照规定报告的，由市水务局责令改正；拒不改正的，处二千元以下罚款。")
    assert [f"{n.kind} {who(n)} {n.condition} {n.power_type}" for n in document.norms] == [
        "liability 市水务局 未按照规定报告的 其他",
        "liability 市水务局^ 拒不改正的 行政处罚",
    ]


def test_a_liability_without_a_body_that_imposes_it_lies_on_the_punished():
    document = statute("市水务局工作人员玩忽职守的，依法给予处分；构成犯罪的，依法追究刑事责任。")
    assert [f"{n.kind} {who(n)} {n.power_type}" for n in document.norms] == [
        "liability 市水务局工作人员 处分问责",
        "liability - 其他",
    ]


def test_the_punished_behind_a_preposition_are_told():
    text = "挪用补助的，由市水务局追回，并对直接负责的主管人员依法给予处分。"
    norms = statute(text).norms
    assert {norm.kind for norm in norms} == {"liability"}
    assert who(norms[0]) == "市水务局"
    assert statute("违反前款规定，对直接负责的主管人员依法给予处分。").norms[0].bearers[0].name == "直接负责的主管人员"


def test_a_new_modal_word_begins_a_unit_of_its_own():
    document = statute("擅自采砂的，由市水务局给予警告，可以并处一千元以上五千元以下罚款。")
    assert [norm.modal for norm in document.norms] == [None, "可以"]
    assert [(a.low, a.high, a.unit) for a in document.norms[1].amounts] == [(1000, 5000, "元")]


def test_what_was_not_done_truthfully_is_a_breach():
    (norm,) = statute("采砂单位对采砂量未如实上报的，由市水务局责令改正，处一千元以下罚款。").norms
    assert norm.kind == "liability"


def test_a_modal_word_before_a_consequence_that_follows_no_breach_counts():
    (norm,) = statute("采砂单位终止后，对存续期间的债务仍应承担偿还责任。").norms
    assert (norm.modal, norm.strength) == ("应", "mandatory")


def test_an_exception_stays_in_its_unit_and_is_no_condition():
    (norm,) = statute("公示期不得少于七日，但涉及国家秘密的除外。").norms
    assert norm.text == "公示期不得少于七日，但涉及国家秘密的除外"
    assert norm.condition is None


def test_a_breach_told_of_the_one_who_suffers_is_a_condition():
    (norm,) = statute("对弄虚作假骗取补助的企业，依法追究其法定代表人的责任。").norms
    assert norm.kind == "liability"


@pytest.mark.parametrize("body", ["市市场监督管理局", "市场监督管理部门", "市公安局", "海事管理机构"])
def test_the_body_before_the_verb_of_a_fine_imposes_it(body):
    (norm,) = statute(f"违反本办法第四条规定的，由{body}处五千元以上二万元以下的罚款。").norms
    assert (norm.kind, who(norm), norm.action) == ("liability", body, "处五千元以上二万元以下的罚款")


@pytest.mark.parametrize("penalty", ["处警告", "处以一万元罚款", "处违法所得三倍以下罚款", "处二万元罚款"])
def test_a_body_in_charge_of_something_imposes_a_penalty(penalty):
    (norm,) = statute(f"违反本办法第四条规定的，由负责水务管理的部门{penalty}。").norms
    assert (norm.kind, norm.modal, who(norm), norm.action) == ("liability", None, "负责水务管理的部门", penalty)


def test_the_verb_of_a_fine_is_no_part_of_the_name_before_it():
    document = statute(
        "擅自采砂的，由负责水务管理的部门处二万元罚款。", "违反前款规定的，责令改正，对单位处十万元以下罚款。"
    )
    assert not any(bearer.name.endswith("处") for norm in document.norms for bearer in norm.bearers)


# --- policy texts ------------------------------------------------------------------------------------------------------


def test_in_a_policy_text_a_bare_verb_is_an_order_to_nobody_in_particular():
    assert told(notice("一、抓紧更换老旧管道，做好应急准备。")) == [
        "duty directive - -: 抓紧更换老旧管道，做好应急准备"
    ]


def test_headings_and_slogans_are_no_norms():
    document = notice(
        "一、指导思想", "坚持以人民为中心，牢固树立服务意识。", "二、工作目标", "到2026年底，供暖普及率达到95%以上。"
    )
    assert told(document) == []


def test_the_head_of_a_numbered_paragraph_is_no_norm():
    document = notice("二、工作要求", "（一）建立应急机制。各区要落实值班制度，严禁瞒报漏报。")
    assert told(document) == ["duty directive 要 各区: 落实值班制度", "prohibition mandatory 严禁 各区^: 瞒报漏报"]


def test_subjects_do_not_carry_on_over_a_full_stop_in_a_policy_text():
    document = notice("（一）压实责任。市住建局要每半年通报一次进展。及时拨付资金。")
    assert [who(norm) for norm in document.norms] == ["市住建局", "-"]


def test_each_subject_with_a_predicate_of_its_own_begins_a_unit():
    document = notice("（一）压实责任。市住建局每半年通报一次进展，市财政局及时拨付资金。")
    assert told(document) == ["duty directive - 市住建局: 通报一次进展", "duty directive - 市财政局: 拨付资金"]


def test_encouragement_and_the_payment_behind_it_are_two_norms():
    document = notice("一、鼓励热用户参加节能改造，对完成改造的给予每户500元补助。")
    assert [(norm.strength, norm.modal) for norm in document.norms] == [("encouraged", "鼓励"), ("directive", None)]


def test_a_request_names_the_one_who_is_asked():
    (norm,) = notice("三、请各区于11月15日前将情况报送市住建局。").norms
    assert (norm.strength, who(norm), norm.counterparty) == ("directive", "各区", ("市住建局",))


def test_bodies_in_brackets_at_the_end_bear_a_duty_of_their_own():
    document = notice("（一）加快改造。抓紧更换老旧管道。（市住建局、市财政局按职责分工负责）")
    assert told(document) == [
        "duty directive - -: 抓紧更换老旧管道",
        "duty mandatory 负责 市住建局+市财政局: 按职责分工负责",
    ]


def test_a_first_sentence_with_a_subject_is_read_also_where_it_is_the_heading():
    document = notice("二、供热企业要公开服务电话，不得拒绝用户报修。对低保家庭给予补贴。")
    assert [norm.modal for norm in document.norms] == ["要", "不得", None]


def test_a_numbered_paragraph_of_slogans_lays_nothing_on_anybody():
    assert told(notice("一、坚持问题导向，锐意进取，奋力开创供暖工作新局面。")) == []


def test_a_counterparty_is_told_without_the_verb_before_it():
    norm = notice("一、鼓励参加改造，对完成改造的用户给予补助。").norms[1]
    assert norm.counterparty == ("用户",)


# --- powers lists ------------------------------------------------------------------------------------------------------

LIST = """示例市水务局权责清单

| 序号 | 权力名称 | 权力类型 | 实施依据 | 行使主体 | 责任事项 | 追责情形 |
|---|---|---|---|---|---|---|
| 1 | 对擅自采砂的处罚 | 行政处罚 | 《示例市河道管理条例》第十条：擅自采砂的，处一万元以下罚款。 | 市水务局 | 1.调查取证，制作笔录。2.应当告知当事人权利。 | 因不履行职责，有下列情形的，相关工作人员应承担相应责任：1.违法处罚的；2.拒绝听证的。 |
"""


def rows() -> ParsedDocument:
    (reading,) = read("清单.md", LIST.encode())
    return parse_text(reading, file_state())[0]


def test_a_row_of_a_powers_list_holds_the_power_the_duties_and_the_liability():
    document = rows()
    assert [f"{n.kind} {n.strength or '-'} {who(n)} {n.power_type or '-'}" for n in document.norms] == [
        "power - 市水务局 行政处罚",
        "duty directive 市水务局 -",
        "duty mandatory 市水务局 -",
        "liability - 相关工作人员 处分问责",
    ]
    assert document.norms[0].text == "对擅自采砂的处罚"
    assert [document.text[span.start : span.end] for span in document.norms[0].citations] == [
        "《示例市河道管理条例》第十条"
    ]


def test_duties_of_a_row_are_told_without_their_numbers():
    assert [norm.text for norm in rows().norms[1:3]] == ["调查取证，制作笔录", "应当告知当事人权利"]


# --- time limits and amounts ---------------------------------------------------------------------------------------------

LIMITS = [
    ("应当自收到申请之日起二十个工作日内作出决定", "自收到申请之日起二十个工作日内", 20, "工作日", "收到申请"),
    ("应当自收到申请之日起20日内作出决定", "自收到申请之日起20日内", 20, "日", "收到申请"),
    ("应当在接到报修后2小时内到场", "接到报修后2小时内", 2, "小时", "接到报修"),
    ("在五日内完成审查", "五日内", 5, "日", None),
    ("三个月内办结", "三个月内", 3, "月", None),
    ("可以延长5个工作日", "5个工作日", 5, "工作日", None),
    ("两年内不得再次申请", "两年内", 2, "年", None),
    ("自任期届满之日起十日内移交", "自任期届满之日起十日内", 10, "日", "任期届满"),
    ("收到答辩书之日起的７日内送达", "收到答辩书之日起的７日内", 7, "日", "收到答辩书"),
    ("自开户之日起3个交易日内备案", "自开户之日起3个交易日内", 3, "交易日", "开户"),
    ("二十日内组织听证", "二十日内", 20, "日", None),
    ("30天内办理", "30天内", 30, "日", None),
    ("自公告刊登的次月1日起3个月内提出异议", "自公告刊登的次月1日起3个月内", 3, "月", "公告刊登的次月1日"),
    ("自登记失效之日起满2年后销毁", "自登记失效之日起满2年后", 2, "年", "登记失效"),
    ("2020年1月至2021年7月开展检查", "2020年1月至2021年7月", None, None, None),
]


@pytest.mark.parametrize(("text", "shown", "value", "unit", "anchor"), LIMITS)
def test_a_time_limit_has_a_value_a_unit_and_where_it_runs_from(text, shown, value, unit, anchor):
    (limit,) = find_deadlines(text, 0, len(text))
    assert (limit.text, limit.value, limit.unit, limit.anchor) == (shown, value, unit, anchor)
    assert limit.recurrence is None


FREQUENCIES = [
    ("每季度组织一次检查", "每季度", "季度"),
    ("每年评估一次", "每年", "年"),
    ("每半年通报一次", "每半年", "半年"),
    ("应当按月报送", "按月", "月"),
]


@pytest.mark.parametrize(("text", "shown", "period"), FREQUENCIES)
def test_a_frequency_has_its_period(text, shown, period):
    (limit,) = find_deadlines(text, 0, len(text))
    assert (limit.text, limit.recurrence, limit.value) == (shown, period, None)


@pytest.mark.parametrize("text", ["每两年评估一次", "每二年评估一次"])
def test_a_frequency_of_several_periods_counts_them_in_digits(text):
    (limit,) = find_deadlines(text, 0, len(text))
    assert (limit.text, limit.recurrence) == (text[:3], "2年")


@pytest.mark.parametrize(
    "text", ["及时公布", "定期检查", "在规定期限内办理", "年满十八周岁", "三年有期徒刑", "许可证有效期三年"]
)
def test_words_without_a_measure_and_qualifications_are_no_time_limits(text):
    assert list(find_deadlines(text, 0, len(text))) == []


@pytest.mark.parametrize("text", ["自作出决定之日起20日内公布", "五日内批准", "每年3月底前发布年度计划"])
def test_what_is_to_be_made_public_has_its_time_limit(text):
    assert len(list(find_deadlines(text, 0, len(text)))) == 1


@pytest.mark.parametrize("text", ["12月底前完成", "11月15日前报送", "2025年12月31日前缴清"])
def test_a_calendar_day_is_no_period(text):
    (limit,) = find_deadlines(text, 0, len(text))
    assert (limit.value, limit.unit, limit.anchor) == (None, None, None)


AMOUNTS = [
    ("处五千元以上五万元以下罚款", 5_000, 50_000, "元"),
    ("处二千元以下罚款", None, 2_000, "元"),
    ("投资3000万元以上", 30_000_000, None, "元"),
    ("处违法所得一倍以上三倍以下罚款", 1, 3, "倍"),
    ("首付款比例不低于20%", 20, None, "%"),
    ("占比不得超过百分之三十", None, 30, "%"),
    ("给予每户500元补助", 500, 500, "元"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), AMOUNTS)
def test_an_amount_has_its_bounds(text, low, high, unit):
    (amount,) = find_amounts(text, 0, len(text))
    assert (amount.low, amount.high, amount.unit) == (low, high, unit)


def test_a_time_limit_stands_in_its_norm_and_not_in_the_action():
    (norm,) = statute("市水务局应当自受理之日起十五日内作出决定，并书面告知申请人。").norms
    assert norm.action == "作出决定，并书面告知申请人"
    assert [limit.text for limit in norm.deadlines] == ["自受理之日起十五日内"]


def test_a_norm_has_the_citations_of_its_own_words():
    document = statute("市水务局依照《中华人民共和国水法》第四十八条的规定核发取水许可证；采砂单位应当持证作业。")
    cited = [[document.text[span.start : span.end] for span in norm.citations] for norm in document.norms]
    assert cited == [["《中华人民共和国水法》第四十八条"], []]


def test_a_bound_before_what_is_multiplied_counts():
    text = "罚款数额不得超过违法所得的三倍"
    (amount,) = find_amounts(text, 0, len(text))
    assert (amount.low, amount.high) == (None, 3)


def test_words_broken_over_lines_are_read_as_one_and_told_at_their_places():
    text = "市水务局应当自收到申请之\n日起二十个工作\n日内作出决定，并告知申\n请人。"
    (norm,), _ = extract([clause(text=text, start=0, end=len(text))], text)
    assert norm.text == text[:-1]
    assert (norm.deadlines[0].value, norm.deadlines[0].unit, norm.deadlines[0].anchor) == (20, "工作日", "收到申请")
    assert norm.counterparty == ("申请人",)


@pytest.mark.parametrize("joint", ["、", "及"])
def test_a_list_of_very_many_names_is_read(joint):
    text = joint.join(["市财政局"] * 2000) + "公开预算。"
    norms, _ = extract([clause(text=text, start=0, end=len(text))], text)
    assert len(norms) <= 1


# --- whatever the text ---------------------------------------------------------------------------------------------------

SENTENCES = (
    [text for text, _ in KINDS]
    + [text for text, _ in NOTHING]
    + [
        "有下列情形之一的，由市水务局责令改正：",
        "履行下列职责：",
        "负责日常巡查；",
        "（责任单位：市水务局、市财政局）",
        "但情况紧急的除外；",
        "第十条规定的，",
        "《水法》（2016年修订）第二条“不得采砂”的，",
        "由",
        "应当",
        "。；：，",
        "\n（一）",
        "\n第二条 ",
        "\n一、",
        "\t",
    ]
)
joins = st.lists(
    st.sampled_from(SENTENCES) | st.text("，。；：由应当不得可以的（）《》\n", max_size=5), max_size=25
).map("".join)


@seed(1)
@settings(max_examples=120, deadline=None)
@given(joins, st.booleans())
def test_any_join_of_sentences_gives_norms_that_stand_in_the_text(text, articles):
    text = f"示例市河道管理办法\n\n第一条 {text}" if articles else f"关于做好供暖工作的通知\n\n{text}"
    parsed = parse_text(Reading(text), file_state())
    assert parsed == parse_text(Reading(text), file_state())
    for one in parsed:
        clauses = {clause.clause_id: clause for clause in one.clauses}
        assert len({norm.norm_id for norm in one.norms}) == len(one.norms)
        for norm in one.norms:
            clause = clauses[norm.clause_id]
            assert clause.start <= norm.start < norm.end <= clause.end
            assert norm.text == one.text[norm.start : norm.end]
            assert all(0 <= bearer.start <= bearer.end <= len(one.text) for bearer in norm.bearers)
            for part in (*norm.deadlines, *norm.amounts):
                assert norm.start <= part.start < part.end <= norm.end
                assert squeezed(part.text) == squeezed(one.text[part.start : part.end])
            assert 0 <= norm.confidence <= 1
