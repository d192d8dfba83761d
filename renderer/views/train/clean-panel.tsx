import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExperimentDraft } from '../../state/experiment'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'

/** Which interactions count. */
export function CleanPanel({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const hasRatings = dataset.profile.ratings.length > 0 || dataset.source.columns?.rating !== undefined
  return (
    <Panel title={t('train.clean.title')}>
      <div className="fields">
        <Select
          label={t('train.clean.duplicates')}
          data={(['all', 'last', 'first'] as const).map((value) => ({
            value,
            label: t(`train.clean.duplicatesChoices.${value}`),
          }))}
          value={draft.duplicates}
          onChange={(value) => change({ duplicates: value as ExperimentDraft['duplicates'] })}
        />
        {hasRatings && (
          <NumberInput
            label={t('train.clean.minimumRating')}
            description={t('train.clean.minimumRatingHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={draft.minimumRating}
            onChange={(minimumRating) => change({ minimumRating })}
          />
        )}
        {(['userCore', 'itemCore'] as const).map((field) => (
          <NumberInput
            key={field}
            label={t(`train.clean.${field}`)}
            description={t('train.clean.coreHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            allowDecimal={false}
            value={draft[field]}
            onChange={(value) => change({ [field]: value })}
          />
        ))}
      </div>
    </Panel>
  )
}
