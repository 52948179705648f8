/** Texts are matched whole, so that digits in them stay as they are. */
const TOKEN = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g
const MANY_DIGITS = /\d{16}/

/** As `JSON.parse`, but integers that a double cannot hold are texts of their digits. @throws {SyntaxError} */
export function parseExactly(json: string): unknown {
  const value: unknown = JSON.parse(json)
  if (!MANY_DIGITS.test(json)) return value
  return JSON.parse(json.replace(TOKEN, (token) => (isUnsafe(token) ? `"${token}"` : token)))
}

function isUnsafe(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))
}
