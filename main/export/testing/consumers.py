"""Loads what TopN has exported as its users do, and says as JSON what it finds. Usage: consumers.py CHECK FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np

check, folder = sys.argv[1], Path(sys.argv[2])


def top(scores, seen, k=10):
    """The best items of each row, the seen ones left out: of equal scores the first."""
    lists = []
    for row, items in zip(scores, seen):
        row = np.array(row, dtype=np.float64)
        row[items] = -np.inf
        order = np.argsort(-row, kind="stable")[:k]
        lists.append([(int(item), float(row[item])) for item in order if np.isfinite(row[item])])
    return lists


def onnx_model():
    import onnx
    import onnxruntime

    cases = json.loads((folder / "cases.json").read_text())
    found = {}
    for path in folder.glob("*.onnx"):
        onnx.checker.check_model(str(path), full_check=True)
    for name in ("users", "history"):
        path = folder / f"{name}.onnx"
        if not path.exists():
            continue
        session = onnxruntime.InferenceSession(str(path))
        histories = cases["users"] if name == "users" else cases["histories"]
        seen = [history["items"] for history in histories]
        rows = np.zeros((len(histories), cases["items"]), dtype=np.float32)
        ratings = np.zeros_like(rows)
        for row, history in enumerate(histories):
            rows[row, history["items"]] = 1
            ratings[row, history["items"]] = history["ratings"]
        recent = [history["recent"] for history in histories]
        length = max(map(len, recent), default=1)
        given = {
            "user": np.array([history["user"] or 0 for history in histories], dtype=np.int64),
            "history": rows,
            "ratings": ratings,
            "items": np.array([items + [-1] * (length - len(items)) for items in recent], dtype=np.int64),
        }
        inputs = {each.name: given[each.name] for each in session.get_inputs()}
        found[name] = top(session.run(["scores"], inputs)[0], seen)
    return found


def safetensors_model():
    from safetensors.numpy import load_file

    arrays = load_file(folder / "model.safetensors")
    cases = json.loads((folder / "cases.json").read_text())
    users = [case["user"] for case in cases["users"]]
    scores = arrays["user_factors"][users] @ arrays["item_factors"].T
    scores[:, arrays["item_known"] == 0] = -np.inf
    return {"users": top(scores, [case["items"] for case in cases["users"]])}


def implicit_model():
    from implicit.cpu.als import AlternatingLeastSquares
    from scipy.sparse import csr_matrix

    path = folder / "model.npz"
    with np.load(path, allow_pickle=False) as arrays:
        assert arrays["user_factors"].dtype == np.float32
        ids = [str(each) for each in arrays["item_ids"]]
        unknown = np.flatnonzero(arrays["item_known"] == 0)
    model = AlternatingLeastSquares.load(str(path))
    cases = json.loads((folder / "cases.json").read_text())
    lists = []
    for case in cases["users"]:
        liked = csr_matrix((np.ones(len(case["items"])), ([0] * len(case["items"]), case["items"])), (1, cases["items"]))
        items, scores = model.recommend(case["user"], liked, N=10, filter_items=unknown)
        lists.append([(int(item), float(score)) for item, score in zip(items, scores)])
    return {"users": lists, "ids": ids}


def ranx_run():
    from ranx import Qrels, Run, evaluate

    qrels = Qrels.from_file(str(folder / "qrels.txt"), kind="trec")
    run = Run.from_file(str(folder / "run.txt"), kind="trec")
    return {"ndcg@10": float(evaluate(qrels, run, "ndcg@10", make_comparable=True))}


def parquet_lists():
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(folder / "lists.parquet")
    return {"columns": table.column_names, "types": [str(each) for each in table.schema.types], "rows": table.to_pylist()}


print(json.dumps(globals()[check]()))
