"""Rich text, the HTML of an article body: cleaned, read, checked and compared.

`cleaning.clean` is the one sanitiser; everything else reads what it stored.
"""

from portal.richtext.checking import Problem, problems
from portal.richtext.cleaning import clean
from portal.richtext.compare import ParagraphChange, Piece, paragraph_diff, words_diff
from portal.richtext.figures import expand_figures
from portal.richtext.texts import asset_ids, normalised_digest, paragraphs, plain_text

__all__ = [
    "ParagraphChange",
    "Piece",
    "Problem",
    "asset_ids",
    "clean",
    "expand_figures",
    "normalised_digest",
    "paragraph_diff",
    "paragraphs",
    "plain_text",
    "problems",
    "words_diff",
]
