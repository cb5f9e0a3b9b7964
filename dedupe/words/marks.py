"""Which straight quotation marks open and which close: patterns of one mark each."""

# A straight mark opens no quotation where it ends a word ("so," he said), and closes none where it begins one: where a
# mark is missing, all quotations after it would be turned inside out. Some set spaces within: " we stay ", he said.
_ENDS = r"[\s.,;:!?)\]]|\Z"
OPENING = rf'"(?!(?<=[^\s:(\[]")(?:{_ENDS}))'
CLOSING = rf'(?:(?<=\S)"|"(?={_ENDS}))'
