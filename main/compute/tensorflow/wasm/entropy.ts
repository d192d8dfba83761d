import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { OwnKernel } from './heap'

/** Losses of rows of logits with a label each, and log(sum of e^logit), which the gradient needs. */
export const crossEntropy: OwnKernel = ({ inputs, kernels, make, pointer, view }) => {
  const { logits, labels } = inputs as Record<string, TensorInfo>
  const [rows, columns] = logits.shape
  const [losses, logs] = [make([rows]), make([rows])]
  kernels.sumRows(pointer(logits), rows, columns, pointer(logs), pointer(losses))
  const [sum, log, label, logit] = [losses, logs, labels, logits].map(view)
  for (let row = 0; row < rows; row++) {
    log[row] += Math.log(sum[row])
    const isLabelled = label[row] >= 0 && label[row] < columns
    sum[row] = isLabelled ? log[row] - logit[row * columns + label[row]] : 0
  }
  return [losses, logs]
}

export const crossEntropyGradient: OwnKernel = ({ inputs, kernels, make, pointer }) => {
  const { logits, labels, logs, slopes } = inputs as Record<string, TensorInfo>
  const [rows, columns] = logits.shape
  const output = make([rows, columns])
  const [from, label, log, slope, into] = [logits, labels, logs, slopes, output].map(pointer)
  kernels.crossEntropyGradient(from, label, log, slope, rows, columns, into)
  return output
}
