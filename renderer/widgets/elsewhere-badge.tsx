import { Badge } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../main/contract/records'

/** Marks a run that another program made. */
export function ElsewhereBadge({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  if (!run.elsewhere) return null
  return (
    <Badge
      variant="outline"
      color="gray"
      c="var(--mantine-color-text)"
      size="sm"
      tt="none"
      flex="none"
      title={t('elsewhere.explain')}
    >
      {t('elsewhere.badge')}
    </Badge>
  )
}
