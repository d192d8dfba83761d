// Runs graph models by TensorFlow.js as it is published, in a thread of its own: backends are one for all that is loaded in one, and
// the program's kernels are not to be among them.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-cpu'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'

setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`)

const models = new Map()

const tasks = {
  async load({ artifacts, backend }) {
    await tf.setBackend(backend)
    const model = await loadGraphModel(tf.io.fromMemory(artifacts))
    const place = models.size
    models.set(place, { model, backend })
    return { place, inputs: model.inputs.map(({ name }) => name) }
  },
  async run({ place, inputs }) {
    const { model, backend } = models.get(place)
    await tf.setBackend(backend)
    const tensors = Object.entries(inputs).map(([name, { whole, shape, numbers }]) => [
      name,
      tf.tensor(numbers, shape, whole ? 'int32' : 'float32'),
    ])
    return model.predict(Object.fromEntries(tensors)).data()
  },
}

let last = Promise.resolve()
parentPort.on('message', ({ id, task, given }) => {
  last = last
    .then(() => tasks[task](given))
    .then(
      (answer) => parentPort.postMessage({ id, answer }),
      (error) => parentPort.postMessage({ id, error: String(error) }),
    )
})
