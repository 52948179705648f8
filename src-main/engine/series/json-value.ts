const decoder = new TextDecoder()

/** The value a JSON payload stands for; undefined when it is no JSON. */
export function jsonValue(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload))
  } catch {
    return undefined
  }
}
