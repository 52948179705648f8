import type { ConnectionSource } from '@shared/connection/connection'
import type { ProfileDraft } from '@shared/profile/profile'
import type { ConnectionConfig, TlsConfig } from '../engine/engine-api'

/** What a connection is to be made with: a profile's values, wherever they come from. */
export interface ConnectionPlan {
  readonly source: ConnectionSource
  readonly draft: ProfileDraft
}

/** What an engine needs, from a profile and its password. */
export function connectionConfigOf(draft: ProfileDraft, password: string | null, tls: TlsConfig | null): ConnectionConfig {
  const { name: _name, group: _group, ...rest } = draft
  return { ...rest, password, tls }
}
