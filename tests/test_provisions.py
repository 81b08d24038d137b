"""Addresses of provisions and titles of instruments."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaoli.provisions import (
    Level,
    Provision,
    ProvisionIndex,
    Step,
    TitleIndex,
    find_provision,
    number_key,
    parse_provision,
    provision_of,
    split_reference,
    title_key,
    work_key,
)
from tiaoli.records import Clause, Document, Kind, Status

# --- addresses ---

LABELS = [
    ("第十二条第二款第（三）项", "第十二条第二款第三项"),
    ("第十二条第二款第(三)项", "第十二条第二款第三项"),
    ("第十条之一", "第十条之一"),
    ("第三章", "第三章"),
    ("第三章第一节", "第三章第一节"),
    ("第（二）项", "第二项"),
    ("（二）", "第二项"),
    ("第12条", "第十二条"),
    ("第１２条", "第十二条"),
    ("第 12 条 第 1 款", "第十二条第一款"),
    ("第二编第三分编第一章", "第二编第三分编第一章"),
    ("第一百二十条之一第二款", "第一百二十条之一第二款"),
    ("第四条第一款第二项第3目", "第四条第一款第二项第三目"),
]
NO_LABELS = [
    "",
    "第",
    "第三",
    "条",
    "第条",
    "第零条",
    "第二款第三条",
    "第十条第十条",
    "第十条等",
    "第甲条",
    "一、",
    "附件1",
]


@pytest.mark.parametrize(("text", "canonical"), LABELS)
def test_a_label_is_written_back_in_the_form_of_the_statutes(text, canonical):
    assert str(parse_provision(text)) == canonical


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_is_no_label_gives_none(text):
    assert parse_provision(text) is None


steps = st.dictionaries(
    st.sampled_from(list(Level)), st.tuples(st.integers(1, 9999), st.integers(0, 99)), min_size=1, max_size=8
)


@given(steps)
def test_parse_undoes_format(chosen):
    provision = Provision(tuple(Step(level, *chosen[level]) for level in sorted(chosen)))
    assert parse_provision(str(provision)) == provision


@given(st.text(alphabet="第十条之一款（）三项章节 1编分目零百", max_size=30))
def test_format_of_what_was_parsed_parses_again(text):
    provision = parse_provision(text)
    assert provision is None or parse_provision(str(provision)) == provision


def test_addresses_compare_in_the_order_of_the_text():
    labels = ["第二条", "第十条", "第十条第一款", "第十条第二款", "第十条之一", "第十一条"]
    assert sorted(labels, key=parse_provision, reverse=True) == labels[::-1]


@pytest.mark.parametrize(
    "text", ["第" * 100_000, "第一条" * 30_000, "（" * 100_000, "一" * 100_000, "第" + "9" * 100_000]
)
def test_hostile_labels_are_refused_at_once(text):
    began = time.perf_counter()
    assert parse_provision(text) is None
    assert time.perf_counter() - began < 1


REFERENCES = [
    ("行政处罚法第九条", ("行政处罚法", "第九条")),
    ("《行政处罚法》第9条第2款", ("行政处罚法", "第九条第二款")),
    ("刑法修正案（八）", ("刑法修正案（八）", "None")),
    ("第九条", ("第九条", "None")),
    ("刑法第一百二十条之一", ("刑法", "第一百二十条之一")),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_a_reference_splits_into_title_and_address(text, expected):
    title, provision = split_reference(text)
    assert (title, str(provision)) == expected


# --- finding a provision ---


def tree(*lines):
    """Clauses from lines like 'article 第一章/第一条'; the ancestors come first."""
    clauses = {}
    for order, line in enumerate(lines):
        kind, path = line.split()
        labels = tuple(path.split("/"))
        provision = parse_provision(labels[-1].replace("段", "第") + ("款" if "段" in labels[-1] else ""))
        step = provision.innermost if provision else None
        clauses[labels] = Clause(
            clause_id="d#" + path,
            doc_id="d",
            parent_id="d#" + "/".join(labels[:-1]) if labels[1:] else None,
            kind=Kind(kind),
            label=labels[-1],
            path=labels,
            heading="",
            text="",
            start=0,
            end=0,
            order=order,
            number=step.number if step else None,
            suffix=(step.suffix or None) if step else None,
        )
    return list(clauses.values())


LAW = tree(
    "title 标题",
    "chapter 第一章",
    "section 第一章/第一节",
    "article 第一章/第一节/第一条",
    "paragraph 第一章/第一节/第一条/第一款",
    "item 第一章/第一节/第一条/第一款/（一）",
    "item 第一章/第一节/第一条/第一款/（二）",
    "paragraph 第一章/第一节/第一条/第一款/（二）/段1",
    "subitem 第一章/第一节/第一条/第一款/（二）/1",
    "paragraph 第一章/第一节/第一条/第二款",
    "article 第一章/第一节/第一条之一",
    "paragraph 第一章/第一节/第一条之一/第一款",
    "chapter 第二章",
    "section 第二章/第一节",
    "article 第二章/第一节/第二条",
    "paragraph 第二章/第一节/第二条/第一款",
    "item 第二章/第一节/第二条/第一款/（七）",
    "attachment 附件",
    "article 附件/第一条",
    "article 附件/第九条",
)

FOUND = [
    ("第一条", "第一章/第一节/第一条"),
    ("第1条第2款", "第一章/第一节/第一条/第二款"),
    ("第一条第三款", None),
    ("第一条第一款第(二)项", "第一章/第一节/第一条/第一款/（二）"),
    ("第一条第二项", "第一章/第一节/第一条/第一款/（二）"),  # the 款 is left out where only one has items
    ("第一条第二款第二项", None),
    ("第一条之一", "第一章/第一节/第一条之一"),
    ("第一条之二", None),
    ("第一章第一条", "第一章/第一节/第一条"),
    ("第二章第一条", None),
    ("第二章第一节", "第二章/第一节"),
    ("第一节", None),  # of which chapter?
    ("（七）", "第二章/第一节/第二条/第一款/（七）"),
    ("第九条", "附件/第九条"),
    ("第三条", None),
    ("不是条款", None),
]


@pytest.mark.parametrize(("label", "path"), FOUND)
def test_a_provision_is_found_by_its_address_or_not_at_all(label, path):
    found = find_provision(LAW, label)
    assert (found and "/".join(found.path)) == path


def test_a_text_without_articles_is_addressed_by_its_headings():
    policy = [
        replace(c, number=n)
        for c, n in zip(tree("heading 一", "subheading 一/（一）", "heading 二"), (1, 1, 2), strict=True)
    ]
    assert find_provision(policy, "第二条").label == "二"
    assert find_provision(policy, "第一项").label == "一"
    assert find_provision(policy, "第三条") is None


def test_every_clause_of_a_statute_is_found_by_its_own_address():
    index = ProvisionIndex(LAW)
    for clause in LAW:
        ancestors = [c for c in LAW if clause.path[: len(c.path)] == c.path]
        if (
            clause.kind in (Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM)
            and clause.path[0] != "附件"
            and "段" not in clause.label
        ):
            assert index.find(provision_of(ancestors)) == clause


# --- finding an instrument ---


def document(doc_id, title, **more):
    return Document(doc_id, title, f"{doc_id}.txt", "", **more)


SHELF = [
    document("a17", "中华人民共和国行政处罚法", effective=date(2018, 1, 1), current=False),
    document("a21", "中华人民共和国行政处罚法（2021年修订）", effective=date(2021, 7, 15)),
    document("a96", "行政处罚法", effective=date(1996, 10, 1), status=Status.REPEALED),
    document("x8", "刑法修正案（八）"),
    document("x9", "刑法修正案（九）"),
    document("s", "甲市公租房管理办法（试行）", effective=date(2020, 1, 1)),
    document("n", "乙市人民政府关于印发乙市养老办法的通知", doc_number="乙政发〔2018〕7号"),
    document("g", "国务院关于预防煤矿生产安全事故的特别规定", doc_number="国务院令第446号"),
]
INDEX = TitleIndex(SHELF)

TITLES = [
    ("行政处罚法", ["a96", "a21", "a17"]),  # exact first, then what is in force, then newer
    ("《中华人民共和国行政处罚法》", ["a17", "a21", "a96"]),
    ("中华人民共和国 行政处罚法(2021年修订)", ["a21", "a17", "a96"]),
    ("刑法修正案(八)", ["x8"]),
    ("刑法修正案", []),
    ("甲市公租房管理办法", ["s"]),
    ("乙市养老办法", ["n"]),
    ("关于预防煤矿生产安全事故的特别规定", ["g"]),
    ("没有这部法", []),
    ("", []),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_finds_its_documents_best_first(title, expected):
    assert [d.doc_id for d in INDEX.find(title)] == expected


@pytest.mark.parametrize(
    "number", ["乙政发〔2018〕7号", "乙政发[2018]7号", "乙政发（2018） 7 号", "乙政发［２０１８］第7号"]
)
def test_a_number_is_found_in_every_printing(number):
    assert [d.doc_id for d in INDEX.find_number(number)] == ["n"]


def test_an_order_number_is_found():
    assert [d.doc_id for d in INDEX.find_number("国务院令第446号")] == ["g"]


@given(st.text(alphabet="甲省国办发令第号〔〕[]（）() 2018３年《》〈〉", max_size=40))
def test_keys_are_stable(text):
    assert title_key(title_key(text)) == title_key(text)
    assert number_key(number_key(text)) == number_key(text)


def test_work_keys_ignore_edition_state_and_quotes():
    assert work_key("《中华人民共和国 水法（2016年修正）》") == work_key("水法") == "水法"


def test_three_thousand_titles_are_indexed_at_once():
    shelf = [
        document(f"d{n}", f"甲省乙市人民政府办公室关于印发第{n}号住房保障管理办法（试行）的通知") for n in range(3000)
    ]
    began = time.perf_counter()
    index = TitleIndex(shelf)
    assert time.perf_counter() - began < 1  # 0.1 s where the machine is free
    assert [d.doc_id for d in index.find("第7号住房保障管理办法")] == ["d7"]


def test_a_title_is_found_by_its_end_where_that_is_long_enough():
    index = TitleIndex(
        [document("甲", "江川市居家社区养老服务管理办法"), document("乙", "白沙县农村公益性公墓管理办法")]
    )
    assert [d.title for d in index.find_ending("养老服务管理办法")] == ["江川市居家社区养老服务管理办法"]
    assert index.find_ending("管理办法") == []
