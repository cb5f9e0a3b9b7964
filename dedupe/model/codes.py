"""The codes that columns store: of each role, where `ROLES[BODY]` is `Role.BODY`, and of each relation."""

from .kinds import RELATIONS, ROLES

TITLE, BODY, CAPTION, BYLINE, ATTRIBUTION, AD, PROMO, NAVIGATION, LEGAL, BIO, COMMENT, OTHER = range(len(ROLES))
IDENTICAL, NEAR_DUPLICATE, EXCERPT, REWRITE, SAME_STORY, UNRELATED = range(len(RELATIONS))
