import { useTranslation } from 'react-i18next'
import { deviceMeant } from '../../../main/contract/devices'
import { isNetwork } from '../../../main/contract/parameters'
import { useEstimates } from '../../state/estimates'
import { isMadeOfRuns, validationProblem } from '../../state/experiment'
import type { PreviewAnswer } from '../../state/split-preview'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import { useRovingList } from '../../widgets/roving-list'
import type { FormProps } from './form'
import { MemberPicker } from './member-picker'
import { ModelCard } from './model-card'
import styles from './models-panel.module.css'

const untouched = {}

/** The models that can be trained, each with its parameters and what they would cost. */
export function ModelsPanel({ dataset, draft, change, preview }: FormProps & { preview: PreviewAnswer }) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  const devices = useWorkbench((state) => state.devices)
  const device = deviceMeant(draft.device, devices)
  const estimates = useEstimates(dataset, draft, models, preview.value, device)
  const { current, ...keys } = useRovingList(
    Math.max(
      0,
      models.findIndex(({ id }) => draft.models.includes(id)),
    ),
  )
  return (
    <Panel title={t('train.models.title')} note={t('train.models.keys')} flush>
      <ul className={styles.models} {...keys}>
        {models.map((model, at) => (
          <ModelCard
            key={model.id}
            dataset={dataset}
            model={model}
            chosen={draft.models.includes(model.id)}
            values={draft.parameters[model.id] ?? untouched}
            estimate={estimates.get(model.id)}
            card={device && device !== 'cpu' && isNetwork(model) ? device : null}
            problem={draft.models.includes(model.id) ? validationProblem(model, draft, dataset) : null}
            isCurrent={at === current}
          >
            {isMadeOfRuns(model) && <MemberPicker dataset={dataset} draft={draft} change={change} />}
          </ModelCard>
        ))}
      </ul>
    </Panel>
  )
}
