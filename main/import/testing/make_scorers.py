"""Writes scorers as the onnx package makes them, and what onnxruntime says of each user. Usage: make_scorers.py FOLDER"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

folder = Path(sys.argv[1])
rng = np.random.default_rng(3)
users, items, size, places = 12, 20, 6, 5
histories = [list(rng.permutation(np.arange(1, items))[: 1 + user % 8]) for user in range(users)]


def constant(name, values):
    return numpy_helper.from_array(values, name)


def weights(*shape):
    return rng.normal(size=shape).astype(np.float32)


def save(name, nodes, inputs, output, constants, opset):
    graph = helper.make_graph(nodes, name, inputs, [output], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="onnx", ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, folder / f"{name}.onnx")
    return onnxruntime.InferenceSession(model.SerializeToString())


def whole(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def scores_of(*shape):
    return helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape)


def factors():
    """Of users, by products of two vectors and a sigmoid, as an export of torch has it."""
    nodes = [
        helper.make_node("Gather", ["users", "user_id"], ["x"]),
        helper.make_node("MatMul", ["x", "items"], ["raw"]),
        helper.make_node("Sigmoid", ["raw"], ["scores"]),
    ]
    constants = [constant("users", weights(users, size)), constant("items", weights(size, items))]
    session = save("factors", nodes, [whole("user_id", "batch")], scores_of("batch", items), constants, 13)
    return session.run(["scores"], {"user_id": np.arange(users)})[0]


def pairs():
    """A network over the vectors of a user and an item, one score a pair, a fixed number of pairs."""
    nodes = [
        helper.make_node("Gather", ["users", "user"], ["x"]),
        helper.make_node("Gather", ["items", "item"], ["y"]),
        helper.make_node("Concat", ["x", "y"], ["both"], axis=1),
        helper.make_node("Gemm", ["both", "w1", "b1"], ["hidden"]),
        helper.make_node("Relu", ["hidden"], ["bent"]),
        helper.make_node("Gemm", ["bent", "w2"], ["scores"]),
    ]
    constants = [
        constant("users", weights(users, size)),
        constant("items", weights(items, size)),
        constant("w1", weights(2 * size, 8)),
        constant("b1", weights(8)),
        constant("w2", weights(8, 1)),
    ]
    session = save("pairs", nodes, [whole("user", 7), whole("item", 7)], scores_of(7, 1), constants, 17)
    rows = []
    for user in range(users):
        row = []
        for start in range(0, items, 7):
            chosen = np.minimum(np.arange(start, start + 7), items - 1)
            found = session.run(["scores"], {"user": np.full(7, user), "item": chosen})[0][:, 0]
            row.extend(found[: items - start])
        rows.append(row)
    return np.array(rows)


def sequences():
    """A GRU over items in their order, filled up in front with row 0, as frameworks of sequences have it."""
    nodes = [
        helper.make_node("Gather", ["items", "item_seq"], ["x"]),
        helper.make_node("Transpose", ["x"], ["by_place"], perm=[1, 0, 2]),
        helper.make_node("GRU", ["by_place", "w", "r"], ["", "last"], hidden_size=size),
        helper.make_node("Squeeze", ["last", "first"], ["state"]),
        helper.make_node("MatMul", ["state", "out"], ["scores"]),
    ]
    vectors = weights(items, size)
    constants = [
        constant("items", vectors),
        constant("w", weights(1, 3 * size, size)),
        constant("r", weights(1, 3 * size, size)),
        constant("first", np.array([0], dtype=np.int64)),
        constant("out", weights(size, items)),
    ]
    inputs = [whole("item_seq", "batch", places)]
    session = save("sequences", nodes, inputs, scores_of("batch", items), constants, 14)
    filled = [[0] * (places - len(own[-places:])) + own[-places:] for own in histories]
    return session.run(["scores"], {"item_seq": np.array(filled, dtype=np.int64)})[0]


found = {name: make().tolist() for name, make in [("factors", factors), ("pairs", pairs), ("sequences", sequences)]}
print(json.dumps({"histories": [[int(item) for item in own] for own in histories], "scores": found}))
