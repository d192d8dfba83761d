import { Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ModelDescription, type ParameterValue, presetOf } from '../../../main/contract/parameters'
import { useSay } from '../../locales/say'
import styles from './models-panel.module.css'

interface PresetSelectProps {
  model: ModelDescription
  values: Readonly<Record<string, ParameterValue>>
  tabIndex: number
  onValues(values: Record<string, ParameterValue>): void
}

const own = ''

/** The preset whose parameters the form has, or that they are one's own; another one takes their place. */
export function PresetSelect({ model, values, tabIndex, onValues }: PresetSelectProps) {
  const { t } = useTranslation()
  const say = useSay()
  const inForce = presetOf(model, values)
  const choices = model.presets.map(({ id, name }) => ({ value: id, label: say(name) }))
  return (
    <Select
      className={styles.preset}
      tabIndex={tabIndex}
      data-roving="own-keys"
      aria-label={t('cards.presetOf', { model: say(model.name) })}
      title={inForce && say(inForce.meaning)}
      allowDeselect={false}
      comboboxProps={{ width: 320, position: 'bottom-end' }}
      data={inForce ? choices : [...choices, { value: own, label: t('cards.own'), disabled: true }]}
      value={inForce?.id ?? own}
      onChange={(id) => onValues({ ...model.presets.find((preset) => preset.id === id)?.params })}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {say(model.presets.find(({ id }) => id === option.value)?.meaning ?? t('cards.ownMeaning'))}
          </Text>
        </div>
      )}
    />
  )
}
