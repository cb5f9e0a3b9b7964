"""Which of the rules on single lines may say something of some pages, so that the others need not be asked.

Most paragraphs are prose, of which no rule says anything. For a page alone all rules took longer than the model.
"""

FURNITURE, TAGS, ADDRESSES, NOTES, PROMPTS, CAPTIONS = (1 << bit for bit in range(6))
SENTENCES = 1 << 6  # asked for whatever the line, as are leads, stamps and what is scrambled
CREDITS = 1 << 7
EVERY = (1 << 8) - 1  # without the kernel, which tells
