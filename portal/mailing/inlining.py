"""The style sheet of a letter written onto its elements: Outlook reads no other."""

from functools import cache

import css_inline


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


def inlined(html: str) -> str:
    """Styles on every element; the dark colours stay in the head, for those who read them there."""
    return _inliner().inline(html)
