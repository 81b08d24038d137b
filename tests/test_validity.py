"""Status at a date, from a document's own dates and the other versions of the same work."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from ingest.pipeline import parse_text
from ingest.readers.reading import Reading
from tiaoli.lexicon import Word, entries
from tiaoli.records import Document, Status
from tiaoli.store import FileState
from tiaoli.validity import in_force_from, prolongs, statuses

AT = date(2025, 6, 1)


def document(doc_id="a", **fields):
    days = {"adopted", "promulgated", "effective", "expires"}
    values = {k: date.fromisoformat(v) if k in days else v for k, v in fields.items()}
    return Document(doc_id, doc_id, f"{doc_id}.txt", "0" * 64, **values)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"effective": "2025-06-01"}, Status.IN_FORCE),
        ({"effective": "2025-06-02"}, Status.NOT_YET),
        ({"promulgated": "2025-05-01", "effective": "2025-07-01"}, Status.NOT_YET),
        ({"adopted": "2020-01-01"}, Status.IN_FORCE),
        ({"effective": "2020-01-01", "expires": "2025-06-01"}, Status.IN_FORCE),
        ({"effective": "2020-01-01", "expires": "2025-05-31"}, Status.EXPIRED),
        ({"expires": "2025-05-31"}, Status.EXPIRED),
        ({"effective": "2020-01-01", "draft": True}, Status.NOT_YET),
    ],
)
def test_a_document_alone(fields, status):
    assert statuses([document(**fields)], AT) == {"a": status}


def test_a_document_without_dates_is_left_out():
    assert statuses([document()], AT) == {}


def test_an_amended_text_begins_with_its_own_promulgation():
    text = document(effective="1995-09-01", promulgated="2017-09-01")
    assert in_force_from(text) == date(2017, 9, 1)


def test_a_newer_version_amends_the_older_only_once_it_is_in_force():
    old = document("old", effective="1995-09-01", promulgated="2017-09-01", version_of="仲裁法")
    new = document("new", promulgated="2025-09-12", effective="2026-03-01", version_of="仲裁法")
    assert statuses([new, old], date(2026, 2, 28)) == {"new": Status.NOT_YET, "old": Status.IN_FORCE}
    assert statuses([new, old], date(2026, 3, 1)) == {"new": Status.IN_FORCE, "old": Status.AMENDED}


def test_two_copies_of_one_version_do_not_amend_each_other():
    copies = [document(name, effective="2024-01-01", version_of="某法") for name in "ab"]
    assert set(statuses(copies, AT).values()) == {Status.IN_FORCE}


def test_drafts_and_superseded_readings_amend_nothing():
    old = document("old", effective="2020-01-01", version_of="某办法")
    draft = document("draft", promulgated="2024-01-01", version_of="某办法", draft=True)
    reading = document("reading", effective="2024-01-01", version_of="某办法", current=False)
    assert statuses([old, draft, reading], AT)["old"] is Status.IN_FORCE


def test_what_ended_a_document_first_counts():
    old = document("old", effective="2018-11-01", expires="2023-10-31", version_of="某办法")
    after = document("after", effective="2023-11-01", version_of="某办法")
    before = document("before", effective="2022-11-01", version_of="某办法")
    assert statuses([old, after], AT)["old"] is Status.EXPIRED
    assert statuses([old, after, before], AT)["old"] is Status.AMENDED


def test_works_of_the_same_title_elsewhere_do_not_matter():
    here = document("here", effective="2020-01-01", version_of="甲县某办法")
    there = document("there", effective="2024-01-01", version_of="乙县某办法")
    assert statuses([here, there], AT)["here"] is Status.IN_FORCE


def test_only_what_the_caller_says_is_repealed():
    old = document("old", effective="2020-01-01")
    assert statuses([old], AT, repealed={"old": date(2025, 6, 2)})["old"] is Status.IN_FORCE
    assert statuses([old], AT, repealed={"old": AT})["old"] is Status.REPEALED


IN_FORCE, NOT_YET, EXPIRED = Status.IN_FORCE, Status.NOT_YET, Status.EXPIRED


@pytest.mark.parametrize(
    ("title", "force", "standing"),
    [
        (
            "江川市公墓管理办法（试行）",
            "本办法自2024年5月1日起施行，试行2年。",
            {"2024-04-30": NOT_YET, "2024-05-01": IN_FORCE, "2026-04-30": IN_FORCE, "2026-05-01": EXPIRED},
        ),
        (
            "江川市公墓管理办法",  # counted from the day in force, not from the one on which it was handed out
            "本办法自2024年6月1日起施行，有效期5年，有效期届满自动失效。",
            {"2024-05-31": NOT_YET, "2029-03-01": IN_FORCE, "2029-05-31": IN_FORCE, "2029-06-01": EXPIRED},
        ),
        (
            "江川市公墓管理暂行办法",  # a provisional measure without a term stays
            "本办法自印发之日起施行。",
            {"2024-02-29": NOT_YET, "2024-03-01": IN_FORCE, "2040-01-01": IN_FORCE},
        ),
        ("江川市公墓管理办法", "本办法自发布之日起30日后施行。", {"2024-03-30": NOT_YET, "2024-03-31": IN_FORCE}),
        (
            "江川市公墓管理办法",
            "本办法自2024年5月1日起施行，有效期至2026年12月31日。",
            {"2026-12-31": IN_FORCE, "2027-01-01": EXPIRED},
        ),
        (
            "江川市公墓管理办法",
            "本办法自2024年5月1日起施行，有效期延长至2028年12月31日。",
            {"2028-12-31": IN_FORCE, "2029-01-01": EXPIRED},
        ),
        (
            "江川市公墓管理办法（征求意见稿）",
            "本办法自2024年5月1日起施行。",
            {"2024-06-01": NOT_YET, "2030-01-01": NOT_YET},
        ),
        ("江川市公墓管理办法（草案）", "本办法自公布之日起施行，有效期5年。", {"2024-06-01": NOT_YET}),
    ],
)
def test_the_sentences_of_a_text_decide_its_status_at_any_day(title, force, standing):
    text = f"{title}\n\n第一条 为了加强管理，制定本办法。\n\n第二条 {force}\n\n江川市民政局\n2024年3月1日\n"
    file = FileState("/甲.txt", "甲.txt", "甲", hashlib.sha256(text.encode()).hexdigest(), "", 1, "present")
    found = parse_text(Reading(text), file)[0].document
    told = {day: statuses([found], date.fromisoformat(day))[found.doc_id] for day in standing}
    assert told == standing


@pytest.mark.parametrize("table", ["prolongs", "term"])
def test_the_words_of_prolonging_are_told_in_titles(table):
    for word in entries("status_words", table, Word):
        assert all(word.text in example and prolongs(example) for example in word.examples)
        assert not any(map(prolongs, word.counter))


# --- a term that a later document prolongs ---------------------------------------------------------------------------------


def described(text):
    file = FileState("/a.txt", "a.txt", "a", hashlib.sha256(text.encode()).hexdigest(), "", 1, "present")
    return parse_text(Reading(text), file)[0].document


MEASURE = "江川市公墓管理办法\n\n第一条 制定本办法。\n\n第二条 本办法自2020年1月1日起施行，有效期5年。\n\n江川市人民政府\n2019年12月1日\n"
NOTICE = (
    "江川市人民政府关于延长《江川市公墓管理办法》有效期的通知\n\n江政规〔2024〕9号\n\n各县区：\n\n"
    "经研究，《江川市公墓管理办法》（江政规〔2019〕3号）有效期延长{term}。\n\n江川市人民政府\n2024年11月1日\n"
)


@pytest.mark.parametrize(
    ("term", "day", "status"),
    [
        ("至2027年12月31日", "2026-01-01", Status.IN_FORCE),
        ("至2027年12月31日", "2028-01-01", Status.EXPIRED),
        ("2年", "2026-01-01", Status.EXPIRED),  # no day: what it counts from is not told
    ],
)
def test_a_notice_that_prolongs_a_term_keeps_the_measure_in_force(term, day, status):
    measure = replace(described(MEASURE), doc_id="measure")
    notice = replace(described(NOTICE.format(term=term)), doc_id="notice")
    assert statuses([measure, notice], date.fromisoformat(day))["measure"] is status


@pytest.mark.parametrize(
    "change",
    [
        {"title": "白沙县公墓管理办法"},
        {"region": "白沙县"},
        {"effective": date(2024, 11, 2)},  # later than what would prolong it
    ],
)
def test_only_the_measure_that_is_named_is_prolonged(change):
    measure = replace(described(MEASURE), doc_id="measure", expires=date(2024, 12, 31))
    notice = replace(described(NOTICE.format(term="至2027年12月31日")), doc_id="notice")
    found = statuses([replace(measure, **change), notice], date(2026, 1, 1))
    assert found["measure"] is Status.EXPIRED


def test_a_title_that_two_measures_bear_is_not_prolonged():
    measure = replace(described(MEASURE), doc_id="measure")
    notice = replace(described(NOTICE.format(term="至2027年12月31日")), doc_id="notice")
    other = replace(measure, doc_id="other", effective=date(2020, 2, 1), version_of="另一办法")
    assert statuses([measure, other, notice], date(2026, 1, 1))["measure"] is Status.EXPIRED
