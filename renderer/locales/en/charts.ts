export const charts = {
  chart: {
    showTable: 'Show as a table',
    showChart: 'Show as a chart',
    export: 'Export {{title}}',
    png: 'Image (PNG)',
    svg: 'Drawing (SVG)',
    csv: 'Numbers (CSV)',
    brush: 'Range of {{title}}',
    brushHelp: 'Arrow keys move, with Shift they stretch. Enter chooses the range, Escape frees it.',
    everything: 'everything',
    range: 'Choose',
    ofAll: 'of all',
    partOf: '{{part}} of {{whole}} ({{share}})',
  },
  table: {
    empty: 'Nothing to show.',
    actions: 'Actions',
  },
}
