import type { Connection } from '@shared/connection/connection'
import type { PublishReceipt } from '@shared/message/publish'
import type { PublishTabs } from '@shared/publish/publish-tabs'
import type { Environments } from '@shared/template/environments'
import type { EngineApi } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'
import type { PayloadFiles } from './payload-files'
import type { PublishHistory } from './publish-history'

type Tab = Pick<Connection, 'id' | 'source'>

/** A tab, as far as publishing by hand goes. */
export interface PublishSource extends Tab {
  call(method: 'publish', ...args: Parameters<EngineApi['publish']>): Promise<PublishReceipt>
}

interface Records<Value> {
  read(tab: Tab): Value
  update(tab: Tab, value: Value): void
}

type PublishHandlers = Pick<
  Handlers,
  | 'messages.publish'
  | 'messages.publish-file'
  | 'messages.choose-file'
  | Extract<keyof Handlers, `publish-tabs.${string}` | `publish-history.${string}` | `environments.${string}`>
>

/** `sourceOf` throws `connection-not-found`. */
export function publishHandlers(
  sourceOf: (connectionId: string) => PublishSource,
  files: PayloadFiles,
  history: PublishHistory,
  tabs: Records<PublishTabs>,
  environments: Records<Environments>,
): PublishHandlers {
  const publish = async (...[connectionId, ...args]: [string, ...Parameters<EngineApi['publish']>]): Promise<PublishReceipt> => {
    const source = sourceOf(connectionId)
    const receipt = await source.call('publish', ...args)
    history.add(source, args[0], receipt)
    return receipt
  }
  return {
    'messages.publish': ({ connectionId, message, keepTrying }) => publish(connectionId, message, keepTrying),
    'messages.publish-file': async ({ connectionId, fileId, message, keepTrying }) =>
      publish(connectionId, { ...message, payload: await files.read(fileId) }, keepTrying),
    'messages.choose-file': () => files.choose(),
    'publish-tabs.read': ({ connectionId }) => tabs.read(sourceOf(connectionId)),
    'publish-tabs.update': ({ connectionId, tabs: changed }) => {
      tabs.update(sourceOf(connectionId), changed)
    },
    'publish-history.list': ({ connectionId }) => history.list(sourceOf(connectionId)),
    'publish-history.read': ({ connectionId, entryId }) => history.read(sourceOf(connectionId), entryId),
    'publish-history.clear': ({ connectionId }) => {
      history.clear(sourceOf(connectionId))
    },
    'environments.read': ({ connectionId }) => environments.read(sourceOf(connectionId)),
    'environments.update': ({ connectionId, environments: changed }) => {
      environments.update(sourceOf(connectionId), changed)
    },
  }
}
