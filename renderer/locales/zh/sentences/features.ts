import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of features, and of the encoders and pictures that they are made of. */
export const featureSentences: Sentences = {
  '{field}: the {of} have no attribute {column}; their attributes: {known}.':
    '{field}：没有属性 {column}（{of}）；已有的属性：{known}。',
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
  'The {of} have no attribute {name}; <choice>.': '没有属性 {name}（{of}）；<choice>。',
  'choose one of {known}': '请从 {known} 中选择',
  'open the data with a file of {of}': '请附上 {of} 的文件打开数据',
  '{name} is <wanted> in row {row}: "{cell}".': '{name} 的第 {row} 行<wanted>：“{cell}”。',
  'no vector': '不是向量',
  'no vector of {length} numbers': '不是 {length} 个数的向量',
  "{file} is damaged. Copy the encoder's folder again.": '{file} 已损坏。请重新复制编码器的文件夹。',
  'features[{index}]: <problem>': 'features[{index}]：<problem>',
}
