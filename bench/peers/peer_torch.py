"""Steps of networks in PyTorch, from the weights and batches that TopN's first steps had: peer_torch.py FOLDER."""

import json
import math
import os
import pathlib
import resource
import sys
import time

import numpy
import torch
from torch.nn import functional

folder = pathlib.Path(sys.argv[1])
settings = json.loads((folder / "settings.json").read_text())
params = settings["params"]
device = "cuda" if settings["device"] != "cpu" and torch.cuda.is_available() else "cpu"
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def arrays(name):
    """The arrays of a file by name, as TopN wrote them."""
    content = (folder / f"{name}.bin").read_bytes()
    read = {}
    for place in json.loads((folder / f"{name}.json").read_text()):
        count = math.prod(place["shape"])
        values = numpy.frombuffer(content, place["type"], count, place["offset"])
        read[place["name"]] = values.reshape(place["shape"]).copy()
    return read


def tensors(read):
    as_tensor = lambda value: torch.from_numpy(value if value.dtype == numpy.float32 else value.astype(numpy.int64))
    return {name: as_tensor(value).to(device) for name, value in read.items()}


def neumf(w, b):
    users, items = b["users"], b["items"]
    products = w["product_users"][users] * w["product_items"][items]
    first = w["layer_users"][users] @ w["layer1_users"] + w["layer_items"][items] @ w["layer1_items"]
    units = torch.relu(first + w["layer1_bias"])
    for layer in range(2, params["layers"] + 1):
        units = torch.relu(units @ w[f"layer{layer}_weights"] + w[f"layer{layer}_bias"])
    judged = (units @ w["output_weights"]).reshape(-1) + w["output_bias"]
    logits = (products * w["product_weights"]).sum(1) + judged
    return functional.binary_cross_entropy_with_logits(logits, b["labels"])


def choices(states, w, b):
    asked = states.reshape(-1, states.shape[2])[b["filled"]]
    vectors = w["item_factors"]
    if params["loss"] == "cross-entropy":
        return functional.cross_entropy(asked @ vectors.T, b["targets"])
    # As TopN does, scores are lowered so that the chosen item pulls as strongly as all drawn ones at the start.
    lowered = math.log(len(b["drawn"]))
    chosen = (asked * vectors[b["targets"]]).sum(1) - lowered
    drawn = asked @ vectors[b["drawn"]].T + b["hits"] - lowered
    return (functional.softplus(-chosen) + functional.softplus(drawn).sum(1)).mean()


def sasrec(w, b):
    rows, places = b["inputs"].shape
    size, heads = params["embedding_size"], params["heads"]
    norm = lambda name, x: functional.layer_norm(x, (size,), w[f"{name}/scale"], w[f"{name}/shift"], 1e-5)
    hidden = torch.full((places, places), -1e4, device=device).triu(1)
    x = norm("input", w["item_factors"][b["inputs"]] + w["positions"][:places])
    for layer in range(params["layers"]):
        before = norm(f"layer{layer}/before_attention", x)
        name = f"layer{layer}/attention"
        part = lambda kind: (before @ w[f"{name}/{kind}"]).reshape(rows, places, heads, size // heads).transpose(1, 2)
        scores = part("query") @ part("key").transpose(2, 3) * math.sqrt(heads / size)
        heard = torch.softmax(scores + hidden, -1) @ part("value")
        x = x + heard.transpose(1, 2).reshape(rows, places, size) @ w[f"{name}/out"]
        name = f"layer{layer}/feed_forward"
        middle = norm(f"layer{layer}/before_feed_forward", x)
        inner = torch.relu(middle @ w[f"{name}/in"] + w[f"{name}/in_bias"])
        x = x + inner @ w[f"{name}/out"] + w[f"{name}/out_bias"]
    return choices(norm("output", x), w, b)


def gru4rec(w, b):
    """PyTorch's own GRU; its gates stand in the same order as TopN's."""
    given = (w["input"].T, w["recurrent"].T, w["input_bias"], w["recurrent_bias"])
    inputs = w["item_factors"][b["inputs"]]
    start = torch.zeros(1, inputs.shape[0], inputs.shape[2], device=device)
    weights = [each.contiguous() for each in given]
    outputs, _ = torch._VF.gru(inputs, start, weights, True, 1, 0.0, True, False, True)
    return choices(outputs @ w["out"] + w["out_bias"], w, b)


def mult_vae(w, b):
    shown = b["chosen"] / b["chosen"].sum(1, keepdim=True).sqrt()
    hidden = torch.tanh(shown @ w["input_weights"] + w["input_bias"])
    mean = hidden @ w["mean_weights"] + w["mean_bias"]
    log_variance = hidden @ w["variance_weights"] + w["variance_bias"]
    z = mean + b["noise"] * torch.exp(log_variance / 2)
    decoded = torch.tanh(z @ w["hidden_weights"] + w["hidden_bias"])
    logits = decoded @ w["output_weights"] + w["output_bias"]
    likelihood = -(functional.log_softmax(logits, 1) * b["chosen"]).sum(1).mean()
    divergence = (log_variance.exp() + mean**2 - log_variance - 1).sum() / 2 / shown.shape[0]
    return likelihood + divergence * b["kl_weight"]


def adjacency():
    train = arrays("train")
    counts = numpy.diff(train["offsets"])
    users = numpy.repeat(numpy.arange(len(counts)), counts)
    items = train["items"].astype(numpy.int64)
    pairs = numpy.unique(users * settings["items"] + items)
    users, items = pairs // settings["items"], pairs % settings["items"]
    of_users = numpy.bincount(users, minlength=len(counts))
    of_items = numpy.bincount(items, minlength=settings["items"])
    values = 1 / numpy.sqrt(of_users[users] * of_items[items])
    rows = numpy.concatenate([users, items + len(counts)])
    columns = numpy.concatenate([items + len(counts), users])
    size = len(counts) + settings["items"]
    matrix = torch.sparse_coo_tensor(
        numpy.stack([rows, columns]), numpy.concatenate([values, values]).astype(numpy.float32), (size, size)
    )
    return matrix.coalesce().to(device)


def lightgcn(w, b):
    layers = [torch.cat([w["users"], w["items"]])]
    for _ in range(params["layers"]):
        layers.append(torch.sparse.mm(graph, layers[-1]))
    users, items = (sum(layers) / len(layers)).split([w["users"].shape[0], w["items"].shape[0]])
    difference = items[b["drawn"]] - items[b["chosen"]]
    own = [w["users"][b["users"]], w["items"][b["chosen"]], w["items"][b["drawn"]]]
    lengths = sum((each**2).sum(1) for each in own)
    loss = functional.softplus((users[b["users"]] * difference).sum(1))
    return (loss + lengths * params["regularization"] / 2).mean()


losses = {"neumf": neumf, "sasrec": sasrec, "gru4rec": gru4rec, "mult-vae": mult_vae, "lightgcn": lightgcn}
loss_of = losses[settings["model"]]
graph = adjacency() if settings["model"] == "lightgcn" else None
weights = {name: value.requires_grad_() for name, value in tensors(arrays("weights")).items()}
optimizer = torch.optim.Adam(list(weights.values()), lr=params["learning_rate"])
found, clock, processor = [], [], []


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


for step in range(settings["steps"]):
    given = arrays(f"batch{step}")
    started, before = time.perf_counter(), processor_seconds()
    optimizer.zero_grad()
    loss = loss_of(weights, tensors(given))
    loss.backward()
    optimizer.step()
    found.append(loss.item())
    clock.append((time.perf_counter() - started) * 1000)
    processor.append((processor_seconds() - before) * 1000)

print(json.dumps({"losses": found, "clock": clock, "processor": processor}))
