import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AttributeSummary,
  type Feature,
  type FeatureKind,
  groupOf,
  isEncoder,
} from '../../../../main/contract/features'
import {
  canBeCrossed,
  columnsOf,
  kindsFor,
  newFeature,
  type OptionField,
  optionsOf,
  withOption,
} from '../../../state/features'
import styles from './features.module.css'
import { FolderField } from './folder-field'

interface FeatureFieldsProps {
  attributes: readonly AttributeSummary[]
  feature: Feature
  /** `field` names what is typed, null what is chosen. */
  onChange(feature: Feature, field: string | null): void
}

/** The kind of a feature, the kind's options, and the group that an ablation leaves out. */
export function FeatureFields({ attributes, feature, onChange }: FeatureFieldsProps) {
  const { t } = useTranslation()
  const [column] = columnsOf(feature)
  const side = feature.as === 'interests' ? 'items' : feature.of
  const attribute = attributes.find(({ of, name }) => of === side && name === column)
  const kinds: FeatureKind[] = feature.as === 'cross' || !attribute ? [feature.as] : kindsFor(attribute)
  const crossable = attributes.filter((each) => each.of === side && canBeCrossed(each)).map(({ name }) => name)
  return (
    <div className={styles.fields}>
      <Select
        className={styles.field}
        label={t('features.kind')}
        data={kinds.map((kind) => ({ value: kind, label: t(`features.kinds.${kind}`) }))}
        value={feature.as}
        onChange={(kind) => kind && onChange(newFeature(kind as FeatureKind, side, [column], feature.group), null)}
      />
      {feature.as === 'cross' && (
        <MultiSelect
          className={styles.wide}
          label={t('features.fields.columns')}
          data={crossable}
          maxValues={3}
          value={feature.columns}
          onChange={(columns) => columns.length > 1 && onChange({ ...feature, columns }, null)}
        />
      )}
      <Encoder feature={feature} onChange={onChange} />
      {optionsOf(feature).map((option) => (
        <Option key={`${feature.as} ${option.name}`} option={option} feature={feature} onChange={onChange} />
      ))}
      <TextInput
        className={styles.field}
        label={t('features.group')}
        placeholder={groupOf(withOption(feature, 'group', undefined))}
        value={feature.group ?? ''}
        onChange={({ currentTarget }) =>
          onChange(withOption(feature, 'group', currentTarget.value || undefined), 'group')
        }
      />
    </div>
  )
}

/** The folder of an encoder, and that of the pictures that it encodes. */
function Encoder({ feature, onChange }: Omit<FeatureFieldsProps, 'attributes'>) {
  const { t } = useTranslation()
  if (!isEncoder(feature)) return null
  const ofPictures = feature.as === 'image-encoder'
  return (
    <>
      <div className={styles.wide}>
        <FolderField
          label={t('features.encoder')}
          description={t(ofPictures ? 'features.imageEncoderHelp' : 'features.encoderHelp')}
          path={feature.path}
          onType={(path) => onChange({ ...feature, path }, 'path')}
          onChoose={(path) => onChange({ ...feature, path }, null)}
        />
      </div>
      {ofPictures && (
        <div className={styles.wide}>
          <FolderField
            label={t('features.images')}
            description={t('features.imagesHelp')}
            path={feature.images ?? ''}
            onType={(path) => onChange(withOption(feature, 'images', path || undefined), 'images')}
            onChoose={(path) => onChange(withOption(feature, 'images', path), null)}
          />
        </div>
      )}
    </>
  )
}

type OptionProps = Pick<FeatureFieldsProps, 'feature' | 'onChange'> & { option: OptionField }

function Option({ option, feature, onChange }: OptionProps) {
  const { t } = useTranslation()
  const value = (feature as Record<string, unknown>)[option.name]
  const label = t(`features.fields.${option.name}`)
  if (!('choices' in option))
    return <NumberOption option={option} feature={feature} onChange={onChange} label={label} />
  return (
    <Select
      className={styles.field}
      label={label}
      data={option.choices.map((choice) => ({
        value: choice,
        label: t(`features.choices.${choice}` as 'features.choices.log'),
      }))}
      value={String(value)}
      onChange={(chosen) => chosen && onChange(withOption(feature, option.name, chosen), null)}
    />
  )
}

/** What is typed counts once it is a number that the option takes. */
function NumberOption({ option, feature, onChange, label }: OptionProps & { label: string }) {
  const { t } = useTranslation()
  const kept = (feature as Record<string, unknown>)[option.name] as number | undefined
  const [typed, setTyped] = useState<{ text: number | string; kept: number | undefined } | null>(null)
  if ('choices' in option) return null
  const { minimum, maximum, optional = false, name } = option
  const isTaken = (text: number | string) =>
    (optional && text === '') || (typeof text === 'number' && text >= minimum && text <= maximum)
  // What was undone or chosen elsewhere is shown, whatever was typed before.
  const shown = typed && typed.kept === kept ? typed.text : (kept ?? '')
  return (
    <NumberInput
      className={styles.field}
      label={label}
      placeholder={optional ? t('features.all') : undefined}
      allowDecimal={false}
      value={shown}
      error={isTaken(shown) ? null : t('features.range', { minimum, maximum })}
      onChange={(text) => {
        const next = text === '' ? undefined : (text as number)
        setTyped({ text, kept: isTaken(text) ? next : kept })
        if (isTaken(text)) onChange(withOption(feature, name, next), name)
      }}
    />
  )
}
