import type { ParsedArgs, RequestChannel, RequestResult } from '@shared/ipc/contract'

/** What answers each request of the contract. A room gives the part that is its own. */
export type Handlers = {
  [C in RequestChannel]: (args: ParsedArgs<C>) => RequestResult<C> | Promise<RequestResult<C>>
}
