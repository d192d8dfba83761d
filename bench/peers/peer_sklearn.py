"""scikit-learn: see peer.py."""

from sklearn.utils.extmath import randomized_svd

from peer import dense_lists, measure


def randomised(data, settings):
    def fit():
        matrix = data.matrix
        _, _, vectors = randomized_svd(matrix, power_iteration_normalizer="QR", random_state=1, **settings)
        factors = matrix @ vectors.T
        return dense_lists(data, lambda users: factors[users] @ vectors)

    return fit


measure({"randomised": randomised})
