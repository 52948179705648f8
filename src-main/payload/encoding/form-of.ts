import { fromJsonForm, type FormFault } from '@shared/payload/read-json-form'
import { NotEncodable } from './encoder'

/** The value of a text in the JSON form; `doubles` as {@link fromJsonForm} has it. @throws {NotEncodable} */
export function formOf(text: string, doubles: Parameters<typeof fromJsonForm>[1] = 'numbers'): unknown {
  const read = fromJsonForm(text, doubles)
  if (read.ok) return read.value
  throw notEncodable(read.fault, text)
}

function notEncodable(fault: FormFault, text: string): NotEncodable {
  if (fault.kind === 'limit') return new NotEncodable(LIMITS[fault.limit].replace('{most}', fault.most.toLocaleString('en')))
  return fault.position === null ? jsonFault(fault.detail, text) : new NotEncodable(fault.detail, fault.position)
}

const LIMITS = {
  depth: 'it is nested deeper than {most} levels',
  values: 'it has more than {most} values',
  characters: 'it is longer than {most} characters',
}

/** A fault in the words of JSON.parse, which name the place. */
export function jsonFault(detail: string, text: string): NotEncodable {
  const position = /at position (\d+)/.exec(detail)?.[1]
  const words = detail.replace(/ in JSON at position.*$| at position \d+.*$/, '').replace(/, .*(?:is not valid JSON)$/s, '')
  if (position !== undefined) return new NotEncodable(`not JSON: ${words}`, Number(position))
  return new NotEncodable(`not JSON: ${words}`, detail.includes('end of JSON') ? text.length : null)
}
