"""Word files: what Word prints, number by number, and what is told of the rest."""

import quopri
import zipfile
from io import BytesIO

import pytest
from word_files import STRICT, STRICT_RELATIONS, abstract, level, num, p, package, part, r, table, tc, word_file

from ingest.readers import docx, zipped
from ingest.readers.reading import Reading
from ingest.readers.word import story
from ingest.readers.word.number_formats import written
from tiaoli.errors import UnreadableFile


def read(body: str, **parts: object) -> Reading:
    return docx.read(word_file(body, **parts))


def lines(body: str, **parts: object) -> list[str]:
    return read(body, **parts).text.split("\n")


def told(reading: Reading) -> dict[str, str]:
    return dict(reading.notes)


# --- paragraphs ----------------------------------------------------------------------------------------------------------


def test_a_paragraph_is_a_line_and_a_break_in_it_a_new_one():
    body = p("第一条　为了加强", r("河道"), r("管理。")) + p(
        "甲", "<w:r><w:br/></w:r>", "乙", "<w:r><w:cr/></w:r>", "丙"
    )
    assert lines(body) == ["第一条　为了加强河道管理。", "甲", "乙", "丙"]


def test_a_page_break_is_no_text():
    page = '<w:r><w:br w:type="page"/></w:r>'
    assert lines(p("上页") + p(page) + p(page, "第二章　附则")) == ["上页", "", "第二章　附则"]


def test_blanks_in_the_source_of_the_file_are_no_line_ends_and_tabs_no_more_than_a_gap():
    body = p("甲\n乙") + p("联系人", "<w:r><w:tab/><w:tab/><w:tab/></w:r>", "电话")
    assert lines(body) == ["甲 乙", "联系人\t电话"]


def test_what_wraps_runs_is_no_text_but_what_it_wraps_is():
    body = p(
        f'<w:hyperlink w:anchor="x">{r("见附件")}</w:hyperlink>',
        f"<w:smartTag>{r('北京')}</w:smartTag>",
        f"<w:sdt><w:sdtPr><w:alias w:val='名'/></w:sdtPr><w:sdtContent>{r('市')}</w:sdtContent></w:sdt>",
        f"<w:customXml>{r('水务')}</w:customXml>",
        '<w:bookmarkStart w:id="1" w:name="甲"/>',
    )
    assert lines(body) == ["见附件北京市水务"]
    assert lines(f"<w:sdt><w:sdtContent>{p('甲')}{table(('乙', '丙'))}</w:sdtContent></w:sdt>") == ["甲", "乙\t丙"]


def test_special_characters_are_the_signs_that_are_seen():
    body = p(
        "<w:r><w:noBreakHyphen/></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>',
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
        r("\uf06f", '<w:rFonts w:ascii="Wingdings"/>'),
        '<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>',
        "<w:r><w:softHyphen/><w:lastRenderedPageBreak/></w:r>",
    )
    assert read(body) == Reading("-☑□≥□①")


def test_a_sign_that_is_not_known_is_marked_and_counted():
    reading = read(p('<w:r><w:sym w:font="Wingdings" w:char="F0B9"/></w:r>', "甲", r("\uf0b9"), "<w:r><w:sym/></w:r>"))
    assert reading.text == "▯甲▯▯"
    assert "3 个符号" in told(reading)["symbols"]


def test_phonetics_are_left_out_and_formulas_kept_in_one_line():
    ruby = f"<w:r><w:ruby><w:rt>{r('chóng')}</w:rt><w:rubyBase>{r('重')}</w:rubyBase></w:ruby></w:r>"
    math = (
        "<m:oMath><m:r><m:t>补偿=</m:t></m:r><m:f><m:num><m:r><m:t>甲+乙</m:t></m:r></m:num><m:den><m:r><m:t>12</m:t></m:r>"
        "</m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    reading = read(p(ruby, "新", math))
    assert reading.text == "重新补偿=(甲+乙)/12x^2"
    assert "1 处" in told(reading)["phonetics"]
    assert "1 个公式" in told(reading)["formulas"]


def test_hidden_text_is_counted_and_left_out_whatever_hides_it():
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        p("甲", r("内部", "<w:vanish/>"), r("意见", "<w:vanish/>"), r("乙", '<w:vanish w:val="0"/>'))
        + p(r("批示", '<w:rStyle w:val="Secret"/>'), "丙")
        + p("整段", style="Gone")
        + p(
            "整段",
            r("但此处可见", '<w:vanish w:val="false"/>'),
            style="Gone",
            props='<w:rPr><w:vanish w:val="0"/></w:rPr>',
        )
        + p(r("目录", "<w:webHidden/>"))
    )
    reading = read(body, styles=styles)
    assert reading.text.split("\n") == ["甲乙", "丙", "但此处可见", "目录"]
    assert "4 处" in told(reading)["hidden_text"]
    assert "（共 10 字）" in told(reading)["hidden_text"]
    assert "“内部意见”" in told(reading)["hidden_text"]


def test_a_hidden_paragraph_mark_joins_two_paragraphs():
    head = p("一、目标", props="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    assert lines(head + p("到明年全部达标。") + p("二、任务")) == ["一、目标到明年全部达标。", "二、任务"]


def test_the_title_style_marks_the_title_and_no_other_style_does():
    styles = (
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    )
    body = p("河道管理", "<w:r><w:br/></w:r>", "办法", style="a3") + p("第一章　总则", style="1") + p("第一条　甲")
    assert read(body, styles=styles).headings == {0: 1, 1: 1}


# --- automatic numbers ---------------------------------------------------------------------------------------------------
# The expected lines are those that LibreOffice prints, but where a comment says otherwise.


def numbered(*paragraphs: tuple[int, str]) -> str:
    return "".join(p(text, num=1, level=at) for at, text in paragraphs)


STATUTE = abstract(
    0,
    level(0, "chineseCountingThousand", "第%1章", more='<w:suff w:val="space"/>'),
    level(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/><w:suff w:val="space"/>'),
    level(2, "chineseCountingThousand", "（%3）", more='<w:suff w:val="nothing"/>'),
)


def test_a_statute_numbered_by_word_reads_as_it_is_printed():
    body = numbered((0, "总则"), (1, "甲"), (2, "乙；"), (2, "丙。"), (1, "丁"), (0, "附则"), (1, "戊"), (2, "己"))
    assert lines(body, numbering=STATUTE + num(1, 0)) == [
        *("第一章 总则", "第一条 甲", "（一）乙；", "（二）丙。", "第二条 丁"),
        *("第二章 附则", "第三条 戊", "（一）己"),  # LibreOffice starts the articles again: it does not know lvlRestart
    ]


def test_levels_start_again_below_each_higher_one():
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3."))
    body = numbered((0, "a"), (1, "b"), (2, "c"), (2, "d"), (1, "e"), (2, "f"), (0, "g"), (1, "h"))
    expected = ["1. a", "1.1. b", "1.1.1. c", "1.1.2. d", "1.2. e", "1.2.1. f", "2. g", "2.1. h"]
    assert lines(body, numbering=abstract(0, *levels) + num(1, 0)) == expected


def test_a_level_that_is_left_out_counts_as_begun():
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3."))
    body = numbered((1, "a"), (0, "b"), (2, "c"), (1, "d"))
    assert lines(body, numbering=abstract(0, *levels) + num(1, 0)) == ["1.1. a", "2. b", "2.1.1. c", "2.2. d"]


def test_a_level_starts_again_only_below_the_level_that_it_names():
    more = '<w:lvlRestart w:val="1"/>'
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "(%2)"), level(2, "decimal", "%3)", more=more))
    body = numbered((0, "a"), (1, "b"), (2, "c"), (1, "d"), (2, "e"), (0, "f"), (2, "g"))
    expected = ["1. a", "(1) b", "1) c", "(2) d", "2) e", "2. f", "1) g"]
    assert lines(body, numbering=abstract(0, *levels) + num(1, 0)) == expected


def test_lists_of_one_definition_count_on_and_one_with_its_own_start_begins_there():
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    definition = abstract(0, level(0, "decimal", "%1."))
    body = p("a", num=1) + p("b", num=2) + p("c", num=3) + p("d", num=3) + p("e", num=1)
    assert lines(body, numbering=definition + num(1, 0) + num(2, 0) + num(3, 0, start)) == [
        *("1. a", "2. b", "1. c", "2. d", "3. e")
    ]


def test_a_list_may_replace_a_level_of_its_definition():
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "%1、", start=5)}</w:lvlOverride>'
    body = p("a", num=1) + p("b", num=2) + p("c", num=1)
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, other)
    assert lines(body, numbering=numbering) == ["1. a", "二、 b", "3. c"]


def test_legal_numbering_writes_all_levels_as_digits():
    levels = (
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, "chineseCountingThousand", "%1.%2", more="<w:isLgl/>"),
    )
    assert lines(numbered((0, "a"), (1, "b")), numbering=abstract(0, *levels) + num(1, 0)) == ["第一章 a", "1.1 b"]


def test_a_style_brings_its_number_and_its_level():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="A"/></w:style>'
    )
    levels = (
        level(0, "chineseCounting", "第%1条", more='<w:pStyle w:val="A"/>'),
        level(1, "decimal", "（%2）", more='<w:pStyle w:val="B"/>'),
    )
    body = (
        p("甲", style="A")
        + p("乙", style="B")
        + p("丙", style="C")
        + p("无", style="A", props='<w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("丁", style="A", props='<w:numPr><w:ilvl w:val="1"/></w:numPr>')
        + p("戊", style="A")
    )
    expected = ["第一条 甲", "（1） 乙", "第二条 丙", "无", "（1） 丁", "第三条 戊"]
    assert lines(body, styles=styles, numbering=abstract(0, *levels) + num(1, 0)) == expected


def test_a_definition_may_only_name_the_style_that_has_it():
    styles = (
        '<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="List"/></w:abstractNum>'
    numbering = link + abstract(0, level(0, "ideographTraditional", "%1、")) + num(1, 1) + num(2, 0)
    assert lines(p("a", num=1) + p("b", num=1), styles=styles, numbering=numbering) == ["甲、 a", "乙、 b"]


def test_bullets_are_signs_and_count_for_nothing():
    levels = (level(0, "decimal", "%1."), level(1, "bullet", "\uf0d8"), level(2, "decimal", "%1.%2.%3"))
    levels = (*levels, level(3, "none", ""), level(4, "bullet", "●", more="<w:rPr><w:vanish/></w:rPr>"))
    body = numbered((0, "a"), (1, "b"), (2, "c"), (3, "d"), (4, "e"))
    assert lines(body, numbering=abstract(0, *levels) + num(1, 0)) == ["1. a", "➢ b", "1..1 c", "d", "e"]


def test_an_empty_paragraph_has_its_number_and_a_deleted_one_none():
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        '<w:del w:id="2"><w:r><w:delText>删去的</w:delText></w:r></w:del></w:p>'
    )
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    assert lines(p("a", num=1) + p(num=1) + gone + p("b", num=1), numbering=numbering) == ["1. a", "2.", "3. b"]


def test_a_format_of_its_own_and_an_unknown_one_are_digits_the_latter_is_told():
    own = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        '</mc:Fallback></mc:AlternateContent><w:lvlText w:val="[%1]"/></w:lvl>'
    )
    numbering = abstract(0, own) + num(1, 0) + abstract(1, level(0, "thaiCounting", "%1.")) + num(2, 1)
    reading = read(p("a", num=1) + p("b", num=2), numbering=numbering)
    assert reading.text == "[007] a\n1. b"
    assert "1 个自动编号" in told(reading)["number_formats"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 10 11 20 21 110"),
        ("decimalZero", "01 10 11 20 21 110"),
        ("chineseCounting", "一 十 十一 二十 二十一 一百一十"),
        ("chineseCountingThousand", "一 十 十一 二十 二十一 一百一十"),
        ("taiwaneseCountingThousand", "一 十 十一 二十 二十一 一百一十"),
        ("japaneseCounting", "一 十 十一 二十 二十一 百十"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 贰拾壹 壹佰壹拾"),
        ("ideographLegalTraditional", "壹 壹拾 壹拾壹 貳拾 貳拾壹 壹佰壹拾"),
        ("ideographDigital", "一 一〇 一一 二〇 二一 一一〇"),
        ("ideographTraditional", "甲 癸 11 20 21 110"),
        ("ideographZodiac", "子 酉 戌 20 21 110"),
        ("ideographZodiacTraditional", "甲子 癸酉 甲戌 癸未 甲申 癸丑"),
        ("ideographEnclosedCircle", "㈠ ㈩ 11 20 21 110"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ 21 110"),
        ("decimalEnclosedCircleChinese", "① ⑩ ⑪ ⑳ 21 110"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ ⒇ 21 110"),
        ("decimalEnclosedFullstop", "⒈ ⒑ ⒒ ⒛ 21 110"),
        ("decimalFullWidth", "１ １０ １１ ２０ ２１ １１０"),
        ("decimalFullWidth2", "１ １０ １１ ２０ ２１ １１０"),
        ("lowerLetter", "a j k t u fffff"),
        ("upperLetter", "A J K T U FFFFF"),
        ("lowerRoman", "i x xi xx xxi cx"),
        ("upperRoman", "I X XI XX XXI CX"),
        ("numberInDash", "- 1 -|- 10 -|- 11 -|- 20 -|- 21 -|- 110 -"),
    ],
)
def test_every_format_of_numbers_is_written_as_word_writes_it(form, expected):
    found = [written(number, form) for number in (1, 10, 11, 20, 21, 110)]
    assert found == expected.split("|" if "|" in expected else " ")


@pytest.mark.parametrize(
    "form", ["chineseCounting", "lowerLetter", "upperRoman", "ideographZodiac", "decimalEnclosedCircle"]
)
def test_numbers_no_list_can_have_break_nothing(form):
    assert all(isinstance(written(number, form), str) for number in (0, 780, 3999, 99_999))


# --- tables --------------------------------------------------------------------------------------------------------------


def test_a_table_is_rows_of_cells_parted_by_tabs():
    reading = read(p("附表") + table(("项目", "标准"), (tc(p("住宿费") + p("（每人每天）")), "300元")) + p("注：甲"))
    assert reading.text.split("\n") == ["附表", "项目\t标准", "住宿费", "（每人每天）\t300元", "注：甲"]
    assert reading.rows == (range(1, 2), range(2, 4))


def test_a_merged_cell_has_its_text_once_and_rows_are_padded_to_one_width():
    first = (tc("类别", '<w:vMerge w:val="restart"/>'), tc("标准", '<w:gridSpan w:val="2"/>'))
    second = (tc("", "<w:vMerge/>"), "省", "市")
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("甲") + "</w:tr>"
    body = table(first, second, grid=3).replace("</w:tbl>", f"{late}</w:tbl>")
    reading = read(body)
    assert reading.text.split("\n") == ["类别\t标准\t", "\t省\t市", "\t甲\t"]
    assert reading.rows == (range(0, 1), range(1, 2), range(2, 3))


def test_columns_that_only_merged_cells_make_are_none_but_empty_cells_of_a_form_are():
    wide = tc("姓名", '<w:gridSpan w:val="4"/>')
    assert lines(table((wide, "电话"))) == ["姓名\t电话"]
    assert lines(table(("姓名", ""), ("电话", ""))) == ["姓名\t", "电话\t"]


def test_words_that_a_merged_cell_covers_are_told():
    body = table((tc("甲", '<w:vMerge w:val="restart"/>'), "乙"), (tc("看不见的", "<w:vMerge/>"), "丙"))
    reading = read(body)
    assert reading.text == "甲\t乙\n\t丙"
    assert "“看不见的”" in told(reading)["hidden_text"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_of_one_cell_a_row_only_frames_paragraphs(rows):
    reading = read(table(*[(tc(p("第一条　甲") + p("第二条　乙")),)] * rows, grid=1))
    assert reading.text.split("\n") == ["第一条　甲", "第二条　乙"] * rows
    assert reading.rows == ()


def test_a_table_that_holds_little_but_tables_is_a_frame_and_these_are_tables():
    inner = table(("甲", "乙"), ("丙", "丁"))
    reading = read(table((tc(p("表一") + inner + p("")), tc(p("表二") + inner + p("")))))
    assert reading.text.split("\n") == ["表一", "甲\t乙", "丙\t丁", "", "表二", "甲\t乙", "丙\t丁", ""]
    assert len(reading.rows) == 4


def test_a_small_table_within_a_cell_is_lines_of_that_cell():
    cell = tc(p("分档执行，具体标准如下，由市、县人民政府公布：") + table(("一档", "100")) + p("以上含本数"))
    reading = read(table(("补助", cell)))
    assert reading.text == "补助\t分档执行，具体标准如下，由市、县人民政府公布：\n一档 100\n以上含本数"
    assert reading.rows == (range(0, 3),)


def test_a_row_that_a_tracked_change_takes_out_is_gone_and_told():
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{tc("旧")}{tc("旧")}</w:tr>'
    reading = read(table(("甲", "乙")).replace("</w:tbl>", f"{gone}</w:tbl>"))
    assert reading.text == "甲\t乙"
    assert "删除 1 处" in told(reading)["tracked_changes"]


def test_a_tab_in_a_cell_parts_no_cells():
    assert lines(table((tc(p("甲", "<w:r><w:tab/></w:r>", "乙")), "丙"))) == ["甲 乙\t丙"]


# --- text boxes and pictures ---------------------------------------------------------------------------------------------

BOX = f"<w:txbxContent>{p('签发人：某某')}{p('（章）')}</w:txbxContent>"
DRAWN = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
    f"{BOX}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
OLD = f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>"
PICTURE = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"


@pytest.mark.parametrize("box", [DRAWN, OLD], ids=["drawn", "old"])
def test_a_text_box_stands_at_its_anchor_and_once(box):
    assert lines(p("甲") + p(box) + p("乙")) == ["甲", "签发人：某某", "（章）", "", "乙"]
    assert lines(p(box, "甲") + p("乙")) == ["签发人：某某", "（章）", "甲", "乙"]
    assert lines(p("甲", box, "续") + p("乙")) == ["甲续", "签发人：某某", "（章）", "乙"]
    assert lines(table((tc(p("甲", box)), "乙"))) == ["甲", "签发人：某某", "（章）\t乙"]


def test_what_only_the_other_form_shows_is_read_from_it():
    empty = "<w:r><mc:AlternateContent><mc:Choice Requires='wpc'><w:drawing/></mc:Choice>"
    art = '<w:pict><v:shape><v:textpath string="某某市人民政府文件"/></v:shape></w:pict>'
    assert lines(p(f"{empty}<mc:Fallback>{art}</mc:Fallback></mc:AlternateContent></w:r>")) == [
        "某某市人民政府文件",
        "",
    ]


def test_pictures_and_objects_are_counted():
    chart = "<w:r><w:drawing><wp:inline><c:chart/></wp:inline></w:drawing></w:r>"
    embedded = '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    reading = read(
        p("甲", PICTURE, PICTURE, "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>", chart, embedded)
    )
    assert reading.text == "甲"
    assert "3 张图片没有文字" in told(reading)["pictures"]
    assert "2 个图表" in told(reading)["unread_objects"]


def test_a_file_of_pictures_alone_is_refused_with_what_to_do():
    with pytest.raises(UnreadableFile, match="只有图片，没有文字；请"):
        read(p(PICTURE))


# --- notes, comments, margins, changes -----------------------------------------------------------------------------------


def note(kind, key, text):
    return f'<w:{kind} w:id="{key}"><w:p><w:r><w:{kind}Ref/></w:r>{r(f" {text}")}</w:p></w:{kind}>'


def refer(kind, key, more=""):
    return f'<w:r><w:{kind}Reference w:id="{key}"{more}/></w:r>'


def test_footnotes_and_endnotes_stand_at_the_end_and_their_marks_in_the_text():
    body = p("第一条　甲", refer("footnote", 2), "乙", refer("endnote", 1), "丙", refer("footnote", 3)) + p(
        "第二条　丁", refer("footnote", 2), "［", refer("endnote", 2), "］"
    )
    footnotes = note("footnote", 2, "见旧法。") + note("footnote", 3, "下同。") + note("footnote", 9, "无人引用。")
    reading = read(body, footnotes=footnotes, endnotes=note("endnote", 1, "尾注甲。") + note("endnote", 2, "尾注乙。"))
    assert reading.text.split("\n") == [
        *("第一条　甲[1]乙[i]丙[2]", "第二条　丁[1]［ii］"),
        *("[1] 见旧法。", "[2] 下同。", "[i] 尾注甲。", "[ii] 尾注乙。"),
    ]
    assert "4 条脚注或尾注" in told(reading)["footnotes"]


def test_notes_are_numbered_in_the_form_of_the_document_or_by_a_mark_of_their_own():
    body = p(
        "甲", refer("footnote", 1), "乙", refer("footnote", 2, ' w:customMarkFollows="1"'), "＊", refer("footnote", 7)
    )
    settings = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>'
    reading = read(body, footnotes=note("footnote", 1, "丙") + note("footnote", 2, "＊丁"), settings=settings)
    assert reading.text.split("\n") == ["甲[①]乙＊", "[①] 丙", "＊丁"]


def test_comments_are_told_with_their_words_and_stand_in_no_text():
    comments = (
        f'<w:comment w:id="0" w:author="张三">{p("请核对", r("职责"))}</w:comment>'
        f'<w:comment w:id="1" w:author="">{p("整篇再改一稿。" * 40)}</w:comment>'
    )
    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    reading = read(
        p("由", start, "水务") + p("部门", end, '<w:r><w:commentReference w:id="0"/></w:r>', "负责"), comments=comments
    )
    assert reading.text == "由水务\n部门负责"
    codes = [code for code, _ in reading.notes]
    messages = [message for _, message in reading.notes]
    assert codes == ["comments", "comment", "comment"]
    assert messages[:2] == ["有 2 条批注，未计入正文", "张三批注“水务部门”：请核对职责"]
    assert messages[2].startswith("佚名批注：整篇再改一稿。")
    assert messages[2].endswith("…")
    assert len(messages[2]) < 140


def test_many_comments_are_told_up_to_a_number():
    comments = "".join(f'<w:comment w:id="{key}" w:author="甲">{p("改")}</w:comment>' for key in range(70))
    messages = [message for _, message in read(p("正文"), comments=comments).notes]
    assert messages[0] == "有 70 条批注，未计入正文"
    assert len(messages) == 52
    assert "其余 20 条" in messages[-1]


def test_headers_and_footers_are_left_out_and_told():
    reading = read(
        p("正文"), header1=p("机密文件"), header2=p("机密文件"), footer1=p("— ", r("1"), " —"), footer2=p("")
    )
    assert reading.text == "正文"
    assert told(reading)["headers_footers"] == "有 2 处页眉、页脚未计入正文，如“机密文件”、“— 1 —”"


def test_tracked_changes_read_as_accepted_and_are_counted():
    body = p(
        "罚款",
        f'<w:del w:id="1">{r("五百").replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")}</w:del>',
        f'<w:ins w:id="2">{r("一千")}</w:ins>',
        "元",
        f'<w:moveFrom w:id="3">{r("旧处")}</w:moveFrom>',
        f'<w:moveTo w:id="4">{r("以下")}</w:moveTo>',
    )
    reading = read(body)
    assert reading.text == "罚款一千元以下"
    assert told(reading) == {
        "tracked_changes": "有修订痕迹（插入 1 处、删除 1 处、移动 1 处），按接受全部修订后的文字读取，请确认"
    }


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0)
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    reading = read(p("前半，", num=1, props=gone) + p("后半。", num=1) + p("末", props=gone), numbering=numbering)
    assert reading.text == "1. 前半，后半。\n末"
    assert "删除 2 处" in told(reading)["tracked_changes"]


# --- fields --------------------------------------------------------------------------------------------------------------


def mark(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text):
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def shown(instruction, *result):
    return [mark("begin"), code(instruction), mark("separate"), *result, mark("end")]


def test_the_result_of_a_field_is_text_and_its_code_is_not():
    inner = shown(" PAGEREF _Toc1 ", "3")
    body = (
        p(mark("begin"), code(' TOC \\o "1-3" '), mark("separate"), "第一章 总则", "<w:r><w:tab/></w:r>", *inner)
        + p("第二章 附则", "<w:r><w:tab/></w:r>", "9")
        + p(mark("end"))
        + p("见", *shown(" REF 甲 ", "第五条"), '<w:fldSimple w:instr=" DATE ">', r("今天"), "</w:fldSimple>")
    )
    assert read(body) == Reading("第一章 总则\t3\n第二章 附则\t9\n\n见第五条今天")


def test_the_gaps_of_a_contents_page_are_no_cells():
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    tab = "<w:r><w:tab/></w:r>"
    assert lines(p("1.1", tab, "总则", tab, "3", style="T"), styles=styles) == ["1.1 总则 3"]


def test_a_field_within_a_code_shows_nothing():
    body = p(
        "甲",
        mark("begin"),
        code("IF "),
        *shown("MERGEFIELD x", "乙"),
        code(" = 1"),
        mark("separate"),
        "丙",
        mark("end"),
    )
    assert read(body) == Reading("甲丙")


def test_fields_without_a_result_show_what_is_known_and_the_others_are_counted():
    checked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    unchecked = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
    listed = "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='是'/><w:listEntry w:val='否'/></w:ddList></w:ffData>"
    body = p(
        *(mark("begin", checked), code("FORMCHECKBOX"), mark("end"), "同意"),
        *(mark("begin", unchecked), code("FORMCHECKBOX"), mark("end"), "反对"),
        *(mark("begin", listed), code("FORMDROPDOWN"), mark("end")),
        *(mark("begin"), code(" eq \\o\\ac(○,"), code("3)"), mark("end")),
        *(mark("begin"), code(' XE "词条" '), mark("end")),
        *(mark("begin"), code(" LISTNUM "), mark("end")),
        '<w:fldSimple w:instr=" AUTONUM "/>',
    )
    reading = read(body)
    assert reading.text == "☑同意□反对否③"
    assert "2 个域" in told(reading)["fields"]


def test_marks_of_fields_that_do_not_fit_break_nothing():
    assert lines(p(mark("end"), mark("separate"), "甲", mark("begin"), "码") + p("仍是码", mark("end"), "乙")) == [
        "甲",
        "乙",
    ]


# --- embedded files ------------------------------------------------------------------------------------------------------

PAGE = (
    "<html><head><meta charset='utf-8'><style>p{}</style></head><body><h1>某市河道管理办法</h1>"
    "<p>目录</p><p><a href='#a'>第一章 总则</a></p><h2>第一章 总则</h2><p>第一条 为了加强管理。<br/>（一）甲；</p>"
    "<table><tr><td>项目</td><td>标准</td></tr></table></body></html>"
)
ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + quopri.encodestring(PAGE.encode()) + b"\r\n--b--\r\n"
)


@pytest.mark.parametrize(("name", "data"), [("chunk.mht", ARCHIVE), ("chunk.html", PAGE.encode())])
def test_a_web_page_that_is_embedded_is_read_whole(name, data):
    reading = read(p("前") + '<w:altChunk r:id="chunk1"/>' + p("后"), chunks=[(name, data)])
    assert reading.text.split("\n") == [
        *("前", "某市河道管理办法", "目录", "第一章 总则", "第一章 总则"),
        *("第一条 为了加强管理。", "（一）甲；", "项目\t标准", "后"),
    ]
    assert reading.headings == {1: 1}
    assert reading.rows == (range(7, 8),)


def test_an_embedded_word_file_is_read_and_what_cannot_be_read_is_told():
    inner = word_file(p("内文", PICTURE))
    chunks = [("chunk.docx", inner), ("chunk.rtf", b"{\\rtf1 x}"), ("chunk.txt", "纯文本".encode())]
    reading = read("".join(f'<w:altChunk r:id="chunk{n}"/>' for n in range(1, 5)), chunks=chunks)
    assert reading.text == "内文\n纯文本"
    assert "1 张图片" in told(reading)["pictures"]
    assert "2 处嵌入的外部内容" in told(reading)["chunks"]
    with pytest.raises(UnreadableFile, match="嵌入的外部内容，未能读取；请"):
        read('<w:altChunk r:id="chunk1"/>', chunks=[("chunk.rtf", b"{\\rtf1 x}")])


def test_files_embedded_in_one_another_end_somewhere():
    data = word_file(p("底"))
    for _ in range(6):
        data = word_file(p("层") + '<w:altChunk r:id="chunk1"/>', chunks=[("chunk.docx", data)])
    reading = docx.read(data)
    assert reading.text.split("\n") == ["层"] * 4
    assert "chunks" in told(reading)


# --- other forms of the package ------------------------------------------------------------------------------------------


def test_the_strict_form_and_other_names_of_parts_are_read():
    strict = part("document", f"<w:body>{p('第一条', num=1)}</w:body>")
    strict = strict.replace(W_SPACE, STRICT).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships", STRICT_RELATIONS
    )
    relation = f'<Relationship Id="r" Type="{STRICT_RELATIONS}/officeDocument" Target="/Word/Doc1.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    assert docx.read(package({"_rels/.rels": rels, "word/doc1.xml": strict})).text == "第一条"


W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# --- hostile files -------------------------------------------------------------------------------------------------------


def bomb(declared: str) -> bytes:
    return package(
        {"word/document.xml": declared + part("document", f"<w:body>{p('&x;')}</w:body>").partition("?>")[2]}
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04" + bytes(60), "不完整或已损坏"),
        (word_file(p("甲"))[:-200], "不完整或已损坏"),
        (package({"a.txt": "甲"}), "没有正文"),
        (package({"word/document.xml": "<a>"}), "内容有错"),
        (package({"word/document.xml": "<a/>"}), "不是 Word 文档"),
        (package({"word/document.xml": ""}), "内容有错"),
        (bomb('<!DOCTYPE d [<!ENTITY x "甲">]>'), "实体声明"),
        (bomb('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "实体声明"),
        (bomb('<!DOCTYPE d [<!ENTITY y "甲甲"><!ENTITY x "' + "&y;" * 99 + '">]>'), "实体声明"),
        (word_file("<w:p/>" * 1_600_000), "过于庞杂|解压后过大"),
        (word_file(p(" " * (5 << 20))), "解压后过大"),
        (package({"word/document.xml": "<a>" * 500}), "内容有错"),
    ],
    ids=[
        *("broken", "cut", "no text", "bad xml", "other xml", "empty", "entity", "file", "many"),
        *("elements", "ratio", "deep"),
    ],
)
def test_a_bad_or_hostile_file_is_refused_with_one_line(data, words):
    with pytest.raises(UnreadableFile, match=words) as error:
        docx.read(data)
    assert "请" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_part_is_not_unpacked_if_it_is_too_large(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_PART", 2000)
    with pytest.raises(UnreadableFile, match="解压后过大"):
        read(p("甲" * 1000))
    monkeypatch.undo()
    monkeypatch.setattr(zipped, "LARGEST_TOTAL", 3000)
    with pytest.raises(UnreadableFile, match="解压后过大"):
        read(p("甲"), header1=p("乙"), header2=p("丙"), header3=p("丁"))


def test_an_archive_with_a_password_is_told():
    data = bytearray(word_file(p("甲")))
    for at in [i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"]:
        data[at + 8] |= 1
    with pytest.raises(UnreadableFile, match="密码"):
        docx.read(bytes(data))


def test_a_table_wider_than_word_allows_and_one_too_large_are_bounded(monkeypatch):
    cell = tc("甲", '<w:gridSpan w:val="999999999"/>')
    assert lines(table((cell, "乙"))) == ["甲\t乙"]
    monkeypatch.setattr(story, "_MOST_CELLS", 10_000)
    with pytest.raises(UnreadableFile, match="表格超过 1 万格"):
        read(table(*[(cell, "")] * 200))


@pytest.mark.parametrize("inner", ["<w:ins>", "<w:sdt>", "<m:oMath><m:f><m:num>", "<w:tbl><w:tr><w:tc>"])
def test_deep_nesting_is_read_or_refused(inner):
    tags = inner[1:-1].split("><")
    times = 240 // len(tags)
    close = "".join(f"</{tag}>" for tag in reversed(tags))
    body = inner * times + p("甲") + close * times
    try:
        assert "甲" in read(body if "tbl" in inner else p(inner * times, r("甲"), close * times)).text
    except UnreadableFile as error:
        assert "请" in str(error)


def test_the_same_file_reads_the_same_twice():
    data = word_file(
        p("甲", refer("footnote", 1), num=1), footnotes=note("footnote", 1, "乙"), numbering=STATUTE + num(1, 0)
    )
    assert docx.read(data) == docx.read(data)
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert "word/footnotes.xml" in file.namelist()
