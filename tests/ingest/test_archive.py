"""Archives: each member by its path, whatever packed it; nothing leads out of them, and no bomb goes off."""

import io
import stat
import struct
import zipfile

import pytest
from factories import STATUTE, statute
from hypothesis import given
from hypothesis import strategies as st

from ingest import pipeline
from ingest.readers import ENDINGS, READERS, archive, check_ending, read
from ingest.readers.archive import NoDocument, unpack
from tiaoli.errors import TookTooLong, UnreadableFile


def packed(files, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A .zip of names or ZipInfos with their contents."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as file:
        for name, content in files.items() if isinstance(files, dict) else files:
            file.writestr(name, content)
    return data.getvalue()


def renamed(name: bytes, content: str = STATUTE, flags: int = 0) -> bytes:
    """A .zip with one member, whose name is these bytes."""
    data = packed({"N" * len(name): content})
    at = data.index(b"PK\x01\x02")
    data = data.replace(b"N" * len(name), name)
    return data[:6] + struct.pack("<H", flags) + data[8 : at + 8] + struct.pack("<H", flags) + data[at + 10 :]


def names(data: bytes) -> list[str]:
    return [path for path, _ in unpack(data)]


def why(data: bytes) -> dict[str, str]:
    return {path: str(content) for path, content in unpack(data) if isinstance(content, UnreadableFile)}


def notes(data: bytes) -> list[tuple[str, str]]:
    return [note for reading in read("文件.zip", data) for note in reading.notes]


# --- members -------------------------------------------------------------------------------------------------------------


def test_every_member_that_has_a_reader_is_a_text_under_its_path():
    data = packed(
        {"甲/办法.txt": STATUTE, "规定.md": "# 规定\n\n第一条 甲。\n", "表/清单.csv": "序号,事项\n1,甲\n", "空/": ""}
    )
    readings = read("文件.ZIP", data)
    assert [reading.member for reading in readings] == ["甲/办法.txt", "规定.md", "表/清单.csv"]
    assert readings[0].text == STATUTE
    assert readings[2].rows
    assert notes(data) == []


def test_members_that_cannot_be_read_are_told_and_the_others_are_read():
    data = packed(
        {"办法.txt": STATUTE, "图/照片.png": b"\x89PNG", "假.txt": b"%PDF-1.4 ", "空.txt": " \n", "无扩展名": "x"}
    )
    (reading,) = read("文件.zip", data)
    told = {text.partition("：")[0]: text for code, text in reading.notes if code == "unreadable_member"}
    assert told.keys() == {"图/照片.png", "假.txt", "空.txt", "无扩展名"}
    assert "暂不支持 .png" in told["图/照片.png"]
    assert "PDF" in told["假.txt"]
    assert "空的" in told["空.txt"]


def test_what_a_member_reports_names_it():
    data = packed({"甲/办法.txt": STATUTE.encode().replace("管".encode(), b"\xe7\xae", 1), "乙.txt": STATUTE})
    assert [(code, text.partition("：")[0]) for code, text in notes(data)] == [("bad_bytes", "甲/办法.txt")]


def test_a_fault_of_a_reader_touches_one_member_only_but_the_time_limit_all(monkeypatch):
    def fail(data):
        raise KeyError("甲")

    def tire(data):
        raise TookTooLong("太久")

    monkeypatch.setitem(READERS, ".bug", fail)
    monkeypatch.setitem(READERS, ".slow", tire)
    (reading,) = read("a.zip", packed({"1.bug": "x", "2.txt": STATUTE}))
    assert reading.notes[0][1].startswith("1.bug：处理这个文件时程序出错")
    with pytest.raises(TookTooLong):
        read("a.zip", packed({"1.slow": "x", "2.txt": STATUTE}))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "没有可以读取的文件，请"),
        ({"a.png": "x"}, "a.png：暂不支持"),
        ({".DS_Store": "x", "__MACOSX/._a.txt": "x"}, "没有可以读取的文件，请"),
        ({"a.txt": ""}, "a.txt：是空的"),
    ],
)
def test_an_archive_without_a_readable_member_is_refused(files, words):
    with pytest.raises(UnreadableFile, match=words) as error:
        read("a.zip", packed(files))
    assert "\n" not in str(error.value)


def test_what_systems_leave_in_archives_is_counted():
    data = packed(
        {
            "a.txt": STATUTE,
            "__MACOSX/._a.txt": "x",
            "d/.DS_Store": "x",
            "~$a.docx": "x",
            "d/Thumbs.db": "x",
            ".git/b.txt": "x",
        }
    )
    assert next(note for note in notes(data) if note[0] == "passed_over")[1].startswith("压缩包里有 5 个")
    assert all(isinstance(content, NoDocument) for path, content in unpack(data) if path != "a.txt")


def test_endings_of_archives_are_known_and_others_say_what_to_do(tmp_path):
    assert ".zip" in ENDINGS
    assert set(READERS) <= set(ENDINGS)
    check_ending(tmp_path / "甲.ZIP")
    for ending in (".rar", ".7z", ".tar", ".gz"):
        with pytest.raises(UnreadableFile, match="请解压后再导入"):
            check_ending(tmp_path / f"甲{ending}")
    with pytest.raises(UnreadableFile, match=r"目前可读 .*\.zip"):
        check_ending(tmp_path / "甲.mp3")


# --- archives in archives ------------------------------------------------------------------------------------------------


def test_archives_in_archives_are_read_to_the_second_level():
    inner = packed({"x.txt": STATUTE, "三.zip": packed({"y.txt": STATUTE})})
    data = packed({"附件/二.zip": inner, "a.txt": STATUTE, "坏.zip": b"PK\x03\x04"})
    found = dict(unpack(data))
    assert found.keys() == {"附件/二.zip/x.txt", "附件/二.zip/三.zip", "a.txt", "坏.zip"}
    assert found["附件/二.zip/x.txt"] == STATUTE.encode()
    assert "超过 2 层" in str(found["附件/二.zip/三.zip"])
    assert "已损坏" in str(found["坏.zip"])


# --- names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "big5"])
def test_names_packed_in_the_encoding_of_a_system_are_read(encoding):
    name = "管理辦法/第一條.txt" if encoding == "big5" else "管理办法/第一条.txt"
    assert names(renamed(name.encode(encoding))) == [name]


def test_names_marked_as_utf8_are_believed_and_latin_ones_kept():
    assert names(renamed("é办法.txt".encode(), flags=0x800)) == ["é办法.txt"]
    assert names(renamed("é.txt".encode("cp437"))) == ["é.txt"]
    assert names(renamed("軟件\\附件\\表.txt".encode("gbk"))) == ["軟件/附件/表.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/etc/passwd.txt", "etc/passwd.txt"),
        ("../../a.txt", "a.txt"),
        ("a/../../b.txt", "a/b.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("C:a.txt", "a.txt"),
        ("\\\\server\\share\\a.txt", "server/share/a.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("a\x1b[31m\n.txt", "a[31m.txt"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt"),
        ("..", "未命名"),
        ("d /a .txt", "d/a .txt"),
        ("长" * 300 + ".txt", "长" * 100 + "…" + "长" * 96 + ".txt"),
    ],
)
def test_names_lead_nowhere_and_are_printable(name, shown):
    assert names(packed({name: "x"})) == [shown]


def test_members_of_the_same_path_are_counted_also_where_only_their_ids_are_alike():
    with pytest.warns(UserWarning):
        data = packed([("a.txt", "1"), ("a.txt", "2"), ("d/b.txt", "3"), ("d_b.txt", "4"), ("c", "5"), ("/c", "6")])
    assert names(data) == ["a.txt", "a(2).txt", "d/b.txt", "d_b(2).txt", "c", "c(2)"]


# --- members that are refused --------------------------------------------------------------------------------------------


def test_links_are_not_followed():
    info = zipfile.ZipInfo("链接.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "链接，不是文件" in why(packed([(info, "/etc/passwd")]))["链接.txt"]


def test_members_with_a_password_say_what_to_do():
    data = renamed(b"a.txt", flags=0x1)
    assert "设有密码，请解压" in why(data)["a.txt"]
    with pytest.raises(UnreadableFile, match="设有密码，请解压"):
        read("a.zip", data)


def test_a_member_that_is_damaged_or_packed_in_a_strange_way_is_told():
    data = packed({"a.txt": STATUTE * 9, "b.txt": STATUTE})
    assert "已损坏" in why(data[:60] + b"\xff\xff\xff" + data[63:])["a.txt"]
    strange = data.replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00", 1
    )
    assert "不受支持" in why(strange)["a.txt"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"x" * 1000, packed({"a.txt": STATUTE})[:-30], packed({"a.txt": "x"})[40:]],
    ids=["empty", "mark alone", "text", "without its end", "without its beginning"],  # an archive holds the time of day
)
def test_what_is_no_whole_archive_is_refused(data):
    with pytest.raises(UnreadableFile, match="不完整或已损坏，请"):
        list(unpack(data))


# --- bombs ---------------------------------------------------------------------------------------------------------------


def test_a_member_of_zeros_is_not_unpacked():
    assert "可能是恶意文件" in why(packed({"a.txt": bytes(10_000_000)}))["a.txt"]


def test_a_member_larger_than_it_says_is_not_believed(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 100_000)
    monkeypatch.setattr(archive, "_CHUNK", 1_000)
    data = packed({"a.txt": bytes(200_000)}, zipfile.ZIP_DEFLATED)
    assert "超过 0 MB 的上限" in why(data)["a.txt"]
    small = data.replace(struct.pack("<I", 200_000), struct.pack("<I", 10))
    assert why(small).keys() == {"a.txt"}


def test_all_members_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 3 * len(STATUTE.encode()))
    inner = packed({f"{n}.txt": STATUTE for n in range(2)})
    data = packed({"一.zip": inner, "二.txt": STATUTE, "三.txt": STATUTE})
    assert any("合计超过" in text for text in why(data).values())
    assert read("a.zip", data)


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    inner = packed({f"{n}.txt": STATUTE for n in range(3)})
    with pytest.raises(UnreadableFile, match="超过 3 个，请解压"):
        list(unpack(packed({f"{n}.txt": "x" for n in range(4)})))
    assert "超过 3 个" in why(packed({"a.zip": inner}))["a.zip"]


def test_members_that_share_their_bytes_are_refused():
    data = packed({"a.txt": STATUTE})
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, count = data[at:end], 50
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, at, 0)
    with pytest.raises(UnreadableFile, match="占用同一段数据"):
        list(unpack(data[:at] + entry * count + tail))


def test_the_text_of_all_members_together_has_a_limit(monkeypatch):
    monkeypatch.setattr("ingest.readers.MOST_CHARACTERS", len(STATUTE) + 10)
    readings = read("a.zip", packed({"a.txt": STATUTE, "b.txt": STATUTE}))
    assert [reading.member for reading in readings] == ["a.txt"]
    assert "文字合计超过" in readings[0].notes[0][1]


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(1, 20))
def test_any_bytes_and_any_damage_are_read_or_refused(noise, at, length):
    whole = packed({"甲/办法.txt": STATUTE, "b.zip": packed({"c.txt": STATUTE})})
    for data in (noise, whole[:at] + noise[:length] + whole[at + length :]):
        try:
            assert read("a.zip", data)
        except UnreadableFile as error:
            assert "\n" not in str(error)


# --- in the store ----------------------------------------------------------------------------------------------------------


def ingest(store, folder):
    return {result.path.rpartition("/")[2]: result for result in pipeline.ingest([folder], store, workers=0)}


def test_members_are_documents_with_their_path_behind_the_file(store, folder):
    parts = "健全机制篇1\n\n一、甲。\n\n健全机制篇2\n\n一、乙。\n"
    (folder / "文件.zip").write_bytes(
        packed({"甲/办法.txt": statute(1), "规定.txt": statute(2), "汇编.txt": parts, "图.png": "x"})
    )
    result = ingest(store, folder)["文件.zip"]
    assert (result.outcome, result.documents) == ("new", 4)
    sources = {document.source: document.doc_id for document in store.documents()}
    assert sources.keys() == {
        "文件/文件.zip#甲/办法.txt",
        "文件/文件.zip#规定.txt",
        "文件/文件.zip#汇编.txt#篇1",
        "文件/文件.zip#汇编.txt#篇2",
    }
    assert len(set(sources.values())) == 4
    assert [(p.code, p.source) for p in store.problems() if p.code == "unreadable_member"] == [
        ("unreadable_member", "文件/文件.zip")
    ]


def test_an_archive_read_again_changes_nothing_and_a_changed_one_is_a_new_version(store, folder):
    path = folder / "文件.zip"
    path.write_bytes(packed({"甲.txt": statute(1)}))
    ingest(store, folder)
    before = [document.doc_id for document in store.documents()]
    assert ingest(store, folder)["文件.zip"].outcome == "unchanged"
    path.write_bytes(packed({"甲.txt": statute(3)}))
    assert ingest(store, folder)["文件.zip"].outcome == "changed"
    assert [document.doc_id for document in store.documents()] == [f"{doc_id}@2" for doc_id in before]


def test_a_manifest_names_members_by_their_path(store, folder):
    (folder / "文件.zip").write_bytes(packed({"甲/办法.txt": statute(1), "规定.txt": statute(2)}))
    rows = '[[document]]\nfile = "文件.zip"\nmember = "甲/办法.txt"\nissuer = "示例市水务局"\n'
    rows += '[[document]]\nfile = "文件.zip"\nmember = "没有.txt"\nissuer = "示例市水务局"\n'
    (folder / "manifest.toml").write_text(rows, encoding="utf-8")
    ingest(store, folder)
    issuers = {document.source.partition("#")[2]: document.issuer for document in store.documents()}
    assert issuers["甲/办法.txt"] == "示例市水务局"
    assert issuers["规定.txt"] != "示例市水务局"
    assert any(p.code == "manifest_member" and "没有.txt" in p.message for p in store.problems())


def test_an_archive_that_cannot_be_read_is_told_in_one_line(store, folder):
    (folder / "坏.zip").write_bytes(b"PK\x03\x04")
    (folder / "旧.rar").write_bytes(b"Rar!")
    (folder / "好.txt").write_text(STATUTE, encoding="utf-8")
    results = ingest(store, folder)
    assert {name: result.outcome for name, result in results.items()} == {
        "坏.zip": "unreadable",
        "旧.rar": "unreadable",
        "好.txt": "new",
    }
    assert "请解压后再导入" in results["旧.rar"].reason
