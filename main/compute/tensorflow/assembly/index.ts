// Kernels on the heap of TensorFlow.js' WebAssembly: its memory is theirs. They hold no data of their own.
export { adam } from './adam'
export { crossEntropyGradient, sumRows } from './entropy'
export { exponentials } from './exponential'
export { gemm, gemmScratchBytes } from './gemm'
export { copyBlocks, gatherRows, sumSegments } from './rows'
export { sumAlongRows, sumDownColumns } from './sums'
