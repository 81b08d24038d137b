"""Readers: bytes in every encoding a Chinese text comes in, and what is no text at all."""

import io
import unicodedata
import zipfile

import pytest
from factories import STATUTE
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.readers import READERS, reader_for
from ingest.readers.markdown import read as read_markdown
from ingest.readers.plain import read
from tiaoli.errors import UnreadableFile

TRADITIONAL = "第一條 為了規範行政處罰的設定和實施，保障和監督行政機關有效實施行政管理，根據憲法，制定本法。\n"
RARE = STATUTE + "附：用字𠮷、㐂、䶮、🈚\n"  # four bytes each in GB18030


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (STATUTE, "utf-8"),
        (STATUTE, "utf-8-sig"),
        (STATUTE, "gbk"),
        (RARE, "gb18030"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gbk"),
        (STATUTE, "utf-16"),
        (STATUTE, "utf-16-le"),
        (STATUTE, "utf-16-be"),
        ("\ufeff" + STATUTE, "utf-16-be"),
        ("为了加强河道管理，制定本办法。", "utf-16-le"),  # no ASCII, so no zero bytes
        ("为了加强河道管理，制定本办法。", "utf-16-be"),
        ("\ufeff" + STATUTE, "utf-32-le"),
        ("第一条", "gbk"),
        ("一條", "big5"),
        ("x = 1\n" * 20_000 + "# 第一条 说明\n", "gbk"),  # foreign characters late in a long file
        ("Article 1. Nothing Chinese.\n", "ascii"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(text, encoding):
    reading = read(text.encode(encoding))
    assert reading.text == text.removeprefix("\ufeff")
    assert reading.notes == ()


@pytest.mark.parametrize(
    "data",
    [
        STATUTE.encode().replace("管".encode(), b"\xe7\xae"),
        STATUTE.encode() + b"\xff\xfe\xff",
        (STATUTE * 3).encode()[:-200] + b"\xe7",
    ],
    ids=["cut characters", "stray bytes", "cut end"],
)
def test_a_few_broken_bytes_are_marked_and_reported(data):
    reading = read(data)
    assert reading.text == data.decode("utf-8", "replace")
    ((code, message),) = reading.notes
    assert code == "bad_bytes"
    assert f"有 {reading.text.count(chr(0xFFFD))} 处字节" in message


def archive() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("word/document.xml", STATUTE)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "图片"),
        (archive(), "docx、xlsx 或 zip"),
        (b"%PDF-1.7\n" + STATUTE.encode(), "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "doc 或 xls"),
        (bytes(range(256)) * 20, "不是文字"),
        (bytes(4000), "不是文字"),
        (bytes(range(1, 256)) * 20, "认不出文字编码|不是文字"),
        ("Größe und Maß für die Übergänge".encode("latin-1"), "认不出文字编码"),
    ],
    ids=["png", "zip", "pdf", "doc", "bytes", "zeros", "no zeros", "latin"],
)
def test_what_is_no_text_is_refused_with_what_to_do(data, words):
    with pytest.raises(UnreadableFile, match=words) as error:
        read(data)
    assert "请" in str(error.value)


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data):
    for reader in set(READERS.values()):
        try:
            assert isinstance(reader(data).text, str)
        except UnreadableFile as error:
            assert "\n" not in str(error)


def test_an_unknown_ending_names_those_that_can_be_read(tmp_path):
    with pytest.raises(UnreadableFile, match=r"暂不支持 \.pages 格式，目前可读 .*\.txt"):
        reader_for(tmp_path / "办法.pages")
    with pytest.raises(UnreadableFile, match="无扩展名"):
        reader_for(tmp_path / "办法")
    assert reader_for(tmp_path / "办法.TXT") is reader_for(tmp_path / "办法.txt")


# --- Markdown ------------------------------------------------------------------------------------------------------------


def test_marks_of_markdown_are_no_text_and_lines_keep_their_number():
    source = "---\ntitle: 办法\n---\n# 办法\n\n<!-- 注 -->\n## 第一章 总则\n**第一条** 内容\n---\n尾"
    reading = read_markdown(source.encode())
    assert clean(reading.text).split("\n") == ["", "", "", "办法", "", "", "第一章 总则", "第一条 内容", "", "尾"]
    assert reading.headings == {3: 1, 6: 2}
    assert reading.front_matter == {"title": "办法"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029"])
def test_heading_lines_are_counted_as_cleaning_counts_them(end):
    reading = read_markdown(f"正文{end}第二行{end}# 标题{end}尾".encode())
    (number,) = reading.headings
    assert clean(reading.text).split("\n")[number] == "标题"


# --- cleaning ------------------------------------------------------------------------------------------------------------

TEXTS = st.text() | st.text("第一条 \t\r\n\u3000\u00a0\ufeff\u200b\x00\x85\u2028\v\f①（）", max_size=60)


def visible(text: str) -> list[str]:
    return [c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp")]


@given(TEXTS)
def test_cleaning_drops_and_moves_no_visible_character(text):
    assert visible(clean(text)) == visible(text)


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_a_clean_text_has_one_kind_of_line_end_and_three_of_blank(text):
    blanks = {c for c in clean(text) if c.isspace() or unicodedata.category(c) == "Cc"}
    assert blanks <= {"\n", " ", "\t", "\u3000"}


@given(st.text("第一条 \t\n\u3000\u00a0\x00\v"))
def test_cleaning_keeps_every_position_where_nothing_has_no_width(text):
    assert len(clean(text)) == len(text)
