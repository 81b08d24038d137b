from datetime import date

import pytest

from search.contract import BadFilter, Query
from search.facets import parse_filters

NEW, OLD = "处罚法", "处罚法2017"


def ids(index, text, **options):
    return [hit.clause_id for hit in index.search(Query(text, **options)).hits]


@pytest.mark.parametrize(
    "query, clause_id",
    [
        ("行政处罚法第十条", "处罚法#第二章/第十条"),
        ("《中华人民共和国行政处罚法》第10条", "处罚法#第二章/第十条"),
        ("《行政处罚法》第十条第二款", "处罚法#第二章/第十条/第二款"),
        ("根据行政处罚法第十条的规定应当怎样", "处罚法#第二章/第十条"),  # the words before a title are no part of it
        ("行政处罚法第十条第（三）项", "处罚法#第二章/第十条/（三）"),
        ("《行政处罚法》第二章", "处罚法#第二章"),
        ("行政处罚法", "处罚法#标题"),  # a bare title
        ("《江川市养老服务管理办法》第二条", "养老办法#第二条"),  # without （试行）
        ("江府发〔2018〕37号", "养老办法#第一条"),
        ("江府发〔2018〕37号第二条", "养老办法#第二条"),
        ("养老服务管理办法第二条", "养老办法#第二条"),  # without the place
        ("江府发[2018]37号", "养老办法#第一条"),
        ("江府发（2018）第37号", "养老办法#第一条"),
        ("江府发【2018】 37 号", "养老办法#第一条"),
        ("江府发2018年37号", "养老办法#第一条"),
        ("请问江府发〔2018〕37号文管什么", "养老办法#第一条"),
    ],
)
def test_a_citation_leads_straight_to_what_it_names(statutes, query, clause_id):
    hit = statutes.index().search(query).hits[0]
    assert hit.clause_id == clause_id
    assert hit.reason.startswith("按引用直达：《")


def test_a_chapter_comes_with_its_articles(statutes):
    assert ids(statutes.index(), "《行政处罚法》第二章")[:2] == ["处罚法#第二章", "处罚法#第二章/第十条"]


def test_a_provision_that_does_not_exist_is_said_and_the_nearest_given(statutes):
    results = statutes.index().search("行政处罚法第十条第九款")
    assert results.notes == ("《中华人民共和国行政处罚法》没有第十条第九款，给出第十条。",)
    assert results.hits[0].clause_id == "处罚法#第二章/第十条"


def test_an_instrument_that_is_not_there_is_said(statutes):
    results = statutes.index().search("《无此办法》第三条")
    assert "没有找到《无此办法》" in results.notes[0]


def test_a_question_that_only_mentions_an_instrument_is_answered_by_its_words(statutes):
    hits = statutes.index().search("依照《行政处罚法》限制人身自由的处罚由谁设定").hits
    assert hits[0].clause_id == "处罚法#第二章/第十条"
    assert not any(hit.reason.startswith("按引用") for hit in hits)


def test_nothing_is_shown_twice(statutes):
    found = ids(statutes.index(), "行政处罚法第十条", limit=50)
    assert len(found) == len(set(found))


def test_an_article_is_found_whole_with_its_items(statutes):
    hit = statutes.index().search("吊销许可证件").hits[0]
    assert hit.clause_id == "处罚法#第二章/第十条"
    assert hit.text == "法律可以设定各种行政处罚。\n限制人身自由的行政处罚，只能由法律设定。\n（三）吊销许可证件。"
    assert [hit.text[span.start : span.end] for span in hit.highlights] == ["吊销许可证件"]


def test_the_version_in_force_goes_before_an_older_one_that_matches_as_well(statutes):
    hits = [h for h in statutes.index().search("限制人身自由的行政处罚只能由法律设定").hits if h.path[-1] == "第十条"]
    assert [hit.doc_id for hit in hits] == [NEW, OLD]
    assert hits[1].reason.endswith("（已修改）") and "（" not in hits[0].reason


def test_the_status_is_that_of_the_day_asked_for(statutes):
    index = statutes.index()
    filters = parse_filters(["status=现行有效"])
    assert all(i.startswith(OLD) for i in ids(index, "处罚", filters=filters, at=date(2020, 1, 1)))
    assert not any(i.startswith(OLD) for i in ids(index, "处罚", filters=filters, at=date(2024, 1, 1)))


@pytest.mark.parametrize(
    "given, documents",
    [
        (["doc_type=法律"], {NEW, OLD}),
        (["文种=法律", "文种=行政规范性文件"], {NEW, OLD, "养老办法"}),
        (["type=法律", "year=2017"], {OLD}),
        (["year=2017-2018"], {OLD, "养老办法"}),
        (["rank=10"], {"养老办法"}),
        (["issuer=江川市人民政府"], {"养老办法"}),
        (["region=江川市", "doc_type=法律"], set()),
        (["status=已修改"], {OLD}),
        (["kind=title"], {NEW}),
        (["条款类型=条", "doc_id=处罚法2017"], {OLD}),
    ],
)
def test_filters_narrow_the_answers(statutes, given, documents):
    found = statutes.index().search(Query("规范处罚服务法律规定", parse_filters(given), limit=50)).hits
    assert {hit.doc_id for hit in found} == documents


def test_filters_also_hold_for_what_a_query_names(statutes):
    assert ids(statutes.index(), "行政处罚法第十条", filters=parse_filters(["year=2017"])) == ["处罚法2017#第十条"]


@pytest.mark.parametrize(
    "given, said",
    [
        ("colour=red", "可用字段：doc_type（文种）"),
        ("法律", "字段=值"),
        ("文种=", "字段=值"),
        ("文种=法规", "可选：法律、行政规范性文件"),
        ("issuer=江川市政府", "可选：未知、江川市人民政府"),
        ("年份=1900", "可选：2017、2018、2021"),
    ],
)
def test_a_wrong_filter_is_refused_with_the_choices(statutes, given, said):
    with pytest.raises(BadFilter, match=said):
        statutes.index().search(Query("处罚", parse_filters([given])))


def test_facets_count_the_passages_that_hold_the_query(statutes):
    results = statutes.index().search(Query("持证上岗", facets=True))
    assert results.covering == 1
    assert results.facets["issuer"] == (("江川市人民政府", 1),)
    assert results.total >= results.covering


def test_a_facet_is_counted_as_if_its_own_filter_were_not_set(statutes):
    results = statutes.index().search(Query("行政处罚", parse_filters(["year=2017"]), facets=True))
    assert dict(results.facets["year"]) == {"2021": 3, "2017": 1}
    assert dict(results.facets["status"]) == {"已修改": 1}


def test_pages_put_together_are_the_whole_list(statutes):
    index = statutes.index()
    whole = index.search(Query("规范处罚服务法律", limit=50)).hits
    paged = [
        hit
        for at in range(0, len(whole), 2)
        for hit in index.search(Query("规范处罚服务法律", limit=2, offset=at)).hits
    ]
    assert paged == list(whole)
    assert [hit.rank for hit in paged] == list(range(1, len(whole) + 1))


def test_a_page_behind_the_last_says_so(statutes):
    results = statutes.index().search(Query("处罚", offset=1000))
    assert not results.hits and "没有第 1001 条" in results.notes[0]


def test_ranking_alone_gives_the_order_of_the_answers(statutes):
    index = statutes.index()
    for text in ("行政处罚法第十条", "限制人身自由的处罚"):
        hits = index.search(Query(text, limit=20)).hits
        assert index.rank(Query(text, limit=20)) == [(hit.clause_id, hit.score) for hit in hits]
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    "query, said",
    [
        ("", "请输入"),
        (" \n\t", "请输入"),
        ("，。！？", "没有文字"),
        ("***", "没有文字"),
        ("魑魅魍魉", "没有找到相关条款"),
        ("zzz OR (", "没有找到相关条款"),
    ],
)
def test_odd_queries_get_a_clear_line(statutes, query, said):
    results = statutes.index().search(query)
    assert not results.hits and said in results.notes[0]


@pytest.mark.parametrize(
    "query",
    [
        "行政处罚*", '"行政" AND (处罚', "处罚~2^5", "行政:处罚", "[a TO b]", "a\x00b处罚", "\ud800处罚", "😀处罚",
        "第", "第条", "《》", "《》第十条", "《行政处罚法", "〔2018〕37号", "第十条", "第一百条第", "处" * 10_000,
    ],
)  # fmt: skip
def test_no_query_raises_an_error(statutes, query):
    results = statutes.index().search(Query(query, facets=True))
    assert results.hits or results.notes


def test_a_pasted_text_of_ten_thousand_characters_finds_its_source(statutes):
    index = statutes.index()
    pasted = "限制人身自由的行政处罚，只能由法律设定。" + "".join(chr(0x4E00 + n) for n in range(10_000))
    results = index.search(pasted)
    assert results.hits[0].doc_id == NEW
