from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.highlight import mark
from search.words import fold, phrases_of, query_terms, terms_of


def terms(text):
    return sorted(terms_of([text]).keys.tolist())


def test_terms_are_characters_pairs_and_longer_words():
    assert len(terms("处罚")) == 3  # 处, 罚, 处罚
    assert len(terms("执法人员")) == 4 + 3 + 1  # and the word 执法人员
    assert len(terms("pm2")) == 1


def test_blanks_inside_a_text_part_no_neighbours_but_signs_do():
    assert terms("总 则") == terms("总\n则") == terms("总则")
    assert terms("总，则") != terms("总则")


def test_width_and_case_make_no_difference():
    assert terms("ＰＭ２．５") == terms("pm2.5")


def test_texts_tokenised_together_give_what_each_gives_alone():
    texts = ["行政处罚", "", "法执法人员", "2018年", "𠀀处"]
    together = terms_of(texts)
    for number, text in enumerate(texts):
        assert sorted(together.keys[together.owners == number].tolist()) == terms(text)


def test_function_phrases_of_a_query_do_not_count_unless_they_are_all_there_is():
    assert query_terms("处罚的").keys() == query_terms("处罚").keys()
    assert query_terms("的")
    assert query_terms("目的").keys() > query_terms("目").keys()


def test_a_query_without_letters_has_no_terms():
    assert not query_terms("，。？ ***")


@given(st.text())
def test_folding_keeps_every_position(text):
    assert len(fold(text)) == len(text)


@given(st.text(), st.text())
def test_any_text_can_be_searched_and_marked(text, query):
    query_terms(query)
    spans = mark(text, phrases_of(query)).spans
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text, query, marked",
    [
        ("执法人员应当持证上岗。", "持证上岗的执法人员", ["执法人员", "持证上岗"]),
        ("行政处罚由机关实施。", "行政处罚法", ["行政处罚"]),  # the longest piece of a word
        ("于2010年，共10件", "10", ["10"]),  # a number matches as a whole
        ("ＡＢ类证件", "ab", ["ＡＢ"]),  # the characters of the source, not the folded ones
        ("养老养老机构", "养老", ["养老养老"]),  # spans that touch become one
        ("无关的文字", "处罚", []),
    ],
)
def test_highlights_cut_exactly_the_words(text, query, marked):
    assert [text[span.start : span.end] for span in mark(text, phrases_of(query)).spans] == marked
