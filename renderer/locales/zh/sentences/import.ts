import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of what was made elsewhere. */
export const importSentences: Sentences = {
  'What was made elsewhere cannot be trained. Make it again where it was made.':
    '在别处生成的内容无法训练。请在原处重新生成。',
  '{place}.model: {model} was made elsewhere and is brought in from its files, not trained.':
    '{place}.model：{model} 在别处生成，由其文件导入，而非训练。',
  '{field}: {name} was made elsewhere and cannot be trained again. Leave it out.':
    '{field}：{name} 在别处生成，无法再次训练。请去掉它。',
  '{field}: {name} was trained on other data and cannot be trained on this. Leave it out.':
    '{field}：{name} 在其他数据上训练，无法在此数据上训练。请去掉它。',
  '{name} was trained on other data, so it cannot be trained on all of this.':
    '{name} 在其他数据上训练，因此无法用此数据的全部训练。',
  'it was trained on other data.': '它在其他数据上训练。',
  'Show the file of the run that was trained.': '请显示所训练的运行的文件。',
  'it was made elsewhere.': '它在别处生成。',
  'Bring in its files again instead.': '请改为再次导入其文件。',
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
  'Bring in shorter lists, or lists of fewer users, or use a machine with more memory.':
    '请导入更短的列表或更少用户的列表，或使用内存更大的机器。',
  'Bring in a smaller file, or use a machine with more memory.': '请导入较小的文件，或使用内存更大的机器。',
  'It has about {rows} rows.': '它约有 {rows} 行。',
  "The limit is that of JavaScript's heap, whatever memory the machine has.":
    '此上限是 JavaScript 堆的上限，与机器内存无关。',
  'Bring in shorter lists, or lists of fewer users.': '请导入更短的列表或更少用户的列表。',
  '{count} or more': '{count} 或更多',
  '{file} cannot be read. Choose a file.': '无法读取 {file}。请选择一个文件。',
  'Made elsewhere: {rows} rows, {left} of them left out; <users> users and <items> items are not in this data.':
    '在别处生成：{rows} 行，其中 {left} 行未采用；<users> 个用户和 <items> 个物品不在此数据中。',
  '{users} users of this data have something; {without} users with test items have nothing and are judged by empty lists.':
    '此数据中有 {users} 个用户有列表；{without} 个有测试物品的用户没有，按空列表评估。',
  'The scores do not say the order of the lists, so 1 / rank stands for the score.':
    '得分不能说明列表的顺序，因此以 1 / 排名代替得分。',
  '{file} has vectors of {items} numbers, and those of users have {users}. Choose files of one model.':
    '{file} 的向量有 {items} 个数，而用户向量有 {users} 个。请选择同一模型的文件。',
  '{file} {name}: a matrix has two dimensions, and this one {count}.':
    '{file} {name}：矩阵应有两维，而它有 {count} 维。',
  '{file} has {ids} ids of {side}s, and there are {rows} vectors. Choose the ids of this file.':
    '{file} 有 {ids} 个 ID（{side}），而向量有 {rows} 个。请选择此文件的 ID。',
  '{file} row {row} of {name} holds something that is no number.': '{file} 中 {name} 的第 {row} 行含有不是数字的内容。',
  '{file} has no {side}_factors; it has {names}. Name the matrix {side}_factors.':
    '{file} 没有 {side}_factors；其中有 {names}。请将矩阵命名为 {side}_factors。',
  '{file} does not say whose its rows are. Name a file of the ids of {side}s, one on each line or a JSON list.':
    '{file} 未说明各行属于谁。请给出 ID 文件（{side}），每行一个或 JSON 列表。',
  '{file} is a JSON list of something else than texts and whole numbers. Write ids.':
    '{file} 的 JSON 列表含有文本和整数以外的内容。请写入 ID。',
  '{file} begins as JSON and is none. Write one id on each line instead.':
    '{file} 以 JSON 开头，却不是 JSON。请改为每行一个 ID。',
  '{file} is larger than 1 GiB, which is no file of ids.': '{file} 大于 1 GiB，不可能是 ID 文件。',
  '{file} has {count} ids and names row {row}. Name each row from 0 on.':
    '{file} 有 {count} 个 ID，却指定了第 {row} 行。请从 0 起给出每一行。',
  '{file} row {row}: the place of {id} is no whole number from 0 on.':
    '{file} 第 {row} 行：{id} 的位置不是从 0 起的整数。',
  '{file} row {row}: {id} is there already. An id has one row.': '{file} 第 {row} 行：{id} 已存在。一个 ID 只有一行。',
  '{file} row {line}: row {row} has an id already. A row has one id.':
    '{file} 第 {line} 行：第 {row} 行已有 ID。一行只有一个 ID。',
  '{file} row {line}: it has no id.': '{file} 第 {line} 行：缺少 ID。',
  '{file} has no column of ids. Name it {side}_id, and that of their rows row.':
    '{file} 没有 ID 列。请命名为 {side}_id，其行号列命名为 row。',
  '{file} is larger than 1 GiB. Save a smaller graph.': '{file} 大于 1 GiB。请保存更小的图。',
  '{file} gives no finite score. Look at how it was exported.': '{file} 没有给出有限的得分。请检查其导出方式。',
  '{file} is a model in the format of one runtime. Save it as ONNX.':
    '{file} 是某一运行时专用格式的模型。请存为 ONNX。',
  '{file} is damaged or no ONNX: {reason}.': '{file} 已损坏或不是 ONNX：{reason}。',
  '{file} asks for the operator {operator}, which is not part of ONNX and would be code from elsewhere. Export it with operators of ONNX alone.':
    '{file} 需要算子 {operator}，它不属于 ONNX，需要外来代码。请只用 ONNX 算子导出。',
  '{file} keeps its numbers in {place}, and other files are not opened. Save it with its numbers inside, in Python: onnx.save_model(onnx.load(path), path, save_as_external_data=False).':
    '{file} 的数值存放在 {place} 中，而其他文件不会被打开。请在 Python 中把数值存入文件内：onnx.save_model(onnx.load(path), path, save_as_external_data=False)。',
  '{file} is no scorer that can be asked: <reason>. It takes {inputs} and gives {outputs}.':
    '{file} 不是可以询问的评分器：<reason>。它接受 {inputs}，给出 {outputs}。',
  'a scorer takes users, users and items, or histories': '评分器接受用户、用户与物品，或历史',
  'none of its outputs is named scores': '没有名为 scores 的输出',
  'its scores are neither float32 nor float64': '其得分既非 float32 也非 float64',
  'inputs are tensors of int32, int64 or float32': '输入应为 int32、int64 或 float32 张量',
  'an input does not say how many dimensions it has': '有输入未说明维数',
  'not just one of its inputs is named for users': '没有恰好一个输入以用户命名',
  'its rows are of {width} items, and the ids of items name row {row}':
    '其每行有 {width} 个物品，而物品 ID 指定了第 {row} 行',
  "its histories have exactly {places} places, and row 0, which would fill up shorter ones, is an item's":
    '其历史恰有 {places} 位，而用来补足较短历史的第 0 行属于某个物品',
  '{name} was trained on this data. Choose a run of other data.': '{name} 在此数据上训练。请选择其他数据的运行。',
  '{name} has learned no features of items, so it knows nothing of other data.':
    '{name} 未学习物品特征，因此对其他数据一无所知。',
  '{name} learns no features, so it knows nothing of the items of other data.':
    '{name} 不学习特征，因此对其他数据的物品一无所知。',
  '{name} makes no lists for users that it was not trained on, so it cannot score other data.':
    '{name} 无法为未参与训练的用户生成列表，因此无法为其他数据打分。',
  'No item of this data has a feature that {run} has learned on {dataset}; it lacks {missing}. Name the attributes alike.':
    '此数据没有物品具有 {run} 在 {dataset} 上学到的特征；缺少 {missing}。请使属性同名。',
  '{run} has learned nothing of the features of {dataset} that other data could use, or an older version trained it. Train it again.':
    '{run} 没有学到 {dataset} 中可供其他数据使用的特征，或由旧版本训练。请重新训练。',
  '{name}: its features are not what it learned any more. Train it again.':
    '{name}：其特征已不是当初所学。请重新训练。',
  'Trained on {dataset} as {run}: {known} of {items} items have a feature that it knows; {users} users are known by their histories.':
    '在 {dataset} 上训练（{run}）：{items} 个物品中有 {known} 个具有其所知特征；{users} 个用户凭历史为其所知。',
  '{name}: nothing of it is used: <reason>': '{name}：完全未使用：<reason>',
  '{name}: {shared} of {learned} columns that it has learned are in this data; {unknown} of this data it does not know, with {lost} of {values} numbers.':
    '{name}：已学的 {learned} 列中有 {shared} 列在此数据中；此数据有 {unknown} 列为其未知，占 {values} 个数中的 {lost} 个。',
  'this data has no such attribute of items.': '此数据没有该物品属性。',
  'this data has an attribute of another kind under that name.': '此数据中同名属性属于另一类型。',
  'components that were found in other data mean something else.': '在其他数据中求得的主成分含义不同。',
  'users are known by their histories alone.': '用户仅凭其历史为模型所知。',
  'onnxruntime does not open it ({reason})': 'onnxruntime 无法打开它（{reason}）',
  'onnxruntime stopped in it ({reason})': 'onnxruntime 在其中中止（{reason}）',
  'it gives {shape} numbers, where {wanted} scores are asked for': '它给出 {shape} 个数，而需要 {wanted} 个得分',
  '{file} row {row}: {id} has a vector already. An id has one row.':
    '{file} 第 {row} 行：{id} 已有向量。一个 ID 只有一行。',
  '{file} has no {side} of this data; it has {examples}. Choose the data that it was made from.':
    '{file} 没有此数据中的 ID（{side}）；其中有 {examples}。请选择生成它所用的数据。',
  '{file} is a pickle, which would run code when it is opened. Save the arrays as .npz or safetensors.':
    '{file} 是 pickle，打开时会执行代码。请将数组存为 .npz 或 safetensors。',
  '{file} is larger than 2 GiB. Save it as safetensors.': '{file} 大于 2 GiB。请存为 safetensors。',
  '{array} cannot be used: <reason>.': '无法使用 {array}：<reason>。',
  'it holds Python objects, which would run code when they are opened. Save it as numbers':
    '含有 Python 对象，打开时会执行代码。请存为数字',
  'it is an array of structures. Save it as float32': '它是结构数组。请存为 float32',
  'its type {type} is not read. Save it as float32': '不读取类型 {type}。请存为 float32',
  'its size is another than its header says': '其大小与文件头不符',
  'its header is not as NumPy writes it': '其文件头不是 NumPy 的写法',
  'it holds texts where numbers are needed': '需要数字，而它含有文本',
}
