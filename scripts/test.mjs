// `npm test`: installs and builds where needed, then type check, lint, unit tests and end-to-end tests. The last line
// is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { build, checkNode, install, root, run } from './setup.mjs'

checkNode()
install()
build()

const reports = mkdtempSync(join(tmpdir(), 'topn-test-'))
const total = { passed: 0, failed: 0 }

function count(name, passed, failed, skipped = 0) {
  console.log(`${name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
  total.passed += passed
  total.failed += failed
}

function step(name, command, args) {
  const code = run(command, args)
  count(name, code === 0 ? 1 : 0, code === 0 ? 0 : 1)
}

/** Runs a test runner that writes a JSON report and counts what the report says; no report counts as one failure. */
function suite(name, args, report, read, env = {}) {
  const { status } = spawnSync('npx', ['--no', ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  })
  const { passed, failed, skipped } = existsSync(report)
    ? read(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 }
  count(name, passed, status !== 0 && failed === 0 ? 1 : failed, skipped)
}

step('types', 'npx', ['--no', 'tsc'])
step('lint', 'npx', ['--no', 'biome', 'check', '--error-on-warnings', '.'])

const unitReport = join(reports, 'unit.json')
suite(
  'unit tests',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  unitReport,
  (report) => {
    const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const { numPassedTests: passed, numFailedTests, numPendingTests: skipped } = report
    return { passed, failed: numFailedTests + broken.length, skipped }
  },
)

const chromium = findChromium()
if (chromium) {
  const browserReport = join(reports, 'e2e.json')
  suite(
    'end-to-end tests',
    ['playwright', 'test'],
    browserReport,
    ({ stats, errors }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    }),
    { TOPN_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  )
} else {
  console.error('No Chromium was found or could be installed. Install Chromium or Chrome, then run npm test again.')
  count('end-to-end tests', 0, 1)
}

rmSync(reports, { recursive: true, force: true })
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
