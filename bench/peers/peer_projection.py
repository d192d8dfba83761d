"""Projections by scikit-learn, openTSNE and umap-learn: called with a file of vectors (32-bit floats), their dimensions, a
file for the layout and the name of a work; prints the seconds that it took."""

import json
import os
import sys
import time

import numpy

threads = int(os.environ.get("OMP_NUM_THREADS", "1"))


def pca(vectors):
    from sklearn.decomposition import PCA

    return lambda: PCA(2, svd_solver="covariance_eigh").fit_transform(vectors)


def umap(vectors):
    import numba

    numba.set_num_threads(threads)
    from umap import UMAP

    def lay_out(epochs):
        # Without a seed it may use all threads.
        return UMAP(n_neighbors=15, min_dist=0.1, n_epochs=epochs, n_jobs=threads).fit_transform(vectors)

    # The same call first, which compiles all that it needs and is not timed.
    lay_out(2)
    return lambda: lay_out(500)


def open_tsne(vectors):
    from openTSNE import TSNE

    return lambda: numpy.asarray(
        TSNE(perplexity=30, n_iter=500, negative_gradient_method="fft", n_jobs=threads, random_state=1).fit(vectors)
    )


def sklearn_tsne(vectors):
    from sklearn.manifold import TSNE

    return lambda: TSNE(perplexity=30, max_iter=750, init="pca", n_jobs=threads, random_state=1).fit_transform(vectors)


works = {"pca": pca, "umap": umap, "open_tsne": open_tsne, "sklearn_tsne": sklearn_tsne}
source, dimensions, target, name = sys.argv[1:5]
vectors = numpy.fromfile(source, dtype=numpy.float32).reshape(-1, int(dimensions))
work = works[name](vectors)
started, before = time.perf_counter(), time.process_time()
layout = work()
seconds, processor = time.perf_counter() - started, time.process_time() - before
layout.astype(numpy.float32).tofile(target)
print(json.dumps({"seconds": seconds, "processor": processor}))
