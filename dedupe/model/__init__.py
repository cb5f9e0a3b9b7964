"""The nouns: frozen, complete when built, named in the field's own words.

`kinds`: what a thing can be; `codes`: how columns store it; `values`: what is said of an article or of two; `columns`:
what is known of many; `addresses`: those of the web and of records, and names; `saying`: how figures, dates are said.
"""

from .addresses import domain_of, fold_name, host_of, place_of
from .columns import (
    COPIED_QUOTE,
    IN_LEAD,
    IN_TITLE,
    NAME,
    NUMBER,
    OWN_QUOTE,
    SHARED_QUOTE,
    Blocks,
    Corpus,
    Findings,
    Quotes,
    Reuse,
    Weights,
    paragraphs_of,
)
from .kinds import (
    GROUP_OF,
    PASSAGE_KINDS,
    RELATION_CODE,
    RELATIONS,
    REPORTING,
    ROLE_CODE,
    ROLE_GROUP,
    ROLES,
    PassageKind,
    Relation,
    Role,
    RoleGroup,
    VerdictKind,
)
from .saying import count, moments, percent, timestamp
from .values import (
    SHARES,
    Article,
    Attribution,
    Derivation,
    Fact,
    Markup,
    Mention,
    Pair,
    Paragraph,
    Passage,
    ReportedArticle,
    Shares,
    Skipped,
    Story,
    Taken,
    Verdict,
)

__all__ = [
    "COPIED_QUOTE", "GROUP_OF", "IN_LEAD", "IN_TITLE", "NAME", "NUMBER", "OWN_QUOTE", "PASSAGE_KINDS", "RELATIONS",
    "RELATION_CODE", "REPORTING", "ROLES", "ROLE_CODE", "ROLE_GROUP", "SHARED_QUOTE", "SHARES", "Article",
    "Attribution", "Blocks", "Corpus", "Derivation", "Fact", "Findings", "Markup", "Mention", "Pair", "Paragraph",
    "Passage", "PassageKind", "Quotes", "Relation", "ReportedArticle", "Reuse", "Role", "RoleGroup", "Shares",
    "Skipped", "Story", "Taken", "Verdict", "VerdictKind", "Weights", "count", "domain_of", "fold_name", "host_of",
    "moments", "paragraphs_of", "percent", "place_of", "timestamp",
]  # fmt: skip
