import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { atLeast, benchResultSchema, noTarget, type BenchResult } from '../../../bench/report/figure'
import { performanceSection, withPerformance } from '../../../bench/report/readme'
import { renderResult } from '../../../bench/report/table'

const RESULT: BenchResult = {
  bench: 'ingest',
  startedAt: '2026-11-23T23:30:00.000Z',
  quick: false,
  rounds: 3,
  machine: { processors: 2, processorModel: 'Tiny 1', memoryGigabytes: 24, system: 'Debian 12, x64', node: '20.1.0', electron: null },
  figures: [
    { ...noTarget, group: 'TCP', label: 'raw', unit: 'msg/s', values: [400_000, 500_000, 450_000] },
    { ...atLeast(5), group: 'TCP', label: 'ratio', unit: '×', values: [6, 7, 5.5] },
    { ...atLeast(3), group: 'TLS', label: 'ratio', unit: '×', values: [2, 2.5, 1] },
  ],
}

describe('README', () => {
  it('has the markers', () => {
    expect(withPerformance(readFileSync('README.md', 'utf8'), 'figures')).toContain('\n\nfigures\n\n')
  })

  it('gets the section again and again between its markers, and nothing else changes', () => {
    const before = readFileSync('README.md', 'utf8')
    const once = withPerformance(before, 'one')
    const twice = withPerformance(once, 'two')
    expect(twice).toBe(once.replace('\n\none\n\n', '\n\ntwo\n\n'))
    const heading = '## Performance'
    expect(twice.split(heading)[0]).toBe(before.split(heading)[0])
    expect(twice.split('## Limits today')[1]).toBe(before.split('## Limits today')[1])
  })

  it('is left alone when its markers are gone', () => {
    expect(() => withPerformance('# Pubscope', 'figures')).toThrow('lacks its markers')
  })
})

describe('performanceSection', () => {
  it('names machine and date, and tells the figures that are meant for it', () => {
    const app: BenchResult = { ...RESULT, bench: 'app', figures: [], machine: { ...RESULT.machine, electron: '25.1.1' } }
    const section = performanceSection([RESULT, app])
    expect(section).toContain('23 November 2026, 2 × Tiny 1, 24 GB, Debian 12, x64, Node 20.1.0, Electron 25.1.1.')
    expect(section).toContain('| **TCP** | | | |\n| ratio | 6 × | 5.50 × – 7 × | ≥ 5 × ✔ |\n| **TLS** | | | |')
    expect(section).toContain('| ratio | 2 × | 1 × – 2.50 × | ≥ 3 × ✘ not met |')
    expect(section).not.toContain('raw')
  })
})

describe('renderResult', () => {
  it('lines up a table for each group, with all figures', () => {
    const lines = renderResult(RESULT).split('\n')
    expect(lines).toContain('TLS')
    const row = lines.find((line) => line.includes('raw')) ?? ''
    const heading = lines.find((line) => line.includes('median')) ?? ''
    expect(row).toContain('450 k msg/s')
    expect(row.indexOf('450 k msg/s') + '450 k msg/s'.length).toBe(heading.indexOf('median') + 'median'.length)
    expect(lines.find((line) => line.includes('6 ×'))).toContain('✔ met')
    expect(lines.find((line) => line.includes('2 ×'))).toContain('✖ not met')
  })
})

describe('a result', () => {
  it('is read back as it was written, and refused when it is something else', () => {
    expect(benchResultSchema.parse(JSON.parse(JSON.stringify(RESULT)))).toEqual(RESULT)
    expect(benchResultSchema.safeParse({ ...RESULT, figures: [{}] }).success).toBe(false)
  })
})
