"""The measurements of a pair by name, and the constants that the plain way and the kernel share."""

LONGEST_TEXT = 4096  # words of a text that are compared: all of 99.9 % of 53,000 Reuters articles
GRAMS = 5  # words of the longest word n-gram that is counted
MANY = 32  # sentences, or places, of a term that are looked at: one in more of them does not tell where another stands
RUN = 5  # words of the shortest shared run
STRETCH = 15  # words outside speech of a long one: nobody writes the same fifteen words twice by chance
NEAR = 10  # words within which two terms stand together
MATCHED = (3, 10)  # share of a sentence from which on it has a counterpart whose place counts
ORDERED = 2  # added to the number of matches: the order of two or three sentences alone proves little

TEXT_FEATURES = (
    "words_a", "words_b",
    "gram1_a", "gram1_b", "gram2_a", "gram2_b", "gram3_a", "gram3_b", "gram4_a", "gram4_b", "gram5_a", "gram5_b",
    "terms_a", "terms_b",  # distinct terms that the other has too, by weight
    "cover_a", "cover_b",  # weight of each sentence that stands in the other's best sentence
    "close_a", "close_b",  # weight of sentences covered by half or more
    "order_a", "order_b",  # how far the counterparts of sentences keep their order
    "ahead_a", "ahead_b",  # shared terms that follow on each other and do so in the other text
    "sequence",  # how many more of the shared terms come in one order in both than would by chance
    "run", "run_plain",  # words of the longest shared run; of one outside speech, as they are spoken
    "run_at", "quote_run", "quote_at",  # where it starts in a; the longest one in speech in both, and where it starts
    "run_spoken",  # the words of the longest one, as they are spoken
    "verbatim_a", "verbatim_b",  # share of words in shared runs
    "stretch_a", "stretch_b",  # share of words in shared runs with STRETCH words outside speech
    "quoted_a", "quotes_shared_a", "quoted_b", "quotes_shared_b",
    "names_a", "names_shared_a", "names_b", "names_shared_b",
    "numbers_a", "numbers_shared_a", "numbers_b", "numbers_shared_b",
)  # fmt: skip
FEATURES = (
    *TEXT_FEATURES,
    "days",  # between the two dates, nan where one is unknown
    "one_outlet",  # 1 where both are the same outlet's
    "legible",  # the chance that a word of both texts is right in both: 1 but for digitised print
    "other_day",  # 1: of different days, 2 (SERIES): of a series, 3, 4 (SUBJECT, NAMED): of two, -1 (RISEN): of a toll
)
COLUMN = {name: column for column, name in enumerate(FEATURES)}
