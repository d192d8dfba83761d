import { Badge, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Columns } from '../../../../main/contract/experiment'
import type { FilePreview } from '../../../../main/contract/previews'
import { roles as allRoles, positionOf } from '../../../state/import'
import { type Column, DataTable } from '../../../widgets/data-table'
import styles from './preview.module.css'
import { useColumnChoices } from './roles'

type Row = (string | null)[]

/** The first rows as they are parsed, with the role of each column. */
export function PreviewRows({ preview, columns: used }: { preview: FilePreview; columns: Partial<Columns> | null }) {
  const { t } = useTranslation()
  const names = useColumnChoices(preview)
  const columns: Column<Row>[] = names.map(({ label }, position) => {
    const role = used && allRoles.find((name) => positionOf(preview, used[name]) === position)
    return {
      key: String(position),
      heading: (
        <>
          <span className="data">{label}</span>
          {role && (
            <Badge variant="light" size="sm" ml="xs" tt="none">
              {t(`data.import.role.${role}`)}
            </Badge>
          )}
        </>
      ),
      cell: (row) => <span className={`${styles.cell} clipped`}>{row[position]}</span>,
    }
  })
  return (
    <section aria-label={t('data.import.parsed')}>
      <Text size="xs" c="dimmed" mb={4}>
        {t('data.import.parsed')}
      </Text>
      <div className={styles.box}>
        <DataTable
          label={t('data.import.parsed')}
          columns={columns}
          rows={preview.rows}
          keyOf={(_, index) => String(index)}
          maximumHeight={230}
        />
      </div>
    </section>
  )
}

/** The first lines of the file, unparsed. */
export function RawLines({ lines }: { lines: string[] }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary className={styles.summary}>{t('data.import.rawLines')}</summary>
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <li key={index}>{line.slice(0, 2000)}</li>
        ))}
      </ol>
    </details>
  )
}
