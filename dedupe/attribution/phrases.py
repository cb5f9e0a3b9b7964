"""The words in which pages say where their text comes from, in many languages: `dedupe/data/attribution.json`.

Its "from" are patterns after which a name follows, each with its language and the lower-case pieces one of which a text
must hold before the pattern is tried (`in` is some hundred times faster than a search); after a "weak" one people are
named as often as outlets. Its "labels" stand before a colon. All are bounded, so that no text makes a search slow.
"""

from __future__ import annotations

import re

from ..resources import load_json

_TABLE = load_json("attribution.json")
FROM: tuple[tuple[tuple[str, ...], re.Pattern[str], bool], ...] = tuple(
    (tuple(entry["triggers"]), re.compile(entry["pattern"], re.I), entry.get("weak", False)) for entry in _TABLE["from"]
)
LABEL = re.compile(
    r"(?:^|[|•·(\[—–]\s{0,3}|\s{2}|[.!?]\s)(?:" + "|".join(map(re.escape, _TABLE["labels"])) + r")\s?[:：]\s{0,3}"
    r"|^(?:via|h/t)\s+(?=\S)",
    re.I,
)
CONTRIBUTED = re.compile(
    r"\bcontributed\s+(?:\w+\s+){0,2}?(?:to|reporting)\b|\badditional\s+reporting\b|\b(?:hat|haben)\s+(?:\w+\s+){0,3}?beigetragen\b|"
    r"\b(?:a|ont)\s+contribué\s+à\b|\bcontribuy(?:ó|eron)\s+(?:a|con)\b|\bcontribuiu\b|\bha\s+contribuito\b",
    re.I,
)
SELF = re.compile(
    r"\b(?:automatic(?:ally)?\s+(?:news\s+|content\s+)?(?:aggregat\w+|generated\s+(?:from|by)|collected|imported)|"
    r"(?:news|content|rss)\s+aggregator|aggregated\s+(?:automatically|by\s+(?:an?\s+)?(?:algorithm|software|bot)s?)|"
    r"auto-?generated\s+from|automatisch\s+(?:\w+\s+){0,2}?(?:erstellt|generiert|aggregiert|übernommen)|"
    r"agr[eé]gateur\s+automatique|agregador\s+autom[aá]tico|автоматическ\w+\s+агрегатор|published\s+from\s+a\s+syndicated\s+feed|"
    r"自動(?:収集|生成|配信)|自动(?:聚合|采集|抓取))",
    re.I,
)
SELF_PIECES = (
    "aggreg",
    "agreg",
    "agrég",
    "utomati",
    "uto-gen",
    "utogen",
    "syndicated feed",
    "агрегат",
    "自動",
    "自动",
)  # of its matches
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|tous\s+droits|alle\s+rechte)", re.I)
