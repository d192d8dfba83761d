import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of files that are read. */
export const fileSentences: Sentences = {
  'There is no file {path}. Check the path and try again.': '没有文件 {path}。请检查路径后重试。',
  '{path} is outside the folders that files may be opened from: {allowed}.':
    '{path} 不在允许打开文件的文件夹之内：{allowed}。',
  '{path} is not a whole path. Give the folder from the root on.': '{path} 不是完整路径。请给出从根开始的文件夹。',
  '{folder} is not a folder that can be read.': '{folder} 不是可读取的文件夹。',
  'The file is larger than {size}. Open it from the disk of this machine.':
    '文件大于 {size}。请从运行 TopN 的机器的磁盘打开。',
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
}
