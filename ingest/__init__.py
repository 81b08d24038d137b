"""From files to records: readers → clean → structure → description → citing. `pipeline.ingest` is the way in."""
