"""What commands print: progress and sentences for people, one JSON document for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn, Protocol

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from voltlift_core import ErrorCode, Json, VoltLiftError
from voltlift_models.corpus import Corpus


class Advance(Protocol):
    """Moves a progress bar."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show that ``done`` of ``total`` are done, and what is at work."""
        ...


class Output:
    """Where a command's words go.

    Parameters
    ----------
    as_json : bool
        One JSON document on standard output and nothing else there; people's words go to
        standard error either way, so that pipes stay clean.
    """

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json
        self.console = Console(stderr=True)

    def say(self, text: str) -> None:
        """Print a sentence for people."""
        self.console.print(text, highlight=False, markup=False)

    def result(self, document: Mapping[str, Json], text: str) -> None:
        """Print the command's result, as JSON or in words."""
        if self.as_json:
            typer.echo(json.dumps(document, indent=1, ensure_ascii=False))
        else:
            typer.echo(text)

    def left_out(self, corpus: Corpus) -> None:
        """Say what was left out of a corpus, and what is to be known of the rest."""
        for item in corpus.excluded:
            self.say(f"left out: {item.file}: {item.message}")
        for notice in corpus.notices:
            self.say(f"note: {notice.file}: {notice.message}")

    @contextmanager
    def progress(self, title: str) -> Iterator[Advance]:
        """Show a progress bar while something runs."""
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(title, total=None)

            def advance(done: int, total: int, what: str) -> None:
                bar.update(task, completed=done, total=total, description=f"{title}: {what}")

            yield advance


def told(corpus: Corpus) -> dict[str, Json]:
    """Return a corpus in figures, for machines."""
    return {
        "lifters": [
            {
                "name": lifter.name,
                "file": lifter.source.file,
                "sha256": lifter.source.sha256,
                "simulated": lifter.source.simulated,
                "workouts": lifter.state.log.n_sessions,
                "sets": lifter.state.log.n_rows,
            }
            for lifter in corpus.lifters
        ],
        "excluded": [
            {"file": item.file, "code": item.code, "message": item.message}
            for item in corpus.excluded
        ],
        "notices": [
            {"file": item.file, "code": item.code, "message": item.message}
            for item in corpus.notices
        ],
        "dataHash": corpus.data_hash,
    }


@contextmanager
def refusals(output: Output) -> Iterator[None]:
    """Turn an error of the project, or of the system, into its words and exit code 2."""
    try:
        yield
    except VoltLiftError as error:
        _refused(output, error)
    except BrokenPipeError:
        raise  # whoever read the output has stopped: no error
    except OSError as error:
        _refused(output, _of_system(error))
    except BrokenProcessPool:
        lost = VoltLiftError(
            ErrorCode.INTERNAL,
            "a worker process was ended from outside, mostly for lack of memory",
            remedy="Try again with --workers 1",
        )
        _refused(output, lost)


def require_writable(*folders: Path) -> None:
    """Refuse folders that cannot be written to, before hours of work end there.

    Raises
    ------
    VoltLiftError
        ``storage`` with the reason.
    """
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise _of_system(error, folder) from error


def _refused(output: Output, error: VoltLiftError) -> NoReturn:
    if output.as_json:
        failed = {"code": str(error.code), "message": str(error)}
        typer.echo(json.dumps({"error": failed}, ensure_ascii=False))
    else:
        output.say(f"error: {error}")
    raise typer.Exit(2)


def _of_system(error: OSError, path: Path | None = None) -> VoltLiftError:
    where = path if path is not None else error.filename
    return VoltLiftError(
        ErrorCode.STORAGE,
        f"the system refuses a file or folder ({error.strerror or error})",
        path=None if where is None else str(where),
        remedy="Choose another place, or give this one the permission or the room it lacks",
    )
