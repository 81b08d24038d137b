"""From characters with places on pages to lines, columns, tables and paragraphs; PDF, OFD and scans share it."""
