import { Button, Popover, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter, Subject } from '../../../../main/contract/filters'
import { changeFilters, withFilter, withoutFilter } from '../../../state/filters'
import { ValuesInput } from '../values-input'
import { filterOn, type View } from './view'

/** Narrows the profile down to users or items with one of some values of an attribute. */
export function AttributeFilter({ view }: { view: View }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const all = choicesOf(view)
  const { of, name } = all.find(({ key }) => key === chosen) ?? all[0] ?? { of: 'items', name: '' }
  if (all.length === 0) return null
  const { dataset, filters } = view
  const like: Extract<Filter, { by: 'attribute' }> = { by: 'attribute', of, name }
  const change = (values: string[]) =>
    changeFilters(dataset, values.length > 0 ? withFilter(filters, { ...like, values }) : withoutFilter(filters, like))
  return (
    <Popover width={340} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" size="compact-sm">
          {t('values.filter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Select
            label={t('values.attribute')}
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            data={(['items', 'users'] as const)
              .map((side) => ({
                group: t(`data.${side}`),
                items: all.filter((each) => each.of === side).map(({ key, name }) => ({ value: key, label: name })),
              }))
              .filter(({ items }) => items.length > 0)}
            value={keyOf(of, name)}
            onChange={setChosen}
          />
          <ValuesInput
            nested
            label={t('values.values')}
            datasetId={dataset.id}
            of={of}
            name={name}
            values={filterOn(filters, like)?.values ?? []}
            onChange={change}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

const keyOf = (of: Subject, name: string) => `${of} ${name}`

/** Attributes with values; numbers and dates have a chart to choose a range in. */
function choicesOf({ whole }: View) {
  return (whole.attributes ?? [])
    .filter(({ type }) => type === 'category' || type === 'multi-valued' || type === 'text')
    .map(({ of, name }) => ({ of, name, key: keyOf(of, name) }))
}
