/** What a chart can be saved as: an image, or the numbers behind it. */
export const chartFormats = ['png', 'svg', 'csv'] as const
export type ChartFormat = (typeof chartFormats)[number]

/** A chart that is to be taken away. */
export interface ExportedChart {
  readonly title: string
  save(format: ChartFormat): Promise<void>
}
