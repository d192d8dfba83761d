import { Code, CopyButton, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The beginning of a hash; a click copies all of it. */
export function Hash({ value }: { value: string }) {
  const { t } = useTranslation()
  if (!value) return '–'
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <UnstyledButton fz="xs" onClick={copy} title={value} aria-label={`${t('run.copy')} ${value}`}>
          {copied ? t('run.copied') : <Code>{value.slice(0, 12)}</Code>}
        </UnstyledButton>
      )}
    </CopyButton>
  )
}
