import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Exchange, ExchangeOptions } from '@shared/collections/exchange'
import type { Item } from '@shared/collections/collection'
import { ONCE, type RunAction, type RunOptions, type RunProgress } from '@shared/collections/run'
import type { Connection } from '@shared/connection/connection'
import { request } from '../../bridge/client'
import { useView, type ViewTarget } from '../../bridge/use-view'
import { useReport } from '../../i18n/report'
import { useToasts } from '../../ui/toasts'
import { usePageVisible } from '../../ui/use-page-visible'
import { useCollectionsStore } from './collections-store'
import { faultText } from './run-text'

/** What is sent over a connection from saved messages, and how it stands. Failures are reported. */
export interface Sending {
  readonly runs: Readonly<Ref<readonly RunProgress[]>>
  readonly exchange: Readonly<Ref<Exchange | null>>
  readonly error: Readonly<Ref<unknown>>
  run(item: Item, options?: RunOptions, rowsId?: string | null): Promise<void>
  control(runId: number, action: RunAction): void
  ask(item: Item, options: ExchangeOptions): Promise<void>
  controlAsk(action: 'cancel' | 'dismiss'): void
}

/** `beforeSending`: saves what was typed last. */
export function useSending(connection: Readonly<Ref<Connection | null>>, beforeSending: () => Promise<void>): Sending {
  const { t } = useI18n()
  const report = useReport()
  const toasts = useToasts()
  const store = useCollectionsStore()
  const pageVisible = usePageVisible()
  const connectionId = computed(() => connection.value?.id ?? null)
  const target = computed<ViewTarget<'runs'>>(() =>
    connectionId.value !== null && pageVisible.value ? { connectionId: connectionId.value, spec: { kind: 'runs' } } : null,
  )
  const { frame, error } = useView<'runs'>(target)

  /** Does something on the connection there is. */
  async function withConnection(work: (connectionId: string) => Promise<void>): Promise<void> {
    if (connectionId.value === null) return
    try {
      await beforeSending()
      await work(connectionId.value)
    } catch (reason) {
      report(reason)
    }
  }

  return {
    runs: computed(() => frame.value?.runs ?? []),
    exchange: computed(() => frame.value?.exchange ?? null),
    error,
    run: (item, options = ONCE, rowsId = null) =>
      withConnection(async (id) => {
        await request('collections.start-run', { connectionId: id, itemId: item.id, rowsId, options })
        if (store.tab === 'request') store.tab = 'runs'
      }),
    control: (runId, action) =>
      void withConnection(async (id) => {
        await request('collections.control-run', { connectionId: id, runId, action })
      }),
    ask: (item, options) =>
      withConnection(async (id) => {
        const fault = await request('collections.ask', { connectionId: id, itemId: item.id, options })
        if (fault !== null) toasts.show({ tone: 'danger', title: t('collections.ask.notMade'), text: faultText(fault, t) })
      }),
    controlAsk: (action) =>
      void withConnection(async (id) => {
        await request('collections.control-ask', { connectionId: id, action })
      }),
  }
}
