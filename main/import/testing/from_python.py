"""Trains implicit's ALS and writes its vectors and lists in the ways of Python's libraries. Usage: from_python.py FOLDER"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
from implicit.cpu.als import AlternatingLeastSquares
from ranx import Run
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix

folder = Path(sys.argv[1])
data = json.loads((folder / "train.json").read_text())
users, items = data["users"], data["items"]
matrix = csr_matrix(
    (np.ones(len(data["indices"]), dtype=np.float32), data["indices"], data["offsets"]), (len(users), len(items))
)
model = AlternatingLeastSquares(factors=6, iterations=5, random_state=1, num_threads=1)
model.fit(matrix, show_progress=False)
x, y = model.user_factors, model.item_factors

model.save(str(folder / "implicit.npz"))
np.savez(folder / "plain.npz", user_factors=x, item_factors=y, user_ids=np.array(users), item_ids=np.array(items))
np.savez_compressed(
    folder / "packed.npz", user_embeddings=x, item_embeddings=y, user_ids=np.array(users), item_ids=np.array(items)
)
np.save(folder / "users.npy", np.asfortranarray(x.astype(np.float64)))
np.save(folder / "items.npy", y[::1])
save_file({"user_embedding.weight": x, "item_embedding.weight": y}, folder / "model.safetensors")
(folder / "users.txt").write_text("\n".join(users) + "\n")
(folder / "items.json").write_text(json.dumps(items))

found, scores = model.recommend(np.arange(len(users)), matrix, N=10, filter_already_liked_items=True)
rows = [
    (users[user], items[item], float(score), rank + 1)
    for user in range(len(users))
    for rank, (item, score) in enumerate(zip(found[user], scores[user]))
]
names = ["user_id", "item_id", "score", "rank"]
columns = dict(zip(names, map(list, zip(*rows))))
pyarrow.parquet.write_table(pyarrow.table(columns), folder / "lists.parquet")
with open(folder / "lists.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file).writerows([names, *rows])
run = {}
for user, item, score, _ in rows:
    run.setdefault(user.replace(" ", "%20"), {})[item.replace(" ", "%20")] = score
Run(run, name="implicit").save(str(folder / "run.txt"), kind="trec")
print(json.dumps({"items": found.tolist(), "scores": scores.astype(float).tolist()}))
