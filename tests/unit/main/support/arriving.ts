import { generate, type IPublishPacket } from 'mqtt-packet'
import { bodyStartOf } from '../../../../src-main/engine/wire/fixed-header'
import { locatePublish, PublishFields } from '../../../../src-main/engine/wire/publish-fields'
import type { Intake } from '../../../../src-main/engine/wire/publish-sink'

/** A message comes in, as a packet of MQTT 5.0 on a network connection of its own. */
export function arrive(intake: Intake, topic: string, payload: string | Uint8Array = '', more: Partial<IPublishPacket> = {}): void {
  const packet = generate({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, messageId: 1, retain: false, dup: false, ...more }, { protocolVersion: 5 })
  const { sink } = intake
  const inlet = intake.openInlet(true)
  // A packet with more than there is room for comes in pieces; it stays in one.
  for (let sent = 0; sent < packet.length; ) {
    inlet.expect(packet.length)
    const room = inlet.room()
    const piece = packet.subarray(sent, sent + room.length)
    room.set(piece)
    inlet.filled(piece.length)
    sent += piece.length
  }
  const { bytes, segment, start, end } = inlet
  const fields = new PublishFields()
  locatePublish(bytes, start, bodyStartOf(bytes, start), end, true, fields)
  sink.begin(Date.now())
  sink.take(bytes, segment, fields, bytes, fields.topicStart, fields.topicEnd)
  sink.end(packet.length)
  inlet.consume(end)
  inlet.close()
}
