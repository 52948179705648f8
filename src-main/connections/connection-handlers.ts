import type { PeerCertificate } from '@shared/connection/peer-certificate'
import type { Profile, ProfileDraft } from '@shared/profile/profile'
import type { CertificateFile, Tls } from '@shared/profile/tls'
import type { Handlers } from '../ipc/handlers'
import type { ConnectionRegistry } from './connection-registry'
import type { OpenConnection } from './open-connection'
import { shownAuthority, shownServer, withPin } from './shown-certificate'
import type { ViewRouter } from './view-router'

type ConnectionHandlers = Omit<
  Handlers,
  Extract<keyof Handlers, `app.${string}` | `acl.${string}` | `acl-probe.${string}` | `settings.${string}` | `profiles.${string}` | `certificates.${string}` | `packets.${string}` | `marks.${string}` | `retained.${string}` | `tables.${string}` | `exports.${string}` | `transfer.${string}` | `payloads.${string}` | `charts.${string}` | `collections.${string}` | `publish-${string}` | `environments.${string}` | `schemas.${string}` | `payload-rules.${string}`> | `messages.${'render' | 'publish' | 'publish-file' | 'choose-file'}`
>

/** What the handlers need beside the tabs themselves. */
export interface ConnectionServices {
  /** Opens a tab on the demo broker, which it starts when needed. */
  openDemo(): Promise<string>
  saveProfile(draft: ProfileDraft, password: string | null): Promise<Profile>
  /** Changes a profile and leaves its secrets. */
  changeProfile(profileId: string, draft: ProfileDraft): Promise<Profile>
  /** Keeps a certificate among the authorities of a profile. */
  keepAuthority(certificate: PeerCertificate, tls: Tls): CertificateFile
}

export function connectionHandlers(
  registry: ConnectionRegistry,
  views: ViewRouter,
  services: ConnectionServices,
): ConnectionHandlers {
  const connectWith = async (connection: OpenConnection, tls: Tls): Promise<void> => {
    const { source, draft } = connection.plan
    if (source.kind === 'profile') await services.changeProfile(source.profileId, { ...draft, tls })
    else connection.replan({ source, draft: { ...draft, tls } })
    await registry.connect(connection.id)
  }
  return {
    'connections.list': () => registry.list(),
    'connections.open': async ({ profileId, connect }) => {
      const connection = registry.openProfile(profileId)
      if (connect) await registry.connect(connection.id)
      return connection.describe()
    },
    'connections.open-demo': async () => registry.get(await services.openDemo()).describe(),
    'connections.connect': async ({ connectionId }) => {
      await registry.connect(connectionId)
    },
    'connections.disconnect': async ({ connectionId }) => {
      await registry.get(connectionId).disconnect()
    },
    'connections.return-to-preferred': async ({ connectionId }) => {
      await registry.get(connectionId).call('returnToPreferred')
    },
    'connections.list-runs': ({ connectionId }) => registry.get(connectionId).runsUnderWay(),
    'connections.close': async ({ connectionId }) => {
      views.forget(registry.get(connectionId))
      await registry.close(connectionId)
    },
    'connections.select': ({ connectionId }) => {
      registry.select(connectionId)
    },
    'connections.set-paused': async ({ connectionId, paused }) => {
      await registry.get(connectionId).setPaused(paused)
    },
    'connections.subscribe': async ({ connectionId, subscription }) => {
      await registry.get(connectionId).call('subscribe', subscription)
    },
    'connections.unsubscribe': async ({ connectionId, filter }) => {
      await registry.get(connectionId).call('unsubscribe', filter)
    },
    'connections.save-as-profile': async ({ connectionId, name }) => {
      const connection = registry.get(connectionId)
      const password = registry.unsaved(connectionId)?.password ?? null
      const profile = await services.saveProfile({ ...connection.plan.draft, name }, password)
      registry.adopt(connectionId, profile)
      return profile
    },
    'connections.trust-certificate': async ({ connectionId, fingerprint }) => {
      const connection = registry.get(connectionId)
      const certificate = shownAuthority(connection.describe().status, fingerprint)
      const { tls } = connection.plan.draft
      await connectWith(connection, { ...tls, authority: services.keepAuthority(certificate, tls) })
    },
    'connections.pin-certificate': async ({ connectionId, fingerprint }) => {
      const connection = registry.get(connectionId)
      const certificate = shownServer(connection.describe().status, fingerprint)
      await connectWith(connection, withPin(connection.plan.draft.tls, certificate))
    },
    'connections.read-peer': ({ connectionId }) => registry.get(connectionId).peer,
    'views.open': async ({ connectionId, spec }) => ({ viewId: await views.open(registry.get(connectionId), spec) }),
    'views.update': async ({ viewId, spec }) => {
      await views.update(viewId, spec)
    },
    'views.close': async ({ viewId }) => {
      await views.close(viewId)
    },
    'views.acknowledge': async ({ viewId }) => {
      await views.acknowledge(viewId)
    },
    'topics.set-expanded': async ({ connectionId, topic, expanded, recursive }) => {
      await registry.get(connectionId).call('setExpanded', topic, expanded, recursive)
    },
    'topics.expand-to-depth': async ({ connectionId, topic, depth }) => {
      await registry.get(connectionId).call('expandToDepth', topic, depth)
    },
    'topics.suggest': ({ connectionId, text, limit }) => registry.get(connectionId).call('suggestTopics', text, limit),
    'topics.list-names': ({ connectionId, text, limit }) => registry.get(connectionId).call('listTopics', text, limit),
    'topics.reveal': async ({ viewId, topic }) => ({ row: await views.reveal(viewId, topic) }),
    'messages.read': ({ connectionId, sequence }) => registry.get(connectionId).call('readWhole', sequence),
    'outbox.drop': ({ connectionId, choice }) => registry.get(connectionId).call('dropPublishes', choice),
    'outbox.send-anew': ({ connectionId, choice }) => registry.get(connectionId).call('sendAnew', choice),
  }
}
