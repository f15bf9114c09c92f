"""The one way an account deed says no."""


class Refused(Exception):
    """A deed that may not be done; its text is the reason in the person's own words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
