import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from './keys'
import type { PaletteEntry } from './palette'
import styles from './palette.module.css'
import type { Section } from './rank'
import { needsTarget } from './registry'
import { shortcutOf } from './shortcuts'

interface PaletteListProps {
  id: string
  sections: Section<PaletteEntry>[]
  /** Place of the entry that Enter runs. */
  active: number
  onTake(entry: PaletteEntry): void
  onPoint(place: number): void
}

/** The found entries under the headings of their groups. The field keeps the focus. */
export function PaletteList({ id, sections, active, onTake, onPoint }: PaletteListProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry, or other entries, may stand outside
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, sections])
  let place = 0
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('commands.results')} className={styles.list} tabIndex={-1}>
      {sections.map(({ group, entries }) => {
        const heading = group === null ? t('commands.recent') : t(`commands.groups.${group}`)
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
          <div key={group ?? ''} role="group" aria-label={heading}>
            <div className={styles.heading} aria-hidden="true">
              {heading}
            </div>
            {entries.map((entry) => {
              const at = place++
              return (
                <Option
                  key={entry.id}
                  id={`${id}-${at}`}
                  entry={entry}
                  active={at === active}
                  onTake={() => onTake(entry)}
                  onPoint={() => onPoint(at)}
                />
              )
            })}
          </div>
        )
      })}
    </div>
  )
}

interface OptionProps {
  id: string
  entry: PaletteEntry
  active: boolean
  onTake(): void
  onPoint(): void
}

function Option({ id, entry, active, onTake, onPoint }: OptionProps) {
  const shortcut = entry.target ? null : shortcutOf(entry.command.id)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className={styles.option}
      onClick={onTake}
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={active ? undefined : onPoint}
    >
      <span className={`${styles.title} clipped`}>
        {entry.title}
        {needsTarget(entry) && '…'}
      </span>
      {entry.target?.note && <span className={`${styles.note} clipped`}>{entry.target.note}</span>}
      {shortcut && <Keys keys={shortcut} />}
    </div>
  )
}
