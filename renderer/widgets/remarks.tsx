import { Stack, TagsInput, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Remarks } from '../../main/contract/records'
import { useAction } from '../state/engine'

interface RemarksFieldsProps {
  remarks: Pick<Remarks, 'tags' | 'notes'>
  /** Tags that others of the kind have, to choose from. */
  known: string[]
  onChange<K extends 'tags' | 'notes'>(field: K, value: Remarks[K]): Promise<void>
}

const mostTags = 20
const longestTag = 50
const longestNotes = 10_000

/** Tags and notes, edited in place: tags are kept at once, notes when the field is left. */
export function RemarksFields({ remarks, known, onChange }: RemarksFieldsProps) {
  const { t } = useTranslation()
  const [notes, setNotes] = useState(remarks.notes)
  const change = useAction(onChange)
  useEffect(() => setNotes(remarks.notes), [remarks.notes])
  return (
    <Stack gap="sm">
      <TagsInput
        label={t('remarks.tags')}
        placeholder={remarks.tags.length === 0 ? t('remarks.tagsHint') : ''}
        data={known}
        value={remarks.tags}
        maxTags={mostTags}
        maxLength={longestTag}
        onChange={(tags) => change.run('tags', tags)}
      />
      <Textarea
        label={t('remarks.notes')}
        placeholder={t('remarks.notesHint')}
        size="xs"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={longestNotes}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
        onBlur={() => {
          if (notes !== remarks.notes) void change.run('notes', notes)
        }}
      />
    </Stack>
  )
}

/** Every tag that any of the records has, in order. */
export function knownTags(records: Iterable<Pick<Remarks, 'tags'>>): string[] {
  return [...new Set([...records].flatMap(({ tags }) => tags))].sort()
}
