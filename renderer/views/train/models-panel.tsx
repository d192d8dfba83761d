import { useTranslation } from 'react-i18next'
import { useWorkbench } from '../../state/workbench'
import { Panel } from '../../widgets/panel'
import type { FormProps } from './form'
import { ModelCard } from './model-card'
import styles from './models-panel.module.css'

/** The models that can be trained, each with its parameters. */
export function ModelsPanel({ draft, change }: FormProps) {
  const { t } = useTranslation()
  const models = useWorkbench((state) => state.models)
  return (
    <Panel title={t('train.models.title')} flush>
      <ul className={styles.models}>
        {models.map((model) => (
          <ModelCard
            key={model.id}
            model={model}
            chosen={draft.models.includes(model.id)}
            values={draft.parameters[model.id] ?? {}}
            onChoose={(chosen) =>
              change({ models: [...draft.models.filter((id) => id !== model.id), ...(chosen ? [model.id] : [])] })
            }
            onValues={(values) => change({ parameters: { ...draft.parameters, [model.id]: values } })}
          />
        ))}
      </ul>
    </Panel>
  )
}
