// A recorded interface of @tensorflow/tfjs-node: the functions of TensorFlow.js and a backend `tensorflow` that says whether
// a card computes. Here the plain backend computes for it. Like the real one it calls what `util` had before Node 23.
const util = require('node:util')
const { tf, cpu } = require('../tensorflow/generated/tensorflow.js')

let left = Number(process.env.TOPN_RECORDED_NUMBERS ?? Number.POSITIVE_INFINITY)

if (util.isNullOrUndefined(tf)) throw new Error('there is no TensorFlow.js')

class NodeJSKernelBackend extends cpu.MathBackendCPU {
  get isUsingGpuDevice() {
    return process.env.TOPN_RECORDED_CARD !== 'none'
  }

  /** Where so many numbers are all that its memory can take, says what TensorFlow says. */
  write(values, shape, dtype) {
    left -= shape.reduce((product, each) => product * each, 1)
    if (left < 0) throw new Error(`OOM when allocating tensor with shape[${shape}] and type ${dtype}`)
    return super.write(values, shape, dtype)
  }
}

for (const kernel of tf.getKernelsForBackend('cpu')) tf.registerKernel({ ...kernel, backendName: 'tensorflow' })
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(), 3)
module.exports = tf
