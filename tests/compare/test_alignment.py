"""Which clause became which: by words, whatever the numbers."""

from __future__ import annotations

import time

from factories import clause
from versions import compared, statute, told

from compare.units import units
from tiaoli.records import Change, Clause, Kind

PURPOSE = ["为了加强河道管理，保障防洪安全，根据有关法律，结合本市实际，制定本办法。"]
DUTY = ["市水务部门负责全市河道的监督管理，可以委托街道办事处开展日常巡查。"]
BAN = ["任何单位和个人不得在河道内倾倒垃圾、擅自采砂或者设置阻碍行洪的障碍物。"]
FINE = ["违反本办法规定擅自采砂的，由市水务部门责令停止违法行为，没收违法所得，并处二万元以下罚款。"]
FORCE = ["本办法自公布之日起施行。"]
FISHING = ["每年四月一日至六月三十日为禁渔期，禁渔期内不得在本市天然水域从事捕捞活动。"]
SIGNS = ["河道管理范围的界桩和标识牌由区人民政府组织设置，任何人不得移动或者损毁。"]


def changes(old, new) -> list[tuple[str, str, str]]:
    return told(compared(statute(old), statute(new)).pairs)


def test_what_stayed_is_the_same():
    assert changes([PURPOSE, DUTY], [PURPOSE, DUTY]) == [
        ("未变", "第一条", "第一条"),
        ("未变", "第二条", "第二条"),
    ]


def test_what_a_new_article_pushed_on_is_only_renumbered():
    assert changes([PURPOSE, DUTY, BAN], [PURPOSE, FISHING, DUTY, BAN]) == [
        ("未变", "第一条", "第一条"),
        ("新增", "", "第二条"),
        ("改序", "第二条", "第三条"),
        ("改序", "第三条", "第四条"),
    ]


def test_what_was_dropped_stands_where_it_stood():
    assert changes([PURPOSE, FISHING, DUTY], [PURPOSE, DUTY]) == [
        ("未变", "第一条", "第一条"),
        ("删除", "第二条", ""),
        ("改序", "第三条", "第二条"),
    ]


def test_an_article_that_moved_is_found_again():
    pairs = compared(statute([BAN, PURPOSE, DUTY, FINE]), statute([PURPOSE, DUTY, FINE, BAN])).pairs
    assert [p.change for p in pairs] == [Change.MOVED] * 4
    assert [p.new[0].label for p in pairs if p.crossed] == ["第四条"]


def test_changed_words_under_the_same_number_are_a_change():
    changed = [DUTY[0].replace("市水务部门", "市水行政主管部门")]
    assert changes([PURPOSE, DUTY], [PURPOSE, changed]) == [
        ("未变", "第一条", "第一条"),
        ("修改", "第二条", "第二条"),
    ]


def test_another_article_under_the_same_number_is_another_article():
    assert changes([PURPOSE, DUTY], [PURPOSE, FISHING]) == [
        ("未变", "第一条", "第一条"),
        ("删除", "第二条", ""),
        ("新增", "", "第二条"),
    ]


def test_one_article_that_became_two_is_split():
    pairs = compared(statute([PURPOSE, [*DUTY, *BAN], FORCE]), statute([PURPOSE, DUTY, BAN, FORCE])).pairs
    assert told(pairs)[1] == ("拆分", "第二条", "第二条+第三条")
    assert told(pairs[1].below) == [("未变", "第一款", "第一款"), ("改序", "第二款", "第一款")]


def test_two_articles_that_became_one_are_merged():
    assert changes([PURPOSE, DUTY, BAN, FORCE], [PURPOSE, [*DUTY, *BAN], FORCE])[1] == (
        "合并",
        "第二条+第三条",
        "第二条",
    )


def test_paragraphs_are_paired_within_their_article():
    pairs = compared(statute([[*BAN, *FINE]]), statute([[*SIGNS, *BAN, *FINE]])).pairs
    assert told(pairs) == [("修改", "第一条", "第一条")]
    assert told(pairs[0].below) == [
        ("新增", "", "第一款"),
        ("改序", "第一款", "第二款"),
        ("改序", "第二款", "第三款"),
    ]


def test_repeated_words_are_paired_in_their_order():
    repealed = ["（删去）"]
    old = [PURPOSE, repealed, DUTY, repealed, BAN]
    assert changes(old, [FISHING, *old])[1:] == [
        ("改序", f"第{a}条", f"第{b}条") for a, b in ("一二", "二三", "三四", "四五", "五六")
    ]


def test_width_and_blanks_are_no_change():
    half, full = ["依照本办法第3条(一)项处理,并公告."], ["依照本办法第３条（一）项处理， 并公告．"]
    assert changes([half], [full]) == [("未变", "第一条", "第一条")]


# --- little alike -----------------------------------------------------------------------------------------------------

DAY = ["全市设立节水宣传日，普及用水常识。"]
DAY_NAMED = ["每年三月的第四个星期一为全市节水宣传日，各单位应当组织活动，普及用水常识。"]
FUNDS = ["对自行前来查看界桩的沿岸村民，经济上确有困难的，由所在街道给予交通补助。"]
FUNDS_CHANGED = ["沿岸村民参加界桩巡护有误工的，人身保险由区财政统筹安排，由街道给予物资。"]
PENALTY = ["擅自移动界桩的，由区水务部门责令限期改正，给予警告；逾期不改正的，处五百元以上二千元以下罚款。"]
OTHER_PENALTY = [
    "未按照规定公布水质监测结果的，由上级主管部门责令限期改正，给予警告；逾期不改正的，对负有责任的人员依法给予处分。"
]


def test_what_was_written_anew_between_its_neighbours_is_found_by_its_rare_words():
    old, new = [PURPOSE, DUTY, FUNDS, BAN, FORCE], [PURPOSE, DUTY, FUNDS_CHANGED, BAN, FORCE]
    assert changes(old, new)[2] == ("修改", "第三条", "第三条")


def test_far_from_its_neighbours_it_is_not():
    old, new = [PURPOSE, DUTY, FUNDS, BAN, FORCE], [PURPOSE, FISHING, DUTY, BAN, SIGNS, FUNDS_CHANGED, FINE, FORCE]
    assert ("删除", "第三条", "") in changes(old, new)


def test_penalties_of_other_acts_share_only_what_all_penalties_say():
    rest = [FINE, ["擅自取水的，由市水务部门责令限期改正，给予警告；逾期不改正的，处一千元以上五千元以下罚款。"]]
    found = changes([PURPOSE, PENALTY, *rest], [PURPOSE, OTHER_PENALTY, *rest])
    assert found[1:3] == [("删除", "第二条", ""), ("新增", "", "第二条")]


def test_two_that_are_alike_with_nothing_else_belong_together_wherever_they_stand():
    old = [PURPOSE, DAY, DUTY, BAN, SIGNS, FINE, FORCE]
    new = [PURPOSE, DUTY, BAN, SIGNS, FISHING, FINE, DAY_NAMED, FORCE]
    assert ("改序并修改", "第二条", "第七条") in changes(old, new)


def test_a_part_that_was_enlarged_is_a_part_where_it_stands_beside_the_other():
    patrol = "沿河单位可以单独或者联合设立河道巡护队，也可以委托专业机构对职工开展巡护训练。"
    teams = ["沿河单位可以利用资金、技术、设备、场地、船艇等条件，设立或者参与设立河道巡护队、救援队和志愿服务站点。"]
    old, new = [PURPOSE, [*DUTY, patrol], BAN, FORCE], [PURPOSE, DUTY, teams, BAN, FORCE]
    assert changes(old, new)[1] == ("拆分", "第二条", "第二条+第三条")


def test_a_turn_of_phrase_that_is_left_over_makes_no_part():
    aid = ["沿岸村民享受相应的用水优惠待遇，具体办法由省、自治区、直辖市人民政府规定。"]
    aid_changed = ["沿岸村民在枯水期按照规定享受相应的用水优惠待遇，具体办法由国务院水行政主管部门会同财政部门规定。"]
    names = ["由省、自治区、直辖市人民政府水行政主管部门批准的河道名称需要变更的，由原批准的部门向社会公布。"]
    found = changes([PURPOSE, aid, BAN, FORCE], [PURPOSE, aid_changed, BAN, names, FORCE])
    assert found[1] == ("修改", "第二条", "第二条")
    assert found[3] == ("新增", "", "第四条")


def test_of_texts_that_share_the_same_rest_only_one_is_a_part():
    logs = ["巡查人员应当佩戴统一标识并如实填写巡查日志，日志保存三年。"]
    again = ["巡查日志应当如实填写，巡查人员佩戴标识。"]
    old = [PURPOSE, [*DUTY, "巡查人员应当佩戴统一标识并如实填写巡查日志。"], BAN, FORCE]
    found = changes(old, [PURPOSE, DUTY, logs, BAN, again, FORCE])
    assert found[1] == ("拆分", "第二条", "第二条+第三条")
    assert ("新增", "", "第五条") in found


# --- policy texts ----------------------------------------------------------------------------------------------------


def unit(kind: Kind, label: str, heading: str, text: str, *, order: int, above: Clause | None = None) -> Clause:
    path = (*(above.path if above else ()), label)
    above_id = above.clause_id if above else None
    fields = {"parent_id": above_id, "path": path, "heading": heading, "text": text, "order": order}
    return clause(label, "意见", clause_id=f"意见#{'/'.join(path)}", kind=kind, number=None, **fields)


def policy(*sections: tuple[str, list[str]]) -> list[Clause]:
    """A text with sections 一、二、… of measures （一）（二）…"""
    found: list[Clause] = []
    count = 0
    for label, (heading, measures) in zip("一二三四", sections, strict=False):
        section = unit(Kind.HEADING, label, heading, "", order=len(found))
        found.append(section)
        for text in measures:
            count += 1
            found.append(
                unit(Kind.SUBHEADING, f"（{'一二三四五六'[count - 1]}）", "", text, order=len(found), above=section)
            )
    return found


def test_a_measure_is_found_in_another_section():
    old = policy(("保障", [FISHING[0], SIGNS[0]]), ("监督", [BAN[0]]))
    new = policy(("保障", [FISHING[0]]), ("监督检查", [BAN[0], SIGNS[0]]))
    assert told(compared(old, new).pairs) == [
        ("未变", "一", "一"),
        ("未变", "（一）", "（一）"),
        ("修改", "二", "二"),
        ("改序", "（三）", "（二）"),
        ("改序", "（二）", "（三）"),
    ]


def test_units_hold_every_clause_once():
    clauses = [*policy(("保障", [FISHING[0], SIGNS[0]])), *statute([PURPOSE, [*DUTY, *BAN]])]
    held = [c for u in units(clauses) for c in (u.clause, *u.below)]
    assert sorted(c.clause_id for c in held) == sorted(c.clause_id for c in clauses)
    assert [u.clause.label for u in units(clauses)] == ["一", "（一）", "（二）", "第一条", "第二条"]


def test_the_title_of_one_is_the_title_of_the_other():
    old, new = (
        [clause("标题", doc, kind=Kind.TITLE, text=text)]
        for doc, text in (("旧", "江川市河道管理暂行规定"), ("新", "江川市水域保护条例"))
    )
    assert told(compared(old, new).pairs) == [("修改", "标题", "标题")]


# --- speed -----------------------------------------------------------------------------------------------------------


def test_a_code_of_a_thousand_articles_takes_seconds():
    words = [a + b + c for a in "河湖渠堰塘" for b in "堤坝闸桥" for c in "巡查养护疏浚登记"]
    old = [
        [f"{words[n % 80]}由{words[(n * 7) % 80]}机构负责，每{n}日向{words[(n * 13) % 80]}部门报告一次。"]
        for n in range(1000)
    ]
    new = [[text.replace("报告", "书面报告") if n % 3 else text] for n, [text] in enumerate(old)]
    began = time.process_time()
    pairs = compared(statute(old), statute(new)).pairs
    assert time.process_time() - began < 10
    assert [p.old[0].label == p.new[0].label for p in pairs] == [True] * 1000
