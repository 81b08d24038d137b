"""Bodies and parties: what kind a name is of, where a text names them, and whom it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bodies.full_names import Branch, ShortForm, full_name
from ingest.bodies.members import members
from ingest.bodies.mentions import ALL_OF_A_KIND, NO_ANTECEDENT, RELATIVE, find_mentions
from ingest.bodies.names import find_bodies, is_public, kind_of
from ingest.bodies.words import Modifier
from tiaoli.body_kinds import Head, head_of
from tiaoli.lexicon import Word, entries
from tiaoli.records import Clause, DocType, Document, Kind

HEADS = entries("bodies", "head", Head)


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.text)
def test_a_head_decides_its_examples_and_not_its_counter_examples(head):
    assert {head_of(name) for name in head.examples} == {head}
    assert head not in {head_of(name) for name in head.counter}


@pytest.mark.parametrize("word", entries("bodies", "no_body", Word), ids=lambda word: word.text)
def test_a_word_that_only_ends_like_a_body_is_none(word):
    assert {head_of(text) for text in word.examples} == {None}


@pytest.mark.parametrize(
    ("name", "kind", "public"),
    [
        ("县级以上地方人民政府及其有关部门", "部门", True),
        ("各区（县、市）人民政府（含开发区）", "政府", True),
        ("公安、税务、市场监督管理等部门", "部门", True),
        ("履行个人信息保护职责的部门", "部门", True),
        ("市住房公积金管理中心", "事业单位", True),
        ("村民委员会", "社会组织", False),
        ("中国人民银行江川市分行", "部门", True),
        ("商业银行江川市分行", "企业", False),
        ("人民法院", "其他", True),
        ("企业的工作人员", "公民", False),
        ("企业工作人员", "公民", False),
        ("直接负责的主管人员", "公民", False),
        ("关键信息基础设施运营者", "公民", False),
        ("互联网上网服务营业场所经营单位", "企业", False),
        ("设计方案", "其他", False),
        ("", "其他", False),
    ],
)
def test_kind_and_public_power_are_told_by_the_end_of_a_name(name, kind, public):
    assert (kind_of(name), is_public(name)) == (kind, public)


# --- where a text names them -----------------------------------------------------------------------------------------

TABLES = {
    table: entries("body_names", table, Modifier if table == "modifier" else Word)
    for table in (
        *("domain", "office", "level", "inner", "before_bare_head", "modifier", "word"),
        *("outside", "deed", "engages", "compound"),
    )
}
WITHIN = [pytest.param(w, id=f"{table}-{w.text}") for table, ws in list(TABLES.items())[:7] for w in ws]
BEFORE = [pytest.param(w, id=f"{table}-{w.text}") for table in ("outside", "deed", "engages") for w in TABLES[table]]


def names(text):
    return [text[span.start : span.end] for span in find_bodies(text)]


def test_a_committee_that_acts_together_with_others_ends_before_that():
    assert names("国家发展改革委会同有关部门负责") == ["国家发展改革委", "有关部门"]
    assert names("经市委常委会同意") == ["市委常委会"]


@pytest.mark.parametrize("word", WITHIN)
def test_a_word_that_names_are_built_of_belongs_to_the_name(word):
    assert [names(example) for example in word.examples] == [[example] for example in word.examples]


@pytest.mark.parametrize("word", BEFORE)
def test_a_name_ends_before_a_word_that_belongs_to_none(word):
    assert [names(example) for example in word.examples] == [[e.removeprefix(word.text)] for e in word.examples]


@pytest.mark.parametrize("word", TABLES["compound"], ids=lambda word: word.text)
def test_a_compound_that_begins_like_a_body_is_none(word):
    for example in word.examples:
        at = example.index(word.text)
        assert not [span for span in find_bodies(example) if at <= span.start < at + len(word.text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由县级以上地方人民政府市场监督管理部门责令改正，处五千元以上罚款", ["县级以上地方人民政府市场监督管理部门"]),
        (
            "设区的市级生态环境主管部门和江川市住房和城乡建设局",
            ["设区的市级生态环境主管部门", "江川市住房和城乡建设局"],
        ),
        ("省、自治区、直辖市人民政府及其有关部门", ["省、自治区、直辖市人民政府", "有关部门"]),
        ("各县（市、区）人民政府，市各部门", ["各县（市、区）人民政府", "市各部门"]),
        ("会同公安、税务、市场监督管理等部门", ["公安、税务、市场监督管理等部门"]),
        ("市财政局、市民政局会同有关单位", ["市财政局", "市民政局", "有关单位"]),
        ("市或者区绿化行政管理部门应当", ["市或者区绿化行政管理部门"]),
        ("任何单位和个人有权向公安机关举报", ["任何单位", "个人", "公安机关"]),
        ("公民、法人或者其他组织对行政机关", ["公民", "法人", "其他组织", "行政机关"]),
        ("对直接负责的主管人员和其他直接责任人员", ["直接负责的主管人员", "其他直接责任人员"]),
        (
            "由负责药品监督管理的部门会同履行个人信息保护职责的部门",
            ["负责药品监督管理的部门", "履行个人信息保护职责的部门"],
        ),
        ("报共同的上一级市场监督管理部门指定", ["共同的上一级市场监督管理部门"]),
        ("被检查人、个人信息处理者和承租人", ["被检查人", "个人信息处理者", "承租人"]),
        ("食品生产经营单位不得伪造", ["食品生产经营单位"]),
        ("保障参保人员权益，检验检测人员", ["参保人员", "检验检测人员"]),
        ("被审计单位和被消防救援机构查封的场所", ["被审计单位", "消防救援机构"]),
        ("市人民政府组织有关部门编制规划", ["市人民政府", "有关部门"]),
        ("区住建局核实购房人信息", ["区住建局", "购房人"]),
        ("由工业和信息化部、国家发展改革委负责", ["工业和信息化部", "国家发展改革委"]),
        ("药品注册处、政策法规科承办", ["药品注册处", "政策法规科"]),
        ("登记注册处、水质保护协调监督处、法规处", ["登记注册处", "水质保护协调监督处", "法规处"]),
        ("由登记注册科协调监督科办理", ["登记注册科", "监督科"]),
        ("各省、自治区、直辖市应当执行", ["各省、自治区、直辖市"]),
        ("向本市居住地街道（镇）申请，由街道（镇）办事处受理", ["本市居住地街道（镇）", "街道（镇）办事处"]),
        ("中国（江川）自由贸易试验区管理委员会和江川（东）区", ["中国（江川）自由贸易试验区管理委员会"]),
        ("由领导小组代表市政府签订，考核评价全市各级人民政府", ["领导小组", "市政府", "全市各级人民政府"]),
        ("镇停车管理部门配合财政管理部门", ["镇停车管理部门", "财政管理部门"]),
        ("负责人、负责饮用水监督管理的部门", ["负责人", "负责饮用水监督管理的部门"]),
        ("主要负责人、县人民政府负有水质监管职责的部门", ["主要负责人", "县人民政府负有水质监管职责的部门"]),
        ("大专及以上学历毕业生和大专以上学历毕业生", ["毕业生", "大专以上学历毕业生"]),
        ("有负责人类样本管理的部门", ["负责人类样本管理的部门"]),
        ("聘用评估专业人员，定期评估专业人员", ["评估专业人员", "专业人员"]),
        ("国家鼓励企业创新，遵守国家规定", ["国家", "企业"]),
        ("依照《江川市人民政府工作规则》办理", []),
        ("并处五万元罚款，以件为单位，政府采购个人信息", []),
        ("", []),
    ],
)
def test_bodies_are_found_in_running_text(text, found):
    assert names(text) == found


def test_bodies_of_a_part_of_a_text_have_their_place_in_the_whole():
    text = "当事人应当配合。市财政局负责。"
    assert [(span.start, span.end) for span in find_bodies(text, 8, 12)] == [(8, 12)]


PIECES = [
    "各",
    "省",
    "市",
    "、",
    "县",
    "人民政府",
    "教育局",
    "及其",
    "有关",
    "部门",
    "（",
    "）",
    "的",
    "公安",
    "等",
    "人",
    "\n",
    "a",
    "《",
    "》",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_names_stand_one_behind_the_other_within_any_text(text):
    spans = find_bodies(text)
    places = [place for span in spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(text[span.start : span.end].strip() for span in spans)


# --- full names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("branch", entries("body_short_names", "branch", Branch), ids=lambda branch: branch.text)
def test_a_branch_has_the_name_of_its_national_body(branch):
    for example in branch.examples:
        assert full_name(example, "全国").name == branch.full.format(place=example.removesuffix(branch.text))
    for counter in branch.counter:
        assert not full_name(counter, "全国").name.startswith(branch.full.partition("{")[0])


GUANGZHOU, TIANHE = "广东省广州市", "广东省广州市天河区"


@pytest.mark.parametrize("table", ["field", "ending", "national"])
def test_a_short_form_is_spelled_out(table):
    for word in entries("body_short_names", table, ShortForm):
        assert [word.full in full_name(example, "全国").name for example in word.examples] == [True], word.text


@pytest.mark.parametrize(
    ("printed", "region", "name"),
    [
        ("市市场监管局", GUANGZHOU, "广州市市场监督管理局"),
        ("市场监管局", GUANGZHOU, "广州市市场监督管理局"),
        ("省发展改革委", GUANGZHOU, "广东省发展和改革委员会"),
        ("教育厅", GUANGZHOU, "广东省教育厅"),
        ("区人社局", TIANHE, "广州市天河区人力资源和社会保障局"),
        ("天河区教育局", GUANGZHOU, "广州市天河区教育局"),
        ("广东省广州市天河区教育局", "全国", "广州市天河区教育局"),
        ("市教育局", TIANHE, "广州市教育局"),
        ("市人民政府", "上海市", "上海市人民政府"),
        ("市政府办公厅", GUANGZHOU, "广州市人民政府办公厅"),
        ("市委组织部", GUANGZHOU, "中共广州市委组织部"),
        ("团市委", GUANGZHOU, "共青团广州市委员会"),
        ("市人大常委会", GUANGZHOU, "广州市人民代表大会常务委员会"),
        ("市税务局", GUANGZHOU, "国家税务总局广州市税务局"),
        ("市公积金中心", GUANGZHOU, "广州市住房公积金管理中心"),
        ("广州住房公积金管理中心", GUANGZHOU, "广州住房公积金管理中心"),
        ("自治县人民政府", "重庆市酉阳土家族苗族自治县", "酉阳土家族苗族自治县人民政府"),
        ("中华人民共和国财政部", GUANGZHOU, "财政部"),
        ("第十三届全国人民代表大会", "全国", "全国人民代表大会"),
        ("发展改革委", "全国", "国家发展和改革委员会"),
        ("发展改革委", GUANGZHOU, "广州市发展和改革委员会"),
        ("国家税务总局广东省税务局", "全国", "国家税务总局广东省税务局"),
        ("香港特别行政区政府", "全国", "香港特别行政区政府"),
        ("市、县人民政府", GUANGZHOU, "市、县人民政府"),
        ("县级以上人民政府", GUANGZHOU, "县级以上人民政府"),
        ("直辖市人民政府", "全国", "直辖市人民政府"),
        ("市人民政府", "全国", "市人民政府"),
        ("市场监管部门", GUANGZHOU, "市场监督管理部门"),
        ("人社职能部门", GUANGZHOU, "人力资源和社会保障职能部门"),
        ("区人民政府", GUANGZHOU, "区人民政府"),
    ],
)
def test_a_name_is_completed_by_the_place_of_its_document(printed, region, name):
    assert full_name(printed, region).name == name


def test_a_full_name_stays_as_it_is():
    for name in ("广州市市场监督管理局", "国家发展和改革委员会", "江川市人民政府办公室", "国务院", "申请人"):
        assert full_name(name, GUANGZHOU).name == name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("国务院公安、民政等有关部门", ["国务院公安部门", "国务院民政部门"]),
        ("工业和信息化、商务行政主管部门", ["工业和信息化行政主管部门", "商务行政主管部门"]),
        ("发展和改革委员会", ["发展和改革委员会"]),
        ("省、自治区、直辖市人民政府", ["省、自治区、直辖市人民政府"]),
        ("民政等有关部门", ["民政等有关部门"]),
        ("市、区县（自治县）民政、财政部门", ["市、区县（自治县）民政部门", "市、区县（自治县）财政部门"]),
    ],
)
def test_names_that_share_a_head_are_told_apart(name, found):
    parts = members(name)
    assert [part.name for part in parts] == found
    assert (parts[0].start, parts[-1].end) == (0, len(name))


# --- whom a document means -------------------------------------------------------------------------------------------


def meanings(*texts, issuer="江川市教育局", region=GUANGZHOU, doc_type=DocType.NORMATIVE):
    """What the names in clauses of a document mean, by their printed words; the last one counts."""
    return {m.text: (m.name, m.reason) for m in mentions(*texts, issuer=issuer, region=region, doc_type=doc_type)}


def mentions(*texts, issuer="江川市教育局", region=GUANGZHOU, doc_type=DocType.NORMATIVE):
    whole, clauses = "\n".join(texts), []
    for order, text in enumerate(texts):
        start = whole.index(text)
        span = (start, start + len(text))
        label = f"第{order}条"
        clauses.append(Clause(f"d#{label}", "d", None, Kind.ARTICLE, label, (label,), "", text, *span, order))
    document = Document("d", "办法", "d.txt", "", doc_type, issuer=issuer, region=region)
    return find_mentions(clauses, whole, document)


def test_a_mention_has_the_printed_words_at_its_place():
    first, second = mentions("市财政局应当公开。", "申请人可以查询。")
    assert (first.text, first.name, first.kind, first.region) == ("市财政局", "广州市财政局", "部门", GUANGZHOU)
    assert (first.clause_id, first.start, first.end) == ("d#第0条", 0, 4)
    assert (second.text, second.name, second.kind, second.reason) == ("申请人", "申请人", "公民", ALL_OF_A_KIND)
    assert (second.clause_id, second.start) == ("d#第1条", 10)


def test_what_the_document_calls_a_body_is_that_body():
    found = meanings("广州市城市管理和综合执法局（以下简称市城管局）负责。", "市城管局应当检查。")
    assert found["市城管局"] == ("广州市城市管理和综合执法局", "文中的简称")


def test_what_the_document_calls_all_of_a_kind_is_a_body_of_its_own():
    text = "生产食品的单位和经营食品的单位（以下统称食品单位）"
    assert meanings(text, "食品单位不得造假。")["食品单位"] == ("食品单位", "文中的统称，指单位")


@pytest.mark.parametrize(
    ("text", "printed", "issuer", "name", "reason"),
    [
        ("本局负责解释。", "本局", "广州市教育局", "广州市教育局", "发文机关自称"),
        ("我委负责解释。", "我委", "广州市发展和改革委员会、广州市教育局", "广州市发展和改革委员会", "发文机关自称"),
        ("由本机关公布。", "本机关", "广州市教育局", "广州市教育局", "发文机关自称"),
        ("本局负责解释。", "本局", "广州市教育局、广州市财政局", "本局", NO_ANTECEDENT),
        (
            "向住房公积金管理中心申请。",
            "住房公积金管理中心",
            "广州市住房公积金管理中心",
            "广州市住房公积金管理中心",
            "指发文机关",
        ),
        ("由政策法规处承办。", "政策法规处", "广州市教育局", "广州市教育局政策法规处", "发文机关的内设机构"),
    ],
)
def test_a_document_speaks_of_its_issuer(text, printed, issuer, name, reason):
    assert meanings(text, issuer=issuer)[printed] == (name, reason)


def test_in_a_law_nobody_speaks_of_himself():
    found = meanings("由本机关批准。", issuer="全国人民代表大会", region="全国", doc_type=DocType.LAW)
    assert found["本机关"][0] == "本机关"


def test_a_body_pointed_to_is_the_one_before():
    found = meanings("县级以上人民政府或其有关部门应当公开。")
    assert found["有关部门"][0] == "县级以上人民政府有关部门"
    found = meanings("县级以上人民政府及其有关部门应当公开。", "市财政局应当检查，由该局公布。", "该银行应当报告。")
    assert found["有关部门"] == ("县级以上人民政府有关部门", "“其”指前面的机构")
    assert found["该局"] == ("广州市财政局", "指前文的机构")
    assert found["该银行"] == ("该银行", NO_ANTECEDENT)


def test_bodies_of_the_clause_before_are_meant_by_those_of_the_paragraph_before():
    found = mentions("市财政局和有关部门应当公开。", "前款规定的部门应当报告。")
    assert (found[-1].text, found[-1].name) == ("部门", "有关部门")


def test_a_body_that_depends_on_the_subject_is_not_decided():
    assert meanings("报本级人民政府批准。")["本级人民政府"] == ("本级人民政府", RELATIVE)


def test_the_department_that_the_document_names_is_its_主管部门():
    found = meanings("市绿化行政管理部门是本市绿化的行政主管部门。", "由主管部门责令改正，报其主管部门备案。")
    assert found["市绿化行政管理部门"][0] == "广州市绿化行政管理部门"
    last = mentions("市绿化行政管理部门是本市绿化的行政主管部门。", "由主管部门责令改正，报其主管部门备案。")[-2:]
    assert [mention.name for mention in last] == ["广州市绿化行政管理部门", "主管部门"]


def test_members_of_a_list_are_mentions_of_their_own():
    found = mentions("市公安、民政等部门应当配合。")
    assert [(m.text, m.name) for m in found] == [("市公安", "广州市公安部门"), ("民政等部门", "广州市民政部门")]


def test_a_clause_without_end_is_read_in_pieces():
    text = "市财政局会同市民政局办理，" * 4000
    spans = find_bodies(text)
    assert len(spans) == 8000
    assert {text[span.start : span.end] for span in spans} == {"市财政局", "市民政局"}
