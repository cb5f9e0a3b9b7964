"""The pairs that story similarity is trained on: sets of ../shared/data, each in many variants.

Three sets are of news events, two of articles beside rewrites of them. Each is taken alone, among Reuters articles, in
small parts, with most events thinned to a single article, and cut to openings of 40 to 160 words, so that neither the
size of the corpus, nor the length of its articles, nor how many of them have company fixes what a likeness means.
Reuters articles a month apart or more are two stories. Pages of many outlets and few days, long and of like subjects,
were judged in pairs (judged_pages.json).
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from dedupe import candidates, similarity, tfidf
from dedupe.config import Config
from dedupe.evaluate.corpora import as_given, as_run, page_of, rows_of
from dedupe.model import Corpus, timestamp
from dedupe.pipeline import grouping

SHARED = Path(__file__).parents[2] / "shared" / "data"
EVENTS = ("ecbplus_1_35", "allsides_train600", "wikinews_small")
REWRITES = ("sheepdog", "raidar_gpt")
GIVEN = ", as given"  # beside what the pipeline makes of the articles: whole texts, no fields but those of the record
DATES = ("same_days", "days_apart", "weeks_apart")
BOTH_WAYS = ("alone", "thin", "among", "part", "mixed")


@dataclass
class Table:
    """The neighbour pairs of one set in one variant; `known`: somebody has said whether the two are one story."""

    name: str
    variant: str
    story: list[str]
    a: Any
    b: Any
    features: Any
    same: Any
    known: Any
    group: Any  # of each article, the row of the one that stands for its copies
    crowd: Any  # of each article, the mean cosine with its neighbours of rank 11 to 30


def rewritten(name: str) -> list[dict[str, Any]]:
    """Return each source of at least 60 words and two of its rewrites, as articles of one story."""
    styles = defaultdict(list)
    for record in rows_of(SHARED / f"rewrites/{name}.jsonl.gz"):
        if len(record["source"].split()) >= 60:
            styles[record["source"]].append(record["rewrite"])
    records = []
    for number, source in enumerate(sorted(styles)):
        story, versions = f"{name}-{number:04}", styles[source]
        texts = [source, versions[number % len(versions)], versions[(number + 1) % len(versions)]]
        records += [{"id": f"{story}-{i}", "story": story, "text": text} for i, text in enumerate(texts)]
    return records


def variants(records: list[dict[str, Any]], others: list[dict[str, Any]], rng: random.Random) -> dict[str, Any]:
    """Return the corpora a set is taken in, by name."""
    stories = sorted({record["story"] for record in records})

    def part(share: float) -> list[dict[str, Any]]:
        chosen = set(rng.sample(stories, min(len(stories), max(12, int(len(stories) * share)))))
        return [record for record in records if record["story"] in chosen]

    def cut(rows: list[dict[str, Any]], words: int, titled: bool = True) -> list[dict[str, Any]]:
        shorter = [{**row, "text": " ".join(row["text"].split()[:words])} for row in rows]
        return shorter if titled else [{**row, "title": ""} for row in shorter]

    def thin(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        lonely = set(rng.sample(stories, int(len(stories) * 0.7)))
        seen: set[str] = set()
        kept = []
        for row in rng.sample(rows, len(rows)):
            if row["story"] not in lonely or row["story"] not in seen:
                kept.append(row)
            seen.add(row["story"])
        return kept

    mixed = [row for record in part(0.5) for row in cut([record], rng.choice((50, 80, 160, 320, 640)))]
    return {
        "alone": records,
        "thin": thin(records),
        "thin few": thin(part(0.2)) + rng.sample(others, 30),
        "thin cut": cut(thin(records), 120),
        "among": records + others,
        "few": part(0.1),
        "part": part(0.3),
        "part among": thin(part(0.3)) + [{**record, "published": record["day"]} for record in others[:1000]],
        "cut40": cut(records, 40),
        "cut80": cut(records, 80),
        "cut160": cut(records, 160),
        "untitled": cut(part(0.5), 80, titled=False),
        "mixed": mixed + cut(others, 80),
    }


def tables() -> list[Table]:
    rng = random.Random(1)
    every = rows_of(SHARED / "near_duplicates/reuters_first_half.jsonl.gz")
    others = [
        {**record, "story": "", "day": record["published"], "published": ""} for record in rng.sample(every, 1500)
    ]
    sets = {name: rows_of(SHARED / f"stories/{name}.jsonl.gz") for name in EVENTS}
    sets |= {name: rewritten(name) for name in REWRITES}
    made = []
    for name, records in sets.items():
        for variant, rows in variants(records, others, rng).items():
            if name == "allsides_train600" and variant in ("cut80", "cut160"):
                continue  # its texts are no longer than that
            made.append(table(name, variant, rows, as_run))
            if variant in BOTH_WAYS:
                made.append(table(name, f"{variant}{GIVEN}", rows, as_given))
    return [*made, judged_pages()]


def judged_pages() -> Table:
    """Return the judged pairs of pages, as a report over all of them finds them, but without dates.

    Nearly all are of three days of one crawl, and they were chosen by what they tell, so what dates say is chance:
    when the date of one page was no longer read, `same_days` counted for three of the 82 pairs less, and its likeness
    in the model of all sets fell from 1.23 to 0.86.
    """
    judged = json.loads(Path(__file__).with_name("judged_pages.json").read_text("utf-8"))
    pages = sorted((SHARED / "pages").glob("*/html/*.html.gz"))
    records = [{"id": path.name, "html": page_of(path)} for path in pages]
    corpus, order = as_run(records)
    row = {records[place]["id"]: row for row, place in enumerate(order)}
    answer = {
        tuple(sorted((row[a], row[b]))): same
        for same, groups in ((True, judged["same"]), (False, judged["different"]))
        for group in groups
        for a, b in combinations(group, 2)
    }
    found = texts_of(corpus)
    near = found.next_to
    pairs = sorted({*answer, *zip(near.a.tolist(), near.b.tolist(), strict=True)})
    a, b = np.array(pairs, dtype=np.int32).T
    features = similarity.measure(found.corpus, found.weights, a, b)
    features[:, [similarity.FEATURES.index(name) for name in DATES]] = 0.0
    same, known = np.array([(answer.get(pair, False), pair in answer) for pair in pairs]).T
    crowd = found.weights.surroundings[:, 1]
    return Table("pages", "judged", [""] * len(order), a, b, features, same, known, found.sample, crowd)


def table(name: str, variant: str, records: list[dict[str, Any]], corpus_of: Any) -> Table:
    corpus, order = corpus_of(records)
    story = [records[row]["story"] for row in order]
    found = texts_of(corpus)
    near = found.next_to
    features = similarity.measure(found.corpus, found.weights, near.a, near.b)
    label = np.unique(story, return_inverse=True)[1]
    other = np.array([not name for name in story])
    day = np.array([timestamp(records[row].get("day", "")) for row in order])
    apart = np.abs(day[near.a] - day[near.b]) >= 30
    known = apart | ~(other[near.a] & other[near.b])  # whether two of near days tell one story nobody has said
    same = (label[near.a] == label[near.b]) & ~other[near.a]
    if name == "raidar_gpt":  # many of its sources are pieces of one article: nobody has said which
        known &= same | other[near.a] | other[near.b]
    crowd = found.weights.surroundings[:, 1]
    return Table(name, variant, story, near.a, near.b, features, same, known, found.sample, crowd)


def texts_of(corpus: Corpus) -> grouping.Texts:
    """Return which articles of a corpus are copies, and what each text is near, as a report finds them."""
    weights, config = tfidf.weigh(*tfidf.stemmed(corpus)), Config()
    return grouping.texts(corpus, weights, candidates.find(corpus.tokens, config), config)
