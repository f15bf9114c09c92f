"""Printed matter: a template and its particulars in, a PDF that can be kept, read aloud and sent to the printer out.

`typeset` is the one way in; what a template is given never becomes part of its source.
"""

from portal.printing.faces import FONTS
from portal.printing.keeping import digest, kept
from portal.printing.pictures import images, jpeg
from portal.printing.repertoire import printable, unprintable
from portal.printing.rich import Node, nodes
from portal.printing.typesetting import NotTypeset, Sheet, page_count, typeset, typeset_each

__all__ = [
    "FONTS",
    "Node",
    "NotTypeset",
    "Sheet",
    "digest",
    "images",
    "jpeg",
    "kept",
    "nodes",
    "page_count",
    "printable",
    "typeset",
    "typeset_each",
    "unprintable",
]
