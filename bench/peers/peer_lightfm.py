"""LightFM, as lightfm-next, the fork that builds on current Python: see peer.py."""

from lightfm import LightFM

from peer import dense_lists, measure


def bpr(data, settings):
    epochs = settings.pop("epochs")

    def fit():
        model = LightFM(loss="bpr", random_state=1, **settings).fit(data.matrix, epochs=epochs, num_threads=data.threads)
        biases, items = model.get_item_representations()
        _, users = model.get_user_representations()
        return dense_lists(data, lambda wanted: users[wanted] @ items.T + biases)

    return fit


measure({"bpr": bpr})
