import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { PreparedData } from '../../data/prepared'
import type { Interactions } from '../../models/model'
import { interactionsOf } from '../../models/testing'
import type { EvaluateRequest } from '../evaluate'

const dataFolder = process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')
export const sequencesFile = join(dataFolder, 'lastfm-sequences', 'LastFM.txt')

export const protocol: EvaluateRequest['evaluation'] = {
  candidates: 'all',
  exclude_seen: true,
  cutoffs: [10],
  metrics: ['hit-rate', 'ndcg'],
}

/**
 * LastFM as Zhou et al. 2020 (S3-Rec) cut it: of each user the last item is the test, the last but one validation, and
 * lists for the test are made of all items before it. `learned` is without both, `prepared.train` without the test.
 */
export function readSequences(): { learned: Interactions; prepared: PreparedData } {
  const lines = readFileSync(sequencesFile, 'utf8').trimEnd().split('\n')
  const rows = lines.map((line) => line.split(' ').slice(1).map(Number))
  const items = Math.max(...rows.flat()) + 1
  const cut = (count: number) =>
    interactionsOf(
      rows.map((row) => row.slice(0, row.length - count)),
      items,
    )
  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index))
  return {
    learned: cut(2),
    prepared: {
      hash: 'lastfm-sequences',
      userIds: ids(rows.length),
      itemIds: ids(items),
      titles: null,
      train: cut(1),
      foldIn: null,
      validation: null,
      test: interactionsOf(
        rows.map((row) => row.slice(-1)),
        items,
      ),
      candidates: null,
    },
  }
}
