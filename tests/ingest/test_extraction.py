"""The measure of what readers keep: what is told is accounted for, what is lost is seen."""

from collections import Counter

from pdf_files import pdf_file, table, typeset, words

from bench.extraction import Other, compare, longest_common, visible
from ingest.readers.pdf import reader as pdf
from ingest.readers.reading import Reading

TEXT = ["第一条　为了加强河道管理，保障防洪安全，制定本办法。", "第二条　本办法由市水务局负责解释。"]
CELLS = {(0, 0): "序号", (0, 1): "事项", (1, 0): "1", (1, 1): "采砂许可", (2, 0): "2", (2, 1): "河道清障"}


def test_a_text_that_is_whole_holds_every_character_in_order():
    found = compare("甲.docx", Other("\n".join(TEXT)), Reading("\n".join(TEXT)))
    assert found.held == found.in_order == found.characters == len(visible("".join(TEXT)))
    assert not found.told and not found.added and not found.lines


def test_what_is_lost_moved_or_added_is_counted_and_its_lines_are_named():
    found = compare("甲.docx", Other("\n".join(TEXT)), Reading(TEXT[1] + "\n" + TEXT[0].replace("防洪", "行")))
    assert found.characters - found.held == 2
    assert found.added == 1
    assert found.in_order == len(visible(TEXT[0])) - 2
    assert found.lines == [visible(TEXT[0])]
    assert not found.told


def test_characters_that_look_alike_and_blanks_make_no_difference():
    found = compare("甲.pdf", Other("⽅ 法\u00a0⻓ 度"), Reading("方法　长度"))
    assert found.held == found.characters == 4


def test_page_numbers_and_heads_of_tables_that_a_reader_takes_off_are_told():
    more = CELLS | {(1, 0): "3", (2, 0): "4"}
    marks = [words(280, 790, f"— {number} —", 12) for number in (1, 2, 3)]
    tables = [table((90, 140, 300), (100, 130, 190, 250), cells) for cells in (CELLS, more)]
    reading = pdf.read(pdf_file(*(page + mark for page, mark in zip([*tables, typeset(TEXT)[0]], marks, strict=True))))
    printed = ["序号 事项", "1", "采砂许可", "2 河道清障", "— 1 —", "序号", "事项", "3 采砂许可", "4 河道清障", "— 2 —"]
    found = compare("甲.pdf", Other("\n".join([*printed, *TEXT, "— 3 —"])), reading)
    assert found.told == Counter({"page numbers": 9, "the head of a table on each of its pages": 4})
    assert found.characters - found.held == found.told.total()


def test_the_longest_common_sequence_need_not_be_joined():
    assert longest_common("甲乙丙丁", "乙甲丙戊丁") == 3
    assert longest_common("", "甲") == longest_common("甲", "") == 0
