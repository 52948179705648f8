import type { Connection } from '@shared/connection/connection'
import type { TableSettings } from '@shared/table/table-settings'
import type { Handlers } from '../ipc/handlers'

type Tab = Pick<Connection, 'id' | 'source'>

/** How the tables of each profile look. */
interface TableRecords {
  read(tab: Tab): TableSettings
  update(tab: Tab, settings: TableSettings): void
}

/** `tabOf` throws `connection-not-found`. */
export function tableHandlers(records: TableRecords, tabOf: (connectionId: string) => Tab): Pick<Handlers, 'tables.read' | 'tables.update'> {
  return {
    'tables.read': ({ connectionId }) => records.read(tabOf(connectionId)),
    'tables.update': ({ connectionId, settings }) => {
      records.update(tabOf(connectionId), settings)
    },
  }
}
