"""Who receives what the house sends: countries, organisations, their posts, and addresses with their history."""

from portal.directory.models.addresses import Address
from portal.directory.models.countries import Country
from portal.directory.models.organisations import Organisation
from portal.directory.models.posts import Post
from portal.directory.models.reviews import Review
from portal.directory.models.uploads import Upload

__all__ = ["Address", "Country", "Organisation", "Post", "Review", "Upload"]
