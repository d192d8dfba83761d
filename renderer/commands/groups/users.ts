import { navigate } from '../../state/router'
import type { Command, CommandState } from '../command'

export const userCommands: Command[] = [
  { id: 'findUser', isAvailable: hasLists, run: () => navigate('users', { find: '' }) },
  {
    id: 'showUser',
    targets: (state) => (hasLists(state) ? state.users.map(({ user }) => ({ id: user, name: user })) : []),
    run: (_, { id }) => navigate('users', { user: id }),
  },
]

function hasLists({ workbench, dataset }: CommandState): boolean {
  return [...workbench.runs.values()].some(({ state, datasetId }) => state === 'done' && datasetId === dataset?.id)
}
