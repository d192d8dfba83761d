import type { EngineClient } from '../../main/contract/calls'
import { perform } from './steps'
import { offerUndo } from './undo'

/** `name` is what the map is called where it is shown. */
export async function deleteMap(engine: EngineClient, { id, name }: { id: string; name: string }): Promise<void> {
  const step = {
    text: 'deleteMap' as const,
    name,
    undo: (client: EngineClient) => client.call('projections.restore', { projectionId: id }),
    redo: (client: EngineClient) => client.call('projections.delete', { projectionId: id }),
  }
  offerUndo(engine, await perform(engine, step))
}
