"""``tracker models``: the optional transformers models, what is there of them, and fetching them."""

from __future__ import annotations

import json

import click

from tracker.cli.options import config_option, say
from tracker.config import Config, ModelConfig
from tracker.errors import TrackerError
from tracker.report.table import clean_cell


@click.group(invoke_without_command=True)
@config_option
@click.pass_context
def models(ctx: click.Context, config: Config) -> None:
    """Optional transformers models: which are set, which are there, and fetching them.

    None is used unless config.yaml names it under `models`, and nothing is fetched but by `tracker models pull`.
    They need the extra: pip install 'tracker[transformers]'.

    \b
    Examples:
      tracker models
      tracker models pull --config newsroom.yaml
    """
    if ctx.invoked_subcommand is None:
        _show(config, as_json=False)


@models.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a model.")
@config_option
def status(as_json: bool, config: Config) -> None:
    """Show the models that are set, and whether they can be used. Nothing is loaded or fetched.

    \b
    Example:
      tracker models status
    """
    _show(config, as_json=as_json)


def _show(config: Config, *, as_json: bool) -> None:
    from tracker.neural.status import model_states

    states = model_states(config.models)
    for one in states:
        if as_json:
            values = {name: getattr(one, name) for name in ("setting", "name", "revision", "state", "bytes", "folder")}
            click.echo(json.dumps(values, ensure_ascii=False))
        else:
            revision = f" at {one.revision}" if one.revision else ""
            size = f"  ({one.bytes / 1e6:,.0f} MB)" if one.bytes else ""
            click.echo(clean_cell(f"{one.setting}: {one.name}{revision}: {one.state}{size}"))
    if not states:
        say("No model is set; see `models` in config.yaml.")


@models.command()
@config_option
@click.pass_context
def pull(ctx: click.Context, config: Config) -> None:
    """Fetch the hub models that are set and not there yet. The only command that fetches any.

    HF_ENDPOINT names another server than the hub's own. Models that are folders are yours already.

    \b
    Example:
      tracker models pull
    """
    from tracker.neural.hub import pull as fetch
    from tracker.neural.places import find_folder, lacking

    fetched: set[ModelConfig] = set()
    failed = 0
    for place, model in config.models.named():
        path = find_folder(model, config.models.folder)
        if model.is_folder or model in fetched or (path is not None and not lacking(path)):
            say(f"{place}: {model.name}: nothing to fetch.")
            continue
        say(f"{place}: fetching {model.name} at {model.revision}.")
        try:
            path = fetch(model, config.models.folder, place)
        except TrackerError as error:
            if error.exit_code != 1:  # without the extra no other model can be fetched, either
                raise
            failed += 1
            say(str(error))
            continue
        fetched.add(model)
        say(f"{place}: {path}")
    if not config.models.named():
        say("No model is set; see `models` in config.yaml.")
    if failed:
        ctx.exit(1)
