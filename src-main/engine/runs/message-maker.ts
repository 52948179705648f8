import type { RunFault } from '@shared/collections/run'
import type { Publish } from '@shared/message/publish'
import type { RunOrder } from './run-order'
import type { Step } from './run-steps'

/** A message as it is sent now; `keep` says that it was. */
export type Made = { readonly ok: true; readonly message: Publish; keep(): void } | { readonly ok: false; readonly fault: RunFault }

/** Makes the messages of a run. */
export class MessageMaker {
  constructor(private readonly order: Pick<RunOrder, 'messages' | 'rows' | 'variables'>) {}

  make(step: Step): Made | Promise<Made> {
    const message = this.order.messages[step.message]
    if (message?.kind === 'ready') return { ok: true, message: message.message, keep: () => undefined }
    return { ok: false, fault: { kind: 'payload', reason: '' } }
  }
}
