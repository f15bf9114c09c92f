"""Files to keep, as they are answered."""

from io import BytesIO

from django.http import (
    FileResponse,
    HttpResponseBase,
)

MEDIA_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


def file_answer(content: bytes, name: str, media_type: str) -> HttpResponseBase:
    """A file to keep. Streamed, so that no page cache holds it."""
    response = FileResponse(BytesIO(content), as_attachment=media_type != "application/pdf", filename=name)
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
