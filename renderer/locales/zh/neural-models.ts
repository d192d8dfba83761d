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
  'How the learning rate changes while it learns: not at all, or down to 0 along half a cosine.':
    '训练中学习率如何变化：保持不变，或沿半个余弦降至 0。',
  'Epochs after which the cosine starts anew; 0: it falls once, over all epochs.':
    '余弦重新开始前的轮数；0 表示在所有轮中只下降一次。',
  'First steps, over which the learning rate rises from 0.': '学习率从 0 升起的最初步数。',
  'A metric of the validation part: learning ends once it no longer grows, and its best weights are kept.':
    '验证集上的指标：不再提高时结束训练，并保留最好的权重。',
  'Validations without a better value after which learning ends.': '连续多少次验证没有更好的值后结束训练。',
  'Epochs from one look at the validation part to the next, where the split has one.':
    '划分含有验证集时，两次验证之间的轮数。',
  'Share of each weight that a step takes off, times the learning rate.': '每一步从各权重中减去的比例（乘以学习率）。',
  'Gradients longer than this are shortened to it; 0 leaves them.': '比它长的梯度缩短到它；0 表示不缩短。',
}
