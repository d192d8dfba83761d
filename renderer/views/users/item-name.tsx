import { Anchor } from '@mantine/core'
import { openItem } from '../../state/users-rooms'
import styles from './users-screen.module.css'

interface ItemNameProps {
  item: string
  title: string | null
}

/** An item by its title, with its id at hand; by its id where it has none. */
export function ItemName({ item, title }: ItemNameProps) {
  return (
    <bdi className={styles.item} title={title === null ? item : `${title} (${item})`}>
      {title ?? item}
    </bdi>
  )
}

/** The name of an item, which leads to its page. */
export function ItemLink(item: ItemNameProps) {
  return (
    <Anchor component="button" type="button" c="inherit" size="sm" ta="left" onClick={() => openItem(item.item)}>
      <ItemName {...item} />
    </Anchor>
  )
}
