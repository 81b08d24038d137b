"""Citations led to what they name."""

from datetime import date

import pytest

from graph.resolve import Resolver, repealed_dates, resolve_all
from tiaoli.numerals import to_chinese
from tiaoli.records import Change, Present

TODAY = date(2024, 1, 1)


def resolved(store, at=TODAY):
    """Citations as 'citing clause, words, target, status'."""
    rows = [c for one in resolve_all(store, at=at) for c in one.citations]
    return [(c.text, c.target_clause_id or c.target_doc_id, c.status) for c in rows]


def test_the_version_in_force_when_the_text_began_is_meant(library):
    rows = resolved(library)
    assert ("《甲税法》", "甲税法", "resolved") in rows  # cited in 2010
    assert ("甲税法第二条", "甲税法#第二条", "resolved") in rows
    assert ("《甲税法》第三条", "甲税法2020#第三条", "resolved") in rows  # cited in 2021


def test_what_does_not_exist_says_so(library):
    rows = resolved(library)
    assert ("《甲税法》第九条", "甲税法", "no_such_provision") in rows
    assert ("《丙规定》", None, "unknown_document") in rows
    assert ("本办法第一条", "乙办法#第一章/第一条", "resolved") in rows


def test_what_a_later_text_repeals_is_out_of_force_from_then_on(library, shelf):
    assert repealed_dates(library) == {"乙办法": date(2021, 1, 1)}
    store = shelf("己通知", "己通知", "第一条 按照《乙市甲税法实施办法》办理。", effective=date(2022, 1, 1))
    assert resolved(store)[-1] == ("《乙市甲税法实施办法》", "乙办法", "not_in_force")
    assert resolved(store, at=date(2020, 1, 1))[-1][2] == "resolved"


def test_what_is_repealed_ends_in_all_its_copies(shelf):
    edition = {"effective": date(2000, 1, 1), "version_of": "甲条例"}
    shelf("甲", "甲条例", "第一条 一。", **edition)
    shelf("甲(2)", "甲条例", "第一条 一。", **edition)
    store = shelf("乙", "乙条例", "第一条 《甲条例》同时废止。", effective=date(2020, 1, 1))
    assert repealed_dates(store) == dict.fromkeys(("甲", "甲(2)"), date(2020, 1, 1))


def test_a_text_does_not_repeal_itself(shelf):
    store = shelf(
        "新", "关于甲事的通知", "第一条 《关于甲事的通知》（甲发〔2018〕3号）同时废止。", effective=date(2020, 1, 1)
    )
    assert resolved(store) == [("《关于甲事的通知》（甲发〔2018〕3号）", None, "unknown_document")]


def test_a_reprint_does_not_repeal_a_version_of_its_own_work(shelf):
    shelf("甲2000", "甲条例", "第一条 一。", effective=date(2000, 1, 1))
    store = shelf("甲2010", "甲条例", "第一条 1990年公布的《甲条例》同时废止。", effective=date(2010, 1, 1))
    assert repealed_dates(store) == {}


def test_a_text_on_trial_is_another_work(shelf):
    shelf("甲", "甲办法", "第一条 一。")
    shelf("乙", "乙办法（试行）", "第一条 一。")
    store = shelf("丙", "丙办法", "第一条 依照《甲办法（试行）》和《乙办法》办理。")
    assert [row[1] for row in resolved(store)] == [None, "乙"]


def test_short_names_and_numbers_stand_for_their_titles(shelf):
    shelf("甲", "甲市住房保障条例", "第三条 三。", doc_number="甲发〔2018〕3号")
    store = shelf(
        "乙",
        "乙通知",
        "第一条 《甲市住房保障条例》（以下简称《条例》）。",
        "第二条 依照《条例》第三条、甲发[2018]3号文件执行。",
    )
    rows = [c for one in resolve_all(store, at=TODAY) for c in one.citations]
    assert [(c.title, c.target_clause_id or c.target_doc_id) for c in rows] == [
        ("甲市住房保障条例", "甲"),
        ("甲市住房保障条例", "甲#第三条"),
        ("甲市住房保障条例", "甲"),
    ]


def test_a_number_takes_the_title_that_the_same_text_gives_it(shelf):
    store = shelf(
        "乙",
        "乙通知",
        "第一条 依照《关于甲事的意见》（甲发〔1993〕71号）办理。",
        "第二条 按照甲发〔1993〕71号文件的规定办理。",
    )
    assert [c.title for one in resolve_all(store, at=TODAY) for c in one.citations] == ["关于甲事的意见"] * 2


def test_the_parts_of_a_code_are_one_work(shelf):
    shelf("总则", "中华人民共和国民法典总则", "第一条 一。")
    shelf("物权编", "中华人民共和国民法典物权编", "第二百零五条 依照本法第一条。")
    store = shelf("丙", "丙规定", "第一条 依照民法典第二百零五条、第九千条办理。")
    assert resolved(store) == [
        ("民法典第二百零五条", "物权编#第二百零五条", "resolved"),
        ("第九千条", "总则", "no_such_provision"),
        ("本法第一条", "总则#第一条", "resolved"),
    ]


def test_an_amending_decision_speaks_of_what_it_amends(shelf):
    shelf("甲", "甲条例", "第三条 三。", effective=date(2000, 1, 1))
    store = shelf("决定", "关于修改《甲条例》的决定", "第一条 将第三条修改为：“新三。”", effective=date(2010, 1, 1))
    assert resolved(store) == [("第三条", "甲#第三条", "resolved")]


@pytest.mark.parametrize("day", [date(1999, 1, 1), TODAY])
def test_two_runs_give_the_same(library, day):
    assert list(resolve_all(library, at=day)) == list(resolve_all(library, at=day))


def test_few_documents_are_kept_in_memory(shelf):
    for n in range(80):
        store = shelf(f"d{n:02}", f"第{n}号规定", "第一条 一。", "第二条 依照本规定第一条。")
    resolver = Resolver.of(store, at=TODAY)
    assert all(resolver.resolve(d)[0].status == "resolved" for d in resolver.documents)
    assert len(resolver._indexes) <= 64


def led(store, at=TODAY, follow=None):
    """Citations of the whole store as they are led."""
    return [c for one in resolve_all(store, at=at, follow=follow) for c in one.citations]


def test_the_status_is_told_for_the_day_of_the_citing_text_and_for_today(shelf):
    shelf("甲", "甲办法", "第一条 一。", effective=date(2000, 1, 1))
    shelf("乙", "乙通知", "第一条 按照《甲办法》办理。", effective=date(2005, 1, 1))
    shelf("丙", "丙规定", "第一条 《甲办法》同时废止。", effective=date(2010, 1, 1))
    store = shelf("丁", "丁通知", "第一条 按照《甲办法》第九条办理。", effective=date(2015, 1, 1))
    assert [(c.doc_id, c.status, c.status_cited) for c in led(store)] == [
        ("丁", "no_such_provision", "no_such_provision"),
        ("丙", "resolved", "resolved"),
        ("乙", "not_in_force", "resolved"),
    ]


def test_a_text_without_a_day_says_nothing_of_that_day(shelf):
    shelf("甲", "甲办法", "第一条 一。", effective=date(2000, 1, 1))
    store = shelf("乙", "乙通知", "第一条 按照《甲办法》办理。")
    assert [(c.status, c.status_cited) for c in led(store)] == [("resolved", None)]


SUBJECTS = [
    "森林",
    "草原",
    "湿地",
    "河流",
    "湖泊",
    "海洋",
    "土壤",
    "空气",
    "噪声",
    "光照",
    "种子",
    "肥料",
    "农药",
    "兽药",
    "饲料",
    "牲畜",
    "家禽",
    "鱼苗",
    "蜂群",
    "蚕种",
    "木材",
    "竹林",
    "果树",
]


def law(number_first=1):
    """Articles that each speak of their own subject; the numbers begin at `number_first`."""
    return [f"第{to_chinese(n)}条 违反{s}保护和{s}登记管理的，责令改正。" for n, s in enumerate(SUBJECTS, number_first)]


def citing(subjects, label_of):
    return [
        f"第{to_chinese(n)}条 破坏{s}登记管理、妨害{s}保护的，依照《甲法》{label_of(s)}处罚。"
        for n, s in enumerate(subjects, 1)
    ]


def number(subject, first=1):
    return f"第{to_chinese(SUBJECTS.index(subject) + first)}条"


def test_of_a_later_version_only_a_provision_counts_that_the_words_speak_of(shelf):
    shelf("甲法2020", "中华人民共和国甲法", *law(number_first=4), effective=date(2020, 1, 1))
    lines = [*citing(["果树"], number), "第二条 破坏森林登记管理、妨害森林保护的，依照《甲法》第四条处罚。"]
    store = shelf("乙", "乙办法", *lines, effective=date(2010, 1, 1))
    assert [(c.target_doc_id, c.target_clause_id, c.status_cited) for c in led(store)] == [
        ("甲法2020", None, "no_version"),
        ("甲法2020", "甲法2020#第四条", "no_version"),
    ]


def test_where_nearly_all_words_fit_the_numbers_have_not_changed(shelf):
    shelf("甲法2020", "中华人民共和国甲法", *law(), effective=date(2020, 1, 1))
    lines = [*citing(SUBJECTS[:6], number), "第七条 依照《甲法》第九条处理。"]
    store = shelf("乙", "乙办法", *lines, effective=date(2010, 1, 1))
    assert led(store)[-1].target_clause_id == "甲法2020#第九条"


def test_numbers_of_an_earlier_version_lead_to_it_and_say_where_they_are_now(shelf):
    work = {"version_of": "甲法"}
    shelf("甲法2000", "中华人民共和国甲法", *law(), effective=date(2000, 1, 1), **work)
    shelf("甲法2020", "中华人民共和国甲法", *law(number_first=4), effective=date(2020, 1, 1), **work)
    store = shelf("乙", "乙办法", *citing(SUBJECTS[4:10], number), effective=date(2022, 1, 1))

    def follow(clause):
        return Present("甲法2020", "甲法2020#第八条", "第八条", Change.MOVED) if clause.label == "第五条" else None

    first, *others = led(store, follow=follow)
    assert (first.target_clause_id, first.status_cited) == ("甲法2000#第五条", "not_in_force")
    assert (first.now_clause_id, first.now_label, first.change) == ("甲法2020#第八条", "第八条", Change.MOVED)
    assert {c.target_doc_id for c in others} == {"甲法2000"}
    assert {c.now_clause_id for c in others} == {None}


def test_a_title_that_only_says_the_kind_means_the_last_of_that_kind(shelf):
    shelf("甲", "甲市库房管理办法", "第三条 三。")
    store = shelf(
        "乙", "乙通知", "第一条 印发《关于印发〈甲市库房管理办法〉的通知》。", "第二条 依照《管理办法》第三条。"
    )
    assert led(store)[-1].target_clause_id == "甲#第三条"
