"""Changed words come in pieces that can be read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.wording import Wording, wording
from tiaoli.records import Change, Piece

MARKS = {Change.SAME: "{}", Change.DROPPED: "[-{}-]", Change.ADDED: "[+{}+]"}
SWAPPED = {Change.DROPPED: Change.ADDED, Change.ADDED: Change.DROPPED, Change.SAME: Change.SAME}


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(MARKS[piece.change].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        # a body that was renamed
        (
            "由工商行政管理部门处罚。",
            "由市场监督管理部门处罚。",
            "由[-工商行政管理-]部门处罚。",
            "由[+市场监督管理+]部门处罚。",
        ),
        # an item of a list, with its own mark and not that of its neighbour
        (
            "应当公开依据、程序、结果。",
            "应当公开依据、条件、程序、结果。",
            "应当公开依据、程序、结果。",
            "应当公开依据、[+条件、+]程序、结果。",
        ),
        # an amount
        ("处二千元以下罚款", "处一万元以下罚款", "处[-二千元-]以下罚款", "处[+一万元+]以下罚款"),
        # a sentence that came
        ("应当备案。", "应当备案。备案不收费。", "应当备案。", "应当备案。[+备案不收费。+]"),
        # width and blanks are no change
        ("第(1)项，", "第（１） 项,", "第(1)项，", "第（１） 项,"),
    ],
)
def test_changes_are_whole_words(old, new, left, right):
    found = wording([old], [new])
    assert (shown(found.old[0]), shown(found.new[0])) == (left, right)


def test_what_two_changes_keep_apart_by_a_letter_is_read_with_them():
    found = wording(["组织和协调全市河道巡查工作"], ["指导及监督各区堤防养护任务"])
    assert len(found.old[0]) <= 2


def test_a_text_alone_went_or_came_as_a_whole():
    assert wording(["甲", ""], []) == Wording(((Piece(Change.DROPPED, "甲"),), ()), ())
    assert wording([], ["乙"]) == Wording((), ((Piece(Change.ADDED, "乙"),),))


def test_a_paragraph_that_was_split_is_read_against_both_parts():
    found = wording(["甲乙丙丁负责。戊己庚辛配合。"], ["甲乙丙丁负责。", "戊己庚辛配合。"])
    assert [shown(pieces) for pieces in found.new] == ["甲乙丙丁负责。", "戊己庚辛配合。"]
    assert len(found.old) == 1


texts = st.lists(st.text("甲乙河道管理，。 \n（1", max_size=12), min_size=0, max_size=3)


@settings(max_examples=150)
@given(texts, texts)
def test_the_pieces_of_a_text_give_it_back(old, new):
    found = wording(old, new)
    for texts_, sides in ((old, found.old), (new, found.new)):
        assert ["".join(piece.text for piece in pieces) for pieces in sides] == texts_
    assert {p.change for pieces in found.old for p in pieces} <= {Change.SAME, Change.DROPPED}
    assert {p.change for pieces in found.new for p in pieces} <= {Change.SAME, Change.ADDED}


@settings(max_examples=150)
@given(texts, texts)
def test_the_other_way_round_what_came_went(old, new):
    there, back = wording(old, new), wording(new, old)
    turned = [
        tuple(tuple(Piece(SWAPPED[p.change], p.text) for p in ps) for ps in side) for side in (back.new, back.old)
    ]
    assert list(there) == turned


def test_long_texts_are_compared_in_seconds():
    old = "".join(f"第{n}户登记在册，面积{n * 7 % 90}平方米，由第{n % 12}网格负责。" for n in range(3000))
    began = time.process_time()
    found = wording([old], [old.replace("第77户", "第七十七户")])
    assert time.process_time() - began < 10
    dropped = "".join(piece.text for piece in found.old[0] if piece.change is Change.DROPPED)
    assert "77" in dropped
    assert len(dropped) < 40
