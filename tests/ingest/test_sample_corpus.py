"""What the sample documents say of themselves agrees with what their manifest says of them."""

import hashlib
import tomllib

import pytest

from ingest import pipeline
from tiaoli.settings import SAMPLE_CORPUS
from tiaoli.store import FileState

ROWS = tomllib.loads((SAMPLE_CORPUS / "manifest.toml").read_text(encoding="utf-8"))["document"]
FIELDS = ("title", "doc_type", "issuer", "region", "doc_number", "promulgated", "effective", "expires")
# Where the manifest tells more or other than the text: (file, field) → what the text says.
OTHERWISE = {
    ("江川市居家社区养老服务管理办法（2023年）.txt", "promulgated"): "2024-06-28",  # of this version, amended that day
    ("江川市民政局权责清单（2025年版）.md", "effective"): "2025-01-20",  # 自公布之日起执行
    ("江川市人民政府工作规则.txt", "promulgated"): None,  # only the day on which it was passed is printed
}


@pytest.fixture(scope="module")
def described():
    found = {}
    for name in sorted({row["file"] for row in ROWS}):
        path = SAMPLE_CORPUS / name
        file = FileState(str(path), name, path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), "", 1, "present")
        for parsed in pipeline.parse_file(file)[0]:
            found[parsed.document.source] = parsed.document
    return found


def source(row):
    return f"{row['file']}#{row['member']}" if row.get("member") else row["file"]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("row", ROWS, ids=source)
def test_a_sample_says_what_its_manifest_says(described, row, field):
    said = getattr(described[source(row)], field)
    expected = OTHERWISE.get((row["file"], field), row.get(field))
    assert str(said) == str(expected)
