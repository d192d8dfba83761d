import type { Sentences } from '../sentences'

/** Everything that networks say in their registry entries: family, summaries, assumptions, presets, parameters. */
export const neuralModelSentences: Sentences = {
  Neural: '神经网络',
  'Weighs the products of the components of user and item vectors.': '对用户与物品向量各分量的乘积加权。',
  'Assumes that a choice is likely as a weighted product of two vectors says.':
    '假设选择的可能性由两个向量的加权乘积决定。',
  'About as good as matrix factorisation, which it contains; the part of NeuMF that remembers.':
    '与其包含的矩阵分解大致相当；是 NeuMF 中负责记忆的部分。',
  // Parameters.
  'Components of the vectors of users and items.': '用户与物品向量的分量数。',
  'Drawn items beside each choice.': '每个选择旁抽取的物品数。',
  'Passes over the training examples.': '遍历训练样本的次数。',
  'Examples of one step.': '每一步的样本数。',
  'Size of the steps.': '步长。',
  'Share of each weight that a step takes off, times the learning rate.': '每一步从各权重中减去的比例（乘以学习率）。',
  'Gradients longer than this are shortened to it; 0 leaves them.': '比它长的梯度缩短到它；0 表示不缩短。',
}
