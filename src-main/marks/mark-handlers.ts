import type { Connection } from '@shared/connection/connection'
import type { Marks } from '@shared/marks/marks'
import type { Handlers } from '../ipc/handlers'

type Tab = Pick<Connection, 'id' | 'source'>

/** The marks of each profile. */
interface MarkRecords {
  read(tab: Tab): Marks
  update(tab: Tab, marks: Marks): void
}

/** `tabOf` throws `connection-not-found`. */
export function markHandlers(marks: MarkRecords, tabOf: (connectionId: string) => Tab): Pick<Handlers, 'marks.read' | 'marks.update'> {
  return {
    'marks.read': ({ connectionId }) => marks.read(tabOf(connectionId)),
    'marks.update': ({ connectionId, marks: changed }) => {
      marks.update(tabOf(connectionId), changed)
    },
  }
}
