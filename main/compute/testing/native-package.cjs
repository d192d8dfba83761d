// A recorded interface of @tensorflow/tfjs-node: the functions of TensorFlow.js and a backend `tensorflow` that says whether
// a card computes. Here the plain backend computes for it. Like the real one it calls what `util` had before Node 23.
const util = require('node:util')
const { tf, cpu } = require('../tensorflow/generated/tensorflow.js')

if (util.isNullOrUndefined(tf)) throw new Error('there is no TensorFlow.js')

class NodeJSKernelBackend extends cpu.MathBackendCPU {
  get isUsingGpuDevice() {
    return process.env.TOPN_RECORDED_CARD !== 'none'
  }
}

for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'tensorflow' })
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(), 3)
module.exports = tf
