"""What persons say: checked at the door, kept apart from what was extracted, applied on top of it."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from factories import citation, clause, document, file_state, parsed
from hypothesis import given
from hypothesis import strategies as st

from tiaoli.decided import (
    aliases,
    apply_to_citations,
    apply_to_mentions,
    apply_to_norms,
    decide_citations,
    decide_norms,
)
from tiaoli.decisions import as_lines, decision, on_body, on_citation, on_norm, read_lines
from tiaoli.errors import BadData
from tiaoli.exports import json_line
from tiaoli.records import Bearer, Deadline, Mention, Norm, NormKind, Strength, Verb
from tiaoli.store import Store

TEXT = "市水务局应当自收到申请之日起二十日内作出决定，申请人可以申请复核。"
CLAUSE = clause(text=TEXT, start=0, end=len(TEXT))
DOCUMENT = document(version_of="河道办法")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DUTY = Norm(
    "办法#第一条~n1",
    "办法#第一条",
    "办法",
    0,
    22,
    TEXT[:22],
    NormKind.DUTY,
    Strength.MANDATORY,
    "应当",
    (Bearer("市水务局", 0, 4),),
    action="作出决定",
    deadlines=(Deadline("二十日内", 14, 18, 20, "日", "收到申请"),),
    rule="modal",
    confidence=0.9,
)
RIGHT = Norm(
    "办法#第一条~n2", "办法#第一条", "办法", 23, 32, TEXT[23:32], NormKind.RIGHT, None, "可以", action="申请复核"
)
NORMS = [DUTY, RIGHT]
CITATION = citation(start=4, end=8, text="《水法》", title="水法", label="第三条")
MENTION = Mention("办法#第一条", "办法", 0, 4, "市水务局", "甲市水务局", "部门", "甲市", "按文件")


def said(norm, verb, *, who="李明", minutes=0, **changes):
    when = NOON + timedelta(minutes=minutes)
    return on_norm(norm, verb, who=who, clause=CLAUSE, document=DOCUMENT, when=when, changes=changes)


def cited(one, verb, *, who="李明", minutes=0, **changes):
    when = NOON + timedelta(minutes=minutes)
    return on_citation(one, verb, who=who, clause=CLAUSE, document=DOCUMENT, when=when, changes=changes)


def named(alias, verb, name=None, *, minutes=0, **more):
    return on_body(alias, verb, who="李明", name=name, when=NOON + timedelta(minutes=minutes), **more)


# --- norms -----------------------------------------------------------------------------------------------------------


def test_a_confirmed_norm_stays_as_it_is_and_is_sure():
    confirmed, other = apply_to_norms(NORMS, [said(DUTY, Verb.CONFIRM)])
    assert confirmed == replace(DUTY, rule="person", confidence=1.0)
    assert other == RIGHT


def test_a_rejected_norm_is_left_out():
    assert apply_to_norms(NORMS, [said(DUTY, Verb.REJECT)]) == [RIGHT]


def test_edited_fields_are_replaced_and_their_places_found_again():
    edit = said(
        DUTY, Verb.EDIT, kind="power", bearers=[{"name": "申请之"}], deadlines=[{"text": "二十日", "value": 20}]
    )
    edited = apply_to_norms(NORMS, [edit])[0]
    assert (edited.kind, edited.norm_id, edited.rule) == (NormKind.POWER, DUTY.norm_id, "person")
    assert edited.bearers == (Bearer("申请之", 9, 12),)
    assert edited.deadlines == (Deadline("二十日", 14, 17, 20.0),)
    assert (edited.action, edited.strength) == (DUTY.action, DUTY.strength)


def test_a_bearer_that_the_unit_does_not_name_stands_where_another_norm_found_it_or_nowhere():
    edit = said(RIGHT, Verb.EDIT, bearers=[{"name": "市水务局"}, {"name": "街道办事处"}])
    edited = apply_to_norms(NORMS, [edit])[1]
    assert edited.bearers == (Bearer("市水务局", 0, 4, True), Bearer("街道办事处", 23, 23, False))


def test_who_confirms_leaves_every_place_as_it_was_found():
    elsewhere = replace(RIGHT, bearers=(Bearer("市水务局", 90, 94, True),))
    inherited = replace(DUTY, bearers=(Bearer("市水务局", 2, 6),), action="作出 决定")
    decided = apply_to_norms([inherited, elsewhere], [said(replace(inherited, action="作出决定"), Verb.CONFIRM)])
    assert decided == [replace(inherited, rule="person", confidence=1.0), elsewhere]


def test_an_added_norm_stands_at_its_words():
    new = Norm("", "办法#第一条", "办法", 23, 26, TEXT[23:26], NormKind.POWER, action="复核")
    added = apply_to_norms(NORMS, [said(new, Verb.ADD)])[1:]
    assert [n.kind for n in added] == [NormKind.RIGHT, NormKind.POWER]
    assert added[1].norm_id.startswith("办法#第一条~p")
    assert (added[1].text, added[1].end, added[1].confidence) == (TEXT[23:26], 26, 1.0)


def test_a_norm_of_another_kind_can_be_added_to_the_same_words_and_then_be_edited():
    add = said(replace(DUTY, kind=NormKind.POWER), Verb.ADD)
    both = apply_to_norms(NORMS, [add])
    assert sorted(n.kind for n in both) == ["duty", "power", "right"]
    power = next(n for n in both if n.kind is NormKind.POWER)
    edited = apply_to_norms(NORMS, [add, said(power, Verb.EDIT, minutes=1, action="决定")])
    assert {n.kind: n.action for n in edited} == {"duty": "作出决定", "power": "决定", "right": "申请复核"}


def test_what_extraction_finds_by_itself_is_not_added_twice():
    assert apply_to_norms([DUTY], [said(DUTY, Verb.ADD)]) == [replace(DUTY, rule="person", confidence=1.0)]


def test_ids_and_offsets_may_change_and_so_may_signs_and_blanks():
    moved = replace(DUTY, norm_id="办法#第一条~n7", start=3, end=26, text=f"{DUTY.text} ；")
    assert apply_to_norms([moved], [said(DUTY, Verb.REJECT)]) == []


def test_of_the_same_words_twice_the_nearest_is_meant():
    again = replace(RIGHT, norm_id="办法#第一条~n3", start=50, end=59)
    assert apply_to_norms([RIGHT, again], [said(again, Verb.REJECT)]) == [RIGHT]


def test_a_confirmed_norm_outlives_an_extraction_that_loses_it_or_calls_it_something_else():
    confirmed = said(DUTY, Verb.CONFIRM)
    lost = apply_to_norms([RIGHT], [confirmed])
    assert (lost[0].text, lost[0].kind, lost[0].bearers) == (DUTY.text, NormKind.DUTY, DUTY.bearers)
    other = apply_to_norms([replace(DUTY, kind=NormKind.POWER, bearers=())], [confirmed])
    assert [(n.kind, n.bearers) for n in other] == [(NormKind.DUTY, DUTY.bearers)]


def test_a_rejection_of_one_kind_does_not_hit_another():
    assert apply_to_norms([replace(DUTY, kind=NormKind.POWER)], [said(DUTY, Verb.REJECT)])[0].kind is NormKind.POWER


def test_units_that_are_cut_smaller_give_way_to_the_one_that_a_person_read():
    parts = [replace(DUTY, end=5, text=TEXT[:5]), replace(DUTY, start=5, text=TEXT[5:22])]
    assert [n.text for n in apply_to_norms(parts, [said(DUTY, Verb.CONFIRM)])] == [DUTY.text]


def test_a_unit_that_is_now_part_of_a_longer_one_is_left_to_a_person():
    longer = replace(DUTY, end=30, text=TEXT[:30])
    decided = decide_norms([longer], [said(DUTY, Verb.CONFIRM)])
    assert (decided.records, len(decided.homeless)) == ([longer], 1)


def test_of_two_persons_the_later_counts_and_both_are_shown():
    first, second = (said(DUTY, Verb.EDIT, who=who, minutes=n, action=who) for n, who in enumerate(("甲", "乙")))
    for order in ([first, second], [second, first]):
        decided = decide_norms([DUTY], order)
        assert decided.records[0].action == "乙"
        assert [(c.won, c.lost) for c in decided.overruled if c.is_conflict] == [(second, first)]


def test_those_who_agree_and_those_who_correct_themselves_are_no_conflict():
    edit = said(DUTY, Verb.EDIT, action="答复")
    shown = apply_to_norms([DUTY], [edit])[0]
    assert decide_norms([DUTY], [edit, said(shown, Verb.CONFIRM, who="王芳", minutes=1)]).overruled == []
    for who, conflict in (("李明", False), ("王芳", True)):
        (one,) = decide_norms([DUTY], [edit, said(DUTY, Verb.REJECT, who=who, minutes=1)]).overruled
        assert (one.lost, one.is_conflict) == (edit, conflict)


def test_changes_of_two_persons_to_different_fields_both_hold():
    anchor = {"doc_id": "办法", "clause_id": "办法#第一条", "kind": "duty", "words": DUTY.text, "about": "norm"}
    both = [
        decision(**anchor, verb="edit", who=who, when=NOON + timedelta(minutes=n), value=value)
        for n, (who, value) in enumerate([("甲", {"action": "答复"}), ("乙", {"modal": "须"})])
    ]
    decided = decide_norms([DUTY], both)
    assert (decided.records[0].action, decided.records[0].modal, decided.overruled) == ("答复", "须", [])


def test_a_rejected_norm_comes_back_by_a_later_word():
    back = [said(DUTY, Verb.REJECT), said(DUTY, Verb.CONFIRM, who="王芳", minutes=1)]
    assert apply_to_norms([DUTY], back) == [replace(DUTY, rule="person", confidence=1.0)]


WORDS = st.sampled_from([DUTY.text, RIGHT.text, TEXT[:9], TEXT, "公开"])
STEPS = st.lists(
    st.tuples(st.sampled_from(Verb), WORDS, st.sampled_from(NormKind), st.integers(0, 9), st.sampled_from("甲乙")),
    max_size=8,
)


@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_whatever_is_said_no_norm_that_nobody_spoke_of_changes_and_the_order_of_telling_does_not_matter(steps, order):
    untouched = replace(RIGHT, norm_id="办法#第二条~n1", clause_id="办法#第二条", start=60, end=69)
    norms = [*NORMS, untouched]
    all_ = []
    for verb, words, kind, minutes, who in steps:
        start = max(TEXT.find(words), 0)
        norm = Norm("", CLAUSE.clause_id, "办法", start, start + len(words), words, kind, action=words)
        all_.append(said(norm, verb, who=who, minutes=minutes))
    decided = decide_norms(norms, all_)
    assert untouched in decided.records
    assert decided.records == sorted(decided.records, key=lambda norm: norm.start)
    assert {n.rule for n in decided.records} <= {"modal", "", "person"}
    assert not {d.decision_id for d in decided.homeless} - {d.decision_id for d in all_}
    shuffled = sorted(all_, key=lambda _: order.random())
    assert decide_norms(norms, shuffled) == decided


# --- citations and names ---------------------------------------------------------------------------------------------


def test_citations_are_rejected_edited_and_added():
    assert apply_to_citations([CITATION], [cited(CITATION, Verb.REJECT)]) == []
    assert apply_to_citations([CITATION], [cited(CITATION, Verb.CONFIRM)]) == [CITATION]
    edited = apply_to_citations([CITATION], [cited(CITATION, Verb.EDIT, title="中华人民共和国水法")])
    assert edited == [replace(CITATION, title="中华人民共和国水法")]
    new = replace(CITATION, start=10, end=14, label=None, relation="applies")
    assert apply_to_citations([CITATION], [cited(new, Verb.ADD)]) == [CITATION, new]


def test_of_several_citations_in_the_same_words_the_label_tells_which_is_meant():
    ends = [replace(CITATION, text="第三条至第五条", label=label) for label in ("第三条", "第五条")]
    assert apply_to_citations(ends, [cited(ends[1], Verb.REJECT)]) == ends[:1]
    other = decide_citations(ends, [cited(replace(ends[0], label="第九条"), Verb.REJECT)])
    assert (other.records, len(other.homeless)) == (ends, 1)


def test_a_name_means_what_persons_say():
    meant = apply_to_mentions([MENTION], [named("市 水务局", Verb.EDIT, "乙市水务局")])
    assert [(m.name, m.kind, m.region, m.reason) for m in meant] == [("乙市水务局", "部门", None, "人工更正")]
    assert apply_to_mentions([MENTION], [named("市水务局", Verb.CONFIRM)]) == [replace(MENTION, reason="人工更正")]
    assert apply_to_mentions([MENTION], [named("市水务局", Verb.REJECT)]) == []
    assert apply_to_mentions([MENTION], [named("市水务局", Verb.REJECT, "乙市水务局")]) == [MENTION]
    assert apply_to_mentions([MENTION], [named("水务局", Verb.EDIT, "乙市水务局")]) == [MENTION]


def test_what_was_said_for_one_document_goes_before_what_holds_in_all():
    every = named("市水务局", Verb.ADD, "乙市水务局", minutes=5)
    here = named("市水务局", Verb.ADD, "丙市水务局", document=DOCUMENT)
    assert aliases([every, here]) == {"市水务局": "丙市水务局"}
    assert aliases([every]) == {"市水务局": "乙市水务局"}
    assert aliases([every, here, named("市水务局", Verb.REJECT, document=DOCUMENT, minutes=9)]) == {}


# --- the door --------------------------------------------------------------------------------------------------------

LINE = {
    "about": "norm",
    "verb": "edit",
    "words": "应当备案",
    "who": "李明",
    "when": "2026-03-01T20:00:00+08:00",
    "value": {"kind": "power"},
    "doc_id": "办法",
    "clause_id": "办法#第一条",
    "kind": "duty",
}


def read_one(**changes):
    return read_lines([json_line(LINE | changes)])


def test_a_line_gives_the_decision_it_says():
    (one,), refused = read_one()
    assert (one.verb, one.kind, one.when, one.value, refused) == (
        Verb.EDIT,
        NormKind.DUTY,
        NOON,
        '{"kind":"power"}',
        [],
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"who": " "},
        {"when": "2026-03-01T20:00:00"},
        {"when": "9999-03-01T20:00:00+08:00"},
        {"when": "昨天"},
        {"about": "law"},
        {"verb": "delete"},
        {"kind": None},
        {"clause_id": None},
        {"value": {}},
        {"value": {"kind": "licence"}},
        {"value": {"colour": "red"}},
        {"value": {"bearers": "市水务局"}},
        {"value": {"bearers": [{"name": "市水务局", "start": 3}]}},
        {"value": {"amounts": [{"text": "罚款", "low": -1, "high": None, "unit": "元"}]}},
        {"words": ""},
        {"start": -1},
        {"extra": 1},
        {"about": "citation", "verb": "add", "value": {"label": "第三条"}},
        {"about": "citation", "value": {"relation": "likes"}},
        {"about": "body", "value": {"kind": "部门"}},
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(changes):
    found, refused = read_lines([b"\n", json_line(LINE), json_line(LINE | changes)])
    assert (len(found), [number for number, _ in refused]) == (1, [3])
    assert refused[0][1]


@pytest.mark.parametrize("line", [b"{", b"\xff\xfe", b'"\\ud800"', b"{" * 5000])
def test_what_is_no_json_is_refused(line):
    assert [(number, reason.partition("（")[0]) for number, reason in read_lines([line]).refused] == [
        (1, "不是合格的 JSON")
    ]


def test_what_is_nested_without_end_is_refused():
    assert read_lines([b'{"value":' * 100_000]).refused == [(1, "嵌套太深")]


def test_a_lone_surrogate_is_no_text():
    with pytest.raises(BadData, match="更正不合格式"):
        said(replace(DUTY, text="\ud800"), Verb.REJECT)


def test_decisions_go_out_and_come_back_the_same():
    all_ = [
        said(DUTY, Verb.CONFIRM),
        said(RIGHT, Verb.REJECT),
        cited(CITATION, Verb.EDIT, label=None),
        named("市局", Verb.ADD, "市水务局"),
    ]
    assert read_lines(map(json_line, as_lines(all_))) == (all_, [])


def test_an_id_follows_from_what_is_said():
    assert said(DUTY, Verb.REJECT) == said(DUTY, Verb.REJECT)
    ids = {said(DUTY, Verb.REJECT, **more).decision_id for more in ({}, {"who": "王芳"}, {"minutes": 1})}
    assert len(ids) == 3
    forged = msgspec.json.encode(LINE | {"decision_id": "0" * 16})
    assert read_lines([forged]).decisions == read_one().decisions


@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), who=st.text(max_size=10))
def test_hostile_text_stays_text_or_is_refused(words, who):
    try:
        one = said(DUTY, Verb.EDIT, who=who, action=words)
    except BadData:
        return
    assert read_lines(map(json_line, as_lines([one]))) == ([one], [])
    assert apply_to_norms([DUTY], [one])[0].action == words


# --- the store -------------------------------------------------------------------------------------------------------


def test_decisions_are_kept_once_in_the_order_of_their_time(store):
    first, second = said(DUTY, Verb.EDIT, action="'); DROP TABLE decisions; --"), said(DUTY, Verb.REJECT, minutes=1)
    assert (store.put_decision(second), store.put_decision(first), store.put_decision(first)) == (True, True, False)
    assert store.decisions() == store.decisions("办法") == [first, second]
    assert store.decisions("别的") == []


@pytest.mark.parametrize("forged", [{"value": "{"}, {"value": '{"colour": 1}'}, {"who": ""}, {"decision_id": "0" * 16}])
def test_what_the_door_would_refuse_does_not_enter_otherwise(store, forged):
    with pytest.raises(BadData):
        store.put_decisions([said(RIGHT, Verb.REJECT), replace(said(DUTY, Verb.REJECT), **forged)])
    assert store.decisions() == []


def test_the_revision_grows_with_what_is_new_only(store):
    before = store.revision()
    store.put_decision(said(DUTY, Verb.REJECT))
    assert store.revision() == before + 1
    store.put_decision(said(DUTY, Verb.REJECT))
    assert store.revision() == before + 1


def test_no_reading_of_a_file_touches_them(store):
    store.put_file(file_state(), [parsed(norms=(DUTY,))])
    store.put_decision(said(DUTY, Verb.REJECT))
    store.put_file(file_state(), [parsed()])
    store.withdraw(file_state().path)
    assert len(store.decisions("办法")) == 1


def test_two_may_write_at_once(store):
    def write(who):
        with Store(store.folder) as mine:
            for n in range(20):
                mine.put_decision(said(DUTY, Verb.EDIT, who=who, minutes=n, action=str(n)))
                mine.put_decision(said(DUTY, Verb.REJECT, who="同一人"))

    threads = [threading.Thread(target=write, args=(who,)) for who in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.decisions()) == 41
