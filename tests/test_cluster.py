"""Copy groups and stories: small graphs by hand, a slow average linkage as the oracle, order and size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.cluster import connected, stories
from dedupe.cluster.fill import Measured
from dedupe.cluster.links import Links
from dedupe.cluster.mates import DOUBT, EVEN, LEAST, MATES, OPEN, REACH, Mates


def pairs_of(matrix):
    a, b = np.triu_indices(len(matrix), 1)
    return a.astype(np.int32), b.astype(np.int32), matrix[a, b].astype(np.float32)


def slow_average_linkage(matrix, threshold):
    """Return the groups of plain average linkage, the nearest pair at a time."""
    groups = [[row] for row in range(len(matrix))]
    while len(groups) > 1:
        means = [
            (matrix[np.ix_(x, y)].mean(), -i, -j) for i, x in enumerate(groups) for j, y in enumerate(groups) if i < j
        ]
        best, i, j = max(means)
        if best < threshold:
            break
        groups[-i] = sorted(groups[-i] + groups.pop(-j))
    label = np.zeros(len(matrix), dtype=np.int32)
    for group in groups:
        label[group] = min(group)
    return label


def stories_without(matrix, *constants):
    """Return the stories of articles with some of the constants at 0."""
    with pytest.MonkeyPatch.context() as patch:
        for constant in constants:
            patch.setattr(f"dedupe.cluster.{constant}", 0.0)
        return stories(len(matrix), *pairs_of(matrix))


def likeness(n, seed):
    rng = np.random.default_rng(seed)
    matrix = np.float64(np.float32(rng.random((n, n))))
    return (matrix + matrix.T) / 2


@given(st.integers(1, 14), st.integers(0, 10**6))
@settings(deadline=None)
def test_stories_are_those_of_plain_average_linkage(n, seed):
    matrix = likeness(n, seed)
    found = stories_without(matrix, "linkage.CONTRAST", "linkage.ALONE", "linkage.ALONE_OF_FEW", "mates.MATES")
    assert np.array_equal(found, slow_average_linkage(np.float64(np.float32(matrix)), 0.5))


@given(st.integers(2, 14), st.integers(0, 10**6))
@settings(deadline=None)
def test_the_order_of_the_pairs_plays_no_part(n, seed):
    a, b, values = pairs_of(likeness(n, seed))
    order = np.random.default_rng(seed).permutation(len(a))
    assert np.array_equal(stories(n, a, b, values), stories(n, b[order], a[order], values[order]))


def test_the_order_of_what_copies_say_plays_no_part():
    a, b = np.zeros(3, dtype=np.int32), np.ones(3, dtype=np.int32)
    values = np.array([0.5, 2**-54, 2**-54], dtype=np.float32)  # the small ones count only if they are added first
    assert Links.between(2, a, b, values).total[0] == Links.between(2, a, b, values[::-1]).total[0]


def test_of_two_that_are_as_near_the_first_is_joined():
    a, b = np.array([0, 1], dtype=np.int32), np.array([1, 2], dtype=np.int32)
    assert stories(3, a, b, np.array([0.9, 0.9], dtype=np.float32)).tolist() == [0, 0, 2]


def test_asking_for_missing_pairs_gives_what_knowing_them_gives():
    matrix = likeness(30, 4)
    a, b, values = pairs_of(matrix)
    known = values >= np.float32(0.4)
    found = stories(30, a[known], b[known], values[known], measure=lambda x, y: matrix[x, y].astype(np.float32))
    assert len(set(found.tolist())) < 30
    for story in set(found.tolist()):
        members = np.flatnonzero(found == story)
        if len(members) > 1:
            assert matrix[np.ix_(members, members)][np.triu_indices(len(members), 1)].mean() > 0.45


def test_one_odd_page_does_not_chain_two_stories():
    matrix = np.full((7, 7), 0.05)
    matrix[:3, :3] = matrix[4:, 4:] = 0.9
    matrix[3, :] = matrix[:, 3] = 0.55
    found = stories(7, *pairs_of(matrix))
    assert found[0] == found[1] == found[2] != found[4] == found[5] == found[6]


def test_two_events_of_one_kind_stay_apart_though_they_are_alike():
    matrix = np.full((8, 8), 0.6)
    matrix[:4, :4] = matrix[4:, 4:] = 0.95
    assert stories(8, *pairs_of(matrix)).tolist() == [0, 0, 0, 0, 4, 4, 4, 4]
    assert len(set(stories_without(matrix, "linkage.CONTRAST").tolist())) == 1


def blocks(between, *within):
    """Return the likeness of articles in groups of (how many, how like each other)."""
    matrix = np.full((sum(n for n, _ in within),) * 2, between)
    at = 0
    for n, alike in within:
        matrix[at : at + n, at : at + n] = alike
        at += n
    return matrix


def grouped(matrix):
    return stories_without(matrix, "mates.MATES").tolist()


def test_how_like_two_events_must_be_goes_by_what_both_are_within_on_average():
    assert grouped(blocks(0.7, (3, 0.78), (3, 0.95))) == [0] * 6  # 0.79 of 0.865 is 0.683
    assert grouped(blocks(0.7, (3, 0.95), (3, 0.95))) == [0] * 3 + [3] * 3


def test_two_articles_are_too_few_to_be_another_event_of_one_kind():
    assert grouped(blocks(0.6, (4, 0.95), (2, 0.95))) == [0] * 6


def test_two_stories_that_were_kept_apart_are_looked_at_again_when_one_has_grown():
    matrix = blocks(0.7, (3, 0.85), (3, 0.95), (1, 1.0))
    assert grouped(matrix[:6, :6]) == [0, 0, 0, 3, 3, 3]  # 0.79 of 0.9 is 0.711
    matrix[6, :3] = matrix[:3, 6] = 0.69
    matrix[6, 3:6] = matrix[3:6, 6] = 0.695  # with it, the second is within as 0.8225: 0.79 of 0.836 is 0.661
    assert grouped(matrix) == [0] * 7


def test_an_unrelated_article_changes_nothing():
    matrix = likeness(12, 9)
    more = np.full((13, 13), 0.02)
    more[:12, :12] = matrix
    assert np.array_equal(stories(13, *pairs_of(more))[:12], stories(12, *pairs_of(matrix)))


def test_a_copy_group_stays_together_and_counts_once():
    a, b = np.array([0, 1, 2], dtype=np.int32), np.array([3, 3, 3], dtype=np.int32)
    values = np.array([0.8, 0.8, 0.8], dtype=np.float32)
    found = stories(4, a, b, values, copies=np.array([0, 0, 0, 3], dtype=np.int32))
    assert found.tolist() == [0, 0, 0, 0]


def test_what_several_copies_say_of_an_article_counts_once():
    a, b = np.array([0, 1, 2], dtype=np.int32), np.array([3, 3, 3], dtype=np.int32)
    values = np.array([0.3, 0.3, 0.3], dtype=np.float32)
    assert stories(4, a, b, values, copies=np.array([0, 0, 0, 3], dtype=np.int32)).tolist() == [0, 0, 0, 3]


def test_no_articles_and_no_pairs():
    none = np.zeros(0, dtype=np.int32)
    assert stories(0, none, none, none.astype(np.float32)).tolist() == []
    assert stories(3, none, none, none.astype(np.float32)).tolist() == [0, 1, 2]
    assert connected(3, none, none).tolist() == [0, 1, 2]


def test_a_chain_of_copies_is_one_group_whatever_its_length():
    n = 20_000
    order = np.random.default_rng(5).permutation(n).astype(np.int32)
    assert not connected(n, order[:-1], order[1:]).any()


def test_two_articles_alone_have_to_be_surer_than_two_of_a_larger_story():
    pair = np.full((2, 2), 0.55)
    assert stories(2, *pairs_of(pair)).tolist() == [0, 1]
    three = np.full((3, 3), 0.55)
    three[0, 1] = three[1, 0] = 0.9
    assert stories(3, *pairs_of(three)).tolist() == [0, 0, 0]


def test_two_articles_have_to_be_surer_where_few_texts_are_around_them():
    assert stories(2, *pairs_of(np.full((2, 2), 0.74))).tolist() == [0, 1]
    assert stories(2, *pairs_of(np.full((2, 2), 0.76))).tolist() == [0, 0]
    many = np.full((300, 300), 0.01)
    many[0, 1] = many[1, 0] = 0.66
    assert stories(300, *pairs_of(many))[:3].tolist() == [0, 0, 2]


def slow_heard(matrix):
    """Return what `Mates.heard` does, a pair and a mate at a time."""
    chance = matrix**2 / (matrix**2 + DOUBT * (1 - matrix) ** 2)
    chance[chance < LEAST] = 0.0
    np.fill_diagonal(chance, 0.0)
    result = matrix.copy()
    for a, b in zip(*np.triu_indices(len(matrix), 1), strict=True):
        others = [row for row in range(len(matrix)) if row not in (a, b)]
        mine, theirs = chance[a, others], chance[b, others]
        common, fewer = (mine * theirs).sum(), min(mine.sum(), theirs.sum())
        odds = np.log(matrix[a, b] / (1 - matrix[a, b])) + MATES * (common - EVEN * fewer) / (fewer + OPEN)
        if matrix[a, b] >= REACH:
            result[a, b] = result[b, a] = 1 / (1 + np.exp(-odds))
    return result


@given(st.integers(2, 14), st.integers(0, 10**6))
@settings(deadline=None)
def test_mates_are_heard_as_by_asking_one_after_another(n, seed):
    matrix = likeness(n, seed)
    a, b, _ = pairs_of(matrix)
    heard = Mates.of(n, a.astype(np.int64), b.astype(np.int64), matrix[a, b]).heard(a, b, matrix[a, b])
    assert np.allclose(heard, slow_heard(matrix)[a, b])


def test_two_articles_that_are_like_others_are_surely_of_one_story_only_if_these_are_the_same():
    matrix = np.full((8, 8), 0.05)
    matrix[0, 1] = 0.66
    both = np.array([0]), np.array([1]), np.array([0.66])

    def told(matrix):
        a, b, _ = pairs_of(matrix)
        heard = Mates.of(8, a.astype(np.int64), b.astype(np.int64), matrix[a, b]).heard(*both)[0]
        return heard, stories(8, *pairs_of(matrix), alone=0.3)[1] == 0

    assert told(matrix) == (0.66, True)
    matrix[0, 2:5] = matrix[1, 2:5] = 0.9
    assert told(matrix)[0] > 0.75
    matrix[0, 2:5] = matrix[1, 2:5] = 0.05
    matrix[0, 2:5] = matrix[1, 5:] = 0.64  # each like three others, and they have none of them in common
    heard, joined = told(matrix)
    assert heard < 0.6 and not joined


def test_a_page_that_all_others_are_like_costs_no_more_than_its_pairs():
    n = 200_000
    hub, rest = np.zeros(n - 1, dtype=np.int32), np.arange(1, n, dtype=np.int32)
    assert stories(n, hub, rest, np.full(n - 1, 0.64, dtype=np.float32)).tolist() == list(range(n))


def three_clusters(each, value):
    """Return links of three clusters, a pair of each two measured, and what `Measured.complete` is asked with."""
    n = 3 * each
    a, b = np.array([0, 0, each], dtype=np.int32), np.array([each, 2 * each, 2 * each], dtype=np.int32)
    links = Links.between(n, a, b, np.full(3, value, dtype=np.float32))
    known, root = Measured.of(n, links), (np.arange(n) // each * each).astype(np.int32)
    return links.joined(root), known, root, np.arange(n, dtype=np.int32)


def test_pairs_that_others_stand_for_are_not_added_again_when_their_cluster_grows():
    def measure(a, b):
        return np.full(len(a), 0.6, dtype=np.float32)

    links, known, root, rows = three_clusters(30, 0.6)
    known.complete(links, np.array([0]), rows, root, measure)
    grown = rows.copy()
    grown[60] = 30
    links = links.joined(grown)
    known.complete(links, np.array([0]), rows, grown[root], measure)
    assert links.count.tolist() == [1800] and links.total[0] == pytest.approx(0.6 * 1800)


def test_no_pair_is_measured_twice():
    def measure(a, b):
        asked.extend(zip(a.tolist(), b.tolist(), strict=True))
        return np.full(len(a), 0.6, dtype=np.float32)

    asked = [(0, 30), (0, 60), (30, 60)]
    links, known, root, rows = three_clusters(30, 0.6)
    known.complete(links, np.array([0, 1, 2]), rows, root, measure)
    grown = rows.copy()
    grown[60] = 30
    links = links.joined(grown)
    known.complete(links, np.array([0]), rows, grown[root], measure)
    assert len(asked) == len(set(asked)) > 1200


def test_of_two_large_clusters_pairs_of_all_rows_and_columns_stand_for_the_others():
    def measure(a, b):
        asked.append((a, b))
        return (b % 4 / 3).astype(np.float32)

    asked = []
    links, known, root, rows = three_clusters(2000, 0.5)
    known.complete(links, np.array([0]), rows, root, measure)
    a, b = asked[0]
    assert 395 <= len(a) <= 400 and len(np.unique(a)) > 300 and len(np.unique(b)) > 300
    assert links.total[0] / links.count[0] == pytest.approx(0.5, abs=0.06)
