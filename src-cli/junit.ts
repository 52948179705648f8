import { caseText } from './plain-words'
import type { Suite } from './suite'

/** Characters that XML 1.0 cannot hold, escaped or not. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
])

const quoted = (text: string): string => `"${text.replaceAll(NOT_XML, '\ufffd').replaceAll(/[&<>"\t\n\r]/g, (character) => ENTITIES.get(character) ?? character)}"`

/** Suites in the JUnit form that CI services read. */
export function junitReport(suites: readonly Suite[]): string {
  const counts = suites.map(({ cases }) => ({ tests: cases.length, failures: cases.filter(({ why }) => why !== null).length }))
  const sum = (key: 'tests' | 'failures'): number => counts.reduce((total, count) => total + count[key], 0)
  const bodies = suites.map(({ file, cases, tookMs }, index) => {
    const { tests, failures } = counts[index] ?? { tests: 0, failures: 0 }
    const lines = cases.map(({ expectation, why }) => {
      const head = `    <testcase classname=${quoted(file)} name=${quoted(caseText(expectation))}`
      return why === null ? `${head}/>` : `${head}><failure message=${quoted(why)}/></testcase>`
    })
    return [`  <testsuite name=${quoted(file)} tests="${tests}" failures="${failures}" time="${(tookMs / 1000).toFixed(3)}">`, ...lines, '  </testsuite>'].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="${sum('tests')}" failures="${sum('failures')}">\n${bodies.join('\n')}\n</testsuites>\n`
}
