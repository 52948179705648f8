const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Whether `text` has a UTF-8 form: no surrogate stands without its partner [MQTT-1.5.4-1]. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}
