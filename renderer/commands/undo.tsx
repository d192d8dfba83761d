import { Button, Group, Text } from '@mantine/core'
import i18next from 'i18next'
import type { EngineClient } from '../../main/contract/calls'
import { toPlainError } from '../../main/contract/errors'
import { hideNotice, notify, showError } from '../state/notify'
import { forget, type History, isForgotten, moving, type Step, stepBack, stepForward, useHistory } from './history'

/** Takes the last step back. */
export function undo(engine: EngineClient): Promise<void> {
  return move(engine, stepBack, 'undo')
}

/** Does again what was taken back last. */
export function redo(engine: EngineClient): Promise<void> {
  return move(engine, stepForward, 'redo')
}

async function move(
  engine: EngineClient,
  moved: (history: History) => { step: Step; history: History } | null,
  direction: 'undo' | 'redo',
): Promise<void> {
  const found = moved(useHistory.getState())
  if (!found) return
  const { step, history } = found
  useHistory.setState(history, true)
  try {
    const isMoved = await moving(async () => {
      // What was to be done may have failed while this waited.
      if (isForgotten(step)) return false
      await step[direction](engine)
      return true
    })
    if (!isMoved) return
    hideNotice(noticeOf(step))
    const text = i18next.t(`commands.steps.${step.text}`, { name: step.name })
    notify('info', i18next.t(direction === 'undo' ? 'commands.undone' : 'commands.redone', { step: text }))
  } catch (error) {
    forget(step)
    showError(toPlainError(error, true))
  }
}

/** Says what was done, with a button that takes it back for as long as it is the last step. */
export function offerUndo(engine: EngineClient, step: Step): void {
  const text = i18next.t(`commands.steps.${step.text}`, { name: step.name })
  notify('info', text, { id: noticeOf(step), content: <Offer text={text} onUndo={() => undo(engine)} /> })
}

function noticeOf(step: Step): string {
  return `${step.text} ${step.name}`
}

function Offer({ text, onUndo }: { text: string; onUndo: () => void }) {
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm" className="data">
        {text}
      </Text>
      <Button variant="default" onClick={onUndo}>
        {i18next.t('commands.undo')}
      </Button>
    </Group>
  )
}
