"""Titles and the lines around them; a head is written one row a kind."""

import pytest

from ingest.structure.frames import split_frames
from ingest.structure.head import head_stop, run_on_rows, title_runs
from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines


def frame_of(text, headings=None):
    shade = shadow(text)
    return split_frames(shade, split_lines(shade, headings or {}))[0]


def titles(text, headings=None):
    frame = frame_of(text, headings)
    return ["|".join(map(frame.words, run)) for run in title_runs(frame, len(frame.lines))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("江川市养老服务条例\n甲。", ["江川市养老服务条例"]),
        ("江川市人民政府关于\n加强养老服务工作的通知\n甲。", ["江川市人民政府关于|加强养老服务工作的通知"]),
        ("江川市救助办法\n（试行）\n甲。", ["江川市救助办法|(试行)"]),
        (
            "江川市老年人助餐配餐服务管理办法\n江川市老年人助餐配餐服务管理办法\n甲。",
            ["江川市老年人助餐配餐服务管理办法"] * 2,
        ),
        ("江川市养老服务条例\n关于印发江川市殡葬管理办法的通知\n甲。", ["江川市养老服务条例"]),
        ("公告\n江川市人民政府关于禁止燃放烟花爆竹的公告\n甲。", ["江川市人民政府关于禁止燃放烟花爆竹的公告"]),
        ("2019年部分节假日安排\n甲。", ["2019年部分节假日安排"]),
        ("江民发〔2024〕3号\n各地应当加强管理。", []),
    ],
)
def test_titles_are_found_over_their_lines(text, found):
    assert titles(text) == found


def test_a_title_marked_as_heading_takes_in_its_second_line():
    assert titles("民法典\n物权编\n（2020年5月28日通过）", {0: 1, 1: 2}) == ["民法典|物权编"]


def test_the_head_of_a_text_without_labels_ends_behind_the_addressee():
    frame = frame_of("关于加强管理的通知\n江民发〔2024〕3号\n各县民政局：\n各地应当加强管理，落实责任。")
    assert head_stop(frame, [range(1)], encloses=False) == 3


def test_a_head_without_line_breaks_is_split_at_its_title():
    text = "江民发〔2022〕4号江川市民政局关于加强助餐管理的通知各县民政局,"
    assert [text[a:b] for _, a, b in run_on_rows(text, 0, len(text))] == [
        "江民发〔2022〕4号",
        "江川市民政局关于加强助餐管理的通知",
        "各县民政局,",
    ]
    assert run_on_rows("各县民政局,", 0, 6) == []
