/**
 * Bytes of a PUBLISH without properties [3.3]: what the other side's Maximum Packet Size is held against.
 * `properties`: whether it has a Property Length, as in MQTT 5.0.
 */
export function publishPacketBytes(topic: string, payloadBytes: number, qos: number, properties: boolean): number {
  const topicBytes = new TextEncoder().encode(topic).byteLength
  const remaining = 2 + topicBytes + (qos > 0 ? 2 : 0) + (properties ? 1 : 0) + payloadBytes
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4
  return 1 + lengthBytes + remaining
}
