"""The message catalogues under locale/, kept without gettext's programs.

`freshness` says which compiled catalogues are missing or old, `sources` which messages the sources use,
`texts` reads, merges, checks, writes and compiles the catalogues themselves.
"""
