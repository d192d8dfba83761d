import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { chooseDataset } from '../../commands/steps'
import { navigate } from '../../state/router'
import { canTransfer } from '../../state/transfer'
import { useWorkbench } from '../../state/workbench'

/** Opens Train on other data with the run's model to be brought in; nothing where there is none, or the model cannot. */
export function UseOnOtherData({ run }: { run: RunRecord }) {
  const { t } = useTranslation()
  const isAble = useWorkbench(({ models }) => canTransfer(run, models))
  const datasets = useWorkbench((state) => state.datasets)
  const others = [...datasets.values()].filter(({ id }) => id !== run.datasetId)
  if (!isAble || others.length === 0) return null
  const use = (datasetId: string) => {
    chooseDataset(datasetId)
    navigate('train', { bring: run.id })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">{t('elsewhere.useOnOther')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => use(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
