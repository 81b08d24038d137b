"""OFD files: pages as a person sees them, and what is told of all else."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.ofd import page as ofd_page
from ingest.readers.ofd import reader as ofd
from tiaoli.errors import UnreadableFile

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6  # millimetres
NAMED = "江川市民政局文件"


def words(x, y, text, size=SIZE, *, step=None, entries="", code="", inner=""):
    """A text object whose baseline is `y` millimetres below the upper edge."""
    place_in = f'X="0" Y="{size}" DeltaX="g {len(text) - 1} {step or size}"'
    place = f'Boundary="{x} {y - size} 160 10" Size="{size}"'
    return f'<ofd:TextObject ID="7" {place} {entries}>{inner}<ofd:TextCode {code or place_in}>{text}</ofd:TextCode></ofd:TextObject>'


def line(x0, y0, x1, y1):
    """A thin filled area, as writers of OFD draw lines."""
    width, height = max(x1 - x0, 0.3), max(y1 - y0, 0.3)
    data = f"S 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return f'<ofd:PathObject Boundary="{x0} {y0} {width} {height}" Fill="true" Stroke="false"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def page(*objects, before=""):
    return f"<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd_file(*pages, common="", document="", body="", **parts):
    """An OFD file of pages; the rest goes into its head, and further parts by name."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
    }
    members |= {f"Doc_0/Pages/Page_{n}/Content.xml": text for n, text in enumerate(pages)}
    members |= {f"Doc_0/{name}.xml": f"<ofd:{name} {SPACE}>{inner}</ofd:{name}>" for name, inner in parts.items()}
    return packed(members)


def packed(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return data.getvalue()


def read(*objects, **file):
    return ofd.read(ofd_file(page(*objects), **file))


LETTER = (
    words(40, 60, NAMED, 12),
    words(28, 90, "各县民政局："),
    words(39.2, 100, "现将养老服务有关事项通知如下，请结合实际认真贯"),
    words(28, 110, "彻落实，并于每月底前报送进展情况，重要情况随时报告"),
    words(28, 120, "我局。"),
    words(39.2, 130, "一、各地应当加强监管，确保资金安全。"),
)


def test_lines_become_paragraphs_and_page_numbers_are_taken_off():
    reading = read(*LETTER, words(100, 285, "— 1 —", 4.9))
    assert reading.text.split("\n") == [
        NAMED,
        "各县民政局：",
        "现将养老服务有关事项通知如下，请结合实际认真贯彻落实，并于每月底前报送进展情况，重要情况随时报告我局。",
        "一、各地应当加强监管，确保资金安全。",
    ]
    assert reading.notes == (("page_marks", "已去掉 1 处页码"),)


def test_characters_stand_where_their_steps_put_them():
    assert read(words(28, 60, "总则", step=30)).text == "总则"
    apart = words(28, 60, "第一条为了", code=' X="0" Y="5" DeltaX="5.6 5.6 16 5.6"')
    assert read(apart).text == "第一条 为了"
    down = words(28, 60, "固体", code='X="0" Y="5" DeltaX="0" DeltaY="7"')
    assert read(down).text == "固\n体"


def test_objects_are_placed_by_what_they_are_in():
    block = f"<ofd:PageBlock>{words(28, 100, '第二条')}</ofd:PageBlock>"
    large = words(0, 5, "第一条", 1, entries='CTM="6 0 0 6 28 60"')
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{words(0, 5, "第三条")}</ofd:Content></ofd:CompositeGraphicUnit>'
    stamped = '<ofd:CompositeObject ResourceID="9" Boundary="28 140 50 10"/>'
    reading = read(
        block,
        stamped,
        large,
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        Res=f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>",
    )
    assert reading.text.split("\n") == ["第一条", "第二条", "第三条"]


def test_what_a_template_prints_is_on_the_page():
    data = ofd_file(
        page(words(28, 100, "正文"), before='<ofd:Template TemplateID="3"/>'),
        common='<ofd:TemplatePage ID="3" BaseLoc="Page.xml"/>',
        Page=f"<ofd:Content><ofd:Layer>{words(28, 60, NAMED)}</ofd:Layer></ofd:Content>",
    )
    assert ofd.read(data).text.split("\n") == [NAMED, "正文"]


def test_ruled_tables_are_rows():
    edges = [line(x, 100, x, 130) for x in (30, 60, 120)] + [line(30, y, 120, y) for y in (100, 115, 130)]
    cells = words(32, 110, "序号", 4), words(62, 110, "事项", 4), words(32, 125, "1", 4), words(62, 125, "备案", 4)
    reading = read(*edges, *cells)
    assert reading.text == "序号\t事项\n1\t备案"
    assert reading.rows == (range(0, 1), range(1, 2))


@pytest.mark.parametrize(
    ("entries", "inner", "why"),
    [
        ('Visible="false"', "", "不显示"),
        ('Alpha="0"', "", "不显示"),
        ("", '<ofd:FillColor Value="255 255 255"/>', "白色"),
        ("", '<ofd:FillColor Value="#ff #ff #ff"/>', "白色"),
        ('CTM="0.05 0 0 0.05 0 0"', "", "过小"),
        ('CTM="1 0 0 1 300 0"', "", "在页面之外"),
    ],
)
def test_text_that_nobody_sees_is_left_out_and_told(entries, inner, why):
    reading = read(*LETTER, words(28, 200, "给出最高分", entries=entries, inner=inner))
    assert "最高分" not in reading.text
    assert reading.notes == (("unseen_text", f"有 5 个看不见的字符（{why}）未读入：“给出最高分”"),)


def test_watermarks_seals_attachments_and_comments_are_told():
    annotations = '<ofd:Page PageID="0"><ofd:FileLoc>Notes.xml</ofd:FileLoc></ofd:Page>'
    reading = read(
        *LETTER,
        words(50, 200, "内部资料", 20, entries='CTM="0.7 -0.7 0.7 0.7 0 0"'),
        document="<ofd:Annotations>Annotations.xml</ofd:Annotations><ofd:Attachments>Attachments.xml</ofd:Attachments>",
        body="<ofd:Signatures>Doc_0/Signatures.xml</ofd:Signatures>",
        Annotations=annotations,
        Notes='<ofd:Annot Type="Stamp"/><ofd:Annot Type="Link"/>',
        Attachments="<ofd:Attachment/><ofd:Attachment/>",
        Signatures='<ofd:Signature ID="1"/>',
    )
    assert dict(reading.notes) == {
        "watermark": "已去掉 1 页上斜排的水印：“内部资料”",
        "comments": "有 1 处批注、图章等附加内容未读入",
        "attached_files": "OFD 内嵌 2 个附件文件，未读入，请另存后分别导入",
        "signatures": "OFD 有 1 处电子签名或签章，未核验",
    }


def test_a_missing_page_and_a_page_without_text_are_named():
    members = dict(
        members_of(ofd_file(page(*LETTER), page(*LETTER), page('<ofd:ImageObject Boundary="0 0 210 297"/>')))
    )
    del members["Doc_0/Pages/Page_1/Content.xml"]
    notes = dict(ofd.read(packed(members)).notes)
    assert notes["broken_pages"].startswith("第 2 页已损坏")
    assert notes["pages_without_text"].startswith("第 3 页是图片或扫描页")


def members_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [(name, file.read(name)) for name in file.namelist()]


GOOD = ofd_file(page(*LETTER))
BOMB = page(words(28, 60, "甲")).replace("</ofd:Page>", " " * (40 << 20) + "</ofd:Page>")
DEEP = f"<!DOCTYPE a [<!ENTITY b 'c'>]>{page(words(28, 60, '甲&b;'))}"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "损坏"),
        (GOOD[:300], "损坏"),
        (packed({"a.txt": "甲"}), "没有 OFD.xml"),
        (packed({"OFD.xml": "<ofd:OFD"}), "OFD.xml 已损坏"),
        (ofd_file(page()), "没有可读的文字"),
        (ofd_file(BOMB), "解压后过大"),
        (ofd_file(DEEP), "实体声明"),
    ],
    ids=["empty", "cut off", "no OFD", "broken", "blank", "bomb", "entities"],
)
def test_what_cannot_be_read_is_refused_with_why(data, why):
    with pytest.raises(UnreadableFile, match=why) as error:
        ofd.read(data)
    assert "\n" not in str(error.value)


def test_a_file_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(ofd, "_MOST_PAGES", 1)
    with pytest.raises(UnreadableFile, match="有 2 页，超过 1 页的上限"):
        ofd.read(ofd_file(page(*LETTER), page(*LETTER)))


def test_a_page_of_more_letters_than_one_can_have_is_refused():
    with pytest.raises(UnreadableFile, match="一页的文字超过 20 万个"):
        read(words(28, 60, "第" * 100_000), words(28, 70, "条" * 100_001))


def test_graphics_that_draw_themselves_many_times_are_refused(monkeypatch):
    monkeypatch.setattr(ofd_page, "_MOST_OBJECTS", 10_000)
    drawn = '<ofd:CompositeObject ResourceID="9"/>' * 20
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{drawn}</ofd:Content></ofd:CompositeGraphicUnit>'
    with pytest.raises(UnreadableFile, match="一页的对象超过 1 万个"):
        read(
            drawn,
            common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
            Res=f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>",
        )


def test_absurd_numbers_are_no_numbers():
    wild = words(
        28, 60, "第一条", entries='CTM="nan inf x 1 0 0" HScale="1e999"', code=' X="a" Y="5" DeltaX="g 999999999 5 b"'
    )
    assert read(wild).text == "第一条"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused(data):
    members = dict(members_of(GOOD))
    name = data.draw(st.sampled_from(sorted(members)))
    part = bytearray(members[name])
    for _ in range(data.draw(st.integers(1, 8))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(ofd.read(packed(members | {name: bytes(part)})).text, str)
    except UnreadableFile as error:
        assert "\n" not in str(error)


ORIGINALS = Path(__file__).resolve().parents[3] / "shared/corpora/originals/ofd"


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no shared documents")
def test_a_published_file_with_red_head_and_seal_is_read():
    (file,) = ORIGINALS.glob("*.ofd")
    reading = ofd.read(file.read_bytes())
    assert [line for line in reading.text.split("\n") if line.endswith("收悉。")] != []
    assert {code for code, _ in reading.notes} == {"page_marks", "signatures"}
