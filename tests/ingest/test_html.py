"""Web pages: the text of the document with its tables and lists, without what the site puts around it."""

import email.message
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.pipeline import parse_text
from ingest.readers import READERS, markdown
from ingest.readers.web import furniture, page, tables
from ingest.readers.web.flow import Line
from ingest.readers.web.markers import chinese
from ingest.readers.web.page import Node
from ingest.readers.web.reader import read, read_archive
from tiaoli.errors import UnreadableFile
from tiaoli.lexicon import Word, entries
from tiaoli.records import Kind
from tiaoli.store import FileState

CORPUS = Path(__file__).parents[3] / "shared/corpora"

TITLE = "青溪县民政局关于规范养老服务的通知"
PARAGRAPHS = [
    "各镇人民政府：",
    "　　为了规范养老服务，经县人民政府同意，现就有关事项通知如下：",
    "　　一、加强领导",
    "　　各镇要明确专人负责，每季度报送进展情况。",
    "　　二、加强监督",
    "　　对弄虚作假的，依法予以处理；造成损失的，责令赔偿。",
    "　　附件：养老服务机构名单",
    "青溪县民政局",
    "2024年5月6日",
]
BODY = "\n".join(f"<p>{words}</p>" for words in PARAGRAPHS)
TOP = '<div class="top"><a href="/">首页</a><a href="/zw">政务公开</a><span>网站支持IPV6</span></div>'
BOTTOM = "<div>主办单位：青溪县人民政府办公室 版权所有 地址：青溪县前进路1号，欢迎提出宝贵意见。ICP备05000001号</div>"


def text(html: str | bytes) -> str:
    return clean(read(html if isinstance(html, bytes) else html.encode()).text)


def lines(html: str | bytes) -> list[str]:
    return text(html).split("\n")


def notes(html: str) -> dict[str, str]:
    return dict(read(html.encode()).notes)


def tree(reading) -> list[tuple[str, str, str]]:
    """Kind, label and text of all clauses but those that blanks alone tell apart."""
    (parsed,) = parse_text(reading, FileState("页.html", "页.html", "页", "", "", 1, "present"))
    return [(c.kind, c.label, re.sub(r"\s", "", c.heading + c.text)) for c in parsed.clauses]


# --- what is the document ------------------------------------------------------------------------------------------------

LAYOUTS = {
    "named": f'{TOP}<div class="list"><h1>{TITLE}</h1><p>2024-05-07　来源：民政局　字号：大 中 小</p>'
    f'<div id="zoom">{BODY}</div><a href="#">打印</a></div>{BOTTOM}',
    "element of its own": f"{TOP}<ucapcontent>{BODY}</ucapcontent>{BOTTOM}",
    "with buttons inside": f'{TOP}<div class="article-content"><div class="share">分享到：微信</div>{BODY}'
    f'<div class="qrcode">扫一扫在手机打开当前页</div><p>【打印】【关闭窗口】</p></div>{BOTTOM}',
    "nested names": f'<div class="detail_con"><div class="TRS_Editor">{BODY}</div><p>上一篇：<a href="1">甲</a></p></div>',
    "no names": f"{TOP}<div><div><div>{BODY}</div></div></div>{BOTTOM}",
    "layout tables": f"<table><tr><td>{TOP}</td></tr></table><table><tr><td width=200><table><tr><td><a href=a>公告</a></td></tr>"
    f"<tr><td><a href=b>法规</a></td></tr></table></td><td>{BODY}</td></tr></table><table><tr><td>{BOTTOM}</td></tr></table>",
    "wrapped by a translator": f'{TOP}<font><font><div class="content_article">{BODY}</div></font></font>{BOTTOM}',
    "twice": f"{TOP}<div>{BODY}</div><div>{BODY}</div>",
    "with a hidden copy": f'{TOP}<div id="zoom">{BODY}</div><div style="display: none">{BODY}</div>',
    "shown by a script": f'<body style="visibility: hidden">{TOP}<div id="zoom">{BODY}</div>{BOTTOM}</body>',
    "nothing else": BODY,
    "on one line": BODY.replace("\n", ""),
    "breaks": f"{TOP}<div>{'<br>'.join(PARAGRAPHS)}</div>{BOTTOM}",
    "breaks in a cell": f"<table><tr><td>{'<br/>'.join(PARAGRAPHS)}</td></tr></table>",
    "saved by a browser": f"<!-- saved from url=(0026)http://qingxi.example/1.htm -->{TOP}<article>{BODY}</article>",
    "capitals": f"<HTML><BODY>{TOP}<DIV ID=Zoom>{BODY.replace('<p', '<P').replace('/p>', '/P>')}</DIV></BODY></HTML>",
}


@pytest.mark.parametrize("html", LAYOUTS.values(), ids=LAYOUTS)
def test_the_text_is_kept_and_what_stands_around_it_is_not(html):
    found = [line for line in lines(html) if line != TITLE]
    assert found == PARAGRAPHS


@pytest.mark.parametrize("html", LAYOUTS.values(), ids=LAYOUTS)
def test_the_same_document_has_the_same_clauses_however_the_page_sets_it(html):
    whole = f"<title>{TITLE}-青溪县人民政府网站</title>{html}"
    plain = tree(markdown.read_text("\n".join([TITLE, *PARAGRAPHS]).encode()))
    assert tree(read(whole.encode())) == plain
    assert [kind for kind, _, _ in plain].count(Kind.HEADING) == 2


def test_what_is_left_out_is_counted():
    html = f'{TOP}<div id="zoom">{BODY}</div>'
    assert "以外的 14 个字" in notes(html)["page_furniture"]
    assert notes(BODY) == {}


def test_no_sentence_is_lost_where_a_text_stands_in_several_containers():
    html = f'<div class="TRS_Editor">{BODY}</div><div>附件</div><div class="TRS_Editor"><p>名单由县民政局公布。</p><p>县敬老院</p></div>'
    assert lines(html) == [*PARAGRAPHS, "附件", "名单由县民政局公布。", "县敬老院"]


def test_no_sentence_is_lost_where_a_container_holds_only_part_of_a_text():
    rest = "<p>　　三、各镇应当在每年年底以前，将全年工作情况书面报送县民政局，并抄送县财政局。</p>"
    html = f'<div><div id="zoom">{BODY}</div><div>{rest * 3}</div></div>'
    assert lines(html)[: len(PARAGRAPHS)] == PARAGRAPHS
    assert "三、各镇应当" in text(html)


@pytest.mark.parametrize(
    "beside",
    [
        "<p>青民发〔2024〕3号</p>{}",
        "{}<p>附件：1.名单.doc</p>",
        "{}<div>青溪县民政局</div><div>2024年5月8日</div>",
        "{}<p>抄送：县财政局。</p>",
    ],
)
def test_numbers_attachments_and_signatures_beside_the_text_are_kept(beside):
    html = f"{TOP}<div>{beside.format(f'<div>{BODY}</div>')}</div>{BOTTOM}"
    expected = [word for word in re.split(r"<[^>]+>", beside.replace("{}", "")) if word]
    assert set(expected) <= set(lines(html))


def test_links_in_a_text_are_text_and_files_they_lead_to_are_told():
    html = f'<div id="zoom">{BODY}<p><a href="/f/1.docx">名单.docx</a></p><p><a href="/2.html">解读</a></p></div>'
    assert lines(html)[-2:] == ["名单.docx", "解读"]
    assert "1 个附件（名单.docx）" in notes(html)["linked_files"]


def test_a_file_that_is_named_as_an_attachment_beside_the_text_is_told():
    files = '<p><a href="/f/1.docx">附件1：收费标准.docx</a></p><p><a href="/f/2.pdf">网站使用手册.pdf</a></p>'
    assert "1 个附件（附件1：收费标准.docx）" in notes(f'<div id="zoom">{BODY}</div><div>{files}</div>')["linked_files"]


def test_pictures_and_other_pages_in_a_text_are_told():
    html = f'{BODY}<img src="a.png"><img src="icon.gif" width=16 height=16><iframe src="b.htm">无</iframe>'
    told = notes(html)
    assert "1 张图片" in told["pictures"]
    assert "1 个其他网页" in told["frames"]


def test_what_a_page_hides_is_told_and_scripts_styles_and_fields_are_no_text():
    html = (
        f'<style>p{{}}</style><script>document.write("甲")</script>{BODY}<p style="color:red;DISPLAY : none">不显示的字</p>'
        "<p hidden>也不</p><textarea>请输入评论</textarea><select><option>市民政局</select><template><p>模板</template>"
        '<input value="检索"><noscript>请启用脚本。</noscript><!-- 注释 --><svg><text>图</text></svg>'
    )
    assert lines(html) == PARAGRAPHS
    assert "不显示的 7 个字" in notes(html)["hidden_text"]


# --- headline and fields -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="ArticleTitle" content="{TITLE}">',
        f'<meta NAME="articletitle" CONTENT="{TITLE}"><title>通知公告</title>',
        f"<title>{TITLE}</title>",
        f"<title> {TITLE} - 青溪县人民政府门户网站 </title>",
        f"<title>{TITLE}_青溪政务网</title>",
    ],
)
def test_a_title_that_only_the_page_prints_goes_before_the_text(head):
    reading = read(f'<head>{head}</head><body>{TOP}<div id="zoom">{BODY}</div></body>'.encode())
    assert reading.text.split("\n")[0] == TITLE
    assert reading.headings == {0: 1}
    assert reading.front_matter["标题"] == TITLE
    assert tree(reading)[0][:2] == (Kind.TITLE, "标题")


@pytest.mark.parametrize(
    "printed",
    [
        f"<p>{TITLE}</p>",
        "<p>青溪县民政局</p><p>关于规范养老服务的通知</p>",
        "<p>青溪县民政局<br>关于规范<br>养老服务的通知</p>",
        f"<p>青民发〔2024〕3号</p><h2>（转载）{TITLE}</h2>",
    ],
)
def test_a_title_that_the_text_prints_is_not_printed_again(printed):
    html = f'<title>{TITLE}</title><h1>{TITLE}</h1><div id="zoom">{printed}{BODY}</div>'
    assert re.sub(r"\s", "", text(html)).count("关于规范养老服务的通知") == 1


def test_a_headline_is_told_by_its_line_also_behind_rows_of_several_lines():
    table = "<table><tr><td>索引号<td>一<br>二<tr><td>主题<td>民政</table>"
    reading = read(f'<div id="zoom">{table}<h1>{TITLE}</h1>{BODY}</div>'.encode())
    (number,) = reading.headings
    assert clean(reading.text).split("\n")[number] == TITLE


@pytest.mark.parametrize(
    "head",
    [
        "<title>通知公告</title>",
        "<title>青溪县人民政府网站</title>",
        "<h1>青溪县民政局政府信息公开</h1>",
        "<h1>当前位置：首页 &gt; 通知公告</h1>",
        '<meta name="ArticleTitle" content="">',
        "<h1>　</h1>",
    ],
)
def test_the_name_of_a_site_is_no_title(head):
    assert lines(f'{head}<div id="zoom">{BODY}</div>') == PARAGRAPHS


def test_a_title_in_a_list_of_attachments_is_not_that_of_the_page():
    html = f'<title>养老服务机构名单管理办法</title><div id="zoom">{BODY}<p>附件：养老服务机构名单管理办法</p></div>'
    assert lines(html)[0] == "养老服务机构名单管理办法"


@pytest.mark.parametrize(
    "beside",
    [
        "<ul><li>发文机关：青溪县民政局</li><li>文　　号：青民发〔2024〕3号</li><li>成文日期： 2024-05-06</li></ul>",
        "<table><tr><td>索引号：</td><td>1</td><td>发文机关：</td><td>青溪县民政局</td></tr>"
        "<tr><td>文　　号：</td><td>青民发〔2024〕3号</td><td>成文日期：</td><td>2024-05-06</td></tr></table>",
    ],
)
def test_fields_beside_the_text_are_handed_on_and_are_no_text(beside):
    html = f'<meta name="PubDate" content="2024-05-07 08:00">{beside}<div id="zoom">{BODY}</div>'
    reading = read(html.encode())
    assert reading.front_matter == {
        "发文机关": "青溪县民政局",
        "文号": "青民发〔2024〕3号",
        "成文日期": "2024-05-06",
        "发布日期": "2024-05-07 08:00",
    }
    assert reading.text.split("\n") == PARAGRAPHS


# --- lines ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>第一条<b>为了</b><i>加强</i>管理</p>", ["第一条为了加强管理"]),
        ("<p>甲</p>乙<p>丙</p>丁", ["甲", "乙", "丙", "丁"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<span>甲<p>乙</p>丙</span>", ["甲", "乙", "丙"]),
        ("甲<br>乙<br/><br />丙</br>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>第一条&nbsp;&#12288;为了&ensp;甲</p>", ["第一条 　为了 甲"]),
        (
            "<p>为了加强河道管理，根据\n　　有关法律，制定\r\n   本办法。</p>",
            ["为了加强河道管理，根据　　有关法律，制定本办法。"],
        ),
        ("<p>as the\n   law  says</p>", ["as the law says"]),
        ("<span>甲局</span>\n<span>乙局</span>", ["甲局 乙局"]),
        ("<pre>第一条\n  甲  乙\n\n第二条</pre>", ["第一条", "  甲  乙", "第二条"]),
        ('<p style="white-space: pre-line">第一条\n第二条</p>', ["第一条", "第二条"]),
        ('<span style="display:block">甲</span>乙', ["甲", "乙"]),
        ("<dl><dt>甲<dd>乙</dl>", ["甲", "乙"]),
        ("<p>10m<sup>2</sup>，CO<sub>2</sub></p>", ["10m2，CO2"]),
        ("<ruby>沚<rp>（</rp><rt>zhǐ</rt><rp>）</rp></ruby>", ["沚zhǐ"]),
        ("<p>&lt;办法&gt;&amp;&#x4e00;&copy;&unknown;</p>", ["<办法>&一©&unknown;"]),
        (
            "<o:p>甲</o:p><p class=MsoNormal>乙<span lang=EN-US><o:p></o:p></span></p><![if !x]><p>丙</p><![endif]>",
            ["甲", "乙", "丙"],
        ),
        ("没有标签的文字", ["没有标签的文字"]),
        ("<p>未关闭<b>的<p>段落", ["未关闭的", "段落"]),
        ("<select><option>甲</select><p>乙", ["乙"]),
    ],
)
def test_blocks_are_lines_and_all_else_runs_on(html, expected):
    assert lines(html) == expected


def test_text_stays_in_its_order_and_no_visible_character_is_lost():
    html = "".join(
        f"<div>甲{n}<p>乙{n}<span>丙{n}</span></p><table><tr><td>丁{n}<td>戊{n}</table>己{n}</div>" for n in range(50)
    )
    expected = "".join(f"甲{n}乙{n}丙{n}丁{n}戊{n}己{n}" for n in range(50))
    assert "".join(text(html).split()) == expected


# --- lists ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ("<ol><li><p>甲</p><p>又</p></li><li><p>乙</p></li></ol>", ["1. 甲", "又", "2. 乙"]),
        ('<ol start="3"><li>甲<li value=7>乙<li>丙</ol>', ["3. 甲", "7. 乙", "8. 丙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ('<ol type="a"><li>甲</ol><ol type=A start=27><li>乙</ol>', ["a. 甲", "AA. 乙"]),
        ("<ol type=i start=4><li>甲</ol><ol type=I start=49><li>乙</ol>", ["iv. 甲", "XLIX. 乙"]),
        ('<ol style="list-style-type: cjk-ideographic" start=12><li>甲</ol>', ["十二、甲"]),
        ('<ol style="list-style:simp-chinese-informal inside"><li>甲</ol>', ["一、甲"]),
        ('<ol style="list-style-type:decimal-leading-zero"><li>甲</ol>', ["01. 甲"]),
        ("<ol style='list-style-type: \"※\"'><li>甲</ol>", ["※甲"]),
        ('<ol style="list-style:none"><li>甲</ol>', ["甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ('<ul style="list-style-type:decimal"><li>甲</ul>', ["1. 甲"]),
        ('<ol class="custom_cn2 list-paddingleft-1"><li class="list-cn-3-1">甲</ol>', ["(一)甲"]),
        ("<ol><li>甲<ol type=a><li>子<li>丑</ol><li>乙</ol>", ["1. 甲", "a. 子", "b. 丑", "2. 乙"]),
        ("<ol><li>一、甲<li>（二）乙<li>3. 丙<li>第四条 丁</ol>", ["一、甲", "（二）乙", "3. 丙", "第四条 丁"]),
        ("<ol><li></li><li>乙</ol>", ["2. 乙"]),
        ("<ol start=99999 style='list-style-type:cjk-ideographic'><li>甲</ol>", ["99999、甲"]),
        ("<li>甲</li>", ["甲"]),
    ],
)
def test_items_of_lists_carry_the_numbers_that_are_seen(html, expected):
    assert lines(html) == expected


def test_numbers_in_chinese_are_as_spoken():
    assert [chinese(n) for n in (1, 10, 11, 20, 101, 110, 1001, 9999)] == (
        ["一", "十", "十一", "二十", "一百零一", "一百一十", "一千零一", "九千九百九十九"]
    )


# --- tables --------------------------------------------------------------------------------------------------------------


def rows(html: str) -> list[list[str]]:
    reading = read(html.encode())
    printed = clean(reading.text).split("\n")
    return ["\n".join(printed[row.start : row.stop]).split("\t") for row in reading.rows]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<tr><th>项目<th>标准<tr><td>甲<td>1元", [["项目", "标准"], ["甲", "1元"]]),
        ("<tr><td rowspan=2>甲<td>1<tr><td>2<tr><td>乙<td>3", [["甲", "1"], ["", "2"], ["乙", "3"]]),
        ("<tr><td>甲<td>乙<td>丙<tr><td colspan=2>丁<td>戊", [["甲", "乙", "丙"], ["丁", "", "戊"]]),
        ("<tr><td rowspan=2 colspan=2>甲<td>1<tr><td>2", [["甲", "", "1"][::2], ["", "2"]]),
        ("<tr><td>甲<td>乙<tr><td>丙", [["甲", "乙"], ["丙", ""]]),
        ("<tr><td>甲<td>第一行<br>第二行<p>第三段</p>", [["甲", "第一行\n第二行\n第三段"]]),
        ("<tr><td>甲<td>&nbsp;<td>乙<tr><td><td><td><tr><td>丙<td><td>丁", [["甲", "乙"], ["丙", "丁"]]),
        ("<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3", [["甲", "1"], ["", "2"], ["", "3"]]),
        ("<tr><td rowspan=x>甲<td colspan=-2>1<td colspan='2x'>2<td>3<tr><td>a<td>b<td>c<td>d<td>e", [["甲", "1", "2", "", "3"], list("abcde")]),
        ("<thead><tr><th>甲<th>乙</thead><tfoot><tr><td>丙<td>丁</tfoot>", [["甲", "乙"], ["丙", "丁"]]),
        ("<tr><td>甲\t乙<td>丙\n丁", [["甲 乙", "丙丁"]]),
        ("<tr><td>甲甲甲甲甲甲<td><table><tr><td>子<td>丑</table>乙", [["甲甲甲甲甲甲", "子\n丑\n乙"]]),
        ("<tr><td>甲<td style='display:none'>隐<td>乙<tr hidden><td>隐<td>隐<td>隐", [["甲", "乙"]]),
    ],
)  # fmt: skip
def test_rows_hold_each_merged_cell_once_and_as_many_cells_as_the_widest(html, expected):
    assert rows(f"<p>标准如下：</p><table border=1>{html}</table>") == expected


def test_title_and_note_in_a_table_are_lines_around_it():
    html = (
        "<table><caption>表一</caption><tr><td colspan=2>补贴标准</td></tr><tr><td>甲<td>1<tr><td>乙<td>2"
        "<tr><td colspan=2>注：单位为元。</td></tr></table>"
    )
    assert lines(html) == ["表一", "补贴标准", "甲\t1", "乙\t2", "注：单位为元。"]
    assert rows(html) == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>甲</p><p>乙</p></td></tr></table>",
        "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
        "<table><tr><td></td><td>甲</td></tr><tr><td>乙</td><td></td></tr></table>",
        "<table><tr><td><table><tr><td>甲</table><tr><td>乙</table>",
    ],
)
def test_a_table_of_one_column_is_text(html):
    assert lines(html) == ["甲", "乙"]
    assert rows(html) == []


def test_a_table_within_one_that_sets_out_the_page_keeps_its_rows():
    html = f"<table><tr><td>{BODY}<table><tr><td>甲<td>1<tr><td>乙<td>2</table></td><td>侧</td></tr></table>"
    assert rows(html) == [["甲", "1"], ["乙", "2"]]


def test_text_in_a_table_outside_of_cells_is_kept():
    assert "".join(lines("<table>游离<tr><td>甲<td>乙</tr>文字</table>尾")).replace("\t", "") == "游离文字甲乙尾"


def test_a_table_is_a_table_in_the_tree():
    html = f"{BODY}<p>　　三、标准</p><table><tr><td>对象<td>标准<tr><td>高龄老年人<td>每月一百元</table>"
    assert (Kind.TABLE, "表", "对象标准高龄老年人每月一百元") in tree(read(html.encode()))


# --- encodings -----------------------------------------------------------------------------------------------------------

TRADITIONAL = "第一條 為了規範行政處罰的設定和實施，根據憲法，制定本法。"


@pytest.mark.parametrize(
    ("declared", "real", "words"),
    [
        ("utf-8", "utf-8", PARAGRAPHS[1]),
        ("gb2312", "gb18030", PARAGRAPHS[1] + "𠮷"),
        ("gbk", "gbk", PARAGRAPHS[1]),
        ("big5", "big5", TRADITIONAL),
        ("gb2312", "utf-8", PARAGRAPHS[1]),  # as browsers save it
        ("utf-8", "gbk", PARAGRAPHS[1]),
        ("iso-8859-1", "gbk", PARAGRAPHS[1]),
        ("unknown-9", "gbk", PARAGRAPHS[1]),
        ("utf-8", "utf-8-sig", PARAGRAPHS[1]),
        ("utf-8", "utf-16", PARAGRAPHS[1]),
        ("", "gbk", PARAGRAPHS[1]),
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_declares(declared, real, words):
    for meta in (
        f'<meta charset="{declared}">',
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">',
    ):
        assert lines(f"<html><head>{meta}</head><body><p>{words}</p></body></html>".encode(real)) == [words]


def test_broken_bytes_of_a_page_are_told():
    assert "bad_bytes" in dict(
        read(BODY.encode().replace("管".encode(), b"\xe7\xae").replace("民".encode(), b"\xe6", 1)).notes
    )


# --- pages saved in one file ---------------------------------------------------------------------------------------------


def saved(html: bytes, charset: str = "utf-8", subtype: str = "html") -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "页"
    message["Snapshot-Content-Location"] = "http://qingxi.example/"
    message.set_content(html, "text", subtype, cte="base64")
    message.set_param("charset", charset)
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def test_a_page_saved_in_one_file_is_read_under_either_ending():
    for reader in (read_archive, read):
        assert clean(reader(saved(BODY.encode())).text).split("\n") == PARAGRAPHS
    assert clean(read_archive(saved(BODY.encode("gbk"), "gb2312")).text).split("\n") == PARAGRAPHS


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 50, b"Subject: x\n\ntext", saved(BODY.encode(), subtype="plain")])
def test_one_file_without_a_page_is_refused(data):
    with pytest.raises(UnreadableFile, match="没有可读的网页"):
        read_archive(data)


def test_parts_within_parts_are_no_bomb():
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5_000))
    with pytest.raises(UnreadableFile):
        read_archive(head.encode())


# --- pages without a text, and hostile ones ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<div id="app"></div><script src="app.js"></script>', "由脚本在浏览器里加载"),
        (f'{TOP}<div id="app">加载中…</div><script>load()</script>', "由脚本在浏览器里加载"),
        ('<frameset cols="20%,*"><frame src="a.htm"><frame src="b.htm"></frameset>', "框架"),
        ('<iframe src="a.htm"></iframe>', "框架"),
        ('<img src="1.jpg"><img src="2.jpg">', "图片"),
        ("<p> &nbsp; </p>", "没有文字"),
        ("", "没有文字"),
    ],
)
def test_a_page_without_a_text_says_why(html, words):
    with pytest.raises(UnreadableFile, match=words):
        read(html.encode())


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>" * 1_500 + BODY,
        "<table><tr>" * 2_000 + BODY,
        "<ol><li>" * 2_000 + BODY,
        "<div id=zoom>" * 2_000 + BODY,
        "".join(f"<font size={n}>" for n in range(2_000)) + BODY,
        f'<p title="{"a" * 2_000_000}">' + BODY,
        "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">" + BODY,
        "<p>" + "&amp;" * 300_000 + BODY,
        "<p>" + "微信扫一扫" * 30 + "x</p>" + BODY,
        "<title>" + "a-" * 500_000 + "</title>" + BODY,
        "<!--" + "-" * 500_000 + "-->" + BODY,
        "</p>" * 200_000 + BODY,
    ],
    ids=range(12),
)
def test_hostile_pages_are_read_in_no_time(html):
    assert PARAGRAPHS[3] in lines(html)


def test_pages_beyond_all_measure_are_refused(monkeypatch):
    with pytest.raises(UnreadableFile, match=r"嵌套超过 5,000 层，.*请"):
        read(b"<div>" * 100_000 + b"x")
    monkeypatch.setattr(page, "MOST_NODES", 1_000)
    with pytest.raises(UnreadableFile, match="请拆分"):
        read(b"<p>x" * 1_000)


@pytest.mark.parametrize(
    "html",
    [
        "<tr>" + "<td colspan=1000000 rowspan=1000000>甲" * 3 + "<tr><td>乙" * 2_000,
        "<tr>" + "<td colspan=1000>甲" * 2_000 + "<tr><td>乙<td>丙",
        "<tr><td>甲<td>乙" * 1_000 + "<tr>" + "<td>丙" * 2_000,
    ],
)
def test_tables_of_millions_of_cells_are_read_cell_by_cell_and_told(html):
    reading = read(f"<table>{html}</table>".encode())
    assert "large_table" in dict(reading.notes)
    assert len(reading.text) < 20_000
    assert "".join(reading.text.split()).count("甲") == html.count("甲")


def test_spans_are_cut_as_browsers_do():
    assert tables.span(Node("td", 0, 1, {"colspan": "5000", "rowspan": "99999999999"})) == (1_000, 65_534)
    assert tables.span(Node("td", 0, 1, {"colspan": "0", "rowspan": "0"})) == (1, 65_534)
    assert tables.span(Node("td", 0, 1, {})) == (1, 1)


MARKUP = st.lists(
    st.sampled_from(
        ["<a href=x.doc>", "<td rowspan=2>", "<td colspan=3>", "<span style=display:none>", "<div id=zoom>", "\n"]
    )
    | st.sampled_from(re.findall(r"<\w+>", "<p><div><table><tr><td><th><ol><li><br><b><a><pre><h1><script><select>"))
    | st.sampled_from(re.findall(r"</\w+>", "</p></div></table></ol></b></a></span></pre></h1></script></select></td>"))
    | st.sampled_from(
        [
            "\u2028",
            "\x0b",
            "&#133;",
            "&#x2029;",
            "<!--",
            "-->",
            "&nbsp;",
            "&lt;",
            "第一条",
            "甲。",
            "2024年5月6日",
            "附件：乙",
            "打印",
        ]
    ),
    max_size=60,
).map("".join)


@given(MARKUP)
def test_any_markup_is_read_or_refused_and_rows_have_the_same_width(html):
    try:
        reading = read(html.encode())
    except UnreadableFile:
        return
    assert read(html.encode()) == reading
    printed = clean(reading.text).split("\n")
    assert len(printed) == reading.text.count("\n") + 1
    assert all(row.stop <= len(printed) for row in reading.rows)
    assert parse_text(reading, FileState("页.html", "页.html", "页", "", "", 1, "present"))


# --- words -----------------------------------------------------------------------------------------------------------------

FIRES = {
    "container": lambda example: furniture.holds_text(element(example)),
    "aside": lambda example: furniture.is_aside(element(example)),
    "button": lambda example: furniture.is_furniture(Line(example, 0)),
    "lead": lambda example: furniture.is_furniture(Line(example, 0)),
    "site": lambda example: furniture.is_about_site(Line(example, 0)),
    "site_name": furniture.is_site_name,
}


def element(html: str) -> Node:
    return next(node for node in page.parse(html).nodes if node.tag not in ("html", "body", "p"))


@pytest.mark.parametrize(("table", "fires"), FIRES.items())
def test_words_of_pages_fire_on_their_examples_only(table, fires):
    words = entries("web", table, Word)
    assert [word.text for word in words if not all(map(fires, word.examples))] == []
    assert [word.text for word in words if any(map(fires, word.counter))] == []


def test_every_ending_of_a_page_has_its_reader():
    assert all(READERS[ending] is read for ending in (".html", ".htm", ".shtml"))
    assert all(READERS[ending] is read_archive for ending in (".mht", ".mhtml"))


# --- real pages ------------------------------------------------------------------------------------------------------------

SAME = {  # what a page and a text file hold alike, the first words of the page's name and the text
    "11_公共租赁": "normative/guangzhou/（转载）广州市人民政府办公厅关于印发广州市公共租赁住房管理办法的通知.txt",
    "13_户籍家庭": "normative/guangzhou/广州市住房和城乡建设局关于进一步加强户籍家庭住房保障工作的通知.txt",
    "31_居家社区": "normative/guangzhou/广州市人民政府办公厅关于印发广州市居家社区养老服务管理办法的通知.txt",
    "33_广州市老年人": "local-rules/广州市老年人优待办法.txt",
    "国务院办公厅关于印发“无废": "normative/state-council/国务院办公厅关于印发“无废城市”建设试点工作方案的通知.txt",
    "柳河县": "normative/county/加快重点产业实施意见.txt",
}


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpora are not here")
@pytest.mark.parametrize(("name", "other"), SAME.items(), ids=SAME)
def test_a_real_page_has_the_clauses_of_the_same_text_in_a_file(name, other):
    (path,) = (CORPUS / "originals/html").glob(f"{name}*")
    assert tree(read(path.read_bytes())) == tree(markdown.read_text((CORPUS / other).read_bytes()))
