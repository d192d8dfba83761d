export const charts = {
  chart: {
    showTable: '以表格显示',
    showChart: '以图表显示',
    export: '导出 {{title}}',
    png: '图片（PNG）',
    svg: '矢量图（SVG）',
    csv: '数值（CSV）',
  },
  table: {
    empty: '没有可显示的内容。',
    actions: '操作',
  },
}
