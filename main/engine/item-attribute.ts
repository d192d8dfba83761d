import { TopnError } from '../contract/errors'
import type { CleanStep, Evaluation } from '../contract/experiment'
import type { Attribute, AttributeType } from '../contract/formats'
import type { DatasetRecord } from '../contract/records'
import { findMetric } from '../evaluation/metrics/registry'
import type { ItemAttribute, TaskContext } from '../training/tasks'
import { attributesOf, encodeFeatures, type FeatureOptions, type FeaturesRequest } from './features'

/** In the order in which one is chosen where none is named. */
const usableTypes: readonly AttributeType[] = ['multi-valued', 'category', 'vector']

/** The attribute of items by which lists are judged; null where there is none. Throws BAD_REQUEST for one that cannot be used. */
export function chooseItemAttribute(
  dataset: DatasetRecord,
  clean: readonly CleanStep[],
  { item_attribute: name }: Pick<Evaluation, 'item_attribute'>,
): Attribute | null {
  const { items } = attributesOf(dataset, clean)
  const usable = usableTypes.flatMap((type) => items.filter((attribute) => attribute.type === type))
  if (name === undefined) return usable[0] ?? null
  const found = usable.find((attribute) => attribute.name === name)
  if (found) return found
  const field = 'evaluation.item_attribute'
  const known = usable.map((attribute) => attribute.name).join(', ') || 'none'
  const message = `evaluation.item_attribute: the items have no attribute ${name} of categories or vectors; they have: ${known}.`
  throw new TopnError('BAD_REQUEST', message, { field })
}

type Request = Omit<FeaturesRequest, 'features'> & { evaluation: Evaluation }

/** Encodes the attribute beside the prepared data where a metric asks for it; null where none does, or there is none. */
export async function encodeItemAttribute(
  request: Request,
  options: FeatureOptions,
  context: TaskContext,
): Promise<ItemAttribute | null> {
  const { dataset, clean, evaluation } = request
  if (!evaluation.metrics.some((id) => findMetric(id).kind === 'described')) return null
  const attribute = chooseItemAttribute(dataset, clean, evaluation)
  if (!attribute) return null
  const areCategories = attribute.type !== 'vector'
  const common = { of: 'items' as const, column: attribute.name }
  const feature = areCategories
    ? { as: 'categories' as const, ...common, minimum_count: 1 }
    : { as: 'vector' as const, ...common }
  const { file } = await encodeFeatures({ ...request, features: [feature] }, options, context)
  return { file, areCategories }
}
