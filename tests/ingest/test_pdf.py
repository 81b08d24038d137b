"""PDF files: what a person sees on the pages, paragraph by paragraph, and what is told of all else."""

import importlib.util
from pathlib import Path

import numpy
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_files import HEIGHT, SCAN, box, pdf_file, picture, stream, table, typeset, words, wrapped

from ingest.readers import ocr
from ingest.readers.layout.sheet import Glyph
from ingest.readers.pdf import reader as pdf
from tiaoli.errors import UnreadableFile

FIRST = "为了加强养老服务管理，保障老年人合法权益，根据有关法律、法规的规定，结合本市实际，制定本办法。"
SECOND = "本办法所称养老服务，是指为老年人提供的生活照料、康复护理、精神慰藉和紧急救援等服务。"
THIRD = "市民政局会同有关部门负责本办法的组织实施，具体办法由市民政局另行制定并向社会公布。"
TEXT = ["第一条　" + FIRST, "第二条　" + SECOND, "第三条　" + THIRD, "前款规定的服务不收取费用。"]
LONG = [
    text.replace("条　", f"条之{n}　").replace("不收", f"{n}年内不收") for n in "一二三四五六七八九" for text in TEXT
]


def read(*pages, **file):
    return pdf.read(pdf_file(*pages, **file))


def notes(reading):
    return dict(reading.notes)


def lines(*pages):
    return read(*pages).text.split("\n")


def numbered(pages, form="— {} —"):
    return [page + words(280, 790, form.format(number), 12) for number, page in enumerate(pages, 1)]


# --- paragraphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("gap", [0, 14])
def test_hard_line_breaks_are_undone_also_over_pages(indent, gap):
    assert lines(*typeset(LONG, indent=indent, gap=gap)) == LONG


def test_a_line_that_begins_like_a_label_goes_on_with_the_sentence():
    text = "应当依法登记" * 8 + "第三条规定收取费用。"
    assert wrapped(text, 25, 2)[2].startswith("第三条规定")
    assert lines(typeset([text, *TEXT])[0]) == [text, *TEXT]


def test_items_stay_apart_and_headings_stand_alone():
    text = ["一、总体要求", "（一）建立健全养老服务体系；", "（二）加强养老服务监管；", FIRST, "二、主要任务", SECOND]
    assert lines(*typeset(text)) == text


def test_words_and_numbers_are_joined_as_they_were():
    page = (
        words(90, 100, "本标准等同采用国际标准Quality")
        + words(90, 128, "management，有关资料见网址")
        + words(90, 156, "说明。")
    )
    edge = words(90, 184, "甲" * 20) + words(90, 212, "乙" * 20) + words(90, 240, "丙" * 20)
    assert "Quality management" in lines(page + edge)[0]


def test_a_title_over_two_lines_is_one_line_where_it_was_wrapped():
    title = "江川市人民政府办公室关于印发江川市养老服务管理办法的通知"
    head = words(90, 60, title[:18], 22) + words(90 + 88, 95, title[18:], 22)
    assert lines(head + typeset(TEXT, top=160)[0])[:2] == [title, TEXT[0]]


def test_letter_spacing_is_no_blank_and_a_blank_is_one():
    page = words(90, 100, "工作规则", 22, spacing=12) + words(90, 150, "国　务　院", 22) + words(90, 200, "第一章")
    assert lines(page + words(160, 200, "总则")) == ["工作规则", "国　务　院", "第一章 总则"]


def test_raised_and_lowered_characters_stand_in_their_line():
    page = words(90, 100, "面积20") + words(138, 94, "2", 8) + words(143, 100, "以上，CO") + words(207, 103, "2", 8)
    assert lines(page) == ["面积202以上，CO2"]


def test_what_is_printed_twice_to_look_bold_is_read_once():
    assert lines(words(90, 100, "总则") + words(90.4, 100, "总则") + words(90, 100.3, "总则")) == ["总则"]


def test_columns_are_read_one_after_the_other():
    left = typeset(TEXT, left=60, right=290, size=10)[0]
    right = typeset(LONG[4:8], left=320, right=550, size=10)[0]
    assert lines(left + right) == TEXT + LONG[4:8]


def test_a_sentence_goes_on_in_the_next_column():
    pages = typeset(LONG[:8], left=60, right=290, size=10, bottom=440)
    moved = typeset(LONG[:8], left=320, right=550, size=10, bottom=440)
    assert lines(pages[0] + moved[1]) == LONG[:8]


@pytest.mark.parametrize(("x", "turn"), [(100, 90), (400, 270)])
def test_a_page_that_is_turned_is_read_upright(x, turn):
    y = 700 if turn == 90 else 100
    step = 30 if turn == 90 else -30
    page = words(x, y, "附件一", turn=turn) + words(x + step, y, "养老机构名录", turn=turn)
    assert lines(page) == ["附件一", "养老机构名录"]


def test_pages_turned_as_a_whole_and_cropped_pages_are_read_as_they_are_shown():
    page = words(300, 200, "在页面之内") + words(20, 30, "在页面之外")
    reading = read(page, page="/Rotate 90/CropBox[100 100 500 800]")
    assert reading.text == "在页面之内"
    assert "有 5 个看不见的字符（在页面之外）未读入：“在页面之外”" in notes(reading)["unseen_text"]


# --- page numbers, running heads and feet ----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["— {} —", "-{}-", "第{}页 共3页", "第 {} 页", "{}/3", "{}"])
def test_page_numbers_are_taken_off_and_counted(form):
    reading = read(*numbered(typeset(LONG), form))
    assert reading.text.split("\n") == LONG
    assert reading.notes == (("page_marks", f"已去掉 {len(typeset(LONG))} 处页码"),)


def test_a_number_at_the_foot_that_does_not_count_the_pages_is_text():
    assert lines(typeset(TEXT)[0] + words(280, 790, "2024", 12)) == [*TEXT, "2024"]


def test_what_stands_at_the_head_of_every_page_is_taken_off_and_told():
    pages = [page + words(200, 50, "江川市人民政府公报", 10) for page in typeset(LONG)]
    reading = read(*numbered(pages))
    assert reading.text.split("\n") == LONG
    assert f"“江川市人民政府公报”{len(pages)} 处" in notes(reading)["running_heads"]


def test_a_line_that_stands_in_the_same_place_on_two_pages_of_many_is_text():
    pages = typeset(LONG)
    pages[0] += words(90, 60, "江川市民政局")
    pages[-1] += words(90, 60, "江川市民政局")
    assert lines(*pages).count("江川市民政局") == 2


# --- tables ----------------------------------------------------------------------------------------------------------

XS, YS = (90, 140, 300, 500), (100, 130, 190, 250)
CELLS = {
    (0, 0): "序号",
    (0, 1): "事项",
    (0, 2): "依据",
    (1, 0): "1",
    (1, 1): "养老机构备案",
    (1, 2): "《养老服务条例》第三条；\n《养老机构管理办法》第九条",
    (2, 0): "2",
    (2, 1): "补贴发放",
    (2, 2): "《养老服务条例》第八条",
}


def rows(reading):
    all_lines = reading.text.split("\n")
    return ["\n".join(all_lines[number] for number in row).split("\t") for row in reading.rows]


def test_ruled_tables_are_rows_of_cells():
    reading = read(words(90, 80, "权责清单") + table(XS, YS, CELLS) + words(90, 300, "说明"))
    assert rows(reading) == [
        ["序号", "事项", "依据"],
        ["1", "养老机构备案", "《养老服务条例》第三条；\n《养老机构管理办法》第九条"],
        ["2", "补贴发放", "《养老服务条例》第八条"],
    ]
    assert reading.text.startswith("权责清单\n序号\t")
    assert reading.text.endswith("\n说明")


def test_merged_cells_stand_once_where_they_begin():
    cells = {place: text for place, text in CELLS.items() if place not in ((0, 2), (2, 0))}
    reading = read(table(XS, YS, cells, missing={("|", 0, 2), ("-", 2, 0)}))
    assert rows(reading)[0] == ["序号", "事项", ""]
    assert rows(reading)[2] == ["", "补贴发放", "《养老服务条例》第八条"]


def test_lines_of_a_cell_are_joined_where_the_cell_was_too_narrow():
    cells = {(0, 0): "一", (0, 1): "甲", (1, 0): "固\n体\n废\n物", (1, 1): "写满了这一格的\n字，在此继续。"}
    reading = read(table((90, 110, 200), (100, 130, 200), cells))
    assert rows(reading)[1] == ["固体废物", "写满了这一格的字，在此继续。"]


def test_a_table_goes_on_over_pages_without_its_repeated_head():
    more = CELLS | {(1, 0): "3", (2, 0): "4", (2, 1): "监督检查"}
    reading = read(*numbered([table(XS, YS, CELLS), table(XS, YS, more)]))
    assert [row[0] for row in rows(reading)] == ["序号", "1", "2", "3", "4"]
    assert notes(reading)["repeated_rows"] == "表格跨页，已去掉各页重复的表头 1 行"


def test_a_row_that_is_parted_by_the_end_of_a_page_is_one():
    rest = {place: text for place, text in CELLS.items() if place[0] == 0} | {(1, 2): "和第九条", (2, 0): "3"}
    reading = read(*numbered([table(XS, YS, CELLS | {(1, 0): "1"}), table(XS, YS, rest)]))
    assert [row[0] for row in rows(reading)] == ["序号", "1", "2", "3"]
    assert rows(reading)[2][2] == "《养老服务条例》第八条\n和第九条"


def test_a_frame_and_lines_under_words_are_no_table():
    reading = read(
        table((60, 520), (60, 700), {}) + typeset(TEXT)[0] + words(90, 600, "签名") + table((90, 91), (610, 611), {})
    )
    assert reading.rows == ()
    assert reading.text.split("\n") == [*TEXT, "签名"]


def test_a_drawing_of_many_lines_is_no_table():
    drawing = "".join(f"{x} 100 m {x} 700 l S 50 {x} m 500 {x} l S\n" for x in range(50, 500)) * 8
    reading = read(drawing + words(90, 50, "示意图"))
    assert (reading.text, reading.rows) == ("示意图", ())


# --- what nobody sees, and what is no text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        (words(90, 300, "给出最高分", mode=3), "不显示"),
        (words(90, 300, "给出最高分", color="1"), "白色"),
        (words(90, 300, "给出最高分", 1), "过小"),
        (words(90, HEIGHT + 40, "给出最高分"), "在页面之外"),
        ("q 0 0 50 50 re W n\n" + words(90, 300, "给出最高分").strip() + " Q\n", "被裁去"),
    ],
)
def test_text_that_nobody_sees_is_left_out_and_told(drawn, why):
    reading = read(typeset(TEXT)[0] + drawn)
    assert reading.text.split("\n") == TEXT
    assert reading.notes == (("unseen_text", f"有 5 个看不见的字符（{why}）未读入：“给出最高分”"),)


def test_white_text_on_a_dark_ground_is_seen():
    assert lines(box(80, 80, 300, 110, "0 0 0.6") + words(90, 100, "责任单位", color="1")) == ["责任单位"]


def test_a_slanted_watermark_is_taken_off_and_told():
    reading = read(*[page + words(150, 500, "内部资料", 60, turn=45, color="0.9") for page in typeset(LONG)])
    assert reading.text.split("\n") == LONG
    assert notes(reading)["watermark"] == f"已去掉 {len(typeset(LONG))} 页上斜排的水印：“内部资料”"


def test_look_alikes_become_ordinary_characters_and_unknown_ones_are_counted():
    reading = read(words(90, 100, "⽅法⻓期不变，\ue00a项") + typeset(TEXT, top=200)[0])
    assert reading.text.split("\n")[0] == "方法长期不变，\ue00a项"
    assert "有 2 个" in notes(reading)["look_alikes"]
    assert "有 1 个字符无法识别" in notes(reading)["unknown_characters"]


def test_a_text_layer_of_nothing_known_is_refused():
    with pytest.raises(UnreadableFile, match="乱码"):
        read(words(90, 100, "\ue001\ue002\ue003\ue004"))


def test_attached_files_scripts_and_comments_are_told():
    file = "<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 12 0 R>>>>"
    names = "/Names<</EmbeddedFiles<</Names[(a.txt) 11 0 R]>>/JavaScript<</Names[(s) 10 0 R]>>>>"
    objects = (picture(), "<</S/JavaScript/JS(app.alert\\(1\\))>>", file, stream(b"secret"))
    note = "/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(hidden)>>]"
    told = notes(read(words(90, 100, "正文"), catalog=names, objects=objects, page=note))
    assert told["attached_files"] == "PDF 内嵌 1 个附件文件，未读入，请另存后分别导入"
    assert told["scripts"] == "PDF 带有 1 段脚本，未执行"
    assert told["comments"] == "有 1 处批注、图章等附加内容未读入"


def test_what_is_filled_into_a_form_is_text():
    appearance = stream(
        words(5, HEIGHT - 5, "张三", 12).encode(),
        "/Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F 3 0 R>>>>",
    )
    field = "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/F 4/T(name)/Rect[90 600 290 640]/AP<</N 10 0 R>>>>]"
    assert "张三" in read(words(90, 100, "姓名："), objects=(picture(), appearance), page=field).text


# --- scans -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def recognised(monkeypatch):
    """Lets every picture be read as two lines."""
    found = ([Glyph(c, 90 + 16 * n, 106 + 16 * n, 100, 16) for n, c in enumerate("第一条")], [0.9, 0.7])
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", lambda picture, resolution: found)


def test_a_scan_is_refused_with_what_to_do_where_nothing_can_recognise_it(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFile, match=r"扫描件.*OCR.*pip install rapidocr-onnxruntime"):
        read(SCAN, objects=(picture(),))


def test_a_stamp_on_a_scan_does_not_make_it_a_text(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnreadableFile, match="扫描件"):
        read(SCAN + words(400, 800, "某某扫描软件制作", 10), objects=(picture(),))


def test_what_was_recognised_in_a_scan_is_marked_as_such(recognised):
    reading = read(SCAN, objects=(picture(),))
    assert reading.text == "第一条"
    assert reading.notes == (
        (
            "recognised",
            "第 1 页是图片，2 行文字由文字识别（OCR）得出，平均置信度 80%，可能有错字，请对照原件核对",
        ),
    )


def test_pages_without_text_among_others_are_named(monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    pages = typeset(LONG)
    reading = read(pages[0], SCAN, "", *pages[1:], SCAN, objects=(picture(),))
    assert reading.text.split("\n") == LONG
    assert notes(reading)["pages_without_text"].startswith(f"第 2、{len(pages) + 3} 页是图片或扫描页")


def test_a_scan_of_more_pages_than_can_be_recognised_is_refused(recognised):
    with pytest.raises(UnreadableFile, match=f"最多 {ocr.MOST_PAGES} 页"):
        read(*[SCAN] * (ocr.MOST_PAGES + 1), objects=(picture(),))


def test_text_laid_under_a_scan_is_read_and_marked():
    reading = read(SCAN + "".join(page.replace("0 Tr", "3 Tr") for page in typeset(TEXT)[:1]), objects=(picture(),))
    assert reading.text.split("\n") == TEXT
    assert "自带的识别结果" in notes(reading)["recognised"]


@pytest.mark.skipif(importlib.util.find_spec("rapidocr_onnxruntime") is None, reason="no library that recognises text")
def test_letters_in_a_picture_are_recognised():
    drawn = f"BT /H 24 Tf 1 0 0 1 60 {HEIGHT - 100} Tm (Article 12 Elderly Care) Tj ET"
    page = pypdfium2.PdfDocument(pdf_file(drawn))[0].render(scale=2).to_numpy()[: 2 * 140, : 2 * 420]
    glyphs, sure = ocr.read_picture(numpy.ascontiguousarray(page), 2)
    assert "12" in "".join(glyph.text for glyph in glyphs)
    assert 55 < glyphs[0].x0 < 70
    assert 90 < glyphs[0].y < 110
    assert min(sure) > 0.5


# --- files that cannot be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "损坏"),
        (b"%PDF-1.7\n" + bytes(200), "损坏"),
        (pdf_file(words(90, 100, "正文"))[:300], "损坏"),
        (pdf_file(words(90, 100, "正文"), password="secret"), "密码"),
        (pdf_file(""), "没有文字，也没有图片"),
        (pdf_file(stream(b" " * (65 << 20))), "解压后过大"),
        (pdf_file(stream(stream(b" " * (65 << 20)).split(b"stream\n")[1], "/DL 1")), "解压后过大"),
    ],
    ids=["empty", "zeros", "cut off", "password", "blank", "bomb", "packed twice"],
)
def test_what_cannot_be_read_is_refused_with_why(data, why):
    with pytest.raises(UnreadableFile, match=why) as error:
        pdf.read(data)
    assert "\n" not in str(error.value)


MANY_TIMES = {"page": f"/Contents[{'9 0 R ' * 60}]", "objects": (stream(b" " * (30 << 20)),)}


def forms(deep, wide):
    """Forms that each draw the next one many times."""
    kind = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    inner = [
        stream(b"/I Do " * wide, f"{kind}/Resources<</XObject<</I {number + 1} 0 R>>>>")
        for number in range(9, 9 + deep)
    ]
    return (*inner, stream(b"0 0 m 9 9 l S", kind))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf_file("", **MANY_TIMES), "内存或时间过多"),
        (pdf_file("", **MANY_TIMES, password=""), "内存或时间过多"),
        (pdf_file("/I Do", objects=forms(6, 40)), "内存或时间过多"),
        (pdf_file("BT /F 12 Tf 90 100 Td " + "<4e00> Tj " * 200_001 + "ET"), "文字太多（最多一页 20 万字"),
    ],
    ids=["one stream many times", "in a locked file", "forms in forms", "a page of letters"],
)
def test_a_small_file_that_takes_all_memory_is_refused_before_it_is_opened(data, why):
    assert len(data) < 1 << 20
    with pytest.raises(UnreadableFile, match=why) as error:
        pdf.read(data)
    assert "\n" not in str(error.value)


def test_a_file_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "_MOST_PAGES", 2)
    with pytest.raises(UnreadableFile, match="有 3 页，超过 2 页的上限"):
        read(*["q Q"] * 3)


def test_a_locked_file_that_opens_without_a_password_is_read():
    assert read(f"BT /H 12 Tf 1 0 0 1 90 {HEIGHT - 100} Tm (locked) Tj ET", password="").text == "locked"


def test_a_form_that_holds_itself_ends():
    form = stream(b"/I Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 9 0 R>>>>")
    assert read("/I Do\n" + words(90, 100, "正文"), objects=(form,)).text == "正文"


def test_a_page_of_absurd_size_is_read():
    assert read(words(90, 100, "正文"), page="/MediaBox[0 0 14000 14000]").text == "正文"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(data):
    file = bytearray(pdf_file(table(XS, YS, CELLS) + typeset(TEXT, top=300)[0]))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(pdf.read(bytes(file)).text, str)
    except UnreadableFile as error:
        assert "\n" not in str(error)


def test_the_same_file_gives_the_same_text_twice():
    file = pdf_file(*numbered(typeset(LONG)), table(XS, YS, CELLS))
    assert pdf.read(file) == pdf.read(file)


# --- documents as they are published ---------------------------------------------------------------------------------

ORIGINALS = Path(__file__).resolve().parents[3] / "shared/corpora/originals/pdf"


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no shared documents")
@pytest.mark.parametrize(
    "name", ["关于加强个人所得税纳税信用建设的通知_GovDoc-CN", "附表一：环境保护税税目税额表", "中华人民共和国国徽法"]
)
def test_no_character_of_a_published_file_is_lost(name):
    data = (ORIGINALS / f"{name}.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    layer = "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    reading = pdf.read(data)
    marks = "".join(f"—{number}—" for number in range(1, len(document) + 1)) if "page_marks" in notes(reading) else ""
    assert sorted(visible(layer.replace("\xad", "-"))) == sorted(visible(reading.text + marks))


def visible(text):
    return "".join(text.split())
