import { Anchor, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type ParameterValue, presetOf } from '../../../main/contract/parameters'
import type { RunRecord } from '../../../main/contract/records'
import type { Series } from '../../../main/contract/repeat'
import { type Format, useFormat } from '../../locales/format'
import { useSay } from '../../locales/say'
import { stoppedBy, trainsNetwork } from '../../state/curves'
import {
  describeCandidates,
  describeCleaning,
  describeFeatures,
  describeSplit,
  describeValidation,
} from '../../state/describe-settings'
import { formatRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { type Field, Fields } from '../../widgets/fields'
import { Hash } from '../../widgets/hash'
import { isActive } from '../../widgets/job-progress'

/** Its preset, parameters and seed; those that differ from the model's defaults stand out. */
export function RunParameters({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const model = useWorkbench((state) => state.models.find(({ id }) => id === run.model))
  const say = useSay()
  const preset = model && presetOf(model, run.params)
  const named: Field[] =
    model && model.presets.length > 1 ? [[t('cards.preset'), preset ? say(preset.name) : t('cards.own')]] : []
  const fields = Object.entries(run.params).map(([name, value]): Field => {
    const changed = model?.parameters.find((parameter) => parameter.name === name)?.default !== value
    return [name, <Value key={name} text={written(value, format)} strong={changed} />]
  })
  return (
    <>
      {fields.length === 0 && (
        <Text size="sm" c="dimmed" pb={4}>
          {t('run.noParameters')}
        </Text>
      )}
      <Fields
        fields={[
          ...named,
          ...fields,
          [t('run.seed'), String(run.seed)],
          ...(run.series ? [[t('run.series'), seriesText(run.series, t)] satisfies Field] : []),
        ]}
      />
    </>
  )
}

function seriesText({ kind, index, count }: Series, t: TFunction): string {
  return t(`run.seriesOf.${kind}`, { number: index + 1, count })
}

function Value({ text, strong }: { text: string; strong: boolean }) {
  const { t } = useTranslation()
  if (strong) return <b>{text}</b>
  return <span title={t('run.default')}>{text}</span>
}

function written(value: ParameterValue, format: Format): string {
  return typeof value === 'number' ? format.value(value) : String(value)
}

/** Time, memory and room that it took. */
export function RunCost({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const seconds = (value: number | null) => (value === null ? '–' : format.duration(value))
  return (
    <Fields
      fields={[
        [t('run.fit'), seconds(run.fitSeconds)],
        ...learnedFields(run, t),
        [t('run.evaluate'), seconds(run.evaluateSeconds)],
        [t('run.peak'), run.peakBytes === null ? '–' : format.bytes(run.peakBytes)],
        [t('run.size'), run.bytes === 0 ? '–' : format.bytes(run.bytes)],
        [t('run.device'), deviceText(run, t)],
        [t('run.created'), format.moment(run.createdAt)],
      ]}
    />
  )
}

function deviceText({ device, deviceName, threads }: RunRecord, t: TFunction): string {
  const name = deviceName === null ? '' : ` · ${deviceName}`
  return `${t(`devices.names.${device}`)}${name} · ${t('top.threads', { count: threads })}`
}

/** Of a model that learns in epochs: how many, which are kept, and what it goes on with. */
function learnedFields(run: RunRecord, t: TFunction): Field[] {
  const { learned, continues } = run
  const fields: Field[] = []
  if (continues) {
    const { runId: run, epochs } = continues
    fields.push([
      t('control.continues'),
      <Anchor key="run" size="sm" href={formatRoute('run', { id: run })}>
        {t('control.continuesOf', { run, epochs })}
      </Anchor>,
    ])
  }
  if (!learned) return [...fields, ...awaitedFields(run, t)]
  const { epochs, bestEpoch, isStoppedEarly } = learned
  fields.push([t('control.epochs'), isStoppedEarly ? t('control.stoppedEarly', { epochs }) : String(epochs)])
  if (bestEpoch !== null) fields.push([t('control.bestEpoch'), t('control.ofEpoch', { epoch: bestEpoch })])
  return fields
}

/** The places of those that a network in training will have. */
function awaitedFields(run: RunRecord, t: TFunction): Field[] {
  if (!isActive(run) || !trainsNetwork(run)) return []
  const best: Field[] = stoppedBy(run) === null ? [] : [[t('control.bestEpoch'), '–']]
  return [[t('control.epochs'), '–'], ...best]
}

/** On what it was trained and how it was judged. */
export function RunSettings({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const format = useFormat()
  const dataset = useWorkbench((state) => state.datasets.get(run.datasetId)?.name ?? t('compare.deletedDataset'))
  const { clean, split, features, evaluation, dataHash, contentHash, prepared } = run
  const validation = split && describeValidation(split, t, format)
  return (
    <Fields
      fields={[
        [t('run.dataset'), dataset],
        [t('run.dataHash'), <Hash key="data" value={dataHash} />],
        [t('run.clean'), describeCleaning(clean, t, format)],
        ...(contentHash || isActive(run)
          ? [[t('run.contentHash'), <Hash key="rows" value={contentHash ?? ''} />] satisfies Field]
          : []),
        [t('run.split'), split ? describeSplit(split, t, format) : t('split.default')],
        ...(validation ? [[t('run.validation'), validation] satisfies Field] : []),
        ...(features ? [[t('run.features'), describeFeatures(features, t)] satisfies Field] : []),
        [t('run.prepared'), <Hash key="prepared" value={prepared ?? ''} />],
        [t('run.candidates'), describeCandidates(evaluation.candidates, t)],
        [t('run.seen'), evaluation.exclude_seen ? t('run.seenOut') : t('run.seenIn')],
      ]}
    />
  )
}
