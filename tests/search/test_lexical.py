import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.lexical import K1, B, LexicalRetriever
from search.words import query_terms, terms_of

TEXTS = {
    "甲法": ["行政机关应当依法行政，行政处罚公开。", "公民有权申诉。", "执法人员应当持证上岗。"],
    "乙法": ["执法人员持证上岗制度由行政机关规定，执法人员不得少于两人。", "本法自公布之日起施行。"],
    "丙办法": ["养老服务补贴按月发放。"],
}
QUERIES = ["执法人员持证上岗", "行政处罚", "养老 补贴 补贴", "行政机关的规定是什么", "施行", "abc"]


def filled(library, texts=TEXTS):
    for doc_id, articles in texts.items():
        library.put(doc_id, *(f"第{n}条 {text}" for n, text in zip("一二三四五六", articles, strict=False)))
    return library.index()


def brute_force(texts, query):
    """BM25 as the formula says, from the terms of each field alone."""
    fields = {
        f"{d}#第{n}条": f"{d}。。{t}" for d, ts in texts.items() for n, t in zip("一二三四五六", ts, strict=False)
    }
    bags = {key: Counter(terms_of([field]).keys.tolist()) for key, field in fields.items()}
    mean = sum(bag.total() for bag in bags.values()) / len(bags)
    scores = dict.fromkeys(bags, 0.0)
    for term, count in query_terms(query).items():
        holding = sum(term in bag for bag in bags.values())
        weight = count * math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
        for key, bag in bags.items():
            scores[key] += weight * bag[term] / (bag[term] + K1 * (1 - B + B * bag.total() / mean))
    return {key: score for key, score in scores.items() if score > 0}


def found(index, query):
    candidates = index.retriever().candidates(query, 100)
    return {
        index.generation.row(n).clause_id: v
        for n, v in zip(candidates.numbers.tolist(), candidates.values.tolist(), strict=True)
    }


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_a_brute_force_computation(library, query):
    # Nothing is quantised: what differs is the last bits of 32-bit floats.
    assert found(filled(library), query) == pytest.approx(brute_force(TEXTS, query), rel=1e-5)


def test_candidates_come_best_first_and_equal_ones_in_the_order_of_documents(library):
    for doc_id in "丁丙乙甲":
        library.put(doc_id, "第一条 相同的条文", "第二条 相同的条文", title="同名")
    ids = list(found(library.index(), "相同的条文"))
    assert ids == [f"{doc_id}#第{n}条" for doc_id in sorted("丁丙乙甲") for n in "一二"]


def test_a_limit_cuts_ties_in_the_same_order(library):
    for number in range(9):
        library.put(f"文件{number}", "第一条 相同的条文", title="同名")
    retriever = library.index().retriever()
    everything = retriever.candidates("条文", 9).numbers.tolist()
    assert [retriever.candidates("条文", k).numbers.tolist() for k in range(10)] == [everything[:k] for k in range(10)]


def test_z_scores_are_taken_over_all_allowed_passages(library):
    index = filled(library)
    scores = index.retriever().scores("行政机关")
    candidates = index.retriever().candidates("行政机关", 2)
    expected = (candidates.values - scores.mean()) / scores.std()
    assert candidates.z_scores() == pytest.approx(expected, rel=1e-4)
    assert candidates.matching == np.count_nonzero(scores)


def test_what_is_not_allowed_is_not_found(library):
    index = filled(library)
    allowed = index.retriever().scores("行政") == 0
    assert len(index.retriever().candidates("行政", 10, allowed).numbers) == 0


def test_coverage_is_one_for_a_passage_that_holds_the_whole_query(library):
    index = filled(library)
    coverage = index.retriever().coverage("执法人员应当持证上岗")
    assert coverage.max() == pytest.approx(1)
    assert index.generation.row(int(coverage.argmax())).clause_id == "甲法#第三条"


WORDS = st.lists(
    st.sampled_from(["行政处罚", "养老", "的", "服务", "法律", "2018", "PM2.5", "\n", "，", "《", "𠀀"]), max_size=6
).map("".join)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(WORDS, min_size=1, max_size=6), query=WORDS)
def test_any_words_score_as_by_brute_force(new_library, texts, query):
    law = {"甲": [text.replace("\n", "") or "空" for text in texts]}
    assert found(filled(new_library(), law), query) == pytest.approx(brute_force(law, query), rel=1e-5)


def test_retriever_of_an_empty_generation_finds_nothing(library):
    index = library.put("甲").index()
    library.withdraw("甲").index()
    retriever = LexicalRetriever(index.generation)
    assert len(retriever.candidates("甲", 5).numbers) == 0
