import { type NotificationData, notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import type { Events } from '../../main/contract/calls'
import type { PlainError } from '../../main/contract/errors'
import { say } from '../locales/say'

type Level = Events['notice']['level']

/** An error or a warning, kept until the user dismisses it. */
export interface Notice {
  id: number
  level: Exclude<Level, 'info'>
  /** When it was told: milliseconds since 1970. */
  at: number
  message: string
}

/** The newest first. */
export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }))

const colours: Record<Level, string> = { info: 'accent', warning: 'yellow', error: 'red' }
const milliseconds = 6000
let count = 0

interface Toast {
  /** Replaces what was shown under the same name. */
  id?: string
  /** What stands there instead of the message alone. */
  content?: ReactNode
}

/** Tells something at the edge of the window; what is more than information stays until it is closed, and is kept. */
export function notify(level: Level, message: string, { id, content }: Toast = {}): void {
  const kept = level === 'info' ? null : toastOf(keepNotice(level, message))
  const data: NotificationData = {
    message: content ?? message,
    color: colours[level],
    autoClose: level === 'info' ? milliseconds : false,
    withBorder: true,
    // Where many are shown at once, errors come first.
    priority: level === 'info' ? 0 : 1,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
  }
  const name = id ?? kept
  if (name !== null) notifications.hide(name)
  notifications.show(name === null ? data : { ...data, id: name })
}

export function hideNotice(id: string): void {
  notifications.hide(id)
}

/** Keeps what is shown elsewhere already, such as the failure of a job. */
export function keepNotice(level: Notice['level'], message: string): number {
  const notice: Notice = { id: ++count, level, at: Date.now(), message }
  useNotices.setState(({ notices }) => ({ notices: [notice, ...notices] }))
  return notice.id
}

/** Takes it out of the list, and off the window where it is still shown. */
export function dismissNotice(id: number): void {
  notifications.hide(toastOf(id))
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}

export function dismissNotices(): void {
  for (const { id } of useNotices.getState().notices) dismissNotice(id)
}

function toastOf(noticeId: number): string {
  return `notice ${noticeId}`
}

export function showError(error: PlainError): void {
  notify('error', say(error.message))
}
