/**
 * Whether brackets of a JSON text nest deeper than `limit`. Millions of them would cost far more memory parsed than
 * written; to be asked before parsing.
 */
export function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at + 1)
        break
      case 0x5b: // [
      case 0x7b: // {
        depth += 1
        if (depth > limit) return true
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1
    }
  }
  return false
}

function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at += 1
    else if (code === 0x22) return at
  }
  return text.length
}
