import { watch } from 'vue'
import { useChartsStore } from '../features/charts/charts-store'
import { useConnectionsStore } from '../features/connections/store'
import { useMarksStore } from '../features/marks/marks-store'
import { usePacketsStore } from '../features/packets/packets-store'
import { useEnvironmentsStore } from '../features/publish/environments-store'
import { usePublishStore } from '../features/publish/publish-store'
import { useTableStore } from '../features/table/table-store'
import { useWatchStore } from '../features/watch/watch-store'

/** Has all features forget what belonged to connections whose tabs are closed. */
export function useForgetClosedTabs(): void {
  const connections = useConnectionsStore()
  const stores = [
    usePacketsStore(),
    useWatchStore(),
    useMarksStore(),
    useTableStore(),
    useChartsStore(),
    usePublishStore(),
    useEnvironmentsStore(),
  ]
  watch(
    () => connections.connections,
    (list) => {
      const open = new Set(list.map(({ id }) => id))
      for (const store of stores) store.keepOnly(open)
    },
  )
}
