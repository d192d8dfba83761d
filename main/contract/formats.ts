import * as v from 'valibot'

/** A column: its header, or its zero-based position where the file has none. */
export const columnSchema = v.union([
  v.pipe(v.string(), v.minLength(1)),
  v.pipe(v.number(), v.integer(), v.minValue(0)),
])
export type Column = v.InferOutput<typeof columnSchema>

export const columnsSchema = v.strictObject({
  user: columnSchema,
  item: columnSchema,
  rating: v.optional(columnSchema),
  timestamp: v.optional(columnSchema),
  /** What the user did: view, cart, purchase. The cleaning step `event-weights` turns it into values. */
  event: v.optional(columnSchema),
})
/** Which columns of an interactions file play which role. */
export type Columns = v.InferOutput<typeof columnsSchema>

const encodingSchema = v.picklist(['utf-8', 'latin-1', 'utf-16'])
export type Encoding = v.InferOutput<typeof encodingSchema>

const compressionSchema = v.picklist(['gzip', 'zstd'])
export type Compression = v.InferOutput<typeof compressionSchema>

export const delimitedFormatSchema = v.strictObject({
  kind: v.literal('delimited'),
  delimiter: v.pipe(v.string(), v.minLength(1), v.maxLength(4)),
  header: v.boolean(),
  encoding: encodingSchema,
  quote: v.picklist(['"', '']),
  /** Lines above the header, or above the first row: titles and comments. */
  skip: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
  /** What stands before the fraction of a number; a point where it is left out. */
  decimal: v.optional(v.picklist(['.', ','])),
  compression: v.optional(compressionSchema),
})
export const jsonFormatSchema = v.strictObject({
  kind: v.literal('json'),
  /** One object a line (JSON Lines), or one array of objects. */
  lines: v.boolean(),
  compression: v.optional(compressionSchema),
})
export const excelFormatSchema = v.strictObject({
  kind: v.literal('excel'),
  sheet: v.pipe(v.string(), v.minLength(1)),
  header: v.boolean(),
})
export const parquetFormatSchema = v.strictObject({ kind: v.literal('parquet') })
/** A user and their items in time order on each line, separated by spaces; the place is the time. */
export const sequencesFormatSchema = v.strictObject({
  kind: v.literal('sequences'),
  /** UTF-8 where it is left out. */
  encoding: v.optional(encodingSchema),
  compression: v.optional(compressionSchema),
})
/** How a file is laid out. Proposed by the preview, confirmed by the user, never guessed again while reading. */
export const formatSchema = v.variant('kind', [
  delimitedFormatSchema,
  jsonFormatSchema,
  excelFormatSchema,
  parquetFormatSchema,
  sequencesFormatSchema,
])
export type FileFormat = v.InferOutput<typeof formatSchema>
export type DelimitedFormat = v.InferOutput<typeof delimitedFormatSchema>

export const numericTimeUnits = ['seconds', 'milliseconds', 'microseconds', 'nanoseconds'] as const
/** The name of a time zone, such as Europe/Berlin, for times whose text has no offset; UTC where it is left out. */
const zone = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64)))
export const timeSchema = v.variant('unit', [
  v.strictObject({ unit: v.picklist(numericTimeUnits) }),
  v.strictObject({ unit: v.literal('iso'), zone }),
  v.strictObject({
    unit: v.literal('pattern'),
    /** In the field's usual letters: `%d.%m.%Y %H:%M:%S`. */
    pattern: v.pipe(v.string(), v.minLength(2), v.maxLength(100)),
    zone,
  }),
])
/** How timestamps are written: a number of units since 1970, ISO 8601, or a pattern. */
export type TimeFormat = v.InferOutput<typeof timeSchema>

export const attributeTypes = ['category', 'multi-valued', 'text', 'number', 'date', 'vector'] as const
export type AttributeType = (typeof attributeTypes)[number]

/** What is known of each item, or user: a text column of the store's table, as the file has it. */
export interface Attribute {
  /** The column's header in the file, or its position. */
  name: string
  type: AttributeType
  /** Between the values of a multi-valued attribute or a vector; null where they are a JSON list, and for other types. */
  separator: string | null
  /** The column's name in the store's table. */
  column: string
}

export const attributeSchema = v.union([
  columnSchema,
  v.strictObject({
    column: columnSchema,
    /** What the attribute is called where its header, or position, does not say it. */
    name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    /** Proposed from the cells where it is left out. */
    type: v.optional(v.picklist(attributeTypes)),
    /** Between the values of a multi-valued attribute. */
    separator: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(4))),
  }),
])

const path = v.pipe(v.string(), v.minLength(1))
const attributesFile = {
  path,
  id: v.optional(columnSchema),
  features: v.optional(v.array(attributeSchema)),
  format: v.optional(formatSchema),
}
export const itemsFileSchema = v.strictObject({ ...attributesFile, title: v.optional(columnSchema) })
/** A file with a row for each item. Columns that are left out are recognised by their names. */
export type ItemsFile = v.InferOutput<typeof itemsFileSchema>
export const usersFileSchema = v.strictObject(attributesFile)
/** A file with a row for each user. */
export type UsersFile = v.InferOutput<typeof usersFileSchema>

/** A file, several files, or a folder: the files in it that have one layout, in the order of their names. */
export const interactionsSchema = v.union([path, v.pipe(v.array(path), v.minLength(1))])
export type InteractionsPath = v.InferOutput<typeof interactionsSchema>

export function mapPaths(interactions: InteractionsPath, change: (path: string) => string): InteractionsPath {
  return typeof interactions === 'string' ? change(interactions) : interactions.map(change)
}

export function pathsOf(interactions: InteractionsPath): string[] {
  return typeof interactions === 'string' ? [interactions] : interactions
}
