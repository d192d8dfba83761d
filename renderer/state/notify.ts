import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { Events } from '../../main/contract/calls'
import type { PlainError } from '../../main/contract/errors'

type Level = Events['notice']['level']

const colours: Record<Level, string> = { info: 'accent', warning: 'yellow', error: 'red' }
const milliseconds = 6000

/** Tells something at the edge of the window; what is more than information stays until it is closed. */
export function notify(level: Level, message: string): void {
  notifications.show({
    message,
    color: colours[level],
    autoClose: level === 'info' ? milliseconds : false,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
  })
}

export function showError(error: PlainError): void {
  notify('error', error.message)
}
