"""Citations led to what they name."""

from datetime import date

import pytest

from graph.resolve import Resolver, repealed_dates, resolve_all

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
