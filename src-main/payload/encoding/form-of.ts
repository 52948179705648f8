import { fromJsonForm, type FormFault } from '@shared/payload/read-json-form'
import { jsonFault } from '../json-fault'
import { NotEncodable } from './encoder'

/** The value of a text in the JSON form; `doubles` as {@link fromJsonForm} has it. @throws {NotEncodable} */
export function formOf(text: string, doubles: Parameters<typeof fromJsonForm>[1] = 'numbers'): unknown {
  const read = fromJsonForm(text, doubles)
  if (read.ok) return read.value
  throw notEncodable(read.fault, text)
}

function notEncodable(fault: FormFault, text: string): NotEncodable {
  if (fault.kind === 'limit') return new NotEncodable(LIMITS[fault.limit].replace('{most}', fault.most.toLocaleString('en')))
  return fault.position === null ? notJson(text, fault.detail) : new NotEncodable(fault.detail, fault.position)
}

const LIMITS = {
  depth: 'it is nested deeper than {most} levels',
  values: 'it has more than {most} values',
  characters: 'it is longer than {most} characters',
}

/** Why a text that JSON.parse refused is no JSON. */
export function notJson(text: string, fallback: string): NotEncodable {
  const { detail, offset } = jsonFault(text) ?? { detail: fallback, offset: null }
  return new NotEncodable(`not JSON: ${detail}`, offset)
}
