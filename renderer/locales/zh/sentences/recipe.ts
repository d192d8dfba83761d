import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of cleaning and of pseudonyms. */
export const recipeSentences: Sentences = {
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
}
