import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of comparisons and segments. */
export const compareSentences: Sentences = {
  'The comparison was given up, or a newer one is asked for.': '比较已放弃，或已改为进行更新的比较。',
  'the stored lists of these runs have {longest} items. Choose no more.':
    '这些运行保存的列表有 {longest} 个物品。请不要选更多。',
  'there is no such segment; it may have changed. Look at the map again.':
    '没有这个分群；它可能已改变。请重新查看分群图。',
  '{metric} does not count hits, so it has no segments of items. Take them out.':
    '{metric} 不计命中，因此没有物品分群。请去掉物品分群。',
  'Candidates from a file may give a user several lists, of which one is kept, so there are no segments of items. Take them out.':
    '文件中的候选物品可能给一个用户多个列表，而只保留其一，因此没有物品分群。请去掉物品分群。',
  'the {of} have no attribute {name}; their attributes: {names}.': '没有属性 {name}（{of}）；已有的属性：{names}。',
  '{name} is a {type}, which makes no segments. Choose an attribute of categories, numbers or dates.':
    '{name} 的类型是 {type}，无法分群。请选择类别、数值或日期属性。',
  '{metric} cannot be judged by items. Choose another metric.': '{metric} 无法按物品评估。请选择其他指标。',
  '{metric} of these runs was judged by different attributes of items. Compare runs of one.':
    '这些运行的 {metric} 依据不同的物品属性评估。请比较依据同一属性的运行。',
  'the reference must be one of the runs that are compared.': '参照必须是所比较的运行之一。',
  '{runs} has no {metric}. Choose another metric.': '{runs} 没有 {metric}。请选择其他指标。',
  '{metric} has values of fewer than two single users, so runs cannot be compared by it user by user. Choose a metric of single lists.':
    '{metric} 只有不到两个用户的单独取值，无法逐个用户比较。请选择针对单个列表的指标。',
  '{a} and {b} were judged on different data or splits. Compare runs of one split.':
    '{a} 与 {b} 在不同的数据或划分上评估。请比较同一划分的运行。',
  '{a} and {b} ranked different candidates. Compare runs that ranked the same.':
    '{a} 与 {b} 排序的候选物品不同。请比较候选物品相同的运行。',
  '{name} has no lists yet; its values come once it is trained.': '{name} 还没有列表；训练完成后才有数值。',
  'These runs have no values per user of {key}: it is measured over all lists together, or was not asked for. Choose another metric.':
    '这些运行没有 {key} 的每用户数值：它由所有列表一起算得，或未被要求。请选择其他指标。',
  '{first} and {second} are on other data or another split, so that no user can be looked at in both. Choose two runs of one group.':
    '{first} 与 {second} 的数据或划分不同，无法在两者中查看同一用户。请选择同一组的两次运行。',
}
