"""Workbooks and separated values: what becomes of cells, and which files are refused."""

import struct
import zipfile
from io import BytesIO

import pytest
from table_files import compound, ods, packed, sheet, xls, xlsx

from ingest.readers import read, separated, sheets, workbook
from tiaoli.errors import UnreadableFile

LIST = [
    ["某市民政局权责清单", "", ""],
    ["序号", "事项名称", "备注"],
    [1.0, "社会团体登记", "甲"],
    ["", "", "乙"],
    ["注：按年更新", "", ""],
]
TEXT = "某市民政局权责清单\n序号\t事项名称\t备注\n1\t社会团体登记\t甲\n\t\t乙\n注：按年更新"


def codes(reading):
    return [code for code, _ in reading.notes]


def rows_of(reading):
    """The rows that a reading tells apart, as lines of text."""
    lines = reading.text.split("\n")
    return ["\n".join(lines[row.start : row.stop]) for row in reading.rows]


@pytest.mark.parametrize(
    "data",
    [
        xls(LIST, merged=[(0, 0, 0, 2), (2, 0, 3, 0), (2, 1, 3, 1)]),
        xlsx(sheet(LIST, merged=["A1:C1", "A3:A4", "B3:B4"])),
        ods([[str(cell).removesuffix(".0") for cell in row] for row in LIST]),
    ],
    ids=["xls", "xlsx", "ods"],
)
def test_a_workbook_is_its_title_its_rows_and_its_notes(data):
    reading = sheets.read(data)
    assert reading.text == TEXT
    assert rows_of(reading) == TEXT.split("\n")[1:4]
    assert reading.headings == {0: 1}
    assert reading.notes == ()


def test_the_ending_does_not_decide_what_a_workbook_is():
    assert read("清单.xlsx", xls(LIST))[0].text == read("清单.et", xlsx(sheet(LIST)))[0].text == TEXT


def test_the_same_bytes_give_the_same_reading():
    data = xlsx(sheet(LIST))
    assert sheets.read(data) == sheets.read(data)


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("<v>12</v>", "12"),
        ("<v>0.1</v>", "0.1"),
        ("<v>0.30000000000000004</v>", "0.3"),
        ("<v>0</v>", "0"),
        ("<v>-3.50</v>", "-3.5"),
        ("<v>1E-3</v>", "0.001"),
        ("<v>20240301</v>", "20240301"),
        ("<v>1.5E+300</v>", "1.5e+300"),
        ("<v>1234567.5</v>", "1234567.5"),
        ("<f>1+1</f><v>2</v>", "2"),
    ],
)
def test_a_number_is_read_as_it_is_printed(cell, printed):
    data = xlsx(f'<sheetData><row r="1"><c r="A1">{cell}</c><c r="B1"><v>7</v></c></row></sheetData>')
    assert sheets.read(data).text == f"{printed}\t7"


def test_percentages_stand_as_the_sheet_shows_them():
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs>'
    )
    cells = '<c r="A1" s="1"><v>0.25</v></c><c r="B1" s="2"><v>0.0725</v></c><c r="C1"><v>0.5</v></c>'
    reading = sheets.read(xlsx(f'<sheetData><row r="1">{cells}</row></sheetData>', styles=styles))
    assert reading.text == "25%\t7.3%\t0.5"
    assert codes(reading) == ["fractions"]


def test_the_text_of_a_merged_cell_stands_once():
    rows = [["甲", "甲", "序号"], ["甲", "甲", 1.0]]
    assert sheets.read(xlsx(sheet(rows, merged=["A1:B2"]))).text == "甲\t序号\n\t1"


def test_text_that_a_merged_cell_covers_is_counted():
    reading = sheets.read(xlsx(sheet([["处罚", "五万元", 1.0], ["", "十万元", 2.0]], merged=["B1:B2"])))
    assert reading.text == "处罚\t五万元\t1\n\t\t2"
    assert codes(reading) == ["covered_cells"]


def test_empty_rows_and_columns_go_without_disturbing():
    rows = [["", "", "", ""], ["序号", "", "事项", ""], ["", "", "", ""], [1.0, "", "登记", ""]]
    assert sheets.read(xlsx(sheet(rows))).text == "序号\t事项\n1\t登记"


def test_line_breaks_and_tabs_of_a_cell_part_no_cells():
    reading = sheets.read(xlsx(sheet([["事项\n名称", "依\t据"], ["登\r\n记", "第一条"]])))
    assert rows_of(reading) == ["事项\n名称\t依 据", "登\n记\t第一条"]


def test_fields_above_and_below_a_table_are_lines():
    rows = [
        ["收费表", "", ""],
        ["单位：某局", "", "日期：三月"],
        ["项目", "标准", "依据"],
        ["甲", "五元", "乙"],
        ["填表人：张", "", "审核：李"],
    ]
    reading = sheets.read(xlsx(sheet(rows)))
    assert rows_of(reading) == ["项目\t标准\t依据", "甲\t五元\t乙"]
    assert reading.text.split("\n")[1] == "单位：某局　日期：三月"


def test_a_title_that_fills_every_cell_is_kept_once():
    reading = sheets.read(xlsx(sheet([["权责清单"] * 3, ["序号", "事项", "备注"], [1.0, "登记", "无"]])))
    assert reading.text.split("\n")[0] == "权责清单"
    assert codes(reading) == ["repeated_cells"]


def test_a_second_table_of_a_sheet_has_its_title_as_a_line():
    rows = [["甲", "乙"], ["1", "2"], ["", ""], ["收费标准", ""], ["丙", "丁"]]
    reading = sheets.read(xlsx(sheet(rows)))
    assert rows_of(reading) == ["甲\t乙", "1\t2", "丙\t丁"]
    assert reading.headings == {2: 2}


def test_a_sheet_is_named_where_it_has_no_title_of_its_own():
    one, two = sheet([["序号", "事项"], [1.0, "登记"]]), sheet([["处罚清单", ""], ["序号", "事项"], [1.0, "罚款"]])
    reading = sheets.read(xlsx(one, two, sheet([]), names=["行政许可", "行政处罚", "空表"]))
    assert reading.text == "行政许可\n序号\t事项\n1\t登记\n处罚清单\n序号\t事项\n1\t罚款"
    assert reading.headings == {0: 2, 3: 1}
    assert codes(reading) == ["sheet_names"]


@pytest.mark.parametrize("names", [["Sheet1", "Sheet2"], ["表1", "表2"], ["工作表1", "工作表2"]])
def test_a_name_that_says_nothing_is_no_line(names):
    one = sheet([["序号", "事项"], [1.0, "登记"]])
    assert sheets.read(xlsx(one, one, names=names)).headings == {}


def test_what_a_person_does_not_see_is_told():
    shown = (
        '<sheetData><row r="1"><c r="A1"><f>B9</f></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row></sheetData>'
    )
    reading = sheets.read(xlsx(shown, sheet([["密"]]), names=["甲", "乙"], attributes=["", 'state="hidden"']))
    assert "密" not in reading.text
    assert sorted(codes(reading)) == ["errors", "formulas", "hidden_rows", "hidden_sheets"]
    assert "乙" in dict(reading.notes)["hidden_sheets"]


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        compound({"EncryptionInfo": b"a", "EncryptedPackage": b"b"}),
        xls(LIST, head=struct.pack("<HHH", 0x2F, 6, 0) + bytes(4)),
        xls(LIST, head=struct.pack("<HHH", 0x2F, 54, 1) + bytes(52)),
        ods([["甲"]], manifest='<manifest xmlns:m="m"><m:encryption-data/></manifest>'),
    ],
    ids=["xlsx", "xls xor", "xls rc4", "ods"],
)
def test_a_locked_workbook_is_refused(data):
    with pytest.raises(UnreadableFile, match="密码"):
        sheets.read(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"abc", b"PK\x03\x04" + bytes(40), xls(LIST)[:2000], xlsx(sheet(LIST))[:-40], packed({"a.txt": "甲"})],
    ids=["empty", "text", "half a zip", "half an xls", "half an xlsx", "another zip"],
)
def test_a_damaged_workbook_is_refused(data):
    with pytest.raises(UnreadableFile, match="已损坏"):
        sheets.read(data)


def test_a_web_page_that_calls_itself_a_workbook_is_refused():
    with pytest.raises(UnreadableFile, match="网页"):
        sheets.read(b"\xef\xbb\xbf <html><table></table></html>")


def test_a_claimed_size_costs_nothing():
    reading = sheets.read(xlsx('<dimension ref="A1:XFD1048576"/>' + sheet([["甲", "乙"]])))
    assert reading.text == "甲\t乙"


def test_two_cells_at_the_ends_of_a_sheet_are_refused():
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(UnreadableFile, match="超出可读的范围"):
        sheets.read(xlsx(f"<sheetData>{far}</sheetData>"))


def test_too_many_cells_are_refused():
    tall = '<row r="1"><c r="A1"><v>1</v></c></row><row r="60000"><c r="Z60000"><v>2</v></c></row>'
    with pytest.raises(UnreadableFile, match="太大"):
        sheets.read(xlsx(f"<sheetData>{tall}</sheetData>"))


def test_a_bomb_is_refused_before_it_is_unpacked():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package, package.open("xl/workbook.xml", "w") as part:
        for _ in range(workbook.MOST_UNPACKED >> 20):
            part.write(bytes(1 << 20))
        part.write(b" ")
    with pytest.raises(UnreadableFile, match="太大"):
        sheets.read(out.getvalue())


def test_merged_areas_upon_each_other_are_refused():
    merged = ["A1:C3"] * 100
    with pytest.raises(UnreadableFile, match="已损坏"):
        sheets.read(xlsx(sheet([["甲", "乙", "丙"]] * 3, merged=merged)))


def test_a_process_that_dies_costs_only_the_file(monkeypatch):
    monkeypatch.setattr(sheets.workbook, "__file__", "/dev/null/nothing.py")
    with pytest.raises(UnreadableFile, match="已损坏"):
        sheets.read(xls(LIST))


# --- separated values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_parts_its_cells(sign, encoding):
    text = f'序号{sign}事项名称{sign}实施依据\n1{sign}"登记{sign}和\n备案"{sign}条例第一条\n'
    reading = separated.read_csv(text.encode(encoding))
    assert rows_of(reading) == [
        "序号\t事项名称\t实施依据",
        f"1\t登记{' ' if sign == chr(9) else sign}和\n备案\t条例第一条",
    ]


def test_a_csv_may_say_what_parts_its_cells():
    assert separated.read_csv("sep=|\r\n甲|乙,丙\r\n1|2,3\r\n".encode()).text == "甲\t乙,丙\n1\t2,3"


def test_a_stray_quotation_mark_loses_nothing():
    assert separated.read_csv('甲,乙\n"丙,丁\n戊,己\n'.encode()).text == '甲\t乙\n"丙\t丁\n戊\t己'


def test_rows_of_a_csv_are_as_long_as_the_longest():
    assert separated.read_csv("甲,乙,丙\n1,2\n3,4,5,6\n".encode()).text == "甲\t乙\t丙\t\n1\t2\t\t\n3\t4\t5\t6"


def test_a_tsv_writes_line_breaks_with_two_characters():
    assert rows_of(separated.read_tsv("序号\t事项\\n名称\n1\t登记\n".encode())) == ["序号\t事项\n名称", "1\t登记"]


def test_the_sheets_that_a_tsv_names_in_its_first_column_are_no_cells():
    text = "许可\t许可清单\n许可\t序号\t事项\n许可\t1\t登记\n处罚\t处罚清单\n处罚\t序号\t事项\n处罚\t1\t罚款\n"
    reading = separated.read_tsv(text.encode())
    assert reading.text == "许可清单\n序号\t事项\n1\t登记\n处罚清单\n序号\t事项\n1\t罚款"
    assert reading.headings == {0: 1, 3: 1}


def test_a_first_column_of_groups_is_a_column():
    text = "许可\t1\t登记\n许可\t2\t备案\n处罚\t3\t罚款\n处罚\t4\t警告\n"
    assert separated.read_tsv(text.encode()).text == text.strip()


def test_a_csv_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(separated, "_MOST_CELLS", 5)
    with pytest.raises(UnreadableFile, match="拆分"):
        separated.read_csv("甲,乙,丙\n1,2,3\n".encode())


def test_a_workbook_that_is_called_a_csv_is_told():
    with pytest.raises(UnreadableFile, match="xls"):
        separated.read_csv(xls(LIST))
