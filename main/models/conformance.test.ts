import { describe } from 'vitest'
import { conformance } from './conformance'
import { models } from './registry'

for (const model of models) describe(model.id, () => conformance(model))
