"""What the sample documents say of themselves agrees with what their manifest says of them."""

import hashlib
import tomllib

import pytest

from ingest import pipeline
from tiaoli.settings import SAMPLE_CORPUS
from tiaoli.store import FileState

ROWS = tomllib.loads((SAMPLE_CORPUS / "manifest.toml").read_text(encoding="utf-8"))["document"]
FIELDS = ("title", "doc_type", "issuer", "region", "doc_number", "adopted", "promulgated", "effective", "expires")


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
    assert str(said) == str(row.get(field))
