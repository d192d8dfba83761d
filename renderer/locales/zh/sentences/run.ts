import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of runs: their training, their log, and what became of them. */
export const runSentences: Sentences = {
  'There is no run {id}.': '没有运行 {id}。',
  'evaluation.item_attribute: the items have no attribute {name} of categories or vectors; they have: {known}.':
    'evaluation.item_attribute：物品没有名为 {name} 的类别或向量属性；现有：{known}。',
  'There is no model {id}.': '没有模型 {id}。',
  '{model} diverged in epoch {epoch}: its {value} is no number any more. Choose a smaller learning rate, or values on a smaller scale.':
    '{model} 在第 {epoch} 轮发散：其 {value} 已不是有效数字。请降低 learning_rate，或缩小数值的范围。',
  'params.period: this data has no timestamps, so nothing is recent. Choose all.':
    'params.period：此数据没有时间戳，无法区分近期。请选择 all。',
  'params.regularization: it is too small for this data, the equations cannot be solved. Raise it.':
    'params.regularization：对此数据过小，方程无法求解。请调大。',
  'There is no user {user} in the data of {run}, after cleaning.': '清洗后，{run} 的数据中没有用户 {user}。',
  'There is no trained model in {folder}.': '{folder} 中没有训练好的模型。',
  'The data of this run is deleted. Restore the dataset first.': '此运行的数据已删除。请先恢复数据集。',
  'TopN ended before this run was done. Run it again.': 'TopN 在此运行完成前结束了。请再次运行。',
  '{name} is {state}; only a failed or cancelled run is trained again.':
    '{name} 的状态不允许：只有失败或已取消的运行可以重新训练。',
  '{name} is not trained, so there is nothing to copy. Run it again.': '{name} 未训练，没有可复制的内容。请再次运行。',
  '{name} is not trained; its lists come once it is.': '{name} 尚未训练；训练后才有列表。',
  '{name} is not trained yet.': '{name} 尚未训练。',
  '{name} cannot be written as an experiment file: <reason>': '{name} 无法写成实验文件：<reason>',
  'Open the data as one file first.': '请先把数据作为一个文件打开。',
  '{model} cannot score items, so it gives no lists.': '{model} 不能给物品打分，因此没有列表。',
  '{model} would need about {bytes}; the limit is {limit}.': '{model} 约需 {bytes}；上限为 {limit}。',
  'It held {bytes}; the limit is {limit}.': '占用了 {bytes}；上限为 {limit}。',
  'The run was not started: it does not fit into memory.': '运行未开始：内存放不下。',
  'What would fit: {offer}, with about {bytes}.': '放得下的是：{offer}，约需 {bytes}。',
  'The job ran out of memory.': '任务内存不足。',
  'Choose smaller parameters, clean the data to fewer interactions, or use a machine with more memory.':
    '请调小参数、清洗出更少的交互，或使用内存更大的机器。',
  "The job's process was ended {how} before it was done.": '任务进程在完成前结束（{how}）。',
  'The system does this when memory runs short.': '内存不足时系统会这样做。',
  'Run it again.': '请再次运行。',
  "JavaScript's heap was full.": 'JavaScript 堆已满。',
  'The prepared data in {folder} is missing or damaged. Delete the folder and run again.':
    '{folder} 中已准备的数据缺失或损坏。请删除该文件夹后再次运行。',
  'its files are a ready-made split, and the run splits their union in another way.':
    '其文件已是现成的划分，而此运行以另一种方式划分了它们的并集。',
  'it has a validation file and cuts another validation part off the training file.':
    '它已有验证文件，又从训练文件中另划出验证集。',
  '{folder} was written by another version of TopN. Train the model again.':
    '{folder} 由另一个版本的 TopN 写入。请重新训练模型。',
  '{path} is not the file that was written. Train the model again.': '{path} 不是当初写入的文件。请重新训练模型。',
  '{file} is damaged. Train the model again.': '{file} 已损坏。请重新训练模型。',
  // The log of a run.
  'Queued.': '已排队。',
  'Queued again.': '重新排队。',
  'Copied from {run}.': '复制自 {run}。',
  'Weights: {weights}.': '权重：{weights}。',
  'Training of {model} started with {threads} threads, seed {seed}.':
    '开始训练 {model}：{threads} 个线程，随机种子 {seed}。',
  'Phase: <phase>.': '阶段：<phase>。',
  'Data prepared: {train} interactions of {users} users and {items} items to train, {validation} to validate, {test} to test; {coldUsers} cold users, {coldItems} cold items.':
    '数据已准备：训练 {train} 次交互（{users} 个用户，{items} 个物品），验证 {validation} 次，测试 {test} 次；冷启动用户 {coldUsers} 个，冷启动物品 {coldItems} 个。',
  'Known of held-out users: {interactions} interactions of {users} users.':
    '留出用户的已知历史：{users} 个用户的 {interactions} 次交互。',
  'Failed ({code}): <message>': '失败（{code}）：<message>',
  'Where: {place}': '位置：{place}',
  'Done on {device} ({name}): fitted in {fit} s, evaluated in {evaluate} s, peak memory {memory}, {bytes} bytes on disk.':
    '在 {device}（{name}）上完成：训练 {fit} 秒，评估 {evaluate} 秒，内存峰值 {memory}，磁盘占用 {bytes} 字节。',
  // Phases of work; others are words of a model's own.
  prepare: '清洗与划分',
  encode: '编码特征',
  fit: '训练',
  evaluate: '评估',
  write: '写入',
}
