"""The errors that we raise on purpose. Each message is one Chinese line: what is wrong, and what to do."""


class TiaoliError(Exception):
    """Something a user can mend; the command line prints the message without a traceback."""


class UnreadableFile(TiaoliError):
    """A file that cannot be read as text; the rest of the batch goes on."""


class TookTooLong(UnreadableFile):
    """A file whose reading was given up; what is left of it is not read either."""


class StoreError(TiaoliError):
    """A store that cannot be opened or written."""


class BadData(TiaoliError):
    """A data file of ours or of the user (lexicon, manifest, import file) that breaks its form; names file and key."""


class NotFound(TiaoliError):
    """A document, clause or body that the store does not hold."""
