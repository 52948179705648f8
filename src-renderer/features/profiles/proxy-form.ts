import { DEFAULT_PROXY_PORTS, type ProxyChoice } from '@shared/profile/proxy'

/** Through which proxy a profile goes, while it is edited: what was typed for one kind stays for the next. */
export interface ProxyForm {
  kind: ProxyChoice['kind']
  host: string
  port: number | null
  username: string
}

/** The form of `proxy`. */
export function proxyFormOf(proxy: ProxyChoice): ProxyForm {
  if (proxy.kind === 'none' || proxy.kind === 'system') return { kind: proxy.kind, host: '', port: null, username: '' }
  return { ...proxy }
}

/** What the form says, still to be checked. */
export function proxyOf({ kind, ...form }: ProxyForm): unknown {
  return namesProxy(kind) ? { kind, ...form } : { kind }
}

/** Whether the profile names a proxy itself, so that host, port and user count. */
export function namesProxy(kind: ProxyForm['kind']): kind is keyof typeof DEFAULT_PROXY_PORTS {
  return kind !== 'none' && kind !== 'system'
}

/** The port after the kind was changed: the conventional one moves along. */
export function portAfterChange({ kind, port }: ProxyForm, next: ProxyForm['kind']): number | null {
  const isOwn = port !== null && !(namesProxy(kind) && port === DEFAULT_PROXY_PORTS[kind])
  return namesProxy(next) && !isOwn ? DEFAULT_PROXY_PORTS[next] : port
}
