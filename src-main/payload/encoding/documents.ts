import { xmlFault } from '../decoding/xml'
import { readYaml } from '../decoding/yaml'
import { NotEncodable, type Encoder } from './encoder'
import { encodeText } from './text'

const UTF8 = { kind: 'text', charset: 'utf-8' } as const
const NO_SCHEMAS = [] as const

/** XML, checked, and kept as typed. */
export const encodeXml: Encoder<'xml'> = (text) => {
  const fault = xmlFault(text)
  if (fault === null) return encodeText(text, UTF8, NO_SCHEMAS)
  throw notEncodable(fault.reason, fault.position)
}

/** YAML, checked, and kept as typed. */
export const encodeYaml: Encoder<'yaml'> = (text) => {
  const read = readYaml(text)
  if (read.ok) return encodeText(text, UTF8, NO_SCHEMAS)
  throw notEncodable(read.reason, read.position)
}

function notEncodable(reason: Extract<ReturnType<typeof readYaml>, { ok: false }>['reason'], position: number | null): NotEncodable {
  switch (reason.kind) {
    case 'malformed':
      return new NotEncodable(reason.detail, position)
    case 'limit':
      return new NotEncodable(`it goes beyond the limit of ${reason.most.toLocaleString('en')} (${reason.limit})`, position)
    default:
      return new NotEncodable(reason.kind, position)
  }
}
