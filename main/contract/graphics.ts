// What a job process and the hidden window say to each other, whose WebGPU computes for it. The window makes what it is told to
// and gives nothing back but what is read; both sides name buffers and pipelines by numbers of the job's choice.

/** A part of a buffer that a program reads or writes. */
export interface GraphicsBinding {
  buffer: number
  offset: number
  /** Left out: to its end. */
  size?: number
}

export type GraphicsCommand =
  | { do: 'buffer'; id: number; size: number; usage: number }
  | { do: 'write'; buffer: number; offset: number; bytes: Uint8Array }
  | { do: 'destroy'; buffer: number }
  | { do: 'pipeline'; id: number; code: string; entryPoint: string }
  | { do: 'dispatch'; pipeline: number; bindings: GraphicsBinding[]; counts: [number, number, number] }
  | { do: 'copy'; from: number; fromOffset: number; to: number; toOffset: number; size: number }
  /** Answered by `read` with the same number. */
  | { do: 'read'; buffer: number; offset: number; size: number; answer: number }

/** Commands in their order; of dispatches and copies the device may still be busy with those before. */
export type ToGraphics = GraphicsCommand[]

export interface GraphicsAdapter {
  name: string
  isSoftware: boolean
  vendor: string
  architecture: string
  limits: Record<string, number>
}

export type FromGraphics =
  | { say: 'ready'; adapter: GraphicsAdapter }
  /** There is no WebGPU; `reason` is a sentence. */
  | { say: 'missing'; reason: string }
  | { say: 'read'; answer: number; bytes: Uint8Array }
  | { say: 'lost'; reason: string }
  /** `answer`: of the read that gives nothing; left out where it is none. */
  | { say: 'failed'; reason: string; isMemory: boolean; answer?: number }

/** Sent to the window's page with the port that commands come by. */
export const graphicsPortMessage = 'topn-graphics-port'
