import type { Sentences } from '../sentences'

/** Everything that networks say in their registry entries: family, summaries, assumptions, presets, parameters. */
export const neuralModelSentences: Sentences = {
  Neural: '神经网络',
  'Weighs the products of the components of user and item vectors.': '对用户与物品向量各分量的乘积加权。',
  'Assumes that a choice is likely as a weighted product of two vectors says.':
    '假设选择的可能性由两个向量的加权乘积决定。',
  'About as good as matrix factorisation, which it contains; the part of NeuMF that remembers.':
    '与其包含的矩阵分解大致相当；是 NeuMF 中负责记忆的部分。',
  'Lets layers of a network judge the vectors of user and item together.': '让网络的多层一起判断用户与物品的向量。',
  'Assumes that any function of two vectors, not only their product, may say whether a choice is likely.':
    '假设选择的可能性可由两个向量的任意函数决定，而不仅是它们的乘积。',
  'Finds what products of vectors cannot say, given much data; learns plain products with difficulty.':
    '数据充足时能找到向量乘积说不出的规律；学习单纯的乘积反而吃力。',
  'Adds what a product of vectors says to what layers of a network say of two other vectors.':
    '把向量乘积的判断与网络对另外两个向量的判断相加。',
  'Assumes that a choice is likely as a product of vectors says, and as a function of any form corrects.':
    '假设选择的可能性由向量乘积决定，再由任意形式的函数修正。',
  'Lists as good as those of matrix factorisation on much data, for many times its work.':
    '数据多时列表与矩阵分解一样好，但计算量是其许多倍。',
  'Makes vectors of whole histories by layers of a network, and compares their directions.':
    '用网络的多层把整段历史变成向量，再比较它们的方向。',
  'Assumes that a taste is a function of the whole history, and an item one of all who chose it.':
    '假设喜好是整段历史的函数，物品是所有选择者的函数。',
  'Takes new histories without training; good where histories say more than who they belong to.':
    '无需训练即可接受新历史；适合历史比所属用户更能说明问题的数据。',
  'Squeezes a history through few numbers and reads from them what else belongs to it.':
    '把历史压缩成少数几个数，再从中读出还应包含什么。',
  'Assumes that a history is drawn from a distribution over all items, which a few hidden numbers make.':
    '假设历史抽自一个覆盖全部物品的分布，该分布由少数隐变量生成。',
  'Among the best networks for lists of what people choose next to what they have; takes new histories.':
    '在“除已有之外还会选什么”的列表上是最好的网络之一；可接受新历史。',
  'Learns vectors of users and items that are means over their neighbourhoods in the graph of choices.':
    '学习用户与物品的向量，它们是选择图中邻域的均值。',
  'Assumes that who is connected by a few steps through choices is alike.': '假设经由选择几步相连者彼此相似。',
  'Good on sparse data, where neighbours of neighbours say more than the few choices themselves.':
    '适合稀疏数据：邻居的邻居比寥寥几次选择更能说明问题。',
  'Adds a factorisation machine and layers of a network on the same vectors of users, items and features.':
    '在用户、物品与特征的同一组向量上，把因子分解机与网络的多层相加。',
  'Assumes that features may fit together in pairs, and in ways of any form that layers find.':
    '假设特征可能两两相配，也可能以网络所发现的任意方式相配。',
  'Scores items that nobody has chosen by what they are like; worth its time where features say much.':
    '按物品的样子给无人选过的物品打分；特征信息丰富时值得花这个时间。',
  // Presets.
  'Small batches and steps, as it was published; slow.': '按论文的小批量与小步长；较慢。',
  'Large batches with a falling learning rate, for a million interactions and more.':
    '大批量，学习率逐渐下降，适合百万次以上交互。',
  Deep: '较深',
  'More layers and units, for much data.': '更多层与单元，适合大量数据。',
  Shallow: '较浅',
  'One hidden layer, for little data.': '一个隐藏层，适合少量数据。',
  'Sizes and weights as they were published, for a hundred thousand users and more.':
    '按论文发表的规模与权重，适合十万以上用户。',
  Near: '近邻',
  'Looks one step less far, in less time.': '少看一步，用时更少。',
  // Parameters.
  'Units of the first hidden layer; each further layer has half as many.': '第一个隐藏层的单元数；此后每层减半。',
  'Hidden layers.': '隐藏层数。',
  'Share of the units of each hidden layer that a step leaves out.': '每一步中各隐藏层被略去的单元比例。',
  'Hidden numbers that a history becomes.': '一段历史变成的隐变量个数。',
  'Units of the layers before and behind the hidden numbers.': '隐变量前后各层的单元数。',
  'Share of a history that the network is not shown while it learns.': '学习时不给网络看的历史比例。',
  'Weight of the divergence of the hidden numbers from normal ones, once it is reached.':
    '隐变量偏离正态分布的散度最终所占的权重。',
  'Steps over which that weight rises from 0.': '该权重从 0 升上来所用的步数。',
  'Steps through the graph.': '在图上走的步数。',
  'Weight of the squared lengths of the learned vectors of a batch.': '一批中所学向量长度平方的权重。',
  'Components of the vectors of users, items and features.': '用户、物品与特征向量的分量数。',
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
