/** Values of an attribute to choose from. */
export const values = {
  values: {
    search: '搜索取值',
    more_other: '另有 {{count, number}} 个取值，输入即可查找。',
    done: '已完成的比例',
    none: '没有这样的取值',
    filter: '按属性筛选',
    attribute: '属性',
    values: '取值为其中之一',
  },
}
