import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of lists that are asked for on the spot. */
export const sandboxSentences: Sentences = {
  '{a} and {b} were trained on different data or splits. Choose runs of one split.':
    '{a} 与 {b} 在不同的数据或划分上训练。请选择同一划分的运行。',
  'There is no item {item} in the data, after cleaning.': '清洗后的数据中没有物品 {item}。',
  'There is no user {user} in the data, after cleaning.': '清洗后的数据中没有用户 {user}。',
  'Name a user, or give a history.': '请指定用户，或给出历史。',
  'The process that answers was ended. Ask again.': '负责回答的进程已结束。请再次查询。',
  '{name} expects no ratings, or the map is of users. Choose another colour.':
    '{name} 不预期评分，或者该地图是用户的地图。请选择其他颜色。',
  '{name} was made elsewhere and cannot be trained again.': '{name} 在别处生成，无法重新训练。',
  '{name} was trained on other data and cannot be trained on this.': '{name} 在其他数据上训练，无法在此数据上训练。',
  'The split holds this user out: no model learns from their history. Choose another user.':
    '划分把该用户整体留出：没有模型从其历史中学习。请选择其他用户。',
}
