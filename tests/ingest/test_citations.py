"""Citations as they are recognised in one clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citing.citations import find_citations
from tiaoli.lexicon import Word, entries
from tiaoli.records import Clause, Kind

HOME = ("第三章", "第十五条", "第三款")


def clause(text, path=HOME, kind=Kind.PARAGRAPH, **more):
    values = {"heading": "", "start": 0, "end": len(text), "order": 0} | more
    return Clause("d#c", "d", None, kind, path[-1], path, text=text, **values)


def cited(text, path=HOME, kind=Kind.PARAGRAPH):
    """Citations as 'title label relation' with what is left out as '-' and 本文件 as '本'."""
    found = find_citations(clause(text, path, kind))
    assert all(text[c.start : c.end] == c.text for c in found)
    return [f"{'本' if c.title == '本文件' else c.title} {c.label or '-'} {c.relation}" for c in found]


TITLES = [
    ("依照《旅行社条例》第十条第一款的规定处罚。", ["旅行社条例 第十条第一款 applies"]),
    ("依照《旅行社条例》第10条第（二）项处罚。", ["旅行社条例 第十条第二项 applies"]),
    ("违反《刑法》的规定的", ["中华人民共和国刑法 - refers_to"]),
    ("根据《水法》和国家有关规定，制定本办法。", ["中华人民共和国水法 - based_on"]),
    ("根据《甲条例》、《乙办法》，结合本省实际，制定本规定。", ["甲条例 - based_on", "乙办法 - based_on"]),
    ("《甲省实施〈中华人民共和国水法〉办法》第三条规定的", ["甲省实施〈中华人民共和国水法〉办法 第三条 refers_to"]),
    ("《甲省实施《水法》办法》第三条规定的", ["甲省实施《水法》办法 第三条 refers_to"]),
    (
        "适用《招标投标法》及其实施条例第三条；",
        ["中华人民共和国招标投标法 - applies", "中华人民共和国招标投标法实施条例 第三条 applies"],
    ),
    ("《许可法》（2003年8月27日第七号主席令）第十二条：下列事项", ["中华人民共和国许可法 第十二条 refers_to"]),
    ("原《甲办法》（甲府办〔2018〕30号）同时废止。", ["甲办法 - repeals"]),
    ("现将《甲办法》予以废止。", ["甲办法 - repeals"]),
    (
        "1990年1月1日公布的《甲办法》和1995年2月2日国务院批准的《乙办法》（乙发〔1995〕2号）同时废止。",
        ["甲办法 - repeals", "乙办法 - repeals"],
    ),
    ("发现规章同宪法相抵触的，提出修改或者废止的建议。", ["中华人民共和国宪法 - refers_to"]),
    ("《甲办法》第三条修改为：", ["甲办法 第三条 amends"]),
    ("按照国办发〔1993〕71号文件的规定办理。", ["国办发〔1993〕71号 - applies"]),
    ("按照国办发[1993]第71号的规定办理。", ["国办发〔1993〕71号 - applies"]),
    (
        "按照国务院《甲意见》、省政府《乙通知》（乙发〔2020〕1号）要求，现就有关事项通知如下：",
        ["甲意见 - based_on", "乙通知 - based_on"],
    ),
    ("各级政府要贯彻执行法律和《甲条例》，有关部门要制定办法。", ["甲条例 - refers_to"]),
    (
        "1964年4月20日卫生部、化工部发布的《甲规定》，1979年6月30日卫生部、医药总局发布的《乙规定》，同时废止。",
        ["甲规定 - repeals", "乙规定 - repeals"],
    ),
    ("《甲办法》由市财政局负责解释，《乙办法》同时废止。", ["甲办法 - refers_to", "乙办法 - repeals"]),
    ("《甲通知》（甲发〔2023〕1号）第二条关于“贷款比例”的规定，调整为“80%”。", ["甲通知 第二条 amends"]),
    ("取消《甲细则》（2022版）第十条。", ["甲细则 第十条 amends"]),
    ("《甲条例》第四章章名“标志、印章”修改为“标志、印章、证件”。", ["甲条例 第四章 amends"]),
    ("违反《甲条例》“第八条……（四）设置准入条件”的规定", ["甲条例 第八条 refers_to"]),
    ("将第二条第三项中的“新购的首套及以上的普通住房”修改为“新购的第二套住房”。", ["本 第二条第三项 amends"]),
    ("根据《甲办法》等规定，我市试行分配。现就有关事宜通告如下：", ["甲办法 - based_on"]),
    ("根据实际情况提供第十五条的材料", ["本 第十五条 refers_to"]),
    ("不能享受本措施文件第十三条的补贴", ["本 第十三条 refers_to"]),
    ("《甲办法》（甲令〔2010〕第2号，以下简称《办法》）", ["甲办法 - refers_to"]),
    (
        "【法律】《甲法》（2002年6月29日通过，根据2021年6月10日《关于修改〈乙法〉的决定》第三次修正）\n"
        "    第六十二条：政府应当检查。\n    第二款：检查应当公开。",
        ["中华人民共和国甲法 第六十二条 refers_to", "中华人民共和国甲法 第六十二条第二款 refers_to"],
    ),
    (
        "【法规】《甲条例》（自2011年1月8日起施行）   第二十九至第三十一条",
        ["甲条例 第二十九条 refers_to", "甲条例 第三十一条 refers_to"],
    ),
    (
        "列于本法附件三的法律；按照附件一、附件二的规定",
        ["本 附件三 refers_to", "本 附件一 applies", "本 附件二 applies"],
    ),
    # no citations: the short name in its definition, certificates and forms, an open 《
    ("《水法》（以下简称《本法规》）", ["中华人民共和国水法 - refers_to"]),
    ("取得《营业执照》和《网络文化经营许可证》", []),
    ("《没有写完的题目", []),
]
BARE = [
    ("依照刑法有关规定追究刑事责任。", ["中华人民共和国刑法 - applies"]),
    ("在刑法第六十七条中增加一款作为第三款：", ["中华人民共和国刑法 第六十七条 amends"]),
    ("删去刑法第六十八条第二款。", ["中华人民共和国刑法 第六十八条第二款 amends"]),
    ("应当依照旅行社条例第五条、第六条处理。", ["旅行社条例 第五条 applies", "旅行社条例 第六条 applies"]),
    ("劳动合同法第七条规定的职工名册", ["中华人民共和国劳动合同法 第七条 refers_to"]),
    ("公司法人治理结构和劳动合同法定事项", []),
    ("依照森林法实施条例第五条和电信条例的规定", ["中华人民共和国森林法实施条例 第五条 applies", "电信条例 - applies"]),
    ("依照本民族自治地方自治条例的规定", []),
    ("同法律、行政法规相抵触的", []),
    ("适用外国法律，不停止执行。", []),
]
OWN = [
    ("违反本法第四条规定的，依照本法第十条处罚。", ["本 第四条 refers_to", "本 第十条 applies"]),
    ("本法规定的其他情形", ["本 - refers_to"]),
    ("给予罚款处罚的，依照本办法执行。", ["本 - applies"]),
    (
        "第八十条、本条前两款行为之一",
        ["本 第八十条 refers_to", "本 第十五条第一款 refers_to", "本 第十五条第二款 refers_to"],
    ),
    ("依照前款第（一）项处理。", ["本 第十五条第二款第一项 applies"]),
    ("前款第（二）、（三）项行为", ["本 第十五条第二款第二项 refers_to", "本 第十五条第二款第三项 refers_to"]),
    ("有本条第一款、第二款规定情形的", ["本 第十五条第一款 refers_to", "本 第十五条第二款 refers_to"]),
    ("第一、二款规定的", ["本 第十五条第一款 refers_to", "本 第十五条第二款 refers_to"]),
    ("没有依据前条规定采取措施", ["本 第十四条 applies"]),
    ("适用本章规定。", ["本 第三章 applies"]),
    ("行使本章规定的查阅、复制、更正、删除等权利", ["本 第三章 refers_to"]),
    ("参照本章第一节的规定", ["本 第三章第一节 applies"]),
    ("本条例第六十三条至第六十七条规定", ["本 第六十三条 refers_to", "本 第六十七条 refers_to"]),
    (
        "犯第二百一十三条至第二百一十九条之一规定之罪",
        ["本 第二百一十三条 refers_to", "本 第二百一十九条之一 refers_to"],
    ),
    ("鼓励投向前款规定的领域。", ["本 第十五条第二款 refers_to"]),
    ("以前条第一款规定的期限为准", ["本 第十四条第一款 refers_to"]),
    ("依照上款第（三）项处理", ["本 第十五条第二款第三项 applies"]),
    (
        "采取前款第（一）项措施的，应当经批准；采取第（六）项措施的",
        ["本 第十五条第二款第一项 refers_to", "本 第十五条第二款第六项 refers_to"],
    ),
    ("依照本法典第三条", ["本 第三条 applies"]),
    ("本《通知》生效之日起，按照本《实施意见》规定", ["本 - applies"]),
    ("参照适用本编第三章第一节的规定", ["本 第三章第一节 applies"]),
    # not a source of rules, and words that only look like references
    ("制定本条例。", []),
    ("本条例所称经营者，是指企业。", []),
    ("本条例自2024年1月1日起施行。", []),
    ("自本条例施行之日起三十日内", []),
    ("本法院认为，目前款项未到，提前条件不足，本项目第三项目标", []),
    ("增加一款，作为第二款：“前款规定的除外。”", []),
]


SHORT = [  # what a text defines, then a clause of it
    ("《甲市住房条例》（以下简称《条例》）", "依照《条例》第三条", "甲市住房条例 第三条 applies"),
    ("《甲市住房条例》（以下简称条例）", "条例第三条所称部门", "甲市住房条例 第三条 refers_to"),
    ("《保守国家秘密法》（以下简称保密法）", "对符合保密法的规定", "中华人民共和国保守国家秘密法 - refers_to"),
    (
        "《保守国家秘密法》（以下简称保密法）",
        "保密法实施条例第二条",
        "中华人民共和国保守国家秘密法实施条例 第二条 refers_to",
    ),
    ("《甲事解释》（法释〔2016〕29号，以下称《甲解释》）", "《甲解释》第一条规定的", "甲事解释 第一条 refers_to"),
    ("《甲条例》（2017年10月1日废止，以下简称旧条例）", "旧条例第二条规定", "甲条例 第二条 refers_to"),
    ("发布了《关于甲事的通告》。", "该《通告》规定", "关于甲事的通告 - refers_to"),
    ("《甲办法》和市住建局（以下简称市住建局）", "市住建局按照《通告》", "通告 - applies"),
]


@pytest.mark.parametrize(("defined", "text", "expected"), SHORT)
def test_names_that_the_document_gives_are_known_in_all_its_clauses(defined, text, expected):
    whole = f"{defined}\n{text}"
    one = clause(text, start=len(defined) + 1, end=len(whole))
    assert [f"{c.title} {c.label or '-'} {c.relation}" for c in find_citations(one, whole)] == [expected]


def test_a_measure_of_a_policy_text_is_cited_by_its_number():
    place = ("十一",)
    assert cited("第一款适用于新房，第三项补贴除外。", place, Kind.HEADING) == [
        "本 第一款 refers_to",
        "本 第三项 refers_to",
    ]
    assert cited("对已享受《甲通知》补贴的，可同步享受第九条政策。", place, Kind.HEADING)[1] == "本 第九条 refers_to"
    assert cited("违反《甲条例》的规定，第九条所列", place, Kind.HEADING)[1] == "甲条例 第九条 refers_to"
    assert cited("增加二款作为第三款、第四款：", place, Kind.HEADING) == []


def test_the_number_of_a_document_is_no_citation_but_in_front_of_what_carries_it_out():
    place = ("序言",)
    assert cited("甲发〔2020〕1号", place, Kind.PREAMBLE) == []
    assert cited("为深入贯彻落实国发〔2022〕2号文件精神，现将", place, Kind.PREAMBLE) == ["国发〔2022〕2号 - based_on"]


def test_the_cells_of_a_row_quote_the_laws_that_they_rest_on():
    row = (
        "7\t对违规行为的处罚\t【规章】《甲规定（试行）》2015年1月2日公布，根据2020年3月4日《关于修改〈甲规定〉的决定》第三次修正）"
        + " " * 40
        + "\n    第九十五条：违反本规定，有前款行为的，处罚款。"
    )
    assert cited(row, ("7",), Kind.ITEM) == ["甲规定（试行） - refers_to", "甲规定（试行） 第九十五条 refers_to"]


def test_a_long_bracket_between_title_and_provision_is_none_of_the_words():
    text = "《甲条例》（2008年7月23日国务院第18次常务会议通过，国务院令第531号发布，自2008年10月1日起施行）。\n 第九条：奖励"
    (found,) = find_citations(clause(text))
    assert (found.text, found.label) == ("《甲条例》", "第九条")


@pytest.mark.parametrize(("text", "expected"), TITLES + BARE + OWN)
def test_citations_of_a_line(text, expected):
    assert cited(text) == expected


def test_the_words_of_a_range_belong_to_both_ends():
    found = find_citations(clause("依照本法第三条至第五条处罚"))
    assert [(c.text, c.label) for c in found] == [("本法第三条至第五条", "第三条"), ("本法第三条至第五条", "第五条")]


def test_the_number_in_brackets_belongs_to_the_title():
    (found,) = find_citations(clause("依照《甲办法》（甲府办〔2018〕30号）执行"))
    assert found.text == "《甲办法》（甲府办〔2018〕30号）"


def test_the_paragraph_before_the_first_is_not_known():
    assert cited("违反前款规定的", ("第二条", "第一款")) == ["本 前款 refers_to"]


def test_an_article_before_an_inserted_one_is_the_one_it_follows():
    assert cited("依照前条规定", ("第十条之一", "第一款")) == ["本 第十条 applies"]


def test_titles_and_contents_cite_nothing():
    assert cited("关于修改《甲办法》的决定", ("标题",), Kind.TITLE) == []
    assert cited("第一章 总则 第二章 罚则", ("序言",), Kind.PREAMBLE) == []
    assert cited("国办发〔2018〕37号", ("序言",), Kind.PREAMBLE) == []


def test_offsets_count_in_the_document():
    text = "标题\n第一条 目的。 依照本法第三条处罚。\n"
    one = clause("依照本法第三条处罚。", ("第一条",), Kind.ARTICLE, heading="目的。", start=3, end=len(text) - 1)
    for found in (*find_citations(one), *find_citations(one, text)):
        assert text[found.start : found.end] == found.text == "本法第三条"


def test_headings_are_read_where_the_document_is_given():
    text = "一、 按照《甲办法》执行。其余照旧。"
    one = clause("其余照旧。", ("一",), Kind.HEADING, heading="按照《甲办法》执行。", end=len(text))
    assert [c.title for c in find_citations(one, text)] == ["甲办法"]


@pytest.mark.parametrize(
    "unit",
    [
        "《",
        "》",
        "《《a》",
        "第",
        "第一",
        "第一、",
        "第（一）",
        "本法",
        "本条前款",
        "前款第一",
        "“",
        "（",
        "〔2018〕1号",
        "甲法",
        "依照",
        "作为第一条",
        "第一条、",
        "《甲》第一条至",
        "刑法第一条和",
        "《甲》发布",
        "《甲》发布、自一起和予以废",
        "该《通告》",
        "（《",
        "附件一、",
    ],
)
def test_hostile_text_is_read_to_its_end(unit):
    text = "《甲》" + unit * (100_000 // len(unit))  # with anything worse than linear time this takes minutes
    found = find_citations(clause(text))
    assert all(text[c.start : c.end] == c.text for c in found)


@given(
    st.text(alphabet="《》〈〉（）第一二十条款项至、和本法前其实施条例刑“”。，规定 〔2018〕号依照根据制定", max_size=80)
)
def test_any_text_gives_spans_that_cut_their_words(text):
    found = find_citations(clause(text))
    assert all(text[c.start : c.end] == c.text for c in found)
    assert [c.start for c in found] == sorted(c.start for c in found)


@pytest.mark.parametrize("word", entries("citations", "own", Word), ids=lambda w: w.text)
def test_what_a_document_calls_itself_is_recognised_in_its_examples_only(word):
    for example in word.examples:
        assert {c.title for c in find_citations(clause(example))} == {"本文件"}
    for counter in word.counter:
        assert not find_citations(clause(counter))


@pytest.mark.parametrize("word", entries("citations", "form", Word), ids=lambda w: w.text)
def test_forms_are_no_citations(word):
    for example in word.examples:
        assert not find_citations(clause(example))
    for counter in word.counter:
        assert find_citations(clause(counter))


@pytest.mark.parametrize("word", entries("citations", "law", Word), ids=lambda w: w.text)
def test_every_law_is_recognised_in_its_examples_only(word):
    for example in word.examples:
        assert word.text in {c.text for c in find_citations(clause(example))}
    for counter in word.counter:
        assert not find_citations(clause(counter))
