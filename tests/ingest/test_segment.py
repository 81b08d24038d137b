"""Clause trees: one convention a test. A tree is written as one line a clause, `path kind: own text`."""

import pytest

from ingest.clean import clean
from ingest.structure.segment import segment


def tree(text, headings=None):
    """Return the clauses of a text as lines; labels joined with /, the own text cut at 12 characters."""
    lines = []
    for member in segment(clean(text), headings or {}):
        paths = []
        for unit in member.units:
            paths.append((*(paths[unit.parent] if unit.parent is not None else ()), unit.label))
            own = clean(text)[member.start :][unit.text_start : unit.end]
            lines.append(f"{'/'.join(paths[-1])} {unit.kind}: {''.join(own.split())[:12]}".rstrip())
    return lines


def problems(text):
    """Return the codes of what a text's segmentation reports."""
    return [code for member in segment(clean(text), {}) for code, *_ in member.problems]


def labels(text, headings=None):
    """Return only the paths of the clauses of a text."""
    return [line.split(" ")[0] for line in tree(text, headings)]


def test_an_article_has_its_text_in_paragraphs_and_its_items_under_them():
    assert tree(
        "第一条 为了规范管理，制定本办法。\n第二条 有下列情形之一的，应当登记：\n（一）新设；\n（二）变更。\n其他情形从其规定。"
    ) == [
        "第一条 article:",
        "第一条/第一款 paragraph: 为了规范管理，制定本办法",
        "第二条 article:",
        "第二条/第一款 paragraph: 有下列情形之一的，应当登",
        "第二条/第一款/（一） item: 新设；",
        "第二条/第一款/（二） item: 变更。",
        "第二条/第二款 paragraph: 其他情形从其规定。",
    ]


def test_chapters_and_sections_hold_articles_that_are_numbered_through():
    text = "第一章 总 则\n第一条 甲。\n第二章 管理\n第一节 登记\n第二条 乙。\n第二节 检查\n第三条 丙。"
    assert labels(text) == [
        "第一章",
        "第一章/第一条",
        "第一章/第一条/第一款",
        "第二章",
        "第二章/第一节",
        "第二章/第一节/第二条",
        "第二章/第一节/第二条/第一款",
        "第二章/第二节",
        "第二章/第二节/第三条",
        "第二章/第二节/第三条/第一款",
    ]


def test_policy_levels_go_by_their_marks_also_where_one_is_skipped():
    text = "一、总体要求\n（一）目标。到二〇三〇年。\n1.第一步。\n（1）甲。\n①子。\n二、任务\n1、建设。\n三、保障\n(1)经费。"
    assert tree(text) == [
        "一 heading: 总体要求",
        "一/（一） subheading: 目标。到二〇三〇年。",
        "一/（一）/1 point: 第一步。",
        "一/（一）/1/（1） subpoint: 甲。",
        "一/（一）/1/（1）/① subsubpoint: 子。",
        "二 heading: 任务",
        "二/1 point: 建设。",
        "三 heading: 保障",
        "三/(1) subpoint: 经费。",
    ]


def test_depth_below_an_article_decides_between_item_and_subitem():
    text = "第一条 收费标准：\n一、一类：\n1.甲；\n2.乙。\n二、二类。"
    assert [line.split(":")[0] for line in tree(text)] == [
        "第一条 article",
        "第一条/第一款 paragraph",
        "第一条/第一款/一 item",
        "第一条/第一款/一/1 subitem",
        "第一条/第一款/一/2 subitem",
        "第一条/第一款/二 item",
    ]


def test_article_of_a_suffixed_number_stands_beside_the_one_before():
    assert labels("第十条 甲。\n第十条之一 乙。\n第十一条 丙。") == [
        "第十条",
        "第十条/第一款",
        "第十条之一",
        "第十条之一/第一款",
        "第十一条",
        "第十一条/第一款",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "第三十条规定的罚款，由县级以上部门决定。",
        "第九十九条规定：“违反规定的，处罚款。”",
        "第一条至第三条的补贴，可以叠加。",
        "第一款第（二）项所称费用，由市财政承担。",
        "（一）、（二）项所列人员，应当登记。",
        "有前款第（二）、（三）项行为的，从重处罚。",
    ],
)
def test_a_reference_at_the_start_of_a_line_is_text(line):
    assert labels(f"第一条 甲。\n第二条 乙。\n{line}")[-1] == "第二条/第二款"


@pytest.mark.parametrize(
    "line",
    [
        "第三条有关部门应当配合。",
        "第三条 与本市毗邻的县参照执行。",
        "第三条 项目单位应当报告。",
        "第三条　规定的其他事项。",
    ],
)
def test_an_expected_article_is_a_label_though_it_begins_like_a_reference(line):
    assert labels(f"第一条 甲。\n第二条 乙。\n{line}")[-2] == "第三条"


def test_items_run_together_on_a_line_are_split():
    assert labels("第一条 不得有下列行为：（一）甲；（二）乙；（三）丙。") == [
        "第一条",
        "第一条/第一款",
        "第一条/第一款/（一）",
        "第一条/第一款/（二）",
        "第一条/第一款/（三）",
    ]


def test_articles_run_together_on_a_line_are_split_but_references_are_not():
    text = "第一条为了规范管理，根据《某法》第三条制定。第二条本办法适用于本市。第三条依照第二条规定执行。"
    assert labels(text) == [f"第{n}条{p}" for n in "一二三" for p in ("", "/第一款")]


def test_numbers_in_a_quotation_or_bracket_are_text():
    assert labels("一、目标\n建设“一、二、三”工程（1.甲；2.乙），形成（一）（二）两类。") == ["一", "一/段1"]


def test_the_new_words_of_an_amendment_are_text_of_the_amending_clause():
    text = "一、将第五条修改为：“第五条 主管部门应当公开：\n（一）依据；\n（二）结果。”\n二、删去第七条。"
    assert labels(text) == ["一", "一/段1", "一/段2", "二"]


def test_a_page_number_stuck_to_a_label_stays_with_the_clause_before():
    text = "第七条 甲。\n4第八条 乙。\n— 5 —第九条　丙。"
    assert labels(text) == [f"第{n}条{p}" for n in "七八九" for p in ("", "/第一款")]


def test_hard_line_breaks_are_undone_and_page_marks_stay_in_the_sentence():
    line = "各级人民政府应当加强对养老服务工作的组织领导并将其纳入国民经济和社会"
    text = "一、总体要求\n" + (line + "\n") * 9 + "— 2 —\n发展规划。\n二、主要任务\n建立制度。"
    assert labels(text) == ["一", "一/段1", "二", "二/段1"]


@pytest.mark.parametrize("broken", ["一\n、总体要求", "一、\n总体要求", "一\n\n总体要求"])
def test_a_label_broken_over_lines_is_joined(broken):
    assert tree(f"{broken}\n加强领导。\n二、任务\n落实。")[0] == "一 heading: 总体要求" or broken.startswith("一\n、")
    assert labels(f"{broken}\n加强领导。\n二、任务\n落实。") == ["一", "一/段1", "二", "二/段1"]


def test_a_paragraph_behind_a_list_belongs_to_the_unit_of_the_list():
    text = "三、执法责任\n有下列情形之一的，应当追究：\n1.超越职权的。\n2.违反程序的。\n情节轻微的，可以从轻。"
    assert labels(text) == ["三", "三/段1", "三/1", "三/2", "三/段2"]


def test_a_new_list_behind_a_paragraph_stands_under_the_same_unit():
    text = "（三）窗口办理\n1.住宅：发票。\n2.非住宅：发票。\n说明：\n（1）面积。\n（2）价格。"
    assert labels(text) == ["（三）", "（三）/1", "（三）/2", "（三）/段1", "（三）/（1）", "（三）/（2）"]


def test_a_paragraph_in_the_middle_of_a_list_belongs_to_the_item_above_it():
    text = "第一条 分为：\n（一）甲类：\n符合条件的机构。\n（二）乙类。"
    assert labels(text) == [
        "第一条",
        "第一条/第一款",
        "第一条/第一款/（一）",
        "第一条/第一款/（一）/段1",
        "第一条/第一款/（二）",
    ]


def test_title_preamble_and_closing_stand_around_the_units():
    text = (
        "江川市人民政府关于加强养老服务工作的通知\n江政规〔2024〕3号\n各县（区）人民政府：\n为了加强工作，现通知如下：\n"
        "一、健全机制\n各地要建立制度。\n本通知自印发之日起施行，有效期五年。\n江川市人民政府\n2024年3月1日"
    )
    assert tree(text) == [
        "标题 title: 江川市人民政府关于加强养",
        "序言 preamble: 江政规〔2024〕3号各",
        "一 heading: 健全机制",
        "一/段1 paragraph: 各地要建立制度。",
        "落款 closing: 本通知自印发之日起施行，",
    ]


def test_a_notice_and_the_measure_it_encloses_have_a_title_each():
    text = (
        "各县（区）民政局：\n现将《江川市助餐服务管理办法》印发给你们，请遵照执行。\n江川市民政局\n2024年3月14日\n"
        "江川市助餐服务管理办法\n第一条 为了规范助餐服务，制定本办法。\n第二条 本办法自2024年5月1日起施行。\n附件1\n申请表\n一、姓名"
    )
    assert labels(text) == [
        "序言",
        "落款",
        "标题",
        "第一条",
        "第一条/第一款",
        "第二条",
        "第二条/第一款",
        "附件1",
        "附件1/一",
    ]


def test_a_contents_page_is_preamble():
    text = "江川市养老服务条例\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    assert labels(text)[:4] == ["标题", "序言", "第一章", "第一章/第一条"]
    assert labels(text).count("第二章") == 1


def test_a_list_of_attachments_is_closing_not_units():
    text = "一、时间\n三月。\n附件：1.申请表\n2.汇总表\n江川市民政局\n2024年3月1日"
    assert labels(text) == ["一", "一/段1", "落款"]


def test_documents_marked_in_one_file_are_separate():
    text = "行政执法工作制度\n工作制度篇1\n一、公示\n公开。\n工作制度篇2\n一、记录\n留痕。"
    members = segment(text, {})
    assert [m.mark for m in members] == ["", "篇1", "篇2"]
    assert labels(text) == ["标题", "标题", "一", "一/段1", "标题", "一", "一/段1"]


def test_a_text_on_one_line_is_still_taken_apart():
    text = (
        "江川市民政局文件江民发〔2022〕4号江川市民政局关于加强助餐管理的通知各县民政局：现将有关事项通知如下："
        "一、明确职责（一）各县民政局负责监管。（二）服务机构负责安全。二、加强检查1.每月检查。2.及时整改。江川市民政局2022年5月26日"
    )
    assert labels(text) == ["序言", "标题", "序言", "一", "一/（一）", "一/（二）", "二", "二/1", "二/2", "落款"]


@pytest.mark.parametrize("row", ["1.5万元以下的，给予补贴。", "2.5%以上的，上浮。"])
def test_a_decimal_at_the_start_of_a_line_is_text(row):
    assert labels(f"一、标准\n{row}") == ["一", "一/段1"]


def test_a_point_that_reads_like_a_decimal_goes_on_with_its_list():
    assert labels("一、对象\n1.80周岁及以上的；\n2.60周岁及以上的。") == ["一", "一/1", "一/2"]


def test_numbers_that_run_on_across_headings_and_gaps_are_kept_and_gaps_reported():
    text = "一、甲\n（一）子。\n（二）丑。\n二、乙\n（三）寅。\n（五）辰。"
    assert labels(text) == ["一", "一/（一）", "一/（二）", "二", "二/（三）", "二/（五）"]
    assert problems(text) == ["number_gap", "no_title"]


def test_a_text_without_title_or_labels_is_reported():
    assert problems("各县（区）应当加强领导，落实责任。\n不得推诿。") == ["no_title", "no_labels"]
    assert problems("关于加强领导的通知\n一、落实责任。") == []


def test_table_rows_are_one_table():
    assert labels("附表\n税目税率表\n税目\t单位\t税额\n噪声\t分贝\t350元\n固废\t吨\t5元")[-1] == "附表/表"


@pytest.mark.parametrize(
    "text", ["", " \n\u3000", "第", "（", "一、", "第一条", "。", "附件", "《", "\n".join("一、" * 50)]
)
def test_no_text_is_refused(text):
    found = "".join("".join(clean(text)[u.start : u.end].split()) for m in segment(clean(text), {}) for u in m.units)
    assert found == "".join(clean(text).split())


def test_a_numbered_row_of_a_powers_list_is_an_item_and_its_cells_are_not_split():
    text = "江川市民政局权责清单\n| 序号 | 名称 | 责任 |\n|---|---|---|\n| 1 | 登记 | 1.受理；2.审查 |\n| 2 | 检查 | 1.计划 |"
    assert labels(text) == ["标题", "表头", "1", "2"]


def test_a_plan_numbered_by_decimals_nests_by_the_parts_of_its_numbers():
    text = "1　总则\n1.1　编制目的\n为了救助。\n1.2　工作原则\n以人为本。\n2　组织体系\n2.1　指挥机构\n2.1.1　职责\n（1）决策；\n（2）指挥。"
    assert labels(text) == [
        "1",
        "1/1.1",
        "1/1.1/段1",
        "1/1.2",
        "1/1.2/段1",
        "2",
        "2/2.1",
        "2/2.1/2.1.1",
        "2/2.1/2.1.1/（1）",
        "2/2.1/2.1.1/（2）",
    ]


def test_a_printed_heading_of_an_article_is_its_own_text():
    assert tree("第一条 【立法目的】为了规范管理，制定本办法。") == [
        "第一条 article: 【立法目的】",
        "第一条/第一款 paragraph: 为了规范管理，制定本办法",
    ]


def test_a_short_title_printed_twice_is_two_titles():
    assert labels("公墓管理办法\n公墓管理办法\n第一条 甲。")[:3] == ["标题", "标题", "第一条"]


def test_a_label_on_the_line_of_an_attachment_loses_nothing():
    assert labels("一、甲\n乙。\n附件1 一、目录\n二、范围\n丙。\n三、其他\n丁。")[2:] == [
        "附件1",
        "附件1/二",
        "附件1/二/段1",
        "附件1/三",
        "附件1/三/段1",
    ]


def test_a_page_mark_stuck_to_an_attachment_or_a_title_is_no_part_of_it():
    text = "-1-江川市民政局关于印发停车办法的通知\n各县民政局：\n请执行。\n江川市民政局\n2024年3月1日\n-2-附件\n停车办法\n第一条 停车应当有序。"
    assert tree(text)[-4:] == [
        "落款 closing: 江川市民政局2024年3",
        "附件 attachment: 停车办法",
        "附件/第一条 article:",
        "附件/第一条/第一款 paragraph: 停车应当有序。",
    ]
    assert "标题 title: 江川市民政局关于印发停车" in tree(text)


def test_a_measure_that_a_decision_names_begins_at_its_title_though_nothing_is_signed():
    text = (
        "江川市人民政府关于修改《江川市停车管理办法》的决定\n一、将第二条中的“甲”修改为“乙”。\n二、删去第三条。\n"
        "本决定自公布之日起施行。\n《江川市停车管理办法》根据本决定作相应修改，重新公布。\n"
        "江川市停车\n管理办法\n第一条 停车应当有序。\n第二条 夜间减半。"
    )
    assert tree(text)[3:6] == [
        "落款 closing: 本决定自公布之日起施行。",
        "标题 title: 江川市停车管理办法",
        "第一条 article:",
    ]


def test_attachments_of_a_text_without_line_breaks_are_parted():
    text = (
        "江川市档案局关于申报项目的通知各县档案局:现将有关事项通知如下。一、申报范围。" + "各县均可申报。" * 150
        + "二、时间要求。五月底前报送。附件:1.选题指南2.任务书江川市档案局2024年3月2日附件1 选题指南选题应当新颖。一、档案治理"
        "方面，可研究体制。二、资源建设方面，可研究征集。附件2任务书填写说明见下。"
    )  # fmt: skip
    assert tree(text)[4:] == [
        "落款 closing: 附件:1.选题指南2.任",
        "附件1 attachment: 选题指南选题应当新颖。",
        "附件1/一 heading: 档案治理方面，可研究体制",
        "附件1/二 heading: 资源建设方面，可研究征集",
        "附件2 attachment: 任务书填写说明见下。",
    ]


@pytest.mark.parametrize(
    ("last", "path"),
    [
        ("各地区、各部门要于三月底前制定实施方案。", "段1"),
        ("本措施所称中心城区是指江川区。", "段1"),
        ("对逾期不改的，予以通报。", "二/段1"),
    ],
)
def test_a_last_paragraph_about_the_whole_text_stands_at_the_top(last, path):
    text = f"一、目标。有序停车。\n二、任务\n（一）规划车位。增加供给。\n（二）加强检查。每月一次。\n{last}"
    assert labels(text)[-1] == path


def test_a_heading_that_ends_with_a_stop_and_has_no_text_keeps_its_paragraphs():
    text = "一、总体要求\n（一）指导思想。坚持有序停车。\n（二）发展目标。\n到2026年，车位充足。\n到2030年，管理有序。\n二、任务"
    assert labels(text)[2:5] == ["一/（二）", "一/（二）/段1", "一/（二）/段2"]


def test_articles_of_a_policy_that_begin_with_a_heading_have_it_as_their_own_text():
    text = "\n".join(
        f"第{n}条 {head}。对符合条件的，给予支持。"
        for n, head in zip("一二三四", ("加大供给", "优化信贷", "简化手续", "加强宣传"), strict=True)
    )
    assert tree(text)[:2] == ["第一条 article: 加大供给。", "第一条/第一款 paragraph: 对符合条件的，给予支持。"]
    assert tree("第一条 加大供给。对符合条件的，给予支持。\n第二条 本市停车，适用本办法。")[0] == "第一条 article:"


def test_an_attachment_that_is_a_form_is_one_table():
    text = (
        "江川市停车办法\n第一条 停车应当备案。\n—1—附1\n江川市停车备案表\n申请人\n车位数量\n□新建　□改建\n（盖章）\n年   月   日\n"
        "附2\n填表须知\n申请人应当如实填写备案表中的全部内容，不得隐瞒有关情况或者提供虚假材料。"
    )
    assert tree(text)[3:] == [
        "附1 attachment: 江川市停车备案表",
        "附1/表 table: 申请人车位数量□新建□改",
        "附2 attachment: 填表须知",
        "附2/段1 paragraph: 申请人应当如实填写备案表",
    ]


def test_an_order_before_the_repeated_title_is_preamble():
    text = (
        "江川市机动车停车管理办法（江川市人民政府令〔2024〕第3号）\n江川市人民政府令\n《江川市机动车停车管理办法》已经审议通过，现予公布。\n"
        "市长 李某\n2024年3月1日\n江川市机动车停车管理办法\n第一条 停车应当有序。"
    )
    assert [line.split(":")[0] for line in tree(text, {0: 1})] == [
        "标题 title",
        "序言 preamble",
        "标题 title",
        "第一条 article",
        "第一条/第一款 paragraph",
    ]


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("加强巡查。每夜一次。", "加强巡查。"),
        ("办理时限：三日。", "办理时限："),
        ("加强巡查（责任单位：市民政局）。每夜一次。", "加强巡查（责任单位：市民政局）。"),
        ("加强巡查（责任单位：市民政局）", ""),
        ("落实“一网：通办”要求", "落实“一网：通办”要求"),
        ("凝血因子Ⅷ:C减少或极少。", ""),
        ("登录网站https://example.cn办理。", ""),
        ("服务至23:00。逾期不候。", "服务至23:00。"),
        ("公示制度.机关应当公开.", "公示制度."),
        ("奖励2.5万元", "奖励2.5万元"),
        ("将第五条修改为“每年缴纳。”", ""),
    ],
)
def test_a_heading_ends_at_its_first_stop_outside_brackets_and_quotations(words, heading):
    text = f"一、{words}"
    unit = segment(text, {})[0].units[0]
    assert text[unit.text_start : unit.heading_end] == heading


@pytest.mark.parametrize(
    ("behind", "paths"),
    [
        ("1.申请表\n2.承诺书\n江川市民政局\n2024年3月1日", ["一", "一/段1", "落款"]),
        ("1.申请表\n2.承诺书", ["一", "一/段1", "落款"]),
        (
            "1.申请表应当如实填写。\n2.承诺书应当签名。",
            ["一", "一/段1", "附件", "附件/1", "附件/2"],
        ),
        ("停车要求\n1.靠右停放\n2.不得占道", ["一", "一/段1", "附件", "附件/1", "附件/2"]),
    ],
)
def test_what_stands_behind_the_word_attachment_is_a_list_or_the_attachment_itself(behind, paths):
    assert labels(f"一、时间\n三月。\n附件：\n{behind}") == paths


def test_the_first_article_of_a_division_may_be_of_any_number_unless_it_is_quoted():
    text = "第一章 总则\n第一条 甲。\n第九章 罚则\n第九十条 乙。"
    assert labels(text)[-2:] == ["第九章/第九十条", "第九章/第九十条/第一款"]
    quoted = "第一条 甲。\n第二条 增加一章，内容如下：\n第九章 罚则\n第九十条 乙。"
    assert "第九十条" not in "".join(labels(quoted))
