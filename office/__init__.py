"""Word and Excel files that leave: their look, their tables, and bytes that do not depend on the day."""
