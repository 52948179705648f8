import { afterSpace, tokenEnd } from '@shared/payload/json-tokens'

/** Whether arrays and objects of a JSON text lie deeper within each other than this. */
export function isDeeperThan(json: string, depth: number): boolean {
  if (json.length <= 2 * depth) return false
  let open = 0
  for (let at = afterSpace(json, 0); at < json.length; at = afterSpace(json, tokenEnd(json, at))) {
    const character = json[at]
    if (character === '[' || character === '{') open += 1
    else if (character === ']' || character === '}') open -= 1
    if (open > depth) return true
  }
  return false
}
