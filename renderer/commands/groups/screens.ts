import { navigate } from '../../state/router'
import type { Command } from '../command'

export const screenCommands: Command[] = [
  { id: 'goData', run: () => navigate('data') },
  { id: 'goTrain', run: () => navigate('train') },
  { id: 'goCompare', run: () => navigate('compare') },
  { id: 'goTune', run: () => navigate('tune') },
  { id: 'goMap', run: () => navigate('map') },
  { id: 'goUsers', run: () => navigate('users') },
]
