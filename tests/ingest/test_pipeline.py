"""Ingest as users meet it: any file, any moment, any end. What is reported as done is in the store, and nothing else stops."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import STATUTE, assert_whole, content, dump, file_state, ingest, outcomes, statute, unprivileged, write
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import crew, pipeline
from ingest.clean import clean
from ingest.readers import READERS
from ingest.readers.reading import Reading
from tiaoli.errors import StoreError, UnreadableFile
from tiaoli.store import Store

PROJECT = Path(__file__).parent.parent.parent


# --- files that are not what they should be ------------------------------------------------------------------------------

BAD_FILES = {
    "空.txt": (b"", "空的"),
    "只有空白.txt": (" \n\t\u3000\u00a0\r\n".encode() * 9, "空的"),
    "只有标记.txt": (b"\xef\xbb\xbf", "空的"),
    "只有宽标记.txt": (b"\xff\xfe", "空的"),
    "只有注释.md": ("<!-- 无 -->\n---\n".encode(), "空的"),
    "图片.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "图片"),
    "压缩包.txt": (b"PK\x03\x04" + bytes(range(256)), "docx、xlsx 或 zip"),
    "乱码.txt": (bytes(range(256)) * 99, "不是文字"),
    "录音.mp3": (b"ID3", "暂不支持 .mp3"),
    "无扩展名": (STATUTE.encode(), "暂不支持 无扩展名"),
}


@pytest.mark.parametrize("workers", [0, 2])
def test_each_bad_file_gets_a_line_and_all_else_is_ingested(store, folder, workers):
    write(folder, {name: data for name, (data, _) in BAD_FILES.items()} | {"好.txt": STATUTE, "子/好2.txt": STATUTE})
    results = ingest(store, folder, workers=workers)
    for name, (_, words) in BAD_FILES.items():
        assert results[name].outcome == "unreadable"
        assert words in results[name].reason
        assert "\n" not in results[name].reason
    assert outcomes(results).keys() - BAD_FILES.keys() == {"好.txt", "好2.txt"}
    assert {p.source for p in store.problems() if p.code == "unreadable"} == {f"文件/{name}" for name in BAD_FILES}
    assert_whole(store)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_of_a_file_makes_no_difference(store, folder, encoding):
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE.encode(encoding)})
    ingest(store, folder)
    assert [c.text for c in store.clauses("甲")] == [c.text for c in store.clauses("乙")]


def test_broken_bytes_are_a_problem_of_the_file(store, folder):
    write(folder, {"甲.txt": STATUTE.encode().replace("管".encode(), b"\xe7\xae", 1)})
    assert ingest(store, folder)["甲.txt"].problems >= 1
    assert "bad_bytes" in {p.code for p in store.problems()}
    assert_whole(store)


LABELS = ("（一）", "1.", "（1）", "①", "a.", "一、")
HARD_TEXTS = {
    "labels in labels": "".join(f"{LABELS[n % 4]}内容\n" for n in range(10_000)),
    "labels in one line": "".join(LABELS[n % 6] for n in range(10_000)),
    "the same article": "第一条\n" * 10_000,
    "the same article and item": "第一条 下列情形：\n（一）情形；\n" * 5_000,
    "brackets": "（" * 100_000 + "\n" + "（" * 500 + "一" + "）" * 500,
    "titles that never end": "根据《" * 30_000,
    "numbers without end": "9" * 6000 + "、内容\n第" + "9" * 6000 + "条 内容\n第" + "一" * 6000 + "条 内容\n",
    "blanks": " " * 500_000 + "第一条" + "\u3000" * 200_000,
    "one long line": STATUTE.replace("\n", "") * 2_000,
    "marks": "。；：、！？“”《》〔〕【】" * 10_000,
}


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
def test_no_text_is_too_hard(store, folder, text):
    write(folder, {"难.txt": text})
    start = time.process_time()
    assert ingest(store, folder)["难.txt"].outcome == "new"
    assert time.process_time() - start < 30
    assert_whole(store)


PIECES = (
    *(
        "第一章 总则",
        "第一条 ",
        "第二条",
        "第十条之一 ",
        "一、",
        "（一）",
        "(二)",
        "1.",
        "1．",
        "（1）",
        "①",
        "a.",
        "第一编",
        "第一节",
    ),
    *(
        "附件：",
        "附件1",
        "目录",
        "示例市人民政府",
        "2024年3月1日",
        "示政发〔2024〕3号",
        "各县（区）人民政府：",
        "特此通知。",
        "工作制度篇1",
        "工作制度篇2",
    ),
    *(
        "示例市河道管理办法",
        "为了加强管理，",
        "应当",
        "。",
        "；",
        "：",
        "，",
        "“",
        "”",
        "《水法》",
        "第三条第二款",
        "本办法所称",
        "—1—",
        "|",
        "\t",
    ),
    *("\n", "\n", "\n\n", " ", "\u3000\u3000", "\r\n", "\ufeff", "0", "９", "a", "𠮷", "😀", "\ufffd", "\x00"),
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=80).map("".join))
def test_any_soup_of_words_becomes_clauses_that_keep_every_character(text):
    reading = Reading(text, headings=dict.fromkeys(range(0, len(text), 7), 1))
    try:
        parsed = pipeline.parse_text(reading, file_state())
    except UnreadableFile:
        assert not clean(text).strip()
        return
    assert "".join("".join(p.text.split()) for p in parsed) == "".join(clean(text).split())
    for one in parsed:
        spans = [(c.start, c.end) for c in one.clauses]
        inside = "".join(one.text[start:end] for start, end in spans)
        assert sorted(spans) == spans
        assert "".join(inside.split()) == "".join(one.text.split())
        ids = [c.clause_id for c in one.clauses]
        assert len(set(ids)) == len(ids)
        assert all(c.parent_id in ids[: c.order] for c in one.clauses if c.parent_id)
        assert all(p.start is not None and 0 <= p.start <= (p.end or 0) <= len(one.text) for p in one.problems)


def test_a_line_without_end_is_refused_or_read_in_less_than_a_gigabyte_and_a_half(folder, tmp_path):
    write(folder, {"长.txt": STATUTE + "水" * 5_400_000, "太长.txt": "水" * 16_700_000, "好.txt": STATUTE})
    run = start_ingest(folder, tmp_path / "库", "--workers", "1")
    peak = 0
    while run.poll() is None:
        peak = max(peak, sum(resident(pid) for pid in family(run)))
        time.sleep(0.1)
    assert run.returncode == 3, run.stderr.read()
    assert "读不了 文件/太长.txt：文件有 47 MB，超过 16 MB 的上限，请拆分后再导入" in run.stderr.read()
    assert peak < 1_500_000_000
    with Store(tmp_path / "库", read_only=True) as store:
        assert {d.doc_id for d in store.documents()} == {"长", "好"}


def test_a_file_above_the_limit_is_refused_unread(store, folder, monkeypatch):
    monkeypatch.setattr(pipeline, "LARGEST_FILE", 3 << 20)
    write(folder, {"大.txt": b" " * (4 << 20), "好.txt": STATUTE})
    results = ingest(store, folder)
    assert results["大.txt"].reason == "文件有 4 MB，超过 3 MB 的上限，请拆分后再导入"
    assert results["好.txt"].outcome == "new"


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_time(store, folder, monkeypatch):
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE})
    measure = pipeline.measure

    def measure_then_change(path: Path) -> tuple[int, str]:
        found = measure(path)
        if path.name == "甲.txt":
            path.write_text(STATUTE + "第五条 本办法自公布之日起施行。\n", encoding="utf-8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "measure", measure_then_change)
        results = ingest(store, folder)
    assert results["甲.txt"].reason == "文件在读取时被改动，请保存完毕后再导入一次"
    assert [d.doc_id for d in store.documents()] == ["乙"]
    assert outcomes(ingest(store, folder)) == {"甲.txt": "new", "乙.txt": "unchanged"}
    assert [d.doc_id for d in store.documents()] == ["乙", "甲"]


def test_a_file_that_vanishes_before_it_is_read_is_reported(store, folder, monkeypatch):
    write(folder, {"甲.txt": STATUTE})
    monkeypatch.setattr(pipeline, "measure", lambda path: (path.unlink(), (1, "0"))[1])
    assert ingest(store, folder)["甲.txt"].reason == "找不到这个文件，请检查路径"


def test_files_and_folders_without_permission_are_reported_and_not_taken_for_vanished(open_folder):
    files = write(open_folder / "文件", {"锁.txt": STATUTE, "好.txt": STATUTE, "锁/内.txt": STATUTE})
    with unprivileged(), Store(open_folder / "库") as store:
        ingest(store, files)
    (files / "锁.txt").chmod(0)
    (files / "锁").chmod(0)
    with unprivileged(), Store(open_folder / "库") as store:
        results = ingest(store, files)
        assert results["锁.txt"].reason == results["锁"].reason == "没有读取权限，请检查权限设置"
        assert results["好.txt"].outcome == "unchanged"
        assert len(store.documents()) == 3
    (files / "锁").chmod(0o755)


# --- names and links -----------------------------------------------------------------------------------------------------

NAMES = (
    "长" * 83 + ".txt",
    "a#b.txt",
    "a?b&c%d@e~f.txt",
    "有 空格 和\u3000全角.txt",
    "表情😀👨‍👩‍👧:smile:[red].txt",
    "换\n行\r\x1b[31m.txt",
    "'引号\"`$(x);.txt",
    "汇编.篇1.txt",
    "-rf.txt",
    "NFD-e\u0301.txt",
)


def test_any_name_can_be_ingested_and_gives_an_address(store, folder):
    write(folder, dict.fromkeys(NAMES, STATUTE))
    results = ingest(store, folder)
    assert set(outcomes(results).values()) == {"new"}
    assert len({d.doc_id for d in store.documents()}) == len(NAMES)
    for result in results.values():
        assert result.source.isprintable() or "\u3000" in result.source or "\u200d" in result.source
    assert set(outcomes(ingest(store, folder)).values()) == {"unchanged"}
    assert_whole(store)


def test_a_name_that_is_no_utf8_is_reported(store, folder):
    write(folder, {"好.txt": STATUTE})
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "办法.txt".encode("gbk"))).write_text(STATUTE)
    for _ in range(2):
        results = ingest(store, folder)
        assert [r.reason for r in results.values() if r.reason] == ["文件名不是 UTF-8 编码，请改名后再导入"]
    assert [d.doc_id for d in store.documents()] == ["好"]


def test_a_folder_named_like_a_file_is_a_folder(store, folder):
    write(folder, {"办法.txt/内.txt": STATUTE})
    assert outcomes(ingest(store, folder)) == {"内.txt": "new"}


def test_hidden_files_and_locks_of_office_programs_are_no_documents(store, folder):
    write(folder, {".隐藏.txt": STATUTE, "~$办法.txt": "x", ".git/内.txt": STATUTE, "好.txt": STATUTE})
    assert outcomes(ingest(store, folder)) == {"好.txt": "new"}


def test_links_lead_to_each_file_once(store, folder):
    write(folder, {"真/甲.txt": STATUTE})
    (folder / "a链接.txt").symlink_to("真/甲.txt")
    (folder / "圈").symlink_to(folder)
    (folder / "真/圈").symlink_to("..")
    (folder / "a真").symlink_to("真")
    assert {r.source for r in ingest(store, folder).values()} == {"文件/真/甲.txt"}
    given = (folder / "a链接.txt", folder / "圈/真", folder / "真/甲.txt")
    assert outcomes(ingest(store, *given)) == {"甲.txt": "unchanged"}
    assert [d.doc_id for d in store.documents()] == ["甲"]


def test_a_link_to_a_file_elsewhere_is_read_under_its_own_name(store, folder, tmp_path):
    write(tmp_path, {"库房/3f2a": STATUTE, "外/乙.txt": STATUTE})
    (folder / "甲.txt").symlink_to(tmp_path / "库房/3f2a")
    (folder / "外").symlink_to(tmp_path / "外")
    assert outcomes(ingest(store, folder)) == {"甲.txt": "new", "乙.txt": "new"}
    assert {d.doc_id for d in store.documents()} == {"甲", "乙"}
    assert set(outcomes(ingest(store, folder)).values()) == {"unchanged"}


def test_links_to_nothing_are_reported_until_they_lead_somewhere(store, folder):
    (folder / "断.txt").symlink_to("没有.txt")
    (folder / "自己.txt").symlink_to("自己.txt")
    os.mkfifo(folder / "管道.txt")
    reasons = {name: r.reason for name, r in ingest(store, folder).items()}
    assert reasons["断.txt"] == "链接指向的文件不存在"
    assert reasons["自己.txt"] == "链接绕成了圈，没有指向文件"
    assert reasons["管道.txt"].startswith("不是普通文件")
    write(folder, {"没有.txt": STATUTE})
    assert outcomes(ingest(store, folder))["没有.txt"] == "new"
    assert len(store.documents()) == 1


def test_a_file_that_becomes_a_link_is_the_file_it_leads_to(store, folder):
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE})
    ingest(store, folder)
    (folder / "甲.txt").unlink()
    (folder / "甲.txt").symlink_to("乙.txt")
    assert outcomes(ingest(store, folder)) == {"甲.txt": "withdrawn", "乙.txt": "unchanged"}
    assert [d.doc_id for d in store.documents()] == ["乙"]


def test_files_of_the_same_name_in_two_folders_are_two_documents_and_keep_their_ids(store, folder):
    files = {
        "丁/x/办法.txt": statute(1),
        "丙/x/办法.md": statute(2),
        "乙/办法.txt": statute(3),
        "甲/办法.txt": statute(4),
    }
    write(folder, files)
    ingest(store, folder)
    ids = {d.source.removeprefix("文件/"): d.doc_id for d in store.documents()}
    assert list(ids.values()) == ["办法", "办法(x)", "办法(乙)", "办法(甲)"]
    (folder / "丁/x/办法.txt").unlink()
    write(folder, {"甲/办法.txt": statute(5), "戊/办法.txt": statute(6)})
    ingest(store, folder)
    now = {d.source.removeprefix("文件/"): d.doc_id for d in store.documents()}
    assert now == {k: v for k, v in ids.items() if "丁" not in k} | {
        "甲/办法.txt": "办法(甲)@2",
        "戊/办法.txt": "办法(戊)",
    }


def test_an_unreadable_file_takes_no_name_from_a_readable_one(store, folder):
    write(folder, {"办法.mp3": "1", "办法.exe": b"", "办法.txt": STATUTE})
    ingest(store, folder)
    assert [d.doc_id for d in store.documents()] == ["办法"]


# --- again and again -----------------------------------------------------------------------------------------------------


def test_the_same_files_again_change_nothing(store, folder):
    write(folder, {"甲.txt": STATUTE, "乙.md": f"# {STATUTE}", "坏.txt": b"", "图.png": b"x"})
    ingest(store, folder)
    before = dump(store.folder)
    assert set(outcomes(ingest(store, folder)).values()) == {"unchanged", "unreadable"}
    assert dump(store.folder) == before


def test_a_changed_file_becomes_a_new_version(store, folder):
    write(folder, {"办法.txt": STATUTE})
    ingest(store, folder)
    write(folder, {"办法.txt": STATUTE + "第五条 本办法自公布之日起施行。\n"})
    assert outcomes(ingest(store, folder)) == {"办法.txt": "changed"}
    assert [d.doc_id for d in store.documents()] == ["办法@2"]
    assert [(d.doc_id, d.version, d.current) for d in store.documents(all_versions=True)] == [
        ("办法", 1, False),
        ("办法@2", 2, True),
    ]
    assert len(store.clauses("办法@2")) > len(store.clauses("办法"))
    assert_whole(store)


def test_a_deleted_file_is_withdrawn_and_present_again_when_it_comes_back(store, folder):
    write(folder, {"甲.txt": STATUTE, "乙.txt": statute(2)})
    ingest(store, folder)
    before = content(store)
    (folder / "甲.txt").unlink()
    assert outcomes(ingest(store, folder)) == {"甲.txt": "withdrawn", "乙.txt": "unchanged"}
    assert [d.doc_id for d in store.documents()] == ["乙"]
    assert store.clauses("甲")
    assert outcomes(ingest(store, folder)) == {"乙.txt": "unchanged"}
    write(folder, {"甲.txt": STATUTE})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "reread", "乙.txt": "unchanged"}
    assert content(store) == before


def test_only_files_below_the_paths_given_are_withdrawn(store, folder):
    write(folder, {"甲/甲.txt": STATUTE, "甲乙/乙.txt": STATUTE})
    ingest(store, folder)
    (folder / "甲/甲.txt").unlink()
    (folder / "甲乙/乙.txt").unlink()
    assert outcomes(ingest(store, folder / "甲")) == {"甲.txt": "withdrawn"}


def test_a_file_that_turns_bad_keeps_its_documents_until_it_is_deleted(store, folder):
    write(folder, {"甲.txt": STATUTE})
    ingest(store, folder)
    write(folder, {"甲.txt": b"\x89PNG\r\n\x1a\n\x00\x00"})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "unreadable"}
    assert [d.doc_id for d in store.documents()] == ["甲"]
    write(folder, {"甲.txt": STATUTE + "第五条 附则。\n"})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "changed"}
    assert [d.doc_id for d in store.documents()] == ["甲@2"]
    write(folder, {"甲.txt": b""})
    ingest(store, folder)
    (folder / "甲.txt").unlink()
    assert outcomes(ingest(store, folder)) == {"甲.txt": "withdrawn"}
    assert store.documents() == []
    assert store.problems() == []


def test_a_bad_file_that_is_mended_begins_at_its_first_version(store, folder):
    write(folder, {"甲.txt": b""})
    ingest(store, folder)
    write(folder, {"甲.txt": STATUTE})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "new"}
    assert [d.doc_id for d in store.documents()] == ["甲"]


def test_again_reads_unchanged_files_in_place(store, folder):
    write(folder, {"甲.txt": STATUTE})
    ingest(store, folder)
    before = content(store)
    assert outcomes(ingest(store, folder, again=True)) == {"甲.txt": "reread"}
    assert content(store) == before


def test_another_version_of_ingest_reads_files_anew(store, folder, monkeypatch):
    write(folder, {"甲.txt": STATUTE})
    ingest(store, folder)
    monkeypatch.setattr(pipeline, "INGEST_VERSION", pipeline.INGEST_VERSION + 1)
    assert outcomes(ingest(store, folder)) == {"甲.txt": "reread"}
    assert [d.doc_id for d in store.documents()] == ["甲"]


# --- manifests -----------------------------------------------------------------------------------------------------------


def test_a_changed_manifest_rereads_its_files_in_place(store, folder):
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE, "子/丙.txt": STATUTE})
    ingest(store, folder)
    write(folder, {"manifest.toml": '[[document]]\nfile = "甲.txt"\nissuer = "示例市水务局"\neffective = 2024-03-01\n'})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "reread", "乙.txt": "unchanged", "丙.txt": "unchanged"}
    assert store.document("甲").issuer == "示例市水务局"
    assert len(store.documents(all_versions=True)) == 3


@pytest.mark.parametrize(
    "manifest",
    ["[[document]", '[[document]]\ntitle = "没有 file"\n', b"PK\x03\x04\x00", "document = 3\n", "document = [3]\n"],
)
def test_a_broken_manifest_is_told_in_one_line_and_its_files_are_read_without_it(store, folder, manifest):
    write(folder, {"甲/办法.txt": STATUTE, "甲/规定.txt": STATUTE, "甲/manifest.toml": manifest})
    results = ingest(store, folder)
    assert "manifest.toml" in results["manifest.toml"].reason
    assert outcomes(results) == {"manifest.toml": "unreadable", "办法.txt": "new", "规定.txt": "new"}
    write(folder, {"甲/manifest.toml": '[[document]]\nfile = "办法.txt"\nissuer = "示例市水务局"\n'})
    assert outcomes(ingest(store, folder)) == {"办法.txt": "reread", "规定.txt": "unchanged"}
    assert store.document("办法").issuer == "示例市水务局"


def test_a_manifest_entry_without_its_file_is_told(store, folder):
    write(folder, {"甲.txt": STATUTE, "manifest.toml": '[[document]]\nfile = "乙.txt"\nissuer = "示例市水务局"\n'})
    results = ingest(store, folder)
    assert results["甲.txt"].outcome == "new"
    assert "登记了不存在的文件“乙.txt”" in results["manifest.toml"].reason


def test_a_table_can_be_the_manifest(store, folder):
    rows = "文件,标题,施行日期,备注\n甲.txt,示例市河道管理暂行办法,2024/3/1,x\n"
    write(folder, {"甲.txt": STATUTE, "manifest.csv": rows})
    assert outcomes(ingest(store, folder)) == {"甲.txt": "new"}
    assert store.document("甲").title == "示例市河道管理暂行办法"
    assert store.document("甲").effective.isoformat() == "2024-03-01"


def test_a_wrong_value_or_member_in_a_manifest_is_reported(store, folder):
    rows = '[[document]]\nfile = "甲.txt"\nlevel = "高"\n[[document]]\nfile = "乙.txt"\nmember = "篇9"\n'
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE, "manifest.toml": rows})
    results = ingest(store, folder)
    assert "登记有误" in results["甲.txt"].reason
    assert [p.message for p in store.problems() if p.code == "manifest_member"] == [
        "登记表中有“篇9”，但文件里没有这一篇，请核对"
    ]


# --- workers -------------------------------------------------------------------------------------------------------------


def test_workers_write_the_same_as_none(folder, tmp_path):
    write(folder, {f"{n:02}.txt": statute(n) for n in range(20)} | {"坏.txt": b""})
    held = []
    for workers in (0, 1, 3):
        with Store(tmp_path / f"库{workers}") as store:
            ingest(store, folder, workers=workers)
            held.append((content(store), store.revision()))
    assert held[0] == held[1] == held[2]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_is_killed_costs_only_the_file_it_was_reading(store, folder, monkeypatch, workers):
    monkeypatch.setitem(READERS, ".kill", lambda data: os.kill(os.getpid(), signal.SIGKILL))
    write(folder, {f"{n:02}.txt": statute(n) for n in range(40)} | {"05.kill": "x", "31.kill": "x"})
    results = ingest(store, folder, workers=workers)
    bad = {name for name, r in results.items() if r.reason}
    assert bad == {"05.kill", "31.kill"}
    assert "内存不足" in results["05.kill"].reason
    assert len(store.documents()) == 40
    assert_whole(store)


def test_a_file_that_is_read_without_end_is_given_up(store, folder, monkeypatch):
    monkeypatch.setattr(crew, "LONGEST", 0.3)
    monkeypatch.setitem(READERS, ".slow", lambda data: time.sleep(60))
    write(folder, {"慢.slow": "x", "好.txt": STATUTE})
    results = ingest(store, folder, workers=1)
    assert "还没有读完" in results["慢.slow"].reason
    assert results["好.txt"].outcome == "new"


@pytest.mark.parametrize("error", [ValueError("坏\n了"), RecursionError(), MemoryError(), KeyError("x")])
def test_a_fault_of_ours_costs_only_one_file(store, folder, monkeypatch, error):
    def fail(data: bytes) -> None:
        raise error

    monkeypatch.setitem(READERS, ".bug", fail)
    write(folder, {"错.bug": "x", "好.txt": STATUTE})
    results = ingest(store, folder, workers=1)
    assert results["好.txt"].outcome == "new"
    assert "请" in results["错.bug"].reason
    assert "\n" not in results["错.bug"].reason


def test_without_worker_processes_files_are_read_in_this_one(store, folder, monkeypatch):
    def refuse(workers: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(crew, "_new_pool", refuse)
    write(folder, {"甲.txt": STATUTE, "乙.txt": STATUTE})
    assert outcomes(ingest(store, folder, workers=2)) == {"甲.txt": "new", "乙.txt": "new"}


# --- the end of the disk, and other ends -----------------------------------------------------------------------------------


def test_a_full_disk_stops_with_what_was_done_kept_and_the_rest_for_later(store, folder):
    write(folder, {f"{n:02}.txt": statute(n) * 40 for n in range(12)})
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 100}")
    done = []
    with pytest.raises(StoreError, match="磁盘已满"):
        for result in pipeline.ingest([folder], store, workers=2):
            done.append(result)
    assert 0 < len(done) < 12
    assert len(store.documents()) == len(done)
    assert_whole(store)
    store._db.execute("PRAGMA max_page_count = 1000000")
    ingest(store, folder)
    assert len(store.documents()) == 12


def test_an_import_can_be_left_at_any_point_and_taken_up_again(store, folder, tmp_path):
    write(folder, {f"{n:02}.txt": statute(n) for n in range(9)})
    for stop in range(9):
        for count, _ in enumerate(pipeline.ingest([folder], store, workers=0)):
            if count == stop:
                break
        assert len(store.documents()) == stop + 1
    with Store(tmp_path / "别的库") as other:
        ingest(other, folder)
        assert content(other) == content(store)


def start_ingest(folder: Path, store: Path, *options: str) -> subprocess.Popen[str]:
    """Start the command as a terminal would: with a process group and a working Ctrl-C of its own."""
    command = [sys.executable, "-m", "interfaces.cli", "ingest", str(folder), "--store", str(store), *options]
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def wait_for(store: Path, documents: int) -> None:
    """Wait until an import has stored so many files, or what it began is over."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with Store(store, read_only=True) as reader:
                if len(reader.files()) >= documents:
                    return
        except StoreError:
            pass
        time.sleep(0.01)
    raise AssertionError("the import does not get on")


def family(run: subprocess.Popen[str]) -> list[int]:
    """Processes of the run's session that are still there."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(words[3]) == run.pid and words[0] != "Z":
            found.append(int(entry.parent.name))
    return found


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (FileNotFoundError, ProcessLookupError):
        return 0


@pytest.fixture
def many(folder):
    return write(
        folder, {f"{n % 7}/{n // 7:02}.txt": statute(n) * 3 for n in range(98)} | {"坏.txt": b"", "x.png": b""}
    )


@pytest.fixture
def undisturbed(many, tmp_path):
    with Store(tmp_path / "安静的库") as store:
        ingest(store, many)
        return content(store)


def test_killed_at_any_moment_it_goes_on_from_there(many, undisturbed, tmp_path):
    moments = random.Random(7)
    for count in (0, 1, *(moments.randrange(2, 90) for _ in range(3))):
        path = tmp_path / f"库{count}"
        run = start_ingest(many, path, "--workers", "2")
        if count:
            wait_for(path, count)
        else:
            time.sleep(moments.uniform(0.1, 0.6))
        time.sleep(moments.uniform(0, 0.02))
        run.send_signal(signal.SIGKILL)
        run.wait()
        gone_by = time.monotonic() + 20
        while family(run) and time.monotonic() < gone_by:
            time.sleep(0.05)
        assert not family(run), "workers outlive their parent"
        with Store(path) as store:
            assert_whole(store)
            assert len(store.documents()) >= min(count, 1)
            ingest(store, many)
            assert_whole(store)
            assert content(store) == undisturbed


@pytest.mark.parametrize("whole_group", [True, False], ids=["Ctrl-C", "kill -INT"])
def test_interrupted_it_says_so_and_goes_on_from_there(many, undisturbed, tmp_path, whole_group):
    path = tmp_path / "库"
    run = start_ingest(many, path, "--workers", "2")
    wait_for(path, 3)
    os.killpg(run.pid, signal.SIGINT) if whole_group else run.send_signal(signal.SIGINT)
    output, errors = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "已停止。文件：新增 " in errors
    assert "再运行同一命令会接着做" in errors
    assert "Traceback" not in output + errors
    with Store(path) as store:
        assert_whole(store)
        assert 0 < len(store.documents()) < 98
        ingest(store, many)
        assert content(store) == undisturbed


def test_two_imports_at_once_come_to_the_same_as_one(many, undisturbed, tmp_path):
    path = tmp_path / "库"
    runs = [start_ingest(many, path, "--workers", "1") for _ in range(2)]
    for run in runs:
        output, errors = run.communicate(timeout=60)
        assert run.returncode == 3, errors
        assert "读不了 2" in output
    with Store(path) as store:
        assert content(store) == undisturbed
        assert_whole(store)


def test_two_imports_at_once_of_files_of_the_same_names_give_them_ids_of_their_own(tmp_path):
    folders = [write(tmp_path / name, {f"{n:02}.txt": statute(n) for n in range(30)}) for name in ("甲", "乙")]
    runs = [start_ingest(folder, tmp_path / "库", "--workers", "1") for folder in folders]
    for run in runs:
        assert run.wait(timeout=60) == 0
    with Store(tmp_path / "库") as store:
        assert len({d.doc_id for d in store.documents()}) == 60
        assert_whole(store)


def test_readers_see_whole_documents_while_an_import_runs(many, tmp_path):
    path = tmp_path / "库"
    run = start_ingest(many, path, "--workers", "1")
    wait_for(path, 1)
    looks = 0
    while run.poll() is None:
        with Store(path, read_only=True) as store:
            assert all(len(store.clauses(d.doc_id)) == d.n_clauses for d in store.documents()[-20:])
        looks += 1
    assert run.communicate()[0]
    assert looks > 1
