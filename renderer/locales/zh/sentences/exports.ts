import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of exports. */
export const exportSentences: Sentences = {
  '{name} is not trained; it can be exported once it is.': '{name} 尚未训练；训练完成后才能导出。',
  'There is something at {path} already. Choose another name, or let it be replaced.':
    '{path} 已有内容。请换一个名称，或允许替换。',
  '{path} holds something else than an export, so it is not replaced. Choose another name.':
    '{path} 中不是导出的内容，因此不会替换。请换一个名称。',
  '{path} cannot be written: <reason>. Nothing was left behind.': '无法写入 {path}：<reason>。没有留下任何文件。',
  'the disk is full. Free some space, or choose another place': '磁盘已满。请腾出空间或选择其他位置',
  'your share of the disk is used up. Free some space, or choose another place':
    '您的磁盘配额已用完。请腾出空间或选择其他位置',
  'the disk cannot be written to. Choose another place': '磁盘不可写。请选择其他位置',
  'writing there is not permitted. Choose another place': '没有写入权限。请选择其他位置',
  'the folder does not exist. Choose another place': '文件夹不存在。请选择其他位置',
  'a part of the path is a file. Choose another place': '路径中有一部分是文件。请选择其他位置',
  '{model} has no vectors of users and items whose product is a score.':
    '{model} 没有乘积即为得分的用户向量和物品向量。',
  '{model} has no vectors whose product is a score. Choose safetensors.':
    '{model} 没有乘积即为得分的向量。请选择 safetensors。',
  '{model} has no vectors or layers whose graph TensorFlow.js computes.':
    '{model} 没有 TensorFlow.js 可以计算其图的向量或层。',
  '{model} has no form that other programs can compute.': '{model} 没有其他程序可以计算的形式。',
  '{model} has no form that other programs can compute, with its parameters. Choose safetensors.':
    '以其参数，{model} 没有其他程序可以计算的形式。请选择 safetensors。',
  '{file} would have {size} GiB, and 1 GiB is the most for {program}. Choose safetensors.':
    '{file} 将有 {size} GiB，而 {program} 最多 1 GiB。请选择 safetensors。',
  '{model} has no vectors of users or items.': '{model} 没有用户或物品的向量。',
  '{model} says of no two items how alike they are.': '{model} 不能说明两个物品有多相似。',
  'What was written is not what is found when it is read back: {share} % of the rows that were looked at are others, and numbers differ by up to {difference}. Nothing was exported; please report this.':
    '写入的内容与读回的不一致：所查看的行中有 {share}% 不同，数值最多相差 {difference}。没有导出任何内容；请报告此问题。',
  "What was written does not give the model's scores when it is read back: <found>, and {share} % of the ten best are others. Nothing was exported; please report this.":
    '写出的文件读回后得不到模型的得分：<found>，且前十名中有 {share} % 不同。没有导出任何内容；请报告此问题。',
  'scores differ by up to {difference}': '得分相差最多 {difference}',
  'it lists other items than the model': '它列出的物品与模型不同',
  'a loader of its own': '独立的加载程序',
  '<reader>, and plain arithmetic': '<reader>，以及普通算术',
  '<reader>, and the model': '<reader>，以及模型本身',
  '{run} cannot be written as an experiment file, so nothing repeats it. Choose a format of its model.':
    '{run} 无法写成实验文件，因此无法重现。请选择其模型的格式。',
  'The files of {dataset} have the original ids. Allow them, or export the split.':
    '{dataset} 的文件含有原始 ID。请允许导出，或导出划分。',
  'There is no file {path} any more, so the run cannot be repeated from it.':
    '文件 {path} 已不存在，因此无法由它重现运行。',
  'Only lists are made from all data; a model is exported as it was judged.':
    '只有列表可由全部数据生成；模型按其评估时的状态导出。',
  'The files are too large for a zip archive, which ends at 4 GiB. Write a folder.':
    '文件过大，zip 压缩包上限为 4 GiB。请写入文件夹。',
  'There is no such export. Export it again.': '没有这个导出文件。请重新导出。',
}
