"""Trained models on disk, between training and export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import lightgbm as lgb

from voltlift_core import ErrorCode, VoltLiftError
from voltlift_learned.bundle import Array, pack, unpack
from voltlift_learned.factors import Factors
from voltlift_learned.loads.model import LoadModel
from voltlift_learned.ranker import Ranker
from voltlift_models.export.tfjs import Dense
from voltlift_models.pipeline.fit import Fitted, TrainedLoad, TrainedRanker
from voltlift_models.pipeline.net import TrainedNet

ROWS_KIND: Final = "probe-rows/1"
NET_KIND: Final = "net/1"
_ABOUT = "layers.npz"


def write_trained(folder: Path, fitted: Fitted) -> None:
    """Write models: as the engine runs them, as LightGBM's text, and a few rows to try them.

    Models that were not fitted this time stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if fitted.ranker is not None:
        _write(folder, "ranker", fitted.ranker)
    if fitted.load is not None:
        _write(folder, "load", fitted.load)
    if fitted.factors is not None:
        (folder / "factors.npz").write_bytes(fitted.factors.to_npz())
    if fitted.net is not None:
        _write_net(folder / "net", fitted.net)


def read_trained(folder: Path) -> Fitted:
    """Return the models of a folder; those that are not there are None.

    Raises
    ------
    VoltLiftError
        ``invalid_request`` where there is none, ``corrupt_data`` where a file is damaged.
    """
    ranker = load = factors = net = None
    if (folder / "ranker.npz").is_file():
        about, boosters, rows = _read(folder, "ranker")
        model = Ranker.from_npz((folder / "ranker.npz").read_bytes())
        ranker = TrainedRanker(model, boosters, about["samples"], rows)
    if (folder / "load.npz").is_file():
        about, boosters, rows = _read(folder, "load")
        weights = LoadModel.from_npz((folder / "load.npz").read_bytes())
        load = TrainedLoad(weights, boosters, about["samples"], rows)
    if (folder / "factors.npz").is_file():
        factors = Factors.from_npz((folder / "factors.npz").read_bytes())
    if (folder / "net").is_dir():
        net = _read_net(folder / "net")
    if ranker is None and load is None and factors is None and net is None:
        raise VoltLiftError(
            ErrorCode.INVALID_REQUEST,
            "no trained model is here",
            path=str(folder),
            expected="what voltlift train or voltlift run writes",
            received="nothing",
        )
    return Fitted(ranker, load, factors, net)


def _write(folder: Path, name: str, trained: TrainedRanker | TrainedLoad) -> None:
    (folder / f"{name}.npz").write_bytes(trained.model.to_npz())
    for part, booster in trained.boosters.items():
        booster.save_model(folder / f"{name}-{part}.txt")
    (folder / f"{name}-rows.npz").write_bytes(pack(ROWS_KIND, {}, trained.rows))
    about = {"parts": list(trained.boosters), "samples": trained.n_samples}
    (folder / f"{name}.json").write_text(json.dumps(about, indent=1), encoding="utf-8")


def _read(
    folder: Path, name: str
) -> tuple[dict[str, Any], dict[str, lgb.Booster], dict[str, Array]]:
    try:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        boosters = {
            part: lgb.Booster(model_file=folder / f"{name}-{part}.txt") for part in about["parts"]
        }
        int(about["samples"])
    except (ValueError, KeyError, TypeError, OSError, lgb.basic.LightGBMError) as error:
        raise VoltLiftError(
            ErrorCode.CORRUPT_DATA,
            f"the trained model {name} cannot be read",
            path=str(folder),
            expected="what voltlift train or voltlift run writes",
            received=f"{type(error).__name__}: {error}",
            remedy="Train it again",
        ) from error
    _, rows = unpack(ROWS_KIND, (folder / f"{name}-rows.npz").read_bytes())
    return about, boosters, rows


def _write_net(folder: Path, net: TrainedNet) -> None:
    for name, data in net.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    about = {
        "samples": net.n_samples,
        "layers": [[layer.name, layer.activation] for layer in net.layers],
    }
    arrays = {"rows": net.rows}
    for at, layer in enumerate(net.layers):
        arrays |= {f"kernel-{at}": layer.kernel, f"bias-{at}": layer.bias}
    (folder / _ABOUT).write_bytes(pack(NET_KIND, about, arrays))


def _read_net(folder: Path) -> TrainedNet:
    about, arrays = unpack(NET_KIND, (folder / _ABOUT).read_bytes())
    return TrainedNet(
        files={
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != _ABOUT
        },
        layers=tuple(
            Dense(name, arrays[f"kernel-{at}"], arrays[f"bias-{at}"], activation)
            for at, (name, activation) in enumerate(about["layers"])
        ),
        n_samples=about["samples"],
        rows=arrays["rows"],
    )
