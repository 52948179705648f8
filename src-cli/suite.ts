import type { Expectation } from '@shared/acl/expectations/expectation'

/** A document of expectations, tried. */
export interface Suite {
  readonly file: string
  readonly aclFile: string
  /** `why`: it failed; null: it passed. */
  readonly cases: readonly { readonly expectation: Expectation; readonly why: string | null }[]
  readonly tookMs: number
}
