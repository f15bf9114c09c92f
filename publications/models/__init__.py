from publications.models.bulletin import Bulletin, Licence
from publications.models.downloads import Download
from publications.models.publication import Publication
from publications.models.sendings import Sending

__all__ = ["Bulletin", "Download", "Licence", "Publication", "Sending"]
