export const metricChoice = {
  metricChoice: {
    title_other: '指标：{{all, number}} 项中的 {{count, number}} 项',
    usual: '常用指标',
    groups: {
      lists: '单个列表',
      candidates: '全部候选物品，无截断长度',
      beyond: '准确性之外',
      ratings: '预测评分，无截断长度',
    },
    attribute: '多样性与失准度的依据',
    attributeHelp: '物品的一个属性：其类别或向量。',
    noAttribute: '物品没有类别或向量属性，因此不计算这两项。',
    automatic: '第一个可用的：{{name}}',
    leftOut: '未计算：{{metrics}}。',
    reasons: {
      'no-rater': '{{name}}（此模型不预测评分）',
      'same-ratings': '{{name}}（训练评分全部相同）',
      'no-grades': '{{name}}（测试评分全部相同）',
      'no-attribute': '{{name}}（物品没有类别或向量属性）',
      'no-categories': '{{name}}（物品属性是向量，不是类别）',
      'no-probabilities': '{{name}}（此模型的得分不是概率）',
      'no-reasons': '{{name}}（此模型不指出历史中的依据）',
    },
  },
}
