export type ParameterValue = number | boolean | string

/** One parameter of a model: form, help, validation and JSON Schema all come from this. */
export type Parameter = { name: string; meaning: string } & (
  | { type: 'integer' | 'number'; default: number; minimum: number; maximum: number; scale?: 'linear' | 'logarithmic' }
  | { type: 'boolean'; default: boolean }
  | { type: 'choice'; default: string; choices: readonly string[] }
)

/** What a model can do beyond being trained. Screens, terminal and docs ask for these, never for a model's id. */
export const capabilities = [
  'score',
  'foldIn',
  'update',
  'rate',
  'itemVectors',
  'userVectors',
  /** Learns from what is known of users and items, not from interactions alone. */
  'features',
  'explain',
  'checkpoint',
] as const
export type Capability = (typeof capabilities)[number]

/** What is known of a model without running it. */
export interface ModelDescription {
  id: string
  name: string
  family: string
  /** What it learns from: that users chose items, or how they rated them. */
  feedback: 'implicit' | 'explicit'
  /** One sentence: how it recommends. */
  summary: string
  /** The paper or formula it follows. */
  source: string
  capabilities: Capability[]
  parameters: Parameter[]
}
