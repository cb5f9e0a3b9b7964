"""What a caller can act on. Our own mistakes raise whatever Python raises."""


class DedupeError(Exception):
    """Something the user can act on; the message names the thing, what was wrong and what to do."""


class InputError(DedupeError):
    """An input could not be read: the path (and line) and the reason are in the message."""


class ConfigError(DedupeError, ValueError):
    """A setting is unknown or out of its range."""


class IndexFileError(DedupeError):
    """An index on disk cannot be opened, trusted or written; nothing acknowledged was lost."""


class NoArticleError(DedupeError, KeyError):
    """There is no article of this id."""

    __str__ = Exception.__str__  # that of KeyError is a quotation


def reason(error: BaseException) -> str:
    """Return the reason of an error of the system in words, without the path (which is named beside it).

    >>> import errno, os
    >>> reason(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "a.txt")), reason(ValueError("too long"))
    ('no such file or folder', 'too long')
    """
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    text = (error.strerror or "") if isinstance(error, OSError) else ""
    return (text[:1].lower() + text[1:]) or str(error) or type(error).__name__
