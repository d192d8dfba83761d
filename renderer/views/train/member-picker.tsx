import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSay } from '../../locales/say'
import { chosenWithIt } from '../../state/experiment'
import { possibleMembers } from '../../state/fill'
import { newestFirst, useWorkbench } from '../../state/workbench'
import type { FormProps } from './form'

/** Of which trained runs an ensemble is made, or of the models that are ticked with it. */
export function MemberPicker({ dataset, draft, change }: FormProps) {
  const { t } = useTranslation()
  const say = useSay()
  const models = useWorkbench((state) => state.models)
  const runs = useWorkbench((state) => state.runs)
  const possible = newestFirst(possibleMembers(runs.values(), draft, dataset))
  const ticked = chosenWithIt(draft, models).map(({ name }) => say(name))
  const names = ticked.length > 0 ? ticked.join(', ') : t('ensemble.nothingTicked')
  return (
    <MultiSelect
      ml={24}
      my={6}
      maw={560}
      label={t('ensemble.members')}
      description={t('ensemble.help', { models: names })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={possible.map(({ id, name }) => ({ value: id, label: name }))}
      value={[...draft.members]}
      searchable
      clearable
      hidePickedOptions
      onChange={(members) => change({ members })}
    />
  )
}
