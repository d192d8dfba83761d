// The kernels. Each export does one chunk of a task: (chunk, thread, ...arguments of `Kernels.run`).
export { ratingSolveChunk } from './als'
export {
  coOccurrenceChunk,
  divideColumnsChunk,
  matrixScoresChunk,
  sweepPanelsChunk,
  sweepUpdateChunk,
} from './dense'
export { choiceDescentChunk, ratingDescentChunk } from './descent'
export { addImplicitChunk, implicitDescentChunk } from './svd-plus-plus'
export { gramChunk } from './gram'
export { solveChunk } from './ials'
export { machineDescentChunk, machineSumsChunk } from './machine'
export { neighbourRatingsChunk, neighbourScoresChunk, neighboursChunk } from './neighbours'
export { sparseProductChunk } from './products'
export { slimChunk } from './slim'
export { scoreChunk } from './scores'
export { topProductsChunk, topScoresChunk } from './top'
export { expandNeighboursChunk, leafNeighboursChunk, sortNeighboursChunk } from './nearest'
export { tsneMoveChunk, tsneRepelChunk } from './t-sne'
export { umapChunk } from './umap'
