import type { Sentences } from '../../../main/contract/texts/sentences'
import { deviceSentences } from './device-sentences'

/** What the engine says of files, runs, jobs and workspaces. */
export const engineSentences: Sentences = {
  ...deviceSentences,
  // Errors.
  'TopN met an error of its own; the log has it.': 'TopN 内部出错，详情见日志。',
  'Cancelled.': '已取消。',
  'A newer split is looked at instead.': '正在查看更新的划分。',
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
  'There is no run {id}.': '没有运行 {id}。',
  'There is no job {id}.': '没有任务 {id}。',
  'There is no dataset {id}.': '没有数据集 {id}。',
  '{field}: the {of} have no attribute {column}; their attributes: {known}.':
    '{field}：没有属性 {column}（{of}）；已有的属性：{known}。',
  'evaluation.item_attribute: the items have no attribute {name} of categories or vectors; they have: {known}.':
    'evaluation.item_attribute：物品没有名为 {name} 的类别或向量属性；现有：{known}。',
  'The candidates file has several lines for a user, and only one list of each user is stored. Choose runs that ranked all items, or one line of each user.':
    '候选文件中某个用户有多行，而每个用户只存一份列表。请选择对全部物品排序、或每个用户只有一行的运行。',
  '{name} holds no number. Use it as categories or as text.': '{name} 中没有数值。请作为类别或文本使用。',
  '{model} needs features of items. Open the data with a file of items, or choose features.':
    '{model} 需要物品特征。请附上物品文件打开数据，或选择特征。',
  '{model} takes no features. Choose a model that does.': '{model} 不使用特征。请选择使用特征的模型。',
  '{folder} holds no encoder: it needs model.onnx and {settings}. Choose another folder.':
    '{folder} 中没有编码器：需要 model.onnx 与 {settings}。请选择其他文件夹。',
  'Name the folder that holds the encoder: model.onnx and tokenizer.json.':
    '请填写编码器所在的文件夹：其中有 model.onnx 与 tokenizer.json。',
  'Name the folder that holds the encoder: model.onnx and preprocessor_config.json.':
    '请填写编码器所在的文件夹：其中有 model.onnx 与 preprocessor_config.json。',
  'Name the folder that holds the pictures.': '请填写图片所在的文件夹。',
  '{file} asks for what TopN does not do: {what}. Choose another encoder.':
    '{file} 要求 TopN 不支持的处理：{what}。请选择其他编码器。',
  'The encoder in {folder} cannot be used: it must take pixel values alone and give a vector for each picture.':
    '{folder} 中的编码器无法使用：它必须只接受像素值，并为每张图片给出一个向量。',
  'There is no such file.': '没有此文件。',
  'It is no file.': '它不是文件。',
  'It cannot be read.': '无法读取。',
  'It is damaged.': '文件已损坏。',
  'Its colours are those of print (CMYK).': '其颜色为印刷色（CMYK）。',
  'It ends too early.': '文件不完整。',
  'It is larger than 64 MB.': '超过 64 MB。',
  'It has more than 50 million pixels.': '超过 5000 万像素。',
  'It is far longer than wide.': '过于狭长。',
  'It is no JPEG, PNG or WebP picture.': '不是 JPEG、PNG 或 WebP 图片。',
  'It lies outside of the folder of pictures.': '位于图片文件夹之外。',
  '{column}: all {named} pictures have a vector.': '{column}：{named} 张图片都有向量。',
  '{column}: {missing} of {named} pictures have no vector.': '{column}：{named} 张图片中有 {missing} 张没有向量。',
  'No vector of {file}: <reason>': '{file} 没有向量：<reason>',
  'The encoder in {folder} cannot be used: it must take token ids and give a vector for each token.':
    '{folder} 中的编码器无法使用：它必须接受词元编号，并为每个词元给出一个向量。',
  'There is no model {id}.': '没有模型 {id}。',
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
  '{model} diverged in epoch {epoch}: its {value} is no number any more. Choose a smaller learning rate, or values on a smaller scale.':
    '{model} 在第 {epoch} 轮发散：其 {value} 已不是有效数字。请降低 learning_rate，或缩小数值的范围。',
  'params.period: this data has no timestamps, so nothing is recent. Choose all.':
    'params.period：此数据没有时间戳，无法区分近期。请选择 all。',
  'params.regularization: it is too small for this data, the equations cannot be solved. Raise it.':
    'params.regularization：对此数据过小，方程无法求解。请调大。',
  'There is no file {path}. Check the path and try again.': '没有文件 {path}。请检查路径后重试。',
  'There is no such export. Export it again.': '没有这个导出文件。请重新导出。',
  'There is no user {user} in the data of {run}, after cleaning.': '清洗后，{run} 的数据中没有用户 {user}。',
  'There is no trained model in {folder}.': '{folder} 中没有训练好的模型。',
  'This window belongs to another version of TopN. Reload it.': '此窗口属于另一个版本的 TopN。请重新加载。',
  'Another workspace is being opened. Wait until it is open.': '正在打开另一个工作区。请稍候。',
  'Work is under way: {titles}. Wait until it is done, or cancel it.': '任务正在进行：{titles}。请等待完成或取消。',
  '{path} is outside the folders that files may be opened from: {allowed}.':
    '{path} 不在允许打开文件的文件夹之内：{allowed}。',
  '{path} is not a whole path. Give the folder from the root on.': '{path} 不是完整路径。请给出从根开始的文件夹。',
  '{folder} is not a folder that can be read.': '{folder} 不是可读取的文件夹。',
  'The workspace {folder} cannot be made. Choose another folder.': '无法建立工作区 {folder}。请选择其他文件夹。',
  'The workspace {folder} is open in {who}. Close it there, or choose another workspace.':
    '工作区 {folder} 已在 {who} 中打开。请在那里关闭，或选择其他工作区。',
  '{path} cannot be opened. Check its permissions and the space on the disk.':
    '无法打开 {path}。请检查权限和磁盘空间。',
  '{path} is damaged or not a workspace of TopN. Restore it from a copy, or choose another workspace.':
    '{path} 已损坏，或不是 TopN 的工作区。请从备份恢复，或选择其他工作区。',
  '{path} was written by a newer TopN. Open it with that version.': '{path} 由更新版本的 TopN 写入。请用该版本打开。',
  'The data needs more memory than the database may use. Close other programs, or use less data.':
    '数据所需内存超出数据库可用的内存。请关闭其他程序，或减少数据。',
  'The data of this run is deleted. Restore the dataset first.': '此运行的数据已删除。请先恢复数据集。',
  'TopN ended before this run was done. Run it again.': 'TopN 在此运行完成前结束了。请再次运行。',
  '{name} is {state}; only a failed or cancelled run is trained again.':
    '{name} 的状态不允许：只有失败或已取消的运行可以重新训练。',
  '{name} is not trained, so there is nothing to copy. Run it again.': '{name} 未训练，没有可复制的内容。请再次运行。',
  '{name} is not trained; its lists come once it is.': '{name} 尚未训练；训练后才有列表。',
  '{name} is not trained yet.': '{name} 尚未训练。',
  '{name} cannot be written as an experiment file: <reason>': '{name} 无法写成实验文件：<reason>',
  'Open the data as one file first.': '请先把数据作为一个文件打开。',
  'it is made of runs with other seeds.': '其成员使用其他随机种子。',
  'Make it of runs with its own seed.': '请用随机种子与它相同的运行组成。',
  'it is made of runs with different features.': '其成员使用不同的特征。',
  'Make it of runs with the same features.': '请用特征相同的运行组成。',
  '{title} is {state}; only failed or cancelled work is repeated.':
    '{title} 的状态不允许：只有失败或已取消的任务可以重试。',
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
  'Cleaning left no interactions. Loosen its steps.': '清洗后没有剩下交互。请放宽清洗步骤。',
  '{field}: the {step} step <reason>': '{field}：{step} 步骤<reason>',
  'needs <column>, which the data lacks at that point. Take the step out.':
    '需要<column>，而数据此时没有。请去掉该步骤。',
  ratings: '评分',
  timestamps: '时间戳',
  'an event column': '事件列',
  'gives no weight to {events}. Give each event of the data one; 0 leaves it out.':
    '没有给 {events} 权重。请为数据中的每种事件给出权重；0 表示去掉。',
  'makes ratings too large to compute with. Choose other numbers.': '使评分大到无法计算。请另选数值。',
  'takes the logarithm of 1 + rating, and ratings go down to {lowest}.': '要取 1 + 评分的对数，而评分最低为 {lowest}。',
  'needs the attribute {name}, which {of} do not have here{others}.': '需要属性 {name}，而此处的 {of} 没有它{others}。',
  'names the attribute {name}, which {of} do not have here.': '指定了属性 {name}，而此处的 {of} 没有它。',
  'A newer change of the recipe is counted instead.': '正在统计配方更新后的内容。',
  'attributes: users have no attribute {name}.': 'attributes：用户没有属性 {name}。',
  '{path} is damaged, so that pseudonyms would differ from those made before. Restore it from a copy, or destroy the key.':
    '{path} 已损坏，生成的假名会与之前的不同。请从副本恢复，或销毁密钥。',
  'The prepared data in {folder} is missing or damaged. Delete the folder and run again.':
    '{folder} 中已准备的数据缺失或损坏。请删除该文件夹后再次运行。',
  '{field}.strategy: {strategy} needs a timestamp column, which this data lacks. Choose random or leave-one-out.':
    '{field}.strategy：{strategy} 需要时间戳列，而此数据没有。请选择 random 或 leave-one-out。',
  'The file is larger than {size}. Open it from the disk of this machine.':
    '文件大于 {size}。请从运行 TopN 的机器的磁盘打开。',
  'The disk of the workspace is full. Free some space and try again.': '工作区所在磁盘已满。请腾出空间后重试。',
  'The connection is gone: {reason}.': '连接已断开：{reason}。',
  'The connection was refused. Open the address with its token, as TopN printed it.':
    '连接被拒绝。请打开 TopN 显示的、带令牌的地址。',
  'The upload was cut off. Try again.': '上传中断。请重试。',
  // Features, splits and parameters.
  'The {of} have no attribute {name}; <choice>.': '没有属性 {name}（{of}）；<choice>。',
  'choose one of {known}': '请从 {known} 中选择',
  'open the data with a file of {of}': '请附上 {of} 的文件打开数据',
  '{name} is <wanted> in row {row}: "{cell}".': '{name} 的第 {row} 行<wanted>：“{cell}”。',
  'no vector': '不是向量',
  'no vector of {length} numbers': '不是 {length} 个数的向量',
  "{file} is damaged. Copy the encoder's folder again.": '{file} 已损坏。请重新复制编码器的文件夹。',
  'features[{index}]: <problem>': 'features[{index}]：<problem>',
  '{place}: no interaction lies <side> this point in time.': '{place}：此时间点<side>没有交互。',
  'at or after': '及之后',
  before: '之前',
  '{field}.at: {at} cannot be read. Write 2024-01-31, 2024-01-31T12:00:00Z or +01:00 for Z.':
    '{field}.at：无法读取 {at}。请写成 2024-01-31、2024-01-31T12:00:00Z，或以 +01:00 代替 Z。',
  'split.strategy: this dataset was not read from separate train and test files.':
    'split.strategy：此数据集不是从分开的训练文件和测试文件读取的。',
  '{file}, line {line}: {reason}. Expected (user,item), then the negatives, separated by tabs.':
    '{file} 第 {line} 行：{reason}。应为 (user,item)，其后是负例，以制表符分隔。',
  'its files are a ready-made split, and the run splits their union in another way.':
    '其文件已是现成的划分，而此运行以另一种方式划分了它们的并集。',
  'it has a validation file and cuts another validation part off the training file.':
    '它已有验证文件，又从训练文件中另划出验证集。',
  '{folder} was written by another version of TopN. Train the model again.':
    '{folder} 由另一个版本的 TopN 写入。请重新训练模型。',
  '{path} is not the file that was written. Train the model again.': '{path} 不是当初写入的文件。请重新训练模型。',
  '{file} is damaged. Train the model again.': '{file} 已损坏。请重新训练模型。',
  'Newer filters are asked for instead.': '正在计算更新的筛选。',
  'The workspace was closed.': '工作区已关闭。',
  // Filters and selections.
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
  '{name} has no lists yet; its values come once it is trained.': '{name} 还没有列表；训练完成后才有数值。',
  'These runs have no values per user of {key}: it is measured over all lists together, or was not asked for. Choose another metric.':
    '这些运行没有 {key} 的每用户数值：它由所有列表一起算得，或未被要求。请选择其他指标。',
  '{first} and {second} are on other data or another split, so that no user can be looked at in both. Choose two runs of one group.':
    '{first} 与 {second} 的数据或划分不同，无法在两者中查看同一用户。请选择同一组的两次运行。',
  // Reading files.
  '{file} cannot be read in this layout. Choose another delimiter, quote or encoding.':
    '{file} 无法按此格式读取。请选择其他分隔符、引号或编码。',
  '{path} is not {encoding} text. Choose another encoding.': '{path} 不是 {encoding} 文本。请选择其他编码。',
  '{file}: the quote that opens in line {line} never closes. Mend that line, or choose a layout without quotes.':
    '{file}：第 {line} 行的引号没有结束。请修正该行，或选择不带引号的格式。',
  '{file}: it is not clear which column is which.': '{file}：无法确定各列的含义。',
  'The file has no header and {width} columns.': '文件没有表头，共 {width} 列。',
  'The columns are {columns}.': '各列为 {columns}。',
  'Say which column holds {which}.': '请指明哪一列是 {which}。',
  'The row has fewer than {width} cells.': '该行少于 {width} 个单元格。',
  'The row has more than {width} cells.': '该行多于 {width} 个单元格。',
  'A quoted cell does not end with its quote.': '带引号的单元格没有以引号结束。',
  'The line is longer than 2 MB.': '该行超过 2 MB。',
  'The text is not UTF-8.': '文本不是 UTF-8。',
  'The rating is not a number.': '评分不是数字。',
  'The rating is too large.': '评分过大。',
  'The timestamp is not a date or time.': '时间戳不是日期或时间。',
  '{file} does not exist or cannot be read. Check the path.': '{file} 不存在或无法读取。请检查路径。',
  '{file} cannot be read. Check its permissions.': '{file} 无法读取。请检查权限。',
  '{file} is a folder. Choose a file in it.': '{file} 是文件夹。请选择其中的文件。',
  '{file} is not a regular file. Choose a file on disk.': '{file} 不是普通文件。请选择磁盘上的文件。',
  '{file} is empty. Choose a file with interactions.': '{file} 是空文件。请选择含有交互的文件。',
  '{file} is packed twice. Unpack it first.': '{file} 被压缩了两次。请先解压。',
  '{file} is an empty zip archive. Choose a file with interactions.':
    '{file} 是空的 zip 压缩包。请选择含有交互的文件。',
  '{file} is bzip2-compressed. Unpack it first.': '{file} 以 bzip2 压缩。请先解压。',
  '{file} is xz-compressed. Unpack it first.': '{file} 以 xz 压缩。请先解压。',
  '{file} is an old Excel workbook. Save it as .xlsx, or the sheet as CSV.':
    '{file} 是旧版 Excel 工作簿。请另存为 .xlsx，或把工作表存为 CSV。',
  '{file} is an SQLite database. Export the table as CSV.': '{file} 是 SQLite 数据库。请把表导出为 CSV。',
  '{file} is a PDF document. Choose a file with interactions.': '{file} 是 PDF 文档。请选择含有交互的文件。',
  '{file} is not text. Choose a CSV, TSV or Parquet file.': '{file} 不是文本。请选择 CSV、TSV 或 Parquet 文件。',
  '{file} is <found>, not <wanted>. Choose another format.': '{file} 是<found>，而非<wanted>。请选择其他格式。',
  'a Parquet file': 'Parquet 文件',
  'a zip archive or an Excel workbook': 'zip 压缩包或 Excel 工作簿',
  'gzip-compressed': 'gzip 压缩文件',
  'zstd-compressed': 'zstd 压缩文件',
  'plain text': '纯文本',
  '{file} is not a whole Parquet file. Choose another.': '{file} 不是完整的 Parquet 文件。请选择其他文件。',
  '{file}: its {compression} data <reason>. Get a whole copy of the file.':
    '{file}：其 {compression} 数据<reason>。请获取完整的文件。',
  'is cut off before its end': '在结束前中断',
  'is damaged': '已损坏',
  '{file} holds more than the {limit} GiB that the disk has room for. Make room, or read a part of it.':
    '{file} 解压后超过磁盘可容纳的 {limit} GiB。请腾出空间，或只读取其中一部分。',
  '{file} has {columns} columns. Choose another delimiter.': '{file} 有 {columns} 列。请选择其他分隔符。',
  // Folders of files.
  '{folder} is not a folder that can be read. Choose another.': '{folder} 不是可读取的文件夹。请选择其他文件夹。',
  '{folder} is a folder without files. Choose a file, or another folder.':
    '{folder} 中没有文件。请选择文件，或其他文件夹。',
  '{folder} is a folder of different files: {names}. Name those that hold the interactions.':
    '{folder} 中有不同的文件：{names}。请指明哪些文件含有交互。',
  // Excel.
  '{file} is a workbook without cells. Choose a file with interactions.':
    '{file} 是没有单元格的工作簿。请选择含有交互的文件。',
  '{file} is a workbook of more than {size} MiB. <advice>': '{file} 是超过 {size} MiB 的工作簿。<advice>',
  '{file} is a workbook that cannot be read. <advice>': '{file} 是无法读取的工作簿。<advice>',
  '{file} unpacks to more than {size} MiB. <advice>': '{file} 解压后超过 {size} MiB。<advice>',
  'Save the sheet as CSV.': '请把工作表存为 CSV。',
  '{file} has no sheet "{name}"; its sheets are {sheets}.': '{file} 没有工作表“{name}”；已有：{sheets}。',
  '{file} is a zip archive. Unpack it first.': '{file} 是 zip 压缩包。请先解压。',
  '{file} is a damaged zip archive or workbook. Get a whole copy of the file.':
    '{file} 是损坏的 zip 压缩包或工作簿。请获取完整的文件。',
  // JSON.
  '{file} is JSON in {encoding}. Save it as UTF-8.': '{file} 是 {encoding} 编码的 JSON。请存为 UTF-8。',
  '{file} is one JSON document. Save its list of interactions, as one array or one object a line.':
    '{file} 是单个 JSON 文档。请只保存其中的交互列表：一个数组，或每行一个对象。',
  '{file} is not one whole JSON array. Get a whole copy of the file.':
    '{file} 不是完整的 JSON 数组。请获取完整的文件。',
  '{file} has no JSON object in its first lines. Choose another format.':
    '{file} 的前几行中没有 JSON 对象。请选择其他格式。',
  'The line is not JSON.': '该行不是 JSON。',
  'The line is not a JSON object.': '该行不是 JSON 对象。',
  // Columns and times.
  '{file} has {width} columns, so there is no column {column} (from 0).':
    '{file} 有 {width} 列，因此没有第 {column} 列（从 0 起）。',
  '{file} has a header, so name a column by it, not by its position {column}; <choices>.':
    '{file} 有表头，请用列名而非位置 {column}；<choices>。',
  '{file} has no header, so name a column by its position from 0, not "{column}".':
    '{file} 没有表头，请用从 0 起的位置指定列，而非“{column}”。',
  '{file} has several columns "{column}"; <choices>.': '{file} 有多个“{column}”列；<choices>。',
  '{file} has no column "{column}"; <choices>.': '{file} 没有“{column}”列；<choices>。',
  'its columns are {columns}': '各列为 {columns}',
  "{file}: say which column holds the {side}'s id; the columns are {columns}.":
    '{file}：请指明哪一列是 {side} 的 ID；各列为 {columns}。',
  '{file}: the timestamp column holds no times that are understood. Say how they are written, or choose another column, or none.':
    '{file}：时间戳列中没有能识别的时间。请说明时间的写法，或选择其他列，或不选。',
  'dataset.time.pattern: {pattern} is no pattern of times. Use letters such as %d.%m.%Y %H:%M:%S.':
    'dataset.time.pattern：{pattern} 不是时间格式。请使用 %d.%m.%Y %H:%M:%S 这样的写法。',
  'dataset.time.zone: there is no time zone {zone}. Give a name such as Europe/Berlin.':
    'dataset.time.zone：没有时区 {zone}。请填写 Europe/Berlin 这样的名称。',
  'The timestamp is not a time written as {pattern}.': '时间戳不是按 {pattern} 写的时间。',
  'The timestamp is not a time in {unit}.': '时间戳不是以 {unit} 为单位的时间。',
  // Rows.
  '{file} has no row that can be used.<why> Check columns, delimiter and header.':
    '{file} 没有可用的行。<why>请检查列、分隔符和表头。',
  ' Line {line}: <reason> It reads: {text}.': '第 {line} 行：<reason>内容为：{text}。',
  '{file}: <reason> Check the quotes and the delimiter.': '{file}：<reason>请检查引号和分隔符。',
  '{lines} lines are there, but {kept} read, {rejected} rejected and {skipped} skipped.':
    '共有 {lines} 行，但读取 {kept} 行、拒绝 {rejected} 行、跳过 {skipped} 行。',
  'It is not clear where its rows end.': '无法确定各行在何处结束。',
  'The row cannot be read ({reason}).': '该行无法读取（{reason}）。',
  'The user is empty.': '用户为空。',
  'The item is empty.': '物品为空。',
  'The event is empty.': '事件为空。',
  'An earlier row has the same {side}.': '前面的行已有同一 {side}。',
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
