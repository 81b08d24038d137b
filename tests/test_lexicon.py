"""The lexicons are data under test: every entry fires on its examples and on none of its counter-examples."""

import dataclasses
import re
import tomllib
from datetime import date
from functools import partial

import pytest

from answers.calendar import limit_words
from answers.calendar.limit_words import Said
from answers.cleanup import words as cleanup
from answers.concerning import Generic
from answers.topic import Asking, Matter
from ingest.description import days, doc_numbers, doc_types, events, fields, issuers
from ingest.description.doc_types import Evidence, Form, Rank, Rule
from ingest.description.events import EventWord
from ingest.description.fields import Label
from ingest.description.issuers import Authority
from ingest.norms import words
from ingest.norms.roles import say
from ingest.norms.rows import Column
from ingest.norms.sentences import sentences
from tiaoli import lexicon, settings
from tiaoli.errors import BadData
from tiaoli.lexicon import Word, entries, texts

FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(settings.LEXICON.glob("*.toml"))}
TABLES = [(name, table) for name, tables in FILES.items() for table in tables]
RECORDS = {
    ("doc_types", "form"): Form,
    ("doc_types", "rank"): Rank,
    ("doc_types", "rule"): Rule,
    ("issuers", "national"): Authority,
    ("issuers", "ministry"): Authority,
    ("issuers", "ending"): Authority,
    ("issuers", "number_code"): Authority,
    ("status_words", "event"): EventWord,
    ("fields", "label"): Label,
    ("norms", "column"): Column,
    ("topics", "matter"): Matter,
    ("topics", "asks"): Asking,
    ("topics", "generic"): Generic,
    ("calendar", "ban"): Said,
    ("calendar", "order"): Said,
    ("calendar", "permit"): Said,
} | {("norms", table): record for table, record in words.RECORDS.items()}
RECORDS |= {("cleanup", table): record for table, record in cleanup.RECORDS.items()}
CLEANUP_WORDS = ("account", "carries_out", "ended", "issued", "plan", "task", "trial")
PATTERNS = [("norms", "consequence"), ("norms", "stative"), ("norms", "column")]
PATTERNS += [("gaps", table) for table in FILES["gaps"]]
IN_ORDER_OF_RANK = {("doc_types", "rule"), ("norms", "column")}  # the first that fits counts


def longest_within(name, table, text):
    found = (word for word in texts(name, table) if word in text)
    return next(found, None)


def longest_end(name, table, text):
    return next((word for word in texts(name, table) if text.endswith(word)), None)


def evidence(example):
    """title｜issuer｜how it was made public"""
    title, named, shown = example.split("｜")
    proofs = {"令": {"令", "公布"}, "公布": {"公布"}, "通过": {"公布"}, "规": {"规"}, "施行": {"施行"}}.get(
        shown, set()
    )
    bodies = issuers.bodies(named)
    seat = next((place for body in bodies if (place := issuers.seat(body))), None) or issuers.seat(title)
    national = any(issuers.authority(body) == "国务院部门" for body in bodies) and seat is None
    tier = doc_types.STATE if national else seat.level if seat else ""
    return Evidence(title, bodies, frozenset(proofs), seat is not None, tier)


def said(table, text):
    at = limit_words.first(table, text)
    return next((word for word in texts("calendar", table) if at is not None and text.startswith(word, at)), None)


def rule(text):
    found = doc_types.rule_of(evidence(text))
    return found and found.text


def label(text):
    name = re.split("[:：]", text)[0]
    return name if fields.field_of(name) else None


def modal(text):
    part = next(sentences(text, 0, len(text))).parts[-1]
    said = say(part, policy=False)
    return said.modal


def place_rule(table):
    rules = entries("cleanup", table, cleanup.RECORDS[table])
    return lambda text: next((rule.text for rule in rules if rule.binds(text, rule.since)), None)


FIRES = {
    ("norms", "modal"): modal,
    ("norms", "breach"): lambda text: words.first("breach", text),
    ("norms", "power_type"): lambda text: words.first("power_type", text),
    ("norms", "adverb"): lambda text: text[words.before_adverbs(text) :],
    ("norms", "step"): lambda text: words.first("step", text),
    ("norms", "act"): lambda text: words.first("act", text),
    ("cleanup", "limit"): place_rule("limit"),
    ("cleanup", "review"): place_rule("review"),
    ("cleanup", "former"): lambda text: (found := re.search(cleanup.former(), text)) and found[0],
    ("cleanup", "term"): lambda text: (
        (found := re.search(f"({cleanup.any_of('term')})(?:至|到|止|2)", text)) and found[1]
    ),
    **{("cleanup", table): partial(longest_within, "cleanup", table) for table in CLEANUP_WORDS},
    ("fields", "label"): label,
    ("doc_types", "column"): lambda text: longest_within("doc_types", "column", text),
    ("doc_types", "form"): lambda text: (found := doc_types.form_of(text)) and found.text,
    ("doc_types", "rule"): rule,
    ("issuers", "national"): lambda text: longest_within("issuers", "national", text),
    ("issuers", "ministry"): lambda text: (issuers.leading_bodies(text) or [None])[0],
    ("issuers", "ending"): lambda text: longest_end("issuers", "ending", text),
    ("issuers", "number_code"): doc_numbers.code,
    ("status_words", "draft"): lambda text: longest_within("status_words", "draft", text),
    ("calendar", "again"): lambda text: said("again", text),
    ("calendar", "benefit"): lambda text: said("benefit", text),
    ("calendar", "duration"): lambda text: said("duration", text),
    ("calendar", "handling"): lambda text: said("handling", text),
    ("calendar", "rate"): lambda text: said("rate", text),
    ("calendar", "ban"): lambda text: said("ban", text),
    ("calendar", "order"): lambda text: said("order", text),
    ("calendar", "own"): lambda text: longest_within("calendar", "own", text),
    ("calendar", "permit"): lambda text: said("permit", text),
    ("calendar", "since"): lambda text: longest_end("calendar", "since", text),
    ("status_words", "validity"): lambda text: longest_within("status_words", "validity", text),
}


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_a_table_has_its_form_is_sorted_and_says_nothing_twice(name, table):
    words = entries(name, table, RECORDS[name, table]) if (name, table) in RECORDS else plain(name, table)
    found = [word.text for word in words]
    assert len(found) == len(set(found))
    assert all(found)
    if (name, table) not in IN_ORDER_OF_RANK:
        assert found == sorted(found)


def plain(name, table):
    """Entries of a table whose record is not known here: only what every entry has."""
    fields = {field.name for field in dataclasses.fields(Word)}
    return [Word(**{k: v for k, v in row.items() if k in fields}) for row in FILES[name][table]]


CASES = [
    pytest.param(fires, word, id=f"{name}-{table}-{word.text}")
    for (name, table), fires in FIRES.items()
    for word in plain(name, table)
]


@pytest.mark.parametrize(("fires", "word"), CASES)
def test_an_entry_fires_on_its_examples_only(fires, word):
    assert word.examples
    assert [example for example in word.examples if fires(example) != word.text] == []
    assert [counter for counter in word.counter if fires(counter) == word.text] == []


@pytest.mark.parametrize(
    "word",
    [pytest.param(word, id=f"{n}-{t}-{word.text[:20]}") for n, t in PATTERNS for word in plain(n, t)],
)
def test_a_pattern_fits_its_examples_only(word):
    assert word.examples
    assert [example for example in word.examples if not re.search(word.text, example)] == []
    assert [counter for counter in word.counter if re.search(word.text, counter)] == []


@pytest.mark.parametrize("table", ["matter", "generic"])
def test_words_that_say_the_same_are_told_apart_from_those_near_them(table):
    for one in entries("topics", table, RECORDS["topics", table]):
        words = (one.text, *one.same)
        assert len(words) == len(set(words))
        assert all(any(word in example for word in words) for example in one.examples)
        assert not any(word in counter for word in words for counter in one.counter)
        assert set(words).isdisjoint(getattr(one, "near", ()))


def test_every_rank_has_a_source_or_a_reason_or_follows_the_level_of_the_issuer():
    for rank in entries("doc_types", "rank", Rank):
        assert rank.article or rank.note or rank.tier or rank.type in ("权责清单",)
        assert rank.text == (f"{rank.type}·{rank.tier}" if rank.tier else rank.type)


def test_higher_law_has_the_smaller_level():
    ranks = {rank.text: rank.level for rank in entries("doc_types", "rank", Rank)}
    assert (
        ranks["法律"] < ranks["行政法规"] < ranks["地方性法规·省"] < ranks["地方政府规章·省"] < ranks["地方政府规章·市"]
    )
    assert ranks["部门规章"] == ranks["地方政府规章·省"]
    assert ranks["地方性法规·市"] < ranks["地方政府规章·市"] < ranks["行政规范性文件·国家"]


def test_the_words_of_coming_into_force_are_those_that_are_understood():
    from ingest.description.force import force

    for table in ("start", "issue"):
        for word in plain("status_words", table):
            assert all(
                force([example]).day or force([example]).on_issue or force([example]).period
                for example in word.examples
            )


def test_events_are_told_by_their_words():
    for word in entries("status_words", "event", EventWord):
        told = events.events(days.squeeze(f"2020年1月2日{word.examples[0]}"))
        assert [(event.day, event.kind) for event in told] == [(date(2020, 1, 2), word.kind)]


def test_rules_of_places_say_from_when_to_when_and_where_they_were_read():
    for table in ("limit", "review"):
        for rule in entries("cleanup", table, cleanup.RECORDS[table]):
            assert rule.source
            assert rule.act
            assert rule.until is None or rule.since < rule.until


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "LEXICON", tmp_path)
    for cached in (lexicon.entries, lexicon.texts, lexicon._file):
        cached.cache_clear()
    yield tmp_path
    for cached in (lexicon.entries, lexicon.texts, lexicon._file):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[[word]]\ntext = "应当"\n', "words.toml 第 1 个 [[word]]有误"),
        ('[[word]]\ntext = "应当"\nexamples = "应当"\n', "examples"),
        ('[[word]]\ntext = "应当"\nexamples = []\nforce = "义务"\n', "有不认识的键：force"),
        ('[[other]]\ntext = "应当"\n', "words.toml 没有 [[word]] 条目"),
        ("[[word\n", "words.toml 不是正确的 TOML"),
        ("word = [1]\n", "words.toml 第 1 个 [[word]]没有 text"),
    ],
)
def test_a_lexicon_that_breaks_its_form_names_file_and_key(folder, content, message):
    (folder / "words.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadData) as error:
        entries("words", "word", Word)
    assert message in str(error.value)


def test_a_missing_lexicon_is_named(folder):
    with pytest.raises(BadData, match=r"words\.toml"):
        texts("words", "word")


def test_texts_come_longest_first(folder):
    rows = "".join(f'[[word]]\ntext = "{text}"\nexamples = []\n' for text in ("施行", "试行期限", "试行期"))
    (folder / "words.toml").write_text(rows, encoding="utf-8")
    assert texts("words", "word") == ("试行期限", "试行期", "施行")
