"""All that is particular to a language, as data in ``tracker/lang/<code>/*.toml``, and the schema of those files."""

from tracker.lang.pack import LanguagePack, language_codes, load_pack

__all__ = ["LanguagePack", "language_codes", "load_pack"]
