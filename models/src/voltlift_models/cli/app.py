"""The command line: subcommands are in the modules beside this one."""

from __future__ import annotations

import typer

from voltlift_models.cli import confidence, data, publishing, quality, training

app = typer.Typer(
    name="voltlift",
    help="From workout logs to models for VoltLift, and how good they are.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("ingest")(data.ingest)
app.command("simulate")(data.simulate)
app.command("prepare")(training.prepare)
app.add_typer(training.train, name="train")
app.command("evaluate")(quality.evaluate)
app.command("confidence")(confidence.confidence)
app.command("export")(training.export)
app.command("run")(training.run)
app.command("publish")(publishing.publish)
app.add_typer(publishing.keys, name="keys")


def main() -> None:
    """Run the command line."""
    app()
