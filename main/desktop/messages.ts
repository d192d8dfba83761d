/** What Electron's main process and the engine's utility process tell each other; ports travel beside. */
export type ToEngine =
  | { kind: 'open'; workspace: string }
  /** Beside it: the port of a window. */
  | { kind: 'window' }
  /** Beside it: the port of the job process that `spawn` asked for. */
  | { kind: 'spawned'; id: number; pid: number | null }
  | { kind: 'exited'; id: number; code: number }
  /** The engine ends what runs, closes the workspace and exits with 0. */
  | { kind: 'close' }

export type FromEngine =
  | { kind: 'failed'; message: string }
  | { kind: 'spawn'; id: number }
  | { kind: 'kill'; id: number }
  /** Another workspace is open. */
  | { kind: 'workspace'; path: string }
  /** The jobs that run or wait; told whenever they change. */
  | { kind: 'work'; titles: string[] }
