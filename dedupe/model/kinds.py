"""What things can be: the closed lists of words that the whole of `dedupe` uses."""

from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is. The order is fixed: a column of roles stores the ordinal (`ROLES[i]`)."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    ATTRIBUTION = "attribution"
    AD = "ad"
    PROMO = "promo"
    NAVIGATION = "navigation"
    LEGAL = "legal"
    BIO = "bio"
    COMMENT = "comment"
    OTHER = "other"


ROLES = tuple(Role)
ROLE_CODE = {role: code for code, role in enumerate(ROLES)}


class RoleGroup(StrEnum):
    """What a role counts as when an article's words are shared out."""

    REPORTING = "reporting"
    CREDIT = "credit"
    AD = "ad"
    BOILERPLATE = "boilerplate"


GROUP_OF = {
    **dict.fromkeys((Role.TITLE, Role.BODY, Role.CAPTION), RoleGroup.REPORTING),
    **dict.fromkeys((Role.BYLINE, Role.ATTRIBUTION), RoleGroup.CREDIT),
    Role.AD: RoleGroup.AD,
    **dict.fromkeys(
        (Role.PROMO, Role.NAVIGATION, Role.LEGAL, Role.BIO, Role.COMMENT, Role.OTHER), RoleGroup.BOILERPLATE
    ),
}


# They come first: a code below len(REPORTING) is one of theirs.
REPORTING = tuple(role for role in ROLES if GROUP_OF[role] is RoleGroup.REPORTING)
ROLE_GROUP = tuple(tuple(RoleGroup).index(GROUP_OF[role]) for role in ROLES)  # the ordinal of each role's group


class Relation(StrEnum):
    """How two articles stand to each other, strongest first: `RELATIONS.index` orders them."""

    IDENTICAL = "identical"  # the same reporting
    NEAR_DUPLICATE = "near_duplicate"  # most of the shorter one's reporting stands in the other
    EXCERPT = "excerpt"  # a substantial verbatim piece does
    REWRITE = "rewrite"  # the same content in other words, derived from it or from a common source
    SAME_STORY = "same_story"  # the same event, written independently
    UNRELATED = "unrelated"


RELATIONS = tuple(Relation)
RELATION_CODE = {relation: code for code, relation in enumerate(RELATIONS)}


class PassageKind(StrEnum):
    """How closely a passage follows the one it was taken from."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PARAPHRASED = "paraphrased"


PASSAGE_KINDS = tuple(PassageKind)


class VerdictKind(StrEnum):
    """What an article is, by where its reporting comes from."""

    ORIGINAL = "original"
    SYNDICATED = "syndicated"
    REWRITE = "rewrite"
    AGGREGATED = "aggregated"
    UNCLEAR = "unclear"
