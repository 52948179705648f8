import { describe, expect, it } from 'vitest'
import type { CertificateChain, ChainProblem } from '@shared/certificates/certificate-report'
import { stateOfStep, verdictOf } from '../../../../../src-renderer/features/certificates/chain-verdict'

function chain(end: CertificateChain['end'], ...problems: ChainProblem[][]): CertificateChain {
  const steps = problems.map((list, index) => ({
    fingerprint: 'AA',
    title: `c${index}`,
    from: 'file' as const,
    validFromMs: 0,
    validToMs: 1,
    problems: list,
  }))
  return { steps, end, lastIssuer: 'issuer' }
}

describe('the verdict on a chain', () => {
  it.each([
    ['made', chain('made', [], []), { key: 'made', tone: 'ok', name: 'c1' }],
    ['an authority made here', chain('made', []), { key: 'root', tone: 'ok', name: 'c0' }],
    ['public', chain('public', [], [], []), { key: 'public', tone: 'ok', name: 'c2' }],
    ['self-signed', chain('self-signed', [], []), { key: 'self-signed', tone: 'warn', name: 'c1' }],
    ['unknown issuer', chain('unknown-issuer', []), { key: 'unknown-issuer', tone: 'warn' }],
    ['a broken link, wherever it ends', chain('public', [], ['expired', 'bad-signature']), { key: 'broken', tone: 'danger', name: 'c1', problem: 'expired' }],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(given)).toMatchObject(expected)
  })

  it('does not say that a link holds that nobody vouches for', () => {
    const states = (given: CertificateChain) => given.steps.map((_, index) => stateOfStep(given, index))
    expect(states(chain('made', [], []))).toEqual(['good', 'good'])
    expect(states(chain('unknown-issuer', [], []))).toEqual(['good', 'unproven'])
    expect(states(chain('self-signed', ['expired'], []))).toEqual(['bad', 'unproven'])
  })
})
