import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of splits and candidates. */
export const splitSentences: Sentences = {
  'A newer split is looked at instead.': '正在查看更新的划分。',
  'The candidates file has several lines for a user, and only one list of each user is stored. Choose runs that ranked all items, or one line of each user.':
    '候选文件中某个用户有多行，而每个用户只存一份列表。请选择对全部物品排序、或每个用户只有一行的运行。',
  'No user has test items, so nothing can be evaluated. Choose another split.':
    '没有用户有测试物品，无法评估。请选择其他划分。',
  '{model} cannot make lists for users that it was not trained on, which the split user-holdout asks for. Leave it out, or choose another split.':
    '{model} 无法为未参与训练的用户生成列表，而“留出用户”划分需要这样做。请去掉它，或选择其他划分。',
  'The test part is empty, so nothing can be judged. Choose another split.': '测试集为空，无法评判。请选择其他划分。',
  'The train part is empty, so nothing can be trained. Choose another split.': '训练集为空，无法训练。请选择其他划分。',
  '{field}.fold: with {folds} folds it takes a whole number from 0 to {last}.':
    '{field}.fold：共 {folds} 折时应为 0 到 {last} 的整数。',
  '{field}.count: at most {most} users can be held out; each needs two interactions, and one must stay.':
    '{field}.count：最多可留出 {most} 个用户；每人至少需要两次交互，且须留下一个用户。',
  'The candidates file {path} cannot be read.': '无法读取候选物品文件 {path}。',
  "The candidates of user {user} hold none of the user's test items.": '用户 {user} 的候选物品不含其测试物品。',
  '{field}.strategy: {strategy} needs a timestamp column, which this data lacks. Choose random or leave-one-out.':
    '{field}.strategy：{strategy} 需要时间戳列，而此数据没有。请选择 random 或 leave-one-out。',
  '{place}: no interaction lies <side> this point in time.': '{place}：此时间点<side>没有交互。',
  'at or after': '及之后',
  before: '之前',
  '{field}.at: {at} cannot be read. Write 2024-01-31, 2024-01-31T12:00:00Z or +01:00 for Z.':
    '{field}.at：无法读取 {at}。请写成 2024-01-31、2024-01-31T12:00:00Z，或以 +01:00 代替 Z。',
  'split.strategy: this dataset was not read from separate train and test files.':
    'split.strategy：此数据集不是从分开的训练文件和测试文件读取的。',
  '{file}, line {line}: {reason}. Expected (user,item), then the negatives, separated by tabs.':
    '{file} 第 {line} 行：{reason}。应为 (user,item)，其后是负例，以制表符分隔。',
}
