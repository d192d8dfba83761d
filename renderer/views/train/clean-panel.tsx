import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../locales/format'
import { describeCleaning } from '../../state/describe-settings'
import { stepsOf } from '../../state/recipe'
import { formatRoute } from '../../state/router'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'

/** Which interactions count, in a line; the recipe itself is a room of the dataset. */
export function CleanPanel({ dataset, draft }: FormProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <Panel
      title={t('train.clean.title')}
      actions={
        <Button component="a" variant="default" href={formatRoute('data', { room: 'recipe' })}>
          {t('train.clean.toRecipe')}
        </Button>
      }
    >
      <Text size="sm" className="data">
        {describeCleaning(stepsOf(draft.clean, dataset), t, format)}
      </Text>
    </Panel>
  )
}
