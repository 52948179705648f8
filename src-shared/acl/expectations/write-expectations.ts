import type { Expectation, Expectations } from './expectation'

/** Strings as in JSON are YAML's double-quoted ones; plain ones only where nobody could take them for something else. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_-]*(\/[A-Za-z0-9_-]+)*$/
const NOT_TEXT = /^(null|true|false|yes|no|on|off|y|n)$/i
const textOf = (text: string): string => (PLAIN.test(text) && !NOT_TEXT.test(text) ? text : JSON.stringify(text))

/** A case with what it does not need left out. */
function entriesOf({ user, client, access, topic, expect, line, note }: Expectation): [string, string | number | null][] {
  return [
    ['user', user],
    ...(client === '' ? [] : [['client', client] as [string, string]]),
    ['access', access],
    ['topic', topic],
    ['expect', expect],
    ...(line === undefined ? [] : [['line', line] as [string, number]]),
    ...(note === undefined || note === '' ? [] : [['note', note] as [string, string]]),
  ]
}

/** Expectations as a YAML document, one line a case. */
export function expectationsToYaml({ acl, version, cases }: Expectations): string {
  const head = [...(acl === undefined ? [] : [`acl: ${textOf(acl)}`]), `version: "${version}"`]
  const lines = cases.map((expectation) => {
    const entries = entriesOf(expectation).map(([key, value]) => `${key}: ${typeof value === 'string' ? textOf(value) : value}`)
    return `  - { ${entries.join(', ')} }`
  })
  return `${[...head, ...(lines.length === 0 ? ['cases: []'] : ['cases:', ...lines])].join('\n')}\n`
}

/** Expectations as a JSON document, one line a case. */
export function expectationsToJson({ acl, version, cases }: Expectations): string {
  const head = [...(acl === undefined ? [] : [`  "acl": ${JSON.stringify(acl)},`]), `  "version": "${version}",`]
  const lines = cases.map((expectation) => `    ${JSON.stringify(Object.fromEntries(entriesOf(expectation)))}`)
  return `{\n${head.join('\n')}\n  "cases": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`
}
