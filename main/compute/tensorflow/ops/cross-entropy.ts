import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Tf, TfTensor } from '../tensorflow'
import { ownNames } from '../wasm/kernels'

/**
 * Softmax cross-entropy of each row of `logits` (rows x classes) with its label (whole numbers): log(sum of e^logit) -
 * logit of the label. A label below 0 is none: its loss and gradient are 0, so that padded places cost nothing.
 */
export function crossEntropy(tf: Tf, logits: TfTensor, labels: TfTensor): TfTensor {
  const isOwn = tf.getKernel(ownNames.crossEntropy, tf.getBackend()) !== undefined
  const part = isOwn ? heapCrossEntropy(tf) : composedCrossEntropy(tf)
  const loss = tf.customGrad((x, given, save) => {
    const [of, at] = [x as Tensor2D, given as Tensor1D]
    const [losses, logs] = part.losses(of, at)
    ;(save as (tensors: Tensor[]) => void)([of, at, logs])
    return {
      value: losses,
      gradFunc: (slopes: Tensor, saved: Tensor[]) => {
        const [kept, keptLabels, keptLogs] = saved as [Tensor2D, Tensor1D, Tensor1D]
        return [part.gradient(kept, keptLabels, keptLogs, slopes as Tensor1D), tf.zerosLike(keptLabels)]
      },
    }
  })
  return loss(logits as Tensor2D, labels as Tensor1D)
}

interface CrossEntropy {
  /** The loss of each row, and its log(sum of e^logit). */
  losses(logits: Tensor2D, labels: Tensor1D): [Tensor1D, Tensor1D]
  gradient(logits: Tensor2D, labels: Tensor1D, logs: Tensor1D, slopes: Tensor1D): Tensor2D
}

function heapCrossEntropy(tf: Tf): CrossEntropy {
  const { crossEntropy, crossEntropyGradient } = ownNames
  return {
    losses: (logits, labels) => tf.engine().runKernel(crossEntropy, { logits, labels }) as [Tensor1D, Tensor1D],
    gradient: (logits, labels, logs, slopes) =>
      tf.engine().runKernel(crossEntropyGradient, { logits, labels, logs, slopes }) as Tensor2D,
  }
}

function composedCrossEntropy(tf: Tf): CrossEntropy {
  const marked = (labels: Tensor1D, classes: number) => tf.cast(tf.oneHot(labels, classes), 'float32') as Tensor2D
  const isLabelled = (labels: Tensor1D) => tf.cast(tf.greaterEqual(labels, 0), 'float32')
  return {
    losses(logits, labels) {
      const greatest = tf.max(logits, 1, true)
      const sums = tf.sum(tf.exp(tf.sub(logits, greatest)), 1)
      const logs = tf.add(tf.log(sums), tf.squeeze(greatest, [1])) as Tensor1D
      const chosen = tf.sum(tf.mul(logits, marked(labels, logits.shape[1])), 1)
      return [tf.mul(tf.sub(logs, chosen), isLabelled(labels)) as Tensor1D, logs]
    },
    gradient(logits, labels, logs, slopes) {
      const shares = tf.exp(tf.sub(logits, tf.expandDims(logs, 1)))
      const rows = tf.expandDims(tf.mul(slopes, isLabelled(labels)), 1)
      return tf.mul(tf.sub(shares, marked(labels, logits.shape[1])), rows)
    },
  }
}
