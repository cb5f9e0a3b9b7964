"""Names of the rules on single lines, as bits: which of them may change a block of some pages, so need to be tried.

Most paragraphs are prose, of which no rule says anything. To try all of them on one page took longer than the model.
"""

FURNITURE, TAGS, ADDRESSES, NOTES, PROMPTS, CAPTIONS = (1 << bit for bit in range(6))
SENTENCES = 1 << 6  # asked for whatever the line, as are leads, stamps and what is scrambled
CREDITS = 1 << 7
EVERY = (1 << 8) - 1  # without the kernel, which tells
