"""What holds of every comparison, whatever the texts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from versions import compared, statute

from tiaoli.records import Change, Comparison, Pair

PHRASES = [
    "市水务局负责河道的监督管理",
    "任何单位和个人不得倾倒垃圾",
    "责令限期改正",
    "处一千元以上五千元以下罚款",
    "县级以上地方人民政府应当加强领导",
    "自公布之日起施行",
    "删去",
    "…",
    "",
]
texts = st.lists(st.sampled_from(PHRASES), min_size=0, max_size=4).map("，".join)
articles = st.lists(st.lists(texts, min_size=0, max_size=3), min_size=0, max_size=7)
MIRRORED = {Change.ADDED: Change.DROPPED, Change.SPLIT: Change.MERGED}
MIRRORED |= {there: here for here, there in MIRRORED.items()}


def all_pairs(comparison: Comparison) -> list[Pair]:
    return [one for pair in comparison.pairs for one in (pair, *pair.below)]


def outline(comparison: Comparison, *, mirrored: bool = False) -> Counter[tuple[object, ...]]:
    found = []
    for pair in all_pairs(comparison):
        change = MIRRORED.get(pair.change, pair.change) if mirrored else pair.change
        sides = [tuple(c.clause_id for c in side) for side in (pair.old, pair.new)]
        found.append((change, *(reversed(sides) if mirrored else sides), pair.likeness, pair.crossed))
    return Counter(found)


@settings(max_examples=60)
@given(articles, articles)
def test_every_clause_is_in_exactly_one_pair(old, new):
    left, right = statute(old, "旧"), statute(new, "新")
    pairs = all_pairs(compared(left, right))
    assert Counter(c.clause_id for p in pairs for c in p.old) == Counter(c.clause_id for c in left)
    assert Counter(c.clause_id for p in pairs for c in p.new) == Counter(c.clause_id for c in right)


@settings(max_examples=40)
@given(articles)
def test_a_text_is_the_same_as_itself(text):
    clauses = statute(text)
    assert {pair.change for pair in all_pairs(compared(clauses, clauses))} <= {Change.SAME}


@settings(max_examples=60)
@given(articles, articles)
def test_the_other_way_round_is_the_mirror(old, new):
    left, right = statute(old, "旧"), statute(new, "新")
    assert outline(compared(left, right)) == outline(compared(right, left), mirrored=True)


@settings(max_examples=40)
@given(articles, articles)
def test_a_side_is_empty_only_where_something_is_new_or_dropped(old, new):
    for pair in all_pairs(compared(statute(old, "旧"), statute(new, "新"))):
        assert bool(pair.old) == (pair.change is not Change.ADDED)
        assert bool(pair.new) == (pair.change is not Change.DROPPED)
        assert len(pair.old) < 2 or len(pair.new) < 2
