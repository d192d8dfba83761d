"""Surprise: see peer.py."""

import pandas
from surprise import SVD, Dataset, KNNBaseline, Reader

from peer import measure


def rater(make, **constants):
    def work(data, settings):
        rows, columns = data.matrix.nonzero()
        frame = pandas.DataFrame({"user": rows, "item": columns, "rating": data.matrix.data})
        train = Dataset.load_from_df(frame, Reader(rating_scale=(1, 5))).build_full_trainset()

        def fit():
            model = make(**constants, **settings).fit(train)
            return lambda users, items: [model.predict(user, item).est for user, item in zip(users, items)]

        return fit

    return work


measure({"svd": rater(SVD, random_state=1), "knn_baseline": rater(KNNBaseline, verbose=False)}, judged="ratings")
