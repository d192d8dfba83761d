export interface Moments {
  count: number
  mean: number
  /** Of a sample: the sum of squares is divided by count - 1. NaN of a single value. */
  deviation: number
}

/** Mean and standard deviation, in two passes, so that nothing is lost where the mean is large. */
export function momentsOf(values: Float64Array): Moments {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { count, mean, deviation: Math.sqrt(squares / (count - 1)) }
}
