"""Errors that the user can mend: one clear line each that says what, where, what is allowed and what to do.

    TrackerError                 exit code 1 unless a child says otherwise
    ├── UsageError               wrong arguments                                    exit code 2
    ├── ConfigError              config.yaml or a language file is wrong            exit code 2
    ├── StoreError               the file is no tracker database, locked, newer     exit code 2
    └── InputError               a file, URL or record that cannot be used          exit code 1

Strange text is not an error: it becomes a ``records.Diagnostic``. A mistake of ours stays a plain traceback.
"""

from __future__ import annotations


class TrackerError(Exception):
    """Anything the user can mend. ``exit_code`` is what the command line returns for it."""

    exit_code = 1


class UsageError(TrackerError):
    """The call itself is wrong."""

    exit_code = 2


class ConfigError(TrackerError):
    """A setting or a language file is wrong; the message shows the path to the bad value."""

    exit_code = 2


class StoreError(TrackerError):
    """The database cannot be used as it is."""

    exit_code = 2


class InputError(TrackerError):
    """One input cannot be used; the run goes on with the others."""
