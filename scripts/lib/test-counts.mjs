import { readFileSync } from 'node:fs'
import path from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: string[] }} Counts `failures`: what failed, by name */

/**
 * Counts a vitest run from its JSON report.
 * @param {any} report
 * @returns {Counts}
 */
function countVitest(report) {
  // A file that cannot even be loaded has no tests in it, yet it has failed.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...broken.map((file) => file.name),
      ...report.testResults.flatMap((file) =>
        file.assertionResults.filter((test) => test.status === 'failed').map((test) => `${path.basename(file.name)} > ${test.fullName}`),
      ),
    ],
  }
}

/** The specs of a Playwright suite that failed at every try. */
const failuresOf = (suite) => [
  ...(suite.specs ?? []).filter((spec) => !spec.ok).map((spec) => `${spec.file} > ${spec.title}`),
  ...(suite.suites ?? []).flatMap(failuresOf),
]

/**
 * Counts a Playwright run from its JSON report. A test that passed at a later try has passed.
 * @param {any} report
 * @returns {Counts}
 */
function countPlaywright({ stats, suites }) {
  const failures = suites.flatMap(failuresOf)
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, failures }
}

/** One check without tests of its own, such as lint, counts as one. */
const countCheck = (succeeded) => ({ passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 })

/**
 * What a step's run comes to.
 * @param {'vitest' | 'playwright' | undefined} runner
 * @param {boolean} succeeded whether its exit code was 0
 * @param {string} reportFile
 * @returns {Counts}
 */
export function countStep(runner, succeeded, reportFile) {
  if (!runner) return countCheck(succeeded)
  let counts = { passed: 0, failed: 0, skipped: 0 }
  try {
    const report = JSON.parse(readFileSync(reportFile, 'utf8'))
    counts = runner === 'vitest' ? countVitest(report) : countPlaywright(report)
  } catch {
    // No report: the runner did not get that far, which its exit code shows.
  }
  // A runner may fail without a failed test: no test found, an error outside of tests, a time limit.
  if (!succeeded && counts.failed === 0) counts.failed = 1
  return counts
}
