import { ActivityChart, EventsChart, RatingsChart } from './activity-charts'
import { Attributes } from './attributes'
import { FileColumns } from './file-columns'
import { LorenzPanel, TailPanel } from './long-tail'
import { PopularItems } from './popular-items'
import styles from './profile.module.css'
import { SuspiciousUsers } from './suspicious-users'
import { CalendarChart, TimeChart } from './time-charts'
import type { View } from './view'

/** All charts of the profile in a grid as dense as the window allows; what the data does not have is left out. */
export function Charts({ view }: { view: View }) {
  const { whole } = view
  const { columns } = view.dataset.profile
  return (
    <div className={styles.grid}>
      {whole.time && (
        <div className={styles.wide}>
          <TimeChart view={view} of="interactions" />
        </div>
      )}
      <RatingsChart view={view} />
      <ActivityChart view={view} of="users" />
      <ActivityChart view={view} of="items" />
      <CalendarChart view={view} />
      <LorenzPanel view={view} />
      <EventsChart view={view} />
      {whole.time && (
        <div className={styles.wide}>
          <TimeChart view={view} of="newcomers" />
        </div>
      )}
      <TailPanel view={view} />
      <div className={styles.wide}>
        <PopularItems view={view} />
      </div>
      <Attributes view={view} />
      <div className={styles.half}>
        <SuspiciousUsers view={view} />
      </div>
      {columns.length > 0 && (
        <div className={styles.wide}>
          <FileColumns columns={columns} />
        </div>
      )}
    </div>
  )
}
