"""By when a norm is to be done; the norms are those that ingest finds in the sentences."""

from __future__ import annotations

from datetime import date

import pytest
from factories import clause, document

from answers.calendar.limits import read_limits
from answers.calendar.time_limits import Aside, Limit
from ingest.norms.extract import extract
from tiaoli.records import DocType

NOTICE = document(
    title="江川市工作通知",
    doc_type=DocType.NORMATIVE,
    promulgated=date(2025, 2, 10),
    effective=date(2025, 3, 1),
)
RULES = document(title="江川市河道管理条例", doc_type=DocType.LOCAL_REGULATION, effective=date(2021, 5, 1))


def read(text, of=NOTICE):
    norms, _ = extract([clause(text=text, start=0, end=len(text))], text)
    found = [read_limits(norm, of) for norm in norms]
    return [when for one in found for when in one.whens], [reason for one in found for _, reason in one.aside]


FIXED = [
    ("市水务局应当在2025年6月30日前完成河道划界。", date(2025, 6, 30), ""),
    ("各区政府要在2025年底前完成整治。", date(2025, 12, 31), ""),
    ("市水务局应当于今年10月底前报送总结。", date(2025, 10, 31), "没有写年份，按成文日期推定"),
    ("各区政府应当于6月20日前报送名单。", date(2025, 6, 20), "没有写年份，按成文日期推定"),
    ("各区政府应当于1月20日前报送名单。", date(2026, 1, 20), "没有写年份，按成文日期推定"),
    (
        "已建成的水工程，应当自本通知印发之日起三个月内补办手续。",
        date(2025, 5, 10),
        "自本文件印发之日（2025年2月10日）起算",
    ),
    ("有关单位应当在本办法施行之日起30日内备案。", date(2025, 3, 31), "自本文件施行之日（2025年3月1日）起算"),
]


@pytest.mark.parametrize(("text", "day", "note"), FIXED)
def test_a_fixed_day(text, day, note):
    (when,), aside = read(text)
    assert (when.kind, when.day, when.note, aside) == (Limit.FIXED, day, note, [])
    assert text[when.start : when.end].replace("应当", "").endswith(when.words[-4:])


def test_the_year_is_taken_from_the_words_before():
    whens, _ = read("市水务局应当在2026年3月底前完成规划，并在9月底前完成整治。")
    assert [when.day for when in whens] == [date(2026, 3, 31), date(2026, 9, 30)]


def test_a_regulation_does_not_tell_the_year_of_a_day():
    (when,), _ = read("市水务局应当于6月20日前向社会公布名单。", RULES)
    assert (when.day, when.note) == (None, "没有写明是哪一年")


def test_a_law_that_was_promulgated_anew_does_not_tell_its_first_days():
    amended = document(promulgated=date(2024, 12, 6), effective=date(2001, 1, 1))
    (when,), _ = read("有关单位应当自本办法施行之日起60日内备案。", amended)
    assert (when.kind, when.day, when.value) == (Limit.RUNNING, None, 60)


RECURRING = [
    ("市水务局应当于每年12月25日前向市人民政府报告。", "年", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
    ("取水单位应当在每季度终了后10日内缴纳水资源费。", "季度", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("监测单位应当于每月5日前报送数据。", "月", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("市水务局每年第一季度公布上一年度水资源公报。", "年", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
    ("制定机关应当每两年清理一次规范性文件。", "2年", None),
    ("河长应当每月巡查一次。", "月", None),
    ("取水单位应当于次年1月31日前报送上一年度取水情况。", "年", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"),
]


@pytest.mark.parametrize(("text", "every", "rule"), RECURRING)
def test_what_returns(text, every, rule):
    (when,), aside = read(text, RULES)
    assert (when.kind, when.every, when.rule, when.day, aside) == (Limit.RECURRING, every, rule, None, [])


def test_a_list_of_days_gives_each_of_them():
    whens, _ = read("权属单位应当于每年六月底、十二月底以前报送资料。", RULES)
    assert [when.rule for when in whens] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
    ]


def test_every_year_and_its_day_further_on_are_one_limit():
    whens, _ = read("市水务局应当每年对河道进行评估，并于3月底前公布评估结果。", RULES)
    assert [when.rule for when in whens] == ["FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"]


RUNNING = [
    ("市水务局应当自收到申请之日起二十日内作出决定。", 20, "日", "收到申请"),
    ("市水务局应当在受理后五个工作日内公布。", 5, "工作日", "受理"),
    ("施工单位应当在开工十五日前报告。", 15, "日", "开工"),
    ("发现险情的，管理单位应当在2小时内报告。", 2, "小时", None),
    ("市水务局应当自收到申请之日起二日内作出许可或者不予许可的决定。", 2, "日", "收到申请"),
    ("市水务局应当自接到不予批准通知之日起七日内退还。", 7, "日", "接到不予批准通知"),
    ("市水务局应当自受理之日起五日内一次性告知补正的内容。", 5, "日", "受理"),
    ("市水务局可以查封设备，并应当在七日内作出决定。", 7, "日", None),
]


@pytest.mark.parametrize(("text", "value", "unit", "anchor"), RUNNING)
def test_so_many_days_run_from_an_event(text, value, unit, anchor):
    (when,), _ = read(text, RULES)
    assert (when.kind, when.value, when.unit, when.anchor) == (Limit.RUNNING, value, unit, anchor)


ASIDE = [
    ("当事人可以自收到决定书之日起六十日内申请行政复议。", Aside.RIGHT),
    ("被吊销许可证的单位五年内不得再次申请。", Aside.BAN),
    ("取水单位自收到通知之日起三十日内未缴纳的，市水务局应当责令其缴纳。", Aside.CONDITION),
    ("延长的期限不得超过三十日。", Aside.LENGTH),
    ("单身职工每月提取的限额由1200元提高至1800元。", Aside.RATE),
    ("自2025年7月1日起，各区政府应当执行新标准。", Aside.START),
    ("对出售住房并在一年内重新购房的家庭，市财政局应当给予补贴。", Aside.CONDITION),
    ("股东会召开前二十日内，不得变更股东名册。", Aside.BAN),
    ("鼓励企业每年开展节水培训。", Aside.ENCOURAGED),
    ("新引进的企业自登记之日起三年内免收场地费，园区管委会应当予以落实。", Aside.DURATION),
    ("对2024年3月31日前供应的用地，市政府应当建立台账。", Aside.CONDITION),
]


@pytest.mark.parametrize(("text", "reason"), ASIDE)
def test_other_times_are_set_aside_with_the_reason(text, reason):
    whens, aside = read(text)
    assert (whens, aside) == ([], [reason])


def test_what_orders_before_it_permits_is_no_right():
    whens, _ = read("检察机关自收到案件材料之日起三日以内，应当告知被害人有权委托代理人。", RULES)
    assert [when.value for when in whens] == [3]
