"""Decisions of persons on top of what was extracted: across readings and versions, and what becomes of the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from factories import clause, document, file_state, ingest, write

from compare.becoming import became
from graph.build import references
from graph.corrected import CorrectedResolver, corrected, corrected_citations, corrected_norms
from graph.export import Records, records
from graph.kept import kept_graph
from graph.standings import standings
from tiaoli.decisions import decision, on_body, on_citation, on_norm
from tiaoli.records import Bearer, Citation, Mention, Norm, NormKind, ParsedDocument, Span, Verb

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 6, 1)
LINES = {
    "第一条": "市水务局应当每年检查一次河道，并公布结果；涉及桥梁的，依照《桥梁条例》第三条办理。",
    "第二条": "任何单位不得在河道内倾倒垃圾。",
}
DUTY, BAN = (
    ("第一条", "市水务局应当每年检查一次河道", NormKind.DUTY),
    ("第二条", LINES["第二条"][:-1], NormKind.PROHIBITION),
)


class Shelf:
    """A store with documents made by hand: clauses by label, norms and citations by their words in them."""

    def __init__(self, store):
        self.store = store

    def put(self, doc_id, lines=None, norms=(DUTY, BAN), cited=("《桥梁条例》第三条",), below=None, **fields):
        lines, below = lines or LINES, below or {}
        text, clauses = "", []
        for order, (label, words) in enumerate(lines.items()):
            start = len(text)
            text += f"{label} {words}\n"
            parent = below.get(label)
            made = {"doc_id": doc_id, "text": words, "start": start, "end": len(text) - 1, "order": order}
            clauses.append(clause(label, parent_id=f"{doc_id}#{parent}" if parent else None, **made))
        by_label = {c.label: c for c in clauses}
        found = [_norm(text, by_label[label], n, words, kind) for n, (label, words, kind) in enumerate(norms, 1)]
        citations = tuple(
            Citation(
                c.clause_id, doc_id, text.index(words), text.index(words) + len(words), words, "桥梁条例", "第三条"
            )
            for words in cited
            for c in clauses
            if words in c.text
        )
        at = text.find("市水务局")
        mentions = (
            (Mention(clauses[0].clause_id, doc_id, at, at + 4, "市水务局", "市水务局", "部门"),) if at >= 0 else ()
        )
        one = document(doc_id, **{"title": "河道办法", "version_of": "河道办法", "n_clauses": len(clauses)} | fields)
        stem = doc_id.partition("@")[0]
        self.store.put_file(
            file_state(stem, version=one.version),
            [ParsedDocument(one, text, tuple(clauses), citations=citations, norms=tuple(found), mentions=mentions)],
        )
        return one

    def norm(self, doc_id, kind):
        return next(n for n in self.store.norms(doc_id) if n.kind is kind)

    def say(self, doc_id, kind, verb, *, who="李明", minutes=0, **changes):
        norm = self.norm(doc_id, kind)
        return self._keep(on_norm, norm, norm.clause_id, verb, who, minutes, changes)

    def cite(self, doc_id, verb, *, who="李明", minutes=0, **changes):
        citation = self.store.citations(doc_id)[0]
        return self._keep(on_citation, citation, citation.clause_id, verb, who, minutes, changes)

    def _keep(self, make, record, clause_id, verb, who, minutes, changes):
        anchor = {"clause": self.store.clause(clause_id), "document": self.store.document(record.doc_id)}
        said = make(record, verb, who=who, when=NOON + timedelta(minutes=minutes), changes=changes, **anchor)
        self.store.put_decision(said)
        return said

    def hanging(self, compared=None):
        return [(h.doc_id, h.reason) for one in standings(corrected(self.store, compared)) for h in one.hanging]

    def holds(self, compared=None):
        return [one.holds for one in standings(corrected(self.store, compared))]


def _norm(text, where, number, words, kind):
    start = text.index(words, where.start)
    bearers = (Bearer("市水务局", start, start + 4),) if words.startswith("市水务局") else ()
    norm_id = f"{where.clause_id}~n{number}"
    return Norm(norm_id, where.clause_id, where.doc_id, start, start + len(words), words, kind, bearers=bearers)


@pytest.fixture
def shelf(store):
    return Shelf(store)


# --- one document ----------------------------------------------------------------------------------------------------


def test_without_decisions_all_is_as_extracted(shelf):
    shelf.put("办法")
    view = corrected(shelf.store)
    assert view.norms("办法") == shelf.store.norms("办法")
    assert view.citations("办法") == shelf.store.citations("办法")
    assert view.mentions("办法") == shelf.store.mentions("办法")
    assert standings(view) == []


def test_what_was_extracted_is_never_overwritten(shelf):
    shelf.put("办法")
    before = shelf.store.norms("办法"), shelf.store.citations("办法")
    shelf.say("办法", NormKind.DUTY, Verb.REJECT)
    shelf.cite("办法", Verb.REJECT)
    assert [n.kind for n in corrected_norms(shelf.store, "办法")] == [NormKind.PROHIBITION]
    assert corrected_citations(shelf.store, "办法") == []
    assert (shelf.store.norms("办法"), shelf.store.citations("办法")) == before


def test_corrections_survive_another_reading_of_the_same_file(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查河道")
    shelf.put("办法", norms=(BAN, DUTY))  # other ids
    edited = next(n for n in corrected_norms(shelf.store, "办法") if n.kind is NormKind.DUTY)
    assert (edited.action, edited.rule, edited.norm_id) == ("检查河道", "person", "办法#第一条~n2")
    shelf.put("办法", norms=(BAN,))  # no longer extracted
    assert [n.action for n in corrected_norms(shelf.store, "办法") if n.kind is NormKind.DUTY] == ["检查河道"]
    assert (shelf.holds(), shelf.hanging()) == ([("办法",)], [])


def test_a_decision_finds_its_words_where_the_text_is_divided_anew(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.REJECT)
    lines = {"第一条": "河道管理", "第一条第一款": LINES["第一条"], "第二条": LINES["第二条"]}
    norms = [("第一条第一款", DUTY[1], NormKind.DUTY), BAN]
    shelf.put("办法", lines, norms, below={"第一条第一款": "第一条"})
    assert [n.kind for n in corrected_norms(shelf.store, "办法")] == [NormKind.PROHIBITION]


def test_words_that_are_cut_in_another_way_are_told_and_not_guessed(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查河道")
    longer = ("第一条", f"{DUTY[1]}，并公布结果", NormKind.DUTY)
    shelf.put("办法", norms=(longer, BAN))
    assert corrected_norms(shelf.store, "办法") == shelf.store.norms("办法")
    assert shelf.hanging() == [("办法", "抽取的分句已改变，请重新核对")]
    assert shelf.holds() == [()]


def test_a_rejection_of_what_is_no_longer_extracted_is_carried_out_and_hangs_nowhere(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.REJECT)
    shelf.put("办法", norms=(BAN,))
    assert (shelf.holds(), shelf.hanging()) == ([("办法",)], [])


def test_who_disagrees_is_told(shelf):
    shelf.put("办法")
    first = shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查")
    second = shelf.say("办法", NormKind.DUTY, Verb.EDIT, who="王芳", minutes=5, action="巡查")
    assert next(n for n in corrected_norms(shelf.store, "办法") if n.kind is NormKind.DUTY).action == "巡查"
    assert [(one.decision, one.overruled) for one in standings(corrected(shelf.store))] == [
        (first, (second,)),
        (second, ()),
    ]


# --- citations and names ---------------------------------------------------------------------------------------------


def test_a_norm_gains_the_citations_added_within_it(shelf):
    shelf.put("办法", norms=(("第一条", LINES["第一条"][:-1], NormKind.DUTY),), cited=())
    text, where = shelf.store.text("办法"), shelf.store.clause("办法#第一条")
    at = text.index("《桥梁条例》")
    new = Citation(where.clause_id, "办法", at, at + 6, "《桥梁条例》", "桥梁条例", None)
    shelf.store.put_decision(
        on_citation(new, Verb.ADD, who="李明", when=NOON, clause=where, document=shelf.store.document("办法"))
    )
    assert [(s.start, s.end) for s in corrected_norms(shelf.store, "办法")[0].citations] == [(at, at + 6)]
    (exported,) = records(shelf.store, Records.NORMS, at=TODAY)
    assert [c["title"] for c in exported["citations"]] == ["桥梁条例"]


def test_a_norm_loses_rejected_citations(shelf):
    shelf.put("办法", norms=(("第一条", LINES["第一条"][:-1], NormKind.DUTY),))
    norm, (citation,) = shelf.norm("办法", NormKind.DUTY), shelf.store.citations("办法")
    spans = (Span(citation.start, citation.end),)
    before = shelf.store.document("办法"), shelf.store.text("办法"), tuple(shelf.store.clauses("办法"))
    cited = ParsedDocument(*before, citations=(citation,), norms=(replace(norm, citations=spans),))
    shelf.store.put_file(file_state(), [cited])
    assert corrected_norms(shelf.store, "办法")[0].citations == spans
    shelf.cite("办法", Verb.REJECT)
    assert corrected_norms(shelf.store, "办法")[0].citations == ()


def test_an_edited_title_and_a_given_target_lead_where_the_person_says(shelf):
    shelf.put("办法")
    shelf.put("桥梁", {"第三条": "桥梁由市交通局管理。"}, (), (), title="市桥梁管理条例", version_of="桥梁")
    (before,) = CorrectedResolver.of(shelf.store, at=TODAY).resolve(shelf.store.document("办法"))
    assert before.target_doc_id is None
    shelf.cite("办法", Verb.EDIT, title="市桥梁管理条例")
    (led,) = records(shelf.store, Records.CITATIONS, at=TODAY)
    assert (led.target_doc_id, led.status) == ("桥梁", "resolved")
    shelf.cite("办法", Verb.EDIT, minutes=1, target_clause_id="桥梁#第三条")
    (led,) = records(shelf.store, Records.CITATIONS, at=TODAY)
    assert (led.target_doc_id, led.target_clause_id, led.status) == ("桥梁", "桥梁#第三条", "resolved")


def graph_of(store):
    with kept_graph(store) as kept:
        return references(kept, CorrectedResolver.of(store, at=TODAY))


def test_the_graph_has_the_edges_that_persons_left(shelf):
    shelf.put("办法")
    shelf.put("桥梁", {"第三条": "桥梁由市交通局管理。"}, (), (), title="市桥梁管理条例", version_of="桥梁")
    shelf.cite("办法", Verb.EDIT, target_clause_id="桥梁#第三条")
    G = graph_of(shelf.store)
    edges = [(e.source, e.target) for e in records(shelf.store, Records.EDGES, at=TODAY) if e.type == "cites"]
    assert edges == [("办法#第一条", "桥梁#第三条")]
    assert G.has_edge(*edges[0])
    shelf.cite("办法", Verb.REJECT, minutes=1)
    assert not graph_of(shelf.store).has_node("桥梁#第三条")


def test_a_target_that_is_not_in_the_store_is_told(shelf):
    shelf.put("办法")
    shelf.cite("办法", Verb.EDIT, target_doc_id="没有")
    assert shelf.hanging() == [("办法", "更正所指的文件或条款已不在库中")]
    assert corrected_citations(shelf.store, "办法") == shelf.store.citations("办法")


def test_names_mean_what_persons_say_in_all_documents_or_in_one(shelf):
    for doc_id in ("办法", "细则"):
        shelf.put(doc_id, version_of=doc_id)
    shelf.store.put_decision(on_body("市水务局", Verb.EDIT, who="李明", name="甲市水务局", when=NOON))
    own = on_body(
        "市水务局", Verb.EDIT, who="李明", name="乙市水务局", document=shelf.store.document("细则"), when=NOON
    )
    shelf.store.put_decision(own)
    view = corrected(shelf.store)
    assert [view.mentions(doc_id)[0].name for doc_id in ("办法", "细则")] == ["甲市水务局", "乙市水务局"]
    assert shelf.hanging() == []


def test_a_bearer_whose_name_is_explained_becomes_a_mention(shelf):
    shelf.put("办法")
    shelf.store.put_decision(on_body("市水务局", Verb.REJECT, who="李明", when=NOON))
    assert corrected(shelf.store).mentions("办法") == []
    shelf.say("办法", NormKind.PROHIBITION, Verb.EDIT, bearers=[{"name": "任何单位"}])
    shelf.store.put_decision(on_body("任何单位", Verb.ADD, who="李明", name="单位和个人", when=NOON))
    (found,) = corrected(shelf.store).mentions("办法")
    assert (found.text, found.name, found.clause_id) == ("任何单位", "单位和个人", "办法#第二条")
    text = shelf.store.text("办法")
    assert text[found.start : found.end] == "任何单位"


def test_a_name_that_no_document_has_is_told(shelf):
    shelf.put("办法")
    shelf.store.put_decision(on_body("市林业局", Verb.ADD, who="李明", name="甲市林业局", when=NOON))
    assert shelf.hanging() == [(None, "现有文件中没有出现这个名称")]


# --- versions --------------------------------------------------------------------------------------------------------

CARRIED = {"第一条": "本办法所称河道，包括湖泊、水库。", "第二条": LINES["第一条"], "第三条": LINES["第二条"]}


def test_decisions_go_on_in_the_changed_file_under_the_same_label(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查河道")
    shelf.cite("办法", Verb.REJECT)
    shelf.put("办法@2", LINES | {"第二条": "禁止在河道内倾倒垃圾。"}, (DUTY,), version=2)
    assert [(n.action, n.doc_id) for n in corrected_norms(shelf.store, "办法@2")] == [("检查河道", "办法@2")]
    assert corrected_citations(shelf.store, "办法@2") == []
    assert (shelf.holds(), shelf.hanging()) == ([("办法@2",), ("办法@2",)], [])


def test_decisions_follow_their_clause_to_another_number(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查河道")
    shelf.put("办法@2", CARRIED, (("第二条", DUTY[1], NormKind.DUTY),), version=2)
    assert [n.action for n in corrected(shelf.store, became).norms("办法@2")] == ["检查河道"]
    assert shelf.holds(became) == [("办法@2",)]
    assert shelf.hanging() == [("办法@2", "新版本中没有对应的条款")]  # by label and words alone


def test_another_file_of_the_same_work_takes_them_over_if_it_is_not_earlier(shelf):
    shelf.put("二〇二〇年", effective=date(2020, 1, 1))
    shelf.say("二〇二〇年", NormKind.DUTY, Verb.REJECT)
    shelf.put("二〇二五年", effective=date(2025, 1, 1))
    shelf.put("二〇一〇年", effective=date(2010, 1, 1))
    assert [n.kind for n in corrected_norms(shelf.store, "二〇二五年")] == [NormKind.PROHIBITION]
    assert len(corrected_norms(shelf.store, "二〇一〇年")) == 2
    assert shelf.holds() == [("二〇二〇年", "二〇二五年")]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ({"第一条": LINES["第一条"].replace("每年", "每月")}, "对应的条款还在，但这些字句已改动，请重新核对"),
        ({"第一条": "违反规定的，依照有关法律处理。"}, "新版本中没有对应的条款"),
    ],
)
def test_changed_words_are_told_and_not_carried(shelf, lines, reason):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, action="检查河道")
    shelf.put("办法@2", lines, (), version=2)
    assert corrected_norms(shelf.store, "办法@2") == []
    assert (shelf.holds(), shelf.hanging()) == ([()], [("办法@2", reason)])


def test_a_dropped_clause_is_told(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.PROHIBITION, Verb.CONFIRM)
    shelf.put("办法@2", {"第一条": LINES["第一条"]}, (DUTY,), version=2)
    assert shelf.hanging(became) == [("办法@2", "新版本删去了这一条款")]


ITEM = ("第（一）项", "巡查河道", NormKind.DUTY)


def lead(body):
    return {"第一条": f"{body}负责下列工作：", "第（一）项": "巡查河道；"}


@pytest.mark.parametrize(
    ("body", "reasons"), [("市水务局", []), ("市城管局", ["字句未变，但引出它的上文已改动，请重新核对"])]
)
def test_what_leads_in_to_a_norm_must_still_stand_there(shelf, body, reasons):
    below = {"第（一）项": "第一条"}
    shelf.put("办法", lead("市水务局"), (ITEM,), below=below)
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, bearers=[{"name": "市水务局", "inherited": True}])
    shelf.put("办法@2", lead(body), (ITEM,), below=below, version=2)
    assert [reason for _, reason in shelf.hanging()] == reasons
    named = [b.name for n in corrected_norms(shelf.store, "办法@2") for b in n.bearers]
    assert named == ([] if reasons else ["市水务局"])


@pytest.mark.parametrize(("body", "carried"), [("市水务局", True), ("市城管局", False)])
def test_a_body_of_the_sentence_before_must_still_stand_there(shelf, body, carried):
    norm = ("第一条", "公布结果", NormKind.DUTY)
    shelf.put("办法", {"第一条": "市水务局每年检查河道，公布结果，接受社会监督，并向市人民政府报告。"}, (norm,))
    shelf.say("办法", NormKind.DUTY, Verb.EDIT, bearers=[{"name": "市水务局", "inherited": True}])
    lines = {"第一条": f"{body}每年检查河道，公布结果，接受社会监督，并向市人民政府报告。"}
    shelf.put("办法@2", lines, (norm,), version=2)
    assert [reason for _, reason in shelf.hanging()] == (
        [] if carried else ["字句未变，但上文已改动（原为“市水务局”），请重新核对"]
    )


def test_in_a_sentence_that_changed_a_unit_holds_only_where_it_is_extracted_again(shelf):
    norm = ("第一条", "公布结果", NormKind.DUTY)
    lines = {"第一条": "市水务局每年检查河道，公布结果，接受社会监督。"}
    shelf.put("办法", lines, (norm,))
    shelf.say("办法", NormKind.DUTY, Verb.CONFIRM)
    shelf.put("办法@2", lines, (), version=2)
    assert [n.text for n in corrected_norms(shelf.store, "办法@2")] == ["公布结果"]
    changed = {"第一条": "市水务局每年检查河道，不得擅自公布结果，接受社会监督。"}
    shelf.put("办法@3", changed, (), version=3)
    assert corrected_norms(shelf.store, "办法@3") == []
    assert shelf.hanging() == [("办法@3", "抽取的分句已改变，请重新核对")]
    shelf.put("办法@4", changed, (norm,), version=4)
    assert [n.rule for n in corrected_norms(shelf.store, "办法@4")] == ["person"]


def test_an_added_norm_goes_on_only_with_its_whole_sentence(shelf):
    shelf.put("办法", norms=())
    where = shelf.store.clause("办法#第一条")
    at = shelf.store.text("办法").index("公布结果")
    new = Norm("", where.clause_id, "办法", at, at + 4, "公布结果", NormKind.DUTY, action="公布结果")
    shelf.store.put_decision(
        on_norm(new, Verb.ADD, who="李明", when=NOON, clause=where, document=shelf.store.document("办法"))
    )
    shelf.put("办法@2", norms=(), version=2)
    assert [n.text for n in corrected_norms(shelf.store, "办法@2")] == ["公布结果"]
    shelf.put("办法@3", LINES | {"第一条": LINES["第一条"].replace("并公布", "可以不公布")}, (), version=3)
    assert corrected_norms(shelf.store, "办法@3") == []
    assert shelf.hanging() == [("办法@3", "对应的条款还在，但这些字句已改动，请重新核对")]


def test_a_number_of_the_own_document_is_not_carried_to_another_version(shelf):
    lines = {"第一条": "依照本办法前条办理。", "第二条": "其他事项。"}
    shelf.put("办法", lines, (), ("本办法前条",))
    shelf.cite("办法", Verb.EDIT, label="第二条")
    assert corrected_citations(shelf.store, "办法")[0].label == "第二条"
    shelf.put("办法@2", lines, (), ("本办法前条",), version=2)
    assert corrected_citations(shelf.store, "办法@2")[0].label == "第三条"
    assert shelf.hanging() == [("办法@2", "更正写的是本文件的条号，新版本的条号可能已变动，请重新核对")]


def test_decisions_without_a_document_are_told(shelf):
    shelf.put("办法")
    shelf.say("办法", NormKind.DUTY, Verb.REJECT)
    shelf.store.withdraw("/法规/办法.txt")
    assert shelf.hanging() == [("办法", "文件已不是现行文本，库中也没有它的新版本")]
    anchor = {"doc_id": "别处", "clause_id": "别处#第一条", "kind": "duty", "words": "应当备案", "about": "norm"}
    shelf.store.put_decision(decision(**anchor, verb="reject", who="李明", when=NOON))
    assert (None, "库中没有这份文件") in shelf.hanging()


def test_decisions_made_elsewhere_find_their_document_by_its_work(shelf):
    shelf.put("别处的办法")
    said = shelf.say("别处的办法", NormKind.DUTY, Verb.REJECT)
    moved = replace(said, doc_id="外库", clause_id="外库#第一条")
    fields = {f: getattr(moved, f) for f in moved.__dataclass_fields__ if f not in ("value", "decision_id")}
    shelf.store.put_decision(decision(**fields, value={}))
    assert shelf.holds() == [("别处的办法",), ("别处的办法",)]


# --- a real file -----------------------------------------------------------------------------------------------------

FILE = """示例市河道管理办法

第一条 市水务局应当每年对河道检查一次。

第二条 市水务局负责河道监督管理，可以委托街道办事处巡查。
"""


def test_from_ingest_to_export_over_a_renumbered_file(store, folder):
    ingest(store, write(folder, {"办法.txt": FILE}))
    norm = next(n for n in store.norms("办法") if "每年" in n.text)
    anchor = {"clause": store.clause(norm.clause_id), "document": store.document("办法")}
    store.put_decision(on_norm(norm, Verb.EDIT, who="李明", changes={"action": "检查河道"}, **anchor))
    newer = FILE.replace("第二条", "第三条").replace("第一条", "第一条 为了管好河道，制定本办法。\n\n第二条")
    ingest(store, write(folder, {"办法.txt": newer}))
    rows = list(records(corrected(store, became), Records.NORMS, at=TODAY))
    mine = [row for row in rows if row["rule"] == "person"]
    assert [(row["action"], row["clause_id"].partition("#")[2]) for row in mine] == [("检查河道", "第二条/第一款")]
    assert len(rows) == len(store.norms("办法@2"))
