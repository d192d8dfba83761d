import { Anchor, Checkbox, Group, MultiSelect, NumberInput, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { ModelDescription, Parameter, ParameterValue } from '../../../main/contract/parameters'
import { useSay } from '../../locales/say'
import { kindsOf, type ModelSpaceDraft, type SpaceDraft, withKind } from '../../state/study-draft'
import { type Column, DataTable } from '../../widgets/data-table'
import styles from './study-views.module.css'

interface SpacePanelProps {
  model: ModelDescription
  space: ModelSpaceDraft['space']
  onChange(space: ModelSpaceDraft['space']): void
}

/** What is tried of each parameter of a model. */
export function SpacePanel({ model, space, onChange }: SpacePanelProps) {
  const { t } = useTranslation()
  const say = useSay()
  const [opened, panel] = useDisclosure(false)
  const searched = Object.values(space).filter(({ kind }) => kind !== 'fixed').length
  const title = t('tune.new.spaces', { model: say(model.name) })
  const put = (name: string, draft: SpaceDraft) => onChange({ ...space, [name]: draft })
  const columns: Column<Parameter>[] = [
    { key: 'name', heading: t('tune.space.parameter'), cell: (parameter) => <Named parameter={parameter} /> },
    {
      key: 'how',
      heading: t('tune.space.how'),
      cell: (parameter) => (
        <Select
          aria-label={t('tune.space.howOf', { name: parameter.name })}
          w={120}
          data={kindsOf(parameter).map((value) => ({ value, label: t(`tune.space.kinds.${value}`) }))}
          value={space[parameter.name].kind}
          onChange={(kind) => kind !== null && put(parameter.name, withKind(parameter, kind as SpaceDraft['kind']))}
        />
      ),
    },
    {
      key: 'values',
      heading: t('tune.space.values'),
      grow: true,
      cell: (parameter) => (
        <Values parameter={parameter} draft={space[parameter.name]} onChange={(draft) => put(parameter.name, draft)} />
      ),
    },
  ]
  return (
    <div>
      <Group gap="sm">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-expanded={opened}
          aria-label={title}
          onClick={panel.toggle}
        >
          {t('tune.new.searched', { count: searched })}
        </Anchor>
      </Group>
      {opened && <DataTable label={title} columns={columns} rows={model.parameters} keyOf={({ name }) => name} />}
    </div>
  )
}

function Named({ parameter: { name, meaning, when } }: { parameter: Parameter }) {
  const { t } = useTranslation()
  const say = useSay()
  const conditions = Object.entries(when ?? {}).map(([other, values]) => `${other} = ${values.join(', ')}`)
  return (
    <div title={say(meaning)}>
      <span className={`data ${styles.name}`}>{name}</span>
      {conditions.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('tune.space.when', { condition: conditions.join(' · ') })}
        </Text>
      )}
    </div>
  )
}

interface ValuesProps {
  parameter: Parameter
  draft: SpaceDraft
  onChange(draft: SpaceDraft): void
}

function Values({ parameter, draft, onChange }: ValuesProps) {
  if (draft.kind === 'range') return <RangeFields parameter={parameter} draft={draft} onChange={onChange} />
  if (draft.kind === 'choices') return <Choices parameter={parameter} draft={draft} onChange={onChange} />
  return <OneValue parameter={parameter} value={draft.value} onChange={(value) => onChange({ kind: 'fixed', value })} />
}

function RangeFields({ parameter, draft, onChange }: ValuesProps & { draft: Extract<SpaceDraft, { kind: 'range' }> }) {
  const { t } = useTranslation()
  const { name, type } = parameter
  const number = (end: 'from' | 'to') => (
    <NumberInput
      aria-label={t(`tune.space.${end}`, { name })}
      w={110}
      allowDecimal={type === 'number'}
      value={typeof draft[end] === 'boolean' ? '' : draft[end]}
      onChange={(value) => onChange({ ...draft, [end]: value })}
    />
  )
  return (
    <Group gap="xs" wrap="nowrap">
      {number('from')}
      <span aria-hidden="true">–</span>
      {number('to')}
      <Checkbox
        label={t('tune.space.logarithmic')}
        aria-label={t('tune.space.logarithmicOf', { name })}
        checked={draft.isLogarithmic}
        onChange={(event) => onChange({ ...draft, isLogarithmic: event.currentTarget.checked })}
      />
    </Group>
  )
}

function Choices({ parameter, draft, onChange }: ValuesProps & { draft: Extract<SpaceDraft, { kind: 'choices' }> }) {
  const { t } = useTranslation()
  const all: readonly ParameterValue[] = parameter.type === 'choice' ? parameter.choices : [true, false]
  return (
    <MultiSelect
      aria-label={t('tune.space.choices', { name: parameter.name })}
      data={all.map(String)}
      value={draft.values.map(String)}
      onChange={(chosen) =>
        onChange({ kind: 'choices', values: all.filter((value) => chosen.includes(String(value))) })
      }
    />
  )
}

interface OneValueProps {
  parameter: Parameter
  value: ParameterValue
  onChange(value: ParameterValue): void
}

function OneValue({ parameter, value, onChange }: OneValueProps) {
  const { t } = useTranslation()
  const label = t('tune.space.value', { name: parameter.name })
  if (parameter.type === 'boolean') {
    return (
      <Checkbox
        aria-label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    )
  }
  if (parameter.type === 'choice') {
    const put = (choice: string | null) => choice !== null && onChange(choice)
    return <Select aria-label={label} w={240} data={[...parameter.choices]} value={String(value)} onChange={put} />
  }
  return (
    <NumberInput
      aria-label={label}
      w={110}
      allowDecimal={parameter.type === 'number'}
      value={typeof value === 'boolean' ? '' : value}
      onChange={onChange}
    />
  )
}
