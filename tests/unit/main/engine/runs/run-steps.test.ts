import { describe, expect, it } from 'vitest'
import { FIRST_STEP, stepAfter, totalOf, type RunSize, type Step } from '../../../../../src-main/engine/runs/run-steps'

function walk(size: RunSize, most = 100): string[] {
  const steps: string[] = []
  for (let step: Step | null = FIRST_STEP; step !== null && steps.length < most; step = stepAfter(step, size)) {
    steps.push(`${step.round}${step.row}${step.message}`)
  }
  return steps
}

describe('the steps of a run', () => {
  it('are all messages for each row, round after round', () => {
    const size = { messages: 2, rows: 2, rounds: 2 }
    expect(walk(size)).toEqual(['000', '001', '010', '011', '100', '101', '110', '111'])
    expect(totalOf(size)).toBe(8)
  })

  it('have no end without a number of rounds', () => {
    const size = { messages: 1, rows: 1, rounds: null }
    expect(walk(size, 5)).toEqual(['000', '100', '200', '300', '400'])
    expect(totalOf(size)).toBeNull()
  })
})
