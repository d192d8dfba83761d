import { useTranslation } from 'react-i18next'
import { deviceMeant } from '../../../main/contract/devices'
import { isNetwork } from '../../../main/contract/parameters'
import { useEstimates, withOffer } from '../../state/estimates'
import { isMadeOfRuns, validationProblem } from '../../state/experiment'
import type { PreviewAnswer } from '../../state/split-preview'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'
import { MemberPicker } from './member-picker'
import { ModelCard } from './model-card'
import styles from './models-panel.module.css'

/** The models that can be trained, each with its parameters and what they would cost. */
export function ModelsPanel({ dataset, draft, change, preview }: FormProps & { preview: PreviewAnswer }) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  const devices = useWorkbench((state) => state.devices)
  const device = deviceMeant(draft.device, devices)
  const estimates = useEstimates(dataset, draft, models, preview.value, device)
  return (
    <Panel title={t('train.models.title')} flush>
      <ul className={styles.models}>
        {models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            chosen={draft.models.includes(model.id)}
            values={draft.parameters[model.id] ?? {}}
            estimate={estimates.get(model.id)}
            elsewhere={device && device !== 'cpu' && isNetwork(model) ? device : null}
            problem={draft.models.includes(model.id) ? validationProblem(model, draft, dataset) : null}
            onChoose={(chosen) =>
              change({ models: [...draft.models.filter((id) => id !== model.id), ...(chosen ? [model.id] : [])] })
            }
            onValues={(values) => change({ parameters: { ...draft.parameters, [model.id]: values } })}
            onOffer={(offer) => change(withOffer(draft, model.id, offer))}
          >
            {isMadeOfRuns(model) && <MemberPicker dataset={dataset} draft={draft} change={change} />}
          </ModelCard>
        ))}
      </ul>
    </Panel>
  )
}
