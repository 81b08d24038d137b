"""清理: which documents an office should keep, amend, repeal or declare lapsed, each with its reasons and their evidence.

One module for each mechanism; `judge` puts their findings together and `tables` makes the 目录 of them.
"""
