"""A manifest as TOML and as a table; what is wrong in it is told and the rest is used."""

import zipfile
from datetime import date

import pytest

from ingest.manifest import apply, is_manifest, read_manifest
from ingest.pipeline import ingest
from tiaoli.errors import BadData
from tiaoli.records import DocType, Document
from tiaoli.store import Store

FOUND = Document("甲", "江川市养老服务办法", "甲.txt", "0", region="江川市", level=10, version_of="江川市养老服务办法")


@pytest.fixture
def folder(tmp_path):
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("办法", encoding="utf-8")
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "丁.txt").write_text("办法", encoding="utf-8")
    return tmp_path


def toml(folder, text):
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    return read_manifest(folder)


def table(folder, text, name="manifest.csv", encoding="utf-8"):
    (folder / name).write_text(text, encoding=encoding)
    return read_manifest(folder)


def values(manifest, name="甲.txt"):
    return [dict(entry.values) for entry in manifest.entries.get(name, ())]


def test_no_manifest_says_nothing(folder):
    assert read_manifest(folder).entries == {}
    assert read_manifest(folder).faults == ()


def test_several_members_of_a_file(folder):
    rows = '[[document]]\nfile = "甲.txt"\nmember = "篇1"\nissuer = "某局"\n[[document]]\nfile = "甲.txt"\nmember = "篇2"\n'
    assert {entry.member for entry in toml(folder, rows).entries["甲.txt"]} == {"篇1", "篇2"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[document]", "manifest.toml 不是正确的 TOML"),
        ("document = 3", "manifest.toml 的 document 应写成 [[document]]"),
        ('[[document]]\ntitle = "办法"\n', "manifest.toml 第 1 个 [[document]] 没有 file"),
        ('[[document]]\nfile = "丙.txt"\n', "登记了不存在的文件“丙.txt”"),
        ('[[document]]\nfile = "甲.txt"\nissuerr = "某局"\n', "有不认识的键：issuerr"),
        ('[[document]]\nfile = "子/丁.txt"\ntitle = "办法"\n', "请写进它所在文件夹的登记表"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(folder, text, fault):
    faults = toml(folder, text).faults
    assert len(faults) == 1
    assert fault in faults[0]
    assert "\n" not in faults[0]


def test_a_wrong_row_does_not_cost_the_others(folder):
    manifest = toml(folder, '[[document]]\ntitle = "办法"\n[[document]]\nfile = "甲.txt"\nissuer = "某局"\n')
    assert values(manifest) == [{"issuer": "某局"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_manifest_may_come_in_any_encoding(folder, encoding):
    text = '[[document]]\nfile = "甲.txt"\nissuer = "江川市民政局"\npromulgated = "2024年3月1日"\n'
    (folder / "manifest.toml").write_text(text, encoding=encoding)
    manifest = read_manifest(folder)
    assert manifest.faults == ()
    assert values(manifest) == [{"issuer": "江川市民政局", "promulgated": date(2024, 3, 1)}]


def test_a_manifest_that_is_no_text_is_told(folder):
    (folder / "manifest.toml").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)
    (fault,) = read_manifest(folder).faults
    assert "manifest.toml 读不出来" in fault


@pytest.mark.parametrize("member", ["2024/乙.docx", "2024\\\\乙.docx"])
def test_a_member_of_an_archive_is_named_by_its_path(folder, member):
    (entry,) = toml(folder, f'[[document]]\nfile = "甲.txt"\nmember = "{member}"\ntitle = "办法"\n').entries["甲.txt"]
    assert entry.member == "2024/乙.docx"


@pytest.mark.parametrize("name", ["manifest.csv", "MANIFEST.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_with_chinese_columns(folder, name, encoding):
    rows = "文件,文种,公布日期,有效期至,效力级别,征求意见稿,备注\n甲.txt,地方性法规,2024/3/1,2029年2月28日,5,否,见附件\n\n乙.txt,,,,,,\n"
    manifest = table(folder, rows, name, encoding)
    assert manifest.faults == ()
    assert values(manifest) == [
        {
            "doc_type": "地方性法规",
            "promulgated": date(2024, 3, 1),
            "expires": date(2029, 2, 28),
            "level": 5,
            "draft": False,
        }
    ]
    assert is_manifest(folder / name)


@pytest.mark.parametrize(
    "text", ["path,title\n甲.txt,办法\n", "file,remark\n甲.txt,办法\n", "标题,文号\n办法,1\n", "", '"']
)
def test_a_table_is_a_manifest_only_if_its_head_names_files_and_something_known(folder, text):
    assert table(folder, text).entries == {}
    assert not is_manifest(folder / "manifest.csv")


def test_a_row_without_a_file_name_is_told(folder):
    assert table(folder, "file,title\n,办法\n").faults == ("manifest.csv 第 2 行没有文件名，没有用",)


def test_toml_goes_before_the_table(folder):
    table(folder, "file,title,issuer\n甲.txt,旧名,某局\n")
    manifest = toml(folder, '[[document]]\nfile = "甲.txt"\ntitle = "新名"\n')
    document = FOUND
    for entry in manifest.entries["甲.txt"]:
        document = apply(entry, document)
    assert (document.title, document.issuer) == ("新名", "某局")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('level = "高"', "manifest.toml 第 1 个 [[document]]（甲.txt）登记有误：level 写得不对：'高'"),
        ('effective = "去年"', "effective 写得不对：'去年'"),
        ('doc_type = "办法"', "doc_type 写得不对：'办法'"),
        ("title = 3", "title 写得不对：3"),
    ],
)
def test_a_wrong_value_names_file_row_and_key(folder, row, told):
    (entry,) = toml(folder, f'[[document]]\nfile = "甲.txt"\n{row}\n').entries["甲.txt"]
    with pytest.raises(BadData) as error:
        apply(entry, FOUND)
    assert told in str(error.value)


def test_rank_and_work_follow_from_what_a_person_says(folder):
    (entry,) = toml(folder, '[[document]]\nfile = "甲.txt"\ndoc_type = "地方性法规"\nregion = "白沙县"\n').entries[
        "甲.txt"
    ]
    document = apply(entry, FOUND)
    assert (document.doc_type, document.level) == (DocType.LOCAL_REGULATION, 5)
    assert document.version_of == "白沙县养老服务办法"


def test_a_manifest_is_never_written_and_goes_before_the_text_each_time(folder):
    text = "江川市养老服务办法\n\n第一条 制定本办法。\n\n第二条 本办法自2024年5月1日起施行。\n"
    (folder / "甲.txt").write_text(text, encoding="utf-8")
    (folder / "子" / "丁.txt").unlink()
    rows = "文件,发文机关,施行日期\n甲.txt,江川市财政局,2025-01-01\n".encode("gb18030")
    (folder / "manifest.csv").write_bytes(rows)
    with Store(folder / "库") as store:
        for _ in range(2):
            list(ingest([folder / "甲.txt", folder], store, workers=0, again=True))
        found = {d.source.rpartition("/")[2]: d for d in store.documents()}
    assert (found["甲.txt"].issuer, found["甲.txt"].effective) == ("江川市财政局", date(2025, 1, 1))
    assert (folder / "manifest.csv").read_bytes() == rows


def test_a_document_in_an_archive_is_registered_by_its_member(folder):
    text = "江川市养老服务办法\n\n第一条 制定本办法。\n\n第二条 本办法自2024年5月1日起施行。\n"
    with zipfile.ZipFile(folder / "丙.zip", "w") as archive:
        archive.writestr("2024/乙.txt", text)
        archive.writestr("2024/戊.txt", text.replace("养老", "托育"))
    table(folder, "文件,篇,发文机关\n丙.zip,2024/乙.txt,江川市民政局\n", encoding="gb18030")
    with Store(folder / "库") as store:
        list(ingest([folder / "丙.zip"], store, workers=0))
        found = {d.source.partition("#")[2]: d.issuer for d in store.documents()}
    assert found == {"2024/乙.txt": "江川市民政局", "2024/戊.txt": None}
