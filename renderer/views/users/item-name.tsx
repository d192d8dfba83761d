import styles from './users-screen.module.css'

/** An item by its title, with its id at hand; by its id where it has none. */
export function ItemName({ item, title }: { item: string; title: string | null }) {
  return (
    <bdi className={styles.item} title={title === null ? item : `${title} (${item})`}>
      {title ?? item}
    </bdi>
  )
}
