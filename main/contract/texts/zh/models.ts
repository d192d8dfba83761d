import type { Sentences } from '../sentences'

/** Names, families, summaries and parameters of the models: each text of a registry entry, as it stands there. */
export const modelSentences: Sentences = {
  // Families.
  Baselines: '基线',
  Neighbours: '近邻',
  Factorisation: '矩阵分解',
  Content: '内容',
  Linear: '线性',
  Ensembles: '集成',
  // Names; those of papers stay as they are.
  Popularity: '热门',
  Random: '随机',
  Bias: '偏置',
  'Item k-NN': '物品 k-NN',
  'User k-NN': '用户 k-NN',
  'Content k-NN': '内容 k-NN',
  Ensemble: '集成',
  // What each does.
  'Recommends the items with the most interactions to everyone.': '向所有人推荐交互最多的物品。',
  'Recommends items drawn at random, other ones for each user.': '推荐随机抽取的物品，每个用户各不相同。',
  'Rates by how kind the user is and how well the item is liked; lists the best liked items for everyone.':
    '按用户打分的宽严与物品受欢迎的程度预测评分；向所有人列出评价最好的物品。',
  'Recommends items that were chosen by the same users as those in the history.':
    '推荐与历史物品被相同用户选择过的物品。',
  'Recommends what the users with the most similar histories have chosen.': '推荐历史最相似的用户选择过的物品。',
  'Recommends the items whose features are most like those of the history, new items included.':
    '推荐特征与历史物品最相似的物品，包括新物品。',
  'Finds vectors of users and items whose dot product is high where a user has chosen an item.':
    '求用户与物品的向量，使用户选择过的物品点积较高。',
  'Predicts each item by a weighted sum of the others in the history, with all weights solved for at once.':
    '用历史中其他物品的加权和预测每个物品，所有权重一次求解。',
  'Predicts each item by a weighted sum of a few others in the history.': '用历史中少数其他物品的加权和预测每个物品。',
  'Keeps the strongest patterns of who chooses what, and lists what completes a history to them.':
    '保留“谁选择什么”的最强模式，列出使历史与之吻合的物品。',
  // Parameters.
  'How strongly weights are kept small: more for little or noisy data.': '约束权重大小的强度：数据少或噪声大时取大。',
  'Which interactions count: all alike, recent ones only, or old ones less.':
    '计入哪些交互：全部同等、仅近期，或旧的少计。',
  'Length of the recent period, or the age at which an interaction counts half. Not used with all.':
    '近期的天数，或交互权重减半所需的天数。选择 all 时不使用。',
  'Times that all items and then all users are solved for.': '依次求解全部物品、全部用户的次数。',
  'Times that all users and then all items are solved for.': '依次求解全部用户、全部物品的次数。',
  'Ratings of the mean that each user counts as having given.': '视为每个用户额外给出的均值评分的个数。',
  'Ratings of the mean that each item counts as having got.': '视为每个物品额外得到的均值评分的个数。',
  'Components of each vector: more can tell more apart, and take longer.':
    '每个向量的维数：越多区分能力越强，用时越长。',
  'How strongly vectors are kept short: more for little or noisy data.': '约束向量长度的强度：数据少或噪声大时取大。',
  'How much more active users and popular items are regularised: 0 for all alike, 1 by their total confidence.':
    '活跃用户与热门物品的正则化加强程度：0 为一视同仁，1 为按其总置信度。',
  'Weight of an interaction over that of an item not chosen.': '交互相对于未选择物品的权重。',
  'Steps of the solver for each vector and epoch: more are nearer to the exact solution.':
    '每轮每个向量的求解步数：越多越接近精确解。',
  'Similar items kept for each item.': '每个物品保留的相似物品数。',
  'Similar users that are asked.': '参考的相似用户数。',
  'What an interaction counts in the cosine: 1, its rating, or more where it is rare.':
    '余弦中一次交互的权重：1、评分，或越稀有越大。',
  'Lowers similarities that rest on little.': '降低依据不足的相似度。',
  'Whether the ratings of neighbours are averaged as they are, less their means, or less their biases.':
    '近邻的评分直接平均、减去均值，还是减去偏置。',
  'Cosine, Jaccard and conditional probability compare who has chosen what; adjusted cosine (less the mean of the other side), Pearson and mean squared difference compare the ratings of what both have.':
    '余弦、Jaccard 与条件概率比较谁选择了什么；调整余弦（减去另一侧的均值）、Pearson 与均方差比较双方共有的评分。',
  'What an interaction of the history counts: all alike, or its rating or value.':
    '历史中一次交互的权重：全部同等，或取其评分或数值。',
  'After so many later interactions one counts half; 0: all count alike.':
    '经过这么多次后续交互后权重减半；0 为全部同等。',
  'How many weights become zero: more for fewer weights.': '使多少权重变为零：越大权重越少。',
  'Rounds over the weights of an item at most; it ends where they no longer change.':
    '每个物品的权重最多迭代的轮数；权重不再变化时结束。',
  'Weights kept for each item, the largest ones.': '每个物品保留的权重数，取最大的。',
  'Rounds over the data: more are nearer to the exact singular vectors.': '遍历数据的轮数：越多越接近精确的奇异向量。',
  'What an interaction counts: 1, or its rating.': '一次交互的权重：1 或其评分。',
  'Expects ratings from biases and the product of two vectors, and lists the highest.':
    '由偏置与两个向量的点积预测评分，列出最高者。',
  'Expects ratings as Funk SVD does, and also learns from which items a user has rated at all.':
    '像 Funk SVD 一样预测评分，并利用用户评过哪些物品。',
  'Times that all ratings are gone through.': '遍历全部评分的次数。',
  'Size of a step: larger ones are quicker, until they no longer converge.': '步长：越大越快，过大则不收敛。',
  'Finds vectors that put what a user has chosen before what they have not, pair by pair.':
    '求向量，使用户选择过的物品逐对排在未选择的之前。',
  'Finds vectors whose dot product says how likely a user is to choose an item.':
    '求向量，其点积表示用户选择物品的可能性。',
  'Times that all interactions are gone through.': '遍历全部交互的次数。',
  'Items drawn for each interaction.': '每次交互抽取的物品数。',
  'How long vectors are at the start, about.': '向量初始的大致长度。',
  'Expects ratings from biases and the product of two vectors, which are solved for by turns.':
    '由偏置与两个向量的点积预测评分，两侧向量轮流求解。',
  Graph: '图',
  'Smooths a history over the graph of users and items, without training.': '在用户与物品的图上平滑历史，无需训练。',
  'Components of the low-pass filter: fewer keep only what is most common.':
    '低通滤波器的维数：越少越只保留最常见的模式。',
  'Weight of the low-pass filter beside the linear one.': '低通滤波器相对于线性滤波器的权重。',
  'Finds vectors of users, items and features, and scores by how well all of them fit together.':
    '求用户、物品与特征的向量，按它们彼此契合的程度打分。',
  'Squared errors of ratings; or choices against drawn items, each by itself or in pairs.':
    '评分的平方误差；或选择与抽取物品相对，逐个或成对。',
  'Fuses the scores or ranks of trained runs into one list, each run with a weight.':
    '将已训练运行的分数或名次融合为一个列表，每个运行各有权重。',
  'What is added up: scores, 1 / (constant + rank), or points that fall evenly with the rank.':
    '相加的内容：分数、1 /（常数 + 名次），或随名次均匀递减的点数。',
  'How scores of different models are put on one scale, for each user.': '如何按用户将不同模型的分数换算到同一尺度。',
  'Constant of the reciprocal rank: more makes the first ranks less special.':
    '名次倒数中的常数：越大，靠前的名次优势越小。',
  'Weights of the members: found by the NDCG of the validation part, or all alike.':
    '各成员的权重：按验证集的 NDCG 求得，或全部相等。',
  'Length of the lists by whose NDCG weights are found.': '求权重时计算 NDCG 所用的列表长度。',
}
