/** 两个运行的列表有多相似。 */
export const overlap = {
  overlap: {
    found_other: 'k = {{k, number}} 时的列表：Jaccard {{jaccard}}，RBO {{rbo}}，{{count, number}} 位用户的平均值。',
    jaccard:
      'Jaccard：两个列表共有的物品数 / 任一列表中的物品数。没有共有物品为 0，物品相同（不论次序）为 1（Jaccard 1901）。',
    rbo: 'RBO：排名偏置重叠，各深度 d 处共有物品的比例，按 0.9^(d − 1) 加权，靠前的物品更重要；列表相同为 1（Webber、Moffat 和 Zobel 2010，公式 32）。',
    mean: '两个运行都没有列表的用户不计入。',
  },
}
