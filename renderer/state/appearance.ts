import { localStorageColorSchemeManager, type MantineColorSchemeManager } from '@mantine/core'
import { remember, useMemory } from './memory'

const own = localStorageColorSchemeManager()

/** The theme that this person has chosen in this browser; where none is, the workspace's, else the system's. */
export function themeManager(): MantineColorSchemeManager {
  let isFollowing = false
  let stop = () => {}
  const get: MantineColorSchemeManager['get'] = (otherwise) => own.get(useMemory.getState().theme ?? otherwise)
  return {
    get,
    set(scheme) {
      if (isFollowing) return
      own.set(scheme)
      if (scheme !== 'auto') remember({ theme: scheme })
    },
    subscribe(update) {
      own.subscribe(update)
      stop = useMemory.subscribe(({ theme }, before) => {
        if (theme === before.theme) return
        // Mantine writes down what it is told, which would make it this person's choice.
        isFollowing = true
        update(get('auto'))
        isFollowing = false
      })
    },
    unsubscribe() {
      own.unsubscribe()
      stop()
    },
    clear: own.clear,
  }
}
