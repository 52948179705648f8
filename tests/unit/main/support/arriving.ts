import { generate, type IPublishPacket } from 'mqtt-packet'
import { bodyStartOf } from '../../../../src-main/engine/wire/fixed-header'
import { locatePublish, PublishFields } from '../../../../src-main/engine/wire/publish-fields'
import type { Intake } from '../../../../src-main/engine/wire/publish-sink'

/** A message comes in, as a packet of MQTT 5.0 on a network connection of its own. */
export function arrive({ sink, openInlet }: Intake, topic: string, payload: string | Uint8Array = '', more: Partial<IPublishPacket> = {}): void {
  const packet = generate({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false, ...more }, { protocolVersion: 5 })
  const inlet = openInlet(true)
  inlet.room().set(packet)
  inlet.filled(packet.length)
  const { bytes, segment, start, end } = inlet
  const fields = new PublishFields()
  locatePublish(bytes, start, bodyStartOf(bytes, start), end, true, fields)
  sink.begin(Date.now())
  sink.take(bytes, segment, fields, bytes, fields.topicStart, fields.topicEnd)
  sink.end(packet.length)
  inlet.consume(end)
  inlet.close()
}
