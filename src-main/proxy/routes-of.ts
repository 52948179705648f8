import { AppError } from '@shared/ipc/app-error'
import type { ProfileDraft } from '@shared/profile/profile'
import type { Route } from '../engine/engine-api'
import { parsePacResult } from './pac-result'

/** A script of the network that chooses proxies may have to be fetched first. */
const SYSTEM_TIMEOUT_MS = 10_000

/** What the system says of a URL, in the words of proxy auto-configuration. */
export type ResolveProxy = (url: string) => Promise<string>

/** The ways a profile allows to its broker; never another one. @throws {AppError} `system-proxy-unknown` */
export async function routesOf(
  { proxy, host, port }: Pick<ProfileDraft, 'proxy' | 'host' | 'port'>,
  password: string | null,
  resolveProxy: ResolveProxy,
): Promise<readonly Route[]> {
  switch (proxy.kind) {
    case 'none':
      return [{ kind: 'direct' }]
    case 'socks5':
    case 'http':
      return [{ ...proxy, host: proxy.host.replace(/^\[|\]$/g, ''), password }]
    case 'system':
      return systemRoutes(`https://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`, resolveProxy)
  }
}

async function systemRoutes(url: string, resolveProxy: ResolveProxy): Promise<readonly Route[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), SYSTEM_TIMEOUT_MS)
  })
  try {
    const routes = parsePacResult(await Promise.race([resolveProxy(url), late]))
    if (routes.length === 0) throw new Error('no proxy that can be used')
    return routes
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('system-proxy-unknown', `The system names no proxy: ${reason}`, { reason })
  } finally {
    clearTimeout(timer)
  }
}
