import type { FileFormat } from '../contract/experiment'
import type { FilePreview } from '../contract/previews'
import { proposeColumns } from '../data/columns'
import { timeOfColumn } from '../data/time'
import { lookAtFile } from './look'

const shownRows = 50

/** The first rows of a file under a layout, and which columns they suggest. */
export async function previewFile(path: string, given?: FileFormat): Promise<FilePreview> {
  const look = await lookAtFile(path, { format: given })
  const { bytes, format, header } = look
  const { columns, question } = proposeColumns(look)
  return {
    path,
    bytes,
    format,
    rawLines: look.lines.slice(0, shownRows),
    header,
    rows: look.rows.slice(0, shownRows),
    columns,
    question,
    time: timeOfColumn(look, columns.timestamp),
    sheets: look.sheets,
  }
}
