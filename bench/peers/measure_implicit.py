"""The same work in implicit, on the same matrix. Prints one line of JSON with seconds by the names that bench.ts uses.

Arguments: a folder with offsets.u32 and items.u32 (users x items in compressed sparse rows), users, items, threads,
epochs, neighbours, length of the lists, and the embedding sizes.
"""

import json
import sys
import time

import numpy
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares
from implicit.nearest_neighbours import CosineRecommender


def main():
    folder = sys.argv[1]
    users, items, threads, epochs, neighbours, length, *sizes = map(int, sys.argv[2:])
    offsets = numpy.fromfile(f"{folder}/offsets.u32", dtype=numpy.uint32).astype(numpy.int32)
    indices = numpy.fromfile(f"{folder}/items.u32", dtype=numpy.uint32).astype(numpy.int32)
    values = numpy.ones(len(indices), dtype=numpy.float32)
    matrix = scipy.sparse.csr_matrix((values, indices, offsets), shape=(users, items))
    matrix.sort_indices()
    seconds = {}

    for size in sizes:
        model = AlternatingLeastSquares(factors=size, alpha=8, iterations=epochs, num_threads=threads, random_state=1)
        times = []
        model.fit(matrix, show_progress=False, callback=lambda _iteration, elapsed, *_: times.append(elapsed))
        seconds[f"ials {size}"] = min(times[1:])
        everyone = numpy.arange(users)
        model.recommend(everyone[:10], matrix[:10], N=length)
        started = time.perf_counter()
        model.recommend(everyone, matrix, N=length, filter_already_liked_items=True)
        seconds[f"lists {size}"] = time.perf_counter() - started

    started = time.perf_counter()
    CosineRecommender(K=neighbours, num_threads=threads).fit(matrix, show_progress=False)
    seconds["item-knn"] = time.perf_counter() - started
    print(json.dumps(seconds))


main()
