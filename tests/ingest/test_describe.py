"""What a document is, from its own words."""

import hashlib
from datetime import date

import pytest

from ingest import pipeline
from ingest.description.describe import describe, work
from ingest.description.doc_numbers import doc_number
from ingest.description.force import first_day, force, last_day
from ingest.description.formalities import file_name
from ingest.description.regions import locate, own
from ingest.readers.reading import Reading
from tiaoli.lexicon import Word, entries
from tiaoli.records import Clause, DocType, Document, Kind
from tiaoli.store import FileState

BODY = "\n\n第一条 为了加强管理，制定本办法。\n\n第二条 本办法由江川市民政局负责解释。\n\n"


def read(text, source="文件.txt", **reading):
    """The document that a text makes, as ingest reads it."""
    file = FileState("/" + source, source, "文件", hashlib.sha256(text.encode()).hexdigest(), "", 1, "present")
    return pipeline.parse_text(Reading(text, **reading), file)[0].document


# --- title -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("江 川 市 工 作 规 则" + BODY, "江川市工作规则"),
        (
            "江川市人民政府\n关于印发江川市养老服务办法的通知\n\n各县人民政府：\n现印发给你们。" + BODY,
            "江川市人民政府关于印发江川市养老服务办法的通知",
        ),
        ("《江川市养老服务办法》" + BODY, "江川市养老服务办法"),
        (
            "贯彻《江川市人民政府关于工作时间的规定》的实施办法\n\n关于印发《贯彻〈江川市人民政府关于工作时间的规定〉的实施办法》的通知\n\n江人社〔2024〕3号\n\n各县区：\n现印发给你们。"
            + BODY,
            "贯彻《江川市人民政府关于工作时间的规定》的实施办法",
        ),
        ("江川市养老服务办法（江川市人民政府令第12号）" + BODY, "江川市养老服务办法"),
        (
            "江川市人民政府令\n第12号\n\n《江川市养老服务办法》已经2022年1月5日市政府常务会议通过，现予公布，自2022年3月1日起施行。\n\n市长：某某\n2022年1月9日\n\n江川市养老服务办法"
            + BODY,
            "江川市养老服务办法",
        ),
    ],
)
def test_the_title_is_printed(text, title):
    assert read(text).title == title


NOTICE = (
    "\n\n各县区：\n\n为落实部署，现就有关事项通知如下：\n\n一、提高认识\n\n切实加强。\n\n江川市民政局\n2024年3月1日\n"
)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "江川市民政局 江川市财政局\n江川市人力资源和社会保障局\n关于进一步做好困难老年人\n居家养老服务补贴发放\n工作的通知",
            "江川市民政局江川市财政局江川市人力资源和社会保障局关于进一步做好困难老年人居家养老服务补贴发放工作的通知",
        ),
        ("江川市民政局文件\n江民发〔2024〕3号 签发人：某某\n关于做好养老工作的通知", "关于做好养老工作的通知"),
        ("江川市民政局文件江民发〔2024〕3号★\n关于做好养老工作的通知", "关于做好养老工作的通知"),
        (
            "点击查看政策解读：关于《江川市养老办法》的解读\n\n江民规〔2024〕1号\n关于做好养老工作的通知",
            "关于做好养老工作的通知",
        ),
        ("【文件名称】《关于做好养老工作的通知》\n【发文机关】江川市民政局", "关于做好养老工作的通知"),
        ("索引号：0012\n标题：关于做好养老工作的通知\n发文机关：江川市民政局", "关于做好养老工作的通知"),
        ("江川市民政局关于做好养老工作的通知江民发〔2024〕3号", "江川市民政局关于做好养老工作的通知"),
        (
            "江川市公平竞争典型案例发布\n江川市市场监督管理局\n2024-12-31\n\n某局限制外地企业案\n【文件名称】《某办法》",
            "江川市公平竞争典型案例发布",
        ),
        ("江川市人民政府关于统一计量单位的命令", "江川市人民政府关于统一计量单位的命令"),
        ("江川市公安局通告", "江川市公安局通告"),
    ],
)
def test_a_title_is_told_from_red_heads_links_and_labels(head, title):
    assert read(head + NOTICE).title == title


def test_a_head_without_line_breaks_gives_title_number_and_signature():
    text = "江川市民政局关于做好养老工作的通知江民发〔2024〕3号各县区民政局：现就有关事项通知如下：一、提高认识。切实加强。二、落实责任。本通知自印发之日起施行。江川市民政局2024年3月1日"
    found = read(text)
    assert (found.title, found.doc_number, found.promulgated) == (
        "江川市民政局关于做好养老工作的通知",
        "江民发〔2024〕3号",
        date(2024, 3, 1),
    )


def test_a_title_about_normative_documents_is_no_red_head():
    head = "国务院办公厅关于全面推行行政规范性文件\n合法性审核机制的指导意见"
    assert read(head + NOTICE).title == head.replace("\n", "")


def test_an_attachment_that_stands_alone_has_its_own_title():
    text = "附件2\n\n江川市轻微违法行为目录\n\n一、建设项目\n\n未依法备案的。\n\n二、排污\n\n未依法公开的。\n"
    assert read(text).title == "江川市轻微违法行为目录"


def test_a_list_of_powers_is_known_by_its_columns_and_says_nothing_of_its_own_force():
    rows = [
        "序号\t职权名称\t职权类型\t实施依据\t行使主体\t追责情形",
        "1\t节能监督检查\t行政检查\t《节约能源法》自2008年4月1日起施行\t市发改委\t未按规定检查的",
        "2\t粮食收购备案\t其他\t《粮食流通管理条例》\t市粮食局\t未按规定备案的",
    ]
    found = read("\n".join(rows), "甲.txt", rows=tuple(range(n, n + 1) for n in range(3)))
    assert (found.doc_type, found.effective) == (DocType.POWERS_LIST, None)
    titled = read("\n".join(["2025年江川市统计局权责清单", *rows]), rows=tuple(range(n, n + 1) for n in range(1, 4)))
    assert (titled.title, titled.issuer, titled.level) == ("2025年江川市统计局权责清单", "江川市统计局", 10)


def test_a_notice_without_title_has_that_of_the_measure_it_hands_out():
    text = (
        "各县区：\n\n《江川市养老办法》已经审议通过，现印发给你们，请遵照执行。\n\n江川市民政局\n2024年3月1日\n\n江川市养老办法"
        + BODY
    )
    assert read(text, "a.txt").title == "江川市养老办法"


def test_a_text_without_title_has_that_of_its_file():
    text = "为进一步优化政策，现就有关事项通知如下：\n\n一、提高贷款额度\n\n双方缴存的最高六十万元。"
    assert read(text, "云岭省江川市_《关于调整贷款政策的通知》_2024-05-06.txt").title == "关于调整贷款政策的通知"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("laws/仲裁法_2017-09-01.md", ("仲裁法", "", date(2017, 9, 1))),
        ("a/江苏省镇江市_关于优化政策的通知.txt", ("关于优化政策的通知", "江苏省镇江市", None)),
        ("《若干措施》.txt", ("若干措施", "", None)),
        ("a.txt#篇1", ("a", "", None)),
    ],
)
def test_a_file_name_tells_title_place_and_day(source, found):
    name = file_name(source)
    assert (name.title, name.place, name.day) == found


# --- number --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["国办发〔2018〕37号"], "国办发〔2018〕37号"),
        (["镇公积金[2022]88号"], "镇公积金〔2022〕88号"),
        (["镇政建【2023】38号"], "镇政建〔2023〕38号"),
        (["黔府发 〔", "２０２２〕８ 号"], "黔府发〔2022〕8号"),
        (["(2022)16号"], "〔2022〕16号"),
        (["索引号：0001 发文字号：江政规〔2024〕2号 成文日期：2024-05-06"], "江政规〔2024〕2号"),
        (["法释〔2018〕1号"], "法释〔2018〕1号"),
        (["江川市人民政府令", "第179号"], "江川市人民政府令第179号"),
        (["中国人民银行令〔2021〕第3号"], "中国人民银行令〔2021〕第3号"),
        (["根据《江川市办法》（江政规〔2023〕4号）的规定，现通知如下："], None),
        (["《通知》（江民发〔2019〕22号）同时废止。"], None),
        (["江政规〔20*〕4号"], None),
    ],
)
def test_the_number_is_that_of_a_line_and_never_one_that_is_cited(lines, number):
    assert doc_number(("", ""), lines, "") == number


@pytest.mark.parametrize(
    ("note", "number"),
    [
        ("(2018年9月20日江政规〔2018〕5号公布自2018年11月1日起施行)", "江政规〔2018〕5号"),
        ("(2018年9月20日江川市人民政府江政规〔2018〕5号公布)", "江政规〔2018〕5号"),
        ("1993年6月29日中华人民共和国国务院令第115号发布", "中华人民共和国国务院令第115号"),
        (
            "2009年1月13日中华人民共和国国务院、中华人民共和国中央军事委员会令第547号公布",
            "中华人民共和国国务院、中华人民共和国中央军事委员会令第547号",
        ),
        ("2024年6月28日《江川市人民政府关于修改部分文件的决定》(江政规〔2024〕3号)修正", None),
    ],
)
def test_the_note_under_the_title_gives_the_number_by_which_the_text_was_made_public(note, number):
    assert doc_number(("江川市办法", ""), (), note) == number


# --- issuer, place, type and rank ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "issuer", "region", "doc_type", "level"),
    [
        (
            "中华人民共和国仲裁法\n\n（1994年8月31日第八届全国人民代表大会常务委员会第九次会议通过）" + BODY,
            "全国人民代表大会常务委员会",
            "全国",
            DocType.LAW,
            1,
        ),
        (
            "电网调度条例\n\n1993年6月29日 中华人民共和国国务院令第115号发布" + BODY,
            "国务院",
            "全国",
            DocType.ADMIN_REGULATION,
            2,
        ),
        (
            "联网保护管理办法\n\n1997年12月11日 国务院批准\n\n1997年12月16日 公安部令第33号发布" + BODY,
            "国务院",
            "全国",
            DocType.ADMIN_REGULATION,
            2,
        ),
        (
            "突发事件应急管理办法\n\n（2015年4月16日环境保护部令第34号公布）" + BODY,
            "环境保护部",
            "全国",
            DocType.DEPARTMENTAL_RULE,
            6,
        ),
        (
            "重庆市统计管理条例\n\n1998年3月28日 重庆市第一届人民代表大会常务委员会第八次会议通过" + BODY,
            "重庆市人民代表大会常务委员会",
            "重庆市",
            DocType.LOCAL_REGULATION,
            4,
        ),
        (
            "郑州市湿地保护条例\n\n2017年4月28日 郑州市第十四届人民代表大会常务委员会第二十七次会议通过\n\n2017年5月26日 河南省第十二届人民代表大会常务委员会第二十八次会议批准"
            + BODY,
            "郑州市人民代表大会常务委员会",
            "河南省郑州市",
            DocType.LOCAL_REGULATION,
            5,
        ),
        ("城市绿化条例" + BODY, "国务院", "全国", DocType.ADMIN_REGULATION, 2),  # no one else may call a rule 条例
        ("中华人民共和国航行通告管理规定" + BODY, "国务院", "全国", DocType.ADMIN_REGULATION, 2),
        ("中华人民共和国海关裁量办法" + BODY, None, "全国", DocType.DEPARTMENTAL_RULE, 6),
        ("上海市特种行业条例" + BODY, None, "上海市", DocType.LOCAL_REGULATION, 4),
        ("广东省实施《中华人民共和国消防法》办法" + BODY, None, "广东省", DocType.LOCAL_REGULATION, 4),
        (
            "江川市生活垃圾管理办法\n\n（2022年11月30日江川市人民政府令第12号公布）" + BODY,
            "江川市人民政府",
            "江川市",
            DocType.LOCAL_RULE,
            7,
        ),
        ("白沙县公墓管理办法\n\n白政规〔2022〕2号" + BODY, "白沙县人民政府", "白沙县", DocType.NORMATIVE, 11),
        ("江川市民政局2024年权责清单" + BODY, "江川市民政局", "江川市", DocType.POWERS_LIST, 10),
        (
            "信访条例\n\n2022年2月25日 中共中央 国务院发布" + BODY,
            "中共中央、国务院",
            "全国",
            DocType.ADMIN_REGULATION,
            2,
        ),
        (
            "江川市噪声防治办法\n\n2006年11月17日 江川市人民政府第56次常务会议审议通过" + BODY,
            "江川市人民政府",
            "江川市",
            DocType.LOCAL_RULE,
            7,
        ),
        (
            "反洗钱管理办法\n\n《反洗钱管理办法》已经2025年1月7日中国人民银行2025年第15次行务会议审议通过，现予公布，自2025年3月1日起施行。"
            + BODY,
            "中国人民银行",
            "全国",
            DocType.DEPARTMENTAL_RULE,
            6,
        ),
        (
            "江川市仪器共享规定\n\n第一条 制定本规定。\n\n第二条 本规定自2007年11月1日起施行。1987年6月20日江川市第八届人民代表大会常务委员会第二十九次会议通过的《江川市仪器规定》同时废止。\n",
            "江川市人民代表大会常务委员会",
            "江川市",
            DocType.LOCAL_REGULATION,
            5,
        ),
        ("城中村改造条例\n\n第一条 结合本市实际，制定本条例。\n", None, None, DocType.LOCAL_REGULATION, 4),
        (
            "江川市人才房票工作方案\n\n一、发放对象\n\n高层次人才。\n\n二、附则\n\n本方案自2024年5月1日起施行，有效期2年。\n",
            None,
            "江川市",
            DocType.NORMATIVE,
            10,
        ),
        (
            "江川市人才房票工作方案\n\n一、工作目标\n\n稳步推进。\n\n二、保障措施\n\n加强组织领导。\n",
            None,
            "江川市",
            DocType.OTHER,
            13,
        ),
        (
            "国务院关于同意建立联席会议制度的批复\n国函〔2018〕144号\n教育部：\n你部请示收悉。\n\n国务院\n2018年11月20日",
            "国务院",
            "全国",
            DocType.OTHER,
            13,
        ),
    ],
)
def test_issuer_place_type_and_rank(text, issuer, region, doc_type, level):
    found = read(text)
    assert (found.issuer, found.region, found.doc_type, found.level) == (issuer, region, doc_type, level)


def test_several_issuers_sign_under_each_other():
    text = "关于做好工作的通知\n\n各区：\n\n现通知如下：\n\n一、落实责任\n\n按时完成。\n\n深圳市财政局\n国家税务总局深圳市税务局\n二〇二四年三月一日\n"
    found = read(text)
    assert found.issuer == "深圳市财政局、国家税务总局深圳市税务局"
    assert found.region == "广东省深圳市"
    assert found.promulgated == date(2024, 3, 1)


def test_a_rule_known_from_the_one_it_repeals():
    text = "机动车登记规定\n\n第一条 制定本规定。\n\n第二条 本规定自2022年5月1日起施行。2012年9月12日发布的《机动车登记规定》（公安部令第124号）同时废止。"
    found = read(text)
    assert (found.issuer, found.doc_type) == ("公安部", DocType.DEPARTMENTAL_RULE)


def test_the_head_of_a_collection_is_asked_last():
    category = {"category": "行政法规", "status": "废止或失效"}
    assert read("缔结条约管理办法" + BODY, front_matter=category).doc_type is DocType.ADMIN_REGULATION
    signed = "缔结条约管理办法" + BODY + "江川市民政局\n2024年3月1日\n"
    assert read(signed, front_matter=category).doc_type is DocType.NORMATIVE


def test_what_the_head_of_a_page_names_fills_what_the_text_leaves_open():
    head = {
        "标题": "关于调整贷款政策的通知",
        "发文机关": "江川市民政局",
        "发文字号": "江民规〔2024〕2号",
        "成文日期": "2024-05-06",
        "发布日期": "2024-05-09",
        "有效性": "有效",
        "失效日期": "2024-12-31",
    }
    text = "各县区：\n\n现就有关事项通知如下：\n\n一、提高额度\n\n双方缴存的最高六十万元。\n"
    found = read(text, front_matter=head)
    assert (found.title, found.issuer, found.doc_number) == (
        "关于调整贷款政策的通知",
        "江川市民政局",
        "江民规〔2024〕2号",
    )
    assert (found.promulgated, found.expires) == (date(2024, 5, 6), None)
    own = read(
        "江川市财政局关于调整标准的通知\n江财〔2024〕3号\n" + text + "江川市财政局\n2024年4月1日\n", front_matter=head
    )
    assert (own.title, own.issuer, own.doc_number, own.promulgated) == (
        "江川市财政局关于调整标准的通知",
        "江川市财政局",
        "江财〔2024〕3号",
        date(2024, 4, 1),
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("索引号：0001 发布机构：江川市民政局 成文日期：2024-05-06 发布日期：2024-05-09", date(2024, 5, 6)),
        ("来源：江川市民政局 发布时间：2024-05-0916:17 浏览次数：185", date(2024, 5, 9)),
        ("2024-05-09作者：点击数：1218", date(2024, 5, 9)),
        ("开工日期：2024-05-09", None),
    ],
)
def test_a_line_of_a_page_dates_a_text_without_signature(line, day):
    text = f"关于调整贷款政策的通知\n{line}\n各县区：\n\n现通知如下：\n\n一、提高额度\n\n最高六十万元。\n"
    assert read(text).promulgated == day


def test_a_page_put_up_after_the_first_day_in_force_does_not_date_the_text():
    text = "关于调整贷款政策的通知\n发布时间：2024-05-09\n各县区：\n\n现通知如下：\n\n一、提高额度\n\n本通知自2023年1月1日起施行。\n"
    assert (read(text).promulgated, read(text).effective) == (None, date(2023, 1, 1))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("为促进海宁市发展，支持在我市购房，浙江省海宁市户籍居民可以申请。", "浙江省嘉兴市海宁市"),
        ("在桐庐县购房的，由县财政补贴；我县、杭州市另有规定的除外。", "浙江省杭州市桐庐县"),
        ("东宝区、掇刀区的购房人，全市统一执行。", "湖北省荆门市"),
        ("各省、自治区、直辖市可以根据本地实际制定办法，北京市除外。", None),
        ("融入南昌都市圈，在全市执行。", None),
        ("在本城区购房的，全区执行。", None),
    ],
)
def test_the_place_that_a_text_calls_its_own(text, place):
    found = own(text)
    assert (str(found) if found else None) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("浙江省杭州市西湖区民政局", "浙江省杭州市西湖区"),
        ("柳河县旅游产业扶持政策", "吉林省通化市柳河县"),
        ("云岭省江川市石桥县民政局", "云岭省江川市石桥县"),
        ("广西省柳州市", "广西壮族自治区柳州市"),
        ("恩施州住房公积金中心", "湖北省恩施土家族苗族自治州"),
        ("鼓楼区人民政府", "鼓楼区"),
        ("城市绿化条例", None),
        ("自然保护区条例", None),
        ("市场监督管理办法", None),
        ("本市行政区域", None),
        ("特大城市发展规划", None),
    ],
)
def test_a_place_is_told_from_a_common_word(text, place):
    found = locate(text)
    assert (str(found) if found else None) == place


# --- dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本办法自2018年11月1日起施行，有效期五年。", "2018-11-01", "2023-10-31"),
        ("本办法自公布之日起施行。", "2024-03-01", None),
        ("本通知自印发之日起施行,有效期5年。", "2024-03-01", "2029-02-28"),
        ("本措施自印发之日起30日后施行。", "2024-03-31", None),
        ("本条例自公布之日起三个月后施行。", "2024-06-01", None),
        ("四、本通知自 2025 年 5 月 15 日起施行，有效期至2028年10月31日。", "2025-05-15", "2028-10-31"),
        ("本规定自二〇二〇年五月一日起试行，试行期2年。", "2020-05-01", "2022-04-30"),
        ("本政策自发布之日起施行，2024年12月31日结束。", "2024-03-01", "2024-12-31"),
        ("以上政策自2024年8月1日起实施，截止至2025年末。", "2024-08-01", "2025-12-31"),
        ("本通知自2022年1月1日至2022年12月31日执行。", "2022-01-01", "2022-12-31"),
        ("本措施自发布之日起施行，有效期一年，但第一条有效期至2025年6月30日。", "2024-03-01", "2025-02-28"),
        ("取得许可证的，许可证有效期为三年。", None, None),
        ("1999年5月1日实施的《某办法》同时废止。", None, None),
        ("原办法自2011年1月1日起施行。", None, None),
        ("修改为：“本办法自2011年1月1日起施行，有效期五年。”", None, None),
        ("该政策自2023年9月1日起执行，有效期一年。", None, None),
        ("本办法施行前已经受理的申请，适用原规定。", None, None),
        ("本办法自20  年  月  日起施行。", None, None),
        ("本通知自2024年5月6日起施行，至2024年12月31日停止执行。", "2024-05-06", "2024-12-31"),
        ("本次政策调整暂定试行期一年，从2024年7月22日至2025年7月21日止。", "2024-07-22", "2025-07-21"),
        ("本政策自公布之日起施行，有效期暂定一年（2024年3月1日-2025年2月28日）。", "2024-03-01", "2025-02-28"),
        ("本措施自发布之日至2024年12月31日有效。", "2024-03-01", "2024-12-31"),
        ("其他条款有效期自本政策发布之日至2024年12月31日。", None, "2024-12-31"),
        ("本措施自公布之日(2023年12月1日)起施行,有效期至2024年12月31日。", "2023-12-01", "2024-12-31"),
        ("本办法有效期从2022年6月1日起,至2023年5月31日止。", None, "2023-05-31"),
        ("本通知执行期限为一年(2022年6月1日至2023年5月31日)。", "2022-06-01", "2023-05-31"),
        ("本办法自2022年12月20日起实施，有效期\n至2024年12月19日。", "2022-12-20", "2024-12-19"),
        ("本办法自2024年5月1日起施行，试行2年，有效期届满自动失效。", "2024-05-01", "2026-04-30"),
        ("本通知印发于2024年3月1日，自2024年6月1日起施行，有效期1年。", "2024-06-01", "2025-05-31"),
        ("本《通知》有效期一年，自2022年7月1日起执行，至2023年6月30日自动废止。", "2022-07-01", "2023-06-30"),
        ("本办法有效期延长至2028年12月31日。", None, "2028-12-31"),
        # what single measures say of themselves
        ("自本通知印发之日起至2024年12月31日止，购买住房的给予补贴。", None, None),
        ("以上补贴自本措施出台之日起至2025年3月31日止。", None, None),
        # periods of a procedure are no term of the document
        ("有危害后果的，上述期限延长至五年。", None, None),
        ("本规定第十一条、第十二条规定的审批期限可以延长30日。", None, None),
    ],
)
def test_the_days_of_force(sentence, effective, expires):
    found = force([sentence])
    first = first_day(found, date(2024, 3, 1))
    last = last_day(found, first)
    assert (first and first.isoformat(), last and last.isoformat()) == (effective, expires)


def test_the_term_of_the_whole_goes_before_that_of_a_single_measure():
    text = (
        "江川市支持住房消费若干措施\n\n一、发放补贴\n\n以上补贴自本措施出台之日起至2025年3月31日止。\n\n"
        "二、附则\n\n本措施自2024年10月1日起执行，有效期至2025年12月31日。\n"
    )
    found = read(text)
    assert (found.effective, found.expires) == (date(2024, 10, 1), date(2025, 12, 31))


def test_a_notice_is_in_force_as_the_measure_says_that_it_attaches():
    measure = "附件\n\n江川市养老服务办法" + BODY + "第三条 本办法自2024年5月1日起施行，有效期5年。\n"
    head = "\n\n各县区：\n\n现将办法印发给你们，请遵照执行。\n\n江川市民政局\n2024年3月1日\n\n"
    handed_out = read("江川市民政局关于印发江川市养老服务办法的通知" + head + measure)
    assert (handed_out.effective, handed_out.expires) == (date(2024, 5, 1), date(2029, 4, 30))
    other = read("江川市民政局关于做好养老工作的通知" + head + measure)
    assert (other.effective, other.expires) == (None, None)


def test_a_day_in_the_note_under_the_title_counts_for_force():
    text = "突发事件信息报告办法\n\n（2011年4月18日环境保护部令第17号公布　自2011年5月1日起施行）" + BODY
    assert (read(text).promulgated, read(text).effective) == (date(2011, 4, 18), date(2011, 5, 1))


def test_a_text_that_says_when_it_is_issued_counts_from_then():
    text = "大河县支持房地产业若干措施\n\n一、发放补贴\n\n每套一万元。\n\n（本文件于2024年6月20日发布执行，有效期至2024年12月31日。）\n"
    found = read(text)
    assert (found.promulgated, found.effective, found.expires) == (
        date(2024, 6, 20),
        date(2024, 6, 20),
        date(2024, 12, 31),
    )


def test_a_regulation_is_made_public_by_the_announcement_before_it():
    text = (
        "江川市人民代表大会常务委员会公告\n（第8号）\n\n《江川市养老服务条例》已由江川市第十五届人民代表大会常务委员会"
        "第八次会议于2023年1月1日通过，现予公布，自2023年3月1日起施行。\n\n江川市人民代表大会常务委员会\n2023年1月9日\n\n"
        "江川市养老服务条例\n（2023年1月1日江川市第十五届人民代表大会常务委员会第八次会议通过）" + BODY
    )
    found = read(text)
    assert found.title == "江川市养老服务条例"
    assert (found.adopted, found.promulgated, found.effective) == (date(2023, 1, 1), date(2023, 1, 9), date(2023, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "江川市人才购房保障通知\n\n各县区：\n\n现将《江川市人才购房保障通知（征求意见稿）》向社会公开征求意见，现公告如下：\n",
        "关于调整额度的通知" + NOTICE.replace("2024年3月1日", "2024年  月  日"),
        "我局起草了《江川市养老办法》，即日起面向社会公开征求意见，现将有关事项公告如下：\n\n一、时间\n\n即日起三十日。\n",
    ],
)
def test_a_text_that_asks_for_opinions_is_a_draft(text):
    assert read(text).draft


def test_an_amended_text_has_the_day_of_its_last_amendment_and_the_force_of_the_first_text():
    text = (
        "江川市养老服务条例\n\n（2010年3月1日江川市第一届人民代表大会常务委员会第二次会议通过　"
        "根据2020年6月5日江川市第三届人民代表大会常务委员会第九次会议《关于修改〈江川市养老服务条例〉的决定》修正）"
        + BODY
        + "第三条 本条例自公布之日起施行。\n"
    )
    found = read(text)
    assert (found.adopted, found.promulgated, found.effective) == (date(2010, 3, 1), date(2020, 6, 5), date(2010, 3, 1))


@pytest.mark.parametrize(
    ("note", "promulgated"),
    [
        ("1984年1月7日 国务院\n\n中央军委发布", date(1984, 1, 7)),
        ("1980年12月9日 国务院批准\n\n1980年12月27日 国家经济委员会\n\n国家档案局发布", date(1980, 12, 27)),
        ("2017年11月22日 中华人民共和国国务院令第692号", date(2017, 11, 22)),
        (
            "（政务院批准 1951年8月15日公安部发布 根据2024年12月6日《国务院关于修改部分行政法规的决定》修订）",
            date(2024, 12, 6),
        ),
        ("2019年3月15日 第十三届全国人民代表大会第二次\n\n会议通过）", date(2019, 3, 15)),
        (
            "（1992年9月4日江川市人民代表大会\n常务委员会第二十七次会议通过\n2001年4月28日江川市人民代表大会\n"
            "常务委员会第二十一次会议修订）",
            date(2001, 4, 28),
        ),
        (
            "2008年11月27日 江川市第一届人民代表大会常务委员会第三次会议通过\n\n"
            "2012年1月13日 江川市第二届人民代表大会常务委员会第八次会议《关于修改<某条例>等条例的决定修正》",
            date(2012, 1, 13),
        ),
    ],
)
def test_a_note_is_read_though_its_lines_are_broken_or_its_words_are_missing(note, promulgated):
    assert read(f"江川市养老服务条例\n\n{note}{BODY}").promulgated == promulgated


def test_a_remark_on_what_was_deleted_dates_the_version():
    text = "国库券条例\n\n1992年3月18日 国务院令第95号公布\n\n第一条 制定本条例。\n\n第二条 倒卖国库券的，予以处罚。(2011年1月8日删除)\n"
    assert read(text).promulgated == date(2011, 1, 8)


def test_the_name_of_a_file_counts_only_where_no_title_is_printed():
    text = "重庆市统计管理条例\n\n1998年3月28日 重庆市第一届人民代表大会常务委员会第八次会议通过" + BODY
    names = ("重庆市统计管理条例_2016-09-29.txt", "a.txt", "浙江省杭州市_国务院关于某事的批复（征求意见稿）.txt")
    kept = {
        (d.title, d.issuer, d.region, d.doc_type, d.promulgated, d.draft, d.version_of)
        for d in (read(text, name) for name in names)
    }
    assert len(kept) == 1


@pytest.mark.parametrize("day", ["2024年X月XX日", "2024年  月  日", "20××年×月×日"])
def test_a_text_whose_day_of_force_is_left_open_is_a_draft(day):
    text = f"江川市人才房票实施办法{BODY}第三条 本办法自{day}起施行。\n"
    assert read(text).draft


def test_a_draft_has_no_days():
    text = (
        "江川市养老服务办法\n（征求意见稿）"
        + BODY
        + "第三条 本办法自2024年1月1日起施行。\n\n江川市民政局\n2023年3月12日\n"
    )
    found = read(text)
    assert found.draft
    assert (found.promulgated, found.effective, found.expires) == (None, None, None)
    assert not read("江川市人民政府关于规范草案征集工作的办法" + BODY).draft


# --- works ---------------------------------------------------------------------------------------------------------------


def test_versions_of_a_law_share_their_work():
    assert work("中华人民共和国仲裁法", None, "2017-09-01") == work("仲裁法", None, "2025-09-12")


def test_measures_of_the_same_title_elsewhere_are_other_works():
    title = "农村公益性公墓管理办法"
    assert len({work(f"{place}{title}", locate(place), "") for place in ("白沙县", "石桥县", "柳河县")}) == 3


def test_a_draft_and_the_notice_that_hands_out_the_measure_belong_to_its_work():
    here = locate("白沙县")
    titles = (
        "白沙县公墓管理办法",
        "公墓管理办法（试行）",
        "白沙县公墓管理办法（征求意见稿）",
        "白沙县人民政府关于印发《白沙县公墓管理办法》的通知",
        "白沙县民政局关于印发白沙县公墓管理办法的通知",
    )
    assert {work(title, here, f"白政发〔2020〕{n}号") for n, title in enumerate(titles)} == {"白沙县公墓管理办法"}


def test_two_notices_of_one_title_are_two_works():
    here = locate("白沙县")
    for title in ("关于调整贷款政策的通知", "白沙县支持住房消费若干措施", "关于印发《白沙县工作方案》的通知"):
        assert work(title, here, "2023-01-01") != work(title, here, "2024-01-01")
        assert work(title, here, "") is None  # nothing tells them apart


def test_the_head_of_a_file_from_a_database_tells_issuer_and_day():
    head = {"publish_date": "2026-04-30", "issuing_authority": "江川市人民代表大会常务委员会", "status": "现行有效"}
    found = read("江川市养老服务条例" + BODY + "第三条 本条例自公布之日起施行。\n", front_matter=head)
    assert (found.issuer, found.effective) == ("江川市人民代表大会常务委员会", date(2026, 4, 30))


def test_a_note_may_give_its_days_with_hyphens():
    found = read("江川市养老服务条例\n\n2026-04-30 公布\n2026-11-01 施行\n\n第一章 总则" + BODY)
    assert (found.promulgated, found.effective) == (date(2026, 4, 30), date(2026, 11, 1))


# --- the place that a text speaks of ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("在青川县购房的给予补贴。青川县外户籍人员除外。", "四川省广元市青川县"),
        ("在福州市长乐区开办的，向长乐区窗口申请。", "福建省福州市长乐区"),
        ("海城区、银海区、铁山港区和合浦县的职工，在北海市购房的。", "广西壮族自治区北海市"),
        ("浙江省、江苏省的职工。浙江省、江苏省的学生。", None),
        ("杭州市的做法值得借鉴。", None),
        ("各省、自治区要学习杭州市的做法。杭州市的做法见附件。", None),
        ("市区（不含赣榆区）执行，赣榆区参照。", None),
        ("建设相适应城市和对应城市，与城区、新城区相适应城市。", None),
        ("杭州住房公积金管理中心负责解释，适用于我市职工。", "浙江省杭州市"),
        ("人民银行唐河支行会同有关部门在我县推进。", "河南省南阳市唐河县"),
        ("结合工作实际，加强合作，在我市推进合作实际。", None),
        ("我省与全国一道，推动云南高质量发展。", "云南省"),
        ("我市与上海、江苏一道发展，对租赁嘉兴城区住房的。", "浙江省嘉兴市"),
    ],
)
def test_the_place_of_a_text_is_the_one_that_it_speaks_of(text, place):
    found = own(text)
    assert (found and str(found)) == place


@pytest.mark.parametrize("table", ["before_place", "behind_place"])
def test_the_words_beside_short_names_of_places_tell_them(table):
    kinds = {"柳河": "县", "攸县": "县", "唐河": "县", "衡东": "县"}
    for row in entries("issuers", table, Word):
        for example in row.examples:
            kind = next((kind for name, kind in kinds.items() if name in example), "市")
            assert row.text in example
            assert "江川" in example or own(f"{example}，我{kind}推进。") is not None
        for counter in row.counter:
            assert own(f"{counter}，我市推进。") is None


def test_the_place_is_also_told_by_headings():
    text = "一、支持在石城县购房\n\n给予补贴。\n\n二、石城县外的职工同等对待\n\n不作限制。\n"
    assert read(text).region == "江西省赣州市石城县"


# --- a decision that prints what it amends --------------------------------------------------------------------------------

AMENDED = (
    "江川市人民政府关于修改《江川市公墓管理办法》的决定\n\n市政府决定对《江川市公墓管理办法》作如下修改：\n\n"
    "一、将第二条中的“民政局”修改为“民政部门”。\n\n二、删去第九条。\n\n"
)
REPRINTED = (
    "江川市公墓管理办法\n\n第一条 为了加强公墓管理，制定本办法。\n\n第二条 本办法自2011年1月28日起施行，有效期5年。\n"
)


@pytest.mark.parametrize(
    ("own", "effective"),
    [
        ("本决定自2023年10月1日起施行。\n\n江川市人民政府\n2023年9月20日\n\n", date(2023, 10, 1)),
        ("本决定自公布之日起施行。\n\n江川市人民政府\n2023年9月20日\n\n", date(2023, 9, 20)),
        ("江川市人民政府\n2023年9月20日\n\n", date(2023, 9, 20)),
        ("本决定自公布之日起施行。\n\n", None),
    ],
)
def test_the_days_of_an_amending_decision_are_not_those_of_the_measure_behind_it(own, effective):
    found = read(AMENDED + own + REPRINTED)
    assert found.title == "江川市人民政府关于修改《江川市公墓管理办法》的决定"
    assert (found.effective, found.expires) == (effective, None)


def test_the_measure_that_a_notice_hands_out_still_gives_its_days():
    notice = "江川市民政局关于印发《江川市公墓管理办法》的通知\n\n各县区：\n\n现印发给你们。\n\n江川市民政局\n2011年1月5日\n\n"
    assert read(notice + REPRINTED).effective == date(2011, 1, 28)


# --- types that the text does not name ------------------------------------------------------------------------------------


def test_a_table_of_fines_is_no_regulation_for_the_regulations_that_it_quotes():
    rows = "".join(f"违反条款\t《江川市水库条例》第{n}条 违反本条例规定的，处罚款。\n" for n in range(2, 9))
    found = read(f"江川市水务局行政处罚裁量表\n\n一、水库类\n\n{rows}")
    assert found.doc_type is DocType.NORMATIVE
    assert read(f"江川市水务局处罚幅度\n\n一、水库类\n\n违反本条例规定的，处罚款。\n\n{rows}").doc_type is DocType.OTHER


def test_a_plan_that_says_who_explains_it_sets_rules():
    plan = "江川市购房补贴工作方案\n\n一、补贴标准\n\n每套补贴2万元。\n\n二、其他\n\n本方案未尽事宜，由市住房和城乡建设局负责解释。\n"
    assert read(plan).doc_type is DocType.NORMATIVE
    assert read(plan.replace("，由市住房和城乡建设局负责解释", "另行研究")).doc_type is DocType.OTHER


def test_the_committee_of_a_party_sits_where_its_name_says():
    note = "（2025年11月21日中国共产党安徽省第十一届委员会第十次全体会议通过）"
    found = read(f"关于制定全省规划的建议\n{note}\n\n全会提出以下建议。\n\n一、总体要求\n\n稳中求进。\n")
    assert (found.region, found.doc_type) == ("安徽省", DocType.OTHER)


# --- whatever comes --------------------------------------------------------------------------------------------------------


def clauses(*kinds_and_texts):
    return [
        Clause(f"a#{n}", "a", None, kind, f"段{n}", (f"段{n}",), "", text, 0, 0, n)
        for n, (kind, text) in enumerate(kinds_and_texts)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "（" * 5000,
        "2024年" * 3000,
        "〔2024〕" * 2000,
        "《" * 4000 + "》" * 4000,
        "市" * 9000,
        "自2024年1月1日起" * 2000,
    ],
)
def test_odd_texts_are_described_all_the_same(text):
    for kind in (Kind.TITLE, Kind.PREAMBLE, Kind.CLOSING, Kind.PARAGRAPH):
        found = describe(Document("a", "", "甲.txt", "0"), clauses((kind, text), (kind, text)), Reading(text))
        assert found.title


def test_a_document_without_clauses_has_the_title_of_its_file():
    assert describe(Document("a", "", "甲.txt", "0"), [], Reading("")).title == "甲"


def test_a_text_whose_parts_are_not_told_apart_is_described_by_its_first_and_last_lines():
    lines = [
        "江川市民政局关于调整标准的通知",
        "江民发〔2024〕3号",
        "各县区：",
        "现通知如下。",
        "江川市民政局",
        "2024年3月1日",
    ]
    found = describe(
        Document("a", "", "甲.txt", "0"),
        clauses((Kind.TITLE, lines[0]), *((Kind.PARAGRAPH, line) for line in lines[1:])),
        Reading("\n".join(lines)),
    )
    assert (found.doc_number, found.issuer, found.promulgated) == (
        "江民发〔2024〕3号",
        "江川市民政局",
        date(2024, 3, 1),
    )
