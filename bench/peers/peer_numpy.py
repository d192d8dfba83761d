"""NumPy and SciPy: see peer.py."""

import numpy
import scipy.linalg
import scipy.sparse.linalg

from peer import dense_lists, measure


def ease(invert, dtype):
    def work(data, settings):
        matrix = data.matrix.astype(dtype)

        def fit():
            gram = (matrix.T @ matrix).toarray()
            gram[numpy.diag_indices(data.items)] += settings["regularization"]
            inverse = invert(gram)
            weights = (inverse / -numpy.diag(inverse)).astype(numpy.float32)
            numpy.fill_diagonal(weights, 0)
            return dense_lists(data, lambda users: data.matrix[users] @ weights)

        return fit

    return work


def by_cholesky(gram):
    """The inverse of a positive definite matrix from its Cholesky factor, in place."""
    factor, _ = scipy.linalg.lapack.spotrf(gram.T, lower=0, overwrite_a=1)
    inverse, _ = scipy.linalg.lapack.spotri(factor, lower=0, overwrite_c=1)
    upper = numpy.triu(inverse)
    return upper + numpy.triu(upper, 1).T


def lanczos(data, settings):
    def fit():
        _, _, vectors = scipy.sparse.linalg.svds(data.matrix, k=settings["k"], random_state=1)
        factors = data.matrix @ vectors.T
        return dense_lists(data, lambda users: factors[users] @ vectors)

    return fit


measure(
    {
        "ease_inverse": ease(numpy.linalg.inv, numpy.float64),
        "ease_cholesky": ease(by_cholesky, numpy.float32),
        "lanczos": lanczos,
    }
)
