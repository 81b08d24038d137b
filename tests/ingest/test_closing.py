"""Where the closing begins, written as its first words."""

import pytest

from ingest.structure.closing import closing_start
from ingest.structure.frames import split_frames
from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines
from ingest.structure.outline import outline


def closing(text):
    shade = shadow(text)
    frame = split_frames(shade, split_lines(shade, {}))[0]
    return text[closing_start(frame, outline(shade, frame.lines, set()), 0) :][:6]


@pytest.mark.parametrize(
    ("behind", "begins"),
    [
        ("本通知自印发之日起施行，有效期五年。", "本通知自印发"),
        ("特此通知。\n江川市民政局", "特此通知。\n"),
        ("江川市民政局\n2024年3月1日", "江川市民政局"),
        ("抄送：市财政局。", "抄送：市财政"),
        ("各地应当加强领导，落实责任。", ""),
    ],
)
def test_the_closing_of_a_policy_text(behind, begins):
    assert closing(f"一、目标\n建立制度。\n{behind}") == begins


def test_the_force_of_a_text_in_articles_is_an_article_not_closing():
    assert closing("第一条 为了规范管理，制定本办法。\n第二条 甲。\n本办法自公布之日起施行。") == ""


def test_the_closing_is_cut_off_a_line_that_has_lost_its_breaks():
    assert closing("一、明确职责。二、加强检查。本通知自印发之日起施行。") == "本通知自印发"
