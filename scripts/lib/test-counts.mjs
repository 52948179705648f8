import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Counts a vitest run from its JSON report.
 * @param {any} report
 * @returns {Counts}
 */
function countVitest(report) {
  // A file that cannot even be loaded has no tests in it, yet it has failed.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * Counts a Playwright run from its JSON report. A test that passed at a later try has passed.
 * @param {any} report
 * @returns {Counts}
 */
function countPlaywright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
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
