"""Reference codes: short enough for the telephone, too many to be guessed."""

import secrets

#: Without letters and digits that are taken for one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """ "7K3M9QXA": one of six hundred thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))
