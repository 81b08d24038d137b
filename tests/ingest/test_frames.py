"""The frames of a document, written as their first lines."""

import pytest

from ingest.structure.frames import split_frames
from ingest.structure.labels import shadow
from ingest.structure.lines import split_lines

NOTICE = "各县民政局：\n现将《江川市助餐办法》印发给你们，请遵照执行。\n江川市民政局\n2024年3月14日\n"
MEASURE = "江川市助餐服务管理办法\n第一条 为了规范助餐服务，制定本办法。\n第二条 本办法自2024年5月1日起施行。\n"


def frames(text):
    shade = shadow(text)
    return [text[frame.lines[0].start : frame.lines[0].end] for frame in split_frames(shade, split_lines(shade, {}))]


def test_no_lines_are_no_frame():
    assert split_frames("", []) == []


def test_a_measure_behind_the_sign_off_of_its_notice_is_a_frame():
    assert frames(NOTICE + MEASURE) == ["各县民政局：", "江川市助餐服务管理办法"]


def test_what_stands_between_sign_off_and_title_does_not_part_them():
    assert frames(NOTICE + "（此件公开发布）\n" + MEASURE) == ["各县民政局：", "江川市助餐服务管理办法"]


def test_a_measure_that_the_notice_names_is_a_frame_also_behind_a_contact_line():
    notice = NOTICE.replace("助餐办法", "助餐服务管理办法")
    assert frames(notice + "（联系科室：救助科，联系电话：1234567）\n" + MEASURE) == [
        "各县民政局：",
        "江川市助餐服务管理办法",
    ]


def test_an_attachment_is_a_frame():
    assert frames(MEASURE + "附件1\n申请表\n一、姓名和住址\n") == ["江川市助餐服务管理办法", "附件1"]


@pytest.mark.parametrize(
    "rows",
    ["附件：1.申请表\n2.汇总表\n江川市民政局", "附件：申请表\n江川市民政局\n2024年3月1日", "附件：申请表.docx\n下载"],
)
def test_a_list_of_attachments_is_none(rows):
    assert frames(MEASURE + rows) == ["江川市助餐服务管理办法"]


def test_a_frame_knows_its_contents_page():
    shade = "目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    (frame,) = split_frames(shade, split_lines(shade, {}))
    assert frame.contents == {0, 1, 2}
