export const charts = {
  chart: {
    showTable: '以表格显示',
    showChart: '以图表显示',
    export: '导出 {{title}}',
    png: '图片（PNG）',
    svg: '矢量图（SVG）',
    csv: '数值（CSV）',
    brush: '“{{title}}”的范围',
    brushHelp: '方向键移动，按住 Shift 可拉伸范围；回车选定，Esc 取消。',
    everything: '全部',
    range: '选择',
    ofAll: '全部数据',
    partOf: '{{part}} / {{whole}}（{{share}}）',
  },
  table: {
    empty: '没有可显示的内容。',
    actions: '操作',
  },
}
