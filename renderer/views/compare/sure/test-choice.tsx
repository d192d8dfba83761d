import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type PairedTest, pairedTests } from '../../../../main/contract/comparison'
import { adjust } from '../../../state/router'

/** The choice of the test by which runs are compared. */
export function TestChoice({ test }: { test: PairedTest }) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('significance.test')}
      w={200}
      data={pairedTests.map((value) => ({ value, label: t(`significance.tests.${value}`) }))}
      value={test}
      onChange={(value) => value !== null && adjust('compare', { test: value })}
    />
  )
}
