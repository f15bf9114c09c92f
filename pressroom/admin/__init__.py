from pressroom.admin import embargoes, journalists, ledger, media, releases, words

__all__ = ["embargoes", "journalists", "ledger", "media", "releases", "words"]
