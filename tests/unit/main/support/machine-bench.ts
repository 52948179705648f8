import { vi } from 'vitest'
import type { ConnectionStatus } from '@shared/connection/connection'
import { ConnectionMachine, type ConnectionEvents } from '../../../../src-main/engine/connection/connection-machine'
import { SessionState } from '../../../../src-main/engine/connection/session-state'
import type { SessionEvents } from '../../../../src-main/engine/connection/mqtt-session'
import type { ConnectionConfig } from '../../../../src-main/engine/engine-api'
import { PacketLog } from '../../../../src-main/engine/packet-log/packet-log'
import { connectionConfig } from '../../../support/engine-driver'
import { NaiveIntake } from './naive-intake'
import { attempts, refusedHosts } from './scripted-session'

/** Nothing was tried yet, and time stands still. */
export function startClock(): void {
  vi.useFakeTimers({ now: 1_000_000 })
  attempts.length = 0
  refusedHosts.clear()
}

/** A machine, what it says, and what its sessions say to it. */
export function setUp() {
  const statuses: ConnectionStatus[] = []
  const heard: string[] = []
  const events: ConnectionEvents = {
    status: (status) => statuses.push(status),
    secured: ({ verifiedBy }) => heard.push(`verified by ${verifiedBy}`),
    online: (_session, resumed) => heard.push(resumed ? 'resumed' : 'online'),
    gone: () => heard.push('gone'),
    acknowledged: ({ cmd }) => heard.push(cmd),
    settled: () => Promise.resolve(),
  }
  const machine = new ConnectionMachine(events, new SessionState(), new PacketLog(), new NaiveIntake())
  return {
    machine,
    statuses,
    heard,
    connect: (overrides: Partial<ConnectionConfig> = {}) => machine.connect(connectionConfig(1, overrides)),
    phases: () => statuses.map(({ phase }) => phase),
    status: () => statuses.at(-1),
    /** What the newest attempt says. */
    say: (): SessionEvents => {
      const last = attempts.at(-1)
      if (last === undefined) throw new Error('nothing was tried')
      return last.events
    },
  }
}
