import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './data-table.module.css'
import { nextSort, type Sort, type SortValue, sortRows } from './sort'

export interface Column<Row> {
  key: string
  heading: ReactNode
  /** Numbers stand right. */
  align?: 'right'
  cell(row: Row): ReactNode
  /** Takes the room that the other columns leave, and no more. */
  grow?: boolean
  /** Makes the column sortable. */
  sortBy?(row: Row): SortValue
  /** The direction of the first click; descending for values of which more is better. */
  firstDirection?: Sort['direction']
}

export interface DataTableProps<Row> {
  /** What the table shows, for those who hear it. */
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  keyOf(row: Row, index: number): string
  sort?: Sort
  onSort?(sort: Sort): void
  /** The rows stand in the order of `sort` already. */
  isSorted?: boolean
  isCurrent?(row: Row): boolean
  /** A row that is a heading of those below it instead of cells: its text. Null for any other row. */
  headingOf?(row: Row): ReactNode | null
  /** In pixels. With it the table scrolls within, and only the rows in sight are drawn. */
  maximumHeight?: number
  empty?: string
  /** The last rows are in sight: called so that more can be brought, where there are more. */
  onEnd?(): void
}

const rowHeight = 32

/**
 * A real table: sortable headings, a current row, and any number of rows. A row is drawn anew only where it or
 * `columns` is another, so long tables keep both as they are from one drawing to the next.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, keyOf, sort, onSort, isSorted, isCurrent, headingOf, maximumHeight } = props
  const { t } = useTranslation()
  const rows = useSorted(props.rows, columns, isSorted ? undefined : sort)
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    enabled: maximumHeight !== undefined,
  })
  const drawn = virtual.getVirtualItems()
  const shown = maximumHeight === undefined ? rows.map((_, index) => index) : drawn.map(({ index }) => index)
  const before = drawn[0]?.start ?? 0
  const last = drawn.at(-1)?.index ?? 0
  const { onEnd } = props
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 1) onEnd?.()
  }, [last, rows.length, onEnd])
  const after = maximumHeight === undefined ? 0 : virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0)

  return (
    <div
      ref={scroll}
      className={styles.scroll}
      style={{ maxHeight: maximumHeight }}
      tabIndex={maximumHeight ? 0 : undefined}
    >
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <caption>{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} columns={columns.length} />
          {shown.map((index) => (
            <TableRow
              key={keyOf(rows[index], index)}
              measure={maximumHeight === undefined ? undefined : virtual.measureElement}
              index={index}
              row={rows[index]}
              columns={columns as readonly Column<unknown>[]}
              heading={headingOf?.(rows[index]) ?? null}
              isCurrent={isCurrent?.(rows[index]) ?? false}
            />
          ))}
          <Spacer height={after} columns={columns.length} />
        </tbody>
      </table>
      {rows.length === 0 && <div className={styles.empty}>{props.empty ?? t('table.empty')}</div>}
    </div>
  )
}

function useSorted<Row>(rows: readonly Row[], columns: Column<Row>[], sort: Sort | undefined): readonly Row[] {
  const sortBy = columns.find(({ key }) => key === sort?.column)?.sortBy
  const direction = sort?.direction
  return useMemo(() => (direction && sortBy ? sortRows(rows, sortBy, direction) : rows), [rows, sortBy, direction])
}

interface TableRowProps {
  measure: ((element: Element | null) => void) | undefined
  index: number
  row: unknown
  columns: readonly Column<unknown>[]
  heading: ReactNode
  isCurrent: boolean
}

const TableRow = memo(function TableRow({ measure, index, row, columns, heading, isCurrent }: TableRowProps) {
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} aria-current={isCurrent ? 'true' : undefined}>
      {heading !== null && (
        <th scope="rowgroup" colSpan={columns.length} className={styles.group}>
          <span>{heading}</span>
        </th>
      )}
      {heading === null &&
        columns.map((column) => (
          <td key={column.key} className={classOf(column)}>
            {column.cell(row)}
          </td>
        ))}
    </tr>
  )
})

function classOf<Row>({ align, grow }: Column<Row>): string | undefined {
  return grow ? styles.grow : align && styles.right
}

interface HeadingProps<Row> {
  column: Column<Row>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}

function Heading<Row>({ column, sort, onSort }: HeadingProps<Row>) {
  const className = column.align && styles.right
  if (!sort || !onSort || !column.sortBy) {
    return (
      <th scope="col" className={className}>
        {column.heading}
      </th>
    )
  }
  const direction = sort.column === column.key ? sort.direction : undefined
  return (
    <th scope="col" aria-sort={direction ?? 'none'} className={className}>
      <button
        type="button"
        className={styles.heading}
        onClick={() => onSort(nextSort(sort, column.key, column.firstDirection ?? 'ascending'))}
      >
        {column.align === 'right' && <Arrow direction={direction} />}
        {column.heading}
        {column.align !== 'right' && <Arrow direction={direction} />}
      </button>
    </th>
  )
}

/** Takes no room, so that headings stand where their cells do. */
function Arrow({ direction }: { direction: Sort['direction'] | undefined }) {
  if (!direction) return null
  return (
    <span className={styles.arrow} aria-hidden="true">
      {direction === 'ascending' ? '↑' : '↓'}
    </span>
  )
}

/** Stands for the rows out of sight. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  )
}
