"""The names of the measurements of a pair, and the constants that the plain way and the kernel share."""

from __future__ import annotations

LONGEST_TEXT = 4096  # words of a text that are compared; news is shorter (99.9 % of 53,000 Reuters articles)
LONGEST_WORD_GRAM = 5
MANY = 32  # sentences a term is looked up in; a term in more of them does not tell where a sentence comes from
RUN = 5  # words of the shortest shared run
STRETCH = 15  # plain words of a long one: nobody writes the same fifteen words twice by chance
ORDERED = 2  # matches added to the count: the order of two or three sentences alone proves little

TEXT_FEATURES = (
    "words_a", "words_b",
    "sentences_a", "sentences_b",
    "gram1_a", "gram1_b", "gram2_a", "gram2_b", "gram3_a", "gram3_b", "gram4_a", "gram4_b", "gram5_a", "gram5_b",
    "terms_a", "terms_b",  # weight of distinct terms that the other has too
    "links_a", "links_b",  # neighbouring terms
    "cover_a", "cover_b",  # weight of each sentence that stands in the other's best sentence
    "cover_two_a", "cover_two_b",  # ... or in it and the next
    "close_a", "close_b",  # weight of sentences covered by half or more
    "own_a", "own_b",  # weight of sentences covered by less than a fifth
    "order_a", "moved_a", "order_b", "moved_b",
    "run", "run_plain",  # words of the longest shared run; of them not in quotation marks
    "verbatim_a", "verbatim_b",  # share of words in shared runs
    "stretch_a", "stretch_b",  # share of words in shared runs with STRETCH plain words
    "quoted_a", "quotes_shared_a", "quoted_b", "quotes_shared_b",
    "names_a", "names_shared_a", "names_b", "names_shared_b",
    "numbers_a", "numbers_shared_a", "numbers_b", "numbers_shared_b",
    "function_a", "function_shared_a", "function_b", "function_shared_b",
)  # fmt: skip
FEATURES = (*TEXT_FEATURES, "days")  # days between the two dates, nan where one is unknown
COLUMN = {name: column for column, name in enumerate(FEATURES)}
