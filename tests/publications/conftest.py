import pytest


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    """Each test has a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
