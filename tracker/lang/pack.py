"""A language pack: everything in ``tracker/lang/<code>/``, each file read when it is first asked for."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from tracker.errors import ConfigError
from tracker.lang.blocks import Blocks
from tracker.lang.columns import Columns
from tracker.lang.cues import Cues
from tracker.lang.dates import Dates
from tracker.lang.examples import Examples
from tracker.lang.language import Language
from tracker.lang.names import Bodies, Names, Places
from tracker.lang.negation import Negation
from tracker.lang.nouns import Nouns
from tracker.lang.numbers import Numbers
from tracker.lang.people import Organisations, Titles
from tracker.lang.quotes import Quotes
from tracker.lang.syntax import Pronouns, Syntax
from tracker.lang.tables import read_record
from tracker.lang.verbs import Verbs
from tracker.lang.words import Words

FOLDER = Path(__file__).parent


class LanguagePack:
    """The facts of one language; a file that is missing gives the neutral record."""

    def __init__(self, code: str, folder: Path) -> None:
        self.code = code
        self.folder = folder

    @cached_property
    def language(self) -> Language:
        """language.toml"""
        return read_record(Language, self.folder / "language.toml")

    @cached_property
    def quotes(self) -> Quotes:
        """quotes.toml"""
        return read_record(Quotes, self.folder / "quotes.toml")

    @cached_property
    def cues(self) -> Cues:
        """cues.toml"""
        return read_record(Cues, self.folder / "cues.toml")

    @cached_property
    def syntax(self) -> Syntax:
        """syntax.toml"""
        return read_record(Syntax, self.folder / "syntax.toml")

    @cached_property
    def verbs(self) -> Verbs:
        """verbs.toml"""
        return read_record(Verbs, self.folder / "verbs.toml")

    @cached_property
    def nouns(self) -> Nouns:
        """nouns.toml"""
        return read_record(Nouns, self.folder / "nouns.toml")

    @cached_property
    def pronouns(self) -> Pronouns:
        """pronouns.toml"""
        return read_record(Pronouns, self.folder / "pronouns.toml")

    @cached_property
    def titles(self) -> Titles:
        """titles.toml"""
        return read_record(Titles, self.folder / "titles.toml")

    @cached_property
    def organisations(self) -> Organisations:
        """organisations.toml"""
        return read_record(Organisations, self.folder / "organisations.toml")

    @cached_property
    def dates(self) -> Dates:
        """dates.toml"""
        return read_record(Dates, self.folder / "dates.toml")

    @cached_property
    def blocks(self) -> Blocks:
        """blocks.toml"""
        return read_record(Blocks, self.folder / "blocks.toml")

    @cached_property
    def columns(self) -> Columns:
        """columns.toml"""
        return read_record(Columns, self.folder / "columns.toml")

    @cached_property
    def names(self) -> Names:
        """names.toml"""
        return read_record(Names, self.folder / "names.toml")

    @cached_property
    def places(self) -> Places:
        """places.toml"""
        return read_record(Places, self.folder / "places.toml")

    @cached_property
    def bodies(self) -> Bodies:
        """bodies.toml"""
        return read_record(Bodies, self.folder / "bodies.toml")

    @cached_property
    def negation(self) -> Negation:
        """negation.toml"""
        return read_record(Negation, self.folder / "negation.toml")

    @cached_property
    def numbers(self) -> Numbers:
        """numbers.toml"""
        return read_record(Numbers, self.folder / "numbers.toml")

    @cached_property
    def words(self) -> Words:
        """words.toml"""
        return read_record(Words, self.folder / "words.toml")

    @cached_property
    def examples(self) -> Examples:
        """examples.toml"""
        return read_record(Examples, self.folder / "examples.toml")


def language_codes() -> tuple[str, ...]:
    """Codes of all language folders, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/language.toml")))


@cache
def load_pack(code: str) -> LanguagePack:
    """The pack of language ``code``. Raises ConfigError where there is no such folder."""
    folder = FOLDER / code
    if not (folder / "language.toml").is_file():
        raise ConfigError(f"no language {code!r}: tracker/lang has {', '.join(language_codes())}")
    return LanguagePack(code, folder)
