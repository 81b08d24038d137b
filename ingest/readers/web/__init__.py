"""What a web page holds: its elements, the one that is the document, its lines and tables, its headline."""
