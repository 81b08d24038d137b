"""PDF: the text layer of each page with its places, from which the layout is read."""
