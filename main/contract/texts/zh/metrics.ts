export const metrics = {
  metrics: {
    precision: {
      name: '精确率',
      formula: '命中数 / k',
      meaning: '前 k 个位置中相关物品所占的比例，对用户取平均。',
    },
    recall: {
      name: '召回率',
      formula: '命中数 / R，R 为该用户的测试物品数',
      meaning: '用户的测试物品中排在前 k 位的比例，对用户取平均。',
    },
    'capped-recall': {
      name: '封顶召回率',
      formula: '命中数 / min(R, k)',
      meaning: '长度为 k 的列表最多能容纳的相关物品中命中的比例，每个用户都可能达到 1。',
    },
    f1: {
      name: 'F1',
      formula: '2 × 精确率 × 召回率 / (精确率 + 召回率)，两者皆为 0 时取 0',
      meaning: '单个用户精确率与召回率的调和平均，对用户取平均。',
    },
    'hit-rate': {
      name: '命中率',
      formula: '命中数 > 0 时为 1，否则为 0',
      meaning: '前 k 位中至少有一个相关物品的用户所占的比例。',
    },
    ndcg: {
      name: 'NDCG',
      formula: '对命中的名次求和 1 / log2(名次 + 1)，再除以对名次 1 到 min(R, k) 的同样求和',
      meaning: '命中越靠前越重要；排序不可能更好时为 1。',
    },
    'graded-ndcg': {
      name: '分级 NDCG',
      formula: '对命中求和 测试评分 / log2(名次 + 1)，再除以任何长度为 k 的列表所能达到的最大和',
      meaning: '命中越靠前、用户评分越高，越重要。',
    },
    map: {
      name: 'MAP',
      formula: '对命中的名次求和该名次处的精确率，再除以 min(R, k)',
      meaning: '在相关物品所处位置上的精确率的平均。',
    },
    mrr: {
      name: 'MRR',
      formula: '1 / 第一个命中的名次，前 k 位没有命中时为 0',
      meaning: '第一个相关物品有多靠前，对用户取平均。',
    },
    'r-precision': {
      name: 'R 精确率',
      formula: '名次 1 到 R 中的相关物品数 / R',
      meaning: '列表长度等于用户相关物品数时的精确率，也是召回率。',
    },
    auc: {
      name: 'AUC',
      formula: '相关物品与得分更低的其他候选组成的对数 / 全部这样的对数；得分相同算一半',
      meaning: '在全部候选中，相关物品排在其他候选之上的概率；随机为 0.5。',
    },
    'log-loss': {
      name: '对数损失',
      formula: '对候选取平均：相关物品为 -ln p，其他为 -ln(1 - p)；p = 1 / (1 + e^-得分)',
      meaning: '被选择的概率偏离多少；仅适用于得分即为此概率的模型。',
    },
    coverage: {
      name: '覆盖率',
      formula: '所有截断到 k 的列表中不同物品数 / 至少有一条训练交互的物品数',
      meaning: '训练物品中被推荐给任何人的比例。',
    },
    gini: {
      name: '基尼系数',
      formula: '(2i - n - 1) × c_i 之和 / (n × c_i 之和)；c_i：n 个训练物品按被列次数升序的第 i 个',
      meaning: '训练物品被推荐得有多不均匀：各物品次数相同为 0，总是同样几个接近 1。',
    },
    entropy: {
      name: '熵',
      formula: '对被列训练物品的 -p × log2(p) 求和；p：该物品占全部列表位置的比例',
      meaning: '列表位置在物品间分布得有多均匀（比特）：相当于 2 的此次方个物品被同样频繁地列出。',
    },
    'average-popularity': {
      name: '平均流行度',
      formula: '对被列训练物品，训练中拥有该物品的用户数的平均',
      meaning: '列表有多偏向许多用户已有的物品。',
    },
    novelty: {
      name: '新颖性',
      formula: '对被列训练物品，-log2(训练中拥有该物品的用户数 / 训练用户数) 的平均',
      meaning: '被列物品有多出人意料（比特）：一半用户拥有的物品为 1。',
    },
    personalisation: {
      name: '个性化程度',
      formula: '1 - 对所有用户对，两份列表共有的物品数 / k 的平均',
      meaning: '两个用户的列表有多不同：所有人相同为 0，任何两人都没有共同物品为 1。',
    },
    diversity: {
      name: '多样性',
      formula: '1 - 对列表中所有物品对，其特征余弦的平均',
      meaning: '同一列表中的物品有多不同，按评测所指定的物品属性计算。',
    },
    serendipity: {
      name: '惊喜度',
      formula: '不在该用户可得的最流行的 k 个物品之中的命中数 / k',
      meaning: 'k 个位置中，放着按流行度不会列出的相关物品的比例。',
    },
    calibration: {
      name: '失准度',
      formula: '对各类别求和 p × ln(p / (0.99 q + 0.01 p))；p、q：该类别在用户已知物品中和在列表中的占比',
      meaning: '列表的类别构成与用户自己的历史相差多远；相同为 0。',
    },
    faithfulness: {
      name: '忠实度',
      formula:
        '抽取 100 个用户，其首位物品在去掉最强的十分之一依据后，得分比去掉随机十分之一历史下降更多的占比；相等计一半',
      meaning: '所给理由真正起作用的频率；随机指出物品为 0.5。',
    },
    rmse: {
      name: 'RMSE',
      formula: '测试交互上 (预测评分 − 评分)² 均值的平方根',
      meaning: '预测评分偏离多少，误差越大权重越高；全部正确时为 0。',
    },
    mae: {
      name: 'MAE',
      formula: '测试交互上 |预测评分 − 评分| 的均值',
      meaning: '预测评分平均偏离多少；全部正确时为 0。',
    },
    accuracy: {
      name: '准确率',
      formula: '预测评分取整到最近的训练评分后等于实际评分的测试交互所占比例',
      meaning: '取整后的预测评分恰好正确的频率。',
    },
  },
}
