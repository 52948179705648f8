import type { ProtocolViolation } from '../../../../src-main/engine/wire/violation'
import type { WireTap } from '../../../../src-main/engine/wire/wire-tap'

/** Notes what it hears, in words. */
export class ListeningTap implements WireTap {
  readonly heard: string[] = []

  constructor(public listening = true) {}

  opened(secure: boolean): void {
    this.heard.push(secure ? 'secure' : 'open')
  }

  received(packet: Uint8Array, fault: string | null): void {
    this.heard.push(`< ${Buffer.from(packet).toString('hex')}${fault === null ? '' : ` ! ${fault}`}`)
  }

  sent(packet: Uint8Array): void {
    this.heard.push(`> ${Buffer.from(packet).toString('hex')}`)
  }

  violated({ message }: ProtocolViolation): void {
    this.heard.push(`violation: ${message}`)
  }

  closed(how: Parameters<WireTap['closed']>[0]): void {
    this.heard.push(`closed by ${how.by}`)
  }
}
