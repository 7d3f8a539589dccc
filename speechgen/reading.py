"""A speech from the file that somebody keeps it in: Word or text."""

from __future__ import annotations

from pathlib import Path

from speechgen.model import Draft

WORD_ENDINGS = (".docx", ".doc", ".docm", ".dotx", ".dotm", ".wps", ".wpt")


def read(path: Path) -> Draft:
    """The speech in a Word or text file. Raises SpeechgenError for what is neither, or cannot be read."""
    if path.suffix.lower() in WORD_ENDINGS or _begins(path, b"PK\x03\x04") or _begins(path, b"\xd0\xcf\x11\xe0"):
        from speechgen.word.reader import read_docx

        return read_docx(path)
    from speechgen.textfile import read_text

    return read_text(path)


def _begins(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(magic)) == magic
    except OSError:
        return False
