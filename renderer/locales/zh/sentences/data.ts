import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of datasets, filters and selections. */
export const dataSentences: Sentences = {
  'There is no dataset {id}.': '没有数据集 {id}。',
  'Newer filters are asked for instead.': '正在计算更新的筛选。',
  'filters: there is no attribute {name} of {of}; there is {known}. Take the filter out.':
    'filters：没有属性 {name}；现有 {known}。请移除该筛选条件。',
  'The selection of a filter is gone. Take the filter out.': '筛选条件所用的选择集已不存在。请移除该条件。',
  'There is no such selection; it may have been deleted.': '没有这个选择集；它可能已被删除。',
  '{name} has no interaction of the {subject} {id}.': '{name} 中没有 {id} 的交互。',
  'The filters leave no {of}, so there is nothing to name. Loosen them.':
    '筛选后没有剩下任何对象，无可命名。请放宽筛选条件。',
  '{name} is of items; choose a selection of users.': '{name} 是物品的选择集；请选择用户的选择集。',
  '{name} is of other data than {run}.': '{name} 与 {run} 属于不同的数据。',
  '{name} is not trained; it has no metrics yet.': '{name} 尚未训练，还没有指标。',
  'These are too many users to be named one by one. Choose fewer.': '用户过多，无法逐一命名。请少选一些。',
}
