"""The tasks of `dedupe evaluate` whose public sets are large, on sets of two pages or texts that a reader can check."""

import gzip
import json

import pytest

from dedupe.errors import InputError
from dedupe.evaluate import credits, pages, rewrites, stories

REPORT = (
    "The old bridge over the river was closed on Monday after inspectors found a crack in its northern pier.",
    "Engineers will need until the spring to mend it, the mayor said, and the ferry runs every half hour until then.",
    "Nobody was hurt, and the trains that cross the river farther south are not affected by any of the work.",
)
ELSEWHERE = (
    "Volunteers counting swifts in the old town have found the largest colony since their survey of nests began."
)
PAGE = (
    '<html><head><title>Bridge closed</title><meta name="author" content="Ann Lee">'
    '<meta property="article:published_time" content="2025-10-29"></head><body>'
    "<nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>Bridge closed</h1>"
    f"{''.join(f'<p>{paragraph}</p>' for paragraph in REPORT)}"
    "<p>This story was originally published by The Lake Observer.</p></article>"
    "<footer>All rights reserved</footer></body></html>"
)


def put(path, content):
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(content)


def lines(*rows):
    return "\n".join(map(json.dumps, rows))


@pytest.mark.parametrize(
    "of", [lambda text: {"articleBody": "\n".join(text)}, lambda text: {"body": {"summary": [], "text": list(text)}}]
)
def test_a_body_found_whole_scores_one_and_that_of_another_page_nothing(tmp_path, of):
    (tmp_path / "gold.json").write_text(json.dumps({"a": of(REPORT), "b": of([ELSEWHERE])}))
    for name in "ab":
        put(tmp_path / "html" / f"{name}.html.gz", PAGE)
    result = pages.evaluate(tmp_path / "gold.json")
    assert result["by_page"]["a"] == 1 and result["by_page"]["b"] < 0.3
    assert result["f1"] == pytest.approx(0.5, abs=0.15) and f"F1 {result['f1']:.3f}" in pages.table(result)


def test_what_a_page_says_of_itself_is_scored_with_its_markup_and_without(tmp_path):
    put(tmp_path / "a.html.gz", PAGE)
    said = {"author": "Ann Lee", "published": "2025-10-29", "sources": [{"name": "Lake Observer"}]}
    page = {"id": "a", "url": "", "source": "", "html": "a.html.gz", "blocks": ["Bridge closed", *REPORT]}
    (tmp_path / "gold.jsonl").write_text(lines(page | said, {"id": "not judged"}))
    result = credits.evaluate(tmp_path / "gold.jsonl")
    assert result["pages"] == 1
    assert [result["html"][name] for name in ("author", "date", "sources_f1")] == [1, 1, 1]
    assert [result["text"][name] for name in ("author", "date", "sources_f1")] == [0, 0, 0]
    assert [what for _, what, *_ in result["text"]["wrong"]] == ["author", "date", "sources"]
    assert credits.table(result).count("\n") == 2


def test_rewrites_are_told_from_reports_of_one_event_and_linked_to_their_source(tmp_path):
    text = " ".join(REPORT)
    rewrite = (  # of sixty words, as shorter texts are passed over
        "A crack that inspectors found in the northern pier of the old bridge over the river has led to its being "
        "closed since Monday. The mayor said that engineers would need until the spring to mend it, and that until "
        "then a ferry is to run every half hour. The work does not affect any trains crossing farther south, and "
        "nobody was hurt."
    )
    put(tmp_path / "rewrites" / "edited.jsonl.gz", lines({"source": text, "rewrite": rewrite}))
    other = " ".join([ELSEWHERE] * 4)
    put(tmp_path / "stories" / "town.jsonl.gz", lines(*({"story": "x", "text": one} for one in (text, other))))
    result = rewrites.evaluate(tmp_path)
    assert result["linked"] == {"edited": 1}
    assert result["told"]["edited against town"]["auc_independent"] == 1
    assert "edited: 1.000 linked to their source" in rewrites.table(result)


def test_sets_that_tell_nothing_of_rewrites_are_named(tmp_path):
    text = " ".join(REPORT)
    put(tmp_path / "stories" / "town.jsonl.gz", lines(*({"story": "x", "text": text} for _ in range(2))))
    for rewrite, name in ((ELSEWHERE, "edited has no two texts"), (text, "town has no two independent reports")):
        put(tmp_path / "rewrites" / "edited.jsonl.gz", lines({"source": text, "rewrite": rewrite}))
        with pytest.raises(InputError, match=f"{name} of 60 words"):
            rewrites.evaluate(tmp_path)


def test_pairs_grouped_wrongly_are_shown():
    shown = stories.table({"pairs": 2, "accuracy": 0.5, "wrong": [("a", "b", "OK")]})
    assert shown.split("\n") == ["stories of 2 pairs   accuracy 0.500", "  wrong (OK): a  b"]
