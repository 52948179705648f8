// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { RunProgress } from '@shared/collections/run'
import { runNote, toneOf } from '../../../../../src-renderer/features/collections/run-text'
import { translation } from '../../support/translation'

const t = translation()
const RUN: RunProgress = {
  runId: 1,
  name: 'run',
  state: { kind: 'running' },
  sent: 1,
  total: 10,
  confirmed: 1,
  failed: 0,
  round: 1,
  intervalMs: 10,
  rows: null,
  missedTicks: 0,
  startedAtMs: 0,
  endedAtMs: null,
}

describe('runNote', () => {
  it('tells what is waited for, and why a run ended', () => {
    expect(runNote({ ...RUN, state: { kind: 'waiting', for: 'broker' } }, t)).toContain('acknowledged')
    expect(runNote({ ...RUN, state: { kind: 'disconnected' } }, t)).toContain('The connection ended')
    const fault = { kind: 'template', part: 'topic', fault: 'unknown-variable', name: 'row.id' } as const
    expect(runNote({ ...RUN, state: { kind: 'failed', message: 'Set', row: 2, fault } }, t)).toBe(
      'Set, row 2: the template of the topic asks for “row.id”, which there is not.',
    )
  })

  it('tells of missed ticks, and of nothing where all is well', () => {
    expect(runNote({ ...RUN, missedTicks: 3 }, t)).toMatch(/^3 ticks of 10 ms missed/)
    expect(runNote(RUN, t)).toBeNull()
  })
})

describe('toneOf', () => {
  it('calls what did not get through no success', () => {
    expect(toneOf({ state: { kind: 'finished' }, failed: 0 })).toBe('ok')
    expect(toneOf({ state: { kind: 'finished' }, failed: 1 })).toBe('warn')
  })
})
