import { describe, expect, test } from 'vitest'
import { emptyHistory, type History, recorded, type Step, stepBack, stepForward, without } from './history'

/** A step on a number that is kept outside, from one value to another. */
function change(box: { value: number }, from: number, to: number, field?: Step['field']): Step {
  box.value = to
  return {
    text: 'clean',
    name: `${from} to ${to}`,
    undo: () => {
      box.value = from
    },
    redo: () => {
      box.value = to
    },
    ...(field && { field }),
  }
}

const engine = {} as Parameters<Step['undo']>[0]

function back(history: History): History {
  const moved = stepBack(history)
  moved?.step.undo(engine)
  return moved?.history ?? history
}

function forward(history: History): History {
  const moved = stepForward(history)
  moved?.step.redo(engine)
  return moved?.history ?? history
}

describe('history', () => {
  test('takes steps back in turn and does them again in turn', () => {
    const box = { value: 0 }
    let history = recorded(emptyHistory, change(box, 0, 1))
    history = recorded(history, change(box, 1, 2))
    history = back(history)
    expect(box.value).toBe(1)
    history = back(history)
    expect(box.value).toBe(0)
    history = forward(history)
    expect(box.value).toBe(1)
    history = forward(history)
    expect(box.value).toBe(2)
    expect(stepForward(history)).toBe(null)
  })

  test('has nothing to take back at the start', () => {
    expect(stepBack(emptyHistory)).toBe(null)
    expect(stepForward(emptyHistory)).toBe(null)
  })

  test('a new step ends what could be done again', () => {
    const box = { value: 0 }
    let history = back(recorded(emptyHistory, change(box, 0, 1)))
    history = recorded(history, change(box, 0, 5))
    expect(stepForward(history)).toBe(null)
    back(history)
    expect(box.value).toBe(0)
  })

  test('letters typed into a field are one step; the next field, and the same one later, are others', () => {
    const box = { value: 0 }
    let history = recorded(emptyHistory, change(box, 0, 1, { key: 'count', at: 0 }))
    history = recorded(history, change(box, 1, 12, { key: 'count', at: 900 }))
    history = recorded(history, change(box, 12, 123, { key: 'count', at: 1800 }))
    expect(history.done).toHaveLength(1)
    history = recorded(history, change(box, 123, 7, { key: 'count', at: 2900 }))
    history = recorded(history, change(box, 7, 8, { key: 'ratio', at: 2901 }))
    expect(history.done).toHaveLength(3)
    history = back(back(history))
    expect(box.value).toBe(123)
    history = back(history)
    expect(box.value).toBe(0)
    history = forward(history)
    expect(box.value).toBe(123)
  })

  test('what was taken back is not continued by typing on', () => {
    const box = { value: 0 }
    let history = recorded(emptyHistory, change(box, 0, 1, { key: 'count', at: 0 }))
    history = forward(back(history))
    history = recorded(history, change(box, 1, 12, { key: 'count', at: 100 }))
    expect(history.done).toHaveLength(2)
  })

  test('forgets a step that failed, and the oldest beyond two hundred', () => {
    const box = { value: 0 }
    const failing = change(box, 0, 1)
    const history = back(recorded(recorded(emptyHistory, change(box, 0, 2)), failing))
    expect(without(history, failing)).toEqual({ done: [history.done[0]], undone: [] })
    let long = emptyHistory
    for (let number = 0; number < 250; number++) long = recorded(long, change(box, number, number + 1))
    expect(long.done).toHaveLength(200)
    expect(long.done[0].name).toBe('50 to 51')
  })
})
