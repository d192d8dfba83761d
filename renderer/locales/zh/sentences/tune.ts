import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of studies. */
export const studySentences: Sentences = {
  'There is no study {id}.': '没有研究 {id}。',
  '{name} is under way. Pause or stop it first.': '{name} 正在进行。请先暂停或停止。',
  '{name} is not under way.': '{name} 不在进行中。',
  '{name} has spent its budget. Give it more trials or minutes.': '{name} 的预算已用完。请增加试验次数或时间。',
  '{name} has no trial {number} that was judged.': '{name} 没有已评估的试验 {number}。',
  'Trial {trial} of {name} is retrained already: {run}.': '{name} 的试验 {trial} 已重新训练：{run}。',
  'The data of this study is deleted. Restore the dataset first.': '此研究的数据已删除。请先恢复数据集。',
  'The validation part is empty, so trials cannot be judged. Choose another validation part.':
    '验证部分为空，无法评估试验。请选择其他验证部分。',
  'The first {count} trials failed. <reason>': '前 {count} 次试验均失败。<reason>',
  '{model} gives no {metric} on this data. Choose another objective.':
    '{model} 在此数据上没有 {metric}。请选择其他目标。',
  'split.validation: trials are judged on a validation part, and this split has none. Choose how it is cut off the training part.':
    'split.validation：试验在验证部分上评估，而此划分没有验证部分。请选择如何从训练部分切出。',
  '{field}.model: {model} is named twice.': '{field}.model：{model} 出现了两次。',
  '{field}: there is no metric {id}; choose one of {known}.': '{field}：没有指标 {id}；请选择 {known} 之一。',
  '{field}: {id} needs a cutoff, such as {example}@10.': '{field}：{id} 需要截断值，例如 {example}@10。',
  '{field}: {id} has no cutoff.': '{field}：{id} 没有截断值。',
  '{field}: {model} expects no ratings, so it has no {id}.': '{field}：{model} 不预测评分，因此没有 {id}。',
  'The study does not tune {model}.': '此研究不调 {model}。',
  'The study does not judge by {objective}.': '此研究不以 {objective} 为目标。',
}
