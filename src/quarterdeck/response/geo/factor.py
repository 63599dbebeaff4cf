"""Cholesky factors of many matrices at once, in pieces small enough to stay on one thread, so that the bytes do not depend on the machine's cores."""

from __future__ import annotations

import numpy as np

from quarterdeck.response.series.series import FloatArray

PIECE = 64
_SMALL = 16


class Factor:
    """The lower factor L of symmetric positive matrices [chain, n, n], in pieces. Source: Golub & Van Loan 2013, section 4.2.9 (block Cholesky)."""

    def __init__(self, matrix: FloatArray) -> None:
        size = matrix.shape[-1]
        self.edges = [slice(first, min(first + PIECE, size)) for first in range(0, size, PIECE)]
        self.rest: dict[tuple[int, int], FloatArray] = {}
        self.inverse: list[FloatArray] = []
        for number, part in enumerate(self.edges):
            own = matrix[:, part, part].copy()
            for before in range(number):
                cross = self.rest[number, before]
                own -= np.matmul(cross, cross.transpose(0, 2, 1))
            self.inverse.append(_inverse(np.asarray(np.linalg.cholesky(own), dtype=np.float64)))
            for later in range(number + 1, len(self.edges)):
                below = matrix[:, self.edges[later], part].copy()
                for before in range(number):
                    below -= np.matmul(self.rest[later, before], self.rest[number, before].transpose(0, 2, 1))
                self.rest[later, number] = np.matmul(below, self.inverse[number].transpose(0, 2, 1))

    def forward(self, right: FloatArray) -> FloatArray:
        """L^-1 right. [chain, n, m] -> the same shape."""
        solved = np.empty_like(right)
        for number, part in enumerate(self.edges):
            own = right[:, part].copy()
            for before in range(number):
                own -= np.matmul(self.rest[number, before], solved[:, self.edges[before]])
            solved[:, part] = np.matmul(self.inverse[number], own)
        return solved

    def backward(self, right: FloatArray) -> FloatArray:
        """L'^-1 right. [chain, n, m] -> the same shape."""
        solved = np.empty_like(right)
        for number in range(len(self.edges) - 1, -1, -1):
            own = right[:, self.edges[number]].copy()
            for later in range(number + 1, len(self.edges)):
                own -= np.matmul(self.rest[later, number].transpose(0, 2, 1), solved[:, self.edges[later]])
            solved[:, self.edges[number]] = np.matmul(self.inverse[number].transpose(0, 2, 1), own)
        return solved


def _inverse(lower: FloatArray) -> FloatArray:
    """The inverse of lower triangles [chain, n, n], by halves: several times faster than for matrices that may be anything."""
    size = lower.shape[-1]
    if size <= _SMALL:
        return np.asarray(np.linalg.inv(lower))
    half = size // 2
    first, last = _inverse(lower[:, :half, :half]), _inverse(lower[:, half:, half:])
    whole = np.zeros_like(lower)
    whole[:, :half, :half], whole[:, half:, half:] = first, last
    whole[:, half:, :half] = -np.matmul(last, np.matmul(lower[:, half:, :half], first))
    return whole
