"""Cornac: see peer.py."""

import numpy
from cornac.data import Dataset
from cornac.models import BPR

from peer import dense_lists, measure


def bpr(data, settings):
    users, items = data.matrix.nonzero()
    train = Dataset.build(zip(users.tolist(), items.tolist(), [1.0] * len(users)), seed=1)
    places = numpy.array([train.iid_map.get(item, -1) for item in range(data.items)])
    rows = numpy.array([train.uid_map.get(user, -1) for user in range(data.users)])

    def fit():
        model = BPR(num_threads=data.threads, seed=1, **settings).fit(train)

        def scores(wanted):
            known = model.u_factors[rows[wanted]] @ model.i_factors.T + model.i_biases
            return numpy.where(places < 0, -numpy.inf, known[:, places])

        return dense_lists(data, scores)

    return fit


measure({"bpr": bpr})
