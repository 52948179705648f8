import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import type { DecoderRule, PayloadRules } from '@shared/schemas/payload-rules'
import { request } from '../../bridge/client'

/** The parts of the dialog. */
export type Section = 'decoders' | 'schemas' | 'validations'

/** The dialog *Decoders and schemas* as it was opened. */
export interface OpenedDecoders {
  readonly connectionId: string
  readonly section: Section
  /** A rule to begin with; null: none. */
  readonly proposed: DecoderRule | null
}

/** The dialog, and what it changed. Rules and schemas lie in main; the page has them while the dialog is open. */
export const useSchemasStore = defineStore('schemas', () => {
  const opened = shallowRef<OpenedDecoders | null>(null)
  /** Grows with each change of a connection's rules or schemas: what was read by them is read again. */
  const revisions = shallowReactive(new Map<string, number>())

  function open(connectionId: string, proposed: DecoderRule | null = null, section: Section = 'decoders'): void {
    opened.value = { connectionId, section, proposed }
  }

  function changed(connectionId: string): void {
    revisions.set(connectionId, (revisions.get(connectionId) ?? 0) + 1)
  }

  /** @throws {AppError} */
  async function saveRules(connectionId: string, rules: PayloadRules): Promise<void> {
    await request('payload-rules.update', { connectionId, rules })
    changed(connectionId)
  }

  return { opened, revisions, open, changed, saveRules }
})
