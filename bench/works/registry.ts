import { alsWorks } from './als'
import { bprWorks } from './bpr'
import { linearWorks } from './linear'
import { neighbourWorks } from './neighbours'
import { ratingWorks } from './ratings'
import type { Work } from './work'

export const works: readonly Work[] = [...alsWorks, ...bprWorks, ...neighbourWorks, ...linearWorks, ...ratingWorks]
