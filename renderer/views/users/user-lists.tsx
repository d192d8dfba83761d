import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, RunRecord } from '../../../main/contract/records'
import type { ListRules } from '../../../main/contract/sandbox'
import { useShownLists } from '../../state/shown-lists'
import { Empty } from '../../widgets/states'
import { FindUser } from './find-user'
import { History } from './history'
import { RulesPanel } from './rules-panel'
import { RunLists } from './run-lists'
import { UserSearch } from './user-search'
import styles from './users-screen.module.css'
import { type Asked, WhyDialog } from './why-dialog'

const longestShown = 50

interface UserListsProps {
  dataset: DatasetRecord
  runs: RunRecord[]
  user: string | null
  onUser(user: string): void
  rules: ListRules
  onRules(rules: ListRules): void
}

/** One user's history beside what each run recommends to them. */
export function UserLists({ dataset, runs, user, onUser, rules, onRules }: UserListsProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.columns}>
      <div className={styles.user}>
        <FindUser dataset={dataset} runs={runs} user={user} onChoose={onUser} />
        <UserSearch dataset={dataset} user={user} onChoose={onUser} />
        {user !== null && <History key={`${runs[0].id} ${user}`} run={runs[0]} user={user} />}
      </div>
      {user === null && <Empty title={t('users.chooseTitle')} text={t('users.chooseText')} />}
      {user !== null && (
        <div className={styles.user}>
          <RulesPanel runs={runs} rules={rules} onChange={onRules} />
          <Beside key={user} runs={runs} user={user} rules={rules} />
        </div>
      )}
    </div>
  )
}

/** The lists of all runs; places and overlap are compared with the first one. */
function Beside({ runs, user, rules }: { runs: RunRecord[]; user: string; rules: ListRules }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const k = Math.min(longestShown, ...runs.map(({ evaluation }) => Math.max(...evaluation.cutoffs)))
  const lists = useShownLists(
    runs.map(({ id }) => id),
    { user, rules, k },
  )
  const [first] = runs
  const reference = lists.get(first.id)?.answer?.list
  return (
    <div className={`${styles.lists} ${styles.noted}`}>
      {runs.map((run) => (
        <RunLists
          key={run.id}
          run={run}
          list={lists.get(run.id)}
          against={reference && run !== first ? { run: first, list: reference } : null}
          onWhy={({ item, title }) => setAsked({ run, item, title })}
        />
      ))}
      <WhyDialog asked={asked} whom={{ user, history: null }} onClose={() => setAsked(null)} />
    </div>
  )
}
