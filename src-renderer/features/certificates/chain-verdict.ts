import type { CertificateChain, ChainProblem } from '@shared/certificates/certificate-report'

/** What to say of a chain: a key below `certificates.chain.verdicts`, and what it is about. */
export interface ChainVerdict {
  readonly key: CertificateChain['end'] | 'root' | 'broken'
  readonly tone: 'ok' | 'warn' | 'danger'
  /** The certificate it turns on. */
  readonly name: string
  readonly problem: ChainProblem | null
}

/** The verdict on a chain: the first link that does not hold, else where it ends. */
export function verdictOf({ steps, end }: CertificateChain): ChainVerdict {
  const broken = steps.find(({ problems }) => problems.length > 0)
  const last = steps.at(-1)
  if (broken !== undefined) {
    return { key: 'broken', tone: 'danger', name: broken.title, problem: broken.problems[0] ?? null }
  }
  const name = last?.title ?? ''
  if (end === 'made' && steps.length === 1) return { key: 'root', tone: 'ok', name, problem: null }
  return { key: end, tone: end === 'made' || end === 'public' ? 'ok' : 'warn', name, problem: null }
}

export type StepState = 'good' | 'bad' | 'unproven'

/** Whether one link of a chain holds; the last one of a chain that leads nowhere has nobody to vouch for it. */
export function stateOfStep({ steps, end }: CertificateChain, index: number): StepState {
  if ((steps[index]?.problems.length ?? 0) > 0) return 'bad'
  const isProven = index < steps.length - 1 || end === 'made' || end === 'public'
  return isProven ? 'good' : 'unproven'
}
