import { describe } from 'vitest'
import { models } from '../registry'
import { conformance } from './conformance'

for (const model of models) describe(model.id, () => conformance(model))
