import type { EngineApi } from '../engine/engine-api'
import type { Handlers } from '../ipc/handlers'

type ProbeHandlers = Pick<Handlers, Extract<keyof Handlers, `acl-probe.${string}`>>
type ProbeMethod = Extract<keyof EngineApi, `${string}AclProbe`>

/** A tab, as far as its broker can be asked what it allows. */
export interface ProbeSource {
  call<Method extends ProbeMethod>(method: Method, ...args: Parameters<EngineApi[Method]>): Promise<Awaited<ReturnType<EngineApi[Method]>>>
}

/** `sourceOf` throws `connection-not-found`. */
export function aclProbeHandlers(sourceOf: (connectionId: string) => ProbeSource): ProbeHandlers {
  return {
    'acl-probe.start': ({ connectionId, order }) => sourceOf(connectionId).call('startAclProbe', order),
    'acl-probe.read': ({ connectionId, probeId }) => sourceOf(connectionId).call('readAclProbe', probeId),
    'acl-probe.cancel': async ({ connectionId }) => {
      await sourceOf(connectionId).call('cancelAclProbe')
    },
  }
}
