"""The rules on single lines as bits: the kernel tells by these which rules may change some block and have to be tried.

Most paragraphs are prose, which no rule changes. To try all rules on one page took longer than the model.
"""

FURNITURE, TAGS, ADDRESSES, NOTES, PROMPTS, CAPTIONS = (1 << bit for bit in range(6))
SENTENCES = 1 << 6  # always tried, and with it leads, stamps and what is scrambled
CREDITS = 1 << 7
EVERY = (1 << 8) - 1  # what is tried without the kernel
