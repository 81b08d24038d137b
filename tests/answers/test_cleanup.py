"""What a clean-up finds: each mechanism on small documents, and what it must leave alone."""

from __future__ import annotations

from datetime import date

import pytest
from factories import ingest, write

from answers.cleanup.basis import carried_out
from answers.cleanup.case import said_day, same_place, years_after
from answers.cleanup.judge import Judge, cleanup, counts, decide
from answers.cleanup.periods import last_year
from answers.cleanup.records import RULES, Act, Finding, Result
from answers.cleanup.words import limit_of, review_of
from answers.scope import Scope
from compare.likest import Likest
from compare.present import Presence
from graph.corrected import CorrectedResolver
from tiaoli.records import DocType
from tiaoli.store import Store

DAY = date(2026, 12, 1)
NORMATIVE = 'doc_type = "行政规范性文件"\nissuer = "江川市人民政府"\nregion = "江川市"\n'


@pytest.fixture
def judged(tmp_path):
    """A function that ingests texts, by name, with what the manifest says of each, and gives the judge over them."""
    opened = []

    def judge(texts: dict[str, tuple[str, str]], day: date = DAY) -> Judge:
        folder = tmp_path / "文件"
        rows = [f'[[document]]\nfile = "{name}.txt"\n{said}\n' for name, (said, _) in texts.items()]
        files = {f"{name}.txt": text for name, (_, text) in texts.items()} | {"manifest.toml": "\n".join(rows)}
        write(folder, files)
        store = Store(tmp_path / "库")
        opened.append(store)
        ingest(store, folder)
        return Judge(CorrectedResolver.of(store, at=day, follow=Presence(store, at=day).of), day, Likest(store).of)

    yield judge
    for store in opened:
        store.close()


def told(judge: Judge, name: str, rule: str | None = None) -> list[tuple[str, str, str]]:
    """The findings about a document: rule, words, reason."""
    document = next(d for d in judge.documents if d.doc_id == name)
    findings = judge.verdict(document).findings
    text = judge._resolver.store.text(name)
    return [(f.rule_id, text[f.start : f.end].strip(), f.reason) for f in findings if rule is None or f.rule_id == rule]


def rules_of(judge: Judge, name: str) -> set[str]:
    return {rule for rule, _, _ in told(judge, name)}


def result_of(judge: Judge, name: str) -> Result:
    return judge.verdict(next(d for d in judge.documents if d.doc_id == name)).result


# --- 有效期 -----------------------------------------------------------------------------------------------------------

TERM = """江川市公墓管理办法

第一条 为了加强公墓管理，制定本办法。

第二条 市民政局负责公墓的监督管理。

第三条 本办法自2019年1月1日起施行，有效期5年。
"""


def test_a_term_that_has_ended_lapses_with_the_sentence_that_sets_it(judged):
    judge = judged({"公墓": (NORMATIVE + "effective = 2019-01-01\nexpires = 2023-12-31", TERM)})
    assert told(judge, "公墓") == [("T1", "本办法自2019年1月1日起施行，有效期5年", "有效期至2023年12月31日，已届满。")]
    assert result_of(judge, "公墓") is Result.LAPSE


def test_a_term_that_ends_soon_is_a_hint_and_a_long_one_nothing(judged):
    soon, later = "2027-03-31", "2028-12-31"
    texts = {n: (NORMATIVE + f"effective = 2023-01-01\nexpires = {d}", TERM) for n, d in (("近", soon), ("远", later))}
    judge = judged(texts)
    assert rules_of(judge, "近") == {"T5"}
    assert result_of(judge, "近") is Result.KEEP
    assert rules_of(judge, "远") == set()


def test_a_term_of_single_clauses_is_no_term_of_the_document(judged):
    text = "江川市购房办法\n\n第一条 职工可以提取公积金，活动执行至2023年12月31日。\n\n第二条 市住建局负责监督。\n"
    judge = judged({"办法": (NORMATIVE + "effective = 2022-01-01\nexpires = 2023-12-31", text)})
    assert rules_of(judge, "办法") == {"T6"}
    assert result_of(judge, "办法") is Result.KEEP


def test_a_period_that_ends_on_another_day_is_no_evidence(judged):
    text = TERM.replace("有效期5年", "有效期8年")
    judge = judged({"办法": (NORMATIVE + "effective = 2019-01-01\nexpires = 2023-12-31", text)})
    assert told(judge, "办法")[0][1] == "江川市公墓管理办法"  # the title: nothing in the text says that day


TRIAL = """江川市公墓管理办法（试行）

第一条 市民政局负责公墓的监督管理。

第二条 本办法自2020年3月1日起施行。
"""


def test_a_trial_without_term_is_a_hint_where_the_rule_of_the_place_is_not_known(judged):
    judge = judged({"试行": (NORMATIVE + "effective = 2020-03-01", TRIAL)})
    assert rules_of(judge, "试行") == {"T4"}
    assert result_of(judge, "试行") is Result.KEEP


@pytest.mark.parametrize(
    ("region", "day", "rule", "result"),
    [
        ("上海市", "2013-03-01", "T2", Result.LAPSE),  # 未明确有效期的，其有效期为2年，届满自动失效
        ("上海市", "2018-03-01", "T4", Result.KEEP),  # made when another rule held, whose words were not read
        ("山东省", "2013-03-01", "T2", Result.AMEND),  # 有效期为1年至2年: a limit, no term for those that say nothing
        ("云岭省", "2013-03-01", "T4", Result.KEEP),
    ],
)
def test_a_trial_goes_by_the_rule_of_its_place_and_day(judged, region, day, rule, result):
    said = f'doc_type = "行政规范性文件"\nregion = "{region}"\ndoc_number = "江民规〔2013〕2号"\neffective = {day}'
    judge = judged({"试行": (said, TRIAL)})
    assert rules_of(judge, "试行") == {rule}
    assert result_of(judge, "试行") is result


def test_the_rule_of_a_place_binds_only_what_has_a_number(judged):
    said = 'doc_type = "行政规范性文件"\nregion = "上海市"\neffective = 2013-03-01'
    judge = judged({"试行": (said, TRIAL), "规定": (said, TRIAL.replace("（试行）", ""))})
    assert rules_of(judge, "试行") == {"T4"}
    assert rules_of(judge, "规定") == set()


def test_a_trial_that_a_title_speaks_about_is_none_of_its_own(judged):
    text = TRIAL.replace("江川市公墓管理办法（试行）", "江川市民政局关于执行公墓管理暂行条例有关问题的通知")
    assert rules_of(judged({"通知": (NORMATIVE + "effective = 2020-03-01", text)}), "通知") == set()


# --- 期限 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("江川市养老服务三年行动计划（2021—2023年）", date(2023, 12, 31)),
        ("关于2023年促进消费若干措施的通知", date(2023, 12, 31)),
        ("关于调整2025年度住房公积金缴存基数的通知", date(2026, 6, 30)),
        ("关于印发江川市“十三五”水利规划的通知", date(2020, 12, 31)),
        ("江川市第十四个五年规划和2035年远景目标纲要", date(2035, 12, 31)),
        ("江川市公墓管理办法", None),
        ("江政规〔2018〕5号关于加强公墓管理的通知", None),
        ("江川市排污许可名录（2019年版）", None),
        ("关于2022年公平竞争典型案例的通报", None),
        ("江川市购房补贴办法（2025年6月23日起施行）", None),
        ("关于1990年以前参加工作人员待遇的通知", None),
    ],
)
def test_the_period_of_a_title(title, last):
    found = last_year(title)
    assert (found and found[1]) == last


def test_a_finished_year_in_the_title_lapses_what_began_before_its_end(judged):
    text = "关于2023年促进消费若干措施的通知\n\n一、举办消费节。各区应当举办消费节。\n"
    judge = judged(
        {
            "当年": (NORMATIVE + "promulgated = 2023-02-01", text),
            "后来": (NORMATIVE + "promulgated = 2026-02-01", text.replace("促进", "清算")),
        }
    )
    assert result_of(judge, "当年") is Result.LAPSE
    assert [rule for rule, _, _ in told(judge, "当年")] == ["P1"]
    assert rules_of(judge, "后来") == set()  # speaks of a year that was over when it was made


WINDOWS = """江川市促进住房消费若干措施

一、发放购房补贴。自本措施印发之日起至2023年12月31日，购买新建商品住房的，由市财政局给予每套一万元补贴。

二、支持多子女家庭。2022年10月1日至2023年6月30日期间，多子女家庭购房的，可以申请契税补贴。

三、执行差别化信贷。首付款比例按照规定执行，优惠活动延续至2024年6月30日。

四、规范中介服务。房地产经纪机构不得炒卖房号。

五、放宽提取条件。职工可以在购房合同备案时间不早于2022年5月20日的情形下申请提取。

六、盘活存量土地。对2021年3月31日之前供应的土地，市自然资源局应当制定处置方案。

七、延续优惠。自2023年1月1日至2027年12月31日，应当减半收取登记费。
"""


def test_clauses_whose_time_is_over_are_told_one_by_one(judged):
    judge = judged({"措施": (NORMATIVE + "promulgated = 2022-10-01", WINDOWS)})
    found = told(judge, "措施")
    assert [(rule, quote[:2], reason[4:14]) for rule, quote, reason in found] == [
        ("P3", "自本", "2023年12月31"),
        ("P3", "20", "2023年6月30日"),
        ("P3", "首付", "2024年6月30日"),
    ]
    assert result_of(judge, "措施") is Result.AMEND


def test_a_document_of_which_little_is_left_lapses(judged):
    text = "\n\n".join(WINDOWS.split("\n\n")[:4])
    judge = judged({"措施": (NORMATIVE + "promulgated = 2022-10-01", text)})
    assert result_of(judge, "措施") is Result.LAPSE
    assert told(judge, "措施")[0][0] == "P2"
    earlier = judged({"措施": (NORMATIVE + "promulgated = 2022-10-01", text)}, day=date(2023, 1, 1))
    assert rules_of(earlier, "措施") == set()


def test_a_task_that_was_to_be_done_by_a_day_is_a_hint(judged):
    text = (
        "江川市政府网站管理意见\n\n一、各区应当在2021年底前完成网站迁移。\n\n"
        "二、对2020年12月31日前完成改版的网站，应当给予奖励。\n\n三、各单位应当每年更新目录。\n"
    )
    judge = judged({"意见": (NORMATIVE + "promulgated = 2020-10-01", text)})
    assert [(rule, quote) for rule, quote, _ in told(judge, "意见")] == [("P4", "一、各区应当在2021年底前完成网站迁移")]
    assert result_of(judge, "意见") is Result.KEEP


# --- 依据、条号 -------------------------------------------------------------------------------------------------------

LAW = 'doc_type = "法律"\nissuer = "全国人民代表大会常务委员会"\nregion = "全国"\n'
OLD_LAW = """中华人民共和国湖泊保护法

第一条 为了保护湖泊，制定本法。

第二条 县级以上人民政府水行政主管部门负责湖泊的登记和巡查工作，建立湖泊名录并向社会公布。

第三条 擅自填埋湖泊的，由水行政主管部门责令恢复原状，处五千元以上五万元以下罚款。

第四条 湖泊内的围网养殖由渔业主管部门另行管理，围网的面积、位置和期限由其核定。

第五条 本法自2000年1月1日起施行。
"""
NEW_LAW = """中华人民共和国湖泊保护法

第一条 为了保护湖泊，制定本法。

第二条 本法所称湖泊，是指常年积水面积一平方公里以上的天然水域，包括其滩地和湖心岛屿。

第三条 县级以上人民政府水行政主管部门负责湖泊的登记和巡查工作，建立湖泊名录并向社会公布。

第四条 擅自填埋湖泊的，由水行政主管部门责令恢复原状，处五千元以上五万元以下罚款。

第五条 国家建立湖长制，各级湖长由同级人民政府负责人担任，履行巡湖职责。

第六条 本法自2020年5月1日起施行。
"""
RULE = """江川市湖泊管理办法

第一条 根据《中华人民共和国湖泊保护法》，制定本办法。

第二条 市水务局依照《中华人民共和国湖泊保护法》第二条的规定登记湖泊。

第三条 填埋湖泊的，依照《湖泊保护法》第三条处罚。

第四条 围网养殖依照《中华人民共和国湖泊保护法》第四条管理。

第五条 违反《中华人民共和国湖泊保护法》第十九条第二款的，责令改正。
"""


def lake(judged, rule: str = RULE, effective: str = "2010-01-01", **more: tuple[str, str]) -> Judge:
    old = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 1999-10-01\neffective = 2000-01-01'
    new = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 2020-03-01\neffective = 2020-05-01'
    texts = {"旧法": (old, OLD_LAW), "新法": (new, NEW_LAW), "办法": (NORMATIVE + f"effective = {effective}", rule)}
    return judged(texts | more)


def test_moved_dropped_and_missing_provisions_are_told_with_their_place_today(judged):
    judge = lake(judged)
    found = {(rule, quote): reason for rule, quote, reason in told(judge, "办法")}
    assert "现为第三条（2020年版本）" in found["C1", "《中华人民共和国湖泊保护法》第二条"]
    assert "现为第四条" in found["C1", "《湖泊保护法》第三条"]
    assert "已无对应内容" in found["C2", "《中华人民共和国湖泊保护法》第四条"]
    assert ("B4", "《中华人民共和国湖泊保护法》") in found
    assert result_of(judge, "办法") is Result.AMEND
    acts = {f.rule_id: f.act for f in judge.verdict(document(judge, "办法")).findings}
    assert acts["C1"].doc_id == "新法"
    assert acts["C1"].clause_id is not None
    assert acts["C1"].day == "2020-05-01"


def test_a_provision_changed_in_its_place_is_a_hint(judged):
    changed = OLD_LAW.replace("处五千元以上五万元以下罚款", "处五万元以上二十万元以下罚款，并吊销其湖泊利用许可")
    old = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 1999-10-01\neffective = 2000-01-01'
    new = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 2020-03-01\neffective = 2020-05-01'
    rule = "江川市湖泊管理办法\n\n第一条 填埋湖泊的，依照《湖泊保护法》第三条处罚。\n"
    texts = {"旧法": (old, OLD_LAW), "新法": (new, changed), "办法": (NORMATIVE + "effective = 2010-01-01", rule)}
    judge = judged(texts)
    assert [(rule, quote) for rule, quote, _ in told(judge, "办法")] == [("C3", "《湖泊保护法》第三条")]
    assert result_of(judge, "办法") is Result.KEEP


def test_a_rule_made_under_the_present_version_needs_nothing_but_what_is_missing(judged):
    judge = lake(judged, effective="2021-01-01")
    assert [(rule, quote) for rule, quote, _ in told(judge, "办法")] == [
        ("C4", "《中华人民共和国湖泊保护法》第十九条第二款")
    ]


def document(judge: Judge, name: str):
    return next(d for d in judge.documents if d.doc_id == name)


CODE = """中华人民共和国水域法典

第一条 为了保护水域，制定本法。

第二条 本法自2026年8月15日起施行。《中华人民共和国湖泊保护法》、《中华人民共和国泉水保护法》同时废止。
"""


def with_code(judged, title: str, body: str, day: date = DAY) -> Judge:
    code = LAW + "promulgated = 2026-03-01\neffective = 2026-08-15"
    law = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 1999-10-01\neffective = 2000-01-01'
    rule = NORMATIVE + f'title = "{title}"\neffective = 2010-01-01'
    return judged({"旧法": (law, OLD_LAW), "法典": (code, CODE), "办法": (rule, f"{title}\n\n{body}")}, day)


def test_what_is_repealed_is_told_with_the_clause_that_repeals_it(judged):
    judge = with_code(
        judged,
        "江川市水域管理办法",
        "第一条 根据《中华人民共和国湖泊保护法》，制定本办法。\n\n第二条 泉水依照《中华人民共和国泉水保护法》保护。\n",
    )
    findings = judge.verdict(document(judge, "办法")).findings
    assert [f.rule_id for f in findings] == ["B2", "B3"]  # a basis; and one whose text the store does not hold
    assert {f.act for f in findings} == {Act("中华人民共和国水域法典", "2026-08-15", "法典", "法典#第二条/第一款")}
    assert (
        findings[0].reason
        == "《中华人民共和国湖泊保护法》已由《中华人民共和国水域法典》废止，自2026年8月15日起不再施行。"
    )
    assert result_of(judge, "办法") is Result.AMEND


def test_a_cited_provision_of_what_is_repealed_is_led_to_the_one_that_says_the_same(judged):
    code = CODE.replace("第二条 本法自", OLD_LAW.split("\n\n")[3].replace("第三条", "第二条") + "\n\n第三条 本法自")
    law = LAW + 'title = "中华人民共和国湖泊保护法"\npromulgated = 1999-10-01\neffective = 2000-01-01'
    text = "江川市水域办法\n\n第一条 依照《湖泊保护法》第三条处罚。\n\n第二条 依照《湖泊保护法》第四条管理。\n"
    texts = {"旧法": (law, OLD_LAW), "法典": (LAW + "promulgated = 2026-03-01\neffective = 2026-08-15", code)}
    judge = judged(texts | {"办法": (NORMATIVE + "effective = 2010-01-01", text)})
    assert [f.now and f.now.label for f in judge.verdict(document(judge, "办法")).findings] == ["第二条", None]


def test_a_repeal_does_not_count_before_its_day(judged):
    body = "第一条 根据《中华人民共和国湖泊保护法》，制定本办法。\n"
    judge = with_code(judged, "江川市水域管理办法", body, day=date(2026, 6, 1))
    assert told(judge, "办法") == []


def test_a_document_that_carries_out_what_is_repealed_is_to_be_repealed(judged):
    body = "第一条 根据《中华人民共和国湖泊保护法》，制定本办法。\n\n第二条 依照《湖泊保护法》巡查。\n"
    judge = with_code(judged, "江川市实施《中华人民共和国湖泊保护法》办法", body)
    assert [rule for rule, _, _ in told(judge, "办法")] == ["B1", "B3"]
    assert result_of(judge, "办法") is Result.REPEAL


@pytest.mark.parametrize(
    "words",
    [
        "原《中华人民共和国湖泊保护法》的规定不再适用",
        "《中华人民共和国湖泊保护法》（已废止）的规定不再适用",
        "《中华人民共和国湖泊保护法》施行前建成的围网可以保留",
        "本办法施行前依照《中华人民共和国泉水保护法》、《中华人民共和国湖泊保护法》办理的登记继续有效",
    ],
)
def test_history_is_no_reason(judged, words):
    judge = with_code(judged, "江川市水域管理办法", f"第一条 {words}。\n")
    assert told(judge, "办法") == []


def test_a_plan_that_is_over_is_a_hint_where_a_document_rests_on_it(judged):
    text = (
        "江川市养老服务意见\n\n一、根据《江川市养老服务三年行动计划（2021—2023年）》，各区应当建设助餐点。\n\n"
        "二、根据《江川市“十五五”养老服务规划》，各区应当建设养老院。\n\n三、《江川市2020年养老服务计划》的成绩应当巩固。\n"
    )
    judge = judged({"意见": (NORMATIVE + "promulgated = 2022-01-01", text)})
    assert [(rule, words) for rule, words, _ in told(judge, "意见")] == [
        ("B5", "《江川市养老服务三年行动计划（2021—2023年）》")
    ]
    assert result_of(judge, "意见") is Result.KEEP


def test_what_a_title_carries_out():
    assert carried_out("关于贯彻落实《湖泊保护法》的意见") == "湖泊保护法"
    assert carried_out("关于印发《江川市公墓管理办法》的通知") is None


def test_a_basis_of_another_place_is_not_meant():
    assert not same_place("云岭省江川市", "云岭省石桥市")
    assert same_place("云岭省", "云岭省江川市")


# --- 机构 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("经营者应当向江川市工商行政管理局申请登记。", True),
        ("经营者应当向市农业局申请登记。", True),
        ("经营者应当向江川市市场监督管理局申请登记。", False),
        ("原江川市工商行政管理局颁发的证书应当更换。", False),
        ("依照《江川市工商行政管理局关于登记的通知》办理登记。", False),
        ("江川市工商行政管理局2010年3月1日发布的登记办法应当遵守。", False),
    ],
)
def test_a_former_body_is_told_where_it_still_acts(judged, words, named):
    judge = judged({"办法": (NORMATIVE + "effective = 2010-01-01", f"江川市登记办法\n\n第一条 {words}\n")})
    found = told(judge, "办法", "O1")
    assert bool(found) is named
    if found:
        assert "2018年改为江川市" in found[0][2]


def test_a_former_issuer_is_a_hint(judged):
    said = 'doc_type = "行政规范性文件"\nissuer = "江川市国土资源局"\nregion = "江川市"\neffective = 2010-01-01'
    judge = judged({"办法": (said, "江川市测量标志办法\n\n第一条 任何单位不得损毁测量标志。\n")})
    assert rules_of(judge, "办法") == {"O2"}
    assert result_of(judge, "办法") is Result.KEEP


def test_a_body_counts_as_former_only_from_the_day_of_the_decision(judged):
    text = "江川市登记办法\n\n第一条 经营者应当向江川市工商行政管理局申请登记。\n"
    judge = judged({"办法": (NORMATIVE + "effective = 2010-01-01", text)}, day=date(2015, 1, 1))
    assert told(judge, "办法") == []


# --- 评估清理 ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("本办法施行满一年后，市民政局应当组织评估。", True),
        ("施行满一年时，市民政局应当对本办法的实施情况进行评估。", True),
        ("本办法每两年评估一次。", True),
        ("本办法施行满二十年后，市民政局应当组织评估。", False),
        ("市民政局应当每两年对养老机构的服务质量进行评估。", False),
    ],
)
def test_a_document_that_orders_its_own_evaluation(judged, words, due):
    text = f"江川市养老服务办法\n\n第一条 市民政局负责养老服务工作。\n\n第二条 {words}\n"
    judge = judged({"办法": (NORMATIVE + "effective = 2020-01-01", text)})
    assert (rules_of(judge, "办法") == {"E1"}) is due


def test_a_document_of_the_store_may_order_that_of_all_of_its_place(judged):
    rule = "江川市规范性文件管理规定\n\n第一条 制定机关应当每两年对规范性文件进行清理。\n"
    texts = {
        "规定": (NORMATIVE + "effective = 2025-06-01", rule),
        "老": (NORMATIVE + "effective = 2020-01-01", "江川市公墓办法\n\n第一条 市民政局负责公墓管理。\n"),
        "外地": (
            NORMATIVE.replace("江川市", "石桥市") + "effective = 2020-01-01",
            "石桥市公墓办法\n\n第一条 市民政局负责公墓管理。\n",
        ),
    }
    judge = judged(texts)
    assert [(rule, reason[:8]) for rule, _, reason in told(judge, "老")] == [("E2", "《江川市规范性文")]
    assert judge.verdict(document(judge, "老")).findings[0].act.clause_id == "规定#第一条/第一款"
    assert rules_of(judge, "外地") == rules_of(judge, "规定") == set()


# --- 结论 -------------------------------------------------------------------------------------------------------------


def finding(rule: str) -> Finding:
    return Finding(rule, "办法", "办法#第一条", ("第一条",), 0, 4, "原文", "理由", RULES[rule].result)


@pytest.mark.parametrize(
    ("rules", "result", "deciding"),
    [
        ((), Result.KEEP, ()),
        (("T5", "E2"), Result.KEEP, ()),
        (("C1", "T5", "B3"), Result.AMEND, ("C1", "B3")),
        (("C1", "B1"), Result.REPEAL, ("B1",)),
        (("B1", "T1", "C1"), Result.LAPSE, ("T1",)),
    ],
)
def test_the_strongest_sure_reason_decides(rules, result, deciding):
    found = decide([finding(rule) for rule in rules])
    assert found == (result, tuple(finding(rule) for rule in deciding))


def test_what_is_looked_at_and_what_is_passed_over(judged):
    text = "江川市公墓办法\n\n第一条 市民政局负责公墓管理。\n"
    judge = judged(
        {
            "办法": (NORMATIVE + "effective = 2010-01-01", text),
            "法规": (NORMATIVE.replace("行政规范性文件", "地方性法规") + "effective = 2010-01-01", text),
            "将来": (NORMATIVE + "effective = 2027-01-01", text.replace("公墓", "骨灰堂")),
            "无期": ('doc_type = "行政规范性文件"\nissuer = "石桥市民政局"', text.replace("江川", "石桥")),
        }
    )
    found = cleanup(judge, Scope())
    assert [v.document.doc_id for v in found.verdicts] == ["办法", "无期"]
    assert found.passed_over == {"征求意见稿或尚未施行": 1}
    assert found.other_types == {"地方性法规": 1}
    assert [v.undated for v in found.verdicts] == [False, True]
    assert counts(found.verdicts)[Result.KEEP] == 2
    assert [v.document.doc_id for v in cleanup(judge, Scope(), issuer="石桥").verdicts] == ["无期"]
    asked = cleanup(judge, Scope(doc_types=(DocType.LOCAL_REGULATION,)))
    assert [v.document.doc_id for v in asked.verdicts] == ["法规"]
    assert asked.other_types == {}


def test_a_clean_up_tells_how_far_it_is_and_looks_at_each_document_once(judged, monkeypatch):
    judge = judged({"办法": (NORMATIVE + "effective = 2010-01-01", TERM)})
    steps = []
    first = cleanup(judge, Scope(), progress=lambda done, of: steps.append((done, of)))
    monkeypatch.setattr(Judge, "_judged", None)
    assert cleanup(judge, Scope()) == first
    assert steps == [(1, 1)]


def test_rules_of_places_hold_between_their_days():
    assert limit_of("上海市徐汇区", date(2012, 1, 1)).trial_years == 2
    assert limit_of("上海市", date(2009, 1, 1)) is None
    assert limit_of(None, date(2012, 1, 1)) is None
    assert review_of("浙江省台州市").years == 2
    assert review_of("江川市") is None


def test_days():
    assert years_after(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert said_day("2013-03") == "2013年3月"
