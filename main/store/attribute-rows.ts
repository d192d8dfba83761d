import type { AttributeValues } from '../contract/exploration'
import type { Subject } from '../contract/filters'
import type { Attribute } from '../contract/formats'
import type { AttributeRows } from '../data/features/files'
import { readTexts } from './arrays'
import { attributeValues } from './attribute-values'
import { identifier, type WorkspaceDatabase } from './database'
import { tablesOf } from './dataset-tables'

/** Attributes of users and items as the files have them. */
export interface AttributeStore {
  /** The ids of all users, or items, that the file of them has, and their attributes; '' where there is none. */
  attributeRows(datasetId: string, of: Subject, attributes: readonly Attribute[]): Promise<AttributeRows>
  /** The most frequent values of an attribute of all users, or items, that the file of them has. */
  attributeValues(
    datasetId: string,
    of: Subject,
    attribute: Attribute,
    options: { contains: string; limit: number },
  ): Promise<AttributeValues>
}

export function createAttributeStore(database: WorkspaceDatabase): AttributeStore {
  return {
    attributeRows: (datasetId, of, attributes) =>
      database.use(async (connection) => {
        const table = tablesOf(datasetId)[of]
        const read = (column: string) =>
          readTexts(connection, `SELECT ${identifier(column)} FROM ${table} ORDER BY rowid`)
        const columns: AttributeRows['columns'][number][] = []
        for (const { name, type, separator, column } of attributes) {
          columns.push({ name, type, separator, cells: await read(column) })
        }
        return { ids: attributes.length > 0 ? await read(of === 'items' ? 'item' : 'user') : [], columns }
      }),
    attributeValues: (datasetId, of, attribute, options) =>
      database.use((connection) => attributeValues(connection, attribute, tablesOf(datasetId)[of], options)),
  }
}
