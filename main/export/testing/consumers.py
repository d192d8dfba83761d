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


def trec_eval_run():
    import pytrec_eval

    with open(folder / "qrels.txt") as qrels, open(folder / "run.txt") as run:
        evaluator = pytrec_eval.RelevanceEvaluator(pytrec_eval.parse_qrel(qrels), {"ndcg_cut.10", "recall.10"})
        judged = evaluator.evaluate(pytrec_eval.parse_run(run))
    return {name: float(np.mean([each[name] for each in judged.values()])) for name in ("ndcg_cut_10", "recall_10")}


def recbole_files():
    from recbole.config import Config
    from recbole.data import create_dataset, data_preparation
    from recbole.utils import get_model, get_trainer, init_seed

    # What RecBole says of command lines is not for the answer.
    sys.argv = sys.argv[:1]
    settings = {
        "data_path": str(folder.parent),
        "benchmark_filename": ["train", "valid", "test"],
        "load_col": {"inter": ["user_id", "item_id", "rating"]},
        "eval_args": {"mode": "full"},
        "metrics": ["NDCG"],
        "topk": [10],
        "valid_metric": "NDCG@10",
        "use_gpu": False,
        "epochs": 2,
        "state": "ERROR",
    }
    config = Config(model="BPR", dataset=folder.name, config_dict=settings)
    init_seed(1, True)
    dataset = create_dataset(config)
    train, valid, test = data_preparation(config, dataset)
    model = get_model(config["model"])(config, train._dataset)
    trainer = get_trainer(config["MODEL_TYPE"], config["model"])(config, model)
    trainer.fit(train, saved=False)
    tokens = dataset.field2id_token["item_id"]
    first = test._dataset.inter_feat
    return {
        "parts": [len(part._dataset) for part in (train, valid, test)],
        "users": dataset.user_num - 1,
        "items": sorted(str(token) for token in tokens if token != "[PAD]"),
        "first": [
            str(dataset.id2token("user_id", int(first["user_id"][0]))),
            str(dataset.id2token("item_id", int(first["item_id"][0]))),
            float(first["rating"][0]),
        ],
        "ndcg@10": trainer.evaluate(test, load_best_model=False, show_progress=False)["ndcg@10"],
    }


def parquet_lists():
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(folder / "lists.parquet")
    return {"columns": table.column_names, "types": [str(each) for each in table.schema.types], "rows": table.to_pylist()}


print(json.dumps(globals()[check]()))
