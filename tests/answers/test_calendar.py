"""The calendar over a store: what is due when, whose it is, and the files that leave."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from factories import ingest, write
from icalendar import Calendar as File

from answers.calendar.dues import by_day, calendar_of, counted, days_of, next_day, period_end, upcoming
from answers.calendar.ics import ics_file, read_back
from answers.calendar.tables import Asked, calendar_tables, left_out_table, length, said_often, status
from answers.organs import find_bodies, with_organs
from answers.scope import Scope
from graph.corrected import CorrectedResolver
from graph.kept import kept_graph
from office.tables import excel_file, word_file
from tiaoli.decisions import on_norm
from tiaoli.records import Verb

RULES = """江川市水资源管理办法

（2022年3月1日江川市人民政府令第8号公布 自2022年5月1日起施行）

第一条 为了加强水资源管理，根据有关法律，制定本办法。

第二条 江川市水务局应当于每年12月25日前向江川市人民政府报告水资源公报，并在每月5日前公布水情。

第三条 江川市水务局应当每两年对本办法的实施情况进行一次评估。
江川市水务局应当自受理申请之日起二十个工作日内作出决定；江川市生态环境局应当在三日内反馈意见。

第四条 江川市财政局应当在2023年6月30日前完成水资源费清算，并在2027年底前完成绩效评价。

第五条 当事人可以自收到决定书之日起六十日内申请行政复议。
"""
LINK = "http://localhost:8501/read?clause={}".format
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TODAY, NEXT_YEAR = date(2026, 12, 1), date(2027, 12, 1)
ASKED = Asked(TODAY, NEXT_YEAR, "全部")


@pytest.fixture
def calendar(store, folder):
    ingest(store, write(folder, {"办法.txt": RULES, "副本.txt": RULES}))
    return limits(store).narrowed(Scope().holds)


def limits(store):
    with kept_graph(store) as kept:
        return calendar_of(kept, CorrectedResolver.of(store, at=TODAY))


def told(dues):
    return [(due.who, due.when.words) for due in dues]


def test_every_limit_is_told_once_with_whose_it_is_and_where(calendar):
    assert told(calendar.dated) == [
        ("江川市水务局", "每年12月25日前"),
        ("江川市水务局", "每月5日前"),
        ("江川市财政局", "2023年6月30日前"),
        ("江川市财政局", "2027年底前"),
    ]
    assert told(calendar.undated) == [("江川市水务局", "每两年")]
    assert told(calendar.running) == [
        ("江川市生态环境局", "三日内"),
        ("江川市水务局", "自受理申请之日起二十个工作日内"),
    ]
    assert [due.place for due in calendar.dated] == ["第二条", "第二条", "第四条", "第四条"]
    assert calendar.undated[0].place == "第三条第一款"
    assert calendar.dated[0].cited.startswith("《江川市水资源管理办法》")


def test_what_is_left_out_and_copies_are_counted(calendar):
    counts = counted(calendar)
    assert (counts["documents"], counts["copies"], counts["limits"]) == (2, 8, 16)
    assert [one.reason.value for one in calendar.left_out] == ["权利的行使期限"]


def test_the_next_days_come_from_a_given_day(calendar):
    days = [(day.isoformat(), due.when.words) for day, due in upcoming(calendar.dated, TODAY, NEXT_YEAR)]
    assert days == [
        ("2026-12-05", "每月5日前"),
        ("2026-12-25", "每年12月25日前"),
        ("2023-06-30", "2023年6月30日前"),
    ]
    yearly, monthly, past, later = calendar.dated
    assert next_day(yearly, date(2026, 12, 25)) == date(2026, 12, 25)
    assert next_day(yearly, date(2026, 12, 26)) == date(2027, 12, 25)
    assert len(days_of(monthly, TODAY, NEXT_YEAR)) == 12
    assert days_of(past, TODAY, NEXT_YEAR) == days_of(later, TODAY, NEXT_YEAR) == []


def test_nothing_is_due_before_its_document_is_in_force(calendar):
    monthly = calendar.dated[1]
    assert days_of(monthly, date(2022, 4, 1), date(2022, 6, 30)) == [date(2022, 5, 5), date(2022, 6, 5)]


def test_a_month_has_its_days_in_order(calendar):
    found = by_day(calendar.dated, date(2026, 12, 1), date(2026, 12, 31))
    assert [(day.day, len(dues)) for day, dues in found.items()] == [(5, 1), (25, 1)]


def test_periods_of_years_count_from_the_day_of_coming_into_force(calendar):
    (due,) = calendar.undated
    assert period_end(due, TODAY) == date(2028, 4, 30)
    assert period_end(due, date(2022, 5, 1)) == date(2024, 4, 30)


def test_one_asks_for_a_body_with_its_organs_or_alone(store, calendar):
    with kept_graph(store) as kept:
        city, water = (find_bodies(kept, name) for name in ("江川市人民政府", "江川市水务局"))
        whole = with_organs(kept, city)
    assert whom(calendar, city) == set()
    assert whom(calendar, whole) == {"江川市水务局", "江川市生态环境局", "江川市财政局"}
    assert whom(calendar, water) == {"江川市水务局"}


def whom(calendar, bodies):
    narrowed = calendar.narrowed(Scope().holds, frozenset(body.body_id for body in bodies))
    return {due.who for due in narrowed.dues}


def test_what_a_person_corrected_counts(store, calendar):
    yearly, doc_id = calendar.dated[0].norm, calendar.dated[0].document.doc_id
    clause, document = store.clause(yearly.clause_id), store.document(doc_id)
    said = on_norm(yearly, Verb.REJECT, who="李江", clause=clause, document=document, when=NOON)
    store.put_decision(said)
    left = {due.when.words for due in limits(store).dues if due.document.doc_id == doc_id}
    assert "每年12月25日前" not in left


def test_the_scope_narrows_the_documents(calendar):
    assert calendar.narrowed(Scope(title="森林").holds).dues == ()


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_calendar_file_has_an_event_for_each_day_or_rule(calendar):
    data = ics_file(calendar.dated, TODAY, NEXT_YEAR, LINK)
    assert read_back(data) == 2
    yearly, monthly = File.from_ical(data).walk("VEVENT")
    assert str(yearly["SUMMARY"]).startswith("江川市水务局：")
    assert yearly["DTSTART"].dt == date(2026, 12, 25)
    assert yearly["DTEND"].dt == date(2026, 12, 26)
    assert yearly["RRULE"].to_ical().decode() == "FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=12"
    assert "《江川市水资源管理办法》" in yearly["DESCRIPTION"]
    assert "每年12月25日前" in yearly["DESCRIPTION"]
    assert str(yearly["URL"]) == LINK(calendar.dated[0].norm.clause_id)
    assert monthly["DTSTART"].dt == date(2026, 12, 5)


def test_a_calendar_file_is_the_same_twice_and_its_lines_are_short_and_whole(calendar):
    data = ics_file(calendar.dated, date(2022, 5, 1), NEXT_YEAR, LINK, "江川市水务局期限")
    assert data == ics_file(calendar.dated, date(2022, 5, 1), NEXT_YEAR, LINK, "江川市水务局期限")
    assert read_back(data) == 3
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_the_id_of_an_event_does_not_depend_on_the_day_of_the_export(calendar):
    files = [ics_file(calendar.dated, day, date(2030, 1, 1), LINK) for day in (TODAY, date(2027, 3, 1))]
    first, second = ({str(e["UID"]) for e in File.from_ical(data).walk("VEVENT")} for data in files)
    assert first == second


def test_words_of_documents_stay_words_in_a_calendar_file(store, folder):
    hostile = "甲办法\n\n第一条 市水务局应当于每年3月1日前报告“BEGIN:VEVENT\\n;,”一类的情况。\n"
    ingest(store, write(folder, {"甲.txt": hostile}))
    found = limits(store)
    data = ics_file(found.dated, TODAY, NEXT_YEAR, LINK)
    assert read_back(data) == 1
    (event,) = File.from_ical(data).walk("VEVENT")
    assert found.dated[0].norm.text in event["DESCRIPTION"]


def test_a_rule_ends_with_its_document(store, folder):
    text = RULES.replace("自2022年5月1日起施行", "自2022年5月1日起施行，有效期至2027年4月30日")
    ingest(store, write(folder, {"办法.txt": text}))
    found = limits(store)
    yearly = found.dated[0]
    assert yearly.document.expires == date(2027, 4, 30)
    assert days_of(yearly, TODAY, date(2030, 1, 1)) == [date(2026, 12, 25)]
    assert b"UNTIL=20270430" in ics_file(found.dated, TODAY, NEXT_YEAR, LINK)


def test_tables_tell_days_periods_and_limits(calendar):
    dated, undated, running = calendar_tables(calendar, ASKED)
    assert [(row.values[0], row.values[1]) for row in dated.rows] == [
        (date(2026, 12, 5), "还有 4 天"),
        (date(2026, 12, 25), "还有 24 天"),
        (date(2023, 6, 30), "已过"),
    ]
    assert undated.rows[0].values[:2] == ("每2年", date(2028, 4, 30))
    assert [row.values[0] for row in running.rows] == ["3日", "20个工作日"]
    assert all(row.clause_id for table in (dated, undated, running) for row in table.rows)
    assert dict(dated.facts)["未列"].startswith("1 条下次到期在2027年12月1日以后")
    assert dict(dated.facts)["不列入"] == "权利的行使期限 1"
    assert "重复收录的 8 处只列一次" in dict(dated.facts)["查看"]
    (left,) = left_out_table(calendar, ASKED).rows
    assert left.values[0] == "权利的行使期限"


def test_tables_leave_as_excel_and_word(calendar):
    tables = calendar_tables(calendar, ASKED)
    assert excel_file(tables, LINK) == excel_file(tables, LINK)
    assert word_file(tables)[:2] == b"PK"


def test_status_and_words():
    assert [status(day, TODAY) for day in (date(2026, 11, 30), TODAY, date(2026, 12, 3))] == [
        "已过",
        "当日",
        "还有 2 天",
    ]


def test_lengths_and_frequencies_in_words(calendar):
    assert [length(due.when) for due in calendar.running] == ["3日", "20个工作日"]
    assert [said_often(due.when) for due in calendar.dated] == ["每年", "每月", "一次", "一次"]
