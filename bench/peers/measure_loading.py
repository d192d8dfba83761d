"""Reads a ratings file with known types and counts ratings and their mean by user: measure_loading.py FILE"""
import json
import sys
import time

import pandas
import polars

path = sys.argv[1]


def timed(work):
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


polars_types = {"userId": polars.String, "movieId": polars.String, "rating": polars.Float64, "timestamp": polars.Float64}
read_seconds, frame = timed(lambda: polars.read_csv(path, schema=polars_types))
group_seconds, _ = timed(lambda: frame.group_by("userId").agg(polars.len(), polars.mean("rating")))
del frame
seconds = {f"Polars {polars.__version__}, read": read_seconds, "Polars, group by user": group_seconds}

pandas_types = {"userId": "string", "movieId": "string", "rating": "float64", "timestamp": "float64"}
read_seconds, frame = timed(lambda: pandas.read_csv(path, dtype=pandas_types, engine="pyarrow", dtype_backend="pyarrow"))
group_seconds, _ = timed(lambda: frame.groupby("userId")["rating"].agg(["size", "mean"]))
seconds |= {f"pandas {pandas.__version__} with pyarrow, read": read_seconds, "pandas, group by user": group_seconds}
print(json.dumps(seconds))
