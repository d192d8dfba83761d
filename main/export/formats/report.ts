import { explainedLists } from '../run-report/explained-lists'
import { runReport } from '../run-report/page'
import { writeText } from './card'
import type { ExportFormat } from './format'

/** All that is known of a run as one page to read and to print. */
export const report: ExportFormat = {
  id: 'report',
  kind: 'run',
  extension: 'html',
  refusal: () => null,
  async write(source, folder) {
    await writeText(folder, 'report.html', await runReport(source, await explainedLists(source)))
  },
}
