import { Badge } from '@mantine/core'

/** What a user has tagged something with. */
export function Tags({ tags }: { tags: string[] }) {
  return tags.map((tag) => (
    <Badge key={tag} variant="default" size="sm" ml="xs" tt="none" fw={400} maw={140}>
      {tag}
    </Badge>
  ))
}
