import { Modal, TextInput } from '@mantine/core'
import type { TFunction } from 'i18next'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserSummary } from '../../main/contract/records'
import { useAnswer } from '../state/engine'
import { remember, useMemory } from '../state/memory'
import { useWorkbench } from '../state/workbench'
import type { Command, CommandContext } from './command'
import { Keys } from './keys'
import styles from './palette.module.css'
import { PaletteList } from './palette-list'
import { rank, type Section } from './rank'
import { type Entry, entriesOf, needsTarget, titleOf } from './registry'
import { readState } from './state'

const limit = 60
const usersWanted = 8
const delay = 120
const mostRecent = 5

interface PaletteProps {
  opened: boolean
  onClose(): void
  onRun(entry: Entry, state: CommandContext['state']): void
}

/** One field that finds every command, and runs, datasets, users and workspaces by their names. */
export function Palette({ opened, onClose, onRun }: PaletteProps) {
  const { t } = useTranslation()
  return (
    <Modal.Root opened={opened} onClose={onClose} size={640} yOffset="12vh" transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.3} />
      <Modal.Content aria-label={t('commands.open')} radius="md">
        <Modal.Body p={0}>
          <Search onClose={onClose} onRun={onRun} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

export interface PaletteEntry extends Entry {
  asker: string | null
  title: string
  keywords: string
}

function Search(props: Omit<PaletteProps, 'opened'>) {
  const { t } = useTranslation()
  const listId = useId()
  const { query, ask, chosen, sections, entries, active, point, take, onKeyDown } = useSearch(props)
  const title = chosen && t(`commands.of.${chosen.id}.title`)
  return (
    <>
      <TextInput
        size="md"
        variant="unstyled"
        className={styles.field}
        role="combobox"
        aria-label={title === null ? t('commands.open') : t('commands.chooseFor', { title })}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={entries[active] && `${listId}-${active}`}
        placeholder={title === null ? t('commands.search') : t('commands.chooseFor', { title })}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={query}
        onChange={(event) => ask(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <PaletteList id={listId} sections={sections} active={active} onTake={take} onPoint={point} />
      {entries.length === 0 && (
        <p className={styles.none} role="status">
          {t('commands.none')}
        </p>
      )}
      <Hints canGoBack={chosen !== null} isFull={entries.length === limit} />
    </>
  )
}

/** What is asked for, of which command once one is chosen that needs a thing, and what is pointed at. */
function useSearch({ onClose, onRun }: Omit<PaletteProps, 'opened'>) {
  const [query, setQuery] = useState('')
  const [place, setPlace] = useState(0)
  const [chosen, setChosen] = useState<Command | null>(null)
  const [recent] = useState(() => useMemory.getState().commands)
  const { sections, state } = useFound(query, chosen, recent)
  const entries = sections.flatMap((section) => section.entries)
  const active = Math.min(place, entries.length - 1)

  function ask(text: string) {
    setQuery(text)
    setPlace(0)
  }
  function take(entry: PaletteEntry) {
    if (needsTarget(entry)) {
      setChosen(entry.command)
      return ask('')
    }
    remember({ commands: [entry.id, ...recent.filter((id) => id !== entry.id)].slice(0, mostRecent) })
    onClose()
    onRun(entry, state)
  }
  function back() {
    setChosen(null)
    ask('')
  }
  function onKeyDown(event: KeyboardEvent) {
    const action = keyAction(event, entries.length, active)
    if (action === 'run' && entries[active]) take(entries[active])
    else if (typeof action === 'number') setPlace(action)
    else if (event.key === 'Backspace' && query === '' && chosen) back()
    else return
    event.preventDefault()
  }
  return { query, ask, chosen, sections, entries, active, point: setPlace, take, onKeyDown }
}

/** The place that a key moves to, or that it runs what is there. */
function keyAction(event: KeyboardEvent, count: number, active: number): number | 'run' | null {
  if (event.nativeEvent.isComposing) return null
  switch (event.key) {
    case 'ArrowDown':
      return count === 0 ? 0 : (active + 1) % count
    case 'ArrowUp':
      return count === 0 ? 0 : (active - 1 + count) % count
    case 'PageDown':
      return Math.min(active + 8, count - 1)
    case 'PageUp':
      return Math.max(active - 8, 0)
    case 'Enter':
      return 'run'
    default:
      return null
  }
}

/** What answers the query: of everything, or of the things that a command can be applied to. */
function useFound(
  query: string,
  chosen: Command | null,
  recent: string[],
): { sections: Section<PaletteEntry>[]; state: CommandContext['state'] } {
  const { t } = useTranslation()
  useWorkbench()
  const workspaces = useAnswer('workspace.recent', {}).value ?? []
  const users = useUsers(query, chosen !== null)
  const state = readState({ workspaces, users })
  const all = entriesOf(state, t)
  const entries = chosen ? thingsOf(chosen, all) : all.flatMap((entry) => withTexts(entry, t))
  return { sections: rank(entries, query, chosen ? [] : recent, limit), state }
}

/** The things that a chosen command can be applied to, by their names. */
function thingsOf(chosen: Command, entries: Entry[]): PaletteEntry[] {
  return entries.flatMap((entry) =>
    entry.command === chosen && entry.target ? { ...entry, asker: null, title: entry.target.name, keywords: '' } : [],
  )
}

/** Everything but the palette itself. */
function withTexts(entry: Entry, t: TFunction): PaletteEntry[] {
  const { id } = entry.command
  if (id === 'openPalette') return []
  const asker = entry.target ? id : null
  return [{ ...entry, asker, title: titleOf(entry, t), keywords: t(`commands.of.${id}.keywords`) }]
}

/** Users whose id contains the query, or its last word behind a command's name; then the most active. */
function useUsers(query: string, isWhole: boolean): UserSummary[] {
  const datasetId = useWorkbench((state) => state.datasetInForce)
  const wanted = isWhole ? query : (query.trim().split(/\s+/).at(-1) ?? '')
  const input = (query: string) => (datasetId === null ? null : { datasetId, query, limit: usersWanted })
  const found = useAnswer('users.search', input(wanted), delay).value ?? []
  const active = useAnswer('users.search', input('')).value ?? []
  const ids = new Set(found.map(({ user }) => user))
  return [...found, ...active.filter(({ user }) => !ids.has(user))]
}

function Hints({ canGoBack, isFull }: { canGoBack: boolean; isFull: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={styles.hints}>
      <span>
        <Keys keys="up" /> <Keys keys="down" /> {t('commands.hintMove')}
      </span>
      <span>
        <Keys keys="enter" /> {t('commands.hintRun')}
      </span>
      <span>
        <Keys keys={canGoBack ? 'backspace' : 'escape'} />{' '}
        {canGoBack ? t('commands.hintBack') : t('commands.hintClose')}
      </span>
      {isFull && <span className={styles.more}>{t('commands.more', { count: limit })}</span>}
    </div>
  )
}
