"""The same lists judged by other libraries: peer_lists.py FOLDER values|seconds CUTOFFS. Prints one line of JSON.

values: reads run.txt and qrels.txt, in the formats of trec_eval, and answers each library's metrics by name and cutoff.
seconds: reads lists.json, lists.items and the data of the bench, and answers the seconds of processors that judging takes, the best of twenty: with
the library's own structures built already, and with building them from arrays.
"""

import importlib.util
import json
import sys
import time

import numpy
import scipy.sparse

FOLDER, MODE = sys.argv[1:3]
CUTOFFS = [int(cutoff) for cutoff in sys.argv[3].split(",")]
RANX = {"precision": "precision", "recall": "recall", "f1": "f1", "hit-rate": "hit_rate", "ndcg": "ndcg", "map": "map", "mrr": "mrr"}


class Lists:
    """As a model of implicit: it knows the lists already."""

    def __init__(self, lists):
        self.lists = lists

    def recommend(self, users, _matrix, N=10, **_settings):
        return self.lists[users, :N], numpy.zeros((len(users), N), dtype=numpy.float32)


def read_lines(name):
    with open(f"{FOLDER}/{name}") as file:
        return [line.split() for line in file]


def values():
    run_lines, qrels_lines = read_lines("run.txt"), read_lines("qrels.txt")
    graded, run = {}, {}
    for user, _, item, rating in qrels_lines:
        graded.setdefault(user, {})[item] = int(float(rating))
    for user, _, item, _, score, _ in run_lines:
        run.setdefault(user, {})[item] = float(score)
    binary = {user: dict.fromkeys(items, 1) for user, items in graded.items()}
    found = {
        "ranx": ranx_values(binary, graded, run),
        "pytrec_eval": trec_values(binary, graded, run),
        "implicit": implicit_values(binary, run),
    }
    # It asks for an older pandas than the other peers, so it is compared where somebody has installed it.
    return found | ({"RecTools": rectools_values(binary, run)} if importlib.util.find_spec("rectools") else {})


def ranx_values(binary, graded, run):
    import ranx

    names = {f"{own}@{k}": f"{name}@{k}" for own, name in RANX.items() for k in CUTOFFS}
    found = ranx.evaluate(ranx.Qrels(binary), ranx.Run(run), list(names.values()))
    grades = ranx.evaluate(ranx.Qrels(graded), ranx.Run(run), [f"ndcg@{k}" for k in CUTOFFS])
    values = {own: float(found[name]) for own, name in names.items()}
    return values | {f"graded-{name}": float(value) for name, value in grades.items()}


def trec_values(binary, graded, run):
    import pytrec_eval

    cuts = ",".join(map(str, CUTOFFS))
    measures = {"precision": "P", "recall": "recall", "hit-rate": "success", "ndcg": "ndcg_cut", "map": "map_cut"}
    evaluate = lambda qrels, names: list(pytrec_eval.RelevanceEvaluator(qrels, names).evaluate(run).values())
    mean = lambda rows, name: float(numpy.mean([row[name] for row in rows]))
    rows = evaluate(binary, {f"{name}.{cuts}" for name in measures.values()} | {"Rprec"})
    grades = evaluate(graded, {f"ndcg_cut.{cuts}"})
    values = {f"{own}@{k}": mean(rows, f"{name}_{k}") for own, name in measures.items() for k in CUTOFFS}
    values |= {f"graded-ndcg@{k}": mean(grades, f"ndcg_cut_{k}") for k in CUTOFFS}
    return values | {"r-precision": mean(rows, "Rprec")}


def implicit_values(binary, run):
    from implicit.evaluation import ranking_metrics_at_k

    users = list(binary)
    number = lambda item: int(item[1:])
    length = max(map(len, run.values()))
    lists = numpy.full((len(users), length), -1, dtype=numpy.int32)
    for row, user in enumerate(users):
        items = [number(item) for item in run.get(user, {})]
        lists[row, : len(items)] = items
    pairs = [(row, number(item)) for row, user in enumerate(users) for item in binary[user]]
    rows, columns = zip(*pairs)
    matrix = scipy.sparse.csr_matrix((numpy.ones(len(pairs), dtype=numpy.float32), (rows, columns)))
    found = {}
    for k in CUTOFFS:
        metrics = ranking_metrics_at_k(Lists(lists), matrix, matrix, K=k, show_progress=False)
        found |= {f"{name}@{k}": float(metrics[name]) for name in ("precision", "map", "ndcg")}
    return found


def rectools_values(binary, run):
    import pandas
    from rectools import Columns, metrics

    reco = [(user, item, rank + 1) for user, items in run.items() for rank, item in enumerate(items)]
    reco = pandas.DataFrame(reco, columns=[Columns.User, Columns.Item, Columns.Rank])
    held = [(user, item) for user, items in binary.items() for item in items]
    held = pandas.DataFrame(held, columns=[Columns.User, Columns.Item])
    kinds = {"precision": metrics.Precision, "recall": metrics.Recall, "hit-rate": metrics.HitRate}
    kinds |= {"ndcg": metrics.NDCG, "map": metrics.MAP, "mrr": metrics.MRR}
    return {f"{own}@{k}": float(kind(k).calc(reco, held)) for own, kind in kinds.items() for k in CUTOFFS}


def best_of(work, repeats=20):
    times = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def seconds():
    import ranx
    from implicit.evaluation import ranking_metrics_at_k

    with open(f"{FOLDER}/lists.json") as file:
        sizes = json.load(file)
    lists = numpy.fromfile(f"{FOLDER}/lists.items", dtype=numpy.uint32).astype(numpy.int32).reshape(-1, sizes["k"])
    offsets = numpy.fromfile(f"{FOLDER}/held.offsets", dtype=numpy.uint32).astype(numpy.int32)
    items = numpy.fromfile(f"{FOLDER}/held.items", dtype=numpy.uint32).astype(numpy.int32)
    matrix = scipy.sparse.csr_matrix((numpy.ones(len(items), dtype=numpy.float32), items, offsets))
    users = numpy.flatnonzero(numpy.diff(offsets))

    def build():
        qrels = {str(user): {str(item): 1 for item in items[offsets[user] : offsets[user + 1]]} for user in users}
        ranked = numpy.arange(sizes["k"], 0, -1).astype(float)
        run = {str(user): dict(zip(map(str, row[row >= 0]), ranked)) for user, row in zip(users, lists)}
        return ranx.Qrels(qrels), ranx.Run(run)

    names = [f"{name}@{k}" for name in RANX.values() for k in CUTOFFS]
    qrels, run = build()
    judge = lambda: ranx.evaluate(qrels, run, names)
    judge()  # numba compiles
    rows = numpy.full((len(offsets) - 1, sizes["k"]), -1, dtype=numpy.int32)
    rows[users] = lists
    model = Lists(rows)
    by_implicit = lambda: [ranking_metrics_at_k(model, matrix, matrix, K=k, show_progress=False) for k in CUTOFFS]
    built = best_of(build, 5)
    ranx_seconds = best_of(judge)
    return {
        "ranx, structures built": ranx_seconds,
        "ranx, from arrays": built + ranx_seconds,
        "implicit, precision, NDCG, MAP and AUC": best_of(by_implicit),
        "metrics": {name: float(value) for name, value in judge().items()},
    }


print(json.dumps(values() if MODE == "values" else seconds()))
