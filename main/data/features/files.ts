import type { Subject } from '../../contract/filters'
import { readSafetensors, writeSafetensors } from '../../files/safetensors'
import type { Tensors } from '../../models/model'
import { textsOf, textTensors, vector } from '../texts'
import type { AttributeColumn, AttributeTable } from './attributes'
import type { EncodedFeature } from './encode'

/** The attributes that a file of users, or items, has, beside their ids. */
export interface AttributeRows {
  readonly ids: readonly string[]
  readonly columns: readonly AttributeColumn[]
}
export type Attributes = Record<Subject, AttributeRows>

const sides: Subject[] = ['users', 'items']

/** The rows of `ids` in their order; whoever is not in the file has nothing. */
export function alignRows({ ids: known, columns }: AttributeRows, ids: readonly string[]): AttributeTable {
  const place = new Map(known.map((id, at) => [id, at]))
  const places = ids.map((id) => place.get(id))
  const aligned = columns.map((column) => ({
    ...column,
    cells: places.map((at) => (at === undefined ? '' : column.cells[at])),
  }))
  return { rows: ids.length, columns: aligned }
}

/** Hands attributes to a job. */
export async function writeAttributes(path: string, attributes: Attributes): Promise<void> {
  const tensors: Tensors = {}
  for (const of of sides) {
    const { ids, columns } = attributes[of]
    Object.assign(tensors, textTensors(`${of}.ids`, ids))
    Object.assign(
      tensors,
      aboutTensors(
        of,
        columns.map(({ cells: _, ...about }) => about),
      ),
    )
    columns.forEach(({ cells }, at) => void Object.assign(tensors, textTensors(`${of}.${at}`, cells)))
  }
  await writeSafetensors(path, tensors)
}

export async function readAttributes(path: string): Promise<Attributes> {
  const tensors = await readSafetensors(path)
  const rowsOf = (of: Subject): AttributeRows => ({
    ids: textsOf(tensors, `${of}.ids`) ?? [],
    columns: aboutOf<Omit<AttributeColumn, 'cells'>>(tensors, of).map((about, at) => ({
      ...about,
      cells: textsOf(tensors, `${of}.${at}`) ?? [],
    })),
  })
  return { users: rowsOf('users'), items: rowsOf('items') }
}

export async function writeFeatures(path: string, features: readonly EncodedFeature[]): Promise<void> {
  await writeSafetensors(path, featureTensors(features))
}

export function featureTensors(features: readonly EncodedFeature[]): Tensors {
  const tensors = aboutTensors(
    'features',
    features.map(({ of, rowsOf, group }) => ({ of, rowsOf, group })),
  )
  for (const [at, { names, offsets, indices, values }] of features.entries()) {
    Object.assign(tensors, textTensors(`${at}.names`, names))
    const rows = { offsets: vector(offsets), indices: vector(indices), values: vector(values) }
    for (const [name, tensor] of Object.entries(rows)) tensors[`${at}.${name}`] = tensor
  }
  return tensors
}

export async function readFeatures(path: string): Promise<EncodedFeature[]> {
  return featuresFromTensors(await readSafetensors(path))
}

export function featuresFromTensors(tensors: Tensors): EncodedFeature[] {
  const about = aboutOf<Pick<EncodedFeature, 'of' | 'rowsOf' | 'group'>>(tensors, 'features')
  return about.map((feature, at) => ({
    ...feature,
    names: textsOf(tensors, `${at}.names`) ?? [],
    offsets: tensors[`${at}.offsets`].data as Uint32Array,
    indices: tensors[`${at}.indices`].data as Uint32Array,
    values: tensors[`${at}.values`].data as Float32Array,
  }))
}

function aboutTensors(name: string, about: readonly object[]): Tensors {
  return textTensors(`${name}.about`, [JSON.stringify(about)])
}

function aboutOf<T>(tensors: Tensors, name: string): T[] {
  return JSON.parse(textsOf(tensors, `${name}.about`)?.[0] ?? '[]')
}
