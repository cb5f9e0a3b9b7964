"""Train the model of story similarity, dedupe/data/similarity.json, and print how well it does on events it never saw.

    python -m training.similarity [--check]

Trained on the pairs of `training.similarity_tables`, in two steps. The first learns what makes one pair of a corpus
likelier of one story than another, with a bias for each table of its own: what a likeness means differs from set to
set, and with one bias for all, the evidence that tells the sets apart (length, titles) stands for it. Of that model
only what two articles share is kept, their likeness. The second step has few inputs and learns what a likeness means
beyond that of the two with their farther neighbours. With one step and no farther neighbours the mean of the event
sets was 0.855 in the other halves and 0.819 on other sets, where with two it was 0.859 and 0.837.

Events are in two halves, by topic where a topic has two events; the figures printed are those of each half under the
model of the other, and those of each set of events under the model of all other sets. `--check` only prints them;
without it the model of all events is written.

Between a pair's log-odds and its story similarity stand two constants. Averages of probabilities are ruled by the few
pairs that are certain, so the log-odds are halved (SOFTEN). And pairs of one event are a small part of all
neighbours, while a story holds together by its average pair: SHIFT puts that average at 0.5. Both were chosen on the
held-out halves, where anything from 0.4 to 0.5 and 0.75 to 0.95 does about as well; of these SHIFT is the one that
does best in-sample, and where small chunks of articles are added to an index.

What was tried in vain, with B-cubed F1 on sets left out (mean over alone, thin, among and part), which was 0.859 when
most of this was tried and is 0.867 now:

    what is compared
      stems, or the first six letters of words                          0.858
      cosines of pairs of words; of vectors learnt from Reuters         0.859; 0.857
      vectors distilled from a sentence model                           0.862
      the rarest name in common; names by demonym, capital, initials    0.860; 0.860
      a likeness beside that of the two's likest                        0.857
      a hundred families of deeds                                       0.858 to 0.862
      numbers with their units; the title's words in the opening        0.860; 0.860
      words the corpus bursts with; all six together                    0.859; 0.857
      how rare what both have is, summed, not as a share of either      0.863, in-sample as before
      a background that counts three times as much                      0.864, in-sample 0.003 less
      days apart as Reuters has it: 0.12 a day instead of 0.04          of Wikinews 0.04 less, of ECB+ 0.004
      words weighed by how many of the farther neighbours lack them     0.865 to 0.869
      how far the cosines of two with all others agree, as evidence     0.866 to 0.870, in-sample 0.001 to 0.005 less
      English forms in -s, -ed, -ing as one word with their base        0.873, in-sample 0.007 less (ECB+ 0.904)
      the same, an article beside all of one event (see below)          0.871, ECB+ 0.897
    how it is learnt
      boosted trees for the second step; for both                       0.850; 0.848
      a loss that forgives odd labels; rewrites at half their weight    0.860; 0.862
      means of models of single sets; of all sets but one               0.851; 0.858
      `same_days` held at 1.2, at 1.4, as Reuters has it                0.865; 0.865, and six more pages joined
      95, or 172, Reuters pairs of near days, judged, beside the pages  0.863; 0.864, in-sample 0.003; 0.007 less
      judged pages left out; once; four times                           0.859; 0.866; 0.870, in-sample 0.005 less
      no dates, as of addresses, for the Reuters articles among a set's 0.868, and three more pages joined
      an article beside all of one event, not pairs (see below)         0.870 to 0.875, and three more pages joined
      the same, with pairs too; counted by the root of its pairs        0.868 to 0.873; 0.865 to 0.871
    how it is grouped
      how far all similarities of two agree, not only mates in common   0.830 to 0.864
      mates heard twice; louder                                         0.860; 0.862
      single articles moved to stories they are nearer to               0.858
      links by the nearest half of pairs; by three quarters             0.860; 0.862
      links by quadratic means                                          0.863, in-sample 0.010 less
      the consensus of ten groupings of noisy similarities              0.861, with these 0.865
      correlation clustering of the log-odds, from the stories on       0.01, 0.03, 0.00 to 0.05 less on the three sets
      odds less by 1 where openings have next to nothing in common      0.864, of Reuters pairs 12 wrong, 11 right lost

Neither did it help to look for what all of a story have in common in a further article, or for what two reports share
in a third. A threshold that rises with the sizes of the two, a contrast for stories of two, and the cosine of the sums
of two stories' terms each gain on one set what they lose on another. Round-ups are not told by how little their parts
share, nor by what the rest of a page shares with a report whose opening it holds: reports of many names, and updates of
one event, share as little.

The best lead: examples that are the mean evidence of an article beside all of one event that are near it, as groups are
joined by means. With SHIFT at 1.19, DOUBT (dedupe/cluster/mates.py) at 11 and judged pages counted once, sets that were
left out, alone, came to 0.858 to 0.861, not 0.849, the three in-sample to 0.871 (0.910, 0.867, 0.835), and 32 small
made sets in ten languages from 0.727 to 0.745. But of 48 judged pairs of like pages three more were joined, and of 35
Telegram pairs two more were wrong by themselves. With ALONE at 0.45 and ALONE_OF_FEW at 0.62, the chances they stood
for before, one Telegram pair was lost, in one corpus, and no more; in-sample it was 0.869, on sets left out 0.870 to
0.871, of them alone 0.847 to 0.851. Such words and such agreement (above) raise the average precision of pairs from
0.77 to 0.78, or to 0.81, and not F1: means over groups tell as much.

What is written is the one best model of the two losses, the same digits with one thread or several. Earlier models
could not be made again: `same_days` hung on 82 pairs of judged pages (see `judged_pages`), and when one page had lost
its date the command came to 0.865 of the three sets, not 0.869, and 0.863 of sets left out. Without the dates of these
pages it is 0.869 and 0.867.

The file that is shipped was made before words that pages set apart by style alone were apart (judged pages have other
words since) and before stems of other languages left out a vowel. Made anew, slopes move by up to 0.1; sets left out
stay at 0.867, and Wikinews comes to 0.814 where it is 0.826, with one story fewer. So it was not replaced.

A model of AllSides alone comes to 0.868 on itself, with all six to 0.872: words say no more there. Of its articles 18
in 100 are liker to one of another event than to any of their own, and half of what is wrong is theirs; without the
tenth that is liker than 0.4 to none of its own, F1 is 0.904. Half of its stories of several events are one matter.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dedupe import cluster, similarity
from dedupe.evaluate.stories import b_cubed
from dedupe.similarity.features import usual
from dedupe.tfidf.surroundings import AROUND, crowding
from training.similarity_tables import EVENTS, GIVEN, Table, tables

OUT = Path(__file__).parent.parent / "dedupe" / "data" / "similarity.json"
SET_WEIGHT = {"sheepdog": 0.35, "raidar_gpt": 0.35, "wikinews_small": 0.7}  # few styles, few events: less to learn
# Of the others 0.5.
VARIANT_WEIGHT = {"alone": 1.0, "thin": 1.0, "among": 1.0, "part": 0.3, "few": 0.15, "cut40": 0.3, "judged": 1.0}
# Judged pages were chosen for being alike. They teach what to look at (counted double, 0.004 more on other sets), but
# not how much a likeness means: counted so in the second step too, they part what is one event elsewhere.
LIKENESS_WEIGHT = VARIANT_WEIGHT | {"judged": 2.0}
CHECKED = ("alone", "thin", "thin few", "part", "among")
MOST = 15_000  # pairs of a table: more teach no more

SOFTEN, SHIFT = 0.5, 0.79
# On half the squared slopes of standardised inputs, beside the mean loss. Ten times as much in the first step costs
# 0.005 of B-cubed F1 on other sets; in the second 0.000001 to 0.004 do about as well.
PENALTY, PENALTY_OF_MEANING = 0.00004, 0.003
AT_THE_END = 1e-6  # of a step, in slopes of standardised inputs: the next is a millionth of it
LIKE = ("_cosine", "_most", "_least", "same_days", "same_weekday")
UNLIKE = ("crowd", "days_apart", "weeks_apart", "other_weekday", "round_up", "others", "strangers", "around")
WEEKDAYS = ("same_weekday", "other_weekday")
MEANING = ("nearest_least", "shorter", "title_known", *WEEKDAYS)  # beside how much liker than usual a pair is
# No part of a likeness. Were weekdays one, what is usual around an article would be less where its neighbours name
# other days, and two pages that name none would look liker than usual.
CONTEXT = ("crowd", "shorter", "longer", "names_known", "numbers_known", "title_known", "opening_known", *WEEKDAYS)
COLUMN = {name: column for column, name in enumerate(similarity.FEATURES)}
# The sets hold next to no pairs of like articles weeks apart, of which a collection of years is full (follow-ups,
# quarterly figures). In 15,000 Reuters articles pairs as like as one story are as frequent at ten days as at twenty,
# and half as frequent at sixty: what is alike there is the subject. With this slope, which is set, 24 of their 3,032
# stories of several articles last longer than a month; with one of months, not weeks, 383 of 3,168 did. Of 22 stories
# that it takes apart all had been several.
WEEKS = -0.9
# Nor do they hold many forms filled in anew, and teach 0 to -0.5 for `others`. Set too: on the event sets, in other
# halves and on other sets, all from 0 to -1.2 does the same to 0.001.
OTHERS = -1.2
# Nor datelines. Set so that two reports in the same words, a plane crash here and one there, are no one story.
STRANGERS = -2.5
# Nor any round-up beside a report of one of its items, nor tables of numbers. Set so that no likeness makes up for it.
ROUND_UP = -6.0


class Model(NamedTuple):
    """Slopes of the likeness, and bias and slopes of the similarity: float64 of shape (features,)."""

    likeness: Any
    bias: float
    slopes: Any


def halves(story: list[str]) -> Any:
    """Return the half each article is in: -1 for those of no event. Both events of an ECB+ topic are in one."""
    topics = [re.sub(r"^(\d+)ecb(plus)?$", r"topic \1", name) for name in story]
    return np.array([zlib.crc32(topic.encode()) % 2 if topic else -1 for topic in topics])


def train(rows: list[tuple[Table, Any]]) -> Model:
    """Return the model of the chosen pairs of tables, on the scale of story similarity.

    No evidence counts against its meaning: what is alike speaks for one story, what is apart or common against it.
    Slopes free to take any sign did worse on what they never saw: by 0.009 of B-cubed F1 on the other halves, and by
    0.013 on other sets.
    """
    rows = [(t, _some(chosen & t.known)) for t, chosen in rows]
    # All but `round_up`, `others` and `strangers`, which are set, and `around`, made of likeness.
    names = similarity.FEATURES[:-4]
    values = [t.features[kept, :-4].astype(np.float64) for t, kept in rows]
    likeness = np.append(_fit(rows, values, list(map(_bounds, names)), PENALTY, each=True)[1], (0.0, 0.0, 0.0, 0.0))
    likeness[_columns(CONTEXT)] = 0.0
    inputs = [_meaning(around(t, likeness)[kept], likeness) for t, kept in rows]
    bias, meaning = _fit(rows, inputs, [(0.0, None), *map(_bounds, MEANING)], PENALTY_OF_MEANING, each=False)
    slopes = meaning[0] * likeness
    slopes[COLUMN["around"]] -= meaning[0]
    slopes[_columns(MEANING)] += meaning[1:]
    slopes[COLUMN["weeks_apart"]] = min(slopes[COLUMN["weeks_apart"]], WEEKS)
    slopes[COLUMN["round_up"]], slopes[COLUMN["others"]] = ROUND_UP, OTHERS
    slopes[COLUMN["strangers"]] = STRANGERS
    return Model(likeness, bias + SHIFT, slopes)


def _some(kept: Any) -> Any:
    """Return at most MOST of the kept pairs, the same ones for the same table."""
    rows = np.flatnonzero(kept)
    if len(rows) <= MOST:
        return kept
    chosen = np.zeros_like(kept)
    chosen[np.random.default_rng(0).choice(rows, MOST, replace=False)] = True
    return chosen


def _meaning(features: Any, likeness: Any) -> Any:
    """Return the inputs of the second step: the likeness beyond what is usual around the two, and MEANING.

    The difference is free of a set's own bias; with a slope of its own for what is usual, 0.004 less on other sets.
    """
    return np.column_stack([features @ likeness - features[:, COLUMN["around"]], features[:, _columns(MEANING)]])


def _columns(names: tuple[str, ...]) -> list[int]:
    return [COLUMN[name] for name in names]


def around(table: Table, likeness: Any) -> Any:
    """Return the evidence of a table's pairs, float64, with what is usual around their articles by this likeness."""
    features = table.features.astype(np.float64)
    like = np.maximum(features @ likeness, 0.0).astype(np.float32)
    ring = usual(table.crowd, crowding(len(table.story), table.a, table.b, like, AROUND)[table.group, 1])
    features[:, COLUMN["around"]] = (ring[table.a] + ring[table.b]) / 2
    return features


def _fit(
    rows: list[tuple[Table, Any]], values: list[Any], bounds: list[Any], penalty: float, each: bool
) -> tuple[float, Any]:
    """Return the bias and the slopes of a logistic model, softened; with a bias for `each` table the first of them.

    By Newton's method, with each step inside the bounds: there is one best model, and a dozen steps end at it.
    """
    from scipy.optimize import lsq_linear

    every = np.vstack(values)
    mean, scale = every.mean(0), np.maximum(every.std(0), 1e-9)
    weight = np.array([_weight(t, each) if kept.any() else 0.0 for t, kept in rows])
    sets = [
        (np.column_stack([np.ones(len(part)), (part - mean) / scale]), np.where(t.same[kept], 1.0, -1.0), share)
        for part, (t, kept), share in zip(values, rows, weight / weight.sum(), strict=True)
    ]
    parts = len(rows) if each else 1
    penalties = np.append(np.full(parts, 2e-6), np.full(len(mean), penalty))
    free = [(None, None)] * parts + bounds
    limits = (
        [-np.inf if low is None else low for low, _ in free],
        [np.inf if high is None else high for _, high in free],
    )

    def loss(model: Any) -> tuple[float, Any, Any]:
        value, slope, curve = penalties @ model**2 / 2, penalties * model, np.diag(penalties)
        for place, (inputs, sign, share) in enumerate(sets):
            columns = np.append(place % parts, np.arange(parts, len(model)))
            margin = sign * (inputs @ model[columns])
            wrong, each_pair = 1.0 / (1.0 + np.exp(margin)), share / max(len(sign), 1)
            value += each_pair * np.logaddexp(0.0, -margin).sum()
            slope[columns] -= each_pair * (sign * wrong) @ inputs
            curve[np.ix_(columns, columns)] += each_pair * (inputs.T * (wrong * (1.0 - wrong))) @ inputs
        return value, slope, curve

    model = np.zeros(len(penalties))
    here = loss(model)
    while True:
        value, slope, curve = here
        root = np.linalg.cholesky(curve)
        target = root.T @ model - np.linalg.solve(root, slope)
        step = lsq_linear(root.T, target, limits, method="bvls", tol=1e-14).x - model
        while (here := loss(model + step))[0] > value:
            step /= 2
        model = model + step
        if np.abs(step).max() < AT_THE_END:
            break
    slopes = model[parts:] / scale
    return SOFTEN * float(model[0] - slopes @ mean), SOFTEN * slopes


def _bounds(feature: str) -> tuple[float | None, float | None]:
    return (0.0 if feature.endswith((*LIKE, "nearest_least")) else None), (0.0 if feature in UNLIKE else None)


def _weight(table: Table, likeness: bool) -> float:
    variants = LIKENESS_WEIGHT if likeness else VARIANT_WEIGHT
    return SET_WEIGHT.get(table.name, 1.0) * variants.get(table.variant.removesuffix(GIVEN), 0.5)


def check(made: list[Table]) -> dict[str, float]:
    """Print and return the B-cubed F1 of events under models that never saw them: the other half's, the other sets'."""
    other_half = []
    for half in (0, 1):
        sides = [(t, halves(t.story)) for t in made]
        other_half.append(train([(t, (side[t.a] != half) & (side[t.b] != half)) for t, side in sides]))
    other_sets = {name: train([(t, np.ones(len(t.a), dtype=bool)) for t in made if t.name != name]) for name in EVENTS}
    figures = {}
    for t in made:
        if t.variant in CHECKED:
            side = halves(t.story)
            by = np.maximum(np.maximum(side[t.a], side[t.b]), 0)
            found = np.choose(by, [predicted(t, model) for model in other_half])
            figures[f"{t.name} {t.variant}"] = f1_of(t, found)
            if t.name in EVENTS:
                figures[f"{t.name} {t.variant}, of other sets"] = f1_of(t, predicted(t, other_sets[t.name]))
    for name, value in figures.items():
        print(f"{name:<50}B-cubed F1 {value:.3f}")
    for variant in (*CHECKED, *(f"{variant}, of other sets" for variant in CHECKED)):
        print(f"mean of the event sets, {variant}: {np.mean([figures[f'{n} {variant}'] for n in EVENTS]):.3f}")
    return figures


def predicted(table: Table, model: Model) -> Any:
    """Return the story similarity of a table's pairs under a model."""
    return 1.0 / (1.0 + np.exp(-(model.bias + around(table, model.likeness) @ model.slopes)))


def f1_of(table: Table, found: Any) -> float:
    """Return the B-cubed F1 of a table's events, given the story similarity of its pairs."""
    pairs = (column[table.known] for column in (table.a, table.b, found.astype(np.float32)))
    label = cluster.stories(len(table.story), *pairs, copies=table.group)
    known = [row for row, name in enumerate(table.story) if name]
    return b_cubed([table.story[row] for row in known], [int(label[row]) for row in known])["f1"]


def main() -> None:
    """Print the figures of the held-out halves, and write the model of all events unless only they were asked for."""
    parser = argparse.ArgumentParser(prog="python -m training.similarity")
    parser.add_argument("--check", action="store_true", help="print the figures and write nothing")
    only_checked = parser.parse_args().check
    made = tables()
    figures = check(made)
    if only_checked:
        return
    model = train([(t, np.ones(len(t.a), dtype=bool)) for t in made])
    written = {
        "made_by": "python -m training.similarity",
        "held_out_b_cubed_f1": {name: round(value, 3) for name, value in figures.items()},
        "bias": round(model.bias, 5),
        "slopes": by_name(model.slopes),
        "likeness": by_name(model.likeness),
    }
    OUT.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def by_name(slopes: Any) -> dict[str, float]:
    return {name: round(float(slope), 5) for name, slope in zip(similarity.FEATURES, slopes, strict=True)}


if __name__ == "__main__":
    main()
