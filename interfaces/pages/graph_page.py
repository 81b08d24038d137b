"""图谱: what a document or a body is linked to."""
