import type { Handlers } from '../ipc/handlers'
import type { MarkedTab, MarkStore } from './mark-store'

/** `tabOf` throws `connection-not-found`. */
export function markHandlers(
  marks: MarkStore,
  tabOf: (connectionId: string) => MarkedTab,
): Pick<Handlers, 'marks.read' | 'marks.update'> {
  return {
    'marks.read': ({ connectionId }) => marks.read(tabOf(connectionId)),
    'marks.update': ({ connectionId, marks: changed }) => {
      marks.update(tabOf(connectionId), changed)
    },
  }
}
