"""From files to records: read → clean → lines → segment → describe → cite. `pipeline.ingest` is the way in."""
