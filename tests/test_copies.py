"""Groups of copies: the library's call and the command, and that JSON lines are read both ways to the same answer."""

import gzip
import json
import os
import random
import subprocess
import sys
import time
from itertools import combinations, pairwise

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import dedupe
from dedupe.cli import CouldNotRun, cli
from dedupe.compiling import LARGE
from dedupe.config import Config
from dedupe.copies import texts
from dedupe.copies.names import values_of
from dedupe.copies.texts import Texts
from dedupe.model import Skipped
from dedupe.reader import LISTED, items, sources, wanted
from dedupe.report.groups import render
from dedupe.words import CHARACTERS, tokenize

STORY = (
    "The harbour authority said on Tuesday that the new terminal would open in spring, two years later than planned, "
    "after engineers had found soft ground below the eastern quay and drove four hundred more piles to carry the cranes"
)
OTHER = "Volunteers counting swifts in the old town have found the largest colony since their survey of nests began."
NAMES = wanted({})


def story(seed: int, words: int = 120) -> str:
    return " ".join(f"word{number}" for number in np.random.default_rng(seed).integers(0, 9000, words).tolist())


def versions(count: int) -> list[dict[str, str]]:
    """Return stories, each with a copy, one that is edited, and an excerpt."""
    rows = []
    for number in range(count):
        text = story(number)
        edited = text.split()
        edited[30] = edited[90] = "edit"
        for kind, its in (("a", text), ("b", text), ("c", " ".join(edited)), ("d", text[:300])):
            rows.append({"id": f"{number}-{kind}", "title": f"Story {number}", "text": its})
    return rows


def lines(rows) -> bytes:
    return b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)


def put(path, content: bytes):
    path.write_bytes(content)
    return path


def told(found):
    return found.texts, found.groups, list(found.pairs), found.skipped


def many(rows) -> list:
    """Return rows with so many others that kernels are loaded for them."""
    size = sum(len(row) if isinstance(row, bytes) else len(json.dumps(row)) for row in rows)
    wanting = max(LARGE * CHARACTERS + 10_000 - size, 0)
    return [*rows, *({"id": f"z{n}", "text": story(10_000 + n, 900)} for n in range(wanting // 7000 + 1))]


def test_groups_are_texts_alike_and_a_text_within_a_longer_one_is_a_pair():
    found = dedupe.near_duplicates(versions(3))
    assert [group.members for group in found.groups] == [(f"{n}-a", f"{n}-b", f"{n}-c") for n in range(3)]
    assert found.groups[0].titles == ("Story 0",) * 3 and found.texts == 12
    first = found.pairs[0]
    assert (first.a, first.b, first.jaccard, first.containment, first.identical) == ("0-a", "0-b", 1.0, 1.0, True)
    excerpt = next(pair for pair in found.pairs if pair.b == "0-d")
    assert excerpt.jaccard < 0.7 and excerpt.containment > 0.9 and not excerpt.identical
    assert found.pairs[-2:][1] == list(found.pairs)[-1] and len(found.pairs) == len(list(found.pairs))


def test_the_numbers_are_those_of_the_shingles():
    rows = versions(4)
    sets = []
    for row in rows:
        run = row["text"].split()
        sets.append({tuple(run[i : i + 5]) for i in range(len(run) - 4)})
    expected = {}
    for i, j in combinations(range(len(rows)), 2):
        shared = len(sets[i] & sets[j])
        jaccard, containment = shared / len(sets[i] | sets[j]), shared / min(len(sets[i]), len(sets[j]))
        if max(jaccard, containment) >= 0.5:
            expected[rows[i]["id"], rows[j]["id"]] = (round(jaccard, 4), round(containment, 4))
    found = dedupe.near_duplicates(rows, threshold=0.5)
    assert {(pair.a, pair.b): (pair.jaccard, pair.containment) for pair in found.pairs} == expected


def test_a_low_threshold_is_kept_whatever_excerpts_are_worth():
    rows = []
    for number in range(40):
        run = story(number, 60).split()
        rows += [{"id": f"{number}-a", "text": " ".join(run)}, {"id": f"{number}-b", "text": " ".join(run[:22])}]
        rows[-1]["text"] += " " + story(1000 + number, 38)  # 18 of 56 shingles are shared, which is 0.19 of all
    for threshold, config in ((0.19, Config()), (0.3, Config(excerpt_containment=1.0))):
        found = dedupe.near_duplicates(rows, threshold=threshold, config=config)
        assert len(found.pairs) >= 38


def test_every_kind_of_input_gives_the_same_groups(tmp_path):
    rows = versions(5)
    put(tmp_path / "n.jsonl", lines(rows))
    put(tmp_path / "n.jsonl.gz", gzip.compress(lines(rows)))
    put(tmp_path / "n.json", json.dumps(rows).encode())
    table = "id,title,text\n" + "".join(f"{r['id']},{r['title']},{r['text']}\n" for r in rows)
    put(tmp_path / "n.csv", table.encode())
    pages = "".join(
        json.dumps({"id": r["id"], "html": f"<title>{r['title']}</title><p>{r['text']}</p>"}) + "\n" for r in rows
    )
    put(tmp_path / "pages.jsonl", pages.encode())
    (tmp_path / "folder").mkdir()
    for row in rows:
        put(tmp_path / "folder" / f"{row['id']}.txt", row["text"].encode())
    expected = told(dedupe.near_duplicates(rows))
    for name in ("n.jsonl", "n.jsonl.gz", "n.json", "n.csv"):
        assert told(dedupe.near_duplicates(tmp_path / name)) == expected
    assert told(dedupe.near_duplicates(dedupe.read(tmp_path / "n.jsonl"))) == expected
    assert told(dedupe.near_duplicates(tmp_path.glob("n.jsonl"))) == expected
    assert told(dedupe.near_duplicates({str(tmp_path / "n.jsonl")})) == expected
    of_pages = dedupe.near_duplicates([tmp_path / "pages.jsonl"])
    assert [group.members for group in of_pages.groups] == [group.members for group in expected[1]]
    of_files = dedupe.near_duplicates([str(tmp_path / "folder")])
    assert [group.members for group in of_files.groups] == [
        tuple(f"{id}.txt" for id in group.members) for group in expected[1]
    ]
    assert of_files.groups[0].titles[0] == rows[0]["text"][:160]  # no title is given: how it starts


def test_fields_can_have_other_names(tmp_path):
    rows = many([{"key": row["id"], "body": row["text"], "text": "not this"} for row in versions(3)])
    path = put(tmp_path / "n.jsonl", lines(rows))
    names = {"id": "key", "text": "body"}
    assert len(dedupe.near_duplicates(path, names=names).groups) == 3


HOSTILE = [
    b"{oops\n",
    b"\n",
    b" \t\r\n",
    b"\x0b\n",
    b'{"text": "trailing",}\n',
    b'{"text": "a word or two", "x": [1, 2,]}\n',
    b'{"text": "a word or two", "x": 01}\n',
    b'{"text": "a word or two", "x": {"a" 1}}\n',
    b'{"text": "a word or two", "x": tru}\n',
    b'{"text": "a word or two"} more\n',
    b'{"text": "a word or two", "author": "\xff\xfe"}\n',
    b'{"text": "a word or two", "unread": "\xff\xfe"}\n',
    b'{"text": "latin caf\xe9 au lait"}\n',
    b'{"text": "a raw\ttab and \x01 here"}\n',
    b'{"text": "half a pair \\ud83d of it", "id": "\\ud800"}\n',
    b'{"text": "\\ud83d\\ude42 a whole pair"}\n',
    b'{"text": 5}\n',
    b'{"text": null, "html": null}\n',
    b'{"text": ""}\n',
    b'{"text": "x"}\n',
    b'{"text": "..."}\n',
    b'{"text": "\\u3042"}\n',
    b'{"text": "first", "text": "the second one counts"}\n',
    b'{"id": 7, "text": "a number for an id"}\n',
    b'{"id": "7", "text": "the same again"}\n',
    b'{"id": -0, "text": "minus nothing"}\n',
    b'{"id": 1.5, "text": "not whole"}\n',
    b'{"id": true, "text": "not even a number"}\n',
    b'{"id": ' + b"9" * 6000 + b', "text": "a huge number"}\n',
    b'{"id": "", "text": "an empty id"}\n',
    b'{"id": "n.jsonl#2", "text": "the id that another line has"}\n',
    b'{"te\\u0078t": "an escaped key"}\n',
    b'{"title": ["a", "list"], "text": "a title of another kind"}\n',
    '{"title": "Ünïcödé", "text": "naïve façade"}\n'.encode(),
    b'{"html": "<h1>A page</h1><p>of two words and more</p>", "title": ""}\n',
    b'{"html": "<p></p>", "text": "what is not looked at"}\n',
    b'{"html": "", "text": "no page"}\n',
    b'{"html": null, "text": "no page either"}\n',
    b'{"text": "deep", "x": ' + b"[" * 100 + b"]" * 100 + b"}\n",
    b'{"text": "too deep", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    b'["a list"]\n',
    b'"a string"\n',
    b"{}\n",
]


def gathered(path, fast: bool):
    """Return the ids, titles and words of a file's records, and what is left out, read in one way or the other."""
    (source,) = sources([str(path)], [])
    if fast:
        from dedupe.candidates.chunk import Keying
        from dedupe.copies.lines import keyed_lines
        from dedupe.reader.json_lines import fast_stream

        stream = fast_stream(source, {**NAMES, "html": "no such thing"})  # pages among texts are for it too
        if stream is None:  # one line without an end, say
            return gathered(path, False)
        found, skipped, words = [], [], []
        for item in keyed_lines(source, 0, stream, NAMES, Keying(Config()), 2):
            if isinstance(item[1], Skipped):
                skipped.append(item)
            else:
                found.append(item[1])
                for (first, hashes), _ in item[0]:
                    words += [tuple(hashes[low:high].tolist()) for low, high in pairwise(first)]
        skipped = [item for _, item in sorted(skipped, key=lambda item: item[0])]
    else:
        texts = Texts(Config(), 1, lambda *_: None)
        texts._take([(n, text) for n, text in usual(source)])
        skipped = [item for _, item in texts.skipped]
        texts.finish()
        found = texts.names
        first, hashes = texts.words[0]
        words = [tuple(hashes[low:high].tolist()) for low, high in pairwise(first)]
    rows = np.arange(sum(len(part.place) for part in found))
    named = zip(
        *(values_of(parts, rows) for parts in zip(*(part[:2] for part in found), strict=True)), words, strict=True
    )
    return [row for row in named if row[0]], skipped


def usual(source):
    from dedupe.copies.whole import text_of

    for number, item in enumerate(items(source, NAMES)):
        yield number, item if isinstance(item, Skipped) else text_of(item)


def test_hostile_lines_are_read_both_ways_to_the_same_answer(tmp_path):
    pytest.importorskip("numba")
    path = put(tmp_path / "n.jsonl", lines([{"text": STORY}, *HOSTILE, {"text": OTHER}]))
    fast, slow = gathered(path, True), gathered(path, False)
    assert fast == slow and len(fast[0]) > 20 and len(fast[1]) > 12


@given(
    st.lists(st.sampled_from([*HOSTILE, lines([{"text": STORY}])]), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_lines_with_a_byte_changed_are_read_both_ways_to_the_same_answer(tmp_path_factory, rows, chance):
    pytest.importorskip("numba")
    first = b'{"text": "the first line tells that these are lines"}\n'
    content = bytearray(first + b"".join(row for row in rows if len(row) < 9000))
    for _ in range(chance.randrange(4)):
        content[chance.randrange(54, len(content) + 1) - 1] = chance.choice(b'"\\{}[],:\n\x00\xffe0-. ')
    path = put(tmp_path_factory.mktemp("lines") / "n.jsonl", bytes(content))
    assert gathered(path, True) == gathered(path, False)


def test_a_line_too_long_and_a_damaged_end_are_told_alike(tmp_path):
    pytest.importorskip("numba")
    long = b'{"text": "' + b"word " * (4 << 20) + b'"}\n'
    path = put(tmp_path / "n.jsonl", lines([{"text": STORY}, b"\n", long, {"text": OTHER}, long[:-1]]))
    fast, slow = gathered(path, True), gathered(path, False)
    assert fast == slow and [item.path[-1] for item in fast[1]] == ["3", "5"]
    packed = gzip.compress(lines({"id": str(n), "text": f"{STORY} {n * 7919}"} for n in range(3000)), mtime=0)
    path = put(tmp_path / "m.jsonl.gz", packed[: len(packed) // 2])
    fast, slow = gathered(path, True), gathered(path, False)
    assert fast == slow and len(fast[0]) > 500 and "cut off" in fast[1][0].reason


def test_a_large_file_has_the_same_groups_and_faults_as_the_usual_reader_finds(tmp_path):
    rows = [*versions(40), *HOSTILE, *versions(2)]  # some ids twice
    rows = many(rows)
    fast = dedupe.near_duplicates(put(tmp_path / "n.jsonl", lines(rows)))
    skipped: list[Skipped] = []
    records = list(dedupe.reader.records([tmp_path / "n.jsonl"], skipped=skipped))
    empty = [item for item in fast.skipped if item.reason == "a page without text"]
    assert [item for item in fast.skipped if item not in empty] == skipped and len(empty) == 1
    assert fast.texts == len(records) - 1 and len(fast.groups) >= 40 and fast.texts > 170
    (tmp_path / "n.jsonl").rename(tmp_path / "n")  # of a file without a suffix no line is taken the fast way
    slow = dedupe.near_duplicates([tmp_path / "n"])
    assert (slow.texts, slow.groups, list(slow.pairs)) == (fast.texts, fast.groups, list(fast.pairs))


def test_faults_beyond_a_number_are_counted(tmp_path):
    path = put(tmp_path / "n.jsonl", lines(many([{"id": "a", "text": STORY}, *[b"oops\n"] * (LISTED + 5)])))
    found = dedupe.near_duplicates(path)
    assert len(found.skipped) == LISTED + 1
    assert found.skipped[-1] == Skipped(str(path), "5 more of its records could not be read")


def test_the_order_of_lines_files_and_the_number_of_jobs_change_nothing(tmp_path):
    rows = many([*versions(30), *({"id": f"same{n}", "text": STORY} for n in range(50))])
    whole = dedupe.near_duplicates(put(tmp_path / "a.jsonl", lines(rows)), jobs=1)
    assert "groups of more than 32 identical texts" in whole.skipped[0].reason
    random.Random(3).shuffle(rows)
    (tmp_path / "parts").mkdir()
    put(tmp_path / "parts" / "b.jsonl", lines(rows[:50]))
    put(tmp_path / "parts" / "c.csv", ("id,title,text\n" + "".join(
        f"{row['id']},{row.get('title', '')},{row['text']!r}\n".replace("'", '"') for row in rows[50:60]
    )).encode())  # fmt: skip
    put(tmp_path / "parts" / "d.jsonl", lines(rows[60:]))
    assert told(dedupe.near_duplicates(tmp_path / "parts", jobs=3)) == told(whole)
    assert told(dedupe.near_duplicates(iter(rows), jobs=2)) == told(whole)


def test_very_many_short_texts_are_all_compared(tmp_path):
    texts = [" ".join(str(number * step) for step in range(1, 8)) for number in range(150_000)]
    for copy, original in ((149_999, 3), (70_000, 140_000), (66_000, 65_990)):
        texts[copy] = texts[original]
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    expected = [("140000", "70000"), ("149999", "3"), ("65990", "66000")]
    path = put(tmp_path / "n.jsonl", lines(rows))
    assert [group.members for group in dedupe.near_duplicates(path).groups] == expected
    assert [group.members for group in dedupe.near_duplicates(rows).groups] == expected


def test_without_numba_the_answer_is_the_same(tmp_path):
    path = put(tmp_path / "n.jsonl", lines(many(versions(20))))
    call = [sys.executable, "-m", "dedupe", "copies", str(path), "-f", "jsonl"]
    shown = [
        subprocess.run(call, capture_output=True, env={**os.environ, "NUMBA_DISABLE_JIT": off}, timeout=300, check=True)
        for off in ("0", "1")
    ]
    assert shown[0].stdout == shown[1].stdout and shown[0].stdout.count(b'"group"') == 20


@pytest.mark.parametrize("number", [float, np.float64, np.float32])
def test_a_threshold_of_numpy_is_that_of_python(number):
    words = [f"w{n}" for n in range(21)]
    rows = [{"id": "a", "text": " ".join(words)}, {"id": "b", "text": " ".join([*words[:18], "x", "y", "z"])}]
    (pair,) = dedupe.near_duplicates(rows, threshold=0.5).pairs  # 14 of 20 shingles
    assert pair.jaccard == 0.7 and len(dedupe.near_duplicates(rows, threshold=number(0.7)).groups) == 1


def test_what_is_no_setting_or_no_article_is_said():
    for options in ({"threshold": 0}, {"threshold": 1.5}, {"jobs": 0}):
        with pytest.raises(dedupe.DedupeError):
            dedupe.near_duplicates([], **options)
    with pytest.raises(dedupe.DedupeError, match="without an id"):
        dedupe.near_duplicates([{"text": "a text"}])
    with pytest.raises(dedupe.DedupeError, match="is no article"):
        dedupe.near_duplicates(iter(["n.jsonl", {"id": "a", "text": "a text"}]))
    empty = dedupe.near_duplicates([])
    assert (empty.texts, empty.groups, list(empty.pairs), empty.skipped) == (0, (), [], ())


def test_groups_and_members_beyond_those_that_are_shown_are_counted(monkeypatch):
    for name in ("GROUPS", "MEMBERS"):
        monkeypatch.setattr(f"dedupe.report.groups.{name}", 1)
    rows = [{"id": f"{seed} {nth}", "text": story(seed)} for seed, many in ((1, 4), (2, 2)) for nth in range(many)]
    shown = [str(getattr(part, "plain", "")) for part in render(dedupe.near_duplicates(rows))]
    assert "  … and 3 more" in shown and "… and 1 more group; -f jsonl or csv has them all." in shown


def test_a_letter_is_no_text_wherever_it_comes_from(tmp_path):
    rows = [{"id": "a", "text": "x"}, {"id": "b", "text": "x"}, {"id": "c", "html": "<p>x"}, {"id": "d", "text": STORY}]
    path = put(tmp_path / "n.jsonl", lines(rows))
    for found in (dedupe.near_duplicates(rows), dedupe.near_duplicates(path)):
        assert found.texts == 1 and not found.groups
        assert [item.reason for item in found.skipped] == ["no text", "no text", "a page without text"]


def test_two_articles_with_one_id_are_one():
    found = dedupe.near_duplicates([{"id": 1, "text": STORY}, {"id": "1", "text": STORY}, {"id": 2, "text": STORY}])
    assert found.texts == 2 and found.groups[0].members == ("1", "2") and "is taken by" in found.skipped[0].reason


def test_which_of_several_articles_with_one_id_came_first_does_not_count():
    rows = [
        {"id": "1", "text": STORY, "title": "One"},
        {"id": "1", "text": STORY, "title": "Another"},
        {"id": "1", "text": OTHER, "title": "Another"},
        {"id": "2", "text": STORY},
        {"id": "3", "text": OTHER},
        {"id": "5", "text": ""},
        {"id": "4", "text": ""},
    ]
    expected = told(dedupe.near_duplicates(rows))
    assert expected[0] == 3 and len(expected[3]) == 4
    for seed in range(20):
        random.Random(seed).shuffle(rows)
        assert told(dedupe.near_duplicates(rows)) == expected


@given(st.lists(st.text(), max_size=30), st.integers(0, 30))
def test_ids_survive_as_bytes(ids, cut):
    from dedupe.copies.names import column, keys_of

    ids = [id.encode("utf-8", "replace").decode() for id in ids]
    whole, parts = (
        column([id.encode() for id in ids]),
        [column([id.encode() for id in part]) for part in (ids[:cut], [], ids[cut:])],
    )
    assert values_of([whole], np.arange(len(ids))) == values_of(parts, np.arange(len(ids))) == ids
    assert values_of(parts, np.arange(len(ids))[::-1]) == ids[::-1]
    keys = keys_of(whole).tolist()
    assert len(set(keys)) == len(set(ids))
    assert keys_of(parts[2]).tolist() == keys[cut:]


def test_two_words_are_text_enough_in_every_script():
    from dedupe.words import DIVIDER, MARK, character_table

    classes, _ = character_table()
    points = np.flatnonzero(~np.isin(classes & 7, (MARK, DIVIDER))).tolist()
    assert all(chr(point).isalnum() for point in points)
    assert len(tokenize(["a b"]).hash) == 2


@pytest.fixture
def run():
    def invoke(*arguments):
        return CliRunner().invoke(cli, ["copies", *map(str, arguments)], standalone_mode=False)

    return invoke


def test_the_command_prints_groups_the_largest_first(run, tmp_path):
    rows = [*versions(2), {"id": "1-e", "title": "Another title", "text": story(1)}]
    result = run(put(tmp_path / "n.jsonl", lines([*rows, b"oops\n"])))
    assert result.return_value == 1
    said = result.stdout.splitlines()
    assert said[:2] == [
        "9 texts compared; 7 are in 2 groups of copies.", "With one of each group, 4 texts remain."
    ]  # fmt: skip
    one = run(put(tmp_path / "m.jsonl", lines(versions(1)[:3])))
    assert one.stdout.splitlines()[1] == "With one of each group, 1 text remains."
    assert said[3] == "Story 1  4 copies" and said[4:8] == ["  1-a", "  1-b", "  1-c", "  1-e"]
    assert said[8] == "    Another title" and "Story 0  3 copies" in said
    assert "stands in a longer one" in " ".join(said)
    assert "#10: not JSON" in " ".join(" ".join(said).split())
    left_out = said[next(place for place, line in enumerate(said) if line.startswith("Left out")) + 1 :]
    assert left_out and all(line.startswith("  ") for line in left_out)
    assert max(map(len, said)) <= 80


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.html", b"<p>Rates rose.</p>", True),
        ("a.jsonl", lines([{"html": "<p>Rates rose.</p>"}]), True),
        ("a.jsonl", lines([{"text": "Rates rose."}]), False),
        ("a.txt", b"Rates rose.", False),
    ],
)
@pytest.mark.parametrize("fast", [False, True])
def test_where_pages_were_compared_it_is_said_what_compares_their_reporting(
    run, tmp_path, monkeypatch, name, content, told, fast
):
    monkeypatch.setattr(texts, "compiled", lambda *_: fast)
    monkeypatch.setattr(texts, "CHUNK", 1 if fast else texts.CHUNK)
    assert ("dedupe report compares" in run(put(tmp_path / name, content)).stdout) is told


def test_the_other_formats_have_every_group(run, tmp_path):
    path = put(tmp_path / "n.jsonl", lines(versions(2)))
    shown = [json.loads(line) for line in run(path, "-f", "jsonl").stdout.splitlines()]
    groups, pairs = [row for row in shown if "group" in row], [row for row in shown if "a" in row]
    assert [row["copies"] for row in groups] == [3, 3] and groups[0]["members"][0] == {"id": "0-a", "title": "Story 0"}
    assert set(pairs[0]) == {"a", "b", "jaccard", "containment", "identical"} and len(groups) + len(pairs) == len(shown)
    table = run(path, "-f", "csv", "-o", tmp_path / "out.csv")
    assert table.return_value == 0
    rows = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert rows[0] == "group,copies,id,title" and len(rows) == 7
    assert rows[1] == f"{groups[0]['group']},3,0-a,Story 0"


def test_a_threshold_and_other_names_are_taken(run, tmp_path):
    rows = [{"key": row["id"], "body": row["text"]} for row in versions(1)]
    path = put(tmp_path / "n.jsonl", lines(rows))
    result = run(path, "--field", "text=body", "--field", "id=key", "--threshold", "0.2", "-f", "jsonl", "-j", 1)
    assert json.loads(result.stdout.splitlines()[0])["copies"] == 4


def test_nothing_to_compare_could_not_run(run, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "no articles found" in str(run(tmp_path / "empty").exception)
    result = run(tmp_path / "missing.jsonl")
    assert isinstance(result.exception, CouldNotRun) and "missing.jsonl: no such file" in result.stderr


def test_control_characters_never_reach_the_terminal(run, tmp_path):
    rows = [{"id": f"\x1b[31m{n}", "title": "\x1b]0;owned\x07\u202e", "text": STORY} for n in range(2)]
    rows.append({"id": "=1+1", "title": "+1", "text": STORY})
    path = put(tmp_path / "n.jsonl", lines(rows))
    for form in ("text", "jsonl"):
        shown = run(path, "-f", form).stdout
        assert not {c for c in shown if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160}
    assert "'=1+1,'+1" in run(path, "-f", "csv").stdout


def test_articles_of_one_id_take_time_linear_in_their_number():
    def seconds(count):
        said = "was drawn in the town hall on Monday evening by the mayor"
        start = time.process_time()
        found = dedupe.near_duplicates([{"id": "a", "text": f"Number {i} {said}."} for i in range(count)], skipped=[])
        assert found.texts == 1
        return time.process_time() - start

    seconds(24_000)  # loads the kernels, those for many texts too
    assert seconds(24_000) < 8 * seconds(6_000) + 0.3
