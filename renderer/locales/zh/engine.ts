import type { Sentences } from '../../../main/contract/texts/sentences'
import { modelCardSentences } from '../../../main/contract/texts/zh/model-cards'
import { modelSentences } from '../../../main/contract/texts/zh/models'
import { neuralModelSentences } from '../../../main/contract/texts/zh/neural-models'
import { sequenceModelSentences } from '../../../main/contract/texts/zh/sequence-models'
import { compareSentences } from './sentences/compare'
import { trainingControlSentences } from './sentences/control'
import { dataSentences } from './sentences/data'
import { deviceSentences } from './sentences/devices'
import { ensembleSentences } from './sentences/ensemble'
import { exportSentences } from './sentences/exports'
import { featureSentences } from './sentences/features'
import { fileSentences } from './sentences/files'
import { importSentences } from './sentences/import'
import { mapSentences } from './sentences/map'
import { recipeSentences } from './sentences/recipe'
import { runSentences } from './sentences/run'
import { sandboxSentences } from './sentences/sandbox'
import { splitSentences } from './sentences/split'
import { studySentences } from './sentences/tune'
import { workspaceSentences } from './sentences/workspace'

/** What the engine says, in Chinese. */
export const engineSentences: Sentences = {
  ...compareSentences,
  ...trainingControlSentences,
  ...dataSentences,
  ...deviceSentences,
  ...ensembleSentences,
  ...exportSentences,
  ...featureSentences,
  ...fileSentences,
  ...importSentences,
  ...mapSentences,
  ...recipeSentences,
  ...runSentences,
  ...sandboxSentences,
  ...splitSentences,
  ...studySentences,
  ...workspaceSentences,
  ...modelCardSentences,
  ...modelSentences,
  ...neuralModelSentences,
  ...sequenceModelSentences,
}
