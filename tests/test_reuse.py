"""Reuse of paragraphs: hand-checked pairs, speech, laws, and the agreement of kernel and plain version."""

import gzip
import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.model import COPIED_QUOTE, OWN_QUOTE, PASSAGE_KINDS, Article, Corpus, PassageKind
from dedupe.reuse import find, quotes
from dedupe.reuse.speech import spoken_spans
from dedupe.words import tokenize

LEAD = "The river rose by two metres in the night and flooded the old town of Passau, the city said on Monday."
BOATS = "Firefighters carried forty residents out of their houses by boat before dawn, and nobody was hurt."
MAYOR = "“We will rebuild every one of these houses, and we will be quicker this time than the last,” the mayor said."
OTHER = (
    "The city council, meeting in a school, voted late in the evening to open a fund for those who lost their homes."
)


def corpus(texts):
    """Return texts of one paragraph a line as the pipeline would."""
    lines = [text.split("\n") for text in texts]
    ends = [np.cumsum([len(line) + 1 for line in page]) - 1 for page in lines]
    sizes = [np.array([len(line) for line in page]) for page in lines]
    none = np.zeros(len(texts))
    return Corpus(
        articles=tuple(Article(id=str(i), text=text) for i, text in enumerate(texts)),
        text=tuple(texts),
        tokens=tokenize(texts),
        titles=tokenize([""] * len(texts)),
        published=none + np.nan,
        outlet=none.astype(np.int32) - 1,
        paragraph_first=np.cumsum([0, *map(len, lines)]),
        paragraph_start=np.concatenate([end - size for end, size in zip(ends, sizes, strict=True)]).astype(np.int32),
        paragraph_end=np.concatenate(ends).astype(np.int32),
        paragraph_index=np.concatenate([np.arange(len(page)) for page in lines]).astype(np.int32),
    )


def compare(*texts, pairs=((0, 1),), **keywords):
    a, b = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    words = corpus(texts)
    alike = np.full(len(words.tokens.hash), 0.125, dtype=np.float32)  # 1 in the units of `rules.square`
    return find(words, a, b, **{"weight": alike} | keywords)


def rows(reuse):
    kinds = [PASSAGE_KINDS[kind].value for kind in reuse.kind]
    columns = (reuse.article, reuse.paragraph, reuse.other, reuse.other_paragraph)
    return [(*map(int, row), kind) for *row, kind in zip(*columns, kinds, strict=True)]


def columns(found):
    parts = [getattr(found, name) for name in ("covered", "spoken", "shared_a", "shared_b")]
    for part in (found.reuse, found.quote_reuse):
        parts += [getattr(part, name) for name in part.__slots__]
    return [part.tobytes() for part in parts]


def test_a_copied_paragraph_is_found_from_both_sides():
    found = compare(f"{OTHER}\n{LEAD}", f"{LEAD}\n{BOATS}")
    assert rows(found.reuse) == [(0, 1, 1, 0, "verbatim"), (1, 0, 0, 1, "verbatim")]
    assert found.reuse.similarity.tolist() == [1, 1]
    assert found.reuse.words.tolist() == [21, 21]
    assert (found.shared_a.tolist(), found.shared_b.tolist()) == ([21], [21])
    assert found.covered.sum() == 42


def test_edited_and_paraphrased_paragraphs_are_told_apart():
    edited = LEAD.replace("two metres", "about two metres").replace("said on Monday", "reported on Tuesday")
    paraphrased = (
        "By Monday morning the river had climbed two metres, flooding the old part of Passau, officials of the city "
        "said in a note."
    )
    assert {kind for *_, kind in rows(compare(LEAD, edited).reuse)} == {"edited"}
    assert {kind for *_, kind in rows(compare(LEAD, paraphrased).reuse)} == {"paraphrased"}
    assert rows(compare(LEAD, OTHER).reuse) == []


def test_two_outlets_that_quote_one_speaker_do_not_copy():
    second = f"{BOATS}\n{MAYOR.replace('the mayor said', 'she told reporters')}"
    found = compare(f"{OTHER}\n{MAYOR}", second)
    assert rows(found.reuse) == []
    assert not found.covered.any()
    assert found.quote_reuse.article.tolist() == [0, 1]
    assert found.quote_reuse.paragraph.tolist() == found.quote_reuse.other_paragraph.tolist() == [1, 1]
    assert (found.spoken == 2).sum() == 2 * 18


def test_a_quotation_copied_with_what_surrounds_it_is_reuse():
    found = compare(f"{LEAD}\n{MAYOR}\n{BOATS}", f"{LEAD}\n{MAYOR}\n{BOATS}\n{OTHER}")
    assert [row[1] for row in rows(found.reuse) if row[0] == 0] == [0, 1, 2]
    assert found.shared_a[0] == len(tokenize([f"{LEAD}\n{MAYOR}\n{BOATS}"]).hash)


def test_a_quotation_that_only_one_outlet_has_is_marked_as_its_own():
    found = compare(f"{LEAD}\n{MAYOR}", f"{LEAD}\n{BOATS}")
    assert (found.spoken == 1).sum() == 18
    assert not (found.spoken == 2).any()


def test_two_words_between_quotation_marks_are_no_speech():
    assert not compare(LEAD.replace("old town", "“old town”"), OTHER).spoken.any()
    assert compare(LEAD.replace("the old town", "“the old town”"), OTHER).spoken.sum() == 3


def test_where_a_paragraph_stands_is_told_with_the_best_first():
    edited = LEAD.replace("two metres", "about two metres").replace("said on Monday", "reported on Tuesday")
    found = compare(LEAD, edited, LEAD, pairs=((0, 1), (0, 2)))
    assert [row for row in rows(found.reuse) if row[0] == 0] == [(0, 0, 2, 0, "verbatim"), (0, 0, 1, 0, "edited")]


def test_speech_that_goes_on_in_the_next_paragraph_is_two_quotations():
    texts = "“We will rebuild every one of these houses.”\n“Nobody is going to stop us,” the mayor said.", OTHER
    told = quotes(corpus(texts), compare(*texts))
    assert told.paragraph.tolist() == [0, 1] and told.kind.tolist() == [OWN_QUOTE, OWN_QUOTE]


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_a_quotation_right_behind_another_one_is_a_second_one(marks):
    opens, closes = marks
    first, second = "We will rebuild every one of these houses, all of them.", "Nobody is going to stop us."
    text = f"{opens}{first}{closes} {opens}{second}{closes} So the mayor said."
    told = quotes(corpus((text, OTHER)), compare(text, OTHER))
    said = [text[start:end] for start, end in zip(told.start, told.end, strict=True)]
    assert said == [first.rstrip("."), second.rstrip(".")]


def test_a_quotation_is_copied_only_if_most_of_it_was_copied_with_the_text_around_it():
    for common, kind in ((4, OWN_QUOTE), (10, COPIED_QUOTE)):  # of eighteen words
        beginning = " ".join(MAYOR.split()[:common])
        texts = f"{BOATS} {MAYOR}", f"{BOATS} {beginning} street” was all that could be heard of him in the storm."
        told = quotes(corpus(texts), compare(*texts))
        assert told.kind[told.article == 0].tolist() == [kind]


@pytest.mark.parametrize(
    "text,spoken",
    [
        ("He said “yes, we can” twice.", ["“yes, we can”"]),
        ("Er sagte: „Wir schaffen das“, und ging.", ["„Wir schaffen das“"]),
        ("Il dit : « nous y sommes » et part.", ["« nous y sommes »"]),
        ('An odd " mark\nand "a pair" later', ['"a pair"']),
        ('"We knew. "We stay," he said. "Or go?" No', ['"We stay,"', '"Or go?"']),
        ('A 12" gun, and it goes on," he said. "We stay," he said', ['"We stay,"']),
        ('Of two words apart: " we stay " , he said', ['" we stay "']),
        ('Il a dit:" Nous restons ", puis: " On y va ".', ['" Nous restons "', '" On y va "']),
        ("The players’ bus, ‘the big one’, left", ["‘the big one’"]),
        ("She said ‘we don’t know it’ twice.", ["‘we don’t know it’"]),
        ("From Sana‘a to Hawai‘i is where they don’t go, as planes’ crews know.", []),
        ("“It goes on.\n“And ends.”", ["“It goes on.", "“And ends.”"]),
        ("彼は「はい」と言った。", ["「はい」"]),
        ("nothing here", []),
    ],
)
def test_speech_stands_in_the_quotation_marks_of_many_languages(text, spoken):
    assert [text[start:end] for start, end in spoken_spans(text)] == spoken


@given(st.text('ab," \n'))
def test_speech_in_ascii_is_what_the_marks_of_all_languages_give(text):
    assert spoken_spans(text) == spoken_spans(text + "\né")


TEXTS = st.lists(
    st.lists(
        st.sampled_from([*LEAD.split()[:9], *BOATS.split()[:6], "“We", "will”", "\n", "said"]), min_size=1, max_size=90
    ),
    min_size=2,
    max_size=4,
)


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_kernel_and_plain_version_agree(without_kernels, texts):
    pytest.importorskip("dedupe.reuse.kernel", reason="needs numba")
    texts = [" ".join(words) for words in texts]
    pairs = list(combinations(range(len(texts)), 2))
    with without_kernels():
        plain = columns(compare(*texts, pairs=pairs))
    assert columns(compare(*texts, pairs=pairs)) == plain


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_the_order_of_a_pair_and_of_the_pairs_changes_nothing(texts):
    texts = [" ".join(words) for words in texts]
    pairs = list(combinations(range(len(texts)), 2))
    one, other = compare(*texts, pairs=pairs), compare(*texts, pairs=[(b, a) for a, b in reversed(pairs)])
    assert columns(one)[4:] == columns(other)[4:]
    assert one.covered.tobytes() == other.covered.tobytes()
    assert one.shared_a.tolist() == other.shared_b.tolist()[::-1]


def test_without_pairs_or_words_nothing_is_found():
    assert rows(compare(LEAD, LEAD, pairs=()).reuse) == []
    assert rows(compare("", LEAD).reuse) == []


@pytest.fixture(scope="module")
def events(shared_data):
    content = gzip.decompress((shared_data / "stories/ecbplus_1_35.jsonl.gz").read_bytes())
    by_story = {}
    for line in content.split(b"\n")[:250]:
        record = json.loads(line)
        text = "\n".join(part for part in record["text"].split("\n") if part.strip())
        by_story.setdefault(record["story"], []).append(text)
    return by_story


def test_kernel_plain_version_and_threads_agree_on_real_texts(without_kernels, events):
    pytest.importorskip("dedupe.reuse.kernel", reason="needs numba")
    texts = [text for story in list(events.values())[:6] for text in story[:8]]
    pairs = [(i, i + 1) for i in range(len(texts) - 1)]
    weight = (tokenize(texts).hash % 97 / 10 + 0.5).astype(np.float32)
    with without_kernels():
        plain = columns(compare(*texts, pairs=pairs, weight=weight))
    for jobs in (1, 2):
        assert columns(compare(*texts, pairs=pairs, weight=weight, jobs=jobs)) == plain


def test_rewrites_are_reused_and_independent_leads_are_not(shared_data):
    def records(name):
        return [json.loads(line) for line in gzip.decompress((shared_data / name).read_bytes()).split(b"\n") if line]

    def share(pairs):
        found = compare(
            *(text for pair in pairs for text in pair), pairs=[(2 * i, 2 * i + 1) for i in range(len(pairs))]
        )
        return np.mean(found.shared_b > 0)

    rewrites = [(r["source"], r["rewrite"]) for r in records("rewrites/raidar_gpt.jsonl.gz")[::20]]
    leads = {}
    for record in records("stories/allsides_train600.jsonl.gz"):
        leads.setdefault(record["story"], []).append(" ".join(record["text"].split()))
    reports = [pair for texts in list(leads.values())[::10] for pair in combinations(texts, 2)]
    assert share(rewrites) >= 0.45
    assert share(reports) <= 0.05


def test_the_seeds_reuse_nothing_of_each_other(seeds):
    texts = ["\n".join(filter(str.strip, path.read_text("utf-8").split("\n"))) for path in sorted(seeds.iterdir())]
    found = compare(*texts, pairs=list(combinations(range(5), 2)))
    assert rows(found.reuse) == []
    assert PassageKind.VERBATIM in PASSAGE_KINDS


GOODS = [
    f"{first}{last}"
    for first in ("amber", "barley", "cotton", "dates", "ebony")
    for last in ("", "ish", "ling", "en", "al")
]


def test_what_is_put_to_a_flash_is_not_taken_from_it():
    found = compare(LEAD, f"{LEAD} {BOATS}")
    words = len(LEAD.split())
    assert (found.shared_a.tolist(), found.shared_b.tolist()) == ([words], [words])


def test_of_a_long_unbroken_text_only_what_was_taken_counts(without_kernels):
    pytest.importorskip("dedupe.reuse.kernel", reason="needs numba")
    sentences = [f"On day {i} the {word} crew of ship {i * 7} found {word} in hold {i}." for i, word in enumerate(
        GOODS[:16]
    )]  # fmt: skip
    new = [f"Nobody in harbour {i} had expected {word}, which paid for {i * 3} new cranes." for i, word in enumerate(
        GOODS[16:]
    )]  # fmt: skip
    whole, longer = " ".join(sentences), " ".join(sentences[:8] + new + sentences[8:])
    taken = len(tokenize([whole]).hash)
    found = compare(whole, longer)
    with without_kernels():
        assert columns(compare(whole, longer)) == columns(found)
    assert found.shared_a[0] == taken and found.shared_b[0] <= 1.1 * taken
