"""Make dedupe/data/background.txt.gz: in how many news texts each word stands. Counts only, no text.

    python -m training.background

Sources, all in ../shared/data: every fifth Reuters article, the PAN-13 source documents, the sources of the rewrites,
the bodies of the page sets, and the story sets, where a story counts once so that no single event looks common.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe.evaluate.corpora import rows_of
from dedupe.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared" / "data"
LEAST = 4  # documents; rarer words are as good as unseen and would be most of the file


def documents() -> Iterator[str]:
    """Yield the texts that are counted, those of one story joined."""
    for number, record in enumerate(rows_of(SHARED / "near_duplicates/reuters_first_half.jsonl.gz")):
        if number % 5 == 0:
            yield record["title"] + "\n" + record["text"]
    for record in rows_of(SHARED / "reuse/pan13_train_documents.jsonl.gz"):
        if record["id"].startswith("source"):
            yield " ".join(record["text"].split(" ")[:400])  # they are longer than news
    for name in ("sheepdog", "raidar_gpt"):
        yield from sorted({record["source"] for record in rows_of(SHARED / f"rewrites/{name}.jsonl.gz")})
    for name in ("ecbplus_1_35", "allsides_train600", "wikinews_small"):
        stories = defaultdict(list)
        for record in rows_of(SHARED / f"stories/{name}.jsonl.gz"):
            stories[record["story"]].append(record.get("title", "") + "\n" + record["text"])
        yield from ("\n".join(texts[:3]) for texts in stories.values())
    pages = json.loads((SHARED / "pages/zyte/gold.json").read_text("utf-8"))
    yield from (page["articleBody"] for page in pages.values())


def main() -> None:
    """Count the words and write the table."""
    counts: Counter[str] = Counter()
    total = 0
    for text in documents():
        counts.update(set(words(text)))
        total += 1
    by_count = defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST:
            by_count[count].append(word)
    table = [str(total), *(f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count, reverse=True))]
    content = "\n".join(table).encode("utf-8")
    (PROJECT / "dedupe/data/background.txt.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{total} documents, {sum(map(len, by_count.values()))} words, {len(content)} bytes unpacked")


if __name__ == "__main__":
    main()
