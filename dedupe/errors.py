"""What a caller can act on. Our own mistakes raise whatever Python raises."""


class DedupeError(Exception):
    """Something the user can act on; the message names the thing, what was wrong and what to do."""


class InputError(DedupeError):
    """An input could not be read: the path (and line) and the reason are in the message."""


class ConfigError(DedupeError, ValueError):
    """A setting is unknown or out of its range."""


class IndexFileError(DedupeError):
    """An index on disk cannot be opened, trusted or written; nothing acknowledged was lost."""
