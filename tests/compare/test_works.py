"""Works, their versions, and copies that count once."""

from __future__ import annotations

from datetime import date

import pytest
from factories import document

from compare.works import version_at, version_before, work_named, works
from tiaoli.errors import NotFound
from tiaoli.records import Document


def measure(doc_id: str, year: int | None, **fields: object) -> Document:
    day = date(year, 5, 1) if year else None
    given = {"title": "江川市河道管理办法", "version_of": "江川市河道管理办法", "promulgated": day, "sha256": doc_id}
    return document(doc_id, **given | fields)


OLD, NEW = measure("办法2018", 2018), measure("办法2023", 2023)


def ids(documents: list[Document]) -> list[list[str]]:
    return [[v.document.doc_id for v in work.versions] for work in works(documents)]


def test_versions_follow_one_another():
    assert ids([NEW, OLD]) == [["办法2018", "办法2023"]]


def test_a_copy_of_a_version_counts_once_and_the_fullest_stands_for_it():
    copy = measure("转载", 2023, n_clauses=1)
    work = works([copy, OLD, measure("办法2023", 2023, n_clauses=40)])[0]
    assert [v.document.doc_id for v in work.versions] == ["办法2018", "办法2023"]
    assert [c.doc_id for c in work.versions[1].copies] == ["转载"]


def test_what_is_current_stands_for_its_version_before_what_is_not():
    former = measure("办法", 2023, current=False, n_clauses=41)
    assert ids([former, measure("办法@2", 2023, n_clauses=40)]) == [["办法@2"]]


def test_a_file_whose_text_became_another_version_gives_both():
    former = measure("办法", 2018, current=False)
    assert ids([former, measure("办法@2", 2023, version=2)]) == [["办法", "办法@2"]]


def test_texts_without_a_day_come_last_and_only_the_same_file_is_a_copy():
    one, same, other = measure("甲", None), measure("乙", None, sha256="甲"), measure("丙", None)
    assert ids([one, same, other, OLD]) == [["办法2018", "丙", "乙"]]


def test_a_draft_is_no_copy_of_the_text_that_became_of_it():
    draft = measure("征求意见稿", 2023, draft=True)
    work = works([draft, NEW])[0]
    assert [v.document.doc_id for v in work.versions] == ["办法2023", "征求意见稿"]
    assert version_before(work, draft) == work.versions[0]


def test_the_version_before():
    work = works([OLD, NEW])[0]
    assert version_before(work, NEW) == work.versions[0]
    assert version_before(work, OLD) is None


def test_the_version_in_force_at_a_day():
    work = works([OLD, NEW])[0]
    assert version_at(work, date(2020, 1, 1)).document is OLD
    assert version_at(work, date(2023, 5, 1)).document is NEW
    with pytest.raises(NotFound, match="2017-01-01 还没有生效的版本"):
        version_at(work, date(2017, 1, 1))


@pytest.mark.parametrize("title", ["江川市河道管理办法", "《江川市河道管理办法》", "江川市河道管理办法（2018年修订）"])
def test_a_work_is_found_by_its_title(title):
    assert len(work_named([OLD, NEW], title).versions) == 2


def test_a_title_that_nothing_has_is_told():
    with pytest.raises(NotFound, match="没有标题为“渔业条例”的文件"):
        work_named([OLD, NEW], "渔业条例")


def test_a_title_of_several_works_lists_them():
    notices = [
        measure(f"通知{n}", 2020 + n, title="关于放假的通知", version_of=f"关于放假的通知（{n}）") for n in (1, 2)
    ]
    with pytest.raises(NotFound, match="通知1；通知2"):
        work_named(notices, "关于放假的通知")


def test_a_document_of_no_known_work_is_one_by_itself():
    assert ids([document("甲", version_of=None), document("乙", version_of=None)]) == [["乙"], ["甲"]]
