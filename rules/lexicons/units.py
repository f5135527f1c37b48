"""Fit the hidden units by which the features of a set are weighed together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from vestige.correlate.set_odds import BIAS, UNITS

PENALTY = 12.0
ROUNDS = 500
_SMALL = 1e-6
Numbers = NDArray[np.float64]


def fitted(rows: Numbers, targets: Numbers, names: Sequence[str]) -> dict[str, float]:
    """The weight of every feature, by itself and in every unit; `targets` are class and weight."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + _SMALL
    scaled = (rows - middle) / spread
    inner, starts, outer, direct, bias = _learnt(scaled, targets[:, 0], targets[:, 1])
    found = dict(zip(names, direct / spread, strict=True))
    found[BIAS] = float(bias[0] - (direct * middle / spread).sum())
    for at, unit in enumerate(UNITS):
        own = inner[:, at] / spread
        found[unit] = outer[at]
        found[f"{unit}:{BIAS}"] = starts[at] - (own * middle).sum()
        found |= {f"{unit}:{name}": one for name, one in zip(names, own, strict=True)}
    return {f"set:{name}": round(float(one), 3) for name, one in found.items()}


def _learnt(rows: Numbers, person: Numbers, weight: Numbers) -> list[Numbers]:
    """The weights into the units, their biases, those out of them, those by themselves, a bias."""
    width, units = rows.shape[1], len(UNITS)
    shapes = [(width, units), (units,), (units,), (width,), (1,)]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    chance = np.random.default_rng(2032)
    start = chance.normal(0, 0.3, ends[-1])
    start[: ends[0]] *= 2 / np.sqrt(width)

    held_back = _penalised(shapes, ends)

    def parted(flat: Numbers) -> list[Numbers]:
        parts = np.split(flat, ends[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        inner, starts, outer, direct, bias = parted(flat)
        said = np.tanh(rows @ inner + starts)
        score = said @ outer + rows @ direct + bias[0]
        error = (expit(score) - person) * weight
        back = np.outer(error, outer) * (1 - said * said)
        slopes = [rows.T @ back, back.sum(axis=0), said.T @ error, rows.T @ error, [error.sum()]]
        held = flat * held_back
        value = (weight * (np.logaddexp(0, score) - person * score)).sum()
        slope = np.concatenate([np.ravel(one) for one in slopes])
        return float(value + PENALTY / 2 * (held * flat).sum()), slope + PENALTY * held

    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return parted(np.asarray(best.x, dtype=np.float64))


def _penalised(shapes: Sequence[tuple[int, ...]], ends: NDArray[np.int64]) -> Numbers:
    """1 for weights, 0 for biases."""
    found = np.ones(ends[-1])
    found[ends[0] : ends[0] + shapes[1][0]] = 0.0
    found[-1] = 0.0
    return found
