import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { startTranslation } from './locales'
import { themeManager } from './state/appearance'
import { resolveVariables, theme } from './theme'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root')
await startTranslation()
const colorSchemeManager = themeManager()
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolveVariables}
    colorSchemeManager={colorSchemeManager}
    defaultColorScheme="auto"
  >
    <Notifications position="bottom-right" containerWidth={420} />
    <App />
  </MantineProvider>,
)
