interface SparklineProps {
  values: readonly (number | null)[]
  color: string
  /** What it shows, for those who hear it. */
  label: string
}

const [width, height] = [120, 18]

/** A line without axes: where a value is heading. */
export function Sparkline({ values, color, label }: SparklineProps) {
  const known = values.flatMap((value, at) => (value === null ? [] : [[at, value] as const]))
  const numbers = known.map(([, value]) => value)
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  const x = (at: number) => (width * at) / Math.max(1, values.length - 1)
  const y = (value: number) => height - 1 - ((height - 2) * (value - low)) / (high - low || 1)
  const points = known.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline points={points} fill="none" stroke={color} strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  )
}
