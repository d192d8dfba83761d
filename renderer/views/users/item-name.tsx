/** An item by its title, with its id at hand; by its id where it has none. */
export function ItemName({ item, title }: { item: string; title: string | null }) {
  return (
    <span className="data" title={item}>
      {title ?? item}
    </span>
  )
}
