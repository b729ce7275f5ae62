"""``tracker verify``: does every stored quotation stand where the store says?"""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from tracker.cli.options import config_option, db_option, say
from tracker.config import Config


@click.command()
@click.option("--all", "every", is_flag=True, help="Name every mismatch, not only the first.")
@db_option
@config_option
@click.pass_context
def verify(ctx: click.Context, every: bool, db_path: Path, config: Config) -> None:
    """Re-read every stored quotation and compare it, character for character, with its document.

    Also compared: each document's text with its SHA-256, each cue with the text. The first mismatch is named
    on stderr and ends the run with exit code 1.

    \b
    Example:
      tracker verify --db news.db
    """
    from tracker.store.connection import open_reader, storage_errors
    from tracker.store.verification import count_quotations, verify_store

    connection = open_reader(db_path, busy_timeout_ms=config.store.busy_timeout_ms)
    with contextlib.closing(connection), storage_errors(db_path):
        failed = False
        for mismatch in verify_store(connection):
            failed = True
            say(f"MISMATCH: {mismatch}")
            if not every:
                break
        if failed:
            ctx.exit(1)
        statements, documents = count_quotations(connection)
    click.echo(f"All {statements} statements in {documents} documents stand where the store says.")
