"""What a Word file holds: its package of parts, styles, automatic numbers, and the text of its stories."""
