/** Whether Cmd does what Ctrl does elsewhere. */
export const isMac = /Mac/.test(navigator.userAgent)
