import type { Store } from '../store'
import type { PseudonymKeyFile } from './pseudonym-key'
import type { Handlers } from './service'

type PrivacyCalls = Extract<keyof Handlers, `privacy.${string}`>

/** The key of pseudonyms, and how well users hide among others. */
export function privacyHandlers(store: Store, keyFile: PseudonymKeyFile): Pick<Handlers, PrivacyCalls> {
  const describeKey = async () => ({ createdAt: await keyFile.createdAt() })
  return {
    'privacy.key': describeKey,
    async 'privacy.destroyKey'() {
      await keyFile.destroy()
      return describeKey()
    },
    'privacy.anonymity': ({ datasetId, attributes }) => store.anonymity(datasetId, attributes),
  }
}
