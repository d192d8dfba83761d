import type { Sentences } from '../sentences'

/** What the engine says of what was made elsewhere. */
export const importSentences: Sentences = {
  'What was made elsewhere cannot be trained. Make it again where it was made.':
    '在别处生成的内容无法训练。请在原处重新生成。',
  '{place}.model: {model} was made elsewhere and is brought in from its files, not trained.':
    '{place}.model：{model} 在别处生成，由其文件导入，而非训练。',
  '{field}: {name} was made elsewhere and cannot be trained again. Leave it out.':
    '{field}：{name} 在别处生成，无法再次训练。请去掉它。',
  '{name} was made elsewhere, so it cannot be trained on all data.': '{name} 在别处生成，因此无法用全部数据训练。',
  '{file} is empty. Bring in a file with a line for each item of a list.':
    '{file} 为空。请导入每行一个列表物品的文件。',
  '{file} has no lists. Bring in a file with a line for each item of a list.':
    '{file} 没有列表。请导入每行一个列表物品的文件。',
  '{file} has no list of this data: unknown users {users}; unknown items {items}. Choose the data that it was made from.':
    '{file} 没有此数据的列表：未知用户 {users}；未知物品 {items}。请选择生成它所用的数据。',
  '{file} line {line}: item {item} is in the list of {user} already, at line {before}.':
    '{file} 第 {line} 行：物品 {item} 已在 {user} 的列表中（第 {before} 行）。',
  '{file} line {line} or a later one: it is not UTF-8. Save the file as UTF-8.':
    '{file} 第 {line} 行或其后：不是 UTF-8。请将文件存为 UTF-8。',
  '{file} line {line}: it is too long for a list.': '{file} 第 {line} 行：过长，不可能是列表。',
  '{file} line {line}: a line of a TREC run is user Q0 item rank score tag, and this one has {count} fields.':
    '{file} 第 {line} 行：TREC 运行的一行是 user Q0 item rank score tag，而此行有 {count} 个字段。',
  '{file} line {line}: a quote opens and does not close.': '{file} 第 {line} 行：引号未闭合。',
  '{file} line {line}: it has {cells} cells where {needed} are needed.':
    '{file} 第 {line} 行：有 {cells} 个单元格，需要 {needed} 个。',
  '{file} line 1: it does not name the columns of lists. Name them user_id, item_id, score and rank; one of score and rank is enough.':
    '{file} 第 1 行：没有列表的列名。请命名为 user_id、item_id、score 和 rank；score 和 rank 有其一即可。',
  '{file} line {line}: its {name} is no number: {text}.': '{file} 第 {line} 行：其 {name} 不是数字：{text}。',
  '{file} row {line}: its {name} is no number: {text}.': '{file} 第 {line} 行：其 {name} 不是数字：{text}。',
  '{file} row {line}: it has no user or no item.': '{file} 第 {line} 行：缺少用户或物品。',
  '{file} cannot be read as Parquet. Make it again, or bring in CSV.':
    '无法将 {file} 读作 Parquet。请重新生成，或导入 CSV。',
  '{file} cannot be read. Choose a file.': '无法读取 {file}。请选择一个文件。',
  'Made elsewhere: {rows} rows, {left} of them left out; {users} users and {items} items are not in this data.':
    '在别处生成：{rows} 行，其中 {left} 行未采用；{users} 个用户和 {items} 个物品不在此数据中。',
  '{users} users of this data have something; {without} users with test items have nothing and are judged by empty lists.':
    '此数据中有 {users} 个用户有列表；{without} 个有测试物品的用户没有，按空列表评估。',
  'The scores do not say the order of the lists, so 1 / rank stands for the score.':
    '得分不能说明列表的顺序，因此以 1 / 排名代替得分。',
}
