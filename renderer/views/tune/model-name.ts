import type { StudyRecord } from '../../../main/contract/tuning'
import { useSay } from '../../locales/say'
import { useWorkbench } from '../../state/workbench'

/** A model as it is called in the language in force. */
export function useModelName(): (id: string) => string {
  const say = useSay()
  const models = useWorkbench((state) => state.models)
  return (id) => say(models.find((model) => model.id === id)?.name ?? id)
}

export function modelNames({ settings }: StudyRecord, nameOf: (id: string) => string): string {
  return settings.models.map(({ model }) => nameOf(model)).join(', ')
}
