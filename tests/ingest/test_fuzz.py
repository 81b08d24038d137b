"""Label soup and mutated files: no exception, no lost character, the same result twice."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from factories import file_state
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from ingest import pipeline
from ingest.clean import clean
from ingest.readers import READERS, read
from ingest.readers.reading import Reading
from tiaoli.errors import UnreadableFile

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
SAMPLES = Path(__file__).parents[2] / "corpus"
MUTANTS = 3  # of each file
NUMERALS = "一二三四五六七八九十百〇0123456789１２"
LABELS = (
    "第{}编",
    "第{}章 ",
    "第{}节",
    "第{}条",
    "第{}条 ",
    "第{}条之一",
    "{}、",
    "（{}）",
    "({})",
    "{}.",
    "{}．",
    "{}）",
    "①",
    "甲、",
    "附件{}",
    "专栏{}",
    "－{}－",
    "{}",
)
WORDS = (
    "总则",
    "为了规范管理",
    "应当",
    "可以",
    "《水法》",
    "前款规定",
    "下列情形",
    "。",
    "；",
    "：",
    "，",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "\t",
    "|",
    "\n",
    "\n\n",
    " ",
    "　",
    "责任单位：市民政局",
    "修改为：",
    "删去",
    "增加一条，作为",
    "江川市人民政府",
    "2024年3月1日",
    "关于修改〈停车办法〉的决定",
    "---",
    "#",
)

labels = st.builds(
    lambda form, numeral: form.format(numeral), st.sampled_from(LABELS), st.text(NUMERALS, min_size=1, max_size=3)
)
soups = st.lists(labels | st.sampled_from(WORDS) | st.text(max_size=4), min_size=1, max_size=120).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


def check(reading: Reading) -> None:
    """Parse a reading twice: every visible character stands in one clause, in order, and both results are the same."""
    try:
        parsed = pipeline.parse_text(reading, file_state())
    except UnreadableFile:
        assert not clean(reading.text).strip()
        return
    assert parsed == pipeline.parse_text(reading, file_state())
    assert squeezed("".join(one.text for one in parsed)) == squeezed(clean(reading.text))
    for one in parsed:
        spans = [(clause.start, clause.end) for clause in one.clauses]
        assert spans == sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert squeezed("".join(one.text[start:end] for start, end in spans)) == squeezed(one.text)
        for found in (*one.citations, *one.amendments, *one.assignments):
            assert 0 <= found.start < found.end <= len(one.text)


@seed(1)
@settings(max_examples=150, deadline=None)
@given(
    soups,
    st.sets(st.integers(0, 30), max_size=4),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 3)), max_size=3),
)
def test_any_soup_of_labels_becomes_clauses(text, headings, rows):
    lines, taken = text.count("\n") + 1, set()
    kept = []
    for start, length in rows:
        run = range(start, min(start + length, lines))
        if run and not taken & set(run):
            taken |= set(run)
            kept.append(run)
    check(Reading(text, headings=dict.fromkeys(headings, 1), rows=tuple(sorted(kept, key=lambda run: run.start))))


def mutated(text: str, dice: random.Random) -> str:
    """Take out, double, move and break parts of a text as bad copies do."""
    parts = text.splitlines(keepends=True)
    for _ in range(dice.randrange(1, 6)):
        at = dice.randrange(len(parts) or 1)
        match dice.randrange(6):
            case 0:
                del parts[at : at + dice.randrange(1, 4)]
            case 1:
                parts[at:at] = parts[at : at + dice.randrange(1, 4)]
            case 2:
                parts[at : at + 30] = [part.rstrip("\n") for part in parts[at : at + 30]]  # lost line breaks
            case 3:
                joined = "".join(parts[at : at + 20])
                width = dice.randrange(8, 40)
                parts[at : at + 20] = [joined[n : n + width] + "\n" for n in range(0, len(joined), width)]
            case 4:
                dice.shuffle(parts[at : at + 9])
            case _:
                parts[at:at] = [f"- {dice.randrange(1, 99)} -\n", "附件\n", "“第一条 "][: dice.randrange(1, 4)]
    return "".join(parts)


def texts() -> list[Path]:
    samples = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".txt", ".md"))
    others = sorted(
        path for path in CORPORA.rglob("*") if path.suffix in (".txt", ".md") and path.stat().st_size < 30_000
    )
    return samples + random.Random(7).sample(others, min(40, len(others)))


@pytest.mark.parametrize("path", texts(), ids=lambda path: path.stem[:20])
def test_bad_copies_of_real_texts_become_clauses(path):
    dice = random.Random(path.name)
    text = READERS[path.suffix](path.read_bytes()).text
    for _ in range(MUTANTS):
        check(Reading(mutated(text, dice)))


def broken(data: bytes, dice: random.Random) -> bytes:
    """Flip, cut out and double some bytes."""
    content = bytearray(data)
    for _ in range(dice.randrange(1, 8)):
        at = dice.randrange(len(content) or 1)
        match dice.randrange(3):
            case 0:
                content[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del content[at : at + dice.randrange(1, 500)]
            case _:
                content[at:at] = content[at : at + dice.randrange(1, 500)]
    return bytes(content)


def originals() -> list[Path]:
    found = sorted(path for path in CORPORA.rglob("*") if path.suffix.lower() in READERS.keys() - {".txt", ".md"})
    smallest: dict[str, Path] = {}
    for path in sorted(found, key=lambda path: path.stat().st_size):
        smallest.setdefault(path.suffix.lower(), path)
    return list(smallest.values())


@pytest.mark.parametrize("path", originals(), ids=lambda path: path.suffix)
def test_broken_files_are_read_or_refused_with_what_to_do(path):
    dice = random.Random(3)
    data = path.read_bytes()
    for _ in range(MUTANTS * 4):
        try:
            for reading in read(path.name, broken(data, dice)):
                assert isinstance(reading.text, str)
        except UnreadableFile as error:
            assert "\n" not in str(error) and "请" in str(error)
