"""Lines of official documents; the rows are the lexicon's own examples and counter-examples."""

import pytest

from ingest.structure import marks
from ingest.structure.labels import shadow
from tiaoli.lexicon import Word, entries

TELLS = {
    "title_end": lambda line: marks.is_title(line, weak=False),
    "half_title_end": lambda line: marks.is_title(line) and not marks.is_title(line, weak=False),
    "body_end": marks.is_signature,
    "instrument": marks.is_formula,
    "force": marks.is_formula,
    "farewell": marks.is_formula,
    "remain": marks.is_sign_off,
}
ROWS = [(table, word) for table in TELLS for word in entries("structure", table, Word)]


@pytest.mark.parametrize(("table", "word"), ROWS, ids=lambda x: getattr(x, "text", x))
def test_a_word_tells_its_examples_and_none_of_its_counter_examples(table, word):
    assert [line for line in word.examples if not TELLS[table](shadow(line))] == []
    assert [line for line in word.counter if TELLS[table](shadow(line))] == []


@pytest.mark.parametrize("table", TELLS)
def test_words_are_sorted_and_stand_once(table):
    words = [word.text for word in entries("structure", table, Word)]
    assert words == sorted(set(words))


@pytest.mark.parametrize(
    "line",
    [
        "2024年3月1日",
        "二〇二四年三月一日",
        "二○○四年六月十六日",
        "（2024年3月1日）",
        "2022年 月 日",
        "2023-05-04",
        "20XX年X月X日",
    ],
)
def test_a_date_line_is_told(line):
    assert marks.is_date(shadow(line))


@pytest.mark.parametrize("line", ["2024年工作要点", "2024年3月1日起施行", "3月1日"])
def test_what_only_holds_a_date_is_none(line):
    assert not marks.is_date(shadow(line))


@pytest.mark.parametrize(
    "line", ["江政规〔2024〕3号", "江政规[2024]3号", "江民发【2023】38号", "江川市人民政府文件江政发〔２０２２〕８号"]
)
def test_a_document_number_is_told(line):
    assert marks.is_doc_number(shadow(line))


def test_a_cited_number_makes_no_number_line():
    assert not marks.is_doc_number(shadow("根据《江川市公墓管理办法》（江政规〔2024〕3号）的规定"))


@pytest.mark.parametrize(
    ("line", "label"), [("附件", "附件"), ("附件1：申请表", "附件1"), ("附表 二", "附表 二"), ("附", "附")]
)
def test_an_attachment_label_is_told(line, label):
    assert marks.attachment_label(shadow(line))[1].strip() == label


@pytest.mark.parametrize("line", ["附则", "附　则", "附图中的文字应当清晰。"])
def test_other_words_with_fu_are_no_attachment(line):
    assert not marks.attachment_label(shadow(line))


@pytest.mark.parametrize("line", ["此规定违反《公平竞争审查制度实施细则》第十三条。"])
def test_a_sentence_about_another_instrument_is_no_formula(line):
    assert not marks.is_formula(shadow(line))
