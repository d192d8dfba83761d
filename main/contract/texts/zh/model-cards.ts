import type { Sentences } from '../sentences'

/** What models assume and suit, and their presets: each text of a registry entry, as it stands there. */
export const modelCardSentences: Sentences = {
  // What each assumes.
  'Assumes that everyone wants what most want.': '假设每个人都想要多数人想要的。',
  'Assumes nothing.': '不作任何假设。',
  'Assumes that a rating is the mean, plus how kind the user is, plus how well the item is liked.':
    '假设评分是均值加上用户打分的宽严和物品受欢迎的程度。',
  'Assumes that people want more of what goes with what they have.': '假设人们想要与已有物品相配的物品。',
  'Assumes that people agree with those they agreed with before.': '假设人们会与过去意见一致的人继续一致。',
  'Assumes that people want more of what is like what they have.': '假设人们想要与已有物品相像的物品。',
  'Assumes that a number of tastes explain who chooses what, and that what was not chosen is weak evidence of dislike.':
    '假设若干种口味可以解释谁选择什么，未选择只是不喜欢的微弱证据。',
  'Assumes that what was chosen is liked more than what was not, pair by pair.':
    '假设逐对而言，选择过的比未选择的更受喜欢。',
  'Assumes that a choice is likely as the dot product of two vectors says.': '假设选择的可能性由两个向量的点积决定。',
  'Assumes that ratings are biases plus the product of two vectors, and that what is missing says nothing.':
    '假设评分是偏置加两个向量的点积，缺失的评分不说明任何问题。',
  'Assumes what Funk SVD does, and that which items were rated at all says something of a user.':
    '假设与 Funk SVD 相同，并且评过哪些物品也能说明用户。',
  'Assumes what Funk SVD does, and solves for one side exactly where that takes steps.':
    '假设与 Funk SVD 相同，但精确求解一侧，而不是逐步下降。',
  'Assumes that any two of user, item and their features may fit together, each pair by the product of their vectors.':
    '假设用户、物品及其特征两两可能契合，程度由其向量的点积决定。',
  'Assumes that each item is a weighted sum of the others in the history, with any weights.':
    '假设每个物品是历史中其他物品的加权和，权重不限。',
  'Assumes what EASE does with weights that are never negative and mostly zero.':
    '假设与 EASE 相同，但权重从不为负且大多为零。',
  'Assumes that what was not chosen is a zero like any other, and that the strongest patterns are the true ones.':
    '假设未选择就是普通的零，最强的模式就是真实的模式。',
  'Assumes that tastes are smooth over the graph of users and items.': '假设口味在用户与物品的图上是平滑的。',
  // Where each does well, and where badly.
  'Hard to beat for new users and where few items make most of the traffic; it never surprises and serves no particular taste.':
    '对新用户和流量集中于少数物品的数据很难超越；从不带来惊喜，也不照顾个别口味。',
  'The floor that every model must clear, with the lists of the highest coverage; of no use to anyone who reads them.':
    '每个模型都必须超过的底线，列表覆盖率最高；对看列表的人没有用处。',
  'Explains most of what can be explained about ratings; its lists are the same for everyone.':
    '解释了评分中大部分可解释的内容；列表对所有人相同。',
  'Good on dense data with long histories and easy to explain; weak for items with few users.':
    '适合历史较长的稠密数据，易于解释；对用户少的物品较弱。',
  'Good where users are fewer than items or tastes go in groups; a user with a short history has arbitrary neighbours.':
    '适合用户少于物品或口味成群的数据；历史短的用户近邻是偶然的。',
  'Lists items that nobody has chosen yet; knows nothing of taste or quality, and is as good as the features.':
    '能列出尚无人选择的物品；不了解口味或质量，好坏取决于特征。',
  'Among the best all round when tuned, and takes new histories without training; needs its regularisation to suit the data.':
    '调好后综合表现名列前茅，无需训练即可接受新历史；正则化须适合数据。',
  'Quick on sparse data and made for order; drawn items are mostly easy, so the head of a list gains less than the middle.':
    '在稀疏数据上快，专为排序而设；抽取的物品大多容易，列表头部的收益少于中部。',
  'As good as far larger networks with many epochs and negatives; slow to get there, and never better than its negatives.':
    '轮数和负样本多时不逊于大得多的网络；达到较慢，且受负样本质量所限。',
  'Right for expecting ratings; its lists bring up what few but fond people rated.':
    '适合预测评分；列表会出现少数人评分很高的物品。',
  'The best expected ratings here, on data with many ratings; slow, since it trains on one thread, and no better in lists.':
    '在评分多的数据上预测评分最准；只用一个线程训练，较慢，列表并不更好。',
  'Few epochs, no learning rate, and new users without training; as all that learn ratings, no help where there are none.':
    '轮数少，没有学习率，新用户无需训练；与所有学习评分的模型一样，没有评分就没有用。',
  'Scores items that nobody has chosen by what they are like; without features BPR and Funk SVD do the same faster.':
    '按特征为无人选择的物品打分；没有特征时 BPR 与 Funk SVD 更快地做同样的事。',
  'Among the best wherever items are few beside users, and takes new histories as they come; memory and time grow with the square and cube of the items.':
    '物品少于用户时名列前茅，可直接接受新历史；内存与时间随物品数的平方与立方增长。',
  'Good where EASE is and where reasons are wanted, since each item rests on a few others; slower, step by step.':
    '适合 EASE 擅长且需要理由的场合，因为每个物品只依据少数其他物品；逐步求解，较慢。',
  'Quick, stable, a good first look and a source of vectors; weaker than iALS, and drawn to what is popular.':
    '快速、稳定，适合初步了解，也可提供向量；弱于 iALS，偏向热门。',
  'Strong on sparse data for its time, as nothing is trained; holds a matrix of items by items as EASE does.':
    '就其用时而言在稀疏数据上很强，因为无需训练；与 EASE 一样要保存物品乘物品的矩阵。',
  // Presets.
  'All time': '全部时间',
  'Every interaction counts alike.': '每次交互同等计入。',
  Recent: '近期',
  'Only the last 30 days of the training data count.': '只计入训练数据的最后 30 天。',
  Decayed: '衰减',
  'An interaction counts half for each 30 days of its age.': '交互每早 30 天权重减半。',
  Uniform: '均匀',
  'Every item is as likely as any other.': '每个物品的可能性相同。',
  Usual: '常用',
  'Regularisation of the Surprise library.': 'Surprise 库的正则化。',
  'Koren 2010': 'Koren 2010',
  'Regularisation that Koren 2010 used on the ratings of Netflix, stronger for items: for much data.':
    'Koren 2010 在 Netflix 评分上使用的正则化，对物品更强：适合大量数据。',
  Cosine: '余弦',
  'Compares who has chosen what, every interaction alike.': '比较谁选择了什么，每次交互同等。',
  'TF-IDF': 'TF-IDF',
  'Cosine in which choices of less active users count more.': '余弦，其中不活跃用户的选择权重更大。',
  BM25: 'BM25',
  'As TF-IDF, with long rows held back.': '与 TF-IDF 相同，但抑制长行。',
  'Cosine in which rarely chosen items count more.': '余弦，其中少被选择的物品权重更大。',
  'Plain ratings': '直接平均评分',
  'For expected ratings: the mean of the 40 nearest raters, as in KNNBasic of Surprise.':
    '用于预测评分：40 个最近评分者的均值，同 Surprise 的 KNNBasic。',
  'Centred ratings': '均值中心化评分',
  'For expected ratings: the same less the mean of each rater, as in KNNWithMeans of Surprise.':
    '用于预测评分：减去每个评分者的均值，同 Surprise 的 KNNWithMeans。',
  'Baseline ratings': '基线评分',
  'For expected ratings: the same less the biases of raters and items, as in KNNBaseline of Surprise.':
    '用于预测评分：减去评分者与物品的偏置，同 Surprise 的 KNNBaseline。',
  'Whole history': '整个历史',
  'All interactions of a history count alike.': '历史中的交互全部同等。',
  'An interaction counts half after 10 later ones.': '其后有 10 次交互时权重减半。',
  Rated: '按评分',
  'An interaction counts as much as its rating or value.': '交互按其评分或数值计入。',
  Balanced: '均衡',
  'Does well on data of many kinds in a short time.': '在多种数据上用时短、效果好。',
  Accurate: '精确',
  'Twice the components and epochs, which much data wants, regularised by frequency after Rendle et al. 2022.':
    '维数与轮数加倍，适合大量数据，按 Rendle 等 2022 的频率正则化。',
  Quick: '快速',
  'Short vectors and few epochs, for a first look.': '向量短、轮数少，用于初步了解。',
  'The form of Hu, Koren and Volinsky 2008: all rows are regularised alike.':
    'Hu、Koren 与 Volinsky 2008 的形式：所有行同等正则化。',
  'Longer vectors and twice the epochs.': '向量更长、轮数加倍。',
  'Short vectors and a third of the epochs, for a first look.': '向量短、轮数为三分之一，用于初步了解。',
  'Does well on data of many kinds in a fair time.': '在多种数据上效果好，用时适中。',
  'Longer vectors, 8 negatives and smaller steps, about as Rendle et al. 2020 tuned it.':
    '向量更长、8 个负样本、步长更小，大致同 Rendle 等 2020 的调优。',
  'Short vectors and half the epochs, for a first look.': '向量短、轮数减半，用于初步了解。',
  'Parameters of the Surprise library.': 'Surprise 库的参数。',
  'More epochs, with stronger regularisation that they need.': '轮数更多，正则化相应加强。',
  'Short vectors and half the epochs in larger steps, for a first look.': '向量短、轮数减半、步长更大，用于初步了解。',
  'Half the epochs with half the components, for a first look.': '轮数与维数减半，用于初步了解。',
  'Longer vectors.': '向量更长。',
  Pairs: '成对',
  'Puts what was chosen before drawn items, as BPR does.': '与 BPR 一样，把选择过的排在抽取的物品之前。',
  Choices: '逐个',
  'Judges what was chosen and drawn items each by itself, by the log loss.': '按对数损失逐个判断选择过的与抽取的物品。',
  Ratings: '评分',
  'Learns the ratings themselves, by squared errors.': '按平方误差学习评分本身。',
  'Loses least on data of any size.': '在任何规模的数据上损失最少。',
  'Little data': '少量数据',
  'Weights as free as small data lets them be.': '在少量数据允许的范围内，权重尽可能自由。',
  'Much data': '大量数据',
  'Weights kept smaller, which millions of interactions want.': '权重更小，适合数百万次交互。',
  'Does well on data of many kinds.': '在多种数据上效果好。',
  Sparse: '稀疏',
  'Fewer weights, which are easier to explain and sooner found.': '权重更少，更易解释，求解更快。',
  'Fifty patterns: does well on data of many kinds.': '50 个模式：在多种数据上效果好。',
  Coarse: '粗略',
  'Twenty patterns, for little data or a first look.': '20 个模式，用于少量数据或初步了解。',
  Fine: '精细',
  'A hundred patterns, where tastes are many.': '100 个模式，适合口味多样的数据。',
  'An interaction counts its rating, as Cremonesi et al. 2010 do.': '交互按其评分计入，同 Cremonesi 等 2010。',
  Published: '论文',
  'Twice the components, as Shen et al. 2021 have them.': '维数加倍，同 Shen 等 2021。',
  'Linear filter': '线性滤波器',
  'The linear filter alone, as Shen et al. 2021 use it where items are many.':
    '仅用线性滤波器，同 Shen 等 2021 在物品多时的做法。',
  'Assumes that models err differently, so that what several put first is more likely right.':
    '假设各模型的错误不同，因此多个模型都排在前面的更可能正确。',
  'Shines where its members are about equally good and of different families; costs what its members cost together.':
    '适合成员水平相近且类别不同的情形；开销为各成员之和。',
  Borda: 'Borda',
  'Reciprocal rank': '名次倒数',
  'A weighted sum, with weights found by the validation part.': '加权和，权重由验证集求得。',
  'As Cormack et al. 2009: ranks alone, all members alike. It needs no validation part.':
    '按 Cormack 等 2009：仅用名次，各成员相等。不需要验证集。',
  'Points by rank, all members alike. It needs no validation part.': '按名次计点，各成员相等。不需要验证集。',
}
