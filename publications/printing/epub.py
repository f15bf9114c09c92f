def bulletin_epub(issue) -> bytes:
    return b"PK stub"
