export const charts = {
  chart: {
    showTable: 'Show as a table',
    showChart: 'Show as a chart',
    export: 'Export {{title}}',
    png: 'Image (PNG)',
    svg: 'Drawing (SVG)',
    csv: 'Numbers (CSV)',
  },
  table: {
    empty: 'Nothing to show.',
    actions: 'Actions',
  },
}
