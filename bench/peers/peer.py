"""What the scripts of the peers share: they read the bench's data, do one work, and say what it took.

A script is called with a folder of data, a folder for its answer, the name of one of its works and the work's settings as
JSON. A work takes data and settings, brings the data into the library's form, which is not timed, and answers a function
that trains; that one answers a function of users that makes their lists, or of users and items that rates these pairs.
"""

import json
import resource
import sys
import time

import numpy
import scipy.sparse

NO_ITEM = 0xFFFFFFFF


class Data:
    def __init__(self, folder):
        with open(f"{folder}/data.json") as file:
            sizes = json.load(file)
        self.users, self.items = sizes["users"], sizes["items"]
        self.threads, self.length = sizes["threads"], sizes["length"]
        self.matrix = self._matrix(folder, "train")
        self.matrix.sort_indices()
        self.held = self._matrix(folder, "held")

    def _matrix(self, folder, part):
        offsets = numpy.fromfile(f"{folder}/{part}.offsets", dtype=numpy.uint32).astype(numpy.int32)
        items = numpy.fromfile(f"{folder}/{part}.items", dtype=numpy.uint32).astype(numpy.int32)
        values = numpy.fromfile(f"{folder}/{part}.values", dtype=numpy.float32)
        return scipy.sparse.csr_matrix((values, items, offsets), shape=(self.users, self.items))


def dense_lists(data, scores):
    """A function of users that makes lists from `scores(users)`, dense ones, for 64 MiB of them at a time."""
    size = max(1, 2**24 // data.items)

    def lists(users):
        made = scores(users)
        made[data.matrix[users].nonzero()] = -numpy.inf
        top = numpy.argpartition(-made, data.length, axis=1)[:, : data.length]
        order = numpy.argsort(-numpy.take_along_axis(made, top, axis=1), axis=1)
        return numpy.take_along_axis(top, order, axis=1)

    return lambda users: numpy.vstack([lists(users[at : at + size]) for at in range(0, len(users), size)])


def now():
    """Seconds by the clock and of processors."""
    return numpy.array([time.perf_counter(), time.process_time()])


def measure(works, judged="lists"):
    folder, out, name, settings = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
    data = Data(folder)
    fit = works[name](data, settings)
    started = now()
    answer = fit()
    fitted = now()
    if judged == "lists":
        made = numpy.asarray(answer(numpy.arange(data.users)))
    else:
        users = numpy.repeat(numpy.arange(data.users), numpy.diff(data.held.indptr))
        made = numpy.asarray(answer(users, data.held.indices))
    end = now()
    made = numpy.where(made < 0, NO_ITEM, made).astype(numpy.uint32) if judged == "lists" else made.astype(numpy.float32)
    made.tofile(f"{out}/answer")
    seconds = dict(zip(["fit", "fitProcessor"], fitted - started)) | dict(zip(["answer", "answerProcessor"], end - fitted))
    print(json.dumps({**seconds, "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
