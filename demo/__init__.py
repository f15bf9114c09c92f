"""The demonstration: the folder `demo/` brought into an empty portal, every text through the real steps."""

from demo.loading import Loaded, Refused, load
from demo.people import PASSWORD, SignIn, sign_ins

__all__ = ["PASSWORD", "Loaded", "Refused", "SignIn", "load", "sign_ins"]
