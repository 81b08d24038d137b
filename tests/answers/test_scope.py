"""Which documents an answer looks at."""

from __future__ import annotations

import pytest
from factories import document

from answers.scope import Scope, scope_of
from tiaoli.errors import NotFound, TiaoliError
from tiaoli.records import DocType, Status

RULES = document(
    "办法",
    title="江川市河道管理办法",
    doc_number="江政规〔2018〕5号",
    doc_type=DocType.NORMATIVE,
    region="云岭省江川市",
    status=Status.IN_FORCE,
)
GONE = document("旧办法", title="江川市河道管理办法", region="云岭省江川市", status=Status.REPEALED)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, True),
        ({"doc_types": ["行政规范性文件"]}, True),
        ({"doc_types": ["法律"]}, False),
        ({"region": "云岭省"}, True),
        ({"region": "江川市"}, False),
        ({"title": "河道 江政规[2018]5号"}, True),
        ({"title": "森林"}, False),
        ({"doc_ids": ["办法"]}, True),
        ({"doc_ids": ["别的"]}, False),
    ],
)
def test_a_scope_holds_what_was_asked_for(asked, kept):
    assert scope_of(**asked).holds(RULES) is kept


def test_what_is_over_is_left_out_unless_asked_for():
    assert not Scope().holds(GONE)
    assert Scope(past=True).holds(GONE)


def test_a_scope_says_what_it_is():
    assert scope_of(region="云岭省", title="河道").described(3, 1200) == (
        "云岭省，标题含“河道”，不含已失效文本；共 3 件，库中 1,200 件"
    )


def test_wrong_words_are_told():
    with pytest.raises(TiaoliError, match="行政规范性文件"):
        scope_of(doc_types=["红头文件"])
    with pytest.raises(NotFound, match="没有编号为 别的 的文件"):
        scope_of(doc_ids=["办法", "别的"], known=["办法"])
