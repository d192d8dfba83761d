import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of maps. */
export const mapSentences: Sentences = {
  'Only {count} {of} have a vector, too few for a map. Choose another run.':
    '只有 {count} 个{of}有向量，不足以绘制地图。请选择其他运行。',
  '{name} is not trained; its map comes once it is.': '{name} 尚未训练；训练后才有地图。',
  'There is no such map; it may be of another version. Make it again.': '没有此地图；它可能属于其他版本。请重新绘制。',
  '{name} is of other things than the map. Choose a selection of its {of}.':
    '{name} 与地图的对象不同。请选择地图对象（{of}）的选择集。',
  'These maps have fewer than three points in common. Choose maps of the same data and side.':
    '这两张地图的共同点少于三个。请选择同一数据、同一对象的地图。',
  'The map has no point {place}.': '地图没有点 {place}。',
  'The map has no {k} clusters; those that were tried: {tried}.': '地图没有 {k} 个聚类；已尝试：{tried}。',
  '{name} has no values of single users of {key}. Choose another metric.':
    '{name} 没有 {key} 的逐用户值。请选择其他指标。',
  'The {of} have no attribute {name} of categories, numbers or dates. Choose another one.':
    '{of}没有名为 {name} 的类别、数值或日期属性。请选择其他属性。',
  project: '布局',
}
