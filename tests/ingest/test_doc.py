"""Documents whose name says .doc: what they really are decides how they are read."""

import http.server
import threading

import pytest
from word_files import abstract, level, num, p, package, table, word_file

from ingest.readers import READERS, doc, docx
from ingest.readers.word import office
from tiaoli.errors import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RICH_TEXT = rb"{\rtf1\ansi\uc1 \u31532?\u19968?\u26465?\tab \u30002?\par \u20057?\par}"  # 第一条 甲, 乙
PAGE = "<html><body><h1>某县河道管理办法</h1><p>第一条 甲</p></body></html>"

needs_office = pytest.mark.skipif(office.find_program() is None, reason="没有 LibreOffice")


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".doc", ".wps", ".rtf", ".odt"])
def test_what_word_processors_write_is_known_by_its_ending(suffix):
    assert READERS[suffix] is doc.read


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (word_file(p("第一条 甲")), "第一条 甲"),
        (PAGE.encode(), "某县河道管理办法\n第一条 甲"),
        (b"\xef\xbb\xbf<!-- saved -->\n<!DOCTYPE html>" + PAGE.encode(), "某县河道管理办法\n第一条 甲"),
        (PAGE.encode("gbk"), "某县河道管理办法\n第一条 甲"),
        (
            b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE.encode(),
            "某县河道管理办法\n第一条 甲",
        ),
        ("第一条 甲\n第二条 乙".encode("gbk"), "第一条 甲\n第二条 乙"),
    ],
    ids=["docx", "page", "page with a comment", "page in GBK", "archive", "text"],
)
def test_a_file_that_only_calls_itself_doc_is_read_as_what_it_is(data, text):
    assert doc.read(data).text == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "设有打开密码；请"),
        (b"%PDF-1.7", "其实是 PDF"),
        (package({"xl/workbook.xml": "<a/>"}), "没有正文"),
        (bytes(range(256)) * 9, "不是文字|认不出"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "没有可读的内容；请"),
    ],
    ids=["password", "pdf", "workbook", "bytes", "empty archive"],
)
def test_what_is_no_document_is_refused_with_what_it_is(data, words):
    with pytest.raises(UnreadableFile, match=words):
        doc.read(data)


@pytest.mark.parametrize("data", [OLE + bytes(600), RICH_TEXT], ids=["doc", "rtf"])
def test_without_libreoffice_it_says_what_to_do(data, monkeypatch):
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(UnreadableFile, match=r"请安装 LibreOffice，或用 Word 或 WPS .*另存为 \.docx"):
        doc.read(data)


def test_a_converter_that_does_not_come_to_an_end_is_stopped(monkeypatch, tmp_path):
    sleeper = tmp_path / "soffice"
    sleeper.write_text("#!/bin/sh\nsleep 60 &\nwait\n", encoding="ascii")
    sleeper.chmod(0o755)
    monkeypatch.setattr(office, "find_program", lambda: str(sleeper))
    monkeypatch.setattr(office, "LONGEST", 0.2)
    with pytest.raises(UnreadableFile, match="还没有完成；请"):
        doc.read(RICH_TEXT)


# --- by way of LibreOffice -----------------------------------------------------------------------------------------------


@needs_office
def test_rich_text_is_read():
    assert doc.read(RICH_TEXT).text.split("\n")[:2] == ["第一条\t甲", "乙"]


@needs_office
def test_a_broken_binary_file_is_refused():
    with pytest.raises(UnreadableFile, match="打不开这个文件"):
        doc.read(OLE + bytes(600))


@needs_office
def test_a_binary_file_keeps_numbers_and_tables():
    numbering = abstract(0, level(0, "chineseCountingThousand", "第%1条")) + num(1, 0)
    body = p("某市河道管理办法") + p("甲", num=1) + p("乙", num=1) + table(("项目", "标准"), ("船", "一艘"))
    source = word_file(body + p("末"), numbering=numbering)
    binary = office.convert(source, ".docx", "doc")
    assert binary.startswith(OLE)
    read = doc.read(binary)
    assert read.text == docx.read(source).text
    assert read.rows == docx.read(source).rows


# Those of Chinese drafters that LibreOffice knows too; it writes ⑴ and ⒈ as 1 and knows no lvlRestart and no isLgl.
FORMS = (
    *("decimal", "decimalZero", "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified"),
    *("taiwaneseCountingThousand", "ideographTraditional", "ideographZodiac", "lowerLetter", "upperLetter"),
    *("lowerRoman", "upperRoman"),
)


@needs_office
def test_automatic_numbers_are_those_that_libreoffice_prints():
    body, numbering = "", ""
    for key, (form, start) in enumerate(((form, start) for form in FORMS for start in (1, 9, 19, 99)), 1):
        numbering += abstract(key, level(0, form, "第%1、", start=start)) + num(key, key)
        body += p(f"{form} {start}") + "".join(p("甲", num=key) for _ in range(4))
    for start in (1, 9, 17):
        key = 100 + start
        numbering += abstract(key, level(0, "decimalEnclosedCircle", "%1", start=start)) + num(key, key)
        body += "".join(p("甲", num=key) for _ in range(4))
    assert printed(body, numbering) == shown_by_libreoffice(body, numbering)


@needs_office
def test_levels_lists_and_starts_are_counted_as_libreoffice_counts_them():
    statute = abstract(
        0,
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "第%2节"),
        level(2, "chineseCounting", "（%3）", more='<w:suff w:val="nothing"/>'),
        level(3, "decimal", "%3.%4"),
        level(4, "decimal", "%2-%5"),
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="2">{level(2, "lowerLetter", "%3)")}</w:lvlOverride>'
    numbering = statute + num(1, 0) + num(2, 0, anew) + num(3, 0, other)
    body = "".join(p("甲", num=1, level=at) for at in (0, 2, 2, 3, 3, 2, 0, 1, 2, 3, 1, 4, 4, 2, 0, 3, 1))
    body += table(("项目", f"<w:tc>{p('乙', num=1, level=2)}{p('乙', num=1, level=3)}</w:tc>"))
    body += "".join(p("丙", num=2, level=at) for at in (0, 0, 1, 2)) + p("丁", num=1) + p("戊", num=2)
    body += "".join(p("己", num=3, level=at) for at in (2, 2, 0, 2)) + p(num=1, level=2) + p("庚", num=1, level=2)
    body += f"<w:sdt><w:sdtContent>{p('辛', num=1)}</w:sdtContent></w:sdt>" + p("壬", num=1, props="<w:sectPr/>")
    assert printed(body, numbering) == shown_by_libreoffice(body, numbering)


def printed(body, numbering):
    return "".join(docx.read(word_file(body, numbering=numbering)).text.split())


def shown_by_libreoffice(body, numbering):
    text = office.convert(word_file(body, numbering=numbering), ".docx", "txt").decode("utf-8-sig")
    return "".join(text.split())


@needs_office
def test_nothing_that_a_file_links_to_is_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        text = doc.read(open_document(f"{address}/a.png", secret.as_uri(), f"{address}/b.txt")).text
        server.shutdown()
    assert text.split("\n")[0] == "正文"
    assert "机密" not in text
    assert asked == []


def open_document(picture, *sections):
    """An .odt that links to a picture and to texts."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    linked = "".join(
        f'<text:section text:name="{n}"><text:section-source xlink:href="{address}" xlink:type="simple"/><text:p/></text:section>'
        for n, address in enumerate(sections)
    )
    frame = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{picture}" xlink:actuate="onLoad"/></draw:frame>'
    body = f"<office:body><office:text><text:p>正文{frame}</text:p>{linked}</office:text></office:body>"
    types = "application/vnd.oasis.opendocument.text"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return package(
        {
            "mimetype": types,
            "content.xml": f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"{body}</office:document-content>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{space}"><m:file-entry m:full-path="/" m:media-type="{types}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        }
    )
