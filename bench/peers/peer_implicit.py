"""implicit: see peer.py."""

from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender

from peer import measure


def recommender(make, **constants):
    def work(data, settings):
        model = make(num_threads=data.threads, **constants, **settings)

        def fit():
            model.fit(data.matrix, show_progress=False)
            return lambda users: model.recommend(users, data.matrix, N=data.length)[0]

        return fit

    return work


measure(
    {
        "als": recommender(AlternatingLeastSquares, random_state=1),
        "bpr": recommender(BayesianPersonalizedRanking, random_state=1),
        "cosine": recommender(CosineRecommender),
        "bm25": recommender(BM25Recommender),
    }
)
