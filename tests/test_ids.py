"""Identifiers are addresses, numerals are numbers: each way and back."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaoli.ids import ClauseId, child_id, document_id
from tiaoli.numerals import to_chinese, to_number

NAMES = st.text(max_size=40)
MEMBERS = st.none() | st.integers(1, 99).map("篇{}".format)


@given(st.text(min_size=1).filter(lambda t: "#" not in t), st.lists(st.text(min_size=1), min_size=1))
def test_parsing_undoes_formatting(doc_id, labels):
    labels = [label.replace("/", "／") for label in labels]
    assert ClauseId.parse(str(ClauseId(doc_id, tuple(labels)))) == ClauseId(doc_id, tuple(labels))


@pytest.mark.parametrize("text", ["", "#", "办法", "办法#", "#第一条"])
def test_what_is_no_address_is_refused_with_the_words_given(text):
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        ClauseId.parse(text)


@given(NAMES, st.lists(NAMES, min_size=1, max_size=30))
def test_ids_of_clauses_are_addresses_and_never_meet(stem, labels):
    taken = {}
    parent, found = document_id(stem), []
    for number, label in enumerate(labels):
        found.append(child_id(found[number // 2] if number % 3 and found else parent, label, taken))
    assert len(set(found)) == len(found)
    assert [str(ClauseId.parse(one)) for one in found] == found
    assert {ClauseId.parse(one).doc_id for one in found} == {parent}


def test_a_label_repeated_ten_thousand_times_takes_no_time():
    taken, start = {}, time.process_time()
    found = [child_id("办法", "第一条", taken) for _ in range(10_000)]
    assert found[-1] == "办法#第一条~10000"
    assert time.process_time() - start < 2


@given(NAMES, MEMBERS, st.integers(1, 50))
def test_ids_of_documents_hold_nothing_that_an_address_or_a_shell_line_breaks_on(stem, member, version):
    doc_id = document_id(stem, member, version)
    assert doc_id
    assert not re.search(r"[\s#/\\~?%&\x00-\x1f\ud800-\udfff]", doc_id)
    doc_id.encode("utf-8")


@given(NAMES, MEMBERS, st.integers(1, 50), NAMES, MEMBERS, st.integers(1, 50))
def test_another_member_or_version_has_another_id(stem, member, version, stem2, member2, version2):
    same = (document_id(stem), member, version) == (document_id(stem2), member2, version2)
    assert (document_id(stem, member, version) == document_id(stem2, member2, version2)) == same


def test_a_file_named_like_a_member_does_not_take_its_id():
    assert document_id("汇编.篇1") != document_id("汇编", "篇1")


def test_every_number_of_a_provision_comes_back():
    assert [to_number(to_chinese(number)) for number in range(10_000)] == list(range(10_000))


@given(st.text() | st.text("零〇一二三四五六七八九十百千两０１23①㈠⑴ 万亿", max_size=20))
def test_any_text_is_a_number_or_none(text):
    number = to_number(text)
    assert number is None or number >= 0


@pytest.mark.parametrize("text", ["9" * 6000, "一" * 6000, "½", "十十一一三", "第一"])
def test_what_no_provision_is_numbered_with_is_no_number(text):
    assert to_number(text) is None
