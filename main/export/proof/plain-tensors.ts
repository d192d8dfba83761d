/** Numbers with their sizes, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

/** How far the next number along each axis is. */
const stepsOf = (shape: readonly number[]) => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))

/** An axis counted from the front. */
export const axisOf = (axis: number, { shape }: PlainTensor) => (axis < 0 ? axis + shape.length : axis)

/** Where the numbers of a shape lie, one after the other, by the steps of its axes. */
function placesOf(shape: readonly number[], steps: readonly number[], start = 0): Int32Array {
  return shape.reduce((before, size, axis) => {
    const places = new Int32Array(before.length * size)
    let at = 0
    for (const place of before) for (let along = 0; along < size; along++) places[at++] = place + along * steps[axis]
    return places
  }, Int32Array.of(start))
}

function view({ data }: PlainTensor, shape: readonly number[], steps: readonly number[], start = 0): PlainTensor {
  return { shape, data: Float64Array.from(placesOf(shape, steps, start), (place) => data[place]) }
}

/** Number by number; sizes of 1, and those that some lack in front, are repeated. */
export function beside(inputs: readonly PlainTensor[], combine: (...numbers: number[]) => number): PlainTensor {
  const axes = Math.max(...inputs.map(({ shape }) => shape.length))
  const whole = inputs.map(({ shape }) => [...Array<number>(axes - shape.length).fill(1), ...shape])
  const shape = Array.from(
    { length: axes },
    (_, axis) => whole.map((each) => each[axis]).find((size) => size !== 1) ?? 1,
  )
  const places = whole.map((own) => {
    const steps = stepsOf(own).map((step, axis) => (own[axis] === 1 ? 0 : step))
    return placesOf(shape, steps)
  })
  const [a, b, c] = inputs.map(({ data }) => data)
  const [atA, atB, atC] = places
  const data = Float64Array.from(atA, (place, at) =>
    c ? combine(a[place], b[atB[at]], c[atC[at]]) : combine(a[place], b[atB[at]]),
  )
  return { shape, data }
}

/** Products of matrices in the last two axes; those in front go together, or the right side has none. */
export function multiply(left: PlainTensor, right: PlainTensor, turned: boolean): PlainTensor {
  const [rows, inner] = left.shape.slice(-2)
  const columns = right.shape[right.shape.length - (turned ? 2 : 1)]
  const matrices = sizeOf(left.shape.slice(0, -2))
  const beyond = right.shape.length > 2 ? inner * columns : 0
  const [down, across] = turned ? [1, inner] : [columns, 1]
  const data = new Float64Array(matrices * rows * columns)
  for (let row = 0; row < matrices * rows; row++) {
    const matrix = Math.floor(row / rows) * beyond
    for (let column = 0; column < columns; column++) {
      let total = 0
      for (let at = 0; at < inner; at++) {
        total += left.data[row * inner + at] * right.data[matrix + at * down + column * across]
      }
      data[row * columns + column] = total
    }
  }
  return { shape: [...left.shape.slice(0, -1), columns], data }
}

/** Over one axis. */
export function sum(value: PlainTensor, axis: number, isKept: boolean): PlainTensor {
  const { shape, data } = value
  const along = axisOf(axis, value)
  const [count, step] = [shape[along], stepsOf(shape)[along]]
  const sums = new Float64Array(data.length / Math.max(1, count))
  data.forEach((number, at) => {
    sums[Math.floor(at / (count * step)) * step + (at % step)] += number
  })
  return { shape: isKept ? shape.with(along, 1) : shape.toSpliced(along, 1), data: sums }
}

/** What lies along the first axis at the given places. */
export function gather({ shape: [count, ...rest], data }: PlainTensor, places: PlainTensor): PlainTensor {
  const step = sizeOf(rest)
  const found = new Float64Array(places.data.length * step)
  places.data.forEach((place, at) => {
    if (!(place >= 0 && place < count)) throw new RangeError(`${place} is no place of ${count}`)
    found.set(data.subarray(place * step, (place + 1) * step), at * step)
  })
  return { shape: [...places.shape, ...rest], data: found }
}

/** With its axes in another order. */
export function turn(value: PlainTensor, order: readonly number[]): PlainTensor {
  const steps = stepsOf(value.shape)
  return view(
    value,
    order.map((axis) => value.shape[axis]),
    order.map((axis) => steps[axis]),
  )
}

/** From the first places to before the last ones, of as many axes as are given, and all of the others. */
export function cut(value: PlainTensor, from: readonly number[], to: readonly number[]): PlainTensor {
  const steps = stepsOf(value.shape)
  const shape = value.shape.map((size, axis) => (axis < from.length ? Math.min(to[axis], size) - from[axis] : size))
  const start = from.reduce((total, place, axis) => total + place * steps[axis], 0)
  return view(value, shape, steps, start)
}

/** Parts of one size, one behind the other along an axis. */
export function pieces(value: PlainTensor, axis: number, count: number): PlainTensor[] {
  const size = value.shape[axis] / count
  const zeros = value.shape.slice(0, axis).map(() => 0)
  const ends = value.shape.slice(0, axis)
  return Array.from({ length: count }, (_, at) => cut(value, [...zeros, at * size], [...ends, (at + 1) * size]))
}

/** Puts values into one of zeros, each at its first place. */
export function putInto(
  shape: readonly number[],
  values: readonly { value: PlainTensor; at: readonly number[] }[],
): PlainTensor {
  const data = new Float64Array(sizeOf(shape))
  const steps = stepsOf(shape)
  for (const { value, at } of values) {
    const start = at.reduce((total, place, axis) => total + place * steps[axis], 0)
    placesOf(value.shape, steps, start).forEach((place, from) => {
      data[place] = value.data[from]
    })
  }
  return { shape, data }
}

/** One behind the other along an axis. */
export function join(values: readonly PlainTensor[], axis: number): PlainTensor {
  let end = 0
  const placed = values.map((value) => {
    const at = value.shape.map((_, each) => (each === axis ? end : 0))
    end += value.shape[axis]
    return { value, at }
  })
  return putInto(values[0].shape.with(axis, end), placed)
}
