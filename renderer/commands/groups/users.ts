import { runsWithLists, toggleListRun } from '../../state/list-runs'
import { navigate } from '../../state/router'
import type { Command, CommandState } from '../command'

export const userCommands: Command[] = [
  { id: 'findUser', isAvailable: hasLists, run: () => navigate('users', { find: '' }) },
  {
    id: 'showUser',
    targets: (state) => (hasLists(state) ? state.users.map(({ user }) => ({ id: user, name: user })) : []),
    run: (_, { id }) => navigate('users', { user: id }),
  },
  {
    id: 'toggleListRun',
    targets: (state) => listed(state).map(({ id, name }) => ({ id, name })),
    run: ({ state }, { id }) => {
      toggleListRun(listed(state), id)
      navigate('users')
    },
  },
]

const listed = ({ workbench, dataset }: CommandState) => runsWithLists(workbench, dataset?.id)

function hasLists(state: CommandState): boolean {
  return listed(state).length > 0
}
