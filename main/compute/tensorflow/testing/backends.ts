import { openTensorflow, type Tensorflow } from '../tensorflow'

/** What `compute` gives on WebAssembly with our kernels, and on TensorFlow.js' own plain backend, the reference. */
export async function onBoth<T>(
  compute: (tensorflow: Tensorflow) => T | Promise<T>,
): Promise<{ own: T; reference: T }> {
  const own = await openTensorflow()
  const results: T[] = []
  for (const backend of ['wasm', 'cpu']) {
    await own.tf.setBackend(backend)
    const { adam: _, ...plain } = own
    results.push(await compute(backend === 'wasm' ? own : { ...plain, backend }))
  }
  await own.tf.setBackend('wasm')
  return { own: results[0], reference: results[1] }
}
