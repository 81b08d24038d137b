"""What norms say of other bodies: every pattern finds its examples and none of its counter-examples."""

from __future__ import annotations

import re

import pytest

from graph.relations import Named, RelationWords, relations
from tiaoli.lexicon import entries

WORDS = entries("relations", "relation", RelationWords)
KINDS = {"works_with", "reports_to", "asks", "delegates_to", "supervises", "supervised_by"}


def found(example):
    """Relations to the bodies that stand in 【】, as kind and name."""
    words, named = "", []
    for part in re.split("(【.*?】)", example):
        name = part.strip("【】")
        if name != part:
            named.append(Named(len(words), len(words) + len(name), name))
        words += name
    return list(relations(words, named))


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.text)
def test_a_pattern_finds_its_examples_alone(word):
    assert word.kind in KINDS
    assert word.examples
    for example in word.examples:
        assert word.kind in {one.kind for one in found(example)}, example
    for example in word.counter:
        assert word.text not in {one.rule for one in found(example)}, example


def test_every_body_of_a_list_is_met():
    kinds = [
        (one.kind, one.body_id)
        for one in found("会同【市财政局】、【市民政局】和【市审计局】制定，报【市人民政府】批准")
    ]
    assert kinds == [
        ("works_with", "市财政局"),
        ("works_with", "市民政局"),
        ("works_with", "市审计局"),
        ("asks", "市人民政府"),
    ]


def test_words_without_bodies_say_nothing():
    assert found("应当会同有关方面制定办法，并接受社会监督") == []
