"""The store: what goes in comes out, whole or not at all, whoever else reads, writes or dies at that moment."""

import errno
import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from factories import assert_whole, citation, clause, content, document, dump, file_state, parsed, problem, unprivileged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiaoli.errors import BadData, NotFound, StoreError
from tiaoli.records import DocType, Kind, Span, Status
from tiaoli.store import SCHEMA_VERSION, Store

FULL = parsed(
    text="第一条 为了《水法》。\n",
    document=document(
        doc_type=DocType.LOCAL_RULE,
        level=6,
        issuer="示例市人民政府",
        region="示例市",
        doc_number="示政发〔2024〕3号",
        adopted=date(2024, 1, 2),
        promulgated=date(2024, 1, 3),
        effective=date(2024, 3, 1),
        expires=date(2029, 2, 28),
        draft=True,
        status=Status.IN_FORCE,
        version_of="办法",
        n_clauses=1,
    ),
    clauses=(
        clause(
            parent_id="办法#第一章", path=("第一章", "第一条"), number=1, suffix=2, function="purpose", heading="目的"
        ),
    ),
    problems=(problem(doc_id="办法", start=0, end=3),),
    citations=(citation(relation="based_on", label="第三条", target_doc_id="水法", status="resolved"),),
)


def test_every_record_comes_back_as_it_was(store):
    store.put_file(file_state(), [FULL], [problem()])
    assert store.documents() == [FULL.document]
    assert store.document("办法") == FULL.document
    assert store.text("办法") == FULL.text
    assert store.clauses("办法") == list(FULL.clauses)
    assert store.clause(FULL.clauses[0].clause_id) == FULL.clauses[0]
    assert store.citations("办法") == list(FULL.citations)
    assert store.problems("办法") == list(FULL.problems)
    assert set(store.problems()) == {*FULL.problems, problem()}
    assert store.files() == {file_state().path: file_state()}


def test_the_full_record_leaves_no_field_at_its_default():
    for record in (FULL.document, FULL.clauses[0], FULL.problems[0]):
        assert not [f.name for f in fields(record) if getattr(record, f.name) is None]


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(words=WORDS, number=st.integers(0, 2**62), kind=st.sampled_from(Kind), day=st.none() | st.dates())
def test_any_words_numbers_and_dates_come_back(store, words, number, kind, day):
    one = parsed(
        text=words,
        document=document(title=words, effective=day, n_clauses=1),
        clauses=(clause(text=words, heading=words, path=(words, "第一条"), number=number, kind=kind),),
    )
    store.put_file(file_state(), [one])
    assert (store.documents(), store.text("办法"), store.clauses("办法")) == ([one.document], words, list(one.clauses))


def test_every_kind_type_and_status_can_be_stored(store):
    clauses = tuple(clause(f"段{n}", kind=kind, order=n) for n, kind in enumerate(Kind))
    store.put_file(file_state(), [parsed(clauses=clauses)])
    assert [c.kind for c in store.clauses("办法")] == list(Kind)
    for doc_type in DocType:
        for status in Status:
            store.put_file(file_state(), [parsed(document=document(doc_type=doc_type, status=status))])
            assert (store.document("办法").doc_type, store.document("办法").status) == (doc_type, status)


def test_a_file_enters_whole_or_not_at_all(store):
    store.put_file(file_state(), [parsed()])
    before = dump(store.folder)
    twice = (clause(), clause())
    with pytest.raises(BadData, match="记录不合库的格式"):
        store.put_file(file_state(version=2), [parsed("办法@2"), parsed("办法@2.篇1", clauses=twice)])
    with pytest.raises(BadData):
        store.put_file(file_state(version=2), [parsed("办法@2", clauses=(clause(doc_id="办法@2", number=10**30),))])
    with pytest.raises(BadData):
        store.put_file(file_state(version=2), [parsed("办法@2", text="\ud800")])
    assert dump(store.folder) == before


def test_two_files_cannot_hold_the_same_ids(store):
    store.put_file(file_state(), [parsed()])
    with pytest.raises(BadData):
        store.put_file(file_state(path="/别处/办法.txt"), [parsed()])
    assert list(store.files()) == [file_state().path]
    assert len(store.documents()) == 1


def test_the_revision_grows_with_every_change_and_only_then(store):
    seen = [store.revision()]
    for change in (
        lambda: store.put_file(file_state(), [parsed()]),
        lambda: store.put_unreadable(file_state("别的"), problem()),
        lambda: store.withdraw(file_state().path),
    ):
        change()
        seen.append(store.revision())
    assert seen == sorted(set(seen))
    store.put_unreadable(file_state("别的"), problem())
    assert store.revision() == seen[-1]


def test_changed_since_tells_what_entered_left_or_was_read_anew(store):
    store.put_file(file_state(), [parsed()])
    store.put_file(file_state("细则"), [parsed("细则")])
    start = store.revision()
    assert store.changed_since(start) == []
    store.put_file(file_state(version=2), [parsed("办法@2", document=document("办法@2", version=2))])
    assert [(d.doc_id, d.current) for d in store.changed_since(start)] == [("办法", False), ("办法@2", True)]
    store.withdraw(file_state("细则").path)
    assert [d.doc_id for d in store.changed_since(start + 1)] == ["细则"]
    assert [d.doc_id for d in store.documents()] == ["办法@2"]
    assert len(store.documents(all_versions=True)) == 3


def test_a_document_that_a_new_reading_no_longer_finds_stays_readable(store):
    store.put_file(file_state(), [parsed(), parsed("办法.篇1")])
    start = store.revision()
    store.put_file(file_state(), [parsed()])
    assert [(d.doc_id, d.current) for d in store.changed_since(start)] == [("办法.篇1", False), ("办法", True)]
    assert store.text("办法.篇1")


def test_an_unreadable_file_keeps_what_was_read_of_it(store):
    store.put_file(file_state(), [FULL], [problem()])
    store.put_unreadable(file_state(state="unreadable"), problem(code="unreadable"))
    assert store.documents() == [FULL.document]
    assert {p.code for p in store.problems()} == {"unreadable", "number_gap"}


def test_what_is_not_there_is_named(store):
    for ask in (store.document, store.text, store.clause):
        with pytest.raises(NotFound, match="没有的文件"):
            ask("没有的文件")
    assert store.clauses("没有的文件") == store.citations("没有的文件") == store.problems("没有的文件") == []


# --- opening -------------------------------------------------------------------------------------------------------------


def test_reading_from_nothing_says_what_to_run(tmp_path):
    with pytest.raises(StoreError, match="tiaoli ingest"):
        Store(tmp_path / "没有", read_only=True)
    assert not (tmp_path / "没有").exists()


def test_a_store_of_an_older_schema_is_brought_up_to_date_by_the_next_writer(tmp_path):
    with Store(tmp_path) as store:
        store.put_file(file_state(), [parsed()])
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as db:
        db.executescript(
            "DROP TABLE amendments; DROP TABLE assignments; DROP TABLE norms; DROP TABLE mentions; DROP TABLE decisions;"
            "UPDATE meta SET value = 1 WHERE key = 'schema'"
        )
    with pytest.raises(StoreError, match="请先用本程序再导入一次"):
        Store(tmp_path, read_only=True)
    for _ in range(2):
        with Store(tmp_path) as store:
            assert (len(store.documents()), store.amendments("办法"), store.assignments("办法")) == (1, [], [])


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_a_store_of_another_schema_is_refused_and_left_alone(tmp_path, version):
    Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as db, db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (version,))
    before = dump(tmp_path)
    for read_only in (False, True):
        with pytest.raises(StoreError, match=f"第 {version} 版，本程序用第 {SCHEMA_VERSION} 版。请升级"):
            Store(tmp_path, read_only=read_only)
    assert dump(tmp_path) == before


def test_what_is_no_store_is_refused(tmp_path):
    (tmp_path / "store.sqlite").write_text("这不是数据库，只是一个文本文件。" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="已损坏，或不是条理库"):
        Store(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "库").write_text("")
    with pytest.raises(StoreError, match="打不开条理库"):
        Store(tmp_path / "库")


def test_a_broken_store_says_so_when_read(store):
    store.put_file(file_state(), [parsed(text="条" * 100_000)])
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = store.folder / "store.sqlite"
    data = bytearray(path.read_bytes())
    half = len(data) // 2  # the schema, in the first half, stays whole
    data[half:] = b"\xff" * (len(data) - half)
    path.write_bytes(data)
    with Store(store.folder, read_only=True) as broken, pytest.raises(StoreError, match="已损坏"):
        broken.documents()
        broken.text("办法")


def test_four_processes_may_make_the_same_store(tmp_path):
    failures = []

    def make() -> None:
        try:
            Store(tmp_path / "库").close()
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert Store(tmp_path / "库").revision() == 0


# --- a store that cannot be written ----------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_and_is_named(store):
    store.put_file(file_state(), [parsed()])
    before = content(store)
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StoreError, match="磁盘已满。请检查磁盘空间"):
        store.put_file(file_state("长"), [parsed("长", text="条" * 100_000)])
    assert content(store) == before
    store._db.execute("PRAGMA max_page_count = 1000000")
    store.put_file(file_state("长"), [parsed("长", text="条" * 100_000)])
    assert len(store.documents()) == 2


def test_a_full_disk_is_named_when_a_store_is_made(tmp_path, monkeypatch):
    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(StoreError, match=r"打不开条理库 .*：磁盘已满"):
        Store(tmp_path / "库")


@pytest.fixture
def locked_folder(open_folder):
    """A store with one document in a folder where others may read but not write."""
    with Store(open_folder) as store:
        store.put_file(file_state(), [parsed()])
    for path in open_folder.iterdir():
        path.chmod(0o444)
    open_folder.chmod(0o555)
    yield open_folder
    open_folder.chmod(0o755)


def test_a_store_in_a_read_only_folder_can_be_read(locked_folder):
    with unprivileged(), Store(locked_folder, read_only=True) as store:
        assert [d.doc_id for d in store.documents()] == ["办法"]
        assert store.clauses("办法")


def test_a_store_in_a_read_only_folder_cannot_be_written_and_says_so(locked_folder):
    with (
        unprivileged(),
        pytest.raises(StoreError, match=r"没有权限|只读"),
        Store(locked_folder) as store,
        store.only_importer(),
    ):
        store.put_file(file_state("细则"), [parsed("细则")])


def test_readers_see_whole_documents_while_another_writes(store):
    wrong, stop = [], threading.Event()

    def look() -> None:
        with Store(store.folder, read_only=True) as reader:
            while not stop.is_set():
                wrong.extend(d.doc_id for d in reader.documents() if len(reader.clauses(d.doc_id)) != d.n_clauses)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(60):
        name = f"办法{number}"
        clauses = tuple(clause(f"第{n}条", doc_id=name, order=n) for n in range(50))
        store.put_file(file_state(name), [parsed(name, clauses=clauses, document=document(name, n_clauses=50))])
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(store.documents()) == 60


def test_a_second_importer_waits_for_the_first(store):
    order = []

    def second() -> None:
        with Store(store.folder) as other, other.only_importer(lambda: order.append("waits")):
            order.append("second")

    thread = threading.Thread(target=second)
    with store.only_importer():
        thread.start()
        while not order:
            thread.join(0.01)
        order.append("first")
    thread.join()
    assert order == ["waits", "first", "second"]


def test_spans_are_told_apart_by_their_bounds():
    assert replace(Span(0, 3), end=4) != Span(0, 3)


def test_a_store_with_one_document_is_whole(store):
    whole = (clause(text="为了加强管理，制定本办法。", end=17),)
    store.put_file(file_state(), [parsed(clauses=whole)])
    assert_whole(store)
