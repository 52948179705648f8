/** Where the next token of a JSON text starts. */
export function afterSpace(json: string, start: number): number {
  let at = start
  while (at < json.length && ' \t\n\r'.includes(json.charAt(at))) at += 1
  return at
}

/** Where the token that starts here ends: a string, a structural character, or a number or word. The text is valid JSON. */
export function tokenEnd(json: string, start: number): number {
  let at = start + 1
  if (json[start] === '"') {
    while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
    return at + 1
  }
  if ('{}[],:'.includes(json.charAt(start))) return at
  while (at < json.length && !'{}[],: \t\n\r'.includes(json.charAt(at))) at += 1
  return at
}
