/** Makes one user's list from an exported folder, with NumPy and onnxruntime alone. */
export const reproduceScript = `"""Makes one user's list from the graphs and the training part beside this file. Usage: reproduce.py [USER]"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

folder = Path(__file__).parent
graphs = folder / "graphs"
users = json.loads((graphs / "user_ids.json").read_text())
items = json.loads((graphs / "item_ids.json").read_text())
expected = json.loads((folder / "expected.json").read_text())
offsets, train_items, train_values = (np.load(folder / f"train_{name}.npy") for name in ("offsets", "items", "values"))

wanted = sys.argv[1] if len(sys.argv) > 1 else expected["user"]
user = users.index(wanted)
place = slice(offsets[user], offsets[user + 1])
history = np.zeros((1, len(items)), dtype=np.float32)
ratings = np.zeros_like(history)
history[0, train_items[place]] = 1
ratings[0, train_items[place]] = train_values[place]

path = graphs / "users.onnx"
session = onnxruntime.InferenceSession(str(path if path.exists() else graphs / "history.onnx"))
given = {"user": np.array([user], dtype=np.int64), "history": history, "ratings": ratings}
if any(each.name == "items" for each in session.get_inputs()):
    ends, recent = np.load(folder / "recent_offsets.npy"), np.load(folder / "recent_items.npy")
    given["items"] = recent[None, ends[user] : ends[user + 1]].astype(np.int64)
scores = session.run(["scores"], {each.name: given[each.name] for each in session.get_inputs()})[0][0].astype(np.float64)
scores[train_items[place]] = -np.inf
best = [item for item in np.argsort(-scores, kind="stable")[: len(expected["list"])] if np.isfinite(scores[item])]
for rank, item in enumerate(best, 1):
    print(rank, items[item], scores[item], sep="\\t")

if wanted == expected["user"]:
    for item, wanted_entry in zip(best, expected["list"]):
        difference = abs(scores[item] - wanted_entry["score"])
        assert difference <= 1e-4 * max(1, abs(scores[item]) / 10), f"{items[item]}: {difference}"
    print("The same as TopN's list.")
`
