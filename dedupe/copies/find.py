"""From any input to its groups of copies: texts are taken, those with an id that another has left out, and compared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..candidates import Candidates, search
from ..config import Config, above_zero, at_least_one, settled
from ..model import Skipped
from ..pipeline.articles import Articles
from ..pipeline.read import Reading
from ..reader import taken
from ..rows import lengths
from .found import ClosePairs, NearDuplicates
from .names import again, keys_of, path_of, value_at
from .texts import Texts

THRESHOLD = 0.7  # of Jaccard: where the tools of the field draw the line


def near_duplicates(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | Articles,
    *,
    threshold: float = THRESHOLD,
    config: Config | None = None,
    names: Mapping[str, str] | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> NearDuplicates:
    """Return which texts are copies of each other: of files and folders, or of articles, mappings or a table.

    Texts are compared whole, as they were given (of a page of HTML: everything it shows). To know what of the
    reporting on scraped pages was copied, use `analyze`, which tells the reporting from what surrounds it. A hundred
    thousand articles in JSON lines take a second or two here. Of a text only its words as numbers, its keys, its id and
    the start of its title stay in memory: 3 kB for 500 words.

    `threshold`: pairs with at least this Jaccard similarity form the groups. A pair of which one text holds this part
    of the other is listed too, but joins no group, since a page that holds several texts would chain them together.
    The numbers are counted, not estimated; what is estimated is which pairs are worth counting. Missed were: of texts
    of 15 words none from a Jaccard of 0.5 on, one in seven at 0.3 and two in five at 0.2; of 60 words none at 0.3; of
    passages in a longer text one in 100 of those of 30 words and one in five of those of 15.

    `names` maps our field names to those in the records. `jobs`: the most threads and processes to use. What could not
    be read is in `skipped` of the result, and appended to the list that is given. The order of the inputs does not
    matter. A threshold or number of jobs out of range is a `ConfigError`, a value that is no article an `InputError`.

    >>> text = "The ferry was late again on Monday, and nobody on the quay could say why it had not sailed."
    >>> found = near_duplicates([{"id": "a", "text": text}, {"id": "b", "text": text + " Not even its captain."},
    ...                          {"id": "c", "text": "Rates rose."}])
    >>> found.groups[0].members, found.pairs[0].jaccard, found.texts
    (('a', 'b'), 0.7895, 3)
    """
    config = settled(config)
    at_least_one("jobs", jobs)
    above_zero("threshold", threshold)
    threshold = float(threshold)  # numpy's would be compared with more or fewer digits
    left_out = skipped if skipped is not None else inputs.skipped if isinstance(inputs, Reading) else []
    texts = Texts(config, jobs, progress)
    paths, articles = _paths(inputs)
    if paths:
        texts.take_files(paths, names or {})
    else:
        texts.take_articles(articles, names or {})
    texts.finish()
    key = np.concatenate([keys_of(part.ids) for part in texts.names])
    order = np.argsort(key, kind="stable")  # whatever the order of the texts
    nameless = np.concatenate([lengths(part.ids.bounds) == 0 for part in texts.names])
    without = [*np.flatnonzero(nameless).tolist(), *_again(texts, key[order], order)]
    count = len(order) - len(without)
    left_out += [item for _, item in sorted(texts.skipped, key=lambda item: (item[0], item[1].path, item[1].reason))]
    progress("copies", 0, count)
    worth = replace(config, excerpt_containment=min(config.excerpt_containment, threshold))
    found = search(texts.keys, texts.words, worth, jobs, texts.large, order, without)
    progress("copies", count, count)
    left_out += [Skipped("", reason, failed=False) for reason in found.capped]
    return NearDuplicates(count, _close(found, order, threshold), texts.names, threshold, tuple(left_out))


def _paths(inputs: Any) -> tuple[list[str], Any]:
    """Return the paths that inputs are, none where they are articles, and all of the inputs."""
    if isinstance(inputs, (str, os.PathLike)):
        return [os.fspath(inputs)], inputs
    if isinstance(inputs, Iterator):  # of files, as a folder's `glob` gives, or of articles, too many to be held
        first = list(islice(inputs, 1))
        inputs = chain(first, inputs)
        inputs = list(inputs) if first and isinstance(first[0], (str, os.PathLike)) else inputs
    several = isinstance(inputs, (list, tuple, Set)) and all(isinstance(item, (str, os.PathLike)) for item in inputs)
    return [os.fspath(item) for item in inputs] if several else [], inputs


def _again(texts: Texts, key: NDArray[np.uint64], order: NDArray[np.int64]) -> Iterator[int]:
    """Yield the rows whose id is taken by another text, and list them. `key`: those of the ids, sorted.

    Of a file the first record has it; of articles, which may come in any order, the first by path, words and title.
    """
    path_at = path_of(texts.names)
    place = np.concatenate([part.place for part in texts.names])
    exact = np.concatenate([part.exact for part in texts.keys])
    title_at = value_at([part.titles for part in texts.names])

    def rank(row: int) -> tuple[int, str, int, bytes]:
        return int(place[row]), path_at(row), int(exact[row]), title_at(row)

    for row, kept, id in again([part.ids for part in texts.names], key, order, rank):
        path, by = path_at(row), path_at(kept)
        texts.skipped.append((int(place[row]), taken(id, path or id, by or "another article")))
        yield row


def _close(found: Candidates, order: NDArray[np.int64], threshold: float) -> ClosePairs:
    """Return the pairs that are alike, or of which one stands in the other, by their rows."""
    containment = np.maximum(found.containment_a, found.containment_b)
    close = (found.jaccard >= threshold) | (containment >= threshold)
    columns = (order[found.a[close]], order[found.b[close]], found.jaccard[close], containment[close])
    return ClosePairs(*columns, found.exact[close])
