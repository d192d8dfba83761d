import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of ensembles. */
export const ensembleSentences: Sentences = {
  '{field}: {model} is not made of other runs. Leave its members out.':
    '{field}：{model} 不由其他运行组成。请去掉成员。',
  '{field}: name two trained runs at least, or put two models at least before it.':
    '{field}：请至少指定两个已训练的运行，或至少选择两个与之一同训练的模型。',
  '{field}: name an entry that stands before this one, by its place from 0.':
    '{field}：请指定排在它之前的条目（从 0 起）。',
  '{field}: {run} is not trained. Choose trained runs.': '{field}：{run} 尚未训练。请选择已训练的运行。',
  '{field}: {model} is made of runs itself. Name its members instead.':
    '{field}：{model} 本身由运行组成。请改为指定其成员。',
  '{field}: {run} was trained on other data or another split. Choose runs of the same data and split.':
    '{field}：{run} 的数据或划分不同。请选择数据与划分相同的运行。',
  '{field}: {model} is made of trained runs, so it is not tuned. Tune its members, then fuse the best.':
    '{field}：{model} 由已训练的运行组成，不能调参。请先调参其成员，再融合最好的。',
  '{run} is not trained, so nothing can be made of it. Train it again first.':
    '{run} 未训练，无法由它组成集成。请先重新训练它。',
  'There is no validation part to find weights by.': '没有可用于求权重的验证集。',
  'No user of the validation part has a training history to find weights by.':
    '验证集中没有用户有训练历史，无法求权重。',
  'Add a validation part to the split, or choose equal weights.': '请在划分中添加验证集，或选择相等的权重。',
  'An ensemble needs two members at least. Name more trained runs.': '集成至少需要两个成员。请指定更多已训练的运行。',
  '{model} is a member of this ensemble and cannot make lists for users that it was not trained on.':
    '{model} 是此集成的成员，无法为未参与训练的用户生成列表。',
  'it is made of runs with other seeds.': '其成员使用其他随机种子。',
  'Make it of runs with its own seed.': '请用随机种子与它相同的运行组成。',
  'it is made of runs with different features.': '其成员使用不同的特征。',
  'Make it of runs with the same features.': '请用特征相同的运行组成。',
}
