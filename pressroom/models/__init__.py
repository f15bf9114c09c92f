from pressroom.models.journalists import Journalist
from pressroom.models.spokespersons import Spokesperson

__all__ = ["Journalist", "Spokesperson"]
