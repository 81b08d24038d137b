"""What calendar words say: days of years, rules, periods."""

from __future__ import annotations

from datetime import date

import pytest

from answers.calendar.time_words import expressions, last_of

RULES = [
    ("应当于每年12月25日前报告", "每年12月25日前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25"),
    ("每年的三月三十一日以前", "每年的三月三十一日以前", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31"),
    ("每年2月底前", "每年2月底前", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
    ("每年8月1日至8月31日", "每年8月1日至8月31日", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"),
    ("每年8月1日至31日", "每年8月1日至31日", "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=31"),
    ("每年第一季度", "每年第一季度", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1"),
    ("每年第三季度以前", "每年第三季度以前", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
    ("每年上半年", "每年上半年", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
    ("每年11月中旬", "每年11月中旬", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"),
    ("每年5月前", "每年5月前", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1"),
    ("每年底", "每年底", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("每年年底前", "每年年底前", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("每月十五日前", "每月十五日前", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("每月底前", "每月底前", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每季度首月10日前", "每季度首月10日前", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("每季度第二个月20日前", "每季度第二个月20日前", "FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=20"),
    ("每季度末", "每季度末", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
    ("每季度终了后10日内", "每季度终了后10日内", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
    ("季度终了之日起十五日内", "季度终了之日起十五日内", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=15"),
    ("半年度结束后两个月内", "半年度结束后两个月内", "FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=-1"),
    (
        "每一会计年度终了后四个月内",
        "每一会计年度终了后四个月内",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1",
    ),
    ("会计年度终了的三个月前", "会计年度终了的三个月前", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1"),
    (
        "每一会计年度的上半年结束之日起二个月内",
        "每一会计年度的上半年结束之日起二个月内",
        "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=-1",
    ),
    ("自每月结束之日起7日内", "自每月结束之日起7日内", "FREQ=MONTHLY;BYMONTHDAY=7"),
    ("年度终了后90日内", "年度终了后90日内", "FREQ=YEARLY;BYYEARDAY=90"),
    ("每月终了后5日内", "每月终了后5日内", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("每月前五日内", "每月前五日内", "FREQ=MONTHLY;BYMONTHDAY=5"),
]


@pytest.mark.parametrize(("text", "words", "rule"), RULES)
def test_what_returns_on_a_day_has_a_rule(text, words, rule):
    (found,) = expressions(text)
    assert (found.words, found.rule) == (words, rule)


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("每年评估", "年"),
        ("每两年清理一次", "2年"),
        ("每半年通报", "半年"),
        ("每3个月", "3月"),
        ("按季度报送", "季度"),
        ("每学期", "学期"),
        ("每天巡查", "日"),
    ],
)
def test_what_returns_without_a_day_has_its_period_alone(text, every):
    (found,) = expressions(text)
    assert (found.every, found.rule, found.point) == (every, None, None)


@pytest.mark.parametrize("text", ["每季度结束后5个工作日内", "每月前五个工作日内"])
def test_working_days_give_no_rule_but_a_reason(text):
    (found,) = expressions(text)
    assert found.rule is None
    assert "工作日" in found.note


DAYS = [
    ("2025年3月31日前", 2025, date(2025, 3, 31)),
    ("2025年底前", 2025, date(2025, 12, 31)),
    ("2024年2月底", 2024, date(2024, 2, 29)),
    ("二〇二六年上半年", 2026, date(2026, 6, 30)),
    ("2025年第三季度", 2025, date(2025, 9, 30)),
    ("2025年9月上旬", 2025, date(2025, 9, 10)),
    ("2026年1月20日-2026年3月31日", 2026, date(2026, 3, 31)),
]


@pytest.mark.parametrize(("text", "year", "day"), DAYS)
def test_a_fixed_day_has_its_year(text, year, day):
    (found,) = expressions(text)
    assert (found.year, found.rule) == (year, None)
    assert last_of(found.year, found.point) == day


def test_a_stretch_of_days_has_its_first():
    (found,) = expressions("2026年5月24日至5月26日报名")
    year, first = found.opening
    assert last_of(year, first) == date(2026, 5, 24)


@pytest.mark.parametrize("text", ["年初", "2025年初", "九月初", "13月5日前", "每年4月31日前"])
def test_what_is_no_day_of_the_calendar_gives_none(text):
    assert [(found.point, found.rule) for found in expressions(text)] in ([(None, None)], [])


@pytest.mark.parametrize("text", ["三个月内", "20日内", "不超过五年", "2019年第3号", "第三章", "年会", ""])
def test_spans_and_numbers_are_no_calendar_words(text):
    assert list(expressions(text)) == []
