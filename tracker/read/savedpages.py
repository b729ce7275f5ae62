"""Folders that a browser saves beside a page ("Web page, complete"): what is in them belongs to the page."""

from __future__ import annotations

from collections.abc import Container

_ENDINGS = (
    "_files",
    ".files",
    "-files",
    "_file",
    "_ملفات",
    "_קבצים",
    "_archivos",
    "_arquivos",
    "_bestanden",
    "_dateien",
    "-dateien",
    "_dosyalar",
    "_fichiers",
    "_pliki",
)
"""What browsers and Word call such a folder, behind the name of the page."""
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")


def is_companion(folder: str, names: Container[str]) -> bool:
    """Whether ``folder`` holds the parts of a saved page, given the ``names`` beside it in small letters."""
    folder = folder.lower()
    return any(
        folder.removesuffix(ending) + page in names for ending in _ENDINGS if folder.endswith(ending) for page in _PAGES
    )


def is_in_companion(path: str, paths: Container[str]) -> bool:
    """Whether any of the folders that ``path`` leads through is one, given all ``paths``, in small letters."""
    place = path.find("/")
    while place >= 0:
        if is_companion(path[:place], paths):
            return True
        place = path.find("/", place + 1)
    return False
