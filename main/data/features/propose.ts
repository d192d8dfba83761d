import type { Feature } from '../../contract/features'
import type { Subject } from '../../contract/filters'
import type { AttributeType } from '../../contract/formats'

const principalComponents = 64

/** What is used where an experiment says nothing: categories and numbers as such, few components of vectors, no texts. */
export function proposeFeatures(
  attributes: Record<Subject, readonly { name: string; type: AttributeType }[]>,
): Feature[] {
  return (['items', 'users'] as const).flatMap((of) =>
    attributes[of].flatMap(({ name, type }) => proposalFor(of, name, type)),
  )
}

function proposalFor(of: Subject, column: string, type: AttributeType): Feature[] {
  switch (type) {
    case 'category':
    case 'multi-valued':
      return [{ as: 'categories', of, column, minimum_count: 1 }]
    case 'number':
    case 'date':
      return [{ as: 'number', of, column, scale: 'standard' }]
    case 'vector':
      return [{ as: 'vector', of, column, dimensions: principalComponents }]
    case 'text':
      return []
  }
}
