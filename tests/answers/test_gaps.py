"""职责空白: what is one, and what only looks like one. Each kind with its traps."""

import pytest

from answers.gaps.bearerless import bearerless
from answers.gaps.survey import KINDS, kinds_of, select, survey, table
from answers.gaps.unfounded import unfounded
from answers.gaps.unnamed_duty import without_duty
from answers.gaps.unsanctioned import unsanctioned
from answers.gaps.untimed import untimed
from answers.scope import Scope
from graph.resolve import Resolver
from tiaoli.errors import TiaoliError

HEAD = """江川市河道管理条例

2021年3月1日江川市第八届人民代表大会常务委员会第二次会议通过

第一章 总则

第一条 为了加强河道管理，根据有关法律，制定本条例。

"""


def law(*articles: str) -> str:
    """A regulation; the articles are numbered from 第二条, a line that begins with 第 stays as it is."""
    numbers = iter("二三四五六七八九十")
    lines = (one if one.startswith("第") else f"第{next(numbers)}条 {one}" for one in articles)
    return HEAD + "\n\n".join(lines) + "\n"


# --- G1 有机关无职责 -------------------------------------------------------------------------------------------------

LISTED = "财政、公安、教育、农业农村等部门按照各自职责，做好河道管理相关工作。"


def test_bodies_that_are_only_listed_are_found(read):
    (found,) = without_duty(read(law("市水务部门主管河道管理工作。", LISTED, "财政部门应当保障河道管理经费。")))
    assert found.bodies == ("公安", "教育", "农业农村")
    assert found.quotes[0].text == LISTED


def test_members_of_a_conference_without_a_duty_are_found(read):
    (found,) = without_duty(read(law("河道管理联席会议由水务、公安、教育等部门组成。", "水务部门负责日常巡查。")))
    assert found.bodies == ("公安", "教育")


@pytest.mark.parametrize(
    "articles",
    [
        (LISTED, "财政部门保障经费，公安机关维护秩序。", "教育部门开展宣传，农业农村部门清理养殖网箱。"),
        ("有关部门按照各自职责，做好河道管理相关工作。",),
        ("公安、城市管理、市场监督管理等部门按照各自职责责令改正，处一千元罚款。",),
        ("市人民政府统筹、协调、督促有关部门在各自职责范围内做好河道管理相关工作。",),
    ],
)
def test_bodies_with_a_duty_and_nobody_in_particular_are_not_found(read, articles):
    assert not list(without_duty(read(law(*articles))))


# --- G2 有职责无主体 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "article",
    ["河道保护名录应当及时向社会公布。", "具有重要生态功能的河段，应当划定保护区。", "符合条件的，应当受理。"],
)
def test_a_public_act_of_nobody_is_found(read, article):
    (found,) = bearerless(read(law(article)))
    assert found.quotes[0].text == article.removesuffix("。")


@pytest.mark.parametrize(
    "article",
    [
        "市水务部门编制河道保护名录。名录应当及时向社会公布。",  # named in the same article
        "防护设施应当牢固。",  # what a thing must be
        "河道管理站应当公布值班电话。",  # somebody all the same
        "确需调整规划的，应当按照原审批程序报批。",  # of whoever wants it
        "河道保护名录可以向社会公布。",  # no duty
    ],
)
def test_a_duty_of_somebody_or_of_a_thing_is_not_found(read, article):
    assert not list(bearerless(read(law(article))))


TASKS = "江川市促进商品消费若干措施\n\n江川市人民政府\n\n" + "".join(
    f"{number}、加强{what}。开展{what}专项行动。（责任单位：市商务局）\n\n"
    for number, what in zip("一二三四五", ("促销", "配送", "结算", "维修", "回收"), strict=True)
)


def test_a_task_without_a_body_among_tasks_with_one_is_found(read):
    (found,) = bearerless(read(TASKS + "六、建设消费商圈。改造提升夜间经济街区。\n"))
    assert found.quotes[0].text.startswith("六、建设消费商圈。")
    assert "6项任务中有5项" in found.message


@pytest.mark.parametrize(
    "last",
    [
        "六、执行时间。本措施自印发之日起施行，有效期一年。",
        "六、建设消费商圈。市住房城乡建设局改造提升夜间经济街区。",
        "六、建设消费商圈。改造提升夜间经济街区。（责任单位：市住房城乡建设局）",
        "六、建设消费商圈。改造提升夜间经济街区。以上各项任务由各县区政府负责。",
    ],
)
def test_what_orders_nothing_or_names_a_body_is_not_found(read, last):
    assert not list(bearerless(read(TASKS + last + "\n")))


# --- G3 有职责无期限 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "article",
    [
        "水务部门接到投诉的，应当及时调查处理。",
        "水务部门接到申请后，应当书面答复申请人。",
        "水务部门发现涉嫌犯罪的，应当及时将案件移送公安机关。",
    ],
)
def test_an_answer_without_a_time_limit_is_found(read, article):
    (found,) = untimed(read(law(article)))
    assert found.bodies == ("水务部门",)
    assert ("只写了“及时”" in found.message) == ("及时" in article)


@pytest.mark.parametrize(
    "articles",
    [
        ("水务部门接到投诉的，应当在十五日内调查处理。",),
        ("水务部门接到投诉的，应当当场处理。",),
        ("水务部门接到投诉的，应当依照信访工作的规定调查处理。",),
        ("水务部门应当建立举报制度，公布举报电话。",),
        ("水务部门接到投诉的，应当及时调查处理。", "对投诉的调查处理期限为三十日，应当在三十日内处理完毕。"),
        ("养殖户发现鱼病的，应当及时处理。",),  # no public body
        ("水务部门可以对投诉进行调查处理。",),  # no duty
    ],
)
def test_a_duty_with_a_time_or_none_to_wait_for_is_not_found(read, articles):
    assert not list(untimed(read(law(*articles))))


# --- G4 有义务无责任 -------------------------------------------------------------------------------------------------

FINES = (
    "采砂企业不得超量采砂。",
    "运砂企业应当安装称重设备。",
    "港口企业应当公示收费标准。",
    "第二章 法律责任",
    "违反本条例第二条规定，超量采砂的，由水务部门处一万元罚款。",
    "违反本条例第三条规定，未安装称重设备的，由水务部门处五千元罚款。",
    "违反本条例第四条规定，未公示收费标准的，由水务部门处一千元罚款。",
)


def with_duty(article: str, *more: str) -> str:
    return law(*FINES[:3], "第二节 其他", *FINES[3:], *more, "第三章 附则", article)


@pytest.mark.parametrize("article", ["水产养殖企业应当每月检测水质。", "洗砂企业不得在禁航水域夜间作业。"])
def test_a_duty_that_nothing_sanctions_is_found(read, article):
    (found,) = unsanctioned(read(with_duty(article)))
    assert found.quotes[0].text == article.removesuffix("。")
    assert "第八条" in found.message


@pytest.mark.parametrize(
    ("article", "more"),
    [
        ("水产养殖企业应当每月检测水质。", ("违反本条例其他规定的，由水务部门责令改正。",)),
        ("水产养殖企业应当每月检测水质。", ("水产养殖企业未每月检测水质的，由水务部门处二千元罚款。",)),  # by conduct
        ("水产养殖企业应当每月检测水质，逾期未检测的，不予续期。", ()),  # says itself what follows
        ("水产养殖企业可以每月检测水质。", ()),
        ("申请人应当提交水质报告。", ()),  # a condition, nothing to punish
        ("公民应当自觉爱护河道。", ()),
        ("水务部门应当每月检测水质。", ()),  # of a public body
    ],
)
def test_a_duty_that_is_sanctioned_or_calls_for_no_sanction_is_not_found(read, article, more):
    assert not list(unsanctioned(read(with_duty(article, *more))))


def test_a_document_without_a_liability_part_is_left_out(read):
    assert not list(unsanctioned(read(law("水产养殖企业应当每月检测水质。"))))


# --- G5 有责任无义务 -------------------------------------------------------------------------------------------------

DUTIES = ("采砂企业应当如实记录采砂数量、时间和地点。", "运砂船舶应当配备定位装置并保持正常运行。")


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("违反本条例第十八条规定的，由水务部门处一万元罚款。", "没有第十八条"),
        ("违反本条例第二条第三款规定的，由水务部门处一万元罚款。", "没有所说的款、项"),
        ("违反本条例第二条规定，运砂船舶未配备定位装置并保持正常运行的，由水务部门处一万元罚款。", "见于第三条"),
        ("违反本条例第四条规定的，由水务部门处一万元罚款。", "没有规定义务或禁止"),
    ],
)
def test_liability_without_its_duty_is_found(read, article, said):
    (found,) = unfounded(read(law(*DUTIES, "本条例所称河道，是指天然水道。", "第二章 法律责任", article)))
    assert said in found.message
    assert found.quotes[0].text == article


def test_conduct_that_nothing_forbids_is_found(read):
    breach = "违反本条例规定，伪造渔业捕捞凭证的，由水务部门处一万元罚款。"
    named = "违反本条例第二条规定的，由水务部门处一千元罚款。"
    (found,) = unfounded(read(law(*DUTIES, "第二章 法律责任", named, breach)))
    assert "伪造渔业捕捞凭证" in found.message


@pytest.mark.parametrize(
    "article",
    [
        "违反本条例第二条规定，未如实记录采砂数量的，由水务部门处一万元罚款。",
        "依照本条例第十八条处罚的，可以申请行政复议。",  # not what was breached
        "违反本条例附录第十八条规定的，由水务部门处一万元罚款。",
        "违反本条例第二条、第三条规定，船舶未配备定位装置并保持运行的，处一万元罚款。",  # one of several
        "违反本条例第二条规定，造成严重后果的，处一万元罚款。",
    ],
)
def test_liability_with_its_duty_is_not_found(read, article):
    assert not list(unfounded(read(law(*DUTIES, "第二章 法律责任", article))))


# --- G6 上位法任务未落实 ---------------------------------------------------------------------------------------------

ORDER = "第二条 河道采砂收益的分配管理办法由{who}制定。\n"
LOCAL = "江川市{name}\n\n江川市人民政府令第9号\n\n第一条 {basis}制定本办法。\n"


def tasks(surveyed, **texts):
    return select(surveyed(**texts), Scope(), kinds_of(["G6"])).findings


def test_a_task_of_which_the_store_holds_nothing_is_found_with_what_it_holds(surveyed):
    other = LOCAL.format(name="犬只管理办法", basis="为了规范养犬，")
    (found,) = tasks(surveyed, 河道=HEAD + ORDER.format(who="市人民政府"), 犬只=other)
    assert found.bodies == ("市人民政府",)
    assert "库中江川市文件共 1 件" in found.message
    assert "可能只是没有收入" in found.message


@pytest.mark.parametrize(
    ("name", "basis"),
    [("河道采砂收益管理办法", "为了规范收益，"), ("水利资金使用规定", "根据《江川市河道管理条例》，")],
)
def test_a_task_with_a_document_about_it_or_based_on_it_is_not_found(surveyed, name, basis):
    made = LOCAL.format(name=name, basis=basis)
    assert not tasks(surveyed, 河道=HEAD + ORDER.format(who="市人民政府"), 办法=made)


@pytest.mark.parametrize("sentence", ["第二条 收费标准由市人民政府制定。\n", "第二条 本办法由市水务局负责解释。\n"])
def test_what_needs_no_document_of_its_own_is_no_task(surveyed, sentence):
    assert not tasks(surveyed, 河道=HEAD + sentence)


# --- all of them -----------------------------------------------------------------------------------------------------


def test_a_second_file_of_the_same_version_lists_nothing_twice(surveyed):
    text = law("水务部门接到投诉的，应当及时调查处理。")
    found = select(surveyed(甲=text, 乙=text + "\n"), Scope(), kinds_of(["G3"]))
    assert len(found.findings) == 1
    assert (found.searched, found.copies) == (1, 1)


def test_scope_kinds_and_body_narrow_the_findings(surveyed):
    found = surveyed(甲=law("水务部门接到投诉的，应当及时调查处理。", "河道名录应当及时公布。"))
    assert {one.kind for one in select(found, Scope()).findings} == {"G2", "G3"}
    assert {one.kind for one in select(found, Scope(), body="水务").findings} == {"G3"}
    assert not select(found, Scope(region="云岭省")).findings
    assert not select(found, Scope(), kinds_of(["O1"])).findings
    with pytest.raises(TiaoliError, match="没有“G9”这一类"):
        kinds_of(["G9"])


def test_the_table_says_what_was_searched_and_what_each_kind_is(surveyed):
    made = table("职责空白", select(surveyed(甲=law("水务部门接到投诉的，应当及时调查处理。")), Scope()))
    facts = dict(made.facts)
    assert facts["检查"].startswith("1 件文件、")
    assert all(f"{kind.id} {kind.title}（{int(kind.id == 'G3')}）" in facts for kind in KINDS)
    (row,) = made.rows
    assert row.values[0] == "G3 有职责无期限"
    assert row.values[2] == "第二条第一款"
    assert row.clause_id.endswith("#第一章/第二条/第一款")


def test_quotes_are_the_words_of_their_spans_and_progress_is_told(store, surveyed):
    found = surveyed(
        甲=law("水务部门接到投诉的，应当及时调查处理。", LISTED), 乙=with_duty("洗砂企业不得在禁航水域夜间作业。")
    )
    assert {one.kind for one in found.findings} >= {"G1", "G3", "G4"}
    for one in found.findings:
        assert one.clause_ids[0] == one.quotes[0].clause_id
        for quote in one.quotes:
            assert store.text(quote.doc_id)[quote.start : quote.end] == quote.text
    told = []
    survey(Resolver.of(store, at=found.day), found.day, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
