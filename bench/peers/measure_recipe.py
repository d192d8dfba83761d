"""Interactions, users and items after each step of a recipe, by Polars: measure_recipe.py FILE DELIMITER HEADER RECIPE.json"""
import json
import sys
from datetime import datetime, timedelta, timezone

import polars as pl

path, delimiter, header, recipe = *sys.argv[1:4], json.load(open(sys.argv[4]))
frame = pl.read_csv(path, separator=delimiter, has_header=header == "header", infer_schema=False)
names = ["user", "item", "rating", "timestamp"][: frame.width]
frame = frame.rename(dict(zip(frame.columns, names))).with_row_index("row")
numbers = [name for name in names if name in ("rating", "timestamp")]
frame = frame.with_columns(pl.col(numbers).str.strip_chars().cast(pl.Float64))
if "timestamp" not in frame.columns:
    frame = frame.with_columns(timestamp=pl.lit(None, pl.Float64))


def day(text, days=0):
    return (datetime.fromisoformat(text).replace(tzinfo=timezone.utc) + timedelta(days=days)).timestamp()


def crowded(frame, column, step):
    rows = frame.sort(column, "timestamp")
    bad = []
    if "more_than" in step:
        bad.append(frame.group_by(column).len().filter(pl.col("len") > step["more_than"])[column])
    if "per_minute" in step:
        span = pl.col("timestamp").shift(-step["per_minute"]).over(column) - pl.col("timestamp")
        bad.append(rows.filter(span < 60)[column].unique())
    return pl.concat(bad).unique()


def core(frame, user, item):
    while True:
        left = frame.filter((pl.len().over("user") >= user) & (pl.len().over("item") >= item))
        if left.height == frame.height:
            return left
        frame = left


def together(frame, aggregate):
    rating = getattr(pl.col("rating").sort_by("row"), aggregate)()
    last = frame.with_columns(rating=rating.over("user", "item")).sort("timestamp", "row", nulls_last=False)
    return last.unique(["user", "item"], keep="last", maintain_order=True)


def apply(frame, step):
    rating = pl.col("rating")
    match step["step"]:
        case "date-range":
            time = pl.col("timestamp")
            return frame.filter((time >= day(step["from"])) & (time < day(step["to"], 1)))
        case "rating-filter":
            return frame.filter(rating >= step["min"])
        case "rating-map" if step["map"] == "clip":
            return frame.with_columns(rating=rating.clip(upper_bound=step["max"]))
        case "rating-map":
            return frame.filter(rating >= step["threshold"]).with_columns(rating=pl.lit(1.0))
        case "duplicates":
            return together(frame, step["keep"])
        case "user-outliers" | "item-outliers":
            column = step["step"].split("-")[0]
            return frame.filter(~pl.col(column).is_in(crowded(frame, column, step).implode()))
        case "k-core":
            return core(frame, step["user"], step["item"])


counts = {}
for place, step in enumerate(recipe):
    frame = apply(frame, step)
    for name, value in (("interactions", frame.height), ("users", frame["user"].n_unique()), ("items", frame["item"].n_unique())):
        counts[f"{place} {name}"] = value
print(json.dumps(counts))
